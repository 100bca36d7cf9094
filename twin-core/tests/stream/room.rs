//! The bound: 64 KiB a person, whatever comes, with the newest days exact.

use super::run::*;
use super::world::*;
use twin_core::event::*;
use twin_core::{LocalDate, Timestamp};

const DAYS: i64 = 60;

fn told(said: Said, learned: Timestamp, counter: u32) -> Told {
    let mut clock = clock(0);
    (clock.wall, clock.counter) = (learned, counter);
    Told { said, clock }
}

/// Beats at 1 Hz, never quite regular.
fn beats(device: i64, from_s: i64, seconds: i64) -> Vec<f64> {
    let wave = |t: i64| (t % 5400) as f64 / 5400.0 * std::f64::consts::TAU;
    (from_s..from_s + seconds)
        .map(|t| (70.0 + 12.0 * wave(t).sin() + ((t * 7919 + device * 31) % 13) as f64 / 3.0).round())
        .collect()
}

#[test]
fn sixty_days_of_two_devices_at_1_hz_keep_the_bound_and_the_days() {
    let (mut run, mut all) = (Run::new(), vec![]);
    for hour in 0..24 * DAYS {
        let start = noon(0).plus_secs(hour * 3600);
        let learned = start.plus_secs(3700);
        let mut batch = vec![];
        // The watch is worn for most of the day; the strap beats between its seconds.
        if hour % 24 < 22 {
            batch.push(told(
                Said::Series(block("heart_rate", "watch", start, 1, &beats(0, hour * 3600, 3600))),
                learned,
                0,
            ));
        }
        if hour % 24 > 8 {
            let start = start.plus_micros(400_000);
            batch.push(told(
                Said::Series(block("heart_rate", "strap", start, 1, &beats(1, hour * 3600, 3600))),
                learned,
                1,
            ));
        }
        if hour % 3 == 0 {
            let steps = block("steps", "phone", start, 60, &[30.0; 60]);
            batch.push(told(Said::Series(steps), learned, 2));
            batch.push(told(Said::Fact(coffee(None, start, 80.0)), learned, 3));
        }
        run.batch(&batch, learned);
        all.extend(batch);
    }
    assert_eq!(run.refolds, []);
    let log = full("p", &all);
    run.check(&log, LocalDate::from_days(i32::MIN)).unwrap();
    // Late beats of a part that was let go are named, not guessed.
    let late = block("heart_rate", "ring", noon(DAYS - 3), 1, &[60.0]);
    run.batch(&[told(Said::Series(late), noon(DAYS), 9)], noon(DAYS).plus_secs(4000));
    assert_eq!(run.refolds.len(), 1);
    assert_eq!(run.refolds[0].1, "settled");
}

#[test]
fn sixty_days_of_many_facts_keep_the_bound() {
    let (mut run, mut all) = (Run::new(), vec![]);
    for day in 0..DAYS {
        let mut batch = vec![];
        for n in 0..90 {
            let at = noon(day).plus_secs(n * 300);
            let body = TaskCompleted {
                title: Some("write down what was found and tell the others".into()),
                duration_s: Some(600.0),
                ..TaskCompleted::of(format!("task-{day}-{n}"))
            };
            batch.push(told(Said::Fact(Content::new(Origin::of(source("board")), at, body)), at, n as u32));
        }
        run.batch(&batch, noon(day).plus_secs(30_000));
        all.extend(batch);
    }
    assert_eq!(run.refolds, []);
    run.check(&full("p", &all), LocalDate::from_days(i32::MIN)).unwrap();
}

fn entry() -> CalendarEntry {
    CalendarEntry {
        uid: "x".into(),
        occurrence: None,
        start: noon(0),
        end: noon(0),
        all_day_from: None,
        all_day_until: None,
        busy: Busy::Busy,
        title: None,
        others: None,
        people: Vec::new(),
        organiser: None,
        organised_by: None,
        cancelled: None,
        declined: None,
        declined_by: Vec::new(),
        categories: vec![],
        zone: None,
    }
}

#[test]
fn a_calendar_that_has_no_room_is_left_to_the_full_engine() {
    let mut run = Run::new();
    let meeting = |n: i64| {
        let start = noon(12 + n % 200).plus_secs(n);
        let entry = CalendarEntry { start, end: start.plus_secs(1800), ..entry() };
        Content::new(Origin::of(source("calendar")), noon(10), MeetingPlanned { entry })
    };
    let batch: Vec<Told> = (0..2000).map(|n| told(Said::Fact(meeting(n)), noon(11), n as u32)).collect();
    run.batch(&batch, now());
    let (ceiling, reason) = run.refolds[0].clone();
    assert_eq!(reason, "squeezed_out");
    run.check(&full("p", &batch), LocalDate::from_days(i32::MIN)).unwrap();
    // A day below the ceiling goes on, one above it is left to the full engine.
    run.days.clear();
    run.batch(&[told(Said::Fact(coffee(None, noon(11), 40.0)), noon(11), 5000)], now());
    assert_eq!((run.days.len(), run.refolds.len(), run.back), (1, 1, 0));
    let far = CalendarEntry { start: noon(211), end: noon(211).plus_secs(60), ..entry() };
    let far = Content::new(Origin::of(source("calendar")), noon(10), MeetingPlanned { entry: far });
    run.batch(&[told(Said::Fact(far), noon(11), 5001)], now());
    assert_eq!((run.refolds.len(), run.back), (2, 1));
    assert!(run.refolds[1].0 >= ceiling);
}

#[test]
fn a_person_whose_standing_facts_have_no_room_is_left_to_the_full_engine() {
    let mut run = Run::new();
    let window = |n: i64| WindowRead {
        source: source("app"),
        start: noon(10),
        end: noon(11).plus_secs(n),
        complete: true,
        scope: vec![],
        seen: (0..200).map(|i| twin_core::RecordId::new(format!("record-{n}-{i}")).unwrap()).collect(),
    };
    let windows = (0..60).map(|n| Content::new(Origin::of(source("reader")), noon(11), window(n)));
    let batch: Vec<Told> = windows.zip(0..).map(|(w, n)| told(Said::Fact(w), noon(11), n)).collect();
    run.batch(&batch, now());
    assert_eq!(run.refolds.len(), 1);
    run.batch(&[told(Said::Fact(coffee(None, noon(11), 40.0)), noon(11), 5000)], now());
    assert_eq!((run.refolds.len(), run.days.len(), run.back), (2, 0, 1));
}
