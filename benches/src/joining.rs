//! A source that writes second by second: reading its day before and after upkeep has joined the segments.

use crate::series::{START_US, heart_day};
use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use std::path::Path;
use twin_core::event::Origin;
use twin_core::log::{Cutoff, Intake, Log};
use twin_core::observation::{Observation, SeriesBlock, Sink};
use twin_core::series::{Samples, encode_segment};
use twin_core::store::{EventStore, Table};
use twin_core::{MetricId, SourceId, Timestamp, TwinId};
use twin_store::{OpenMode, SqliteStore};

const START_S: i64 = START_US / 1_000_000;

fn open(path: &Path) -> Result<Log, Failure> {
    Ok(Log::open(Box::new(SqliteStore::open(path, OpenMode::Write)?), TwinId::new("me")?, 1)?)
}

/// Tells the first samples of a day of a strap, in segments of so many.
fn tell(log: &mut Log, samples: usize, by: usize) -> Result<(), Failure> {
    let mut intake = Intake::new(log, Timestamp::from_secs(START_S + 86_400));
    for rows in heart_day(0, 0).get(..samples).unwrap_or_default().chunks(by) {
        let (starts, values) = rows.iter().copied().unzip();
        intake.accept(Observation::Series(SeriesBlock {
            metric: MetricId::new("heart_rate")?,
            unit: "/min".into(),
            origin: Origin::of(SourceId::new("strap")?),
            offset_s: Some(0),
            revision: 0,
            replaces: false,
            samples: Samples::new(starts, Vec::new(), values)?,
        }))?;
    }
    intake.finish()?;
    log.refresh()?;
    Ok(())
}

/// CPU seconds for folding the day, and for its raw history.
fn read(log: &Log, samples: usize) -> Result<(f64, f64), Failure> {
    let (from, to) = (Timestamp::from_secs(START_S), Timestamp::from_secs(START_S + 86_400));
    // With a moment to stop at, the day is folded from the log and not taken from memory.
    let until = Cutoff { at: Some(to), known_at: None };
    let (date, metric) = (log.date_at(from), MetricId::new("heart_rate")?);
    let folded = median_cpu(|| Ok(()), |()| Ok(log.day_until(date, until)?))?;
    let raw = median_cpu(
        || Ok(()),
        |()| {
            let rows = log.raw(&metric, from, to, Cutoff::default())?;
            if rows.len() == samples { Ok(rows) } else { Err("samples are missing".into()) }
        },
    )?;
    Ok((folded, raw))
}

/// Bytes of the day's segments, and of its chunks.
fn bytes(store: &dyn EventStore, samples: usize) -> Result<(f64, f64), Failure> {
    let one = Samples::new(vec![START_S * 1_000_000], Vec::new(), vec![60.0])?;
    let mut chunks = 0;
    store.notes(Table::Chunk, i64::MIN..=i64::MAX, &mut |_, body| {
        chunks += body.len();
        Ok(())
    })?;
    Ok((encode_segment(&one)?.len() as f64, chunks as f64 / samples as f64))
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let samples = options.count(10_000);
    let dir = tempfile::tempdir()?;
    let (small, whole) = (dir.path().join("small.twin"), dir.path().join("whole.twin"));
    let mut log = open(&whole)?;
    tell(&mut log, samples, samples)?;
    let as_one = read(&log, samples)?;
    let mut log = open(&small)?;
    tell(&mut log, samples, 1)?;
    let before = read(&log, samples)?;
    while !log.maintain(64)?.done {}
    let after = read(&log, samples)?;
    let (segment, chunk) = bytes(log.store(), samples)?;

    let rate = |seconds: f64| samples as f64 / seconds;
    let times = |seconds: f64| format!("{:.1} ms; as one segment {:.2} ms", 1e3 * seconds, 1e3 * as_one.0);
    Ok(vec![
        Line::new(
            "a day of 10,000 segments of one sample, folded after upkeep",
            "SQLite",
            rate(after.0),
            "/s",
        )
        .against("before upkeep", rate(before.0))
        .note(times(after.0)),
        Line::new("– its raw history", "SQLite", rate(after.1), "/s")
            .against("before upkeep", rate(before.1)),
        Line::new("– bytes of a sample in the chunk", "cache, beside the segments", chunk, "bytes")
            .against("in a segment of its own", segment),
    ])
}
