//! A night: the episode, its stages where the device gives them, and the figures of the night.

use super::{date, offset, source, utc};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, num, object, records, text};
use crate::files::shared::out::Out;
use crate::files::shared::rest::rest;
use crate::files::vendor::Found;
use twin_core::Result;
use twin_core::event::{SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;

/// Figures of the night in `dailySleepDTO`.
const NIGHT: &[Figure] = &[
    ("deepSleepSeconds", "sleep_deep", "min", 1.0 / 60.0),
    ("lightSleepSeconds", "sleep_light", "min", 1.0 / 60.0),
    ("remSleepSeconds", "sleep_rem", "min", 1.0 / 60.0),
    ("awakeSleepSeconds", "sleep_awake", "min", 1.0 / 60.0),
    ("awakeCount", "sleep_awakenings", "1", 1.0),
    ("averageSpO2Value", "oxygen_saturation", "%", 1.0),
    ("lowestSpO2Value", "garmin:sleep_spo2_lowest", "%", 1.0),
    ("averageRespirationValue", "respiratory_rate", "/min", 1.0),
    ("lowestRespirationValue", "garmin:sleep_respiration_lowest", "/min", 1.0),
    ("highestRespirationValue", "garmin:sleep_respiration_highest", "/min", 1.0),
    ("averageSpO2HRSleep", "heart_rate_sleep_mean", "/min", 1.0),
    ("avgSleepStress", "garmin:sleep_stress_mean", "1", 1.0),
];
/// Figures beside it.
const BESIDE: &[Figure] = &[
    ("restingHeartRate", "heart_rate_resting", "/min", 1.0),
    ("avgSkinTempDeviationC", "skin_temperature_deviation", "K", 1.0),
    ("bodyBatteryChange", "garmin:sleep_body_battery_change", "1", 1.0),
    ("avgOvernightHrv", "hrv_rmssd", "ms", 1.0),
];
const USED: &[&str] = &[
    "id",
    "userProfilePK",
    "calendarDate",
    "sleepTimeSeconds",
    "sleepStartTimestampGMT",
    "sleepEndTimestampGMT",
    "sleepStartTimestampLocal",
    "sleepEndTimestampLocal",
    "deepSleepSeconds",
    "lightSleepSeconds",
    "remSleepSeconds",
    "awakeSleepSeconds",
    "awakeCount",
    "averageSpO2Value",
    "lowestSpO2Value",
    "averageRespirationValue",
    "lowestRespirationValue",
    "highestRespirationValue",
    "averageSpO2HRSleep",
    "avgSleepStress",
    "sleepNeed",
    "nextSleepNeed",
];

pub(super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let Some(night) = object(o, "dailySleepDTO") else { return Ok(Found::Read) };
    let (Some(start), Some(end)) = (utc(night, "sleepStartTimestampGMT"), utc(night, "sleepEndTimestampGMT"))
    else {
        // A day without a sleep comes as a record of nulls.
        out.missing();
        return Ok(Found::Read);
    };
    if end <= start {
        out.refuse("bad_time", "sleep", "the sleep ends before it starts");
        return Ok(Found::Read);
    }
    let id = num(night, "id").map_or_else(|| start.to_string(), |id| format!("{id:.0}"));
    let mut about = About::moment(&source(), end, Some(format!("sleep:{id}")));
    about.offsets = (
        offset(night, "sleepStartTimestampGMT", "sleepStartTimestampLocal"),
        offset(night, "sleepEndTimestampGMT", "sleepEndTimestampLocal"),
    );
    about.date = date(night, "calendarDate");
    let minutes = |field| num(night, field).map(|s| s / 60.0).filter(|m| (0.0..=2880.0).contains(m));
    let score = object(night, "sleepScores").and_then(|s| object(s, "overall")).and_then(|s| num(s, "value"));
    let body = SleepRecorded {
        start,
        end,
        in_bed_start: None,
        in_bed_end: None,
        stages: stages(o, out),
        asleep_min: minutes("sleepTimeSeconds"),
        awake_min: minutes("awakeSleepSeconds"),
        nap: Some(false),
        vendor_score: score,
    };
    about.fact(out, "", body)?;
    about.start = Some(start);
    about.measure_all(out, night, NIGHT)?;
    about.measure_all(out, o, BESIDE)?;
    if let Some(score) = score {
        about.measure(out, "sleep_score", "1", score)?;
    }
    if let Some(need) = object(night, "sleepNeed").and_then(|n| num(n, "actual")) {
        about.measure(out, "sleep_need", "min", need)?;
    }
    about.fact(out, "rest", rest(night, "garmin_connect", "dailySleepDTO", USED))?;
    Ok(Found::Read)
}

/// The spans of `sleepLevels`, whose numbers are Garmin's own.
fn stages(o: &Object, out: &mut Out<'_>) -> Vec<SleepStageSpan> {
    let mut spans = Vec::new();
    let mut bad = 0_u64;
    for level in records(o, "sleepLevels").take(10_000) {
        let stage = num(level, "activityLevel").and_then(|n| match n as i64 {
            0 => Some(SleepStage::Deep),
            1 => Some(SleepStage::Light),
            2 => Some(SleepStage::Rem),
            3 => Some(SleepStage::Awake),
            -1 => Some(SleepStage::Unknown),
            _ => None,
        });
        match (utc(level, "startGMT"), utc(level, "endGMT"), stage) {
            (Some(start), Some(end), Some(stage)) if end > start => {
                spans.push(SleepStageSpan { start, end, stage })
            }
            _ => bad += 1,
        }
    }
    if bad > 0 {
        out.refuse("bad_stage", "sleepLevels", format!("{bad} spans cannot be read"));
    }
    spans.order_by_key(|s| (s.start, s.end));
    // Of two that overlap the earlier ends where the later begins.
    for i in 1..spans.len() {
        if let Some(next) = spans.get(i).map(|s| s.start)
            && let Some(span) = spans.get_mut(i - 1)
        {
            span.end = span.end.min(next);
        }
    }
    spans.retain(|s| s.end > s.start);
    spans
}

/// The score of a night as the list of scores has it.
pub(super) fn score(o: &Object, value: f64, out: &mut Out<'_>) -> Result<Found> {
    let Some(date) = text(o, "calendarDate").and_then(|_| date(o, "calendarDate")) else {
        out.refuse("bad_time", "sleep score", "no `calendarDate` that can be read");
        return Ok(Found::Read);
    };
    About::day(&source(), date, "sleep_score", out).measure(out, "sleep_score", "1", value)?;
    Ok(Found::Read)
}
