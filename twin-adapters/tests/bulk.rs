//! Bulk exports: zips made here, the tables of Strava and Garmin.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use twin_adapters::files::{Format, ReadOptions, read_file};
use twin_core::event::{EventBody, SleepRecorded, WorkoutRecorded};
use twin_core::observation::{Collected, Observation, Refusal, Sink, Warning};
use twin_core::{Code, Error, Result, Timestamp, Zone};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn options() -> ReadOptions {
    ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    }
}

fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn try_read(bytes: &[u8]) -> (Result<Format>, Collected) {
    let mut all = Collected::default();
    (read_file(&mut Cursor::new(bytes), &options(), &mut all), all)
}

fn workouts(all: &Collected) -> Vec<&WorkoutRecorded> {
    let bodies = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::WorkoutRecorded(workout) => Some(&**workout),
        _ => None,
    });
    bodies.collect()
}

fn codes(all: &Collected) -> Vec<(&str, &str)> {
    let mut codes: Vec<_> = all.refused.iter().map(|r| (r.code.as_str(), r.subject.as_str())).collect();
    codes.sort_unstable();
    codes
}

const GPX: &[u8] = b"<gpx><trk><trkseg><trkpt lat='1' lon='2'><time>2024-05-01T10:00:00Z</time></trkpt>\
    <trkpt lat='1' lon='2.001'><time>2024-05-01T10:01:00Z</time></trkpt></trkseg></trk></gpx>";
const TCX: &[u8] = b"<TrainingCenterDatabase><Activities><Activity Sport='Running'><Lap \
    StartTime='2024-05-02T10:00:00Z'><TotalTimeSeconds>60</TotalTimeSeconds></Lap></Activity></Activities>\
    </TrainingCenterDatabase>";

/// One record with a heart rate, and no checksum: a definition and its message.
fn fit() -> Vec<u8> {
    let definition = [0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 0x02];
    let message = [&[0][..], &1_000_000_000_u32.to_le_bytes(), &[61]].concat();
    let length = (definition.len() + message.len()) as u32;
    [&[12, 0x20, 0x54, 0x08][..], &length.to_le_bytes(), b".FIT", &definition, &message].concat()
}

const STRAVA: &str = "\u{feff}Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,\
    Max Heart Rate,Filename,Elapsed Time,Moving Time,Distance,Elevation Gain,Max Heart Rate,Average Heart Rate,Calories\n\
    11,\"Apr 30, 2026, 7:00:00 PM\",\"Hills, \"\"long\"\"\",Ride,3600,30.10,175,activities/11.fit.gz,3600.5,3500.0,\
    30098.7,120.5,176,150.5,700\n\
    12,never,Walk,Walk,60,1,,,60,60,1000,,,,\n";

#[test]
fn an_export_of_strava() {
    let zip = pack(&[
        ("export/activities.csv", STRAVA.as_bytes()),
        ("export/activities/11.fit.gz", &gzip(&fit())),
        ("export/activities/12.gpx", GPX),
        ("export/activities/13.tcx.gz", &gzip(TCX)),
        ("export/activities/14.gpx.gz", &gzip(b"<gpx><trk/></gpx>")),
        ("export/media/a.jpg", b"\xff\xd8\xff\xe0"),
        ("export/broken.gpx.gz", &gzip(GPX)[..30]),
        ("__MACOSX/export/._activities.csv", b"\0\0"),
    ]);
    let (format, all) = try_read(&zip);
    assert_eq!(format.unwrap().as_str(), "zip");
    assert_eq!(all.samples("heart_rate").len(), 1);
    assert_eq!(codes(&all)[..2], [("bad_time", "activity"), ("malformed", "member")]);
    assert_eq!(codes(&all)[2..], [("not_read", ".jpg"), ("truncated", "file"), ("unsupported", "member")]);
    let of = |code: &str| &all.refused.iter().find(|r| r.code == code).unwrap().message;
    assert!(of("unsupported").starts_with("`export/activities/14.gpx`: "), "{}", of("unsupported"));
    assert!(of("malformed").starts_with("`export/broken.gpx`: "), "{}", of("malformed"));
    let crc = all.warnings.iter().find(|w| w.code == "file_crc").unwrap();
    assert!(crc.message.starts_with("1 times, first in `export/activities/11.fit`: "), "{}", crc.message);
    let told = all.warnings.iter().find(|w| w.code == "members_read").unwrap();
    assert_eq!(told.message, "members read: 1 fit, 1 gpx, 1 strava_activities, 1 tcx");

    let [ride, track, run] = workouts(&all)[..] else { panic!("three workouts") };
    assert_eq!((ride.sport.as_str(), ride.title.as_deref()), ("cycling", Some("Hills, \"long\"")));
    assert_eq!(
        (ride.start.to_string(), ride.end.secs_since(ride.start)),
        ("2026-04-30T19:00:00Z".into(), 3600.5)
    );
    assert_eq!((ride.distance_m, ride.moving_s, ride.ascent_m), (Some(30098.7), Some(3500.0), Some(120.5)));
    assert_eq!(
        (ride.heart_rate_mean, ride.heart_rate_max, ride.energy_kcal),
        (Some(150.5), Some(176.0), Some(700.0))
    );
    assert_eq!((track.sport.as_str(), run.sport.as_str()), ("unknown", "running"));
}

const ACTIVITIES: &str = r#"[{"summarizedActivitiesExport":[
    {"activityId":111,"name":"Run","activityType":"trail_running","startTimeGmt":1700000000000.0,
     "startTimeLocal":1700003600000.0,"duration":1800500.0,"elapsedDuration":1900000.0,"distance":512300.0,
     "elevationGain":4200.0,"avgHr":140.0,"maxHr":171.0,"calories":1676.0,"splits":[{"lap":1}]},
    {"activityId":112}]}]"#;
const SLEEP: &str = r#"[{"sleepStartTimestampGMT":"2023-06-20T22:40:00.0","sleepEndTimestampGMT":"2023-06-21T05:40:00.0",
    "calendarDate":"2023-06-21","deepSleepSeconds":3600,"lightSleepSeconds":14400,"remSleepSeconds":5400,
    "awakeSleepSeconds":1800,"sleepScores":{"overallScore":81}},
    {"calendarDate":"2023-06-22","sleepWindowConfirmationType":"OFF_WRIST"}]"#;
const HEALTH: &str = r#"[{"calendarDate":"2023-06-21","metrics":[{"type":"HRV","value":52.0,"status":"IN_RANGE"},
    {"type":"SPO2"}]}]"#;

#[test]
fn an_export_of_garmin() {
    let uploads = pack(&[("jo@mail.example_1.fit", &fit()), ("jo@mail.example_2.txt", b"nothing\0to read")]);
    let zip = pack(&[
        ("DI_CONNECT/DI-Connect-Fitness/jo@mail.example_0_summarizedActivities.json", ACTIVITIES.as_bytes()),
        ("DI_CONNECT/DI-Connect-Wellness/2023_sleepData.json", SLEEP.as_bytes()),
        ("DI_CONNECT/DI-Connect-Wellness/2023_healthStatusData.json", HEALTH.as_bytes()),
        ("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", &uploads),
    ]);
    let (format, all) = try_read(&zip);
    assert_eq!(format.unwrap(), Format::Zip);
    let [run] = workouts(&all)[..] else { panic!("one workout") };
    assert_eq!(
        (run.sport.as_str(), run.distance_m, run.ascent_m),
        ("trail_running", Some(5123.0), Some(42.0))
    );
    assert_eq!((run.moving_s, run.end.secs_since(run.start)), (Some(1800.5), 1900.0));
    assert_eq!((run.heart_rate_mean, run.energy_kcal), (Some(140.0), None));
    let fact = all.facts.iter().find(|f| f.body.kind() == "health.workout_recorded").unwrap();
    assert_eq!((fact.record.as_ref().unwrap().as_str(), fact.start_offset_s), ("activity/111", Some(3600)));
    let nights: Vec<&SleepRecorded> = all
        .facts
        .iter()
        .filter_map(|f| if let EventBody::SleepRecorded(s) = &f.body { Some(&**s) } else { None })
        .collect();
    assert_eq!((nights.len(), nights[0].asleep_min, nights[0].awake_min), (1, Some(390.0), Some(30.0)));
    assert_eq!(
        (nights[0].vendor_score, nights[0].end.to_string()),
        (Some(81.0), "2023-06-21T05:40:00Z".into())
    );
    assert_eq!(all.bodies("health.measurement_recorded").count(), 1);
    assert_eq!(all.samples("heart_rate").len(), 1); // of the FIT file in the zip in the zip
    assert_eq!(
        codes(&all),
        [("bad_time", "garmin_activities"), ("no_time", "garmin_sleep"), ("not_read", ".txt")]
    );
    assert!(all.refused.iter().all(|r| !r.message.contains("jo@")), "{:?}", all.refused);
    assert!(all.refused.iter().any(|r| r.message.contains("/UploadedFiles_0-_Part1.zip/…_2.txt`")));
}

#[test]
fn what_precedes_damage_is_kept() {
    for (text, cut) in [(ACTIVITIES, 12), (SLEEP, 5)] {
        let (outcome, all) = try_read(&text.as_bytes()[..text.len() - cut]);
        outcome.unwrap();
        assert_eq!((all.facts.len(), codes(&all)), (2, vec![("damaged", "file")]));
        assert_eq!(try_read(&text.as_bytes()[..160]).0.unwrap_err().code(), Code::Malformed);
    }
}

#[test]
fn zips_in_zips_have_a_depth() {
    let mut nested = pack(&[("a.gpx", GPX)]);
    for _ in 0..6 {
        nested = pack(&[("in.zip", &nested)]);
    }
    let (outcome, all) = try_read(&nested);
    assert_eq!(outcome.unwrap_err().code(), Code::Unsupported);
    assert_eq!(codes(&all), [("too_deep", "member")]);
}

#[test]
fn zips_of_nothing() {
    assert_eq!(try_read(&pack(&[])).0.unwrap_err().code(), Code::Unsupported);
    let (outcome, all) = try_read(&pack(&[("readme", b"\0\0"), ("b/", b"")]));
    assert_eq!((outcome.unwrap_err().code(), codes(&all)), (Code::Unsupported, vec![("not_read", "member")]));
    assert_eq!(try_read(b"PK\x03\x04 and no more").0.unwrap_err().code(), Code::Malformed);
}

/// A host that stops, or whose store fails, after some observations.
struct Failing(u32);

impl Sink for Failing {
    fn accept(&mut self, _: Observation) -> Result<()> {
        self.0 = self.0.checked_sub(1).ok_or(Error::Cancelled)?;
        Ok(())
    }
    fn refuse(&mut self, _: Refusal) {}
    fn warn(&mut self, _: Warning) {}
}

#[test]
fn the_host_ends_the_reading() {
    let zip = pack(&[("a.gpx", GPX), ("b.tcx", TCX)]);
    for accepted in 0..5 {
        let outcome = read_file(&mut Cursor::new(&zip), &options(), &mut Failing(accepted));
        assert_eq!(outcome.unwrap_err().code(), Code::Cancelled, "{accepted}");
    }
}

proptest! {
    #[test]
    fn any_change_of_a_zip_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let inner = pack(&[("c.fit", &fit()), ("s.json", SLEEP.as_bytes())]);
        let members = [("a.gpx.gz", &gzip(GPX)[..]), ("activities.csv", STRAVA.as_bytes()), ("in.zip", &inner[..])];
        let mut bytes = pack(&members);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (outcome, all) = try_read(&bytes);
        prop_assert!(outcome.is_err() || !all.facts.is_empty() || !all.series.is_empty() || !all.refused.is_empty());
    }

    #[test]
    fn any_text_of_a_table_is_survived(
        rows in "[a-zA-Z0-9,\"\n :.é-]{0,400}",
        json in "[\\[\\]{}\":,0-9a-z\\-eE. ]{0,300}",
    ) {
        let _ = try_read(format!("Activity ID,Activity Date,Elapsed Time\n{rows}").as_bytes());
        let _ = try_read(format!("[{{\"summarizedActivitiesExport\":{json}}}]").as_bytes());
        let _ = try_read(format!("[{{\"calendarDate\":\"2024-01-01\",\"sleepStartTimestampGMT\":{json}}}]").as_bytes());
    }
}
