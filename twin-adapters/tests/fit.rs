//! The FIT reader against files made here byte by byte, and against another decoder where recordings are at hand.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod fit_builder;

use fit_builder::{Fit, Part, T0, U0};
use proptest::prelude::*;
use rustyfit::proto::{Field, Value};
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};
use twin_adapters::files::{Format, ReadOptions, detect, fit, read_file};
use twin_core::event::{
    DeviceKind, EventBody, KeptValue, MessageKept, Recording, SleepStage, WorkoutRecorded,
};
use twin_core::observation::Collected;
use twin_core::{Code, Timestamp, Zone};

fn options() -> ReadOptions {
    ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    }
}

fn read(bytes: &[u8]) -> Collected {
    let mut all = Collected::default();
    fit::read(&mut &*bytes, &options(), &mut all).unwrap();
    all
}

/// (seconds after the first time, value)
fn rows(all: &Collected, metric: &str) -> Vec<(f64, f64)> {
    all.samples(metric).iter().map(|(at, _, value)| ((at - U0 * 1_000_000) as f64 / 1e6, *value)).collect()
}

fn kept<'a>(all: &'a Collected, name: &str) -> Vec<&'a MessageKept> {
    let messages = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::MessageKept(kept) => Some(kept),
        _ => None,
    });
    messages.filter(|kept| kept.message == name).collect()
}

fn field<'a>(kept: &'a MessageKept, name: &str) -> &'a KeptValue {
    &kept.fields.iter().find(|f| f.name == name).unwrap().value
}

fn workouts(all: &Collected) -> Vec<&WorkoutRecorded> {
    let workouts = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::WorkoutRecorded(workout) => Some(&**workout),
        _ => None,
    });
    workouts.collect()
}

fn refusals(all: &Collected) -> Vec<&str> {
    all.refused.iter().map(|r| r.code.as_str()).collect()
}

fn warnings(all: &Collected) -> Vec<&str> {
    all.warnings.iter().map(|w| w.code.as_str()).collect()
}

const ENUM: u8 = 0x00;
const I8: u8 = 0x01;
const U8: u8 = 0x02;
const TEXT: u8 = 0x07;
const BYTE: u8 = 0x0d;
const I16: u8 = 0x83;
const U16: u8 = 0x84;
const I32: u8 = 0x85;
const U32: u8 = 0x86;
const U32Z: u8 = 0x8c;

/// A Garmin activity by the device with serial number 77, made at the first time.
fn activity() -> Part {
    let mut part = Part::default();
    part.define(0, 0, &[(0, 1, ENUM), (1, 2, U16), (2, 2, U16), (3, 4, U32Z), (4, 4, U32)]);
    part.data(0, |b| b.u8(4).u16(1).u16(2067).u32(77).u32(T0));
    part
}

fn session(part: &mut Part, sport: u8, start: u32, seconds: u32) {
    let fields = [
        (253, 4, U32),
        (2, 4, U32),
        (7, 4, U32),
        (5, 1, ENUM),
        (9, 4, U32),
        (16, 1, U8),
        (18, 1, U8),
        (193, 1, U8),
    ];
    part.define(9, 18, &fields);
    part.data(9, |b| {
        b.u32(start + seconds).u32(start).u32(seconds * 1000).u8(sport).u32(123_456).u8(140).u8(90).u8(70)
    });
}

#[test]
fn records_become_samples() {
    let mut part = activity();
    let fields = [
        (253, 4, U32),
        (3, 1, U8),
        (4, 1, U8),
        (53, 1, U8),
        (6, 2, U16),
        (73, 4, U32),
        (7, 2, U16),
        (2, 2, U16),
        (13, 1, I8),
        (0, 4, I32),
        (5, 4, U32),
        (39, 2, U16),
        (200, 2, U16),
    ];
    part.define(1, 20, &fields);
    let full =
        |b: fit_builder::Body| b.u32(T0).u8(60).u8(80).u8(64).u16(2500).u32(2501).u16(200).u16(2600).u8(0xfe);
    part.data(1, |b| full(b).u32(1 << 29).u32(150).u16(834).u16(9));
    let empty = |b: fit_builder::Body| {
        b.u32(T0 + 1).u8(0).u8(0xff).u8(0xff).u16(2500).u32(u32::MAX).u16(0xffff).u16(0xffff)
    };
    part.data(1, |b| empty(b).u8(0x7f).u32(0x7fff_ffff).u32(u32::MAX).u16(0xffff).u16(0xffff));
    session(&mut part, 1, T0, 60);
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "heart_rate"), [(0.0, 60.0)]);
    assert_eq!(rows(&all, "fit:cadence"), [(0.0, 80.0)]);
    assert_eq!(rows(&all, "cadence_running"), [(0.0, 161.0)]); // 80.5 strides
    assert_eq!(rows(&all, "cadence_cycling"), []);
    assert_eq!(rows(&all, "speed"), [(0.0, 2.501), (1.0, 2.5)]); // the enhanced field where it is valid
    assert_eq!(rows(&all, "power"), [(0.0, 200.0)]);
    assert_eq!(rows(&all, "altitude"), [(0.0, 20.0)]);
    assert_eq!(rows(&all, "ambient_temperature"), [(0.0, -2.0)]);
    assert_eq!(rows(&all, "fit:position_lat"), [(0.0, 45.0)]);
    assert_eq!(rows(&all, "fit:distance"), [(0.0, 1.5)]);
    assert_eq!(rows(&all, "vertical_oscillation"), [(0.0, 8.34)]);
    assert_eq!(rows(&all, "fit:unknown_200"), [(0.0, 9.0)]);
    assert_eq!(warnings(&all), ["zero_heart_rate"]);
    assert!(all.refused.is_empty());
    let block = all.series.iter().find(|b| b.metric.as_str() == "fit:position_lat").unwrap();
    assert_eq!((block.unit.as_str(), block.origin.source.as_str()), ("deg", "fit/garmin-77"));
    assert_eq!(block.origin.recording, Some(Recording::Active));
}

#[test]
fn both_byte_orders_and_header_sizes_say_the_same() {
    let make = |big: bool, header: u8| {
        let mut part = Part { big, ..Part::default() };
        part.define(0, 20, &[(253, 4, U32), (7, 2, U16), (88, 4, U16)]);
        part.data(0, |b| b.u32(T0).u16(300).u16(7).u16(0xffff));
        read(&Fit { parts: vec![part], header }.bytes())
    };
    let one = make(false, 14);
    assert_eq!(rows(&one, "power"), [(0.0, 300.0)]);
    assert_eq!(rows(&one, "fit:unknown_88[0]"), [(0.0, 7.0)]);
    assert!(one.warnings.is_empty());
    for other in [make(true, 14), make(false, 12), make(true, 12)] {
        assert_eq!((&other.series, &other.facts, &other.warnings), (&one.series, &one.facts, &one.warnings));
    }
}

#[test]
fn compressed_times_roll_over_and_definitions_change() {
    let mut part = activity();
    let start = T0 - T0 % 32 + 30;
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.data(1, |b| b.u32(start).u8(60));
    part.define(2, 20, &[(3, 1, U8)]);
    part.compressed(2, 31, |b| b.u8(61));
    part.compressed(2, 1, |b| b.u8(62)); // 3 s after the first
    part.define(2, 20, &[(3, 1, U8), (7, 2, U16)]);
    part.compressed(2, 0, |b| b.u8(63).u16(250)); // 31 s on
    let all = read(&Fit::of(part).bytes());
    let at = f64::from(start) - f64::from(T0);
    assert_eq!(rows(&all, "heart_rate"), [(at, 60.0), (at + 1.0, 61.0), (at + 3.0, 62.0), (at + 34.0, 63.0)]);
    assert_eq!(rows(&all, "power"), [(at + 34.0, 250.0)]);
}

#[test]
fn compressed_speed_and_distance() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (8, 3, BYTE)]);
    let packed = |speed: u16, distance: u16| {
        [(speed & 0xff) as u8, (speed >> 8) as u8 | ((distance & 0x0f) << 4) as u8, (distance >> 4) as u8]
    };
    for (i, (speed, distance)) in [(250, 4090), (300, 10)].into_iter().enumerate() {
        part.data(1, |b| {
            packed(speed, distance).into_iter().fold(b.u32(T0 + i as u32), fit_builder::Body::u8)
        });
    }
    part.data(1, |b| b.u32(T0 + 2).u8(0xff).u8(0xff).u8(0xff));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "speed"), [(0.0, 2.5), (1.0, 3.0)]);
    assert_eq!(rows(&all, "fit:distance"), [(0.0, 255.625), (1.0, 256.625)]);
}

#[test]
fn developer_fields_with_and_without_description() {
    let mut part = activity();
    part.define(1, 206, &[(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, 11, TEXT), (8, 4, TEXT)]);
    part.data(1, |b| b.u8(0).u8(5).u8(U16).text("Form Power", 11).text("W", 4));
    part.define_with(2, 20, &[(253, 4, U32)], &[(5, 2, 0), (9, 1, 0)]);
    part.data(2, |b| b.u32(T0).u16(70).u8(3));
    part.data(2, |b| b.u32(T0 + 1).u16(0xffff).u8(4));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "fit:dev.Form Power"), [(0.0, 70.0)]);
    assert_eq!(rows(&all, "fit:dev.unknown_0_9"), [(0.0, 3.0), (1.0, 4.0)]);
    assert_eq!(
        field(kept(&all, "field_description")[0], "field_name"),
        &KeptValue::Text("Form Power".into())
    );
}

#[test]
fn beats_follow_one_another() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.define(2, 78, &[(0, 6, U16)]);
    let mut second = |at: u32, beats: [u16; 3]| {
        part.data(1, |b| b.u32(T0 + at).u8(75));
        part.data(2, |b| beats.into_iter().fold(b, fit_builder::Body::u16));
    };
    second(0, [800, 810, 0xffff]);
    second(1, [790, 0xffff, 0xffff]);
    second(60, [700, 0xffff, 0xffff]); // the strap was off
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "rr_interval"), [(0.0, 800.0), (0.8, 810.0), (1.61, 790.0), (60.0, 700.0)]);
}

#[test]
fn sessions_become_workouts_with_their_laps_and_offset() {
    let mut part = activity();
    part.define(1, 19, &[(253, 4, U32), (2, 4, U32), (7, 4, U32), (15, 1, U8)]);
    for (start, seconds) in [(T0, 100), (T0 + 100, 100), (T0 + 200, 60)] {
        part.data(1, |b| b.u32(start + seconds).u32(start).u32(seconds * 1000).u8(150));
    }
    part.define(2, 20, &[(253, 4, U32), (4, 1, U8)]);
    part.data(2, |b| b.u32(T0 + 10).u8(85));
    part.data(2, |b| b.u32(T0 + 210).u8(90));
    session(&mut part, 1, T0, 200);
    session(&mut part, 2, T0 + 200, 60);
    part.define(3, 34, &[(253, 4, U32), (5, 4, U32)]);
    part.data(3, |b| b.u32(T0 + 260).u32(T0 + 260 + 7200));
    let all = read(&Fit::of(part).bytes());
    let [run, ride] = workouts(&all)[..] else { panic!("two workouts") };
    assert_eq!((run.sport.as_str(), ride.sport.as_str()), ("running", "cycling"));
    assert_eq!((run.laps.len(), ride.laps.len()), (2, 1));
    assert_eq!((run.start.secs(), run.end.secs()), (U0, U0 + 200));
    assert_eq!(
        (run.distance_m, run.heart_rate_mean, run.perceived_exertion),
        (Some(1234.56), Some(140.0), Some(7.0))
    );
    assert_eq!((run.statistics[0].name.as_str(), run.statistics[0].value), ("avg_cadence", 90.0));
    assert_eq!(rows(&all, "cadence_running"), [(10.0, 170.0)]);
    assert_eq!(rows(&all, "cadence_cycling"), [(210.0, 90.0)]);
    assert!(all.facts.iter().all(|f| f.end_offset_s == Some(7200)));
    assert!(all.series.iter().all(|b| b.offset_s == Some(7200)));
    assert_eq!(kept(&all, "lap").len(), 3);
}

#[test]
fn everything_else_is_kept_word_for_word() {
    let mut part = activity();
    part.define(1, 21, &[(253, 4, U32), (0, 1, ENUM), (3, 4, U32)]);
    part.data(1, |b| b.u32(T0).u8(0).u32(0));
    part.define(2, 0xff01, &[(253, 4, U32), (1, 4, U16), (2, 1, U8)]);
    part.data(2, |b| b.u32(T0 + 5).u16(7).u16(0xffff).u8(0xff));
    let all = read(&Fit::of(part).bytes());
    let event = kept(&all, "event")[0];
    let facts =
        all.facts.iter().find(|f| matches!(&f.body, EventBody::MessageKept(kept) if kept.message == "event"));
    assert_eq!(facts.unwrap().at.secs(), U0);
    assert!(event.fields.iter().all(|f| f.name != "timestamp"), "it is when the message is kept at");
    assert_eq!(
        field(kept(&all, "file_id")[0], "time_created"),
        &KeptValue::Text("2021-09-08T01:46:40Z".into())
    );
    assert_eq!(field(event, "timer_trigger"), &KeptValue::Integer(0)); // what `data` means for event 0
    let unknown = kept(&all, "unknown_65281")[0];
    assert_eq!(field(unknown, "unknown_1"), &KeptValue::Text("7,".into()));
    assert_eq!(unknown.fields.len(), 1, "an invalid field is missing");
    assert_eq!(field(kept(&all, "file_id")[0], "serial_number"), &KeptValue::Integer(77));
    let Some(EventBody::DeviceDescribed(device)) = all.bodies("source.device_described").next() else {
        panic!()
    };
    assert_eq!((device.kind, device.model.as_deref()), (DeviceKind::SportComputer, Some("edge520")));
}

#[test]
fn steps_are_what_counters_grew_by() {
    let mut part = Part::default();
    let midnight = T0 - T0 % 86_400;
    part.define(0, 0, &[(0, 1, ENUM), (1, 2, U16), (4, 4, U32)]);
    part.data(0, |b| b.u8(32).u16(1).u32(midnight));
    part.define(1, 103, &[(253, 4, U32), (0, 4, U32)]);
    part.data(1, |b| b.u32(midnight).u32(midnight));
    part.define(2, 55, &[(26, 2, U16), (24, 1, BYTE), (3, 4, U32)]);
    part.define(3, 55, &[(26, 2, U16), (27, 1, U8)]);
    for (after, kind, count) in [(600, 6, 100), (1200, 6, 250), (1200, 1, 50), (1800, 6, 250), (2400, 6, 10)]
    {
        part.data(2, |b| b.u16(((midnight + after) & 0xffff) as u16).u8(kind | 0x40).u32(count));
    }
    part.data(3, |b| b.u16(((midnight + 2460) & 0xffff) as u16).u8(58));
    let all = read(&Fit::of(part).bytes());
    let start = i64::from(midnight) - i64::from(T0) + U0;
    let steps = all.samples("steps");
    let steps: Vec<_> = steps.iter().map(|(at, d, v)| (at / 1_000_000 - start, d / 1_000_000, *v)).collect();
    // two counters at one reading are one sample; the last began anew
    assert_eq!(steps, [(0, 600, 100.0), (600, 600, 200.0), (1800, 600, 10.0)]);
    assert_eq!(all.samples("heart_rate"), [((start + 2460) * 1_000_000, 0, 58.0)]);
    assert_eq!(kept(&all, "monitoring").len(), 6);
    assert!(
        all.series.iter().all(|b| b.origin.recording == Some(Recording::Automatic) && b.offset_s == Some(0))
    );
}

#[test]
fn days_and_nights() {
    let mut part = activity();
    part.define(1, 275, &[(253, 4, U32), (0, 1, ENUM)]);
    for (after, level) in [(0, 1), (60, 2), (120, 3), (180, 4), (240, 1)] {
        part.data(1, |b| b.u32(T0 + after).u8(level));
    }
    part.define(2, 227, &[(0, 2, I16), (1, 4, U32)]);
    part.data(2, |b| b.u16(35).u32(T0));
    part.data(2, |b| b.u16(0xfffe).u32(T0 + 60)); // -2: no value
    part.define(3, 371, &[(253, 4, U32), (0, 2, U16)]);
    part.data(3, |b| b.u32(T0).u16(6464));
    part.define(4, 30, &[(253, 4, U32), (0, 2, U16), (12, 2, U16)]);
    part.data(4, |b| b.u32(T0).u16(7580).u16(0));
    part.data(4, |b| b.u32(T0).u16(0xfffe).u16(1));
    let all = read(&Fit::of(part).bytes());
    let Some(EventBody::SleepRecorded(sleep)) = all.bodies("health.sleep_recorded").next() else {
        panic!("a sleep")
    };
    assert_eq!((sleep.start.secs() - U0, sleep.end.secs() - U0), (60, 240));
    let stages: Vec<_> = sleep.stages.iter().map(|s| s.stage).collect();
    use SleepStage::{Awake, Deep, Light, Rem};
    assert_eq!(stages, [Awake, Light, Deep, Rem, Awake]);
    assert_eq!(sleep.in_bed_end.unwrap().secs() - U0, 300);
    assert_eq!(rows(&all, "stress_level"), [(0.0, 35.0)]);
    assert_eq!(rows(&all, "hrv_rmssd"), [(0.0, 50.5)]);
    let rmssd = all.series.iter().find(|b| b.metric.as_str() == "hrv_rmssd").unwrap();
    assert_eq!(rmssd.origin.method.as_ref().unwrap().as_str(), "rmssd_5min");
    let weights: Vec<_> =
        all.facts.iter().filter(|f| f.body.kind() == "health.measurement_recorded").collect();
    assert_eq!(weights.len(), 1, "a scale that is still weighing has no weight");
    assert_eq!(weights[0].origin.source.as_str(), "fit/garmin-77/user-0");
}

#[test]
fn only_the_person_asked_for() {
    let mut part = activity();
    part.define(4, 30, &[(253, 4, U32), (0, 2, U16), (12, 2, U16)]);
    part.data(4, |b| b.u32(T0).u16(7580).u16(0));
    part.data(4, |b| b.u32(T0).u16(5820).u16(1));
    let mut all = Collected::default();
    let options = ReadOptions { subject: Some("1".into()), ..options() };
    fit::read(&mut &*Fit::of(part).bytes(), &options, &mut all).unwrap();
    let Some(EventBody::MeasurementRecorded(weight)) = all.bodies("health.measurement_recorded").next()
    else {
        panic!()
    };
    assert_eq!((weight.value, all.counts()["health.measurement_recorded"]), (58.2, 1));
    assert_eq!(warnings(&all), ["other_person"]);
}

#[test]
fn chained_parts_belong_together() {
    let mut first = activity();
    first.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    first.data(1, |b| b.u32(T0 + 100).u8(99));
    let mut second = Part::default();
    second.define(1, 132, &[(253, 4, U32), (6, 1, U8), (9, 4, U32)]);
    second.data(1, |b| b.u32(T0).u8(120).u32(1024));
    second.define(2, 132, &[(6, 3, U8), (10, 5, BYTE)]);
    // 0x800 and 0xc00: 1 and 2 s on; a third that lacks half a byte is none
    second.data(2, |b| b.u8(121).u8(122).u8(123).u8(0x00).u8(0x08).u8(0xc0).u8(0).u8(0));
    let all = read(&Fit { parts: vec![first, second], header: 14 }.bytes());
    let (records, stored): (Vec<_>, Vec<_>) = all
        .series
        .iter()
        .filter(|b| b.metric.as_str() == "heart_rate")
        .partition(|b| b.origin.method.is_none());
    assert_eq!(records[0].samples.values(), [99.0]);
    assert_eq!(stored[0].samples.values(), [120.0, 121.0, 122.0]);
    assert_eq!(stored[0].samples.starts_us(), [U0, U0 + 1, U0 + 2].map(|s| s * 1_000_000));
    assert!(all.series.iter().all(|b| b.origin.source.as_str() == "fit/garmin-77"));
    assert_eq!(kept(&all, "hr").len(), 2);
}

#[test]
fn a_damaged_tail_does_not_cost_the_head() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    for i in 0..10 {
        part.data(1, |b| b.u32(T0 + i).u8(60));
    }
    let whole = Fit::of(part.clone()).bytes();
    let told = |bytes: &[u8]| {
        let all = read(bytes);
        let words = |words: Vec<&str>| words.join(" ");
        (rows(&all, "heart_rate").len(), words(refusals(&all)), words(warnings(&all)))
    };
    let told_as = |count: usize, refused: &str, warned: &str| (count, refused.to_owned(), warned.to_owned());
    // ten records of six bytes, then the checksum: cut within a record, between two, before the checksum
    assert_eq!(told(&whole[..whole.len() - 2 - 9]), told_as(8, "truncated", ""));
    assert_eq!(told(&whole[..whole.len() - 2 - 6]), told_as(9, "truncated", ""));
    assert_eq!(told(&whole[..whole.len() - 2]), told_as(10, "", "file_crc"));
    // wrong checksums, of the header and of the file
    let mut wrong = whole.clone();
    *wrong.last_mut().unwrap() ^= 1;
    wrong[12] ^= 1;
    assert_eq!(told(&wrong), told_as(10, "", "header_crc file_crc"));
    // never finished: the header says 0
    let mut unfinished = whole[..whole.len() - 2].to_vec();
    unfinished[4..8].fill(0);
    unfinished[12..14].fill(0);
    assert_eq!(told(&unfinished), told_as(10, "", "salvaged file_crc"));
    // dirt between two parts
    let dirty = [&whole[..], &[9; 5], &whole].concat();
    assert_eq!(told(&dirty), told_as(20, "damaged", ""));
    // a message that nothing defined, then a sound part
    part.raw(&[0x05, 1, 2, 3]);
    let chained = Fit { parts: vec![part, activity()], header: 14 }.bytes();
    assert_eq!(told(&chained), told_as(10, "damaged", ""));
    assert_eq!(kept(&read(&chained), "file_id").len(), 2);
}

#[test]
fn records_without_a_usable_time_are_told() {
    let mut part = activity();
    part.define(2, 20, &[(3, 1, U8)]);
    part.data(2, |b| b.u8(61));
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.data(1, |b| b.u32(5000).u8(60)); // since it was switched on
    part.data(1, |b| b.u32(5001).u8(60));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "heart_rate"), []);
    assert_eq!((refusals(&all), warnings(&all)), (vec!["bad_time", "bad_time"], vec!["kept_without_time"]));
    assert_eq!(kept(&all, "record").len(), 3);
}

#[test]
fn nothing_usable_is_malformed() {
    for bytes in [&b"\x0e\x20\x54\x08\x00\x00\x00\x00.FIT\x00\x00\x00\x00"[..], b"", b"BEGIN:VCALENDAR"] {
        let error = fit::read(&mut &*bytes, &options(), &mut Collected::default()).unwrap_err();
        assert_eq!(error.code(), Code::Malformed);
    }
    let bytes = Fit::of(activity()).bytes();
    assert_eq!(detect(&bytes), Some(Format::Fit));
    let format = read_file(&mut std::io::Cursor::new(bytes), &options(), &mut Collected::default()).unwrap();
    assert_eq!(format, Format::Fit);
}

/// A file with some of everything.
fn sample() -> Vec<u8> {
    let mut part = activity();
    part.define(1, 206, &[(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, 4, TEXT)]);
    part.data(1, |b| b.u8(0).u8(5).u8(U16).text("x", 4));
    part.define_with(2, 20, &[(253, 4, U32), (3, 1, U8), (73, 4, U32)], &[(5, 2, 0)]);
    part.define(3, 20, &[(3, 1, U8), (8, 3, BYTE)]);
    part.define(5, 78, &[(0, 6, U16)]);
    for i in 0..6 {
        part.data(2, |b| b.u32(T0 + i).u8(60).u32(2000).u16(9));
        part.compressed(3, i as u8, |b| b.u8(61).u8(1).u8(2).u8(3));
        part.data(5, |b| b.u16(800).u16(810).u16(0xffff));
    }
    session(&mut part, 2, T0, 30);
    part.define(4, 55, &[(253, 4, U32), (24, 1, BYTE), (3, 4, U32)]);
    part.data(4, |b| b.u32(T0).u8(6).u32(100));
    part.define(6, 132, &[(253, 4, U32), (0, 2, U16), (6, 2, U8), (9, 4, U32), (10, 3, BYTE)]);
    part.data(6, |b| b.u32(T0).u16(5).u8(60).u8(61).u32(9).u8(1).u8(2).u8(3));
    Fit { parts: vec![part.clone(), part], header: 14 }.bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn mutated_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + bytes.len() / 2);
        let _ = fit::read(&mut &*bytes, &options(), &mut Collected::default());
    }

    #[test]
    fn arbitrary_messages_never_panic(data in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut part = activity();
        part.raw(&data);
        let _ = fit::read(&mut &*Fit::of(part).bytes(), &options(), &mut Collected::default());
        let _ = fit::read(&mut &*data, &options(), &mut Collected::default());
    }

    /// Messages with well-formed definitions of any kind, with any bytes in them.
    #[test]
    fn any_defined_message_is_read(
        messages in prop::collection::vec(
            (0_u16..400, prop::collection::vec((any::<u8>(), 1_u8..9, 0_u8..17), 1..8), any::<u64>(), any::<bool>()), 1..20),
    ) {
        let mut part = activity();
        for (number, fields, seed, big) in messages {
            part.big = big;
            let timed: Vec<_> = [(253, 4, U32)].into_iter().chain(fields).collect();
            part.define(1, number, &timed);
            let mut state = seed;
            let size: usize = timed.iter().skip(1).map(|f| usize::from(f.1)).sum();
            part.data(1, |b| (0..size).fold(b.u32(T0), |b, _| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b.u8(if seed % 3 == 0 { 0xff } else { (state >> 56) as u8 })
            }));
        }
        let all = read(&Fit::of(part).bytes());
        prop_assert!(refusals(&all).iter().all(|code| ["bad_time", "out_of_range", "no_sleep"].contains(code)));
    }
}

/// Heart rates other than 0 that `rustyfit` reads of a file, and whether it came to the end.
fn by_the_crate(bytes: &[u8]) -> (usize, bool) {
    let mut decoder = Decoder::builder().checksum(false).expand_components(false).build();
    let mut stream = decoder.stream(bytes);
    let mut rates = 0;
    while let Some(event) = stream.next() {
        let Ok(event) = event else { return (rates, false) };
        if let DecoderEvent::Message(message) = event {
            let timed =
                |f: &Field| f.num == 253 && matches!(f.value, Value::Uint32(0x1000_0000..=0xffff_fffe));
            let rate = |f: &Field| f.num == 3 && matches!(f.value, Value::Uint8(1..=0xfe));
            let holds = |what: &dyn Fn(&Field) -> bool| message.fields.iter().any(what);
            rates += usize::from(message.num.0 == 20 && holds(&timed) && holds(&rate));
        }
    }
    (rates, true)
}

#[test]
fn recordings_hold_what_another_decoder_reads() {
    let data = std::env::var("HUMANTWIN_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").to_owned());
    let mut folders = vec![std::path::PathBuf::from(data).join("activity_files")];
    if !folders[0].is_dir() {
        eprintln!("skipped: no recordings");
        return;
    }
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "fit") {
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let all = read(&bytes);
            let (rates, whole) = by_the_crate(&bytes);
            let ours =
                all.series.iter().filter(|b| b.metric.as_str() == "heart_rate" && b.origin.method.is_none());
            assert_eq!(
                ours.map(|b| b.samples.len()).sum::<usize>(),
                rates,
                "heart rates of {}",
                path.display()
            );
            assert!(!whole || refusals(&all).iter().all(|code| *code == "bad_time"), "{}", path.display());
            let again = read(&bytes);
            assert_eq!((&all.facts, &all.series), (&again.facts, &again.series), "{}", path.display());
        }
    }
    assert!(files > 30, "{files} files");
}
