//! One activity as FIT, TCX and GPX says the same, on recordings at hand.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use twin_adapters::files::{Format, ReadOptions, read_file};
use twin_core::event::{EventBody, WorkoutRecorded};
use twin_core::observation::Collected;
use twin_core::{Code, Error, Timestamp, Zone};

fn recordings() -> Option<PathBuf> {
    let data = std::env::var("HUMANTWIN_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").to_owned());
    Some(Path::new(&data).join("activity_files")).filter(|folder| folder.is_dir())
}

fn read(path: &Path) -> (Result<Format, Error>, Collected) {
    let options = ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    };
    let mut all = Collected::default();
    (read_file(&mut std::fs::File::open(path).unwrap(), &options, &mut all), all)
}

fn workout(all: &Collected) -> Option<&WorkoutRecorded> {
    all.facts.iter().find_map(|fact| match &fact.body {
        EventBody::WorkoutRecorded(workout) => Some(&**workout),
        _ => None,
    })
}

fn by_second(all: &Collected, metric: &str) -> BTreeMap<i64, f64> {
    all.samples(metric).into_iter().map(|(at, _, value)| (at / 1_000_000, value)).collect()
}

/// Pairs of rows whose seconds follow each other: what both formats counted, whatever a pause hid.
fn without_gaps<V: Copy>(rows: &BTreeMap<i64, V>) -> impl Iterator<Item = (V, V)> {
    rows.iter().zip(rows.iter().skip(1)).filter(|(a, b)| b.0 - a.0 == 1).map(|(a, b)| (*a.1, *b.1))
}

fn metres_of_positions(all: &Collected) -> f64 {
    let lon = by_second(all, "gpx:lon");
    let places: BTreeMap<i64, (f64, f64)> = by_second(all, "gpx:lat")
        .into_iter()
        .filter_map(|(at, lat)| Some((at, (lat, *lon.get(&at)?))))
        .collect();
    let steps = without_gaps(&places).map(|(a, b)| {
        // A flat Earth is good to a thousandth within a second's way.
        let east = (b.1 - a.1) * 111_412.8 * a.0.to_radians().cos();
        east.hypot((b.0 - a.0) * 111_132.9)
    });
    steps.sum()
}

fn metres_counted(all: &Collected) -> f64 {
    without_gaps(&by_second(all, "fit:distance")).map(|(a, b)| b - a).sum()
}

#[test]
fn one_ride_in_three_formats() {
    let Some(folder) = recordings() else {
        eprintln!("skipped: no recordings");
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("same_activity_fit_tcx_gpx"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read: Vec<(Format, Collected)> =
        files.iter().map(|f| read(f)).map(|(f, all)| (f.unwrap(), all)).collect();
    let fits: Vec<&Collected> = read.iter().filter(|(f, _)| *f == Format::Fit).map(|(_, all)| all).collect();
    let mut compared = 0;
    for (format, other) in read.iter().filter(|(f, _)| *f != Format::Fit) {
        let ours = workout(other).unwrap();
        let Some(fit) = fits.iter().find(|f| workout(f).unwrap().start == ours.start) else { continue };
        let theirs = workout(fit).unwrap();
        compared += 1;
        assert_eq!(
            by_second(other, "heart_rate"),
            by_second(fit, "heart_rate"),
            "every rate of every second"
        );
        assert_eq!(by_second(other, "cadence_cycling"), by_second(fit, "cadence_cycling"));
        assert_eq!(ours.sport, theirs.sport);
        // A session may end before the last of its records, by what its device paused: the records decide.
        let last = *by_second(fit, "heart_rate").keys().next_back().unwrap();
        assert!((ours.end.micros() / 1_000_000 - last).abs() <= 1, "{format:?} ends with the last record");
        assert!((ours.heart_rate_mean.unwrap() - theirs.heart_rate_mean.unwrap()).abs() < 1.0, "{format:?}");
        assert_eq!(ours.heart_rate_max, theirs.heart_rate_max);
        let altitude = by_second(fit, "altitude");
        assert!(by_second(other, "altitude").iter().all(|(at, v)| (altitude[at] - v).abs() < 1e-3));
        if *format == Format::Tcx {
            assert!((ours.distance_m.unwrap() - theirs.distance_m.unwrap()).abs() < 0.01);
            assert_eq!((ours.energy_kcal, ours.laps.len()), (theirs.energy_kcal, theirs.laps.len()));
            assert_eq!(by_second(other, "power"), by_second(fit, "power"));
        } else {
            let (positions, counted) = (metres_of_positions(other), metres_counted(fit));
            assert!((positions / counted - 1.0).abs() < 0.01, "{positions} {counted}");
            // Where the recording never stopped, the whole distance agrees as well.
            if theirs.end.secs_since(theirs.start) - theirs.moving_s.unwrap() < 1.0 {
                assert!((ours.distance_m.unwrap() / theirs.distance_m.unwrap() - 1.0).abs() < 0.005);
            }
        }
    }
    assert_eq!(compared, 3);
}

/// What stands between two marks.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    Some(text.split_once(open)?.1.split_once(close)?.0.trim())
}

/// Different (time, value) pairs of points, by their tags alone: a count that needs no XML parser. The value
/// stands after the last of the marks and before the end.
fn tags(text: &str, point: &str, time: &str, marks: &[&str], end: &str) -> usize {
    let (open, close) = (format!("<{point}"), format!("</{point}>"));
    let points = text.split(&open).skip(1).filter_map(|p| p.split(&close).next());
    let value = |p| {
        let rest = marks.iter().try_fold(p, |rest: &str, mark| Some(rest.split_once(mark)?.1))?;
        Some(rest.split_once(end)?.0.trim())
    };
    points.filter_map(|p| Some((between(p, time, "<")?, value(p)?))).collect::<BTreeSet<_>>().len()
}

#[test]
fn every_recording_is_read_or_refused_with_a_reason() {
    let Some(folder) = recordings() else {
        eprintln!("skipped: no recordings");
        return;
    };
    let mut folders = vec![folder];
    let (mut files, mut refused, mut counted) = (0, 0, 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let plain = name.trim_end_matches(".gz");
            if !plain.ends_with(".tcx") && !plain.ends_with(".gpx") {
                continue;
            }
            files += 1;
            let mut bytes = std::fs::read(&path).unwrap();
            if name.ends_with(".gz") {
                let packed = std::mem::take(&mut bytes);
                std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&packed[..]), &mut bytes)
                    .unwrap();
            }
            let text = String::from_utf8(bytes).unwrap();
            let (outcome, all) = read(&path);
            let Ok(format) = outcome else {
                assert_eq!(outcome.unwrap_err().code(), Code::Unsupported, "{name}");
                assert!(
                    all.series.is_empty() && !text.contains("<trkpt") || !all.refused.is_empty(),
                    "{name}"
                );
                refused += 1;
                continue;
            };
            let count = |point, marks: &[&str], end| {
                let time = if point == "Trackpoint" { "<Time>" } else { "<time>" };
                tags(&text, point, time, marks, end)
            };
            let (place, points, rates) = if format == Format::Tcx {
                let rates = count("Trackpoint", &["<HeartRateBpm", "<Value>"], "<");
                ("tcx:LatitudeDegrees", count("Trackpoint", &["<LatitudeDegrees>"], "<"), rates)
            } else {
                // A place and a point of a track are two, also at one instant.
                let both = |marks: &[&str], end| count("trkpt", marks, end) + count("wpt", marks, end);
                ("gpx:lat", both(&["lat=\""], "\""), both(&[":hr>"], "<"))
            };
            assert_eq!(
                (all.samples(place).len(), all.samples("heart_rate").len()),
                (points, rates),
                "{name}"
            );
            counted += points + rates;
        }
    }
    assert!(files >= 42 && refused < files / 3, "{files} files, {refused} refused");
    assert!(counted > 30_000, "{counted}");
}
