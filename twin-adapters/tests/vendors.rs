//! Answers of services and exports of phones: hand-made bodies with exact numbers, damaged bytes, and
//! every recorded answer of the corpus against a count that knows nothing of the readers.
#![cfg(all(feature = "vendor", feature = "takeout", feature = "health-connect", feature = "tables"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first surprise, and says what it skips"
)]

mod vendor_samples;

use proptest::prelude::*;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use twin_adapters::files::{Format, ReadOptions, read_file};
use twin_core::event::{EventBody, Recording, SleepStage};
use twin_core::observation::Collected;
use twin_core::{Code, Error, Timestamp, Zone};

fn options(name: &str) -> ReadOptions {
    ReadOptions {
        now: "2026-06-01T00:00:00Z".parse().unwrap(),
        zone: Zone::named("Europe/Oslo").unwrap(),
        name: name.into(),
        subject: None,
    }
}

fn try_read(name: &str, bytes: &[u8]) -> (Result<&'static str, Error>, Collected) {
    let mut sink = Collected::default();
    let format = read_file(&mut Cursor::new(bytes), &options(name), &mut sink).map(Format::as_str);
    (format, sink)
}

fn read(name: &str, format: &str, text: &str) -> Collected {
    let (found, sink) = try_read(name, text.as_bytes());
    assert_eq!(found.unwrap(), format);
    sink
}

fn us(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().micros()
}

/// Value of the only measurement of a metric.
fn measured(sink: &Collected, metric: &str) -> f64 {
    let values: Vec<f64> = sink
        .bodies("health.measurement_recorded")
        .filter_map(|b| match b {
            EventBody::MeasurementRecorded(m) if m.metric.as_str() == metric => Some(m.value),
            _ => None,
        })
        .collect();
    assert_eq!(values.len(), 1, "{metric}");
    values[0]
}

#[test]
fn garmin_nights_series_and_days() {
    let text = r#"[{"method":"GET","path":"/sleep-service/sleep/dailySleepData","status":200,"body":{
        "dailySleepDTO":{"id":77,"calendarDate":"2026-01-08","sleepTimeSeconds":1800,"awakeSleepSeconds":600,
          "sleepStartTimestampGMT":1767830400000,"sleepEndTimestampGMT":1767832800000,
          "sleepStartTimestampLocal":1767834000000,"sleepEndTimestampLocal":1767836400000,
          "averageSpO2Value":95.0,"sleepScores":{"overall":{"value":81}}},
        "sleepLevels":[{"startGMT":"2026-01-08T00:00:00.0","endGMT":"2026-01-08T00:30:00.0","activityLevel":1.0},
          {"startGMT":"2026-01-08T00:30:00.0","endGMT":"2026-01-08T00:40:00.0","activityLevel":3.0}],
        "restingHeartRate":48}},
      {"method":"GET","path":"/wellness-service/wellness/dailyStress/2026-01-08","status":200,"body":{
        "calendarDate":"2026-01-08","startTimestampGMT":"2026-01-07T23:00:00.0","endTimestampGMT":"2026-01-08T23:00:00.0",
        "startTimestampLocal":"2026-01-08T00:00:00.0","endTimestampLocal":"2026-01-09T00:00:00.0","avgStressLevel":21,
        "stressValuesArray":[[1767830400000,-1],[1767830580000,17]],
        "bodyBatteryValueDescriptorsDTOList":[{"bodyBatteryValueDescriptorIndex":1,"bodyBatteryValueDescriptorKey":"bodyBatteryLevel"}],
        "bodyBatteryValuesArray":[[1767830400000,64,"MEASURED"],[1767830580000,null,null]]}},
      {"method":"GET","path":"/x-service/profile","status":200,"body":{"displayName":"someone"}}]"#;
    let sink = read("a.json", "garmin_connect", text);
    let EventBody::SleepRecorded(night) = sink.bodies("health.sleep_recorded").next().unwrap() else {
        panic!()
    };
    assert_eq!((night.start.micros(), night.asleep_min), (us("2026-01-08T00:00:00Z"), Some(30.0)));
    assert_eq!(
        night.stages.iter().map(|s| s.stage).collect::<Vec<_>>(),
        [SleepStage::Light, SleepStage::Awake]
    );
    assert_eq!(night.vendor_score, Some(81.0));
    let fact = &sink.facts[0];
    assert_eq!((fact.start_offset_s, fact.record.as_ref().unwrap().as_str()), (Some(3600), "sleep:77"));
    assert_eq!(measured(&sink, "heart_rate_resting"), 48.0);
    assert_eq!(measured(&sink, "oxygen_saturation"), 95.0);
    assert_eq!(sink.samples("stress_level"), [(us("2026-01-08T00:03:00Z"), 0, 17.0)]);
    assert_eq!(sink.samples("body_energy"), [(us("2026-01-08T00:00:00Z"), 0, 64.0)]);
    assert_eq!(measured(&sink, "garmin:stress_mean"), 21.0);
    assert_eq!(sink.refused.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["unsupported"]);

    // A value beside a date says nothing without the path that was asked.
    let bare = r#"[{"calendarDate": "2026-01-08", "value": 60}]"#;
    assert_eq!(try_read("a.json", bare.as_bytes()).0.unwrap_err().code(), Code::Unsupported);
    let asked =
        format!(r#"[{{"path":"/wellness-service/stats/daily/sleep/score/a/b","status":200,"body":{bare}}}]"#);
    assert_eq!(measured(&read("a.json", "garmin_connect", &asked), "sleep_score"), 60.0);
}

#[test]
fn withings_measures_keep_their_decimals_and_their_doubts() {
    let text = r#"{"status":0,"body":{"timezone":"Europe/Paris","measuregrps":[
      {"grpid":9,"attrib":0,"date":1767830400,"modified":1767830460,"category":1,"model":"Body+",
       "measures":[{"value":70123,"type":1,"unit":-3},{"value":2,"type":168,"unit":0},
                   {"value":812,"type":173,"unit":-2,"position":3}]},
      {"grpid":10,"attrib":1,"date":1767830500,"category":1,"measures":[{"value":9,"type":1,"unit":1}]},
      {"grpid":11,"attrib":2,"date":1767830600,"category":2,"measures":[{"value":65000,"type":1,"unit":-3}]}]}}"#;
    let sink = read("m.json", "withings", text);
    assert_eq!(measured(&sink, "body_weight"), 70.123);
    assert_eq!(measured(&sink, "withings:segment_fat_free_mass_position_3"), 8.12);
    assert_eq!(measured(&sink, "withings:unassigned_body_weight"), 90.0);
    let weight = &sink.facts[0];
    assert_eq!((weight.revision, weight.start_offset_s), (1_767_830_460, Some(3600)));
    assert_eq!(weight.record.as_ref().unwrap().as_str(), "9:body_weight");
    assert_eq!(weight.origin.device.as_ref().unwrap().as_str(), "Body+");
    assert_eq!(sink.refused[0].code, "not_measured", "a goal");
    for (body, word) in [("\"devices\":[]", "devices"), ("\"goals\":{}", "goals")] {
        let (result, _) = try_read("d.json", format!(r#"{{"status":0,"body":{{{body}}}}}"#).as_bytes());
        assert!(matches!(result, Err(Error::Unsupported(why)) if why.contains(word)));
    }
}

#[test]
fn services_that_are_gone() {
    let text = r#"{"BPDataList":[{"DataID":"b","MDate":1442498865,"TimeZone":"-0600","LastChangeTime":1442520465,
      "HP":17.33,"LP":12.0,"HR":0,"DataSource":"Manual","Note":"calm"}],"BPUnit":1,"CurrentRecordCount":1,"PageNumber":1}"#;
    let sink = read("i.json", "ihealth", text);
    assert!((measured(&sink, "blood_pressure_systolic") - 129.986).abs() < 1e-3);
    assert_eq!(sink.facts[0].at.micros(), us("2015-09-17T20:07:45Z"), "the wall clock of a zone");
    assert_eq!(sink.facts[0].origin.recording, Some(Recording::Manual));
    assert!(sink.warnings.iter().any(|w| w.code == "missing"), "0 is no pulse");

    let text = r#"{"items":[{"utc_offset":2,"duration":60.5,"start_time":"Sun, 19 Oct 2014 13:17:27",
      "total_distance":100,"entry_mode":"API","type":"Cycling","uri":"/a/1"}],"size":1}"#;
    let EventBody::WorkoutRecorded(ride) = &read("r.json", "runkeeper", text).facts[0].body else { panic!() };
    assert_eq!((ride.sport.as_str(), ride.start.micros()), ("cycling", us("2014-10-19T11:17:27Z")));
    assert_eq!(ride.end.micros(), us("2014-10-19T11:18:27.5Z"));

    let text = r#"[{"date":"20121212","segments":[{"type":"move","startTime":"20121212T071430+0200",
      "endTime":"20121212T074617+0200","activities":[{"activity":"walking","group":"walking","manual":false,
      "startTime":"20121212T071430+0200","endTime":"20121212T072732+0200","distance":1251,"steps":1353}]}],"caloriesIdle":1}]"#;
    assert_eq!(
        read("m.json", "moves", text).samples("steps"),
        [(us("2012-12-12T05:14:30Z"), 782_000_000, 1353.0)]
    );
}

#[test]
fn google_fit_streams_sessions_and_tables() {
    let text = r#"{"Data Source":"raw:com.google.step_count.delta:com.app:Maker:Phone 3:abc:steps","Data Points":[
      {"fitValue":[{"value":{"intVal":17}}],"startTimeNanos":1436565497687316406,"endTimeNanos":1436565557687316406,
       "dataTypeName":"com.google.step_count.delta"}]}"#;
    let sink = read("raw_steps.json", "google_fit_points", text);
    assert_eq!(
        sink.samples("steps"),
        [(1_436_565_497_687_316, 60_000_000, 17.0)],
        "exact to the microsecond"
    );
    assert_eq!(sink.series[0].origin.source.as_str(), "google_fit/com.app/Maker Phone 3");
    let text = r#"{"dataSourceId":"derived:com.google.blood_glucose:com.google.android.gms:merged","minStartTimeNs":"0",
      "point":[{"startTimeNanos":"1436565497000000000","endTimeNanos":"1436565497000000000","value":[{"fpVal":5.0},{"intVal":1}]}]}"#;
    let sink = read("g.json", "google_fit_points", text);
    assert!((sink.samples("blood_glucose")[0].2 - 90.08).abs() < 1e-9);
    assert_eq!(sink.series[0].origin.source.as_str(), "google_fit");
    let text = r#"{"fitnessActivity":"running.treadmill","startTime":"2021-05-01T08:00:00.000+02:00",
      "endTime":"2021-05-01T08:30:00.000+02:00","duration":"1700.5s",
      "aggregate":[{"metricName":"com.google.distance.delta","floatValue":3000}]}"#;
    let EventBody::WorkoutRecorded(run) = &read("s.json", "google_fit_session", text).facts[0].body else {
        panic!()
    };
    assert_eq!((run.sport.as_str(), run.distance_m, run.moving_s), ("running", Some(3000.0), Some(1700.5)));
    let text =
        "Date,Move Minutes count,Step count,Average weight (kg)\n2021-03-28,30,5321,70.5\n2021-03-29,,,\n";
    let sink = read("Daily activity metrics.csv", "google_fit_daily", text);
    // The clocks went forward that day.
    assert_eq!(sink.samples("steps"), [(us("2021-03-27T23:00:00Z"), 82_800_000_000, 5321.0)]);
    assert_eq!(measured(&sink, "body_weight"), 70.5);
    let text = "Start time,End time,Step count\n23:45:00.000+02:00,00:00:00.000+02:00,12\n";
    let sink = read("2021-05-01.csv", "google_fit_daily", text);
    assert_eq!(sink.samples("steps"), [(us("2021-05-01T21:45:00Z"), 900_000_000, 12.0)]);
    assert_eq!(try_read("a.csv", text.as_bytes()).0.unwrap_err().code(), Code::Unsupported);
}

const CONNECT: &str = r#"{"changes":[
  {"type":"UpsertionChange","record":{"type":"androidx.health.connect.client.records.WeightRecord",
    "time":"2026-03-01T07:00:00Z","zoneOffset":"+01:00","weight":{"inKilograms":72.5},
    "metadata":{"id":"w1","lastModifiedTime":"2026-03-01T07:00:01Z","dataOrigin":{"packageName":"com.scale"},"recordingMethod":3}}},
  {"type":"UpsertionChange","record":{"type":"StepsRecord","startTime":"2026-03-01T07:00:00Z",
    "endTime":"2026-03-01T07:10:00Z","startZoneOffset":null,"count":640,
    "metadata":{"id":"s1","lastModifiedTime":"2026-03-01T07:11:00Z","dataOrigin":"com.phone"}}},
  {"type":"DeletionChange","recordId":"w0","recordType":"WeightRecord","dataOrigin":{"packageName":"com.scale"}},
  {"type":"DeletionChange","recordId":"x"},
  {"type":"DeletionChange","recordId":"s0","recordType":"StepsRecord","dataOrigin":"com.phone"}],
  "nextChangesToken":"t","changesTokenExpired":false}"#;

#[test]
fn health_connect_records_changes_and_what_it_cannot_do() {
    let sink = read("c.json", "health_connect", CONNECT);
    assert_eq!(measured(&sink, "body_weight"), 72.5);
    let weight = &sink.facts[0];
    assert_eq!(weight.origin.source.as_str(), "health_connect/com.scale");
    assert_eq!((weight.revision, weight.start_offset_s), (1_772_348_401_000, Some(3600)));
    assert_eq!(sink.samples("steps"), [(us("2026-03-01T07:00:00Z"), 600_000_000, 640.0)]);
    assert_eq!((sink.series[0].offset_s, sink.series[0].revision), (None, 1_772_349_060_000));
    let deleted: Vec<_> = sink
        .bodies("record.deleted")
        .map(|b| match b {
            EventBody::RecordDeleted(d) => (d.source.as_str(), d.record.as_str()),
            _ => panic!(),
        })
        .collect();
    assert_eq!(deleted, [("health_connect/com.scale", "w0:body_weight")]);
    let codes: Vec<_> = sink.refused.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["unknown_origin", "deletion_in_series"]);

    let night = r#"{"records":[{"type":"SleepSessionRecord","startTime":"2026-03-01T22:00:00Z","endTime":"2026-03-02T05:00:00Z",
      "stages":[{"startTime":"2026-03-01T22:10:00Z","endTime":"2026-03-01T23:00:00Z","stage":4},
                {"startTime":"2026-03-01T23:00:00Z","endTime":"2026-03-02T05:00:00Z","stage":7}],
      "metadata":{"id":"n","dataOrigin":{"packageName":"com.watch"}}}]}"#;
    let EventBody::SleepRecorded(night) = &read("n.json", "health_connect", night).facts[0].body else {
        panic!()
    };
    assert_eq!(
        night.stages.iter().map(|s| s.stage).collect::<Vec<_>>(),
        [SleepStage::Light, SleepStage::AwakeInBed]
    );
    // A line each; a quantity in another unit than the property asked for is no number of ours.
    let lines = "{\"type\":\"HeartRateRecord\",\"startTime\":\"2026-03-01T07:00:00Z\",\"endTime\":\"2026-03-01T07:01:00Z\",\"samples\":[{\"time\":\"2026-03-01T07:00:10Z\",\"beatsPerMinute\":62}],\"metadata\":{\"id\":\"h\",\"dataOrigin\":\"a\"}}\n\
        {\"type\":\"WeightRecord\",\"time\":\"2026-03-01T07:00:00Z\",\"weight\":{\"inPounds\":150},\"metadata\":{\"id\":\"p\",\"dataOrigin\":\"a\"}}\n";
    let sink = read("h.jsonl", "health_connect", lines);
    assert_eq!(sink.samples("heart_rate"), [(us("2026-03-01T07:00:10Z"), 0, 62.0)]);
    assert_eq!(sink.refused[0].code, "bad_number");

    let expired = CONNECT.replace("\"changesTokenExpired\":false", "\"changesTokenExpired\":true");
    assert_eq!(try_read("c.json", expired.as_bytes()).0.unwrap_err().code(), Code::Unsupported);
    let mut zip = b"PK\x03\x04\x14\x00\x08\x08".to_vec();
    zip.extend([0; 22]);
    zip.extend(b"health_connect_export.db");
    for database in [zip.as_slice(), b"SQLite format 3\0rest"] {
        let (result, _) = try_read("Health Connect.zip", database);
        assert!(matches!(result, Err(Error::Unsupported(why)) if why.contains("SQLite")));
    }
}

#[test]
fn fitbit_tables_weights_and_web_answers() {
    let sink = read(
        "w.json",
        "fitbit_weight",
        r#"[{"logId":5,"weight":180.2,"bmi":25.86,"date":"01/07/19","time":"07:30:00","source":"Aria"},
      {"logId":6,"weight":81.7,"bmi":25.86,"date":"01/08/19","time":"07:30:00"},{"logId":7,"weight":81.7,"date":"01/08/19"}]"#,
    );
    let weights: Vec<f64> = sink
        .facts
        .iter()
        .filter_map(|f| match &f.body {
            EventBody::MeasurementRecorded(m) if m.metric.as_str() == "body_weight" => Some(m.value),
            _ => None,
        })
        .collect();
    assert_eq!(weights, [180.2 * 0.453_592_37, 81.7], "pounds would make a giant of kilograms");
    assert_eq!(sink.refused[0].code, "unknown_unit");
    assert_eq!(sink.facts[0].at.micros(), us("2019-01-07T06:30:00Z"));
    let sink = read(
        "d.csv",
        "fitbit_table",
        "timestamp,rmssd,coverage,low_frequency,high_frequency\n2026-03-01T01:05:00,38.2,0.93,512.1,301.2\n",
    );
    assert_eq!(sink.samples("hrv_rmssd"), [(us("2026-03-01T00:05:00Z"), 300_000_000, 38.2)]);
    let sink = read(
        "s.csv",
        "fitbit_table",
        "timestamp,average_value,lower_bound,upper_bound\n2026-03-01T00:00:00Z,95.2,92.1,\n",
    );
    assert_eq!(
        (measured(&sink, "oxygen_saturation"), sink.facts[0].civil_date.unwrap().to_string().as_str()),
        (95.2, "2026-03-01")
    );
    let sink = read(
        "t.csv",
        "fitbit_table",
        "type,sleep_start,sleep_end,temperature_samples,nightly_temperature\nSKIN,2026-01-03T01:24,2026-01-03T09:03:30,453,28.44\n",
    );
    assert_eq!(measured(&sink, "skin_temperature"), 28.44);
    let minutes = "timestamp,value\n2026-03-01T01:05:00Z,95.5\n2026-03-01T01:06:00Z,50.0\n";
    assert_eq!(
        read("Minute SpO2 - 2026-03-01.csv", "fitbit_minutes", minutes).samples("oxygen_saturation").len(),
        1
    );
    assert_eq!(try_read("a.csv", minutes.as_bytes()).0.unwrap_err().code(), Code::Unsupported);
    let text = r#"{"activities-steps":[{"dateTime":"2015-08-21","value":"3212"}],
      "activities-steps-intraday":{"dataset":[{"time":"00:01:00","value":7}],"datasetInterval":1,"datasetType":"minute"}}"#;
    assert_eq!(
        read("f.json", "fitbit_web_api", text).samples("steps"),
        [(us("2015-08-20T22:01:00Z"), 60_000_000, 7.0)],
        "a day that is there by the minute is not counted twice"
    );
}

fn corpus() -> Option<PathBuf> {
    let root = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    let data = std::env::var("HUMANTWIN_DATA").unwrap_or_else(|_| format!("{root}/../shared/data"));
    let folder = Path::new(&data).join("vendor_api_samples");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpus");
    None
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut inside: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    inside.sort();
    for path in inside {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Answers without a measurement, and why.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("withings/device.json", "devices"),
    ("withings/new_device.json", "devices"),
    ("withings/goals.json", "goals"),
    ("withings/goals_1.json", "goals"),
    ("withings/goals_2.json", "goals"),
    ("withings/no_goals.json", "goals"),
    ("shimmer/withings/withings-body-measures-only-goal.json", "goals"),
    ("withings/notify_list.json", "subscriptions"),
    ("withings/notify_revoke.json", "subscriptions"),
    ("withings/notify_subscribe.json", "subscriptions"),
];

#[test]
fn every_recorded_answer_is_read_to_its_last_figure_or_refused_with_a_reason() {
    let Some(folder) = corpus() else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    assert!(paths.len() >= 95, "{} files", paths.len());
    let (mut figures, mut refused, mut wrong) = (0, 0, Vec::new());
    for path in &paths {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let mut sink = Collected::default();
        let mut file = std::fs::File::open(path).unwrap();
        let result = read_file(&mut file, &options(&name), &mut sink);
        if let Some((_, why)) = UNSUPPORTED.iter().find(|u| u.0 == name) {
            let error = result.unwrap_err();
            assert!(matches!(&error, Error::Unsupported(said) if said.contains(why)), "{name}: {error}");
            refused += 1;
            continue;
        }
        if let Err(error) = result {
            wrong.push(format!("{name}: {error}"));
            continue;
        }
        let mut bytes = Vec::new();
        std::fs::File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
            bytes = plain;
        }
        let expected = vendor_samples::expected(&name, &serde_json::from_slice(&bytes).unwrap());
        let ours = vendor_samples::counted(&sink, expected.keys());
        if ours != expected {
            wrong.push(format!("{name}: read {ours:?}, there {expected:?}"));
        }
        figures += expected.values().map(|v| v.0).sum::<u64>();
        for r in &sink.refused {
            // Profiles among the answers, goals, and one entry of an activity without a length.
            let known = matches!(r.code.as_str(), "unsupported" | "not_measured")
                || name.ends_with("multiple-in-activities-list.json");
            if !known {
                wrong.push(format!("{name}: {} {}: {}", r.code, r.subject, r.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} answers, {figures} figures compared, {refused} without a measurement", paths.len());
    assert!(figures > 6_000, "{figures} figures compared");
}

fn samples() -> Vec<(&'static str, String)> {
    vec![
        ("c.json", CONNECT.to_owned()),
        ("m.json", r#"{"status":0,"body":{"timezone":"Europe/Paris","measuregrps":[{"grpid":9,"attrib":0,"date":1767830400,"category":1,"measures":[{"value":70123,"type":1,"unit":-3}]}]}}"#.to_owned()),
        ("s.json", r#"{"status":0,"body":{"series":[{"startdate":1618691453,"state":0,"enddate":1618691573,"hr":{"1618691453":70}},{"startdate":1618691573,"state":2,"enddate":1618691673},{"id":1,"startdate":1618691453,"enddate":1618713173,"date":"2021-04-18","data":{"hr_min":50,"sleep_score":37}}]}}"#.to_owned()),
        ("g.json", r#"[{"method":"GET","path":"/a-service/b","status":200,"body":{"calendarDate":"2026-01-08","startTimestampGMT":"2026-01-07T23:00:00.0","endTimestampGMT":"2026-01-08T23:00:00.0","heartRateValues":[[1767830400000,61],[1767830520000,null]]}}]"#.to_owned()),
        ("p.json", r#"{"Data Source":"raw:com.google.weight:app:m","Data Points":[{"fitValue":[{"value":{"fpVal":70.5}}],"startTimeNanos":1436565497687316406,"endTimeNanos":1436565557687316406,"dataTypeName":"com.google.weight"}]}"#.to_owned()),
        ("2021-05-01.csv", "Start time,End time,Step count,Heart Points\n08:00:00.000+02:00,08:15:00.000+02:00,12,1\n".to_owned()),
        ("x.json", r#"{"fitnessActivity":"sleep","startTime":"2021-05-01T00:00:00Z","endTime":"2021-05-01T08:30:00Z","segment":[{"fitnessActivity":"sleep.light","startTime":"2021-05-01T00:00:00Z","endTime":"2021-05-01T01:00:00Z"}]}"#.to_owned()),
        ("i.json", r#"{"SRDataList":[{"DataID":"a","StartTime":1447552260,"EndTime":1447578960,"HoursSlept":345,"TimeZone":"-0700"}],"CurrentRecordCount":1,"PageNumber":1}"#.to_owned()),
        ("j.json", r#"{"meta":{"user_xid":"x"},"data":{"items":[{"xid":"a","time_created":1439219760,"time_completed":1439228580,"date":20150810,"details":{"tz":"America/Denver","hourly_totals":{"2015081009":{"steps":159}}}}]}}"#.to_owned()),
        ("w.json", r#"{"activities":[{"activityParentId":1,"startDate":"2015-06-23","startTime":"11:55","duration":1440000,"name":"Run","logId":2}],"summary":{"caloriesOut":1}}"#.to_owned()),
        ("t.csv", "timestamp,rmssd,nremhr,entropy\n2024-07-21T00:00:00,29.232,49.623,2.472\n".to_owned()),
    ]
}

#[test]
fn every_sample_is_known() {
    for (name, text) in samples() {
        let (format, sink) = try_read(name, text.as_bytes());
        assert!(format.is_ok() && !(sink.facts.is_empty() && sink.series.is_empty()), "{name}: {format:?}");
    }
}

/// What a reader may hand over, whatever it read.
fn sound(sink: &Collected) -> Result<(), TestCaseError> {
    for block in &sink.series {
        prop_assert!(block.samples.iter().all(|(_, d, v)| d >= 0 && v.is_finite()));
    }
    for fact in &sink.facts {
        if let EventBody::SleepRecorded(night) = &fact.body {
            prop_assert!(night.stages.windows(2).all(|w| w[0].end <= w[1].start));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn mutated_bytes_are_read_or_refused(
        which in 0_usize..11,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let (name, text) = samples().swap_remove(which);
        let mut bytes = text.into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        let (_, sink) = try_read(name, &bytes);
        sound(&sink)?;
    }

    #[test]
    fn numbers_and_words_in_any_place_are_read_or_refused(
        which in 0_usize..11,
        place in any::<prop::sample::Index>(),
        value in prop::sample::select(vec!["null", "-1", "1e308", "-9223372036854775808", "\"x\"", "[]", "{}", "[[[]]]", "true", "0", "99999999999999999999"]),
    ) {
        let (name, text) = samples().swap_remove(which);
        // Puts the value in the place of one number.
        let digits: Vec<(usize, usize)> = runs(&text);
        prop_assume!(!digits.is_empty());
        let (from, to) = digits[place.index(digits.len())];
        let text = format!("{}{value}{}", &text[..from], &text[to..]);
        let (_, sink) = try_read(name, text.as_bytes());
        sound(&sink)?;
    }

    #[test]
    fn arbitrary_text_after_a_known_beginning(which in 0_usize..11, rest in "\\PC{0,200}") {
        let (name, text) = samples().swap_remove(which);
        let keep = text.len() / 2;
        let start: String = text.chars().take(keep).collect();
        let (_, sink) = try_read(name, format!("{start}{rest}").as_bytes());
        sound(&sink)?;
    }
}

/// Where the numbers of a text are.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        while digit(i) {
            i += 1;
        }
        if i > start { found.push((start, i)) } else { i += 1 }
    }
    found
}
