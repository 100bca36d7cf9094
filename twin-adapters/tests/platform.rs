//! Batches of phone bridges.
#![cfg(feature = "platform")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::io::Cursor;
use twin_adapters::files::{ReadOptions, read_file};
use twin_core::event::{Content, EventBody, Recording};
use twin_core::observation::Collected;
use twin_core::{Code, Error, Timestamp, Zone};

fn try_read(text: &str) -> (Result<String, Error>, Collected) {
    let mut sink = Collected::default();
    let options = ReadOptions {
        now: Timestamp::from_secs(1_772_366_400),
        zone: Zone::utc(),
        name: "batch.json".into(),
        subject: None,
    };
    let read = read_file(&mut Cursor::new(text.as_bytes()), &options, &mut sink);
    (read.map(|f| f.as_str().to_owned()), sink)
}

fn read(text: &str) -> Collected {
    let (format, sink) = try_read(text);
    assert_eq!(format.unwrap(), "platform_batch");
    sink
}

fn refusals(sink: &Collected) -> Vec<(&str, u64)> {
    sink.refused.iter().map(|r| (r.code.as_str(), r.count)).collect()
}

fn healthkit(added: &str, deleted: &str) -> String {
    format!(
        r#"{{"humantwin_batch":"healthkit","version":1,"device":"iPhone","zone":"Europe/Paris","added":[{added}],"deleted":[{deleted}]}}"#
    )
}

fn health_connect(added: &str, deleted: &str) -> String {
    format!(r#"{{"humantwin_batch":"health_connect","version":1,"added":[{added}],"deleted":[{deleted}]}}"#)
}

const HEART: &str = r#"{"uuid":"A1","type":"HKQuantityTypeIdentifierHeartRate","start":"2026-03-01T08:00:00.250Z",
    "end":"2026-03-01T08:00:00.250Z","value":62,"unit":"count/min","source":{"name":"Watch","bundle":"com.apple.health"},
    "device":{"name":"Apple Watch","model":"Watch","hardware":"Watch6,1"},"metadata":{"HKMetadataKeyHeartRateMotionContext":1}}"#;
const WEIGHT: &str = r#"{"uuid":"B1","type":"HKQuantityTypeIdentifierBodyMass","start":"2026-03-01T07:00:00+01:00",
    "end":"2026-03-01T07:00:00+01:00","value":160.0,"unit":"lb","source":"Scale","manual":true}"#;

fn measurement(content: &Content) -> (&str, f64, &str, &str) {
    let EventBody::MeasurementRecorded(m) = &content.body else { panic!("{content:?}") };
    (m.metric.as_str(), m.value, content.record.as_ref().unwrap().as_str(), content.origin.source.as_str())
}

fn bodies<'a>(sink: &'a Collected, kind: &str) -> Vec<&'a Content> {
    sink.facts.iter().filter(|f| f.body.kind() == kind).collect()
}

#[test]
fn healthkit_samples_are_read_by_the_tables_of_the_export() {
    let sink = read(&healthkit(&[HEART, WEIGHT].join(","), ""));
    let weights = bodies(&sink, "health.measurement_recorded");
    let (metric, kilograms, record, source) = measurement(weights[0]);
    assert_eq!((metric, record, source), ("body_weight", "BodyMass/B1", "apple_health/Scale"));
    assert!((kilograms - 72.574_779_2).abs() < 1e-6, "{kilograms}");
    assert_eq!(weights[0].origin.recording, Some(Recording::Manual));
    // The zone of the batch is the one lived in.
    assert_eq!(weights[0].end_offset_s, Some(3600));
    let heart: Vec<_> = sink.series.iter().filter(|s| s.metric.as_str() == "heart_rate").collect();
    assert_eq!(heart.len(), 1);
    assert_eq!(heart[0].samples.starts_us(), [1_772_352_000_250_000]);
    assert_eq!(heart[0].samples.values(), [62.0]);
    assert_eq!(refusals(&sink), []);
}

#[test]
fn a_night_and_a_workout_of_healthkit() {
    let span = |uuid: &str, from: &str, to: &str, stage: u8| {
        format!(
            r#"{{"uuid":"{uuid}","type":"HKCategoryTypeIdentifierSleepAnalysis","start":"{from}","end":"{to}","value":{stage},"source":"Watch"}}"#
        )
    };
    let run = r#"{"uuid":"W","type":"HKWorkoutTypeIdentifier","start":"2026-03-01T09:00:00Z","end":"2026-03-01T09:30:00Z",
        "activity":37,"duration_s":1750,"distance_m":5000.5,"energy_kcal":320,"source":"Watch"}"#;
    let spans = [
        span("S1", "2026-02-28T23:00:00Z", "2026-03-01T03:00:00Z", 3),
        span("S2", "2026-03-01T03:00:00Z", "2026-03-01T06:00:00Z", 5),
        run.to_owned(),
    ];
    let sink = read(&healthkit(&spans.join(","), ""));
    let EventBody::SleepRecorded(night) = &bodies(&sink, "health.sleep_recorded")[0].body else { panic!() };
    assert_eq!(night.stages.len(), 2);
    let workout = bodies(&sink, "health.workout_recorded")[0];
    assert_eq!(workout.record.as_ref().unwrap().as_str(), "Workout/W");
    let EventBody::WorkoutRecorded(run) = &workout.body else { panic!() };
    assert_eq!((run.sport.as_str(), run.distance_m, run.energy_kcal), ("running", Some(5000.5), Some(320.0)));
    assert_eq!(run.moving_s, Some(1750.0));
}

#[test]
fn deletions_of_healthkit_name_the_fact_or_say_why_not() {
    let deleted = r#"{"uuid":"B1","type":"HKQuantityTypeIdentifierBodyMass","source":"Scale"},
        {"uuid":"W","type":"HKWorkoutTypeIdentifier","source":"Watch"},
        {"uuid":"B2","type":"HKQuantityTypeIdentifierBodyMass"},
        {"uuid":"A1","type":"HKQuantityTypeIdentifierHeartRate","source":"Watch"},
        {"uuid":"A2","type":"HKQuantityTypeIdentifierHeartRate"},{"uuid":"X"}, 7"#;
    let sink = read(&healthkit("", deleted));
    let gone: Vec<_> = bodies(&sink, "record.deleted")
        .iter()
        .map(|c| match &c.body {
            EventBody::RecordDeleted(d) => (d.source.as_str(), d.record.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(gone, [("apple_health/Scale", "BodyMass/B1"), ("apple_health/Watch", "Workout/W")]);
    let wanted = [("bad_record", 1), ("deletion_in_series", 2), ("not_a_record", 1), ("unknown_origin", 1)];
    assert_eq!(refusals(&sink), wanted);
}

const SCALE: &str = r#"{"type":"WeightRecord","time":"2026-03-01T07:00:00Z","weight":{"inKilograms":72.5},
    "metadata":{"id":"w1","lastModifiedTime":"2026-03-01T07:00:01Z","dataOrigin":{"packageName":"com.scale"}}}"#;

#[test]
fn health_connect_records_and_deletions_are_those_of_its_reader() {
    let deleted = r#"{"uuid":"w1","type":"WeightRecord","source":"com.scale"},{"uuid":"h1","type":"HeartRateRecord","source":"a"},
        {"uuid":"z"}"#;
    let sink = read(&health_connect(SCALE, deleted));
    let (metric, kilograms, record, source) = measurement(bodies(&sink, "health.measurement_recorded")[0]);
    assert_eq!((metric, kilograms, source), ("body_weight", 72.5, "health_connect/com.scale"));
    let EventBody::RecordDeleted(gone) = &bodies(&sink, "record.deleted")[0].body else { panic!() };
    assert_eq!((gone.record.as_str(), gone.source.as_str()), (record, source));
    assert_eq!(refusals(&sink), [("deletion_in_series", 1), ("unknown_origin", 1)]);
}

#[test]
fn an_expired_token_wants_everything_again() {
    let text = r#"{"humantwin_batch":"health_connect","version":1,"changesTokenExpired":true}"#;
    let (read, sink) = try_read(text);
    assert_eq!(read.unwrap_err().code(), Code::Unsupported);
    assert_eq!(refusals(&sink), [("token_expired", 1)]);
}

#[test]
fn what_is_no_batch_writes_nothing() {
    let cut = &healthkit(WEIGHT, "")[..200];
    let deep = format!("{}{}", r#"{"humantwin_batch":"healthkit","version":1,"added":"#, "[".repeat(100_000));
    for (text, code) in [
        (cut, Code::Malformed),
        (&deep, Code::Malformed),
        (r#"{"humantwin_batch":"healthkit"}"#, Code::Malformed),
        (r#"{"humantwin_batch":"healthkit","version":2}"#, Code::Unsupported),
        (r#"{"humantwin_batch":"pager","version":1}"#, Code::Unsupported),
    ] {
        let (read, sink) = try_read(text);
        assert_eq!(read.unwrap_err().code(), code, "{}", &text[..text.len().min(80)]);
        assert!(sink.facts.is_empty() && sink.series.is_empty());
    }
    assert!(read(&healthkit("", "")).facts.is_empty());
    assert!(read(&health_connect("", "")).facts.is_empty());
}

#[test]
fn a_batch_of_which_all_is_refused_is_read() {
    let sink = read(&healthkit(
        r#"1,{},{"type":"x","start":"soon"}"#,
        r#"{"uuid":"A","type":"HKQuantityTypeIdentifierStepCount"}"#,
    ));
    assert!(sink.facts.is_empty() && sink.series.is_empty());
    assert_eq!(refusals(&sink).iter().map(|r| r.1).sum::<u64>(), 4);
    let sink = read(&health_connect("1", r#"{"uuid":"h","type":"StepsRecord","source":"a"}"#));
    assert_eq!(refusals(&sink), [("not_a_record", 1), ("deletion_in_series", 1)]);
}
