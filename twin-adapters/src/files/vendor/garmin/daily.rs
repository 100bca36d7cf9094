//! Figures of civil days and weeks.

use super::{date, offset, readiness, sleep, source, utc};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, num, object, records};
use crate::files::shared::out::Out;
use crate::files::shared::rest::rest;
use crate::files::vendor::Found;
use twin_core::Result;

/// Amounts of `usersummary/daily`.
const AMOUNTS: &[Figure] = &[
    ("totalSteps", "steps", "{step}", 1.0),
    ("totalDistanceMeters", "distance_walk_run", "m", 1.0),
    ("totalKilocalories", "energy_total", "kcal", 1.0),
    ("activeKilocalories", "energy_active", "kcal", 1.0),
    ("bmrKilocalories", "energy_basal", "kcal", 1.0),
    ("floorsAscended", "floors_climbed", "{floor}", 1.0),
    ("moderateIntensityMinutes", "moderate_activity_time", "min", 1.0),
    ("vigorousIntensityMinutes", "vigorous_activity_time", "min", 1.0),
    ("sedentarySeconds", "sedentary_time", "min", 1.0 / 60.0),
    ("activeSeconds", "garmin:active_time", "min", 1.0 / 60.0),
    ("highlyActiveSeconds", "garmin:highly_active_time", "min", 1.0 / 60.0),
];
const LEVELS: &[Figure] = &[
    ("restingHeartRate", "heart_rate_resting", "/min", 1.0),
    ("maxHeartRate", "heart_rate_max_observed", "/min", 1.0),
    ("minHeartRate", "garmin:heart_rate_min", "/min", 1.0),
    ("averageStressLevel", "garmin:stress_mean", "1", 1.0),
    ("maxStressLevel", "garmin:stress_max", "1", 1.0),
    ("highStressDuration", "stress_high_time", "min", 1.0 / 60.0),
    ("bodyBatteryChargedValue", "garmin:body_battery_charged", "1", 1.0),
    ("bodyBatteryDrainedValue", "garmin:body_battery_drained", "1", 1.0),
];
const HRV: &[Figure] = &[
    ("lastNightAvg", "hrv_rmssd", "ms", 1.0),
    ("weeklyAvg", "garmin:hrv_week_mean", "ms", 1.0),
    ("lastNight5MinHigh", "garmin:hrv_5_min_highest", "ms", 1.0),
];
const WEEK_STEPS: &[Figure] = &[
    ("totalSteps", "garmin:week_steps", "{step}", 1.0),
    ("totalDistance", "garmin:week_distance", "m", 1.0),
];
const DAY_STRESS: &[Figure] = &[
    ("overallStressLevel", "garmin:stress_mean", "1", 1.0),
    ("highStressDuration", "stress_high_time", "min", 1.0 / 60.0),
    ("mediumStressDuration", "garmin:stress_medium_time", "min", 1.0 / 60.0),
    ("lowStressDuration", "garmin:stress_low_time", "min", 1.0 / 60.0),
    ("restStressDuration", "garmin:stress_rest_time", "min", 1.0 / 60.0),
];
/// Names, links and ids of the account.
const NOT_KEPT: &[&str] = &["userProfileId", "userDailySummaryId", "uuid", "rule", "calendarDate"];

pub(super) fn hrv(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    for night in records(o, "hrvSummaries") {
        let Some(date) = date(night, "calendarDate") else {
            out.refuse("bad_time", "hrv", "no `calendarDate` that can be read");
            continue;
        };
        About::day(&source(), date, "hrv", out).measure_all(out, night, HRV)?;
    }
    Ok(Found::Read)
}

/// A record with `calendarDate` and no series.
pub(super) fn read(path: &str, o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let Some(day) = date(o, "calendarDate") else {
        out.refuse("bad_time", "day", "no `calendarDate` that can be read");
        return Ok(Found::Read);
    };
    let has = |field: &str| o.contains_key(field);
    if has("score") && has("inputContext") {
        return readiness::read(o, out);
    }
    if has("strengthScore") || has("overallScore") {
        return readiness::score(o, day, out);
    }
    if has("wellnessStartTimeGmt") {
        return summary(o, out);
    }
    if has("valueInML") {
        let figures: &[Figure] = &[("valueInML", "water_intake", "mL", 1.0)];
        About::day(&source(), day, "hydration", out).amounts(out, o, figures)?;
        return Ok(Found::Read);
    }
    if has("moderateValue") || has("vigorousValue") {
        let figures: &[Figure] = &[
            ("moderateValue", "moderate_activity_time", "min", 1.0),
            ("vigorousValue", "vigorous_activity_time", "min", 1.0),
        ];
        About::day(&source(), day, "intensity", out).amounts(out, o, figures)?;
        return Ok(Found::Read);
    }
    if let Some(values) = object(o, "values") {
        let week = values.contains_key("averageSteps");
        let (name, figures) = if week { ("week_steps", WEEK_STEPS) } else { ("stress", DAY_STRESS) };
        if !figures.iter().any(|f| values.contains_key(f.0)) {
            return Ok(Found::Nothing("the figures of this day are not known"));
        }
        About::day(&source(), day, name, out).measure_all(out, values, figures)?;
        return Ok(Found::Read);
    }
    match num(o, "value") {
        Some(value) if path.contains("/sleep/score/") => sleep::score(o, value, out),
        Some(value) if path.contains("/stress/weekly/") => {
            About::day(&source(), day, "week_stress", out).measure(
                out,
                "garmin:week_stress_mean",
                "1",
                value,
            )?;
            Ok(Found::Read)
        }
        Some(_) => Ok(Found::Nothing(
            "a value beside a date does not say what it is of; the path of the exchange would",
        )),
        None => Ok(Found::Nothing("the figures of this day are not known")),
    }
}

/// The summary of a day, from its own start to its end.
fn summary(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let (Some(start), Some(end), Some(day)) =
        (utc(o, "wellnessStartTimeGmt"), utc(o, "wellnessEndTimeGmt"), date(o, "calendarDate"))
    else {
        out.refuse("bad_time", "day", "a day without start and end");
        return Ok(Found::Read);
    };
    let offset = offset(o, "wellnessStartTimeGmt", "wellnessStartTimeLocal");
    let mut about = About::moment(&source(), end, Some(format!("day:{day}"))).over(start, offset);
    about.date = Some(day);
    about.amounts(out, o, AMOUNTS)?;
    about.measure_all(out, o, LEVELS)?;
    let used: Vec<&str> = AMOUNTS.iter().chain(LEVELS).map(|f| f.0).chain(NOT_KEPT.iter().copied()).collect();
    about.fact(out, "rest", rest(o, "garmin_connect", "daily_summary", &used))?;
    Ok(Found::Read)
}
