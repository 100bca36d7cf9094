//! `sleep_score.csv`: the vendor's scores of a night. Its `Z` is not true, see the module.

use super::super::out::{Out, number, origin};
use super::super::rows::{Header, Rows};
use super::super::times::{Time, iso};
use super::SOURCE;
use std::io::BufRead;
use twin_core::event::MeasurementRecorded;
use twin_core::{MetricId, RecordId, Result, catalogue::Metric};

/// Reads the table.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let (time, log) = (header.require("timestamp")?, header.require("sleep_log_entry_id")?);
    let source = origin(SOURCE);
    while let Some(row) = rows.next(out)? {
        let Some(written) = iso(row.get(time)) else {
            out.refuse_line("bad_time", row.line, "the time cannot be read");
            continue;
        };
        let us = written.wall_us();
        let wall = Time::Wall(written.day(), us.rem_euclid(86_400_000_000));
        let (at, offset) = out.instant(wall);
        for (column, name) in header.names().iter().enumerate() {
            if column == time || column == log || name.is_empty() {
                continue;
            }
            let value = match number(row.get(column)) {
                Ok(Some(value)) => value,
                Ok(None) => {
                    out.missing();
                    continue;
                }
                Err(()) => {
                    out.refuse("bad_number", format!("line {} {name}", row.line), "the cell holds no number");
                    continue;
                }
            };
            // The deep sleep of the night is in `sleep.json` too: the vendor's figure keeps its name.
            let metric =
                if name == "overall_score" { "sleep_score".to_owned() } else { format!("fitbit:{name}") };
            let unit = match name.as_str() {
                "deep_sleep_in_minutes" => "min",
                "resting_heart_rate" => "/min",
                _ => Metric::find(&metric).map_or("1", |m| m.unit),
            };
            let metric = MetricId::lossy(&metric);
            let mut content = out.content(
                &source,
                at,
                Some(offset),
                MeasurementRecorded { metric, value, unit: unit.into(), start: None },
            );
            content.civil_date = Some(written.day());
            let id = row.get(log);
            content.record = (!id.is_empty()).then(|| RecordId::lossy(&format!("{id}:{name}")));
            out.fact(content)?;
        }
    }
    Ok(())
}
