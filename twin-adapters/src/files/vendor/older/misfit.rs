//! Misfit: summaries of days, and sleeps with their phases.

use super::super::Found;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, num, records, text};
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::{Time, iso};
use twin_core::Result;
use twin_core::event::{Recording, SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;

/// Distances are in miles: 2,400 steps a mile fit, 2,400 a kilometre do not.
const DAY: &[Figure] = &[
    ("steps", "steps", "{step}", 1.0),
    ("distance", "distance_walk_run", "m", 1609.344),
    ("calories", "energy_total", "kcal", 1.0),
    ("activityCalories", "misfit:activity_energy", "kcal", 1.0),
    ("points", "misfit:points", "1", 1.0),
];

pub(in super::super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    for day in records(o, "summary") {
        let Some(date) = text(day, "date").and_then(iso).map(Time::day) else {
            out.refuse("bad_time", "summary", "no `date` that can be read");
            continue;
        };
        About::day(&origin("misfit"), date, "day", out).amounts(out, day, DAY)?;
    }
    for sleep in records(o, "sleeps") {
        one_sleep(sleep, out)?;
    }
    let known = o.contains_key("summary") || o.contains_key("sleeps");
    Ok(if known { Found::Read } else { Found::Nothing("the shape of this Misfit answer is not known") })
}

fn one_sleep(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let length = num(o, "duration").filter(|s| *s > 0.0 && *s <= 172_800.0);
    let (Some(time), Some(length)) = (text(o, "startTime").and_then(iso), length) else {
        out.refuse("bad_time", "sleeps", "a sleep without start and length");
        return Ok(());
    };
    let (start, offset) = out.instant(time);
    let end = start.plus_micros((length * 1e6) as i64);
    let mut marks = Vec::new();
    for mark in records(o, "sleepDetails").take(10_000) {
        let stage = match num(mark, "value").map(|v| v as i64) {
            Some(1) => SleepStage::Awake,
            Some(2) => SleepStage::Light,
            Some(3) => SleepStage::Deep,
            _ => SleepStage::Unknown,
        };
        match text(mark, "datetime").and_then(iso) {
            Some(time) => marks.push((out.instant(time).0, stage)),
            None => out.refuse("bad_stage", "sleeps", "a phase without a time"),
        }
    }
    marks.order_by_key(|m| m.0);
    let ends = marks.iter().skip(1).map(|m| m.0).chain([end]);
    let stages = marks
        .iter()
        .zip(ends)
        .map(|((start, stage), next)| SleepStageSpan { start: *start, end: next.min(end), stage: *stage })
        .filter(|s| s.end > s.start)
        .collect();
    let mut source = origin("misfit");
    source.recording = match o.get("autoDetected").and_then(serde_json::Value::as_bool) {
        Some(true) => Some(Recording::Automatic),
        Some(false) => Some(Recording::Active),
        None => None,
    };
    let mut about = About::moment(&source, end, text(o, "id").map(str::to_owned));
    about.offsets = (Some(offset), Some(offset));
    let body = SleepRecorded {
        start,
        end,
        in_bed_start: None,
        in_bed_end: None,
        stages,
        asleep_min: None,
        awake_min: None,
        nap: None,
        vendor_score: None,
    };
    about.fact(out, "", body)
}
