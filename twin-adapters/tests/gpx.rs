//! The GPX reader against files written here.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use twin_adapters::files::{Format, ReadOptions, detect, gpx};
use twin_core::event::{EventBody, KeptValue, WorkoutRecorded};
use twin_core::observation::Collected;
use twin_core::{Code, Error, Timestamp, Zone};

fn options() -> ReadOptions {
    ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    }
}

fn try_read(bytes: &[u8]) -> (Result<(), Error>, Collected) {
    let mut all = Collected::default();
    (gpx::read(&mut &*bytes, &options(), &mut all), all)
}

fn read(text: &str) -> Collected {
    let (outcome, all) = try_read(text.as_bytes());
    outcome.unwrap();
    all
}

fn workouts(all: &Collected) -> Vec<&WorkoutRecorded> {
    let bodies = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::WorkoutRecorded(workout) => Some(&**workout),
        _ => None,
    });
    bodies.collect()
}

/// (seconds after 10:00, value)
fn rows(all: &Collected, metric: &str) -> Vec<(i64, f64)> {
    let start: Timestamp = "2024-05-01T10:00:00Z".parse().unwrap();
    all.samples(metric).iter().map(|(at, _, v)| ((at - start.micros()) / 1_000_000, *v)).collect()
}

fn codes(all: &Collected) -> Vec<(&str, &str, u64)> {
    all.refused.iter().map(|r| (r.code.as_str(), r.subject.as_str(), r.count)).collect()
}

fn point(second: u32, lat: f64, inner: &str) -> String {
    let time = format!("<time>2024-05-01T10:00:{second:02}Z</time>");
    format!("<trkpt lat=\"{lat}\" lon=\"7.5\">{time}{inner}</trkpt>")
}

fn document(inner: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\"?><gpx creator=\"Maker &amp; Co\" version=\"1.1\"><metadata><name>day</name>\
         </metadata>{inner}</gpx>"
    )
}

fn ride() -> String {
    let extensions = "<ele>12.5</ele><extensions><power>200</power><x:TrackPointExtension><x:hr>120</x:hr>\
                      <x:cad>80</x:cad><x:atemp>18.5</x:atemp><x:speed>5.5</x:speed></x:TrackPointExtension>\
                      </extensions>";
    let first = [point(0, 45.0, extensions), point(1, 45.0001, "<hr>140</hr>")].concat();
    let second = [point(20, 45.1, "<hr>100</hr>"), point(25, 45.1002, "")].concat();
    document(&format!(
        "<trk><name>Ride</name><desc>d</desc><type>cycling</type><trkseg>{first}</trkseg><trkseg/>\
         <trkseg>{second}</trkseg></trk>"
    ))
}

#[test]
fn a_track_is_a_workout_with_samples() {
    let all = read(&ride());
    assert_eq!(rows(&all, "heart_rate"), [(0, 120.0), (1, 140.0), (20, 100.0)]);
    assert_eq!(rows(&all, "altitude"), [(0, 12.5)]);
    assert_eq!(rows(&all, "power"), [(0, 200.0)]);
    assert_eq!(rows(&all, "speed"), [(0, 5.5)]);
    assert_eq!(rows(&all, "ambient_temperature"), [(0, 18.5)]);
    assert_eq!(rows(&all, "cadence_cycling"), [(0, 80.0)]);
    assert_eq!(rows(&all, "gpx:cad"), [(0, 80.0)]);
    assert_eq!(rows(&all, "gpx:lat").len(), 4);
    let [ride] = workouts(&all)[..] else { panic!("one workout") };
    assert_eq!((ride.title.as_deref(), ride.sport.as_str()), (Some("Ride"), "cycling"));
    assert_eq!(ride.end.secs_since(ride.start), 25.0);
    assert_eq!((ride.heart_rate_mean, ride.heart_rate_max), (Some(120.0), Some(140.0)));
    // 0.0003° of latitude at 45° are 33.34 m; what lies between two segments does not count.
    assert!((ride.distance_m.unwrap() - 33.34).abs() < 0.01, "{:?}", ride.distance_m);
    assert_eq!((ride.energy_kcal, ride.ascent_m, ride.moving_s), (None, None, None));
    let laps: Vec<_> = ride.laps.iter().map(|l| (l.end.secs_since(l.start), l.heart_rate_mean)).collect();
    assert_eq!(laps, [(1.0, Some(130.0)), (5.0, Some(100.0))]);
    let fact = all.facts.iter().find(|f| f.record.is_some()).unwrap();
    assert_eq!(fact.origin.source.as_str(), "gpx/Maker & Co");
    assert_eq!(
        (fact.record.as_ref().unwrap().as_str(), fact.revision >> 18),
        ("track/2024-05-01T10:00:00Z", 25)
    );
    assert!(all.refused.is_empty() && all.warnings.is_empty());
    let head = all.facts.iter().find_map(|f| match &f.body {
        EventBody::MessageKept(kept) if kept.message == "metadata" => Some(kept),
        _ => None,
    });
    assert!(
        head.unwrap().fields.iter().any(|f| f.name == "name" && f.value == KeptValue::Text("day".into()))
    );
}

#[test]
fn places_say_when_only_with_a_time() {
    let (outcome, all) = try_read(
        document(
            "<wpt lat='1' lon='2'><name>home</name></wpt><rte><rtept lat='1' lon='2'/></rte>\
                  <trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk>",
        )
        .as_bytes(),
    );
    assert_eq!(outcome.unwrap_err().code(), Code::Unsupported);
    let places = [("no_time", "trkpt", 1), ("no_time", "wpt", 1), ("not_read", "rte", 1)];
    assert_eq!(codes(&all), places);
    assert!(all.facts.is_empty() && all.series.is_empty());

    let all = read(&document(
        "<wpt lat='1' lon='2'><time>2024-05-01T10:00:03Z</time><hr>171</hr><sym>x</sym></wpt>",
    ));
    assert_eq!(codes(&all), [("not_kept", "sym", 1)]);
    assert_eq!((rows(&all, "heart_rate"), workouts(&all).len()), (vec![(3, 171.0)], 0));
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason() {
    let points = [
        point(1, 999.0, "<hr>99</hr>"),
        point(2, 1.0, "<ele>high</ele><fix>3d</fix>"),
        "<trkpt lat=\"1\" lon=\"2\"><time>noon</time></trkpt>".to_owned(),
        "<trkpt lat=\"1\" lon=\"2\"><time>2024-05-01T10:00:05+02:00</time></trkpt>".to_owned(),
        "<trkpt lat=\"1\" lon=\"2\"><time>2024-05-01T08:00:06</time></trkpt>".to_owned(),
    ];
    let all = read(&document(&format!("<trk><trkseg>{}</trkseg></trk>", points.concat())));
    let expected = [
        ("bad_number", "ele", 1),
        ("bad_time", "trkpt", 1),
        ("not_kept", "fix", 1),
        ("out_of_range", "lat", 1),
    ];
    assert_eq!(codes(&all), expected);
    assert_eq!(rows(&all, "heart_rate"), [(1, 99.0)]);
    assert_eq!(rows(&all, "gpx:lat").len(), 3);
    assert_eq!(all.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["zone_inferred"]);
}

#[test]
fn an_offset_that_is_written_was_lived_in() {
    let at = |second| format!("<trkpt lat='1' lon='2'><time>2024-05-01T12:00:{second}+02:00</time></trkpt>");
    let all = read(&document(&format!("<trk><trkseg>{}{}</trkseg></trk>", at("00"), at("09"))));
    assert_eq!(all.series[0].offset_s, Some(7200));
    let fact = all.facts.iter().find(|f| f.record.is_some()).unwrap();
    assert_eq!((fact.start_offset_s, fact.end_offset_s), (Some(7200), Some(7200)));
}

#[test]
fn damage_costs_what_is_damaged() {
    let whole = ride();
    let cut = whole.find("<trkseg/>").unwrap();
    let (outcome, all) = try_read(&whole.as_bytes()[..cut]);
    outcome.unwrap();
    assert_eq!(codes(&all), [("truncated", "file", 1)]);
    assert_eq!((rows(&all, "heart_rate").len(), workouts(&all).len()), (2, 1));
    assert_eq!(try_read(b"<gpx><trk><trkseg>").0.unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read(b"<gpx/>").0.unwrap_err().code(), Code::Unsupported);
    assert_eq!(detect(whole.as_bytes()), Some(Format::Gpx));
    assert_eq!(detect(b"<x:gpx xmlns:x='y'>"), Some(Format::Gpx));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let _ = try_read(&bytes);
        let _ = try_read(&[b"<gpx><trk><trkseg><trkpt lat='1' lon='2'>".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_change_of_a_file_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = ride().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let (outcome, all) = try_read(&bytes);
        prop_assert!(outcome.is_err() || !all.facts.is_empty() || !all.series.is_empty());
        for block in &all.series {
            prop_assert!(block.samples.values().iter().all(|v| v.is_finite()));
            prop_assert!(block.samples.starts_us().is_sorted());
        }
        for workout in workouts(&all) {
            prop_assert!(workout.start < workout.end);
            prop_assert!(workout.distance_m.is_none_or(|m| m.is_finite() && m >= 0.0));
        }
    }

    /// Positions shifted by a known arc: the distance is that of the meridian.
    #[test]
    fn distance_of_a_meridian(lat in -89.0_f64..88.0, steps in 2_u32..40, step in 1e-5_f64..1e-3) {
        let points: Vec<String> = (0..steps).map(|i| point(i, lat + f64::from(i) * step, "")).collect();
        let all = read(&document(&format!("<trk><trkseg>{}</trkseg></trk>", points.concat())));
        let whole = workouts(&all)[0].distance_m.unwrap();
        // A degree of latitude is 110.57 km at the equator and 111.70 km at the poles.
        let degrees = f64::from(steps - 1) * step;
        prop_assert!((110_560.0..=111_700.0).contains(&(whole / degrees)), "{}", whole / degrees);
    }
}
