//! Daily activity metrics: a row a day, or, in a file a day, a row for each quarter of an hour.

use crate::files::shared::figures::{About, Figure};
use crate::files::shared::out::{Out, number, origin};
use crate::files::shared::rows::{Header, Row, Rows};
use crate::files::shared::times::{Time, iso};
use std::io::BufRead;
use twin_core::{Error, LocalDate, Result};

const AMOUNTS: &[Figure] = &[
    ("Step count", "steps", "{step}", 1.0),
    ("Distance (m)", "distance_walk_run", "m", 1.0),
    ("Calories (kcal)", "energy_total", "kcal", 1.0),
    ("Move Minutes count", "active_time", "min", 1.0),
    ("Heart Points", "google_fit:heart_points", "1", 1.0),
    ("Heart Minutes", "google_fit:heart_minutes", "min", 1.0),
];
const LEVELS: &[Figure] = &[
    ("Average heart rate (bpm)", "google_fit:heart_rate_mean", "/min", 1.0),
    ("Max heart rate (bpm)", "heart_rate_max_observed", "/min", 1.0),
    ("Min heart rate (bpm)", "google_fit:heart_rate_min", "/min", 1.0),
    ("Average speed (m/s)", "google_fit:speed_mean", "m/s", 1.0),
    ("Max speed (m/s)", "google_fit:speed_max", "m/s", 1.0),
    ("Min speed (m/s)", "google_fit:speed_min", "m/s", 1.0),
    ("Average weight (kg)", "body_weight", "kg", 1.0),
    ("Average oxygen saturation (%)", "oxygen_saturation", "%", 1.0),
    ("Average systolic blood pressure (mmHg)", "blood_pressure_systolic", "mm[Hg]", 1.0),
    ("Average diastolic blood pressure (mmHg)", "blood_pressure_diastolic", "mm[Hg]", 1.0),
];

pub(super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let day_column = header.find(&["Date"]);
    let file_day = day_of_name(&out.options.name);
    if day_column.is_none() && file_day.is_none() {
        let message = "the day of this table stands in its name alone; give the file the name it has in the export, like `2024-01-31.csv`";
        out.refuse("undated_table", "file", message);
        return Err(Error::Unsupported(message.into()));
    }
    while let Some(row) = rows.next(out)? {
        let about = match day_column {
            Some(column) => {
                iso(row.get(column)).map(|t| About::day(&origin("google_fit/daily"), t.day(), "day", out))
            }
            None => file_day.and_then(|day| quarter(&header, &row, day, out)),
        };
        let Some(about) = about else {
            out.refuse_line("bad_time", row.line, "the time cannot be read");
            continue;
        };
        figures(&header, &row, &about, day_column.is_some(), out)?;
    }
    Ok(())
}

/// `2024-01-31.csv` is of that day.
fn day_of_name(name: &str) -> Option<LocalDate> {
    Some(iso(name.rsplit(['/', '\\']).next()?.get(..10)?)?.day())
}

/// A row from `08:15:00.000+02:00` to `08:30:00.000+02:00`; midnight at its end is the next day's.
fn quarter(header: &Header, row: &Row, day: LocalDate, out: &mut Out<'_>) -> Option<About> {
    let time = |name: &str, day: LocalDate| {
        let clock = row.get(header.find(&[name])?);
        iso(&format!("{day}T{clock}")).filter(|t| !matches!(t, Time::Day(_)))
    };
    let (start, offset) = out.instant(time("Start time", day)?);
    let mut end = out.instant(time("End time", day)?).0;
    if end <= start {
        end = out.instant(time("End time", day.plus_days(1))?).0;
    }
    Some(About::moment(&origin("google_fit/daily"), end, None).over(start, Some(offset)))
}

fn figures(header: &Header, row: &Row, about: &About, by_day: bool, out: &mut Out<'_>) -> Result<()> {
    for (i, (name, metric, unit, factor)) in AMOUNTS.iter().chain(LEVELS).enumerate() {
        let Some(cell) = header.find(&[name]).map(|c| row.get(c)) else { continue };
        match number(cell) {
            Ok(Some(value)) if i < AMOUNTS.len() => {
                let key = out.stream(metric, unit, &about.origin);
                let start = about.start.unwrap_or(about.at);
                let length = about.at.micros() - start.micros();
                out.sample(key, start, length, value * factor, about.offsets.0)?;
            }
            // A quarter's levels are means of points that stand in the streams.
            Ok(Some(value)) if by_day => about.measure(out, metric, unit, value * factor)?,
            Ok(_) => {}
            Err(()) => {
                out.refuse("bad_number", format!("line {} {name}", row.line), "the cell holds no number")
            }
        }
    }
    Ok(())
}
