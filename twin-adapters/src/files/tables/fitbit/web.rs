//! Answers of the Fitbit Web API, which was switched off in 2026: logs of activities and sleep, and time
//! series. Times are on the wall clock.

use super::super::super::shared::figures::{About, num, object, records, text};
use super::super::super::shared::lists::each_listed;
use super::super::out::{Out, origin};
use super::super::times::{Time, clock_us, iso};
use super::elements::Object;
use super::{SOURCE, exercise, sleep};
use serde_json::Value;
use std::io::BufRead;
use twin_core::event::WorkoutRecorded;
use twin_core::{LocalDate, Result, Timestamp};

/// Series by their name in the answer: metric, unit, factor.
const SERIES: &[(&str, &str, &str, f64)] = &[
    ("steps", "steps", "{step}", 1.0),
    ("calories", "energy_total", "kcal", 1.0),
    ("distance", "distance_walk_run", "m", 1000.0),
    ("floors", "floors_climbed", "{floor}", 1.0),
    ("elevation", "elevation_gain", "m", 1.0),
    ("minutesSedentary", "sedentary_time", "min", 1.0),
    ("minutesLightlyActive", "fitbit:lightly_active_minutes", "min", 1.0),
    ("minutesFairlyActive", "moderate_activity_time", "min", 1.0),
    ("minutesVeryActive", "vigorous_activity_time", "min", 1.0),
    ("heart", "heart_rate", "/min", 1.0),
];

/// Reads an answer.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each_listed(input, out, &["sleep", "activities"], |out, list, _, n, record| {
        let Value::Object(record) = record else {
            out.refuse("not_a_record", format!("record {n}"), "the element is no object");
            return Ok(());
        };
        match list {
            "sleep" => sleep::one(out, n, record),
            "activities" => activity(out, n, &record),
            _ => beside(out, &record),
        }
    })
}

/// What stands beside the lists: time series, and summaries, which repeat what the lists say.
fn beside(out: &mut Out<'_>, o: &Object) -> Result<()> {
    for (name, metric, unit, factor) in SERIES {
        let days = format!("activities-{name}");
        let intraday = format!("activities-{name}-intraday");
        let mut first: Option<LocalDate> = None;
        let fine = object(o, &intraday).filter(|i| records(i, "dataset").next().is_some());
        for day in records(o, &days) {
            let Some(date) = text(day, "dateTime").and_then(iso).map(Time::day) else {
                out.refuse("bad_time", days.as_str(), "no `dateTime` that can be read");
                continue;
            };
            first.get_or_insert(date);
            // A day that is there by the minute is not counted a second time.
            let Some(value) = num(day, "value").filter(|_| fine.is_none()) else { continue };
            let key = out.stream(metric, unit, &origin(SOURCE));
            out.day_sample(key, date, value * factor)?;
        }
        if let (Some(fine), Some(date)) = (fine, first) {
            minutes(out, fine, date, (metric, unit, *factor))?;
        }
    }
    match object(o, "summary") {
        Some(summary) if summary.contains_key("caloriesOut") => {
            out.warn_once("undated_summary", "the summary of a day does not say of which: it was left out");
            Ok(())
        }
        _ => Ok(()),
    }
}

fn minutes(
    out: &mut Out<'_>,
    fine: &Object,
    date: LocalDate,
    (metric, unit, factor): (&str, &str, f64),
) -> Result<()> {
    let every = num(fine, "datasetInterval").filter(|n| (1.0..=1440.0).contains(n)).unwrap_or(1.0);
    let length_s = if text(fine, "datasetType") == Some("second") { every } else { every * 60.0 };
    let length_us = if metric == "heart_rate" { 0 } else { (length_s * 1e6) as i64 };
    let key = out.stream(metric, unit, &origin(SOURCE));
    for row in records(fine, "dataset") {
        match (text(row, "time").and_then(clock_us), num(row, "value")) {
            (Some(clock), Some(value)) => {
                let (start, offset) = out.instant(Time::Wall(date, clock));
                out.sample(key, start, length_us, value * factor, Some(offset))?;
            }
            _ => out.refuse("bad_record", metric, "a row without time or value"),
        }
    }
    Ok(())
}

/// An entry of the log of activities; its distance is in kilometres.
fn activity(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let date = text(o, "startDate").and_then(iso).map(Time::day);
    let clock = text(o, "startTime").and_then(clock_us);
    let length = num(o, "duration").filter(|ms| (0.0..=1.2e9).contains(ms));
    let (Some(date), Some(clock), Some(length)) = (date, clock, length) else {
        out.refuse(
            "bad_time",
            format!("record {n}"),
            "an activity without start and duration that can be read",
        );
        return Ok(());
    };
    let (start, offset) = out.instant(Time::Wall(date, clock));
    let end = start.plus_micros((length * 1000.0) as i64);
    let name = text(o, "name").unwrap_or("unknown");
    let (sport, sub_sport) = exercise::sport(name);
    let body = WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport,
        title: Some(name.chars().take(100).collect()),
        moving_s: None,
        distance_m: num(o, "distance").filter(|d| *d >= 0.0).map(|km| km * 1000.0),
        energy_kcal: num(o, "calories").filter(|c| *c >= 0.0),
        heart_rate_mean: None,
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m: None,
        perceived_exertion: None,
        statistics: num(o, "steps")
            .map(|value| twin_core::event::NamedQuantity {
                name: "steps".into(),
                value,
                unit: "{step}".into(),
            })
            .into_iter()
            .collect(),
        laps: Vec::new(),
    };
    let id = num(o, "logId").map(|id| format!("{id:.0}"));
    let mut about = About::moment(&origin(SOURCE), end, id).over(start, Some(offset));
    let changed = text(o, "lastModified").and_then(iso).map(|t| Timestamp::from_micros(t.wall_us()));
    about.revision = changed.map_or(0, |t| t.secs().max(0).unsigned_abs());
    about.fact(out, "", body)
}
