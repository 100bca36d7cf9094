//! Event-time windows: figures by hand, revisions, joined sessions, days of 23 and 25 hours, work counted.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use twin_core::window::{CalendarUnit, KeyedWindows, Watermark, WindowOptions, WindowResult, WindowSpec};
use twin_core::{Code, Timestamp, Zone, ZoneTimeline};

const S: i64 = 1_000_000;
const MIN: i64 = 60 * S;

fn at(minutes: f64) -> Timestamp {
    Timestamp::from_micros((minutes * MIN as f64) as i64)
}

fn windows(spec: WindowSpec, options: WindowOptions) -> KeyedWindows {
    KeyedWindows::new(spec, options).unwrap()
}

/// Start and end in minutes, revision, count.
fn shape(results: &[WindowResult]) -> Vec<(i64, i64, u32, u64)> {
    let minutes = |t: Timestamp| t.micros() / MIN;
    results.iter().map(|r| (minutes(r.start), minutes(r.end), r.revision, r.summary.count())).collect()
}

#[test]
fn figures_by_hand() {
    let options = WindowOptions { hold_us: Some(2 * MIN), quantiles: true, ..WindowOptions::default() };
    let mut five = windows(WindowSpec::Tumbling { size_us: 5 * MIN }, options);
    // Out of order. 60 holds 1 min, 90 holds 2 of 3 min, 30 holds 1 min here and 1 min in the next window.
    for (minute, value) in [(4.0, 30.0), (0.0, 60.0), (1.0, 90.0)] {
        five.push(1, at(minute), 0, value).unwrap();
    }
    let said = five.finish();
    assert_eq!(shape(&said), [(0, 5, 0, 3), (5, 10, 0, 0)]);
    let first = &said[0].summary;
    assert_eq!(
        (first.sum(), first.mean(), first.min(), first.max()),
        (180.0, Some(60.0), Some(30.0), Some(90.0))
    );
    assert_eq!(first.last(), Some((at(4.0), 30.0)));
    assert_eq!(first.covered_us(), 4 * MIN);
    assert_eq!(first.time_weighted_mean(), Some((60.0 + 2.0 * 90.0 + 30.0) / 4.0));
    assert!((first.quantile(0.5).unwrap() - 60.0).abs() < 0.3);
    let second = &said[1].summary;
    assert_eq!((second.mean(), second.time_weighted_mean(), second.covered_us()), (None, Some(30.0), MIN));
}

#[test]
fn a_duration_weighs_and_ends_with_the_next_sample() {
    let options = WindowOptions { hold_us: Some(0), ..WindowOptions::default() };
    let mut ten = windows(WindowSpec::Tumbling { size_us: 10 * MIN }, options);
    ten.push(1, at(0.0), 4 * MIN, 10.0).unwrap();
    ten.push(1, at(3.0), 6 * MIN, 40.0).unwrap();
    let said = ten.finish();
    assert_eq!(said[0].summary.time_weighted_mean(), Some((3.0 * 10.0 + 6.0 * 40.0) / 9.0));
}

#[test]
fn the_last_is_by_event_time_and_ties_are_settled_by_content() {
    let last = |order: &[(f64, f64)]| {
        let mut w = windows(WindowSpec::Tumbling { size_us: 60 * MIN }, WindowOptions::default());
        order.iter().for_each(|(minute, value)| w.push(1, at(*minute), 0, *value).unwrap());
        w.finish()[0].summary.last().unwrap().1
    };
    assert_eq!(last(&[(5.0, 1.0), (5.0, 7.0), (2.0, 9.0)]), 7.0);
    assert_eq!(last(&[(2.0, 9.0), (5.0, 7.0), (5.0, 1.0)]), 7.0);
}

#[test]
fn a_late_sample_revises_and_a_later_one_is_set_aside() {
    let mut w = windows(WindowSpec::Tumbling { size_us: 5 * MIN }, WindowOptions::default());
    w.push(1, at(1.0), 0, 60.0).unwrap();
    w.push(1, at(64.0), 0, 70.0).unwrap();
    assert_eq!(shape(&w.drain()), [(0, 5, 0, 1)]);
    w.push(1, at(2.0), 0, 80.0).unwrap();
    w.push(1, at(3.0), 0, 81.0).unwrap();
    assert_eq!(shape(&w.drain()), [(0, 5, 1, 3)], "one revision for all that came");
    assert!(w.drain().is_empty(), "nothing new, nothing said");
    w.push(2, at(65.0), 0, 70.0).unwrap(); // an hour after the first window's end
    w.push(1, at(4.0), 0, 99.0).unwrap();
    assert_eq!(shape(&w.drain()), [(60, 65, 0, 1)]);
    assert_eq!(w.counts(), (5, 1));
    let late = w.take_late();
    assert_eq!((late.len(), late[0].key, late[0].at, late[0].value), (1, 1, at(4.0), 99.0));
    // A window that nobody had seen before its end is new, not revised.
    w.push(3, at(12.0), 0, 50.0).unwrap();
    assert_eq!(shape(&w.drain()), [(10, 15, 0, 1)]);
}

#[test]
fn sliding_windows_hold_each_sample_as_often_as_they_overlap() {
    let mut w =
        windows(WindowSpec::Sliding { size_us: 10 * MIN, every_us: 5 * MIN }, WindowOptions::default());
    w.push(1, at(7.0), 0, 1.0).unwrap();
    w.push(1, at(12.0), 0, 2.0).unwrap();
    assert_eq!(shape(&w.drain()), [(0, 10, 0, 1)]);
    w.push(1, at(8.0), 0, 4.0).unwrap();
    assert_eq!(shape(&w.drain()), [(0, 10, 1, 2)], "the others are not over yet");
    let rest = w.finish();
    assert_eq!(shape(&rest), [(5, 15, 0, 3), (10, 20, 0, 1)]);
    assert_eq!(rest[0].summary.sum(), 7.0);
}

#[test]
fn a_late_sample_joins_two_sessions() {
    let mut w = windows(WindowSpec::Session { gap_us: 30 * MIN }, WindowOptions::default());
    w.push(1, at(0.0), 0, 1.0).unwrap();
    w.push(1, at(50.0), 0, 2.0).unwrap();
    w.push(2, at(85.0), 0, 0.0).unwrap();
    assert_eq!(shape(&w.drain()), [(0, 30, 0, 1), (50, 80, 0, 1)]);
    w.push(1, at(25.0), 0, 4.0).unwrap();
    // The second session is taken back, the first one revised: it now ends with the second.
    let joined = w.drain();
    assert_eq!(shape(&joined), [(50, 80, 1, 0), (0, 80, 1, 3)]);
    assert!(joined[0].summary.is_empty());
    assert_eq!(joined[1].summary.sum(), 7.0);
    // A pause of just the gap ends a session.
    w.push(3, at(90.0), 0, 1.0).unwrap();
    w.push(3, at(120.0), 0, 1.0).unwrap();
    let ends: Vec<_> = shape(&w.finish()).into_iter().filter(|r| r.0 >= 90).collect();
    assert_eq!(ends, [(90, 120, 0, 1), (120, 150, 0, 1)]);
}

#[test]
fn days_of_23_and_25_hours() {
    let t = |s: &str| s.parse::<Timestamp>().unwrap();
    let zones = ZoneTimeline::new(vec![(t("2020-01-01T00:00:00Z"), Zone::named("Europe/Paris").unwrap())]);
    let options = WindowOptions { hold_us: Some(40 * 60 * MIN), ..WindowOptions::default() };
    let mut days = windows(WindowSpec::Calendar { unit: CalendarUnit::Day, zones }, options);
    days.push(1, t("2026-03-28T22:59:59Z"), 0, 10.0).unwrap(); // still Saturday
    days.push(1, t("2026-03-28T23:00:00Z"), 0, 20.0).unwrap(); // Sunday, 23 hours
    days.push(1, t("2026-10-25T22:59:59Z"), 0, 30.0).unwrap(); // Sunday, 25 hours
    let said = days.finish();
    let hours = |r: &WindowResult| (r.end.micros() - r.start.micros()) / (60 * MIN);
    let rows: Vec<(String, i64, u64, i64)> = said
        .iter()
        .map(|r| (r.start.to_string(), hours(r), r.summary.count(), r.summary.covered_us() / (60 * MIN)))
        .collect();
    let row = |start: &str, hours, count, covered| (start.to_owned(), hours, count, covered);
    assert_eq!(
        rows,
        [
            row("2026-03-27T23:00:00Z", 24, 1, 0),
            row("2026-03-28T23:00:00Z", 23, 1, 23),
            row("2026-03-29T22:00:00Z", 24, 0, 17), // Sunday's value holds 40 hours
            row("2026-10-24T22:00:00Z", 25, 1, 0),
            row("2026-10-25T23:00:00Z", 24, 0, 24),
            row("2026-10-26T23:00:00Z", 24, 0, 15),
        ]
    );
}

#[test]
fn impossible_questions_and_samples_are_refused() {
    let bad = |spec: WindowSpec, options: WindowOptions| KeyedWindows::new(spec, options).unwrap_err().code();
    let ok = WindowOptions::default;
    assert_eq!(bad(WindowSpec::Tumbling { size_us: 0 }, ok()), Code::InvalidValue);
    assert_eq!(bad(WindowSpec::Session { gap_us: i64::MAX }, ok()), Code::InvalidValue);
    assert_eq!(bad(WindowSpec::Sliding { size_us: 5, every_us: 6 }, ok()), Code::InvalidValue);
    assert_eq!(bad(WindowSpec::Sliding { size_us: 86_400 * S, every_us: S - 1 }, ok()), Code::InvalidValue);
    let hold = WindowOptions { hold_us: Some(20_000 * S), ..ok() };
    assert_eq!(bad(WindowSpec::Tumbling { size_us: S }, hold), Code::InvalidValue);
    let mut w = windows(WindowSpec::Tumbling { size_us: S }, ok());
    for value in [f64::NAN, f64::INFINITY, 1e13] {
        assert_eq!(w.push(1, at(0.0), 0, value).unwrap_err().code(), Code::InvalidValue);
        assert!(w.push_columns(&[1, 1], &[0, 1], &[], &[1.0, value]).is_err());
    }
    assert!(w.push(1, at(0.0), -1, 1.0).is_err());
    assert!(w.push(1, at(0.0), i64::MAX, 1.0).is_err());
    assert!(w.push_columns(&[1], &[i64::MAX], &[], &[1.0]).is_err());
    assert!(w.push_columns(&[1, 2], &[0], &[], &[1.0]).is_err());
    assert_eq!(w.counts(), (0, 0), "a refused column leaves nothing behind");
}

#[test]
fn state_of_another_question_or_version() {
    let spec = WindowSpec::Tumbling { size_us: 5 * MIN };
    let mut w = windows(spec.clone(), WindowOptions::default());
    w.push(1, at(1.0), 0, 60.0).unwrap();
    let bytes = w.save().unwrap();
    let other = WindowOptions { quantiles: true, ..WindowOptions::default() };
    let restore = |options, bytes: &[u8]| KeyedWindows::restore(spec.clone(), options, bytes).map(drop);
    assert_eq!(restore(other, &bytes).unwrap_err().code(), Code::Conflict);
    let mut newer = bytes.clone();
    newer[4] = 9;
    let error = restore(WindowOptions::default(), &newer).unwrap_err();
    assert_eq!(error.code(), Code::Unsupported);
    assert!(error.to_string().contains("version 9"), "{error}");
    assert_eq!(restore(WindowOptions::default(), &[]).unwrap_err().code(), Code::Corrupt);
}

#[test]
fn parts_that_closed_at_different_times_are_not_merged() {
    let part = || windows(WindowSpec::Tumbling { size_us: MIN }, WindowOptions::default());
    let (mut ahead, mut behind) = (part(), part());
    ahead.push(1, at(0.0), 0, 1.0).unwrap();
    ahead.push(1, at(600.0), 0, 1.0).unwrap();
    ahead.drain();
    behind.push(1, at(0.5), 0, 1.0).unwrap();
    let before = ahead.save().unwrap();
    assert_eq!(ahead.merge(behind).unwrap_err().code(), Code::Conflict);
    assert_eq!(ahead.save().unwrap(), before);
}

#[test]
fn only_the_host_moves_the_hosts_watermark() {
    let options = WindowOptions { watermark: Watermark::Host, ..WindowOptions::default() };
    let mut w = windows(WindowSpec::Tumbling { size_us: MIN }, options);
    w.push(1, at(0.0), 0, 1.0).unwrap();
    w.push(2, at(1e6), 0, 1.0).unwrap(); // a clock far ahead closes nothing
    w.push(1, at(0.5), 0, 1.0).unwrap();
    assert!(w.drain().is_empty() && w.watermark().is_none());
    w.set_watermark(at(1.0));
    w.set_watermark(at(0.0)); // it never goes back
    assert_eq!(shape(&w.drain()), [(0, 1, 0, 2)]);
    assert_eq!(w.watermark(), Some(at(1.0)));
}

/// Work for so many samples of so many keys, half of them late, drained after every hundred.
fn work(spec: WindowSpec, options: WindowOptions, keys: u64, samples: u64) -> f64 {
    let mut w = windows(spec, options);
    for i in 0..samples {
        let minute = (i / keys) as f64 / 4.0 - if i % 2 == 0 { 20.0 } else { 0.0 };
        w.push(i % keys, at(minute), 0, 60.0).unwrap();
        if i % 100 == 99 {
            w.drain();
        }
    }
    w.work() as f64
}

#[test]
fn work_grows_with_samples_not_with_keys_or_time() {
    let hold = WindowOptions { hold_us: Some(10 * MIN), ..WindowOptions::default() };
    for spec in [
        WindowSpec::Tumbling { size_us: 5 * MIN },
        WindowSpec::Sliding { size_us: 10 * MIN, every_us: MIN },
        WindowSpec::Session { gap_us: 30 * MIN },
    ] {
        let twice =
            work(spec.clone(), hold.clone(), 50, 40_000) / work(spec.clone(), hold.clone(), 50, 20_000);
        assert!((1.8..2.3).contains(&twice), "{spec:?}: {twice}");
        let keys =
            work(spec.clone(), hold.clone(), 200, 40_000) / work(spec.clone(), hold.clone(), 20, 40_000);
        assert!(keys < 2.0, "{spec:?}: {keys}");
    }
}
