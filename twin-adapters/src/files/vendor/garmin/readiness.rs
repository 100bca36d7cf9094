//! Scores that Garmin computes: training readiness, hill and endurance scores, training status, VO2max.

use super::{date, offset, source, utc};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, millis, num, object, records, text};
use crate::files::shared::out::Out;
use crate::files::vendor::Found;
use serde_json::Value;
use twin_core::{DeviceId, LocalDate, Result};

const READINESS: &[Figure] = &[
    ("score", "recovery_score", "1", 1.0),
    ("sleepScoreFactorPercent", "garmin:readiness_sleep_factor", "%", 1.0),
    ("recoveryTime", "garmin:recovery_time", "min", 1.0),
    ("recoveryTimeFactorPercent", "garmin:readiness_recovery_factor", "%", 1.0),
    ("acwrFactorPercent", "garmin:readiness_load_factor", "%", 1.0),
    ("acuteLoad", "garmin:acute_load", "1", 1.0),
    ("stressHistoryFactorPercent", "garmin:readiness_stress_factor", "%", 1.0),
    ("hrvFactorPercent", "garmin:readiness_hrv_factor", "%", 1.0),
    ("hrvWeeklyAverage", "garmin:hrv_week_mean", "ms", 1.0),
    ("sleepHistoryFactorPercent", "garmin:readiness_sleep_history_factor", "%", 1.0),
];
const HILL: &[Figure] = &[
    ("overallScore", "garmin:hill_score", "1", 1.0),
    ("strengthScore", "garmin:hill_strength_score", "1", 1.0),
    ("enduranceScore", "garmin:hill_endurance_score", "1", 1.0),
    ("vo2MaxPreciseValue", "vo2_max", "mL/min/kg", 1.0),
];
const ENDURANCE: &[Figure] = &[("overallScore", "garmin:endurance_score", "1", 1.0)];
const STATUS: &[Figure] = &[
    ("trainingStatus", "garmin:training_status", "1", 1.0),
    ("fitnessTrend", "garmin:fitness_trend", "1", 1.0),
    ("weeklyTrainingLoad", "garmin:week_training_load", "1", 1.0),
];
const LOAD: &[Figure] = &[
    ("dailyTrainingLoadAcute", "garmin:acute_load", "1", 1.0),
    ("dailyTrainingLoadChronic", "garmin:chronic_load", "1", 1.0),
    ("dailyAcuteChronicWorkloadRatio", "garmin:load_ratio", "1", 1.0),
];

/// Training readiness at one moment; several a day.
pub(super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let Some(at) = utc(o, "timestamp") else {
        out.refuse("bad_time", "training readiness", "no `timestamp` that can be read");
        return Ok(Found::Read);
    };
    let mut origin = source();
    origin.device = num(o, "deviceId").map(|id| DeviceId::lossy(&format!("{id:.0}")));
    let context = text(o, "inputContext").unwrap_or("unknown");
    let mut about = About::moment(&origin, at, Some(format!("readiness:{at}:{context}")));
    let offset = offset(o, "timestamp", "timestampLocal");
    about.offsets = (offset, offset);
    about.date = date(o, "calendarDate");
    about.measure_all(out, o, READINESS)?;
    Ok(Found::Read)
}

/// The hill or the endurance score of a day.
pub(super) fn score(o: &Object, day: LocalDate, out: &mut Out<'_>) -> Result<Found> {
    let (name, figures) =
        if o.contains_key("strengthScore") { ("hill", HILL) } else { ("endurance", ENDURANCE) };
    if figures.iter().all(|f| num(o, f.0).is_none()) {
        out.missing();
    }
    About::day(&source(), day, name, out).measure_all(out, o, figures)?;
    Ok(Found::Read)
}

/// Training status by device, and VO2max by day or week.
pub(super) fn training_status(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    for part in o.values().filter_map(Value::as_object) {
        let Some(payload) = object(part, "payload") else { continue };
        for (device, list) in object(payload, "reportData").into_iter().flatten() {
            for status in list.as_array().into_iter().flatten().filter_map(Value::as_object) {
                one_status(device, status, out)?;
            }
        }
        let metrics = object(payload, "allMetrics").and_then(|m| object(m, "metricsMap"));
        for name in ["ACTIVITY_VO2_MAX", "GENERIC_VO2_MAX", "CYCLING_VO2_MAX"] {
            for entry in metrics.into_iter().flat_map(|m| records(m, name)) {
                vo2_max(name, entry, out)?;
            }
        }
    }
    Ok(Found::Read)
}

fn one_status(device: &str, status: &Object, out: &mut Out<'_>) -> Result<()> {
    let Some(at) = millis(status, "timestamp") else {
        out.refuse("bad_time", "training status", "no `timestamp` that can be read");
        return Ok(());
    };
    let mut origin = source();
    origin.device = Some(DeviceId::lossy(device));
    let mut about = About::moment(&origin, at, Some(format!("training_status:{device}:{at}")));
    about.date = date(status, "calendarDate");
    about.measure_all(out, status, STATUS)?;
    match object(status, "acuteTrainingLoadDTO") {
        Some(load) => about.measure_all(out, load, LOAD),
        None => Ok(()),
    }
}

fn vo2_max(name: &str, entry: &Object, out: &mut Out<'_>) -> Result<()> {
    let metric = if name == "CYCLING_VO2_MAX" { "garmin:cycling_vo2_max" } else { "vo2_max" };
    // The figure of a week is told apart from those of days.
    let (day, metric) = match (date(entry, "calendarDate"), date(entry, "startDateOfWeek")) {
        (Some(day), _) => (day, metric),
        (None, Some(week)) => (week, "garmin:week_vo2_max"),
        (None, None) => {
            out.refuse("bad_time", "vo2_max", "no date that can be read");
            return Ok(());
        }
    };
    match num(entry, "value") {
        Some(value) => About::day(&source(), day, name, out).measure(out, metric, "mL/min/kg", value),
        None => {
            out.missing();
            Ok(())
        }
    }
}
