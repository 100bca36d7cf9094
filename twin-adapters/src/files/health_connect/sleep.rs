//! Sleep sessions with their stages.

use super::record::{about, moment};
use super::types::stage;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{num, records};
use crate::files::shared::out::Out;
use twin_core::Result;
use twin_core::event::{SleepRecorded, SleepStageSpan};
use twin_core::sort::OrderBy;

pub(super) fn read(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let Some(about) = about(out, n, o) else { return Ok(()) };
    let (Some(start), end) = (about.start, about.at) else {
        out.refuse("bad_time", format!("record {n}"), "a sleep without start and end");
        return Ok(());
    };
    let mut stages: Vec<SleepStageSpan> = Vec::new();
    for span in records(o, "stages").take(10_000) {
        let number = num(span, "stage").map_or(0, |s| s as i64);
        match (moment(span, "startTime"), moment(span, "endTime")) {
            (Some(start), Some(end)) if end > start => {
                stages.push(SleepStageSpan { start, end, stage: stage(number) })
            }
            _ => out.refuse("bad_stage", format!("record {n}"), "a stage without start and end"),
        }
    }
    stages.order_by_key(|s| (s.start, s.end));
    let starts: Vec<_> = stages.iter().skip(1).map(|s| s.start).collect();
    for (span, next) in stages.iter_mut().zip(starts) {
        span.end = span.end.min(next);
    }
    stages.retain(|s| s.end > s.start);
    // The session's bounds are those of the bed.
    let body = SleepRecorded {
        start,
        end,
        in_bed_start: Some(start),
        in_bed_end: Some(end),
        stages,
        asleep_min: None,
        awake_min: None,
        nap: None,
        vendor_score: None,
    };
    about.fact(out, "", body)
}
