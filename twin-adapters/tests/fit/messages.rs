//! Sessions, days and nights, and everything else.

use super::fit_builder::{Fit, Part, T0, U0};
use super::{BYTE, ENUM, I16, U8, U16, U32, activity, field, kept, read, rows, session, workouts};
use twin_core::event::{DeviceKind, EventBody, KeptValue, Recording, SleepStage};

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
