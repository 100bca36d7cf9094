//! Stored events back to state: read, decoded, folded, carried.

use crate::durable::sqlite_log;
use crate::events::{facts, memory_log, now};
use crate::timing::{cpu, median};
use crate::{Failure, Line, Options};
use twin_core::event::Content;
use twin_core::fold::Carry;
use twin_core::log::{Cutoff, DayReader, Intake, Log};
use twin_core::store::bucket_of;
use twin_core::{LocalDate, Timestamp};

/// Folds all days between two moments and carries from each to the next.
fn replay(log: &Log, from: Timestamp, to: Timestamp) -> Result<Carry, Failure> {
    let mut reader = DayReader::new(log, log.context(), Cutoff::default());
    let mut carry = Carry::default();
    let (mut date, last) = (log.date_at(from), log.date_at(to));
    while date <= last {
        carry.step(&reader.day(date)?);
        date = date.plus_days(1);
    }
    Ok(carry)
}

fn fill(log: &mut Log, count: usize) -> Result<(Timestamp, Timestamp), Failure> {
    let facts = facts(count)?;
    let span = (facts.first().map(|f| f.at), facts.last().map(|f| f.at));
    let mut intake = Intake::new(log, now());
    for fact in facts {
        intake.fact(fact)?;
    }
    intake.finish()?;
    Ok((span.0.unwrap_or_default(), span.1.unwrap_or_default()))
}

fn three(mut work: impl FnMut() -> Result<(), Failure>) -> Result<f64, Failure> {
    Ok(median((0..3).map(|_| cpu(&mut work).map(|t| t.0)).collect::<Result<_, _>>()?))
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let count = options.count(1_000_000);
    // A line is always of a million events, also when fewer were tried.
    let scale = 1e6 / count as f64;
    let encoded = facts(count)?.iter().map(Content::encode).collect::<Result<Vec<_>, _>>()?;
    let decode = scale
        * three(|| {
            for bytes in &encoded {
                std::hint::black_box(Content::decode(bytes)?);
            }
            Ok(())
        })?;
    drop(encoded);

    let mut log = memory_log()?;
    let (from, to) = fill(&mut log, count)?;
    let memory = scale * three(|| replay(&log, from, to).map(drop))?;
    drop(log);

    let dir = tempfile::tempdir()?;
    let mut log = sqlite_log(&dir.path().join("replay.db"))?;
    let (from, to) = fill(&mut log, count)?;
    let sqlite = scale * three(|| replay(&log, from, to).map(drop))?;
    let buckets = |t: Timestamp| LocalDate::from_days((t.secs() / 86_400) as i32).days();
    let scan = scale
        * three(|| {
            let mut sum = 0_i64;
            log.store().scan(buckets(from)..=buckets(to), &mut |event| {
                sum += i64::from(bucket_of(&event.content));
                Ok(())
            })?;
            std::hint::black_box(sum);
            Ok(())
        })?;
    Ok(vec![
        Line::new("replay of 1,000,000 events to state", "SQLite, one core", sqlite, "s")
            .against("decoding alone", decode)
            .at_most(0.8, 0.4)
            .note(format!("reading and decoding in one scan {scan:.2} s")),
        Line::new("replay of 1,000,000 events to state", "memory, one core", memory, "s")
            .against("decoding alone", decode)
            .at_most(0.8, 0.4),
    ])
}
