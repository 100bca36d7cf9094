//! Samples, facts and their origin.

use super::{at, document, measurements, quantity, read, record, refused, try_read, values};
use twin_adapters::files::{Format, apple_health, detect};
use twin_core::event::EventBody;

#[test]
fn the_format_is_found_from_its_beginning() {
    assert_eq!(detect(document("").as_bytes()), Some(Format::AppleHealth));
    assert_eq!(detect(b"\xef\xbb\xbf<HealthData locale=\"x\">"), Some(Format::AppleHealth));
    assert!(!apple_health::matches(b"<ClinicalDocument/>"));
}

#[test]
fn samples_are_converted_and_carry_origin_offset_and_revision() {
    let sink = read(
        &[
            quantity("HeartRate", "count/min", "61"),
            quantity("DistanceWalkingRunning", "km", "0.5"),
            quantity("ActiveEnergyBurned", "kJ", "418.4"),
            quantity("DietaryZinc", "mg", "3"),
            quantity("CyclingSpeed", "km/hr", "36"),
        ]
        .concat(),
    );
    let start = at("2020-03-01T07:00:00Z");
    assert_eq!(sink.samples("heart_rate"), [(start, 30_000_000, 61.0)]);
    assert_eq!(values(&sink, "distance_walk_run"), [500.0]);
    assert_eq!(values(&sink, "energy_active"), [100.0]);
    assert_eq!(values(&sink, "healthkit:DietaryZinc"), [3.0]);
    assert!((values(&sink, "speed")[0] - 10.0).abs() < 1e-12);
    let block = &sink.series[0];
    assert_eq!((block.unit.as_str(), block.offset_s), ("/min", Some(3600)));
    assert_eq!(block.revision, at("2020-03-02T09:00:00Z") as u64 / 1_000_000);
    assert_eq!(block.origin.source.as_str(), "apple_health/Jo's Watch");
    assert_eq!(block.origin.device.as_ref().unwrap().as_str(), "Apple Watch/Watch/Watch4,2");
    assert_eq!(sink.counts()["source.device_described"], 1);
    assert!(sink.refused.is_empty() && sink.warnings.is_empty());
}

#[test]
fn addresses_of_devices_do_not_make_streams() {
    let one = quantity("HeartRate", "count/min", "61");
    let all = one.replace("0x28@", "0x281")
        + &one.replace("0x28@", "0x282")
        + &one.replace("software:5.1", "software:6.0");
    let sink = read(&all);
    assert_eq!(sink.series.len(), 1);
    assert_eq!(sink.series[0].samples.len(), 3);
    assert_eq!(sink.counts()["source.device_described"], 1);
}

#[test]
fn single_quantities_are_facts() {
    let sink = read(
        &[
            quantity("BodyMass", "lb", "100"),
            quantity("OxygenSaturation", "%", "0.97"),
            quantity("BodyTemperature", "degF", "98.6"),
            quantity("VO2Max", "mL/min·kg", "42.5"),
            quantity("BloodGlucose", "mmol&lt;180.1558800000541&gt;/L", "5"),
        ]
        .concat(),
    );
    let found = measurements(&sink);
    for (metric, value, unit) in [
        ("body_weight", 45.359_237, "kg"),
        ("oxygen_saturation", 97.0, "%"),
        ("body_temperature", 37.0, "Cel"),
        ("vo2_max", 42.5, "mL/min/kg"),
        ("blood_glucose", 90.077_94, "mg/dL"),
    ] {
        let (_, got, u) = found.iter().find(|m| m.0 == metric).unwrap();
        assert!((got - value).abs() < 1e-9 && u == unit, "{metric}: {got} {u}");
    }
    let weight = sink.facts.iter().find(|f| matches!(&f.body, EventBody::MeasurementRecorded(_))).unwrap();
    assert_eq!(weight.at.micros(), at("2020-03-01T07:00:30Z"));
    assert_eq!((weight.start_offset_s, weight.record.clone(), weight.revision), (Some(3600), None, 0));
}

#[test]
fn two_exports_of_one_fact_are_one_fact() {
    let asleep = "HKCategoryValueSleepAnalysisAsleepCore";
    let body = quantity("BodyMass", "kg", "70")
        + &record("HKCategoryTypeIdentifierSleepAnalysis", "", asleep, "01:00:00", "06:00:00");
    let later = document(&body).replace("2020-03-02", "2020-04-02").replace("0x28@", "0x77");
    let first = read(&body);
    assert_eq!(first.facts, try_read(later.as_bytes()).unwrap().facts);
    assert_eq!(first.facts.len(), 3);
}

#[test]
fn what_cannot_be_used_is_counted() {
    let steps = |value: &str| quantity("StepCount", "count", value);
    let sink = read(
        &[
            quantity("BodyMass", "furlong", "70"),
            quantity("BodyMass", "furlong", "71"),
            steps("NaN"),
            steps(""),
            steps("5").replace("2020-03-01 08", "1820-03-01 08"),
            steps("5").replace("08:00:30", "07:00:30"),
            steps("7"),
        ]
        .concat(),
    );
    assert_eq!(
        refused(&sink),
        [("bad_time", "StepCount", 2), ("bad_value", "StepCount", 2), ("unknown_unit", "BodyMass", 2)]
    );
    assert_eq!(values(&sink, "steps"), [7.0]);
}
