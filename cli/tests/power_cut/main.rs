//! Killed at any moment, and what was not synced is lost, in parts, as when the power goes: what was
//! acknowledged is there, the twin is sound, and going on comes to the same state.
//!
//! `KILLS` says how often (24 without it). The library `power.c` notes every write and sync of the
//! program; after the kill the sectors written since the last sync of each file come back or stay, at random.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod cut;

use cut::{Rng, first_word, kill_after, shim, twin_files};
use humantwin::{Engine, EngineOptions, HistoryQuery, Resolution, Storage, SystemClock};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn kills() -> u64 {
    std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

fn program(name: &str) -> PathBuf {
    let command = PathBuf::from(env!("CARGO_BIN_EXE_humantwin"));
    if name == "humantwin" { command } else { command.parent().unwrap().join("examples").join(name) }
}

/// The diary's records, and the twin found sound.
fn records(path: &Path) -> BTreeSet<String> {
    let options = EngineOptions::new(Storage::File(path.to_path_buf()), Arc::new(SystemClock));
    let twin = Engine::open(options).unwrap().own_twin("me").unwrap();
    let verdict = twin.verify().unwrap();
    assert_eq!(verdict.findings, Vec::<String>::new());
    let query = HistoryQuery {
        metric: "health.caffeine_consumed".into(),
        from: None,
        to: None,
        resolution: Resolution::Raw,
        known_at: None,
    };
    let events = twin.history(&query).unwrap().events;
    let id = |event: &humantwin::view::Event| {
        let value: serde_json::Value = serde_json::from_str(event.json()).unwrap();
        value["id"].as_str().unwrap().to_owned()
    };
    events.iter().map(id).collect()
}

#[test]
fn what_was_acknowledged_is_there() {
    let (kills, library) = (kills(), shim());
    let mut rng = Rng(0x9e37_79b9_7f4a_7c15);
    let (mut dir, mut from) = (tempfile::tempdir().unwrap(), 0);
    let mut acknowledged: BTreeSet<i64> = BTreeSet::new();
    let (mut met, mut lost, mut joined) = (0, 0, 0);
    // How long a program takes here to its first acknowledgement: kills come before it and well after it.
    let first = first_word(Command::new(program("diary_writer")).arg(dir.path().join("first.twin")).arg("0"));
    let span = u64::try_from(first.as_micros()).unwrap();
    for kill in 0..kills {
        if kill % 16 == 15 {
            (dir, from) = (tempfile::tempdir().unwrap(), 0);
            acknowledged.clear();
        }
        let path = dir.path().join("a.twin");
        let mut writer = Command::new(program("diary_writer"));
        writer.arg(&path).arg(from.to_string());
        let wait = Duration::from_micros(span / 4 + rng.below(span * 3));
        let out = kill_after(writer, &library, dir.path(), wait);
        lost += cut::power(dir.path(), &mut rng);
        let told = out.lines().filter_map(|line| line.parse::<i64>().ok());
        acknowledged.extend(told);
        joined += out.lines().filter(|line| *line == "joined").count();
        let Some(last) = acknowledged.last().copied() else { continue };
        met += 1;
        let there = records(&path);
        for n in &acknowledged {
            for cup in 0..1 + n % 13 {
                let deleted = n % 7 == 3 && cup == 0;
                assert_eq!(there.contains(&format!("{n}-{cup}")), !deleted, "kill {kill}: {n}-{cup}");
            }
        }
        // The round that was met half-way may be there or not; it is not taken up again.
        from = last.max(from) + 2;
    }
    println!(
        "{kills} kills, {met} after something was acknowledged, {lost} unsynced sectors lost, samples joined {joined} times"
    );
    assert!(met * 2 > kills && lost > 0, "the kills met nothing: {met} of {kills}, {lost} sectors");
    assert!(joined > 0, "upkeep joined nothing");
}

#[test]
fn an_import_is_taken_up_again() {
    let library = shim();
    let mut rng = Rng(0x0123_4567_89ab_cdef);
    let source = tempfile::tempdir().unwrap();
    let files = twin_files(source.path());
    let import = |path: &Path| {
        let mut import = Command::new(program("humantwin"));
        import.arg("import").arg(path).args(&files).args(["--zone", "UTC"]);
        import
    };
    let reference = source.path().join("reference.twin");
    let started = Instant::now();
    assert!(import(&reference).output().unwrap().status.success());
    let took = u64::try_from(started.elapsed().as_micros()).unwrap();
    let hash = cut::hash(&reference);
    let mut dir = tempfile::tempdir().unwrap();
    for kill in 0..kills().div_ceil(4) {
        let path = dir.path().join("a.twin");
        let wait = Duration::from_micros(rng.below(took));
        kill_after(import(&path), &library, dir.path(), wait);
        cut::power(dir.path(), &mut rng);
        if path.exists() {
            records(&path);
        }
        if kill % 4 == 3 {
            let done = import(&path).output().unwrap();
            assert!(done.status.success(), "kill {kill}: {}", String::from_utf8_lossy(&done.stderr));
            assert_eq!(cut::hash(&path), hash, "kill {kill}");
            dir = tempfile::tempdir().unwrap();
        }
    }
}
