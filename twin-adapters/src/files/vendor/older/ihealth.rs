//! iHealth. `MDate`, `StartTime` and `EndTime` are the wall clock as if it were UTC, with the offset in
//! `TimeZone`: `LastChangeTime`, which is UTC, follows them by seconds once the offset is taken off.
//! Times of sport are UTC by the same measure. 0 stands for "not measured".

use super::super::Found;
use super::{add, revision, workout};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, records, seconds, text};
use crate::files::shared::out::{Out, origin};
use twin_core::event::{KeptField, KeptValue, MessageKept, Origin, Recording, SleepRecorded};
use twin_core::{Result, Timestamp};

const LB: f64 = 0.453_592_37;
const STONE: f64 = 6.350_293_18;
/// mg/dL of glucose for each mmol/L.
const GLUCOSE: f64 = 18.016;
/// mm\[Hg\] for each kPa.
const KILOPASCAL: f64 = 7.500_616_827;

/// A field, the metric, the unit of our own names, and the factor.
type Row = (&'static str, &'static str, &'static str, f64);

pub(in super::super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let unit = |field: &str| num(o, field).map_or(0, |u| u as i64);
    let pressure = if unit("BPUnit") == 1 { KILOPASCAL } else { 1.0 };
    let glucose = if unit("BGUnit") == 1 { GLUCOSE } else { 1.0 };
    let mass = match unit("WeightUnit") {
        1 => LB,
        2 => STONE,
        _ => 1.0,
    };
    let length = if unit("DistanceUnit") == 1 { 1609.344 } else { 1000.0 };
    let lists: [(&str, Vec<Row>); 5] = [
        (
            "BPDataList",
            vec![
                ("HP", "blood_pressure_systolic", "mm[Hg]", pressure),
                ("LP", "blood_pressure_diastolic", "mm[Hg]", pressure),
                ("HR", "heart_rate", "/min", 1.0),
            ],
        ),
        ("BGDataList", vec![("BG", "blood_glucose", "mg/dL", glucose)]),
        ("BODataList", vec![("BO", "oxygen_saturation", "%", 1.0), ("HR", "heart_rate", "/min", 1.0)]),
        (
            "WeightDataList",
            vec![
                ("WeightValue", "body_weight", "kg", mass),
                ("BMI", "body_mass_index", "kg/m2", 1.0),
                ("FatValue", "body_fat_percentage", "%", 1.0),
                ("WaterValue", "body_water_percentage", "%", 1.0),
                ("MuscaleValue", "muscle_mass", "kg", mass),
                ("BoneValue", "bone_mass", "kg", mass),
                ("DCI", "ihealth:daily_calorie_intake", "kcal", 1.0),
            ],
        ),
        (
            "ARDataList",
            vec![
                ("Steps", "ihealth:day_steps", "{step}", 1.0),
                ("DistanceTraveled", "ihealth:day_distance", "m", length),
                ("Calories", "ihealth:day_energy", "kcal", 1.0),
            ],
        ),
    ];
    let mut known = false;
    for (list, rows) in &lists {
        known |= o.contains_key(*list);
        for record in records(o, list) {
            measured(record, list, rows, out)?;
        }
    }
    for night in records(o, "SRDataList") {
        sleep(night, out)?;
    }
    for session in records(o, "SPORTDataList") {
        sport(session, out)?;
    }
    known |= o.contains_key("SRDataList") || o.contains_key("SPORTDataList");
    Ok(if known { Found::Read } else { Found::Nothing("the shape of this iHealth answer is not known") })
}

/// Seconds east of UTC of `"-0700"` or of a number of hours.
fn offset(o: &Object) -> Option<i32> {
    let hours = match text(o, "TimeZone") {
        Some(text) => {
            let number: i32 = text.parse().ok()?;
            return (-1800..=1800).contains(&number).then(|| (number / 100 * 60 + number % 100) * 60);
        }
        None => num(o, "TimeZone")?,
    };
    (hours.abs() <= 18.0).then_some((hours * 3600.0) as i32)
}

fn source(o: &Object) -> Origin {
    let mut origin = origin("ihealth");
    origin.recording = match text(o, "DataSource") {
        Some("Manual") => Some(Recording::Manual),
        Some(_) => Some(Recording::Active),
        None => None,
    };
    origin
}

fn wall(o: &Object, field: &str) -> Option<(Timestamp, Option<i32>)> {
    let offset = offset(o);
    Some((seconds(o, field)?.plus_secs(-i64::from(offset.unwrap_or(0))), offset))
}

fn about(o: &Object, (at, offset): (Timestamp, Option<i32>)) -> About {
    let mut about = About::moment(&source(o), at, text(o, "DataID").map(str::to_owned));
    about.offsets = (offset, offset);
    about.revision = revision(o, "LastChangeTime");
    about
}

fn measured(o: &Object, list: &str, rows: &[Row], out: &mut Out<'_>) -> Result<()> {
    let Some(moment) = wall(o, "MDate") else {
        out.refuse("bad_time", list, "a record without `MDate`");
        return Ok(());
    };
    let about = about(o, moment);
    for (field, metric, unit, factor) in rows {
        match num(o, field) {
            Some(value) if value != 0.0 => about.measure(out, metric, unit, value * factor)?,
            Some(_) => out.missing(),
            None => {}
        }
    }
    note(o, &about, out)
}

/// The person's note, and the circumstances of a glucose value.
fn note(o: &Object, about: &About, out: &mut Out<'_>) -> Result<()> {
    let names = ["Note", "DinnerSituation", "DrugSituation"];
    let fields: Vec<KeptField> = names
        .iter()
        .filter_map(|name| {
            let value = KeptValue::Text(text(o, name)?.chars().take(400).collect());
            Some(KeptField { name: (*name).into(), value, unit: None })
        })
        .collect();
    if fields.is_empty() {
        return Ok(());
    }
    about.fact(out, "note", MessageKept { format: "ihealth".into(), message: "note".into(), fields })
}

fn sleep(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let (Some((start, _)), Some(end)) = (wall(o, "StartTime"), wall(o, "EndTime")) else {
        out.refuse("bad_time", "SRDataList", "a sleep without start and end");
        return Ok(());
    };
    if end.0 <= start {
        out.refuse("bad_time", "SRDataList", "the sleep ends before it starts");
        return Ok(());
    }
    let mut about = about(o, end);
    let body = SleepRecorded {
        start,
        end: end.0,
        in_bed_start: None,
        in_bed_end: None,
        stages: Vec::new(),
        // Minutes, whatever its name says.
        asleep_min: num(o, "HoursSlept").filter(|m| (0.0..=2880.0).contains(m)),
        awake_min: None,
        nap: None,
        vendor_score: None,
    };
    about.fact(out, "", body)?;
    about.start = Some(start);
    about.measure_all(
        out,
        o,
        &[("SleepEfficiency", "sleep_efficiency", "%", 1.0), ("Awaken", "sleep_awakenings", "1", 1.0)],
    )?;
    note(o, &about, out)
}

fn sport(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let (Some(start), Some(end)) = (seconds(o, "SportStartTime"), seconds(o, "SportEndTime")) else {
        out.refuse("bad_time", "SPORTDataList", "a sport without start and end");
        return Ok(());
    };
    if end < start {
        out.refuse("bad_time", "SPORTDataList", "the sport ends before it starts");
        return Ok(());
    }
    let name = text(o, "SportName").unwrap_or("unknown");
    let mut body = workout(start, end, name);
    body.title = Some(name.chars().take(100).collect());
    body.energy_kcal = num(o, "Calories").filter(|v| *v > 0.0);
    add(&mut body, o, "Distance", "1");
    about(o, (end, offset(o))).fact(out, "", body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_that_no_place_has_is_none() {
        let said = |zone: &str| offset(&serde_json::from_str(&format!(r#"{{"TimeZone":{zone}}}"#)).unwrap());
        assert_eq!(said(r#""-0730""#), Some(-27_000));
        assert_eq!(said("-6"), Some(-21_600));
        for zone in [r#""-97010600""#, r#""-2147483648""#, r#""+2147483647""#, "1e300"] {
            assert_eq!(said(zone), None, "{zone}");
        }
    }
}
