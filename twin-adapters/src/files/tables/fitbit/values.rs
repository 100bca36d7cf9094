//! Series and daily figures: `steps.json`, `heart_rate.json`, `resting_heart_rate.json` …

use super::super::out::{Out, origin};
use super::super::times::{Time, export};
use super::SOURCE;
use super::elements::{Object, each, number};
use serde_json::Value;
use std::io::BufRead;
use twin_core::event::{Content, MeasurementRecorded};
use twin_core::{Error, MetricId, Result, Timestamp};

/// Words of file names, the metric, its unit and factor, and whether a value is of a whole day.
const NAMES: &[(&str, &str, &str, f64, bool)] = &[
    ("very_active_minutes", "vigorous_activity_time", "min", 1.0, true),
    ("moderately_active_minutes", "moderate_activity_time", "min", 1.0, true),
    ("fairly_active_minutes", "moderate_activity_time", "min", 1.0, true),
    ("lightly_active_minutes", "fitbit:lightly_active_minutes", "min", 1.0, true),
    ("sedentary_minutes", "sedentary_time", "min", 1.0, true),
    ("steps", "steps", "{step}", 1.0, false),
    ("calories", "energy_total", "kcal", 1.0, false),
    // Centimetres in the export.
    ("distance", "distance_walk_run", "m", 0.01, false),
    ("altitude", "fitbit:altitude", "1", 1.0, false),
];

/// The name without folder, endings and date: `steps-2019-11-01.json.gz` is `steps`.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let name = name.strip_suffix(".json").unwrap_or(name);
    name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_' || c == ' ')
        .replace([' ', '-'], "_")
}

/// The moment of a figure by the minute, which the export writes in UTC.
fn utc(time: Time) -> Timestamp {
    match time {
        Time::Instant(t, _) => t,
        wall => Timestamp::from_micros(wall.wall_us()),
    }
}

fn time_of(out: &mut Out<'_>, n: u64, object: &Object) -> Option<Time> {
    let time = object.get("dateTime").and_then(Value::as_str).and_then(export);
    if time.is_none() {
        out.refuse("bad_time", format!("record {n}"), "no `dateTime` that can be read");
    }
    time
}

/// Reads `{dateTime, value}` records, whose metric only the file's name tells.
///
/// # Errors
/// `unsupported` when the name tells none, after a refusal `unnamed_series`; else as `read_file`.
pub(in super::super) fn read_values(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let stem = stem(&out.options.name);
    let Some((_, metric, unit, factor, daily)) = NAMES.iter().find(|n| n.0 == stem) else {
        let message = "the values bear no name of their own; give the file the name it has in the export, like `steps.json`";
        out.refuse("unnamed_series", "file", message);
        return Err(Error::Unsupported(message.into()));
    };
    let key = out.stream(metric, unit, &origin(SOURCE));
    each(input, out, |out, n, object| {
        let Some(time) = time_of(out, n, &object) else { return Ok(()) };
        let value = match number(object.get("value")) {
            Ok(Some(value)) => value * factor,
            Ok(None) => {
                out.missing();
                return Ok(());
            }
            Err(()) => {
                out.refuse("bad_number", format!("record {n}"), "the value is no number");
                return Ok(());
            }
        };
        if *daily || matches!(time, Time::Day(_)) {
            return out.day_sample(key, time.day(), value);
        }
        let start = utc(time);
        let offset = out.options.zone.offset_at(start);
        out.sample(key, start, 60_000_000, value, Some(offset))
    })
}

/// Reads `heart_rate.json`. Confidence 0 is the tracker's guess without a signal: kept apart.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_heart_rate(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let origin = origin(SOURCE);
    let rate = out.stream("heart_rate", "/min", &origin);
    let guess = out.stream("fitbit:heart_rate_without_confidence", "/min", &origin);
    let confidence = out.stream("fitbit:heart_rate_confidence", "1", &origin);
    each(input, out, |out, n, object| {
        let Some(time) = time_of(out, n, &object) else { return Ok(()) };
        let start = utc(time);
        let offset = Some(out.options.zone.offset_at(start));
        let value = object.get("value").and_then(Value::as_object);
        let (Ok(bpm), Ok(sure)) =
            (number(value.and_then(|v| v.get("bpm"))), number(value.and_then(|v| v.get("confidence"))))
        else {
            out.refuse("bad_number", format!("record {n}"), "the heart rate is no number");
            return Ok(());
        };
        let Some(bpm) = bpm.filter(|bpm| *bpm != 0.0) else {
            out.missing();
            return Ok(());
        };
        if let Some(sure) = sure {
            out.sample(confidence, start, 0, sure, offset)?;
        }
        out.sample(if sure == Some(0.0) { guess } else { rate }, start, 0, bpm, offset)
    })
}

/// A figure of a civil day as a measurement: over the day, known at its end.
fn daily(out: &mut Out<'_>, time: Time, metric: &str, unit: &str, value: f64) -> Content {
    let day = Time::Day(time.day());
    let next = Time::Day(time.day().plus_days(1));
    let ((start, start_offset), (end, end_offset)) = (out.instant(day), out.instant(next));
    let body =
        MeasurementRecorded { metric: MetricId::lossy(metric), value, unit: unit.into(), start: Some(start) };
    let mut content = out.content(&origin(SOURCE), end, Some(start_offset), body);
    content.end_offset_s = Some(end_offset);
    content.civil_date = Some(time.day());
    content
}

/// Reads `resting_heart_rate.json`: one figure a day; 0 says there was none.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_resting(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each(input, out, |out, n, object| {
        let Some(time) = time_of(out, n, &object) else { return Ok(()) };
        let value = object.get("value").and_then(Value::as_object);
        let (Ok(bpm), Ok(error)) =
            (number(value.and_then(|v| v.get("value"))), number(value.and_then(|v| v.get("error"))))
        else {
            out.refuse("bad_number", format!("record {n}"), "the heart rate is no number");
            return Ok(());
        };
        let Some(bpm) = bpm.filter(|bpm| *bpm != 0.0) else {
            out.missing();
            return Ok(());
        };
        let content = daily(out, time, "heart_rate_resting", "/min", bpm);
        out.fact(content)?;
        if let Some(error) = error {
            let content = daily(out, time, "fitbit:resting_heart_rate_error", "/min", error);
            out.fact(content)?;
        }
        Ok(())
    })
}

/// Reads `time_in_heart_rate_zones.json`: minutes of a day in each zone.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_zones(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let source = origin(SOURCE);
    each(input, out, |out, n, object| {
        let Some(time) = time_of(out, n, &object) else { return Ok(()) };
        let zones = object.get("value").and_then(|v| v.get("valuesInZones")).and_then(Value::as_object);
        let Some(zones) = zones else {
            out.refuse("bad_record", format!("record {n}"), "no `valuesInZones`");
            return Ok(());
        };
        if zones.is_empty() {
            out.missing();
        }
        // At most a handful of zones; more is no export.
        for (zone, minutes) in zones.iter().take(32) {
            match number(Some(minutes)) {
                Ok(Some(minutes)) => {
                    let name: String = zone.chars().take(40).collect::<String>().to_ascii_lowercase();
                    let key = out.stream(&format!("fitbit:heart_rate_zone_{name}"), "min", &source);
                    out.day_sample(key, time.day(), minutes)?;
                }
                Ok(None) => out.missing(),
                Err(()) => out.refuse("bad_number", format!("record {n}"), "minutes in a zone are no number"),
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn names_of_exports() {
        assert_eq!(stem("steps-2019-11-01.json"), "steps");
        assert_eq!(stem("a/b/very_active_minutes.json.gz"), "very_active_minutes");
        assert_eq!(stem("Lightly Active Minutes.json"), "lightly_active_minutes");
    }
}
