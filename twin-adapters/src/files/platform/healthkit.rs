//! A batch of HealthKit: samples as its queries give them, put as the export would write them.

use super::{Batch, source};
use crate::files::ReadOptions;
use crate::files::apple_health::{Batch as Export, WORKOUT};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{num, text};
use serde_json::Value;
use twin_core::Result;
use twin_core::observation::Sink;

pub(super) fn read(batch: &Batch, total: u64, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut export = Export::new(options, sink);
    for added in &batch.added {
        match added.as_object() {
            Some(record) => add(&mut export, batch, record)?,
            None => export.refuse("not_a_record", "added", "the element is no object"),
        }
    }
    for deleted in &batch.deleted {
        match deleted.as_object() {
            Some(deletion) => delete(&mut export, deletion)?,
            None => export.refuse("not_a_record", "deleted", "the element is no object"),
        }
    }
    export.progress(total)?;
    export.finish()
}

fn add(export: &mut Export<'_>, batch: &Batch, record: &Object) -> Result<()> {
    let uuid = text(record, "uuid").unwrap_or_default();
    let kind = text(record, "type").unwrap_or_default();
    let device = device(record.get("device"));
    let name = source(record).or(batch.device.as_deref()).unwrap_or_default();
    let metadata = metadata(batch, record);
    let metadata: Vec<(&str, &str)> =
        metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let (start, end) = (text(record, "start").unwrap_or_default(), text(record, "end").unwrap_or_default());
    let common = [("sourceName", name), ("device", device.as_str()), ("startDate", start), ("endDate", end)];
    if kind == WORKOUT {
        let figures = [
            ("duration", "durationUnit", "s", number(record, "duration_s")),
            ("totalDistance", "totalDistanceUnit", "m", number(record, "distance_m")),
            ("totalEnergyBurned", "totalEnergyBurnedUnit", "kcal", number(record, "energy_kcal")),
        ];
        let given =
            figures.iter().filter_map(|(name, named, unit, v)| Some((*name, *named, *unit, v.as_deref()?)));
        let mut all = common.to_vec();
        all.push(("workoutActivityType", activity(record)));
        all.extend(given.flat_map(|(name, named, unit, value)| [(name, value), (named, unit)]));
        return export.workout(uuid, &all, &metadata);
    }
    let value = number(record, "value");
    let mut all = common.to_vec();
    all.extend([("type", kind), ("unit", text(record, "unit").unwrap_or_default())]);
    all.extend(value.as_deref().map(|value| ("value", value)));
    export.record(uuid, &all, &metadata)
}

fn delete(export: &mut Export<'_>, deletion: &Object) -> Result<()> {
    let (Some(uuid), Some(kind)) = (text(deletion, "uuid"), text(deletion, "type")) else {
        export.refuse(
            "bad_record",
            "deleted",
            "a deletion without its `uuid` or the `type` that was asked for",
        );
        return Ok(());
    };
    if !export.is_fact(kind) {
        export.refuse("deletion_in_series", kind, IN_SERIES);
        return Ok(());
    }
    let Some(source) = source(deletion) else {
        let message =
            "the source of the deleted record is not known; keep it with each record's id and add it";
        export.refuse("unknown_origin", kind, message);
        return Ok(());
    };
    export.delete(uuid, kind, source)
}

const IN_SERIES: &str = "samples of a series are not deleted by an id; read the span again";

/// A number or text as the export writes it.
fn number(record: &Object, field: &str) -> Option<String> {
    match record.get(field)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(u8::from(*truth).to_string()),
        _ => None,
    }
}

/// A device as the export writes it: a name alone, or its properties.
fn device(device: Option<&Value>) -> String {
    let Some(device) = device else { return String::new() };
    let mut text = "<<HKDevice: 0x0>".to_owned();
    if let Some(name) = device.as_str() {
        return text + ", name:" + name + ">";
    }
    for key in ["name", "manufacturer", "model", "hardware", "software"] {
        if let Some(value) = device.get(key).and_then(Value::as_str) {
            text += &format!(", {key}:{value}");
        }
    }
    text + ">"
}

/// The metadata, with what the batch and the record say beside it.
fn metadata(batch: &Batch, record: &Object) -> Vec<(String, String)> {
    let own = record.get("metadata").and_then(Value::as_object);
    let mut all: Vec<(String, String)> =
        own.into_iter().flatten().filter_map(|(key, _)| Some((key.clone(), number(own?, key)?))).collect();
    let has = |all: &[(String, String)], key: &str| all.iter().any(|(k, _)| k == key);
    if record.get("manual").and_then(Value::as_bool) == Some(true) && !has(&all, "HKWasUserEntered") {
        all.push(("HKWasUserEntered".into(), "1".into()));
    }
    let zone = text(record, "zone").or(batch.zone.as_deref()).filter(|_| !has(&all, "HKTimeZone"));
    all.extend(zone.map(|zone| ("HKTimeZone".to_owned(), zone.to_owned())));
    all
}

/// The activity by the export's word; the platform itself gives a number.
fn activity(record: &Object) -> &str {
    if let Some(word) = text(record, "activity") {
        return word;
    }
    let number = num(record, "activity").map_or(3000, |n| n as i64);
    ACTIVITIES.iter().find(|(n, _)| *n == number).map_or("Other", |(_, word)| word)
}

/// `HKWorkoutActivityType`: its numbers with the words of the export.
const ACTIVITIES: &[(i64, &str)] = &[
    (1, "AmericanFootball"),
    (2, "Archery"),
    (3, "AustralianFootball"),
    (4, "Badminton"),
    (5, "Baseball"),
    (6, "Basketball"),
    (7, "Bowling"),
    (8, "Boxing"),
    (9, "Climbing"),
    (10, "Cricket"),
    (11, "CrossTraining"),
    (12, "Curling"),
    (13, "Cycling"),
    (14, "Dance"),
    (15, "DanceInspiredTraining"),
    (16, "Elliptical"),
    (17, "EquestrianSports"),
    (18, "Fencing"),
    (19, "Fishing"),
    (20, "FunctionalStrengthTraining"),
    (21, "Golf"),
    (22, "Gymnastics"),
    (23, "Handball"),
    (24, "Hiking"),
    (25, "Hockey"),
    (26, "Hunting"),
    (27, "Lacrosse"),
    (28, "MartialArts"),
    (29, "MindAndBody"),
    (30, "MixedMetabolicCardioTraining"),
    (31, "PaddleSports"),
    (32, "Play"),
    (33, "PreparationAndRecovery"),
    (34, "Racquetball"),
    (35, "Rowing"),
    (36, "Rugby"),
    (37, "Running"),
    (38, "Sailing"),
    (39, "SkatingSports"),
    (40, "SnowSports"),
    (41, "Soccer"),
    (42, "Softball"),
    (43, "Squash"),
    (44, "StairClimbing"),
    (45, "SurfingSports"),
    (46, "Swimming"),
    (47, "TableTennis"),
    (48, "Tennis"),
    (49, "TrackAndField"),
    (50, "TraditionalStrengthTraining"),
    (51, "Volleyball"),
    (52, "Walking"),
    (53, "WaterFitness"),
    (54, "WaterPolo"),
    (55, "WaterSports"),
    (56, "Wrestling"),
    (57, "Yoga"),
    (58, "Barre"),
    (59, "CoreTraining"),
    (60, "CrossCountrySkiing"),
    (61, "DownhillSkiing"),
    (62, "Flexibility"),
    (63, "HighIntensityIntervalTraining"),
    (64, "JumpRope"),
    (65, "Kickboxing"),
    (66, "Pilates"),
    (67, "Snowboarding"),
    (68, "Stairs"),
    (69, "StepTraining"),
    (70, "WheelchairWalkPace"),
    (71, "WheelchairRunPace"),
    (72, "TaiChi"),
    (73, "MixedCardio"),
    (74, "HandCycling"),
    (75, "DiscSports"),
    (76, "FitnessGaming"),
    (77, "CardioDance"),
    (78, "SocialDance"),
    (79, "Pickleball"),
    (80, "Cooldown"),
    (82, "SwimBikeRun"),
    (83, "Transition"),
    (84, "UnderwaterDiving"),
];
