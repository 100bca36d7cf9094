//! Apple Health: export to stored twin in a process of its own, beside the tokenizer and typed reading.

use crate::timing::{cpu, median};
use crate::{Failure, Line, Options};
use humantwin::{Engine, EngineOptions, FixedClock, ImportOptions, Storage};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use twin_core::Timestamp;

/// What one import in a process of its own took.
#[derive(Deserialize, Serialize)]
struct Imported {
    cpu_s: f64,
    peak_kb: Option<u64>,
    events: u64,
    samples: u64,
    refused: u64,
}

/// The largest memory this process had, kB, where the system tells.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// The same in MB.
pub(crate) fn peak_mb() -> Option<f64> {
    Some(peak_kb()? as f64 / 1e3)
}

/// Imports `export` into a new twin at `twin` and writes what it took to `out` as JSON.
///
/// # Errors
/// The import's.
pub fn import_child(export: &Path, twin: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let clock = FixedClock(Timestamp::from_secs(1_900_000_000));
    let storage = Storage::File(twin.to_owned());
    let engine = Engine::open(EngineOptions::new(storage, Arc::new(clock)))?;
    let twin = engine.own_twin("me")?;
    let (cpu_s, view) = cpu(|| {
        let mut file = File::open(export)?;
        Ok(twin.import("export.xml", &mut file, &ImportOptions::default(), None)?)
    })?;
    let refused = view.refused.iter().map(|r| r.count).sum();
    let done = Imported { cpu_s, peak_kb: peak_kb(), events: view.events, samples: view.samples, refused };
    serde_json::to_writer(out, &done)?;
    Ok(())
}

fn tokens(path: &Path) -> Result<u64, Failure> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, File::open(path)?));
    let (mut buffer, mut count) = (Vec::new(), 0);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(count),
            _ => count += 1,
        }
        buffer.clear();
    }
}

/// A record as a plain loop keeps it.
struct Row {
    start: i64,
    end: i64,
    value: f64,
    kind: u32,
}

/// `2016-01-01 08:00:00 +0100` to seconds.
fn instant(text: &[u8]) -> Option<i64> {
    let number = |from: usize, to: usize| {
        text.get(from..to)?
            .iter()
            .try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
    };
    let (y, m, d) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 719_469;
    let east = (number(21, 23)? * 60 + number(23, 25)?) * if text.get(20) == Some(&b'-') { -60 } else { 60 };
    Some(days * 86_400 + number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)? - east)
}

fn typed(path: &Path) -> Result<usize, Failure> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, File::open(path)?));
    let mut buffer = Vec::new();
    let mut kinds: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    let (mut rows, mut kept, mut sum) = (Vec::with_capacity(4096), 0, 0.0);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "Record" => {
                let mut row = Row { start: 0, end: 0, value: 0.0, kind: 0 };
                for attribute in tag.attributes().with_checks(false) {
                    let attribute = attribute?;
                    match attribute.key.as_ref() {
                        "type" => {
                            let next = kinds.len() as u32;
                            row.kind = match kinds.get(&*attribute.value) {
                                Some(kind) => *kind,
                                None => *kinds.entry(attribute.value.to_string()).or_insert(next),
                            };
                        }
                        "startDate" => row.start = instant(attribute.value.as_bytes()).unwrap_or(0),
                        "endDate" => row.end = instant(attribute.value.as_bytes()).unwrap_or(0),
                        "value" => {
                            row.value = attribute.value.parse().unwrap_or(0.0);
                        }
                        _ => {}
                    }
                }
                rows.push(row);
            }
            _ => {}
        }
        if rows.len() == 4096 {
            kept += rows.len();
            sum +=
                rows.drain(..).map(|r| r.value + (r.end - r.start) as f64 + f64::from(r.kind)).sum::<f64>();
        }
        buffer.clear();
    }
    std::hint::black_box(sum);
    Ok(kept + rows.len())
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let wanted: u64 = match (options.quick, options.full) {
        (true, _) => 20_000_000,
        (_, true) => 1_000_000_000,
        _ => 200_000_000,
    };
    std::fs::create_dir_all(&options.cache)?;
    let export = options.cache.join(format!("export-{}.xml", wanted / 1_000_000));
    if !export.exists() {
        let making = export.with_extension("part");
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&making)?);
        twin_testkit::write_apple_export(&mut out, wanted, 1)?;
        out.flush()?;
        std::fs::rename(&making, &export)?;
    }
    let megabytes = std::fs::metadata(&export)?.len() as f64 / 1e6;
    let three = |work: fn(&Path) -> Result<u64, Failure>| -> Result<f64, Failure> {
        let times = (0..3).map(|_| cpu(|| work(&export)).map(|t| t.0)).collect::<Result<_, _>>()?;
        Ok(megabytes / median(times))
    };
    let tokens = three(tokens)?;
    let typed = three(|path| Ok(typed(path)? as u64))?;

    let dir = tempfile::tempdir()?;
    let mut runs = Vec::new();
    for number in 0..if options.full { 1 } else { 3 } {
        let twin = dir.path().join(format!("{number}.twin"));
        let output =
            Command::new(std::env::current_exe()?).arg("--child").arg(&export).arg(&twin).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        runs.push(serde_json::from_slice::<Imported>(&output.stdout)?);
    }
    let ours = megabytes / median(runs.iter().map(|r| r.cpu_s).collect());
    let peak = runs.iter().filter_map(|r| r.peak_kb).max();
    let last = runs.last().ok_or("no run")?;
    let note = format!(
        "{megabytes:.0} MB, {} events, {} samples, {} refused; npm's parser 55 MB/s",
        last.events, last.samples, last.refused
    );
    let mut lines = vec![
        Line::new("Apple Health export, file to stored twin", "SQLite, synced, one core", ours, "MB/s")
            .against("quick-xml, records typed", typed)
            .at_least(165.0, 384.0)
            .note(note),
        Line::new("– beside the tokenizer", "SQLite, synced, one core", ours, "MB/s")
            .against("quick-xml, events only", tokens),
    ];
    if let Some(peak) = peak {
        let line = Line::new("peak memory of that import", "process", peak as f64 / 1000.0, "MB");
        lines.push(line.at_most(100.0, 32.0));
    }
    Ok(lines)
}
