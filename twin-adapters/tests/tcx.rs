//! The TCX reader against files written here.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use twin_adapters::files::{Format, ReadOptions, detect, read_file, tcx};
use twin_core::event::{DeviceKind, EventBody, MessageKept, WorkoutRecorded};
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
    (tcx::read(&mut &*bytes, &options(), &mut all), all)
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

fn messages(all: &Collected) -> Vec<&MessageKept> {
    let bodies = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::MessageKept(kept) => Some(kept),
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

fn point(second: u32, inner: &str) -> String {
    format!("<Trackpoint><Time>2024-05-01T10:00:{second:02}Z</Time>{inner}</Trackpoint>")
}

const RATE: &str = "<HeartRateBpm><Value>140</Value></HeartRateBpm>";

fn activity(sport: &str, inner: &str) -> String {
    format!("<Activity Sport=\"{sport}\"><Id>2024-05-01T10:00:00.000Z</Id>{inner}</Activity>")
}

fn document(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><TrainingCenterDatabase xmlns:ns3=\"x\"><Activities>{inner}</Activities>\
         </TrainingCenterDatabase>"
    )
}

fn ride() -> String {
    let first = point(
        0,
        "<Position><LatitudeDegrees>48.5</LatitudeDegrees><LongitudeDegrees>-2.25</LongitudeDegrees></Position>\
         <AltitudeMeters>100.5</AltitudeMeters><DistanceMeters>0.0</DistanceMeters>\
         <HeartRateBpm><Value>120</Value></HeartRateBpm><Cadence>80</Cadence>\
         <Extensions><ns3:TPX CadenceSensor=\"Bike\"><ns3:Speed>6.5</ns3:Speed><ns3:Watts>210</ns3:Watts>\
         </ns3:TPX></Extensions>",
    );
    let border = point(10, RATE);
    let last = point(30, "<HeartRateBpm><Value>0</Value></HeartRateBpm><Glow>7.5</Glow>");
    let laps = format!(
        "<Lap StartTime=\"2024-05-01T10:00:00Z\"><TotalTimeSeconds>10</TotalTimeSeconds>\
         <DistanceMeters>60.5</DistanceMeters><Calories>3</Calories>\
         <AverageHeartRateBpm><Value>130</Value></AverageHeartRateBpm>\
         <MaximumHeartRateBpm><Value>140</Value></MaximumHeartRateBpm><TriggerMethod>Manual</TriggerMethod>\
         <Track>{first}{border}</Track><Extensions><LX><AvgWatts>200</AvgWatts></LX></Extensions></Lap>\
         <Lap StartTime=\"2024-05-01T10:00:10Z\"><TotalTimeSeconds>5</TotalTimeSeconds>\
         <DistanceMeters>30</DistanceMeters><Calories>2</Calories>\
         <AverageHeartRateBpm><Value>145</Value></AverageHeartRateBpm>\
         <MaximumHeartRateBpm><Value>151</Value></MaximumHeartRateBpm>\
         <Track>{border}{last}</Track><Extensions><LX><AvgWatts>260</AvgWatts></LX></Extensions></Lap>\
         <Creator><Name>Edge Nine</Name><UnitId>77</UnitId><Version><VersionMajor>5</VersionMajor>\
         <VersionMinor>30</VersionMinor></Version></Creator>"
    );
    document(&activity("Biking", &laps))
}

#[test]
fn a_ride_is_a_workout_with_samples() {
    let all = read(&ride());
    assert_eq!(rows(&all, "heart_rate"), [(0, 120.0), (10, 140.0)]); // the border of two laps once
    assert_eq!(rows(&all, "altitude"), [(0, 100.5)]);
    assert_eq!(rows(&all, "speed"), [(0, 6.5)]);
    assert_eq!(rows(&all, "power"), [(0, 210.0)]);
    assert_eq!(rows(&all, "cadence_cycling"), [(0, 80.0)]);
    assert_eq!(rows(&all, "tcx:Cadence"), [(0, 80.0)]);
    assert_eq!(rows(&all, "tcx:LatitudeDegrees"), [(0, 48.5)]);
    assert_eq!(rows(&all, "tcx:LongitudeDegrees"), [(0, -2.25)]);
    assert_eq!(rows(&all, "tcx:Glow"), [(30, 7.5)]);
    assert_eq!(all.series.iter().find(|b| b.metric.as_str() == "speed").unwrap().unit, "m/s");

    let [ride] = workouts(&all)[..] else { panic!("one workout") };
    assert_eq!((ride.sport.as_str(), ride.start.to_string()), ("cycling", "2024-05-01T10:00:00Z".into()));
    assert_eq!(ride.end.to_string(), "2024-05-01T10:00:30Z"); // the last point, after a pause
    assert_eq!((ride.moving_s, ride.distance_m, ride.energy_kcal), (Some(15.0), Some(90.5), Some(5.0)));
    assert_eq!((ride.heart_rate_mean, ride.heart_rate_max), (Some(135.0), Some(151.0))); // (130·10 + 145·5) / 15
    assert_eq!(ride.power_mean_w, Some(220.0));
    assert_eq!(ride.laps.len(), 2);
    assert_eq!((ride.laps[0].distance_m, ride.laps[1].end), (Some(60.5), ride.end));

    let fact = all.facts.iter().find(|f| f.body.kind() == "health.workout_recorded").unwrap();
    assert_eq!(fact.origin.source.as_str(), "tcx/Edge Nine-77");
    assert_eq!(fact.record.as_ref().unwrap().as_str(), "activity/2024-05-01T10:00:00.000Z");
    assert_eq!(fact.revision >> 18, 30); // seconds; the content decides between equals
    let EventBody::DeviceDescribed(device) = &all.facts[0].body else { panic!("the device first") };
    assert_eq!((device.kind, device.software.as_deref()), (DeviceKind::SportComputer, Some("5.30")));
    let laps: Vec<_> = messages(&all).into_iter().filter(|m| m.message == "Lap").collect();
    assert!(laps.len() == 2 && laps[0].fields.iter().any(|f| f.name == "TriggerMethod"));
    assert_eq!(all.warnings.len(), 1);
    assert_eq!(all.warnings[0].code, "zero_heart_rate");
    assert!(all.refused.is_empty());
}

#[test]
fn strides_are_two_steps() {
    let run = |inner: &str| read(&document(&activity("Running", &point(1, inner))));
    assert_eq!(rows(&run("<Cadence>80</Cadence>"), "cadence_running"), [(1, 160.0)]);
    let both = run("<Cadence>1</Cadence><Extensions><TPX><RunCadence>81</RunCadence></TPX></Extensions>");
    assert_eq!(rows(&both, "cadence_running"), [(1, 162.0)]);
    assert_eq!(rows(&both, "cadence_cycling"), []);
    let other = read(&document(&activity("Other", &point(1, "<Cadence>80</Cadence>"))));
    assert_eq!((rows(&other, "cadence_running"), rows(&other, "tcx:Cadence")), (vec![], vec![(1, 80.0)]));
}

#[test]
fn several_activities_and_sports() {
    let lap = |start: u32| {
        let start = format!("<Lap StartTime=\"2024-05-01T10:00:{start:02}Z\">");
        format!("{start}<TotalTimeSeconds>5</TotalTimeSeconds></Lap>")
    };
    let multi = format!(
        "<MultiSportSession><FirstSport>{}</FirstSport><NextSport>{}{}\
         </NextSport></MultiSportSession>",
        activity("Biking", &lap(0)),
        lap(5).replace("Lap", "Transition"),
        activity("Running", &lap(10))
    );
    let all = read(&document(&multi));
    let sports: Vec<_> = workouts(&all).iter().map(|w| (w.sport.as_str(), w.end.to_string())).collect();
    let ends = ["05", "10", "15"].map(|s| format!("2024-05-01T10:00:{s}Z"));
    assert_eq!(sports, ["cycling", "transition", "running"].into_iter().zip(ends).collect::<Vec<_>>());
    let seconds: Vec<_> = workouts(&all).iter().map(|w| w.moving_s).collect();
    assert_eq!(seconds, [Some(5.0); 3]);
}

#[test]
fn plans_are_refused() {
    let course = "<Courses><Course><Name>x</Name><Track><Trackpoint><Time>2024-05-01T10:00:00Z</Time>\
                  </Trackpoint></Track></Course></Courses><Workouts><Workout/></Workouts>";
    let (outcome, all) =
        try_read(format!("<TrainingCenterDatabase>{course}</TrainingCenterDatabase>").as_bytes());
    assert_eq!(outcome.unwrap_err().code(), Code::Unsupported);
    assert_eq!(codes(&all), [("not_read", "Course", 1), ("not_read", "Workout", 1)]);
    assert!(all.facts.is_empty() && all.series.is_empty());
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason() {
    let points = [
        format!("<Trackpoint>{RATE}</Trackpoint>"),
        format!("<Trackpoint><Time>noon</Time>{RATE}</Trackpoint>"),
        point(1, "<Position><LatitudeDegrees>999</LatitudeDegrees></Position>"),
        point(2, "<AltitudeMeters>high</AltitudeMeters><SensorState>Present</SensorState>"),
        point(3, "<AltitudeMeters>NaN</AltitudeMeters>"),
        format!("<Trackpoint><Time>2024-05-01T10:00:04</Time>{RATE}</Trackpoint>"),
        format!("<Trackpoint><Time>0001-01-01T00:00:00Z</Time>{RATE}</Trackpoint>"),
    ];
    let all = read(&document(&activity("Other", &points.concat())));
    let expected = [
        ("bad_number", "AltitudeMeters", 2),
        ("bad_time", "Trackpoint", 1),
        ("no_time", "Trackpoint", 2),
        ("not_kept", "SensorState", 1),
        ("out_of_range", "LatitudeDegrees", 1),
    ];
    assert_eq!(codes(&all), expected);
    assert_eq!(all.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["zone_inferred"]);
    assert_eq!(all.samples("heart_rate").len(), 2); // the year 1 is for the intake to refuse
}

#[test]
fn damage_costs_what_is_damaged() {
    let whole = ride();
    let cut = whole.find("<Lap StartTime=\"2024-05-01T10:00:10").unwrap();
    let (outcome, all) = try_read(&whole.as_bytes()[..cut]);
    outcome.unwrap();
    assert_eq!(codes(&all), [("truncated", "file", 1)]);
    assert_eq!(workouts(&all)[0].distance_m, Some(60.5));
    assert!(all.facts.iter().find(|f| f.record.is_some()).unwrap().revision >> 18 < 30); // the whole file will win

    let bytes = whole.replace("<AltitudeMeters>100.5", "<AltitudeMeters>\u{1}").into_bytes();
    let bytes: Vec<u8> = bytes.into_iter().map(|b| if b == 1 { 0xff } else { b }).collect();
    let (outcome, all) = try_read(&bytes);
    outcome.unwrap();
    assert_eq!(codes(&all), [("damaged", "element", 1)]);
    assert_eq!(rows(&all, "heart_rate").len(), 2);

    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>{}", &whole[21..]);
    let all = read(&bomb.replace("Edge Nine", "&b;"));
    assert_eq!(all.series[0].origin.source.as_str(), "tcx/&b;-77");

    for bad in ["<TrainingCenterDatabase>", "<TrainingCenterDatabase><Activities><Activity"] {
        assert_eq!(try_read(bad.as_bytes()).0.unwrap_err().code(), Code::Malformed, "{bad}");
    }
}

#[test]
fn the_format_is_found_from_the_bytes() {
    assert_eq!(detect(ride().as_bytes()), Some(Format::Tcx));
    let prefixed = "\u{feff}<?xml version=\"1.0\"?>\n<ns:TrainingCenterDatabase>";
    assert_eq!(detect(prefixed.as_bytes()), Some(Format::Tcx));
    let mut all = Collected::default();
    let format = read_file(&mut std::io::Cursor::new(ride()), &options(), &mut all).unwrap();
    assert_eq!((format.as_str(), all.facts.len() > 3), ("tcx", true));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let _ = try_read(&bytes);
        let _ = try_read(&[b"<TrainingCenterDatabase><Activities><Activity>".as_slice(), &bytes].concat());
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
        // Nothing out of nothing, and no silence about what was cut.
        prop_assert!(outcome.is_err() || !all.facts.is_empty() || !all.series.is_empty());
        for block in &all.series {
            prop_assert!(block.samples.values().iter().all(|v| v.is_finite()));
            prop_assert!(block.samples.starts_us().is_sorted());
        }
        for workout in workouts(&all) {
            prop_assert!(workout.start <= workout.end);
        }
    }
}
