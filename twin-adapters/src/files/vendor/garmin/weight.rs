//! Weighings of a scale or by hand. Masses are in grams.

use super::{source, utc};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, millis, num, records, text};
use crate::files::shared::out::Out;
use crate::files::vendor::Found;
use twin_core::Result;
use twin_core::event::Recording;

const FIGURES: &[Figure] = &[
    ("weight", "body_weight", "kg", 0.001),
    ("bmi", "body_mass_index", "kg/m2", 1.0),
    ("bodyFat", "body_fat_percentage", "%", 1.0),
    ("bodyWater", "body_water_percentage", "%", 1.0),
    ("boneMass", "bone_mass", "kg", 0.001),
    ("muscleMass", "muscle_mass", "kg", 0.001),
    ("visceralFat", "visceral_fat_rating", "1", 1.0),
    ("physiqueRating", "garmin:physique_rating", "1", 1.0),
    ("metabolicAge", "garmin:metabolic_age", "a", 1.0),
];

pub(super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    for weighing in records(o, "dateWeightList") {
        one(weighing, out)?;
    }
    for day in records(o, "dailyWeightSummaries") {
        for weighing in records(day, "allWeightMetrics") {
            one(weighing, out)?;
        }
    }
    Ok(Found::Read)
}

fn one(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let Some(at) = utc(o, "timestampGMT") else {
        out.refuse("bad_time", "weight", "no `timestampGMT` that can be read");
        return Ok(());
    };
    let mut origin = source();
    origin.recording = match text(o, "sourceType") {
        Some("MANUAL") => Some(Recording::Manual),
        Some(_) => Some(Recording::Active),
        None => None,
    };
    let record = num(o, "samplePk").map(|id| format!("weight:{id:.0}"));
    let mut about = About::moment(&origin, at, record);
    // `date` is the same moment on the wall clock.
    let offset = millis(o, "date").and_then(|wall| i32::try_from(wall.secs() - at.secs()).ok());
    let offset = offset.filter(|s| s.abs() <= 18 * 3600 && s % 60 == 0);
    about.offsets = (offset, offset);
    about.measure_all(out, o, FIGURES)
}
