//! Two devices, one person: what the twin says beside adding everything up and beside believing the last.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use humantwin::core::event::{Content, Origin, SourcePrioritySet};
use humantwin::core::{MetricId, SourceId};
use humantwin::{
    Engine, EngineOptions, FixedClock, HistoryQuery, ImportOptions, Resolution, Storage, Timestamp, Twin,
};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;
use twin_testkit::{Person, SimOptions};

fn twin(now: &str) -> Twin {
    let clock = FixedClock(now.parse().unwrap());
    let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(clock))).unwrap();
    engine.own_twin("me").unwrap()
}

fn import(twin: &Twin, name: &str, bytes: Vec<u8>) {
    let options = ImportOptions { zone: Some("Europe/Paris".into()), ..ImportOptions::default() };
    twin.import(name, &mut Cursor::new(bytes), &options, None).unwrap();
}

/// Samples of a metric as stored: source, start, value.
fn stored(twin: &Twin, metric: &str, span: Option<(Timestamp, Timestamp)>) -> Vec<(String, i64, f64)> {
    let query = HistoryQuery {
        metric: metric.into(),
        from: span.map(|s| s.0),
        to: span.map(|s| s.1),
        resolution: Resolution::Raw,
        known_at: None,
    };
    let rows = twin.history(&query).unwrap().rows;
    rows.into_iter().map(|r| (r.source, r.start.micros(), r.value)).collect()
}

/// Mean absolute error, in percent of the truth.
fn error(pairs: &[(f64, f64)]) -> f64 {
    100.0 * pairs.iter().map(|(said, truth)| (said - truth).abs()).sum::<f64>()
        / pairs.iter().map(|(_, truth)| truth).sum::<f64>()
}

#[test]
fn steps_of_phone_and_watch_against_the_truth() {
    let (mut ours, mut sums, mut lasts) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=6 {
        let world = Person::simulate(seed, &SimOptions::with_days(28)).unwrap();
        let me = twin("2027-12-01T00:00:00Z");
        for (name, bytes) in world.write_files() {
            import(&me, &name, bytes);
        }
        let truth = world.truth();
        // Days on which the watch saw nothing for hours have no truth that a device could know.
        for day in truth.days.iter().filter(|d| d.device_gaps.is_empty() && d.hours < 26.0) {
            let view = me.days(day.date, day.date).unwrap();
            let said = view.first().and_then(|d| d.activity.as_ref()?.steps).unwrap_or(0.0);
            let all = stored(&me, "steps", me.day_bounds(day.date).ok());
            let sum: f64 = all.iter().map(|r| r.2).sum();
            // Believing the last: of every hour the source that was written last, as a plain table would.
            let mut hours: BTreeMap<i64, BTreeMap<&str, f64>> = BTreeMap::new();
            for (source, start, value) in &all {
                *hours.entry(start / 3_600_000_000).or_default().entry(source).or_default() += value;
            }
            let last: f64 = hours.values().filter_map(|by| by.values().last()).sum();
            let steps = f64::from(day.steps);
            ours.push((said, steps));
            sums.push((sum, steps));
            lasts.push((last, steps));
        }
    }
    let (ours, sum, last) = (error(&ours), error(&sums), error(&lasts));
    println!(
        "steps of a day, mean error in % of the truth: resolved {ours:.1}, summed {sum:.1}, last written {last:.1}"
    );
    assert!(ours < 5.0, "resolved is {ours} % off");
    assert!(sum > 4.0 * ours && last > ours, "summed {sum} %, last written {last} %");
}

#[test]
fn heart_rate_of_strap_and_watch_against_the_truth() {
    let (mut ours, mut plain, mut lasts) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=4 {
        let world = Person::simulate(seed, &SimOptions::with_days(28)).unwrap();
        let me = twin("2027-12-01T00:00:00Z");
        for (name, bytes) in world.write_files() {
            import(&me, &name, bytes);
        }
        // Two watches by their own word; the person says that the one with the strap is to be believed.
        let fit = stored(&me, "heart_rate", None).into_iter().find(|s| s.0.starts_with("fit")).unwrap().0;
        let source = SourceId::new(fit).unwrap();
        let body =
            SourcePrioritySet { metric: MetricId::new("heart_rate").ok(), order: vec![source.clone()] };
        me.record(vec![Content::new(Origin::of(source), "2025-01-01T00:00:00Z".parse().unwrap(), body)])
            .unwrap();
        for session in world.sessions.iter().filter(|s| s.strap) {
            let span = (Timestamp::from_secs(session.start), Timestamp::from_secs(session.end()));
            let samples = stored(&me, "heart_rate", Some(span));
            let sources: std::collections::BTreeSet<&String> = samples.iter().map(|s| &s.0).collect();
            if sources.len() < 2 {
                continue;
            }
            let query = HistoryQuery {
                metric: "heart_rate".into(),
                from: Some(span.0),
                to: Some(span.1),
                resolution: Resolution::Resolved,
                known_at: None,
            };
            let pieces = me.history(&query).unwrap().rows;
            // At every instant one source, whatever the number of devices.
            for pair in pieces.windows(2) {
                assert!(pair[0].end.unwrap_or(pair[0].start) <= pair[1].start, "two pieces at one instant");
            }
            // Second by second, on those of which the strap, at the chest, knows the rate.
            let second = |start: Timestamp| start.micros() / 1_000_000;
            let strap: BTreeMap<i64, f64> =
                samples.iter().filter(|s| s.0.starts_with("fit")).map(|s| (s.1 / 1_000_000, s.2)).collect();
            let said: BTreeMap<i64, f64> = pieces.iter().map(|p| (second(p.start), p.value)).collect();
            let (mut sums, mut latest) = (BTreeMap::<i64, (f64, f64)>::new(), BTreeMap::new());
            for (_, at, value) in &samples {
                let sum = sums.entry(at / 1_000_000).or_default();
                *sum = (sum.0 + value, sum.1 + 1.0);
                latest.insert(at / 1_000_000, *value);
            }
            for (at, rate) in strap.iter().filter(|(at, _)| sums[at].1 > 1.0) {
                ours.push((said.get(at).copied().unwrap_or(0.0), *rate));
                plain.push((sums[at].0 / sums[at].1, *rate));
                lasts.push((latest[at], *rate));
            }
        }
    }
    let (n, ours, plain, last) = (ours.len(), error(&ours), error(&plain), error(&lasts));
    println!(
        "heart rate of {n} seconds seen by strap and watch, error in % of the strap alone: resolved {ours:.2}, averaged {plain:.2}, last written {last:.2}"
    );
    assert!(n > 500 && ours < 0.1 && plain > ours, "{n} seconds: {ours}, {plain}, {last}");
}

#[test]
fn one_ride_recorded_thrice_counts_once() {
    let data = std::env::var("HUMANTWIN_DATA").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join("activity_files/same_activity_fit_tcx_gpx");
    if !folder.is_dir() {
        println!("skipped: there are no recordings; HUMANTWIN_DATA names their folder");
        return;
    }
    let me = twin("2026-11-01T00:00:00Z");
    let mut most = BTreeMap::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for path in &files {
        let alone = twin("2026-11-01T00:00:00Z");
        let (name, bytes) = (path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap());
        import(&alone, &name, bytes.clone());
        import(&me, &name, bytes);
        for (_, at, value) in stored(&alone, "heart_rate", None) {
            most.insert(at / 1_000_000, value);
        }
    }
    let naive = stored(&me, "heart_rate", None).len();
    let query = HistoryQuery {
        metric: "heart_rate".into(),
        from: None,
        to: None,
        resolution: Resolution::Resolved,
        known_at: None,
    };
    let resolved = me.history(&query).unwrap().rows.len();
    println!(
        "{} files: {naive} samples stored, {resolved} instants resolved, {} seconds seen",
        files.len(),
        most.len()
    );
    assert!(naive as f64 > 1.5 * most.len() as f64);
    assert!((resolved as f64 / most.len() as f64 - 1.0).abs() < 0.01, "{resolved} of {}", most.len());
}
