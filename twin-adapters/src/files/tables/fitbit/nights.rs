//! Tables of a Fitbit export and of Google Takeout's Fitbit folder: oxygen, heart rate variability,
//! breathing, temperature, active zone minutes, stress.
//!
//! Times without a zone are the wall clock; a time at midnight in a daily table is its civil day.

use super::super::super::shared::figures::{About, Figure};
use super::super::out::{Out, number, origin};
use super::super::rows::{Header, Row, Rows};
use super::super::times::{Time, export};
use super::SOURCE;
use std::io::BufRead;
use twin_core::{Error, Result};

/// What a row's figures are of.
#[derive(Clone, Copy, PartialEq)]
enum Over {
    /// The civil day of the column.
    Day(&'static str),
    /// Seconds from the time of the column; 0 for an instant.
    Seconds(&'static str, i64),
    /// From one column to another.
    Between(&'static str, &'static str),
}

struct Table {
    /// Columns that tell the table, in lower case.
    needs: &'static [&'static str],
    over: Over,
    figures: &'static [Figure],
}

const TABLES: &[Table] = &[
    Table {
        needs: &["timestamp", "rmssd", "nremhr"],
        over: Over::Day("timestamp"),
        figures: &[
            ("rmssd", "hrv_rmssd", "ms", 1.0),
            ("nremhr", "fitbit:nrem_heart_rate", "/min", 1.0),
            ("entropy", "fitbit:hrv_entropy", "1", 1.0),
        ],
    },
    Table {
        needs: &["timestamp", "rmssd", "low_frequency"],
        over: Over::Seconds("timestamp", 300),
        figures: &[
            ("rmssd", "hrv_rmssd", "ms", 1.0),
            ("coverage", "fitbit:hrv_coverage", "1", 1.0),
            ("low_frequency", "fitbit:hrv_low_frequency", "ms2", 1.0),
            ("high_frequency", "fitbit:hrv_high_frequency", "ms2", 1.0),
        ],
    },
    Table {
        needs: &["timestamp", "average_value", "lower_bound"],
        over: Over::Day("timestamp"),
        figures: &[
            ("average_value", "oxygen_saturation", "%", 1.0),
            ("lower_bound", "fitbit:spo2_lower_bound", "%", 1.0),
            ("upper_bound", "fitbit:spo2_upper_bound", "%", 1.0),
        ],
    },
    Table {
        needs: &["timestamp", "daily_respiratory_rate"],
        over: Over::Day("timestamp"),
        figures: &[("daily_respiratory_rate", "respiratory_rate", "/min", 1.0)],
    },
    Table {
        needs: &["timestamp", "full_sleep_breathing_rate"],
        over: Over::Day("timestamp"),
        figures: &[
            ("full_sleep_breathing_rate", "respiratory_rate", "/min", 1.0),
            ("deep_sleep_breathing_rate", "fitbit:respiratory_rate_deep", "/min", 1.0),
            ("light_sleep_breathing_rate", "fitbit:respiratory_rate_light", "/min", 1.0),
            ("rem_sleep_breathing_rate", "fitbit:respiratory_rate_rem", "/min", 1.0),
        ],
    },
    Table {
        needs: &["sleep_start", "sleep_end", "nightly_temperature"],
        over: Over::Between("sleep_start", "sleep_end"),
        figures: &[
            ("nightly_temperature", "skin_temperature", "Cel", 1.0),
            ("baseline_relative_nightly_standard_deviation", "fitbit:temperature_night_sd", "K", 1.0),
            ("baseline_relative_sample_standard_deviation", "fitbit:temperature_sample_sd", "K", 1.0),
        ],
    },
    Table {
        needs: &["recorded_time", "temperature", "sensor_type"],
        over: Over::Seconds("recorded_time", 60),
        // Relative to a baseline that the table does not give.
        figures: &[("temperature", "fitbit:device_temperature_relative", "K", 1.0)],
    },
    Table {
        needs: &["timestamp", "infrared to red signal ratio"],
        over: Over::Seconds("timestamp", 60),
        figures: &[("infrared to red signal ratio", "fitbit:oxygen_variation", "1", 1.0)],
    },
    Table {
        needs: &["date_time", "heart_zone_id", "total_minutes"],
        over: Over::Seconds("date_time", 60),
        figures: &[("total_minutes", "fitbit:active_zone_minutes", "min", 1.0)],
    },
    Table {
        needs: &["date", "updated_at", "stress_score"],
        over: Over::Day("date"),
        figures: &[
            ("stress_score", "fitbit:stress_score", "1", 1.0),
            ("sleep_points", "fitbit:stress_sleep_points", "1", 1.0),
            ("responsiveness_points", "fitbit:stress_responsiveness_points", "1", 1.0),
            ("exertion_points", "fitbit:stress_exertion_points", "1", 1.0),
        ],
    },
];

fn table(has: &dyn Fn(&str) -> bool) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.needs.iter().all(|n| has(n)))
}

/// Is this the header of one of these tables? Names in lower case.
pub(in super::super) fn matches(has: &dyn Fn(&str) -> bool) -> bool {
    table(has).is_some()
}

/// Reads the table.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let Some(table) = table(&|name| header.find(&[name]).is_some()) else {
        return Err(Error::malformed("table", "its columns are those of no known table"));
    };
    while let Some(row) = rows.next(out)? {
        one(table, &header, &row, out)?;
    }
    Ok(())
}

fn one(table: &Table, header: &Header, row: &Row, out: &mut Out<'_>) -> Result<()> {
    let time = |name: &str| header.find(&[name]).and_then(|c| export(row.get(c)));
    let source = origin(SOURCE);
    let about = match table.over {
        Over::Day(column) => {
            time(column).map(|t| About::day(&source, t.day(), table.figures.first().map_or("", |f| f.1), out))
        }
        Over::Seconds(column, seconds) => time(column).map(|t| {
            let (start, offset) = out.instant(t);
            About::moment(&source, start.plus_secs(seconds), None).over(start, Some(offset))
        }),
        Over::Between(from, to) => time(from).zip(time(to)).map(|(from, to)| {
            let ((start, first), (end, last)) = (out.instant(from), out.instant(to));
            let record = Some(format!("night:{}", start.secs()));
            let mut about = About::moment(&source, end, record).over(start, Some(first));
            (about.offsets.1, about.date) = (Some(last), Some(to.day()));
            about
        }),
    };
    let Some(about) = about.filter(|a| a.start.is_none_or(|start| start <= a.at)) else {
        out.refuse_line("bad_time", row.line, "the time cannot be read");
        return Ok(());
    };
    for (column, metric, unit, factor) in table.figures {
        let Some(cell) = header.find(&[column]).map(|c| row.get(c)) else { continue };
        match number(cell) {
            Ok(Some(value)) if matches!(table.over, Over::Seconds(..)) => {
                let key = out.stream(metric, unit, &source);
                let start = about.start.unwrap_or(about.at);
                out.sample(key, start, about.at.micros() - start.micros(), value * factor, about.offsets.0)?;
            }
            Ok(Some(value)) => about.measure(out, metric, unit, value * factor)?,
            Ok(None) => out.missing(),
            Err(()) => {
                out.refuse("bad_number", format!("line {} {column}", row.line), "the cell holds no number")
            }
        }
    }
    Ok(())
}

/// Reads a table `timestamp,value`, of which only the file's name tells what it is: oxygen by the minute.
///
/// # Errors
/// `unsupported` when the name does not tell; else as `read_file`.
pub(in super::super) fn read_minutes(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    if !out.options.name.to_ascii_lowercase().contains("spo2") {
        let message = "the values bear no name of their own; give the file the name it has in the export, like `Minute SpO2 - 2024-01-31.csv`";
        out.refuse("unnamed_series", "file", message);
        return Err(Error::Unsupported(message.into()));
    }
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let (time, value) = (header.require("timestamp")?, header.require("value")?);
    let key = out.stream("oxygen_saturation", "%", &origin(SOURCE));
    while let Some(row) = rows.next(out)? {
        let Some(written) = export(row.get(time)).filter(|t| !matches!(t, Time::Day(_))) else {
            out.refuse_line("bad_time", row.line, "the time cannot be read");
            continue;
        };
        let (at, offset) = out.instant(written);
        let offset =
            if matches!(written, Time::Instant(..)) { out.options.zone.offset_at(at) } else { offset };
        match number(row.get(value)) {
            // 50 is what the tracker writes where it found no signal.
            Ok(Some(percent)) if percent > 50.0 => out.sample(key, at, 60_000_000, percent, Some(offset))?,
            Ok(_) => out.missing(),
            Err(()) => out.refuse_line("bad_number", row.line, "the cell holds no number"),
        }
    }
    Ok(())
}
