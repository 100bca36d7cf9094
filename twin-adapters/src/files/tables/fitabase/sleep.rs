//! `minuteSleep`: one row a minute, 1 asleep, 2 restless, 3 awake; rows of one log id are one sleep.

use super::super::out::{Out, number, origin};
use super::people::People;
use std::io::BufRead;
use twin_core::event::{SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::{RecordId, Result, Timestamp};

/// Most minutes of one sleep; a longer one is cut in two.
const MAX_MINUTES: usize = 2880;

struct Night {
    person: String,
    log: String,
    minutes: Vec<(Timestamp, i32, SleepStage)>,
}

/// Reads the table.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut people = People::open(input, out)?;
    let value = people.header.require("value")?;
    let log = people.header.require("logId")?;
    let mut night: Option<Night> = None;
    while let Some(entry) = people.next(out)? {
        let stage = match number(entry.row.get(value)) {
            Ok(Some(1.0)) => SleepStage::Asleep,
            Ok(Some(2.0)) => SleepStage::Unknown,
            Ok(Some(3.0)) => SleepStage::Awake,
            _ => {
                out.refuse_line("unknown_stage", entry.row.line, "the sleep value is none of 1, 2, 3");
                continue;
            }
        };
        let (start, offset) = out.instant(entry.time);
        let same = |n: &Night| {
            n.log == entry.row.get(log)
                && n.person == entry.id
                && n.minutes.len() < MAX_MINUTES
                && n.minutes.last().is_none_or(|l| l.0 < start)
        };
        if !night.as_ref().is_some_and(same) {
            if let Some(done) = night.take() {
                finish(done, out)?;
            }
            night = Some(Night { person: entry.id, log: entry.row.get(log).to_owned(), minutes: Vec::new() });
        }
        if let Some(night) = &mut night {
            night.minutes.push((start, offset, stage));
        }
    }
    night.map_or(Ok(()), |done| finish(done, out))
}

fn finish(night: Night, out: &mut Out<'_>) -> Result<()> {
    let mut stages: Vec<SleepStageSpan> = Vec::new();
    let count = |stage| night.minutes.iter().filter(|m| m.2 == stage).count() as f64;
    let (asleep, awake) = (count(SleepStage::Asleep), count(SleepStage::Awake) + count(SleepStage::Unknown));
    for (i, (start, _, stage)) in night.minutes.iter().copied().enumerate() {
        let next = night.minutes.get(i + 1).map(|m| m.0);
        let end = next.map_or(start.plus_secs(60), |n| n.min(start.plus_secs(60)));
        match stages.last_mut() {
            Some(last) if last.stage == stage && last.end == start => last.end = end,
            _ => stages.push(SleepStageSpan { start, end, stage }),
        }
    }
    let (Some(first), Some(last), Some(end)) =
        (night.minutes.first(), night.minutes.last(), stages.last().map(|s| s.end))
    else {
        return Ok(());
    };
    let body = SleepRecorded {
        start: first.0,
        end,
        in_bed_start: Some(first.0),
        in_bed_end: Some(end),
        stages,
        asleep_min: Some(asleep),
        awake_min: Some(awake),
        nap: None,
        vendor_score: None,
    };
    let mut content = out.content(&origin(&format!("fitabase/{}", night.person)), end, Some(first.1), body);
    content.end_offset_s = Some(last.1);
    content.record = Some(night.log).filter(|l| !l.is_empty()).map(|l| RecordId::lossy(&l));
    out.fact(content)
}
