//! Every kind and version that was ever written can be read: `conformance/wire`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use twin_core::event::{Content, Event, EventBody, TaskCompleted, from_cloud_event, to_cloud_event};
use twin_core::{HlcClock, Timestamp, TwinId};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/wire")
}

/// Kind, version and text of every fixture.
fn fixtures() -> Vec<(String, u32, String)> {
    let mut found = Vec::new();
    for kind in std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let name = kind.file_name().unwrap().to_str().unwrap().to_owned();
        for file in std::fs::read_dir(&kind).unwrap().map(|e| e.unwrap().path()) {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let version = stem.strip_prefix('v').unwrap().parse().unwrap();
            found.push((name.clone(), version, std::fs::read_to_string(&file).unwrap()));
        }
    }
    found.sort();
    found
}

fn read(kind: &str, version: u32, text: &str) -> Content {
    from_cloud_event(text).unwrap_or_else(|e| panic!("{kind} v{version}: {e}"))
}

fn written(content: Content) -> Value {
    let learned: Timestamp = "2026-03-01T09:00:05Z".parse().unwrap();
    let (event, _) = Event::seal(content, HlcClock::new(1).tick(learned)).unwrap();
    serde_json::from_str(&to_cloud_event(&TwinId::new("me").unwrap(), &event).unwrap()).unwrap()
}

/// Times compare as instants, numbers as numbers.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) => {
            a == b || matches!((a.parse::<Timestamp>(), b.parse::<Timestamp>()), (Ok(a), Ok(b)) if a == b)
        }
        _ => a == b,
    }
}

#[test]
fn every_kind_has_a_fixture_of_every_version() {
    let there: BTreeSet<(String, u32)> =
        fixtures().into_iter().map(|(kind, version, _)| (kind, version)).collect();
    let known: BTreeSet<(String, u32)> = EventBody::KINDS
        .iter()
        .flat_map(|(kind, newest, _)| (1..=*newest).map(|version| ((*kind).to_owned(), version)))
        .collect();
    let missing: Vec<_> = known.difference(&there).collect();
    assert!(missing.is_empty(), "write conformance/wire/<kind>/v<n>.json for {missing:?}");
    let strange: Vec<_> = there.difference(&known).collect();
    assert!(strange.is_empty(), "fixtures of no known kind: {strange:?}");
}

#[test]
fn fixtures_are_read_as_their_kind() {
    for (kind, version, text) in fixtures() {
        let content = read(&kind, version, &text);
        assert!(!matches!(content.body, EventBody::Unknown(_)), "{kind} v{version} is not understood");
        let newest = EventBody::KINDS.iter().find(|(known, ..)| *known == kind).unwrap().1;
        assert_eq!((content.body.kind(), content.body.version()), (kind.as_str(), newest));
        let raw: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(raw["kindversion"], version, "{kind}: the file's name and the text differ");
    }
}

#[test]
fn json_goes_round_and_loses_nothing() {
    for (kind, version, text) in fixtures() {
        let content = read(&kind, version, &text);
        let again = written(content.clone());
        assert_eq!(from_cloud_event(&again.to_string()).unwrap(), content, "{kind} v{version}");
        if content.body.version() == version {
            let mut before: Value = serde_json::from_str(&text).unwrap();
            // We write a record's own id as the id.
            before["id"] = before["record"].clone();
            before.as_object_mut().unwrap().remove("record");
            assert!(same(&before, &again), "{kind} v{version}:\n{before}\n{again}");
        }
    }
}

#[test]
fn the_stored_form_goes_round() {
    for (kind, version, text) in fixtures() {
        let content = read(&kind, version, &text);
        let bytes = content.encode().unwrap();
        assert_eq!(Content::decode(&bytes).unwrap(), content, "{kind} v{version}");
        assert_eq!(Content::decode(&bytes).unwrap().encode().unwrap(), bytes, "{kind} v{version}");
    }
}

#[test]
fn an_old_version_reads_as_the_newest() {
    let of = |version: u32| {
        let (kind, version, text) =
            fixtures().into_iter().find(|(k, v, _)| k == "task.completed" && *v == version).unwrap();
        read(&kind, version, &text).body
    };
    let EventBody::TaskCompleted(newest) = of(2) else { panic!("another kind") };
    // What version 1 did not tell is absent.
    let told = TaskCompleted {
        title: newest.title.clone(),
        duration_s: newest.duration_s,
        difficulty: newest.difficulty,
        ..TaskCompleted::of(&newest.task)
    };
    assert_eq!(of(1), told.into());
}
