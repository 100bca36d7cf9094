//! What simulated worlds found, each as the smallest case.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use twin_core::event::*;
use twin_core::fold::DayState;
use twin_core::log::{Cutoff, Intake, IntakeReport, Log};
use twin_core::observation::{Observation, SeriesBlock, Sink};
use twin_core::series::Samples;
use twin_core::store::MemoryStore;
use twin_core::{DeviceId, LocalDate, MetricId, RecordId, SourceId, Timestamp, TwinId};

fn t(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date(text: &str) -> LocalDate {
    text.parse().unwrap()
}

fn source(name: &str) -> SourceId {
    SourceId::new(name).unwrap()
}

fn log() -> Log {
    Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap()
}

fn tell(log: &mut Log, told: Vec<Observation>) -> IntakeReport {
    let mut intake = Intake::new(log, t("2026-03-20T12:00:00Z"));
    told.into_iter().for_each(|o| intake.accept(o).unwrap());
    intake.finish().unwrap().0
}

fn fact(origin: &str, at: &str, body: impl Into<EventBody>) -> Content {
    Content::new(Origin::of(source(origin)), t(at), body)
}

fn day(log: &mut Log, on: &str) -> DayState {
    log.refresh().unwrap();
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());
    log.day(date(on)).unwrap()
}

fn coffee(at: &str) -> Content {
    fact("diary", at, CaffeineConsumed { amount_mg: 80.0 })
}

fn steps(origin: Origin, offset_s: Option<i32>, rows: &[(&str, f64)]) -> SeriesBlock {
    let starts = rows.iter().map(|(at, _)| t(at).micros()).collect();
    let samples = Samples::new(starts, vec![60_000_000; rows.len()], rows.iter().map(|r| r.1).collect());
    SeriesBlock {
        metric: MetricId::new("steps").unwrap(),
        unit: "{step}".into(),
        origin,
        offset_s,
        revision: 0,
        replaces: false,
        samples: samples.unwrap(),
    }
}

fn total(log: &mut Log, on: &str) -> f64 {
    day(log, on).metrics.values().map(twin_core::fold::MetricDay::total).sum()
}

#[test]
fn a_correction_belongs_to_the_day_its_replacement_states() {
    let about = |on: &str| {
        let about = Some(date(on));
        CheckInAnswered { instrument: "kss".into(), scales: vec![], about, note: None }
    };
    let record = RecordId::new("c").unwrap();
    let wrong = Content {
        record: Some(record.clone()),
        ..fact("diary", "2026-03-10T08:00:00Z", about("2026-03-09"))
    };
    let replacement = Box::new(about("2026-03-08").into());
    let corrected =
        RecordCorrected { source: source("diary"), record, revision: 1, replacement, reason: None };
    let mut log = log();
    let told = [wrong, fact("person", "2026-03-12T08:00:00Z", corrected)];
    tell(&mut log, told.map(Observation::Fact).to_vec());
    assert_eq!(day(&mut log, "2026-03-08").facts.len(), 1);
    assert!(day(&mut log, "2026-03-09").is_empty() && day(&mut log, "2026-03-12").is_empty());
}

#[test]
fn a_corrected_measurement_stays_in_the_history() {
    let metric = MetricId::new("body_weight").unwrap();
    let weight =
        |value| MeasurementRecorded { metric: metric.clone(), value, unit: "kg".into(), start: None };
    let record = RecordId::new("w").unwrap();
    let wrong =
        Content { record: Some(record.clone()), ..fact("scale", "2026-03-10T08:00:00Z", weight(700.0)) };
    let replacement = Box::new(weight(70.0).into());
    let corrected =
        RecordCorrected { source: source("scale"), record, revision: 1, replacement, reason: None };
    let mut log = log();
    tell(
        &mut log,
        [wrong, fact("person", "2026-03-10T08:00:00Z", corrected)].map(Observation::Fact).to_vec(),
    );
    let rows = log.raw(&metric, Timestamp::MIN, Timestamp::MAX, Cutoff::default()).unwrap();
    assert_eq!(rows.iter().map(|r| r.value).collect::<Vec<_>>(), [70.0]);
}

#[test]
fn a_standing_fact_stands_whatever_day_it_states() {
    let zone = ZoneChanged { zone: "Asia/Tokyo".parse().unwrap() };
    let arrived =
        Content { civil_date: Some(date("2026-03-05")), ..fact("diary", "2026-03-05T00:00:00Z", zone) };
    let mut log = log();
    tell(&mut log, vec![Observation::Fact(arrived), Observation::Fact(coffee("2026-03-10T18:00:00Z"))]);
    assert_eq!(day(&mut log, "2026-03-11").facts.len(), 1);
    assert!(day(&mut log, "2026-03-05").is_empty());
}

#[test]
fn offsets_of_more_than_a_day_are_refused() {
    let far = Content { end_offset_s: Some(26 * 3600), ..coffee("2026-03-10T23:00:00Z") };
    let series = steps(Origin::of(source("watch")), Some(-90_000), &[("2026-03-10T23:00:00Z", 10.0)]);
    let report = tell(&mut log(), vec![Observation::Fact(far), Observation::Series(series)]);
    assert_eq!((report.events, report.refused.iter().map(|r| r.count).sum::<u64>()), (0, 2));
}

#[test]
fn samples_told_again_with_another_offset_count_once() {
    let watch = || Origin::of(source("watch"));
    let rows = [("2026-03-10T23:30:00Z", 10.0), ("2026-03-10T12:00:00Z", 5.0)];
    let mut log = log();
    tell(&mut log, vec![Observation::Series(steps(watch(), None, &rows))]);
    assert_eq!(total(&mut log, "2026-03-10"), 15.0);
    tell(&mut log, vec![Observation::Series(steps(watch(), Some(3600), &rows))]);
    assert_eq!((total(&mut log, "2026-03-10"), total(&mut log, "2026-03-11")), (5.0, 10.0));
}

#[test]
fn a_tombstone_withdraws_until_the_samples_are_told_again() {
    let watch = || Origin::of(source("watch"));
    let rows = [("2026-03-10T10:00:00Z", 10.0), ("2026-03-10T12:00:00Z", 5.0)];
    let tombstone = SeriesWritten {
        metric: MetricId::new("steps").unwrap(),
        unit: "{step}".into(),
        segment: Samples::empty().hash(),
        start: t("2026-03-10T09:00:00Z"),
        end: t("2026-03-10T11:00:00Z"),
        count: 0,
        replaces: Some(true),
    };
    let mut log = log();
    tell(&mut log, vec![Observation::Series(steps(watch(), None, &rows))]);
    tell(&mut log, vec![Observation::Fact(fact("watch", "2026-03-10T11:00:00Z", tombstone))]);
    assert_eq!(total(&mut log, "2026-03-10"), 5.0);
    tell(&mut log, vec![Observation::Series(steps(watch(), Some(0), &rows))]);
    assert_eq!(total(&mut log, "2026-03-10"), 15.0);
}

#[test]
fn a_window_reaches_facts_that_state_another_day() {
    let early = Content { civil_date: Some(date("2026-03-02")), ..coffee("2026-03-10T08:00:00Z") };
    let window = WindowRead {
        source: source("diary"),
        start: t("2026-03-10T00:00:00Z"),
        end: t("2026-03-11T00:00:00Z"),
        complete: true,
        scope: vec![],
        seen: vec![],
    };
    let mut log = log();
    tell(&mut log, vec![Observation::Fact(early)]);
    assert_eq!(day(&mut log, "2026-03-02").facts.len(), 1);
    tell(&mut log, vec![Observation::Fact(fact("reader", "2026-03-12T00:00:00Z", window))]);
    assert!(day(&mut log, "2026-03-02").is_empty());
}

#[test]
fn days_in_memory_do_not_outlive_a_standing_fact_of_the_same_batch() {
    let mut log = log();
    let record = RecordId::new("r").unwrap();
    let gone = RecordDeleted { source: source("diary"), record, revision: 0 };
    tell(&mut log, vec![Observation::Fact(fact("person", "2026-03-10T12:00:00Z", gone))]);
    log.refresh().unwrap();
    let zone = ZoneChanged { zone: "Asia/Tokyo".parse().unwrap() };
    let told = [coffee("2026-03-10T18:00:00Z"), fact("diary", "2026-03-01T00:00:00Z", zone)];
    tell(&mut log, told.map(Observation::Fact).to_vec());
    assert_eq!(day(&mut log, "2026-03-11").facts.len(), 1);
    assert!(day(&mut log, "2026-03-10").is_empty());
}

#[test]
fn a_second_device_described_folds_its_days_again() {
    let device = |name: &str| DeviceId::new(name).unwrap();
    let ring = Origin { device: Some(device("r")), ..Origin::of(source("app")) };
    let phone = Origin::of(source("phone"));
    let describe = |of: &str, device: Option<DeviceId>, kind| {
        let (manufacturer, model, software) = (None, None, None);
        let body = DeviceDescribed { device, kind, manufacturer, model, software };
        Observation::Fact(fact(of, "2026-03-01T00:00:00Z", body))
    };
    let rows = |steps: f64| [("2026-03-10T10:00:00Z", steps)];
    let mut log = log();
    tell(
        &mut log,
        vec![describe("app", None, DeviceKind::Manual), describe("phone", None, DeviceKind::Phone)],
    );
    let told = [steps(ring, None, &rows(10.0)), steps(phone, None, &rows(99.0))];
    tell(&mut log, told.map(Observation::Series).to_vec());
    assert_eq!(total(&mut log, "2026-03-10"), 99.0);
    tell(&mut log, vec![describe("app", Some(device("r")), DeviceKind::Ring)]);
    assert_eq!(total(&mut log, "2026-03-10"), 10.0);
}

#[test]
fn what_replaces_samples_past_midnight_withdraws_them_from_the_history_too() {
    let phone = || Origin::of(source("phone"));
    let before = steps(phone(), None, &[("2026-03-11T01:00:00Z", 10.0)]);
    let mut after = steps(phone(), None, &[("2026-03-10T23:00:00Z", 5.0)]);
    let three_hours = vec![3 * 3_600_000_000];
    after.samples = Samples::new(after.samples.starts_us().to_vec(), three_hours, vec![5.0]).unwrap();
    after.replaces = true;
    let mut log = log();
    tell(&mut log, vec![Observation::Series(before), Observation::Series(after)]);
    assert_eq!((total(&mut log, "2026-03-10"), total(&mut log, "2026-03-11")), (5.0, 0.0));
    let metric = MetricId::new("steps").unwrap();
    let rows = log.raw(&metric, Timestamp::MIN, Timestamp::MAX, Cutoff::default()).unwrap();
    assert_eq!(rows.iter().map(|r| r.value).collect::<Vec<_>>(), [5.0]);
}

#[test]
fn samples_told_in_two_offsets_are_read_in_one_whatever_came_first() {
    let told = |offsets: [Option<i32>; 2]| {
        let mut log = log();
        for offset_s in offsets {
            let block = steps(Origin::of(source("watch")), offset_s, &[("2026-03-05T02:00:00Z", 60.0)]);
            tell(&mut log, vec![Observation::Series(block)]);
        }
        log.refresh().unwrap();
        log.state_hash().unwrap()
    };
    assert_eq!(told([None, Some(-14_400)]), told([Some(-14_400), None]));
    assert_eq!(told([Some(7200), Some(-14_400)]), told([Some(-14_400), Some(7200)]));
}
