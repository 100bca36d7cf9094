//! Summaries of activities.

use super::{Object, Why, kept, number, origin};
use crate::files::rank::ranked;
use crate::files::track::sport;
use serde_json::Value;
use twin_core::event::{Content, WorkoutRecorded};
use twin_core::{RecordId, Timestamp};

fn millis(record: &Object, key: &str) -> Option<Timestamp> {
    let ms = number(record, key).filter(|ms| ms.abs() < 1e14)?;
    Some(Timestamp::from_micros((ms * 1e3) as i64))
}

/// Local time less UTC, where some zone has it.
fn offset(record: &Object, start: Timestamp) -> Option<i32> {
    let seconds = millis(record, "startTimeLocal")?.secs_since(start);
    ((-12.0 * 3600.0..=14.0 * 3600.0).contains(&seconds) && seconds % 900.0 == 0.0).then_some(seconds as i32)
}

pub(super) fn facts(record: &Object) -> Result<Vec<Content>, Why> {
    let start = millis(record, "startTimeGmt")
        .or_else(|| millis(record, "beginTimestamp"))
        .ok_or(("bad_time", "an activity without its start"))?;
    let id = number(record, "activityId").ok_or(("bad_record", "an activity without its id"))?;
    let positive = |key: &str| number(record, key).filter(|v| *v >= 0.0);
    let lasted = positive("elapsedDuration")
        .or_else(|| positive("duration"))
        .filter(|ms| *ms < 1e12)
        .ok_or(("bad_number", "an activity without its duration"))?;
    let word = match record.get("activityType") {
        Some(Value::String(word)) => word.as_str(),
        Some(Value::Object(kind)) => kind.get("typeKey").and_then(Value::as_str).unwrap_or_default(),
        _ => record.get("sportType").and_then(Value::as_str).unwrap_or_default(),
    };
    let end = start.plus_micros((lasted * 1e3) as i64);
    let body = WorkoutRecorded {
        start,
        end,
        sport: sport(word),
        sub_sport: None,
        title: record.get("name").and_then(Value::as_str).map(|t| t.chars().take(200).collect()),
        moving_s: positive("movingDuration").or_else(|| positive("duration")).map(|ms| ms / 1e3),
        distance_m: positive("distance").map(|cm| cm / 100.0),
        energy_kcal: None,
        heart_rate_mean: positive("avgHr").filter(|v| *v > 0.0),
        heart_rate_max: positive("maxHr").filter(|v| *v > 0.0),
        power_mean_w: positive("avgPower"),
        ascent_m: positive("elevationGain").map(|cm| cm / 100.0),
        perceived_exertion: None,
        statistics: Vec::new(),
        laps: Vec::new(),
    };
    let offset = offset(record, start);
    let with_offset = |mut content: Content| {
        (content.start_offset_s, content.end_offset_s) = (offset, offset);
        content
    };
    let mut workout = with_offset(Content::new(origin(), end, body));
    workout.record = Some(RecordId::lossy(&format!("activity/{id:.0}")));
    Ok(vec![ranked(workout, 0), with_offset(Content::new(origin(), end, kept("summarizedActivity", record)))])
}
