//! `exercise.json`: one record a workout. Times are in UTC.

use super::super::out::{Out, origin};
use super::super::times::{Time, export};
use super::SOURCE;
use super::elements::{Object, each, number, text};
use super::rest::rest;
use serde_json::Value;
use std::io::BufRead;
use twin_core::event::{NamedQuantity, Recording, WorkoutRecorded};
use twin_core::{DeviceId, RecordId, Result, Timestamp};

const USED: &[&str] = &["logId", "activityName", "startTime", "duration", "lastModified"];
/// Numbers that go into the workout's statistics by their own names, and their units.
const FIGURES: &[(&str, &str)] = &[
    ("steps", "{step}"),
    ("speed", "km/h"),
    ("pace", "s/km"),
    ("swimLengths", "{length}"),
    ("poolLength", "m"),
    ("activityTypeId", "1"),
    ("originalDuration", "ms"),
];

/// Our words for sports of the export; others keep theirs in snake_case.
pub(super) fn sport(name: &str) -> (String, Option<String>) {
    let (sport, finer) = match name.trim().to_ascii_lowercase().as_str() {
        "walk" => ("walking", None),
        "run" => ("running", None),
        "treadmill" => ("running", Some("treadmill")),
        "bike" => ("cycling", None),
        "outdoor bike" => ("cycling", Some("outdoor")),
        "spinning" => ("cycling", Some("indoor")),
        "swim" => ("swimming", None),
        "hike" => ("hiking", None),
        "weights" => ("strength_training", None),
        "interval workout" => ("interval_training", None),
        other => return (other.split_whitespace().collect::<Vec<_>>().join("_"), None),
    };
    (sport.into(), finer.map(Into::into))
}

/// Reads the array.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each(input, out, one)
}

fn moment(object: &Object, name: &str) -> Option<Timestamp> {
    match object.get(name).and_then(Value::as_str).and_then(export)? {
        Time::Instant(t, _) => Some(t),
        wall => Some(Timestamp::from_micros(wall.wall_us())),
    }
}

fn one(out: &mut Out<'_>, n: u64, object: Object) -> Result<()> {
    let figure = |name: &str| number(object.get(name)).ok().flatten();
    let duration = figure("duration").filter(|d| (0.0..=3.2e9).contains(d));
    let (Some(start), Some(duration)) = (moment(&object, "startTime"), duration) else {
        out.refuse(
            "bad_time",
            format!("record {n}"),
            "a workout without start and duration that can be read",
        );
        return Ok(());
    };
    let end = start.plus_micros((duration * 1000.0) as i64);
    let mut used = USED.to_vec();
    let mut take = |name: &'static str| {
        let value = figure(name).filter(|v| *v >= 0.0);
        if value.is_some() {
            used.push(name);
        }
        value
    };
    let distance_m = match object.get("distanceUnit").and_then(Value::as_str) {
        Some("Kilometer") => take("distance").map(|d| d * 1000.0),
        Some("Mile") => take("distance").map(|d| d * 1609.344),
        Some("Meter") => take("distance"),
        _ => None,
    };
    let (energy_kcal, heart_rate_mean) = (take("calories"), take("averageHeartRate").filter(|v| *v > 0.0));
    let (ascent_m, moving_s) = (take("elevationGain"), take("activeDuration").map(|ms| ms / 1000.0));
    let mut statistics = Vec::new();
    for (name, unit) in FIGURES {
        if let Some(value) = take(name) {
            statistics.push(NamedQuantity { name: (*name).into(), value, unit: (*unit).into() });
        }
    }
    used.extend(["activityLevel", "heartRateZones", "customHeartRateZones"]);
    zones(&object, &mut statistics);
    let name = object.get("activityName").and_then(Value::as_str).unwrap_or("unknown");
    let (sport, sub_sport) = sport(name);
    let body = WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport,
        title: Some(name.chars().take(100).collect()),
        moving_s,
        distance_m,
        energy_kcal,
        heart_rate_mean,
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m,
        perceived_exertion: None,
        statistics,
        laps: Vec::new(),
    };
    let mut source = origin(SOURCE);
    source.recording = match object.get("logType").and_then(Value::as_str) {
        Some("manual") => Some(Recording::Manual),
        Some("auto_detected") => Some(Recording::Automatic),
        Some(_) => Some(Recording::Active),
        None => None,
    };
    source.device =
        object.get("source").and_then(|s| s.get("name")).and_then(Value::as_str).map(DeviceId::lossy);
    let offset = out.options.zone.offset_at(start);
    let mut content = out.content(&source, end, Some(offset), body);
    content.end_offset_s = Some(out.options.zone.offset_at(end));
    let id = text(object.get("logId"));
    content.record = id.as_deref().map(RecordId::lossy);
    content.revision = moment(&object, "lastModified").map_or(0, |t| t.secs().max(0).cast_unsigned());
    let mut kept = content.clone();
    out.fact(content)?;
    kept.record = id.map(|id| RecordId::lossy(&format!("{id}:rest")));
    kept.body = rest(&object, "fitbit_export", "exercise", &used).into();
    out.fact(kept)
}

/// Minutes by level and by zone, and the zones' bounds.
fn zones(object: &Object, statistics: &mut Vec<NamedQuantity>) {
    let lists =
        [("activityLevel", "level"), ("heartRateZones", "zone"), ("customHeartRateZones", "custom_zone")];
    for (list, word) in lists {
        let items = object.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for item in items.iter().take(16) {
            let Some(name) = item.get("name").and_then(Value::as_str) else { continue };
            for (field, unit) in [("minutes", "min"), ("min", "/min"), ("max", "/min")] {
                if let Ok(Some(value)) = number(item.get(field)) {
                    let name = format!("{word}.{}.{field}", name.chars().take(40).collect::<String>());
                    statistics.push(NamedQuantity { name, value, unit: unit.into() });
                }
            }
        }
    }
}
