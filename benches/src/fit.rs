//! FIT: file to stored twin beside the decoder crate alone.

use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use humantwin::{Engine, EngineOptions, FixedClock, ImportOptions, Storage, Twin};
use rustyfit::Decoder;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use twin_core::Timestamp;
use twin_core::observation::Collected;
use twin_testkit::{FitOptions, Person, SimOptions};

const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);

/// Every sequence of a file, messages kept.
fn decode(bytes: &[u8]) -> Option<usize> {
    let mut reader = bytes;
    let mut decoder = Decoder::new();
    let mut messages = 0;
    while let Some(fit) = decoder.decode(&mut reader).ok()? {
        messages += std::hint::black_box(fit.messages).len();
    }
    Some(messages)
}

fn twin(path: &Path) -> Result<Twin, Failure> {
    let engine = Engine::open(EngineOptions::new(Storage::File(path.to_owned()), Arc::new(FixedClock(NOW))))?;
    Ok(engine.own_twin("me")?)
}

fn compare(files: &[Vec<u8>], what: &str) -> Result<Vec<Line>, Failure> {
    let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let rounds = (4.0 / megabytes).ceil().max(1.0) as usize;
    let rate = |seconds: f64| megabytes / seconds;
    let alone = rate(median_cpu(
        || Ok(()),
        |()| Ok((0..rounds).map(|_| files.iter().filter_map(|f| decode(f)).sum::<usize>()).sum::<usize>()),
    )?) * rounds as f64;
    let read = twin_adapters::files::ReadOptions {
        now: NOW,
        zone: twin_core::Zone::named("UTC")?,
        name: "activity.fit".into(),
        subject: None,
    };
    let ours = rate(median_cpu(
        || Ok(()),
        |()| {
            for file in std::iter::repeat_n(files, rounds).flatten() {
                let mut sink = Collected::default();
                // A file that is refused as a whole is one of the recordings' own.
                drop(std::hint::black_box(twin_adapters::files::read_file(
                    &mut Cursor::new(file),
                    &read,
                    &mut sink,
                )));
            }
            Ok(())
        },
    )?) * rounds as f64;
    let dir = tempfile::tempdir()?;
    let mut number = 0;
    let mut events = 0;
    let stored = rate(median_cpu(
        || {
            number += 1;
            twin(&dir.path().join(format!("{number}.twin")))
        },
        |twin| {
            events = 0;
            for file in files {
                if let Ok(view) =
                    twin.import("activity.fit", &mut Cursor::new(file), &ImportOptions::default(), None)
                {
                    events += view.events;
                }
            }
            Ok(twin)
        },
    )?);
    Ok(vec![
        Line::new(&format!("FIT, file to stored twin: {what}"), "SQLite, synced, one core", stored, "MB/s")
            .against("rustyfit decode alone", alone)
            .ratio_at_least(0.5, 0.77)
            .note(format!("{} files, {megabytes:.1} MB, {events} events", files.len())),
        Line::new("– of which reading to observations", "memory, one core", ours, "MB/s")
            .against("rustyfit decode alone", alone),
    ])
}

fn recorded(folder: &Path, found: &mut Vec<Vec<u8>>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            recorded(&path, found)?;
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("fit")) {
            found.push(std::fs::read(path)?);
        }
    }
    Ok(())
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let world = Person::simulate(3, &SimOptions::with_days(if options.quick { 30 } else { 120 }))?;
    let files: Vec<Vec<u8>> = world
        .sessions
        .iter()
        .filter(|s| s.strap)
        .map(|s| world.write_fit(s, FitOptions::default()))
        .collect();
    let mut lines = compare(&files, "simulated")?;
    let mut found = Vec::new();
    if let Some(folder) = &options.recordings {
        recorded(folder, &mut found)?;
    }
    // Only what the decoder alone reads to the end can be compared with it.
    found.retain(|bytes| decode(bytes).is_some_and(|messages| messages > 0));
    if found.is_empty() {
        let none = Line::absent("FIT, file to stored twin: recorded");
        lines.push(none.note("no recordings here; name their folder in HUMANTWIN_DATA"));
    } else {
        lines.extend(compare(&found, "recorded")?);
    }
    Ok(lines)
}
