//! Event-time windows against a slow and obvious computation over all samples at once.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use twin_core::fold::to_micro;
use twin_core::window::{
    CalendarUnit, KeyedWindows, STATE_VERSION, Watermark, WindowOptions, WindowResult, WindowSpec,
};
use twin_core::{Code, Timestamp, Zone, ZoneTimeline};

const S: i64 = 1_000_000;
const MIN: i64 = 60 * S;

fn at(us: i64) -> Timestamp {
    Timestamp::from_micros(us)
}

/// Key, time, duration, value.
type Row = (u64, i64, i64, f64);

/// All that a window says, as bits.
type Said = (u64, i128, u64, u64, (i64, u64), i64, Option<u64>, Option<u64>);

fn bits(v: Option<f64>) -> Option<u64> {
    v.map(f64::to_bits)
}

fn said(r: &WindowResult) -> Said {
    let s = &r.summary;
    let last = s.last().map_or((0, 0), |(t, v)| (t.micros(), v.to_bits()));
    (
        s.count(),
        (s.sum() * 1e6).round() as i128,
        bits(s.min()).unwrap_or(0),
        bits(s.max()).unwrap_or(0),
        last,
        s.covered_us(),
        bits(s.time_weighted_mean()),
        bits(s.quantile(0.5)),
    )
}

/// A result without its quantiles.
fn plainly(r: &WindowResult) -> (u64, i64, i64, u32, Said) {
    let mut said = said(r);
    said.7 = None;
    (r.key, r.start.micros(), r.end.micros(), r.revision, said)
}

/// The newest word on each window; what was taken back is not among them.
fn newest(results: &[WindowResult]) -> BTreeMap<(u64, i64, i64), Said> {
    let mut windows: BTreeMap<(u64, i64), &WindowResult> = BTreeMap::new();
    for r in results {
        if let Some(before) = windows.insert((r.key, r.start.micros()), r) {
            assert_eq!(r.revision, before.revision + 1, "revisions rise by one");
        } else {
            assert_eq!(r.revision, 0);
        }
    }
    let kept = windows.into_values().filter(|r| !r.summary.is_empty());
    kept.map(|r| ((r.key, r.start.micros(), r.end.micros()), said(r))).collect()
}

/// Spans of windows that hold samples, or into which a value holds, slowly: for fixed windows.
fn spans(spec: &WindowSpec, rows: &[Row], hold: Option<i64>) -> BTreeSet<(i64, i64)> {
    let mut spans = BTreeSet::new();
    match spec {
        WindowSpec::Tumbling { size_us } => return spans_of(*size_us, *size_us, rows, hold),
        WindowSpec::Sliding { size_us, every_us } => return spans_of(*size_us, *every_us, rows, hold),
        WindowSpec::Session { gap_us } => {
            let mut sorted: Vec<(i64, i64)> = rows.iter().map(|r| (r.1, r.1 + r.2 + gap_us)).collect();
            sorted.sort_unstable();
            let mut open: Option<(i64, i64)> = None;
            for (start, end) in sorted {
                open = match open {
                    Some((s, e)) if start < e => Some((s, e.max(end))),
                    Some(done) => {
                        spans.insert(done);
                        Some((start, end))
                    }
                    None => Some((start, end)),
                };
            }
            spans.extend(open);
        }
        WindowSpec::Calendar { zones, .. } => {
            for row in rows {
                let mut date = zones.date_of(at(row.1));
                loop {
                    let (start, end) = zones.day_bounds(date);
                    spans.insert((start.micros(), end.micros()));
                    let length = if row.2 > 0 { row.2 } else { hold.unwrap_or(0) };
                    if hold.is_none() || end.micros() >= row.1 + length {
                        break;
                    }
                    date = date.plus_days(1);
                }
            }
        }
    }
    spans
}

fn spans_of(size: i64, every: i64, rows: &[Row], hold: Option<i64>) -> BTreeSet<(i64, i64)> {
    let mut spans = BTreeSet::new();
    for row in rows {
        let length = hold.map_or(0, |hold| if row.2 > 0 { row.2 } else { hold });
        let mut start = (row.1 - size).div_euclid(every) * every;
        while start <= row.1 + length {
            spans.insert((start, start + size));
            start += every;
        }
    }
    spans
}

/// One window over all samples of a key, in any order.
fn window(rows: &[Row], session: bool, (start, end): (i64, i64), options: &WindowOptions) -> Option<Said> {
    let inside: Vec<&Row> = rows.iter().filter(|r| r.1 >= start && r.1 < end).collect();
    let (mut amount, mut covered) = (0_i128, 0_i64);
    if let Some(hold) = options.hold_us {
        let length = |r: &Row| if r.2 > 0 { r.2 } else { hold };
        let mut sorted: Vec<&Row> = if session { inside.clone() } else { rows.iter().collect() };
        sorted.sort_by(|a, b| (a.1, length(a)).cmp(&(b.1, length(b))).then(a.3.total_cmp(&b.3)));
        for (i, row) in sorted.iter().enumerate() {
            let next = sorted.get(i + 1).map_or(i64::MAX, |n| n.1);
            let (from, to) = (row.1.max(start), (row.1 + length(row)).min(next).min(end));
            if to > from {
                amount += i128::from(to_micro(row.3)) * i128::from(to - from);
                covered += to - from;
            }
        }
    }
    if inside.is_empty() && covered == 0 {
        return None;
    }
    let mut values: Vec<f64> = inside.iter().map(|r| r.3).collect();
    values.sort_by(f64::total_cmp);
    let mut sketch = twin_core::window::QuantileSketch::default();
    values.iter().for_each(|v| sketch.add(*v));
    let median = sketch.quantile(0.5).filter(|_| options.quantiles);
    let last = inside.iter().max_by(|a, b| a.1.cmp(&b.1).then(a.3.total_cmp(&b.3)));
    Some((
        inside.len() as u64,
        inside.iter().map(|r| i128::from(to_micro(r.3))).sum(),
        values.first().map_or(0, |v| v.to_bits()),
        values.last().map_or(0, |v| v.to_bits()),
        last.map_or((0, 0), |r| (r.1, r.3.to_bits())),
        covered,
        (covered > 0).then(|| (amount as f64 / covered as f64 / 1e6).to_bits()),
        median.map(|m| m.clamp(values[0], values[values.len() - 1]).to_bits()),
    ))
}

/// All windows of all samples.
fn batch(spec: &WindowSpec, options: &WindowOptions, rows: &[Row]) -> BTreeMap<(u64, i64, i64), Said> {
    let mut all = BTreeMap::new();
    for key in rows.iter().map(|r| r.0).collect::<BTreeSet<_>>() {
        let own: Vec<Row> = rows.iter().filter(|r| r.0 == key).copied().collect();
        for span in spans(spec, &own, options.hold_us) {
            if let Some(said) = window(&own, matches!(spec, WindowSpec::Session { .. }), span, options) {
                all.insert((key, span.0, span.1), said);
            }
        }
    }
    all
}

fn paris() -> ZoneTimeline {
    ZoneTimeline::new(vec![(at(0), Zone::named("Europe/Paris").unwrap())])
}

/// Around the night in which the clocks go forward.
const BASE: i64 = 1_774_735_200 * S; // 2026-03-28T22:00:00Z

fn specs() -> impl Strategy<Value = WindowSpec> {
    prop_oneof![
        (1..40_i64).prop_map(|m| WindowSpec::Tumbling { size_us: m * MIN }),
        (1..12_i64, 1..12_i64)
            .prop_map(|(a, b)| WindowSpec::Sliding { size_us: a.max(b) * MIN, every_us: a.min(b) * MIN }),
        (1..30_i64).prop_map(|m| WindowSpec::Session { gap_us: m * MIN }),
        Just(WindowSpec::Calendar { unit: CalendarUnit::Day, zones: paris() }),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let value = prop_oneof![-100.0..200.0_f64, Just(60.0), Just(0.1)];
    let row = (0..3_u64, 0..400_i64, prop_oneof![4 => Just(0), 1 => 0..20_i64], value);
    // Half minutes, so that samples meet edges and each other.
    let row = row.prop_map(|(key, half, duration, v)| (key, BASE + half * 30 * S, duration * 30 * S, v));
    prop::collection::vec(row, 1..60)
}

/// Rows in an order of arrival in which none comes later than the lateness allows: as each is sent at
/// its time plus a delay.
fn arrival(rows: &[Row], delays: &[i64], lateness: i64) -> Vec<Row> {
    let mut sent: Vec<(i64, Row)> =
        rows.iter().zip(delays.iter().cycle()).map(|(r, d)| (r.1 + d.rem_euclid(lateness + 1), *r)).collect();
    sent.sort_by_key(|(t, _)| *t);
    sent.into_iter().map(|(_, r)| r).collect()
}

fn options() -> impl Strategy<Value = WindowOptions> {
    (0..90_i64, 0..60_i64, prop::option::of(0..15_i64), any::<bool>()).prop_map(
        |(late, bound, hold, quantiles)| WindowOptions {
            watermark: Watermark::Bounded(bound * MIN),
            lateness_us: late * MIN,
            hold_us: hold.map(|m| m * MIN),
            quantiles,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn any_order_within_the_lateness_equals_the_batch(
        spec in specs(), options in options(), rows in rows(),
        delays in prop::collection::vec(0..i64::MAX, 1..60), chunk in 1..20_usize, columns in any::<bool>(),
    ) {
        let Watermark::Bounded(bound) = options.watermark else { unreachable!() };
        let sent = arrival(&rows, &delays, options.lateness_us + bound);
        let mut windows = KeyedWindows::new(spec.clone(), options.clone()).unwrap();
        let mut results = Vec::new();
        for part in sent.chunks(chunk) {
            if columns {
                let column = |f: fn(&Row) -> i64| part.iter().map(f).collect::<Vec<_>>();
                let keys: Vec<u64> = part.iter().map(|r| r.0).collect();
                let values: Vec<f64> = part.iter().map(|r| r.3).collect();
                windows.push_columns(&keys, &column(|r| r.1), &column(|r| r.2), &values).unwrap();
            } else {
                for row in part {
                    windows.push(row.0, at(row.1), row.2, row.3).unwrap();
                }
            }
            results.extend(windows.drain());
            // Stopped and taken up again at any moment.
            let saved = windows.save().unwrap();
            windows = KeyedWindows::restore(spec.clone(), options.clone(), &saved).unwrap();
            prop_assert_eq!(windows.save().unwrap(), saved);
        }
        results.extend(windows.finish());
        prop_assert!(windows.take_late().is_empty());
        prop_assert_eq!(newest(&results), batch(&spec, &options, &rows));
        prop_assert_eq!(windows.keys(), 0, "nothing is kept of what has closed");
    }

    #[test]
    fn parts_merge_to_the_whole(
        spec in specs(), options in options(), rows in rows(), parts in prop::collection::vec(0..3_usize, 60),
    ) {
        let options = WindowOptions { watermark: Watermark::Host, ..options };
        let mut operators: Vec<KeyedWindows> =
            (0..3).map(|_| KeyedWindows::new(spec.clone(), options.clone()).unwrap()).collect();
        for (row, part) in rows.iter().zip(parts.iter().cycle()) {
            operators[*part].push(row.0, at(row.1), row.2, row.3).unwrap();
        }
        let mut merged = operators.pop().unwrap();
        operators.into_iter().for_each(|other| merged.merge(other).unwrap());
        prop_assert_eq!(newest(&merged.finish()), batch(&spec, &options, &rows));
    }

    /// Tumbling windows are kept by time where their plain figures are all that is asked for, and by key
    /// where quantiles are: what they say must not differ, however often they are fetched, saved or merged.
    #[test]
    fn kept_by_time_or_by_key_windows_say_the_same(
        rows in prop::collection::vec((0..12_u64, 0..200_i64, -5..5_i64), 1..150), size in 1..30_i64,
        lateness in 0..60_i64, acts in prop::collection::vec((1..12_usize, 0..5_u8), 1..30), host in any::<bool>(),
    ) {
        let options = |quantiles| WindowOptions {
            watermark: if host { Watermark::Host } else { Watermark::Bounded(MIN) },
            lateness_us: lateness * MIN,
            quantiles,
            ..WindowOptions::default()
        };
        let spec = WindowSpec::Tumbling { size_us: size * MIN };
        let new = |quantiles| KeyedWindows::new(spec.clone(), options(quantiles)).unwrap();
        let mut both = [new(false), new(true)];
        let mut rest = rows.iter();
        for (count, act) in acts.into_iter().cycle().take(60) {
            let some: Vec<_> = rest.by_ref().take(count).collect();
            let mut said = both.iter_mut().zip([false, true]).map(|(windows, quantiles)| {
                let mut other = new(quantiles);
                for (i, (key, minute, value)) in some.iter().enumerate() {
                    let into = if act == 1 && i % 2 == 0 { &mut other } else { &mut *windows };
                    into.push(*key, at(minute * MIN / 2), 0, *value as f64 / 4.0).unwrap();
                }
                let merged = act != 1 || windows.merge(other).is_ok();
                if act == 2 {
                    let saved = windows.save().unwrap();
                    *windows = KeyedWindows::restore(spec.clone(), options(quantiles), &saved).unwrap();
                }
                if act == 3 && let Some(last) = some.last() {
                    windows.set_watermark(at(last.1 * MIN / 2));
                }
                let results = if act == 4 { Vec::new() } else { windows.drain() };
                let results: Vec<_> = results.iter().map(plainly).collect();
                (merged, results, windows.keys(), windows.counts(), windows.take_late())
            });
            prop_assert_eq!(said.next(), said.next());
        }
        let mut last = both.iter_mut().map(|w| (w.finish().iter().map(plainly).collect::<Vec<_>>(), w.keys()));
        prop_assert_eq!(last.next(), last.next());
    }

    #[test]
    fn what_is_too_late_is_handed_over(rows in rows(), spec in specs(), lateness in 0..40_i64) {
        let options = WindowOptions { lateness_us: lateness * MIN, ..WindowOptions::default() };
        let mut windows = KeyedWindows::new(spec, options).unwrap();
        for row in &rows {
            windows.push(row.0, at(row.1), row.2, row.3).unwrap();
        }
        let late = windows.take_late();
        let (taken, too_late) = windows.counts();
        prop_assert_eq!((taken + too_late, late.len() as u64), (rows.len() as u64, too_late));
        for sample in late {
            let row = (sample.key, sample.at.micros(), sample.duration_us, sample.value);
            prop_assert!(rows.contains(&row));
        }
    }

    #[test]
    fn damaged_state_is_an_error(
        spec in specs(), options in options(), rows in rows(), place in any::<prop::sample::Index>(), with in 1..=255_u8,
        noise in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut windows = KeyedWindows::new(spec.clone(), options.clone()).unwrap();
        for row in &rows {
            windows.push(row.0, at(row.1), row.2, row.3).unwrap();
        }
        let mut bytes = windows.save().unwrap();
        let at = place.index(bytes.len());
        bytes[at] ^= with;
        let code = KeyedWindows::restore(spec.clone(), options.clone(), &bytes).unwrap_err().code();
        prop_assert_eq!(code, if (4..6).contains(&at) { Code::Unsupported } else { Code::Corrupt });
        prop_assert!(KeyedWindows::restore(spec.clone(), options.clone(), &noise).is_err());
        // With a hash that fits: refused, or something that works on.
        bytes[4..6].copy_from_slice(&STATE_VERSION.to_le_bytes());
        bytes[..4].copy_from_slice(b"HTWN");
        let hash = blake3::hash(&bytes[22..]);
        bytes[6..22].copy_from_slice(&hash.as_bytes()[..16]);
        if let Ok(mut windows) = KeyedWindows::restore(spec, options, &bytes) {
            for row in &rows {
                windows.push(row.0, twin_core::Timestamp::from_micros(row.1), row.2, row.3).unwrap();
            }
            let all: Vec<Said> = windows.finish().iter().map(said).collect();
            prop_assert!(all.iter().all(|s| s.5 >= 0), "no time is covered less than not at all");
        }
    }
}
