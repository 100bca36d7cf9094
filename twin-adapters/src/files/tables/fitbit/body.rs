//! `weight.json` and `demographic_vo2_max.json`.

use super::super::super::shared::figures::{About, num, object, text};
use super::super::out::{Out, origin};
use super::super::times::export;
use super::SOURCE;
use super::elements::each;
use std::io::BufRead;
use twin_core::Result;
use twin_core::event::Recording;

const KG_PER_LB: f64 = 0.453_592_37;
/// Nobody is taller, metres.
const TALLEST: f64 = 2.4;

/// Reads `weight.json`. The file does not say whether it counts kilograms or pounds, but weight over
/// body mass index is the height squared: pounds taken for kilograms would make a giant.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_weight(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each(input, out, |out, n, record| {
        let written = text(&record, "date")
            .and_then(|day| export(&format!("{day} {}", text(&record, "time").unwrap_or("23:59:59"))));
        let Some(written) = written else {
            out.refuse("bad_time", format!("record {n}"), "a weighing without a date that can be read");
            return Ok(());
        };
        let bmi = num(&record, "bmi").filter(|b| *b > 0.0);
        let (Some(weight), Some(bmi)) = (num(&record, "weight"), bmi) else {
            out.refuse(
                "unknown_unit",
                format!("record {n}"),
                "without a body mass index the unit is not known",
            );
            return Ok(());
        };
        let factor = if (weight / bmi).sqrt() > TALLEST { KG_PER_LB } else { 1.0 };
        let (at, offset) = out.instant(written);
        let mut source = origin(SOURCE);
        source.recording = match text(&record, "source") {
            Some("Aria" | "Aria2" | "AriaAir" | "Withings") => Some(Recording::Active),
            Some(_) => Some(Recording::Manual),
            None => None,
        };
        let id = num(&record, "logId").map(|id| format!("weight:{id:.0}"));
        let mut about = About::moment(&source, at, id);
        (about.offsets, about.date) = ((Some(offset), Some(offset)), Some(written.day()));
        about.measure(out, "body_weight", "kg", weight * factor)?;
        about.measure(out, "body_mass_index", "kg/m2", bmi)?;
        match num(&record, "fat") {
            Some(fat) => about.measure(out, "body_fat_percentage", "%", fat),
            None => Ok(()),
        }
    })
}

/// Reads `demographic_vo2_max.json`: one estimate a day.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_vo2_max(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each(input, out, |out, n, record| {
        let day = text(&record, "dateTime").and_then(export).map(super::super::times::Time::day);
        let (Some(day), Some(value)) = (day, object(&record, "value")) else {
            out.refuse("bad_record", format!("record {n}"), "no `dateTime` or no `value` that can be read");
            return Ok(());
        };
        let about = About::day(&origin(SOURCE), day, "vo2_max", out);
        about.measure_all(
            out,
            value,
            &[
                ("demographicVO2Max", "vo2_max", "mL/min/kg", 1.0),
                ("demographicVO2MaxError", "fitbit:vo2_max_error", "mL/min/kg", 1.0),
                ("filteredDemographicVO2Max", "fitbit:vo2_max_filtered", "mL/min/kg", 1.0),
            ],
        )
    })
}
