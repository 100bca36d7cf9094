//! Groups of measures: a weighing, a blood pressure … Values are `value × 10^unit`.

use super::{offset, revision, source, zone};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, records, seconds, text};
use crate::files::shared::out::Out;
use twin_core::Result;
use twin_core::event::{KeptField, KeptValue, MessageKept, Recording};

/// Types of measures by their number: metric, and the unit of those the catalogue does not know.
const TYPES: &[(i64, &str, &str)] = &[
    (1, "body_weight", "kg"),
    (4, "body_height", "m"),
    (5, "lean_body_mass", "kg"),
    (6, "body_fat_percentage", "%"),
    (8, "withings:fat_mass", "kg"),
    (9, "blood_pressure_diastolic", "mm[Hg]"),
    (10, "blood_pressure_systolic", "mm[Hg]"),
    (11, "heart_rate", "/min"),
    (12, "withings:temperature", "Cel"),
    (54, "oxygen_saturation", "%"),
    (71, "body_temperature", "Cel"),
    (73, "skin_temperature", "Cel"),
    (76, "muscle_mass", "kg"),
    (77, "withings:water_mass", "kg"),
    (88, "bone_mass", "kg"),
    (91, "pulse_wave_velocity", "m/s"),
    (123, "vo2_max", "mL/min/kg"),
    (155, "cardiovascular_age", "a"),
    (168, "withings:extracellular_water", "kg"),
    (169, "withings:intracellular_water", "kg"),
    (170, "visceral_fat_rating", "1"),
    (173, "withings:segment_fat_free_mass", "kg"),
    (174, "withings:segment_fat_mass", "kg"),
    (175, "withings:segment_muscle_mass", "kg"),
    (226, "basal_metabolic_rate", "kcal/d"),
    (227, "withings:metabolic_age", "a"),
];
/// `position` of a measure of the whole body.
const WHOLE_BODY: f64 = 7.0;

/// What a group turned out to be.
#[derive(PartialEq, Eq)]
pub(super) enum Group {
    /// Measures, or nothing that can be used.
    Measured,
    /// What the person wants to reach.
    Goal,
}

pub(super) fn group(o: &Object, body: &Object, out: &mut Out<'_>) -> Result<Group> {
    let Some(at) = seconds(o, "date") else {
        out.refuse("bad_time", "measures", "a group without a time");
        return Ok(Group::Measured);
    };
    if num(o, "category") == Some(2.0) {
        out.refuse("not_measured", "measures", "a goal of the person is no measurement");
        return Ok(Group::Goal);
    }
    let attribution = num(o, "attrib").map(|a| a as i64);
    let mut origin = source(o);
    origin.recording = match attribution {
        Some(2 | 4) => Some(Recording::Manual),
        _ => Some(Recording::Active),
    };
    let mut about = About::moment(&origin, at, num(o, "grpid").map(|id| format!("{id:.0}")));
    let offset = offset(zone(o, body).as_ref(), at);
    about.offsets = (offset, offset);
    about.revision = revision(o);
    // The device could not tell which of its users it was: it counts as nobody's.
    let unassigned = attribution == Some(1);
    for measure in records(o, "measures").take(10_000) {
        let (Some(kind), Some(value), Some(exponent)) = (
            num(measure, "type"),
            num(measure, "value"),
            num(measure, "unit").filter(|u| (-12.0..=12.0).contains(u)),
        ) else {
            out.refuse("bad_record", "measures", "a measure without type, value and unit");
            continue;
        };
        let exponent = exponent as i32;
        // Dividing keeps decimal fractions exact: 118003 / 1000, not 118003 × 0.001.
        let value = if exponent < 0 { value / 10_f64.powi(-exponent) } else { value * 10_f64.powi(exponent) };
        let known = TYPES.iter().find(|t| t.0 == kind as i64);
        let (name, unit) =
            known.map_or_else(|| (format!("withings:type_{kind:.0}"), "1"), |t| (t.1.into(), t.2));
        let name = match num(measure, "position").filter(|p| *p != WHOLE_BODY) {
            Some(position) => {
                let own = if name.starts_with("withings:") { "" } else { "withings:" };
                format!("{own}{name}_position_{position:.0}")
            }
            None => name,
        };
        if unassigned {
            let name = format!("withings:unassigned_{}", name.trim_start_matches("withings:"));
            about.measure(out, &name, unit, value)?;
        } else {
            about.measure(out, &name, unit, value)?;
        }
    }
    if let Some(comment) = text(o, "comment") {
        about.fact(
            out,
            "comment",
            MessageKept {
                format: "withings".into(),
                message: "comment".into(),
                fields: vec![KeptField {
                    name: "comment".into(),
                    value: KeptValue::Text(comment.chars().take(400).collect()),
                    unit: None,
                }],
            },
        )?;
    }
    Ok(Group::Measured)
}
