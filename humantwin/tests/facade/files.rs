//! Files in, lines out: in any order the same state, again changes nothing.

use super::help::{World, coffee, t};
use humantwin::core::RecordId;
use humantwin::core::event::CaffeineConsumed;
use humantwin::{ImportOptions, ImportView, Purpose, Storage};
use std::io::Cursor;
use twin_testkit::{Person, SimOptions};

fn files() -> Vec<(String, Vec<u8>)> {
    let world = Person::simulate(11, &SimOptions { illness: false, ..SimOptions::with_days(21) }).unwrap();
    world.write_files().into_iter().filter(|(name, _)| !name.ends_with(".zip")).collect()
}

fn import(world: &World, name: &str, bytes: &[u8]) -> ImportView {
    let options = ImportOptions { zone: Some("Europe/Paris".into()), ..ImportOptions::default() };
    world.me.import(name, &mut Cursor::new(bytes.to_vec()), &options, None).unwrap()
}

#[test]
fn any_order_and_any_store_give_one_state() {
    let dir = tempfile::tempdir().unwrap();
    let (memory, disk) = (World::new(), World::with(Storage::File(dir.path().join("a.twin"))));
    let files = files();
    let mut events = 0;
    for (name, bytes) in &files {
        let view = import(&memory, name, bytes);
        assert!(view.events > 0 && view.format.is_some() && view.error.is_none(), "{view:?}");
        events += view.events;
        // Looking in between changes nothing.
        memory.me.state(None, None).unwrap();
    }
    for (name, bytes) in files.iter().rev() {
        import(&disk, name, bytes);
    }
    let hash = memory.hash();
    assert_eq!(disk.hash(), hash);
    assert_eq!((memory.events(), disk.events()), (events + 1, events + 1), "and the usual zone");
    for (name, bytes) in &files {
        let view = import(&disk, name, bytes);
        assert_eq!((view.events, view.samples), (0, 0), "{view:?}");
        assert_eq!(view.duplicates, view.observations - view.refused.iter().map(|r| r.count).sum::<u64>());
    }
    assert_eq!((disk.hash(), disk.events()), (hash.clone(), events + 1));
    // Every import is told of, also those at one moment; so is what was refused.
    assert_eq!(disk.me.imports().unwrap().len(), files.len() * 2);
    assert!(disk.me.refused(3).unwrap().len() <= 3);
    drop(disk);
    let again = World::with(Storage::File(dir.path().join("a.twin")));
    assert_eq!(again.hash(), hash);
    drop(again);
    let reader = World::with(Storage::ReadOnly(dir.path().join("a.twin")));
    assert_eq!(reader.hash(), hash);
    assert_eq!(reader.me.record(Vec::new()).unwrap().events, 0);
    let refused = reader.me.record(vec![super::help::coffee("2026-03-10T08:00:00Z", 1.0)]).unwrap_err();
    assert_eq!(refused.code, humantwin::Code::Conflict);
}

#[test]
fn an_export_can_be_counted_and_recorded_again() {
    let world = World::new();
    for (name, bytes) in files() {
        import(&world, &name, &bytes);
    }
    let mut out = Vec::new();
    let told = world.me.export(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let (mut events, mut columns, mut samples) = (0_u64, 0_u64, 0);
    let other = World::new();
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(values) = value["values"].as_array() {
            assert_eq!(value["starts_us"].as_array().unwrap().len(), values.len());
            columns += 1;
            samples += values.len();
            continue;
        }
        assert_eq!((value["specversion"].as_str(), value["subject"].as_str()), (Some("1.0"), Some("me")));
        events += 1;
        if !["series.written", "person.profile_stated"].contains(&value["type"].as_str().unwrap()) {
            let done = other.me.record_json(line).unwrap();
            assert_eq!(done.events, 1, "{line}");
        }
    }
    assert_eq!((events, told, world.events()), (told, told, told));
    assert!(columns > 0 && samples > 1000);
    assert_eq!(columns, text.lines().filter(|l| l.contains("\"type\":\"series.written\"")).count() as u64);
    // The same facts are the same events: nothing new comes of a second reading.
    let before = other.events();
    for line in text.lines().filter(|l| l.contains("collaboration.")) {
        assert_eq!(other.me.record_json(line).unwrap().duplicates, 1);
        assert_eq!(world.me.record_json(line).unwrap().duplicates, 1, "{line}");
    }
    assert_eq!(other.events(), before);
}

#[test]
fn an_export_comes_back_as_the_same_twin() {
    let world = World::new();
    for (name, bytes) in files() {
        import(&world, &name, &bytes);
    }
    // Versions of one record at one revision, of which the one learned last holds; an id that looks like
    // one of ours; a correction, a deletion, samples in numbers with many digits, and consent.
    let note = |record: &str, mg: f64| {
        let mut fact = coffee("2026-03-09T08:00:00Z", mg);
        fact.record = Some(RecordId::new(record).unwrap());
        fact
    };
    for (record, mg) in [("event:mine", 80.0), ("cup", 90.0), ("cup", 70.0), ("cup", 85.1), ("gone", 40.0)] {
        world.me.record(vec![note(record, mg)]).unwrap();
    }
    let source = note("cup", 0.0).origin.source.to_string();
    world.me.delete(&source, "gone").unwrap();
    let says = CaffeineConsumed { amount_mg: 81.0 }.into();
    world.me.correct(&source, "event:mine", says, Some("a larger cup".into())).unwrap();
    let start = t("2026-03-09T10:00:00Z").micros();
    let rates = vec![61.300_000_000_000_004, 0.1 + 60.2, 1.0 / 3.0 + 60.0];
    world
        .me
        .record_series("w", "heart_rate", "/min", vec![start, start + 1, start + 2], vec![], rates)
        .unwrap();
    world.me.grant("coach", Purpose::Health, None).unwrap();

    let mut out = Vec::new();
    let told = world.me.export(&mut out).unwrap();
    let back = World::new();
    let refused =
        back.me.import("a.jsonl", &mut Cursor::new(out.clone()), &ImportOptions::default(), None).unwrap();
    assert_eq!(
        refused.refused.iter().map(|r| (r.code.as_str(), r.count)).collect::<Vec<_>>(),
        [("consent_not_taken", 1)]
    );
    let options = ImportOptions { consent: true, ..ImportOptions::default() };
    let coach = world.other("coach", Purpose::Health);
    let denied = coach.import("a.jsonl", &mut Cursor::new(out.clone()), &options, None).unwrap_err();
    assert_eq!(denied.code, humantwin::Code::ConsentRequired);
    let view = back.me.import("a.jsonl", &mut Cursor::new(out.clone()), &options, None).unwrap();
    assert_eq!((view.format.as_deref(), view.events, view.refused.len()), (Some("json_lines"), 1, 0));
    assert_eq!((back.events(), back.hash()), (told, world.hash()));
    let mut again = Vec::new();
    back.me.export(&mut again).unwrap();
    let ids = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).unwrap().to_owned();
        let mut lines: Vec<serde_json::Value> =
            text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        lines.iter_mut().for_each(|l| drop(l.as_object_mut().unwrap().remove("recordedat")));
        // The grant came last here.
        lines.sort_by_key(ToString::to_string);
        lines
    };
    assert_eq!(ids(&again), ids(&out));
}

#[test]
fn a_table_is_read_by_its_mapping() {
    let world = World::new();
    let mapping = r#"{"source": "scale", "record": "n", "time": {"column": "when", "zone": "Europe/Paris"},
        "metrics": [{"value": "kg", "metric": "body_weight", "single": true}]}"#;
    let options = |mapping: &str| ImportOptions { mapping: Some(mapping.into()), ..ImportOptions::default() };
    let table = "n,when,kg\n1,2026-03-01 07:00,70.5\n2,2026-03-02 07:00,x\n";
    let read = |mapping: &str| {
        world.me.import("t.csv", &mut Cursor::new(table.as_bytes().to_vec()), &options(mapping), None)
    };
    let view = read(mapping).unwrap();
    assert_eq!((view.format.as_deref(), view.events), (Some("mapped_csv"), 1));
    assert_eq!(
        (view.refused[0].code.as_str(), view.refused[0].subject.as_str()),
        ("bad_number", "line 3 kg")
    );
    assert_eq!(read(mapping).unwrap().duplicates, 1);
    let error = read(&mapping.replace("\"kg\", \"metric", "\"lb\", \"metric")).unwrap_err();
    assert_eq!((error.code, error.context.as_deref()), (humantwin::Code::Malformed, Some("t.csv")));
    let error = read(&mapping.replace("Europe/Paris", "Europe/Atlantis")).unwrap_err();
    assert_eq!(error.context.as_deref(), Some("mapping"));
}

#[test]
fn an_import_is_stopped_and_taken_up_again() {
    let (reference, stopped) = (World::new(), World::new());
    let files = files();
    for (name, bytes) in &files {
        import(&reference, name, bytes);
        let mut calls = 0;
        let mut stop = |_: u64| {
            calls += 1;
            calls < 2
        };
        let options = ImportOptions { zone: Some("Europe/Paris".into()), ..ImportOptions::default() };
        let view =
            stopped.me.import(name, &mut Cursor::new(bytes.clone()), &options, Some(&mut stop)).unwrap();
        assert_eq!(view.interrupted, view.error.is_some(), "{view:?}");
        stopped.hash();
        import(&stopped, name, bytes);
        assert_eq!(stopped.hash(), reference.hash(), "{name}");
    }
}
