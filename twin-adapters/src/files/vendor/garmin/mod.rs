//! Garmin Connect: what its web service answers. Times ending in `GMT` are UTC, those in `Local` the
//! wall clock beside it: their difference is the offset lived in.

mod activity;
mod daily;
mod intraday;
mod readiness;
mod sleep;
mod weight;

use super::Found;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{millis, num, text};
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::iso;
use serde_json::Value;
use twin_core::event::Origin;
use twin_core::{LocalDate, Result, Timestamp};

const NO_MEASUREMENT: &str = "a profile or setting holds no measurement";

fn source() -> Origin {
    origin("garmin_connect")
}

/// A body, or an exchange `{method, path, status, body}` around one.
pub(super) fn exchange(mut object: Object, out: &mut Out<'_>) -> Result<Found> {
    let Some(path) = text(&object, "path").map(str::to_owned) else { return record("", &object, out) };
    if num(&object, "status").is_some_and(|s| !(200.0..300.0).contains(&s)) {
        return Ok(Found::Nothing("the service answered with an error"));
    }
    match object.remove("body") {
        Some(Value::Object(body)) => record(&path, &body, out),
        Some(Value::Array(bodies)) => {
            let mut found = Found::Read;
            for body in bodies {
                if let Value::Object(body) = body {
                    found = record(&path, &body, out)?;
                }
            }
            Ok(found)
        }
        _ => Ok(Found::Read),
    }
}

/// One object of an answer, told by its fields and, where they do not tell, by the path.
fn record(path: &str, o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let has = |field: &str| o.contains_key(field);
    if has("dailySleepDTO") {
        sleep::read(o, out)
    } else if has("hrvSummaries") {
        daily::hrv(o, out)
    } else if has("event") && has("bodyBatteryValuesArray") {
        intraday::battery_event(o, out)
    } else if has("stressValuesArray") || has("bodyBatteryValuesArray") {
        intraday::stress(o, out)
    } else if has("heartRateValues") {
        intraday::heart_rate(o, out)
    } else if has("dateWeightList") || has("dailyWeightSummaries") {
        weight::read(o, out)
    } else if has("activityId") && (has("startTimeGMT") || has("summaryDTO")) {
        activity::read(o, out)
    } else if has("monthlyTrainingStatus") || has("weeklyTrainingStatus") || has("vo2MaxWeeklyStatistics") {
        readiness::training_status(o, out)
    } else if has("calendarDate") {
        daily::read(path, o, out)
    } else if has("garminGUID") || has("displayName") {
        Ok(Found::Nothing(NO_MEASUREMENT))
    } else if o.is_empty() {
        Ok(Found::Read)
    } else {
        Ok(Found::Nothing("the shape of this Garmin Connect answer is not known"))
    }
}

fn date(object: &Object, field: &str) -> Option<LocalDate> {
    text(object, field).and_then(iso).map(crate::files::shared::times::Time::day)
}

/// A time in UTC: milliseconds since 1970, or text without a zone.
fn utc(object: &Object, field: &str) -> Option<Timestamp> {
    millis(object, field).or_else(|| Some(Timestamp::from_micros(iso(text(object, field)?)?.wall_us())))
}

/// The offset between a time in UTC and the same on the wall clock, to the minute.
fn offset(object: &Object, gmt: &str, local: &str) -> Option<i32> {
    let seconds = utc(object, local)?.secs() - utc(object, gmt)?.secs();
    i32::try_from(seconds).ok().filter(|s| s.abs() <= 18 * 3600 && s % 60 == 0)
}
