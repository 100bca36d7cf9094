//! Tables of numbers: daily, hourly, by minute, by second.

use super::super::out::{Out, number, origin};
use super::people::{People, TIME_COLUMNS};
use std::io::BufRead;
use twin_core::series::StreamKey;
use twin_core::{Result, catalogue::Metric};

/// What a row of a table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Span {
    /// A civil day.
    Day,
    /// An hour from the time written.
    Hour,
    /// A minute from the time written.
    Minute,
    /// The moment written.
    Moment,
}

/// A column of numbers.
struct Figure {
    column: usize,
    name: String,
    metric: String,
    unit: &'static str,
    factor: f64,
    /// Wide tables: the minute of the hour.
    minute: Option<i64>,
}

/// Metric and factor of a column; columns without a metric of the catalogue keep their name.
fn figure(column: usize, name: &str, span: Span) -> Figure {
    // Wide tables end the names of their columns in the minute, in two digits.
    let ending = name.len().checked_sub(2).and_then(|at| name.split_at_checked(at));
    let (stem, minute) = ending
        .filter(|(_, digits)| span == Span::Hour && digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|(stem, digits)| Some((stem, digits.parse().ok().filter(|m| *m < 60)?)))
        .map_or((name, None), |(stem, minute)| (stem, Some(minute)));
    let (metric, factor) = match stem {
        "TotalSteps" | "StepTotal" | "Steps" => ("steps", 1.0),
        "TotalDistance" => ("distance_walk_run", 1000.0),
        "VeryActiveMinutes" => ("vigorous_activity_time", 1.0),
        "FairlyActiveMinutes" => ("moderate_activity_time", 1.0),
        "SedentaryMinutes" => ("sedentary_time", 1.0),
        "Calories" => ("energy_total", 1.0),
        "TotalMinutesAsleep" => ("sleep_duration", 1.0),
        "TotalTimeInBed" => ("sleep_time_in_bed", 1.0),
        "Value" if span == Span::Moment => ("heart_rate", 1.0),
        _ => ("", 1.0),
    };
    let unit = match stem {
        s if s.ends_with("Distance") => "km",
        s if s.contains("Minutes") || s.contains("TimeInBed") => "min",
        "METs" => "10*-1.{MET}",
        _ => "1",
    };
    let metric = if metric.is_empty() { format!("fitabase:{stem}") } else { metric.to_owned() };
    let unit = Metric::find(&metric).map_or(unit, |m| m.unit);
    Figure { column, name: name.to_owned(), metric, unit, factor, minute }
}

/// Reads a table of numbers.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, span: Span, out: &mut Out<'_>) -> Result<()> {
    let mut people = People::open(input, out)?;
    let figures: Vec<Figure> = people
        .header
        .names()
        .iter()
        .enumerate()
        .filter(|(i, name)| {
            !(*i == people.time
                || people.clean == Some(*i)
                || name.eq_ignore_ascii_case("Id")
                || TIME_COLUMNS.iter().any(|t| name.eq_ignore_ascii_case(t))
                || name.is_empty())
        })
        .map(|(i, name)| figure(i, name, span))
        .collect();
    let mut streams: Vec<Vec<StreamKey>> = Vec::new();
    while let Some(entry) = people.next(out)? {
        if entry.person >= streams.len() {
            streams.resize(entry.person + 1, Vec::new());
        }
        if streams.get(entry.person).is_some_and(Vec::is_empty) {
            let origin = origin(&format!("fitabase/{}", entry.id));
            let keys = figures.iter().map(|f| out.stream(&f.metric, f.unit, &origin)).collect();
            if let Some(slot) = streams.get_mut(entry.person) {
                *slot = keys;
            }
        }
        let Some(keys) = streams.get(entry.person) else { continue };
        for (figure, key) in figures.iter().zip(keys) {
            let value = match number(entry.row.get(figure.column)) {
                Ok(Some(value)) => value * figure.factor,
                Ok(None) => {
                    out.missing();
                    continue;
                }
                Err(()) => {
                    let subject = format!("line {} {}", entry.row.line, figure.name);
                    out.refuse("bad_number", subject, "the cell holds no number");
                    continue;
                }
            };
            if span == Span::Day {
                out.day_sample(*key, entry.time.day(), value)?;
                continue;
            }
            let (start, offset) = out.instant(entry.time);
            let (start, seconds) = match (span, figure.minute) {
                (Span::Hour, Some(minute)) => (start.plus_secs(60 * minute), 60),
                (Span::Hour, None) => (start, 3600),
                (Span::Minute, _) => (start, 60),
                _ => (start, 0),
            };
            out.sample(*key, start, seconds * 1_000_000, value, Some(offset))?;
        }
    }
    Ok(())
}
