//! `weightLogInfo`: weight, body mass index and body fat.

use super::super::out::{Out, number, origin};
use super::people::People;
use std::io::BufRead;
use twin_core::event::{MeasurementRecorded, Recording};
use twin_core::{MetricId, RecordId, Result, catalogue::Metric};

/// Kilograms in an international avoirdupois pound, exact.
const KG_PER_POUND: f64 = 0.453_592_37;

/// Reads the table.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut people = People::open(input, out)?;
    let find = |names: &[&str]| people.header.find(names);
    let (kg, pounds) = (find(&["WeightKg"]), find(&["WeightPounds"]));
    let (manual, log) = (find(&["IsManualReport"]), find(&["LogId"]));
    // Kilograms and pounds are one measurement.
    let weight = kg.map(|c| (c, "body_weight", 1.0)).or(pounds.map(|c| (c, "body_weight", KG_PER_POUND)));
    let figures: Vec<(usize, &str, f64)> = weight
        .into_iter()
        .chain(find(&["BMI"]).map(|c| (c, "body_mass_index", 1.0)))
        .chain(find(&["Fat"]).map(|c| (c, "body_fat_percentage", 1.0)))
        .collect();
    while let Some(entry) = people.next(out)? {
        let mut origin = origin(&format!("fitabase/{}", entry.id));
        origin.recording = match manual.map(|c| entry.row.get(c).to_ascii_lowercase()).as_deref() {
            Some("true") => Some(Recording::Manual),
            Some("false") => Some(Recording::Automatic),
            _ => None,
        };
        let (at, offset) = out.instant(entry.time);
        for (column, metric, factor) in &figures {
            let value = match number(entry.row.get(*column)) {
                Ok(Some(value)) => value * factor,
                Ok(None) => {
                    out.missing();
                    continue;
                }
                Err(()) => {
                    out.refuse(
                        "bad_number",
                        format!("line {} {metric}", entry.row.line),
                        "the cell holds no number",
                    );
                    continue;
                }
            };
            let unit = Metric::find(metric).map_or("1", |m| m.unit).to_owned();
            let body = MeasurementRecorded { metric: MetricId::lossy(metric), value, unit, start: None };
            let mut content = out.content(&origin, at, Some(offset), body);
            content.civil_date = Some(entry.time.day());
            content.record = log
                .map(|c| entry.row.get(c))
                .filter(|id| !id.is_empty())
                .map(|id| RecordId::lossy(&format!("{id}:{metric}")));
            out.fact(content)?;
        }
    }
    Ok(())
}
