//! A logger for Garmin watches: `time;NAME;value` with the time's offset.
//!
//! The time of a beat interval is that of its arrival; it is kept as written. Steps, calories, ascent
//! and intensity minutes are running totals of the watch's day: kept under the logger's own names,
//! and the steps between two totals as `steps` too.

use super::super::out::{Out, number, origin};
use super::super::rows::Rows;
use super::super::times::{Time, iso};
use std::collections::HashMap;
use std::io::BufRead;
use twin_core::{Result, Timestamp};

const SOURCE: &str = "garmin_logger";
/// Most names in one file.
const MAX_NAMES: usize = 200;

/// Metric and unit of a name.
fn metric(name: &str) -> (String, &'static str) {
    let (metric, unit) = match name {
        "HEART_RATE_VARIABILITY" => ("rr_interval", "ms"),
        "HEART_RATE" => ("heart_rate", "/min"),
        "STRESS" => ("stress_level", "1"),
        "STEPS" => ("garmin_logger:STEPS", "{step}"),
        "CALORIES" => ("garmin_logger:CALORIES", "kcal"),
        "ASCENT" => ("garmin_logger:ASCENT", "m"),
        "INTENSITY_MINUTES" => ("garmin_logger:INTENSITY_MINUTES", "min"),
        other => return (format!("garmin_logger:{}", other.chars().take(60).collect::<String>()), "1"),
    };
    (metric.into(), unit)
}

/// Reads the log.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let source = origin(SOURCE);
    let steps = out.stream("steps", "{step}", &source);
    let mut total: Option<(Timestamp, f64)> = None;
    let mut streams = HashMap::new();
    while let Some(row) = rows.next(out)? {
        let Some(Time::Instant(at, offset)) = iso(row.get(0)) else {
            out.refuse_line("bad_time", row.line, "no time with an offset");
            continue;
        };
        let name = row.get(1);
        let value = match number(row.get(2)) {
            Ok(Some(value)) => value,
            Ok(None) => {
                out.missing();
                continue;
            }
            Err(()) => {
                out.refuse_line("bad_number", row.line, "the value is no number");
                continue;
            }
        };
        if name.is_empty() || (streams.len() >= MAX_NAMES && !streams.contains_key(name)) {
            out.refuse_line("bad_record", row.line, "a value without a name, or more than 200 names");
            continue;
        }
        // Below zero is the watch's sign for "not measured".
        let unmeasured = match name {
            "HEART_RATE" | "HEART_RATE_VARIABILITY" => value <= 0.0,
            _ => value < 0.0,
        };
        if unmeasured {
            out.missing();
            continue;
        }
        let key = match streams.get(name) {
            Some(key) => *key,
            None => {
                let (metric, unit) = metric(name);
                let key = out.stream(&metric, unit, &source);
                streams.insert(name.to_owned(), key);
                key
            }
        };
        out.sample(key, at, 0, value, Some(offset))?;
        if name == "STEPS" {
            if let Some((since, before)) = total.filter(|(since, before)| value >= *before && at > *since) {
                out.sample(steps, since, at.micros() - since.micros(), value - before, Some(offset))?;
            }
            total = Some((at, value));
        }
    }
    Ok(())
}
