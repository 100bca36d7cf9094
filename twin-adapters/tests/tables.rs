//! Tables: every shape from hand-made files, damaged bytes, and the real corpus against an
//! independent decoder.
#![cfg(feature = "tables")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use std::io::Cursor;
use twin_adapters::files::{Format, ReadOptions, read_file, tables};
use twin_core::event::{EventBody, SleepStage};
use twin_core::observation::Collected;
use twin_core::{Code, Error, Timestamp, Zone};

fn options(name: &str) -> ReadOptions {
    ReadOptions {
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
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

fn read(name: &str, shape: &str, bytes: &[u8]) -> Collected {
    let (format, sink) = try_read(name, bytes);
    assert_eq!(format.unwrap(), shape);
    sink
}

fn us(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().micros()
}
fn codes(sink: &Collected) -> Vec<&str> {
    sink.refused.iter().map(|r| r.code.as_str()).collect()
}
fn warned(sink: &Collected, code: &str) -> bool {
    sink.warnings.iter().filter(|w| w.code == code).count() == 1
}
fn utf16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

const DAILY: &str = "Id,ActivityDate,ActivityDateClean,TotalSteps,TotalDistance,VeryActiveMinutes,LightlyActiveMinutes,SedentaryMinutes,Calories\r\n\
7,03/26/2016,26/03/2016,8163,5.31,3,146,1294,1432\r\n\
7,3/27/2016,27/03/2016,7007,4.55,0,148,1230,1411\r\n\
8,04/05/2016,04/05/2016,10,x,0,1,2,\r\n";
const SLEEP: &str = r#"[{"logId":24486013387,"dateOfSleep":"2019-11-02","startTime":"2019-11-02 00:09:30","endTime":"2019-11-02T00:40:00.000",
"minutesAsleep":25,"minutesAwake":5,"efficiency":97,"minutesToFallAsleep":0,"type":"stages","infoCode":0,
"levels":{"summary":{"rem":{"count":1,"minutes":3}},"data":[{"dateTime":"2019-11-02T00:09:30.000","level":"light","seconds":1200},
{"dateTime":"2019-11-02T00:29:30.000","level":"deep","seconds":630}],
"shortData":[{"dateTime":"2019-11-02T00:15:00.000","level":"wake","seconds":60}]},"mainSleep":true},
{"logId":1,"startTime":"2019-11-02 10:00:00","endTime":"2019-11-02 09:00:00","levels":{"data":[]}}]"#;
const EXERCISE: &str = r#"[{"logId":26451905128,"activityName":"Outdoor Bike","activityTypeId":1071,
"activityLevel":[{"minutes":8,"name":"fairly"}],"averageHeartRate":94,"calories":192,"distance":2.5,"distanceUnit":"Kilometer",
"duration":1331000,"activeDuration":1300000,"steps":1878,"logType":"tracker","elevationGain":24.384,
"heartRateZones":[{"name":"Peak","min":147,"max":220,"minutes":2}],"source":{"name":"Versa 2"},
"lastModified":"11/01/19 15:29:27","startTime":"11/01/19 14:56:32"}]"#;
const RR: &str = "\u{feff}812\r\n790.5\r\n\r\n0\r\n801\r\nnoise\r\n820\r\n";

/// One small file of every shape that is read: name, shape, bytes.
fn samples() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let text = |s: &str| s.as_bytes().to_vec();
    vec![
        ("a.csv", "fitabase_daily", text(DAILY)),
        (
            "a.csv",
            "fitabase_hourly",
            text("Id,ActivityHour,StepTotal\n7,4/13/2016 1:00:00 PM,31\n7,4/13/2016 2:00:00 PM,0\n"),
        ),
        ("a.csv", "fitabase_minute", text("Id,ActivityMinute,Steps\n7,4/13/2016 12:00:00 AM,5\n")),
        ("a.csv", "fitabase_heart_rate", text("Id,Time,Value\n7,4/13/2016 7:21:05 AM,97\n")),
        (
            "a.csv",
            "fitabase_sleep_day",
            text(
                "Id,SleepDay,Time,TotalSleepRecords,TotalMinutesAsleep,TotalTimeInBed\n7,4/29/2016 0:00,12:00:00 AM,1,119,127\n",
            ),
        ),
        (
            "a.csv",
            "fitabase_minute_sleep",
            text(
                "Id,date,value,logId\n7,4/13/2016 2:47:30 AM,3,114\n7,4/13/2016 2:48:30 AM,1,114\n7,4/13/2016 2:49:30 AM,1,114\n7,4/14/2016 2:49:30 AM,2,115\n",
            ),
        ),
        (
            "a.csv",
            "fitabase_weight",
            text("Id,Date,WeightPounds,BMI,IsManualReport\n7,3/30/2016 23:59,100,22.5,TRUE\n"),
        ),
        (
            "steps.json",
            "fitbit_daily_value",
            text(
                r#"[{"dateTime":"2019-11-01 00:01:00","value":"7"},{"dateTime":"11/01/19 00:02:00","value":"9"},{"dateTime":"x","value":"9"}]"#,
            ),
        ),
        (
            "heart_rate-2019-11-01.json",
            "fitbit_heart_rate",
            text(
                r#"[{"dateTime":"11/01/19 00:00:05","value":{"bpm":53,"confidence":2}},{"dateTime":"11/01/19 00:00:10","value":{"bpm":70,"confidence":0}}]"#,
            ),
        ),
        (
            "r.json",
            "fitbit_resting_heart_rate",
            text(
                r#"[{"dateTime":"2019-11-01 00:00:00","value":{"date":"11/01/19","value":53.5,"error":6.8}},{"dateTime":"2019-11-02 00:00:00","value":{"date":null,"value":0.0,"error":0.0}}]"#,
            ),
        ),
        (
            "z.json",
            "fitbit_heart_rate_zones",
            text(
                r#"[{"dateTime":"2019-11-01 00:00:00","value":{"valuesInZones":{"IN_DEFAULT_ZONE_1":62.0,"IN_DEFAULT_ZONE_3":0.0}}}]"#,
            ),
        ),
        ("s.json", "fitbit_sleep", text(SLEEP)),
        ("e.json", "fitbit_exercise", text(EXERCISE)),
        (
            "s.csv",
            "fitbit_sleep_score",
            text(
                "timestamp,sleep_log_entry_id,overall_score,deep_sleep_in_minutes,restlessness\n2019-11-02T07:19:30Z,24486013387,79,36,\n",
            ),
        ),
        (
            "w.csv",
            "pmsys_wellness",
            text(
                "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n2019-11-01T08:31:40.751Z,2,3,0,6,0,9,\"[48979004, 32696007]\",3\n2019-11-02T08:31:40.751Z,0,0,0,0,0,0,[],0\n",
            ),
        ),
        (
            "x.csv",
            "pmsys_srpe",
            text(
                "end_date_time,activity_names,perceived_exertion,duration_min\n2019-11-05T22:51:54.710Z,\"['individual', 'endurance', 'running']\",7,30\n2019-11-06T22:51:54.710Z, {},,\n",
            ),
        ),
        (
            "i.csv",
            "pmsys_injury",
            text(
                "effective_time_frame,injuries\n2019-11-07T06:39:48.428Z,{}\n2020-01-08T08:03:03.131Z,\"{'left_leg': 'minor', 'right_leg': 'major'}\"\n",
            ),
        ),
        (
            "g.csv",
            "googledocs_reporting",
            text(
                "date,timestamp,meals,weight,glasses_of_fluid,alcohol_consumed\n06/11/2019,06/11/2019 21:58:30,\"Breakfast, Dinner\",100,7,No\n13/11/2019,14/11/2019 00:15:47,Lunch,,8,Maybe\n",
            ),
        ),
        ("rest.txt", "rr_text", text(RR)),
        ("pairs.txt", "rr_pairs", text("0.8\t0.8\n1.61\t0.81\n10.4\t0.79\n")),
        (
            "h.txt",
            "holter_beats",
            text("00000000\n4.000    X\n12.000    N\n12.800    N\n13.609    S\n14.000    X\n"),
        ),
        ("e.npy", "npy", npy(&[664, 781, 828])),
        ("IBI.csv", "empatica_ibi", text("1560279825.000000, IBI\n83.503822,0.609403\n84.347611,0.843789\n")),
        ("EDA.csv", "empatica_signal", text("1560279825.000000\n4.000000\n0.0\n0.020499\n")),
        (
            "l.csv",
            "garmin_logger",
            text(
                "2019-10-16T12:08:58.041+02:00;STEPS;299.0\n2019-10-16T12:08:58.808+02:00;HEART_RATE_VARIABILITY;821.0\n2019-10-16T12:09:00.511+02:00;HEART_RATE;-1.0\n2019-10-16T12:09:58.041+02:00;STEPS;310.0\n2019-10-17T00:01:00.000+02:00;STEPS;4.0\n",
            ),
        ),
        (
            "b.csv",
            "heartbeats",
            text(
                ",Time,Interval between heartbeats (s)\n0,2022-07-22 10:03:18,6.512\n1,2022-07-22 10:03:19,0.453\n2,2022-07-22 10:03:19,0.374\n",
            ),
        ),
        (
            "c.csv",
            "actigraph",
            text(
                ",Time,Heart rate (BPM),Steps,Inclinometer Off,Inclinometer Standing,Inclinometer Sitting,Inclinometer Lying\n0,2022-07-22 10:03:21,136.0,1,0,1,0,0\n1,2022-07-22 10:03:22,0,0,0,0,0,1\n",
            ),
        ),
    ]
}

fn npy(values: &[i64]) -> Vec<u8> {
    let mut head = format!("{{'descr': '<i8', 'fortran_order': False, 'shape': ({},), }}", values.len());
    while (10 + head.len() + 1) % 16 != 0 {
        head.push(' ');
    }
    head.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((head.len() as u16).to_le_bytes());
    bytes.extend(head.as_bytes());
    values.iter().for_each(|v| bytes.extend(v.to_le_bytes()));
    bytes
}

fn sample(shape: &str) -> Collected {
    let (name, _, bytes) = samples().into_iter().find(|s| s.1 == shape).unwrap();
    read(name, shape, &bytes)
}

#[test]
fn every_shape_is_found_and_read_in_any_encoding() {
    for (name, shape, bytes) in samples() {
        let plain = read(name, shape, &bytes);
        assert!(!plain.facts.is_empty() || !plain.series.is_empty(), "{shape}");
        if shape == "npy" {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        for other in
            [utf16(text), format!("\u{feff}{text}").into_bytes(), text.replace("\r\n", "\n").into_bytes()]
        {
            let again = read(name, shape, &other);
            assert_eq!(again.facts, plain.facts, "{shape}");
            assert_eq!(again.series, plain.series, "{shape}");
            assert_eq!(codes(&again), codes(&plain), "{shape}");
        }
    }
}

#[test]
fn fitabase_days_are_local_days_of_their_people() {
    let sink = sample("fitabase_daily");
    let steps = sink.samples("steps");
    // The clocks went forward on 27 March: that day has 23 hours.
    assert_eq!(steps[0], (us("2016-03-25T23:00:00Z"), 86_400_000_000, 8163.0));
    assert_eq!(steps[1], (us("2016-03-26T23:00:00Z"), 82_800_000_000, 7007.0));
    assert_eq!(steps[2].0, us("2016-04-04T22:00:00Z"), "one order in the column: month first");
    assert_eq!(sink.samples("distance_walk_run")[0].2, 5310.0);
    assert_eq!(sink.samples("fitabase:LightlyActiveMinutes").len(), 3);
    assert_eq!(sink.samples("energy_total").len(), 2);
    assert_eq!(codes(&sink), ["bad_number"]);
    assert_eq!(sink.refused[0].subject, "line 4 TotalDistance");
    assert!(warned(&sink, "zone_inferred") && warned(&sink, "missing"));
    let sources: std::collections::BTreeSet<_> =
        sink.series.iter().map(|b| b.origin.source.to_string()).collect();
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["fitabase/7", "fitabase/8"]);

    let mut one = Collected::default();
    let only = ReadOptions { subject: Some("8".into()), ..options("a.csv") };
    read_file(&mut Cursor::new(DAILY.as_bytes()), &only, &mut one).unwrap();
    assert!(one.series.iter().all(|b| b.origin.source.as_str() == "fitabase/8"));
    assert_eq!(one.samples("steps").len(), 1);
}

#[test]
fn mixed_dates_go_by_their_neighbours_or_are_refused() {
    let rows =
        ["04/12/2016", "13/04/2016", "4/14/2016", "30/04/2016", "05/01/2016", "02/05/2016", "07/09/2016"];
    let mut table = "Id,ActivityDate,TotalSteps\n".to_owned();
    rows.iter().enumerate().for_each(|(i, r)| table.push_str(&format!("7,{r},{i}\n")));
    table.push_str("9,07/09/2016,99\n");
    let sink = read("a.csv", "fitabase_daily", table.as_bytes());
    let days: Vec<String> = sink
        .samples("steps")
        .iter()
        .map(|s| Timestamp::from_micros(s.0 + 43_200_000_000).to_string()[..10].to_owned())
        .collect();
    assert_eq!(days, ["2016-04-12", "2016-04-13", "2016-04-14", "2016-04-30", "2016-05-01", "2016-05-02"]);
    assert_eq!(codes(&sink), ["ambiguous_date", "ambiguous_date"]);
    assert!(warned(&sink, "mixed_date_order"));
}

#[test]
fn fitabase_hours_minutes_seconds() {
    let sink = sample("fitabase_hourly");
    assert_eq!(sink.samples("steps")[0], (us("2016-04-13T11:00:00Z"), 3_600_000_000, 31.0));
    let sink = sample("fitabase_minute");
    assert_eq!(sink.samples("steps"), [(us("2016-04-12T22:00:00Z"), 60_000_000, 5.0)]);
    let sink = sample("fitabase_heart_rate");
    assert_eq!(sink.samples("heart_rate"), [(us("2016-04-13T05:21:05Z"), 0, 97.0)]);
    let wide = "Id,ActivityHour,Steps00,Steps01\n7,4/13/2016 1:00:00 AM,4,16\n";
    let sink = read("w.csv", "fitabase_hourly", wide.as_bytes());
    assert_eq!(sink.samples("steps")[1], (us("2016-04-12T23:01:00Z"), 60_000_000, 16.0));
    // One digit is a name of its own and no minute.
    let narrow = "Id,ActivityHour,Steps00,4\n7,4/13/2016 1:00:00 AM,4,16\n";
    let sink = read("w.csv", "fitabase_hourly", narrow.as_bytes());
    assert_eq!((sink.samples("steps").len(), sink.samples("fitabase:4")[0].2), (1, 16.0));
}

#[test]
fn fitabase_sleep_and_weight() {
    let sink = sample("fitabase_sleep_day");
    assert_eq!(sink.samples("sleep_duration"), [(us("2016-04-28T22:00:00Z"), 86_400_000_000, 119.0)]);
    assert_eq!(sink.samples("sleep_time_in_bed")[0].2, 127.0);
    let sink = sample("fitabase_minute_sleep");
    assert_eq!(sink.facts.len(), 2);
    assert_eq!(sink.facts[0].record.as_ref().unwrap().as_str(), "114");
    let EventBody::SleepRecorded(night) = &sink.facts[0].body else { panic!() };
    assert_eq!((night.stages.len(), night.asleep_min, night.awake_min), (2, Some(2.0), Some(1.0)));
    assert_eq!(night.end.micros(), us("2016-04-13T00:50:30Z"));
    let sink = sample("fitabase_weight");
    let EventBody::MeasurementRecorded(weight) = &sink.facts[0].body else { panic!() };
    assert_eq!(
        (weight.metric.as_str(), weight.value, weight.unit.as_str()),
        ("body_weight", 45.359_237, "kg")
    );
    assert_eq!(sink.facts[0].origin.recording, Some(twin_core::event::Recording::Manual));
}

#[test]
fn fitbit_figures_take_their_metric_from_the_name() {
    let sink = sample("fitbit_daily_value");
    // Figures by the minute are in UTC.
    assert_eq!(
        sink.samples("steps"),
        [(us("2019-11-01T00:01:00Z"), 60_000_000, 7.0), (us("2019-11-01T00:02:00Z"), 60_000_000, 9.0)]
    );
    assert_eq!(codes(&sink), ["bad_time"]);
    let day = br#"[{"dateTime": "2019-11-01 00:00:00", "value": "72"}]"#;
    let sink = read("very_active_minutes.json", "fitbit_daily_value", day);
    assert_eq!(sink.samples("vigorous_activity_time"), [(us("2019-10-31T23:00:00Z"), 86_400_000_000, 72.0)]);
    let (result, sink) = try_read("export.json", day);
    assert_eq!(result.unwrap_err().code(), Code::Unsupported);
    assert_eq!(codes(&sink), ["unnamed_series"]);
}

#[test]
fn fitbit_heart() {
    let sink = sample("fitbit_heart_rate");
    assert_eq!(sink.samples("heart_rate"), [(us("2019-11-01T00:00:05Z"), 0, 53.0)]);
    assert_eq!(sink.samples("fitbit:heart_rate_without_confidence").len(), 1);
    let sink = sample("fitbit_resting_heart_rate");
    assert_eq!(sink.facts.len(), 2, "0 is missing");
    let EventBody::MeasurementRecorded(rate) = &sink.facts[0].body else { panic!() };
    assert_eq!((rate.metric.as_str(), rate.value), ("heart_rate_resting", 53.5));
    assert_eq!(sink.facts[0].civil_date.unwrap().to_string(), "2019-11-01");
    let sink = sample("fitbit_heart_rate_zones");
    assert_eq!(sink.samples("fitbit:heart_rate_zone_in_default_zone_1")[0].2, 62.0);
}

#[test]
fn fitbit_sleep_keeps_its_id_and_short_awakenings() {
    let sink = sample("fitbit_sleep");
    assert_eq!(codes(&sink), ["bad_time"]);
    assert_eq!(sink.facts[0].record.as_ref().unwrap().as_str(), "24486013387");
    let EventBody::SleepRecorded(night) = &sink.facts[0].body else { panic!() };
    assert_eq!(night.start.micros(), us("2019-11-01T23:09:30Z"), "sleep is on the wall clock");
    let stages: Vec<_> = night.stages.iter().map(|s| (s.stage, s.end.secs_since(s.start))).collect();
    use SleepStage::{Awake, Deep, Light};
    assert_eq!(stages, [(Light, 330.0), (Awake, 60.0), (Light, 810.0), (Deep, 630.0)]);
    assert_eq!((night.asleep_min, night.nap), (Some(25.0), Some(false)));
    assert_eq!(sink.counts()["source.message_kept"], 1);
    let sink = sample("fitbit_sleep_score");
    assert_eq!(sink.facts.len(), 2);
    assert_eq!(sink.facts[0].at.micros(), us("2019-11-02T06:19:30Z"), "its Z is not true");
}

#[test]
fn fitbit_exercise() {
    let sink = sample("fitbit_exercise");
    let fact = &sink.facts[0];
    let EventBody::WorkoutRecorded(ride) = &fact.body else { panic!() };
    assert_eq!((ride.sport.as_str(), ride.sub_sport.as_deref()), ("cycling", Some("outdoor")));
    assert_eq!(
        (ride.start.micros(), fact.at.micros()),
        (us("2019-11-01T14:56:32Z"), us("2019-11-01T15:18:43Z"))
    );
    assert_eq!((ride.distance_m, ride.moving_s, ride.ascent_m), (Some(2500.0), Some(1300.0), Some(24.384)));
    let figure = |name: &str| ride.statistics.iter().find(|s| s.name == name).map(|s| s.value);
    assert_eq!(figure("zone.Peak.minutes"), Some(2.0));
    assert_eq!(figure("level.fairly.minutes"), Some(8.0));
    assert_eq!(fact.revision, us("2019-11-01T15:29:27Z").unsigned_abs() / 1_000_000);
    assert_eq!(fact.origin.device.as_ref().unwrap().as_str(), "Versa 2");
}

#[test]
fn diaries() {
    let sink = sample("pmsys_wellness");
    assert_eq!(codes(&sink), ["out_of_range"]);
    assert_eq!(sink.facts.len(), 1, "a row of zeros states nothing");
    let EventBody::CheckInAnswered(answers) = &sink.facts[0].body else { panic!() };
    let scales: Vec<_> = answers.scales.iter().map(|s| (s.scale.as_str(), s.value)).collect();
    assert_eq!(
        scales,
        [("fatigue", 2.0), ("mood", 3.0), ("readiness", 0.0), ("sleep_duration_h", 6.0), ("stress", 3.0)]
    );
    assert_eq!(answers.note.as_deref(), Some("soreness_area [48979004, 32696007]"));

    let sink = sample("pmsys_srpe");
    assert_eq!(sink.facts.len(), 1);
    let EventBody::WorkoutRecorded(run) = &sink.facts[0].body else { panic!() };
    assert_eq!((run.sport.as_str(), run.sub_sport.as_deref()), ("running", Some("individual")));
    assert_eq!((run.perceived_exertion, run.end.secs_since(run.start)), (Some(7.0), 1800.0));

    let sink = sample("pmsys_injury");
    assert_eq!(sink.counts()["wellbeing.check_in_answered"], 2);
    let symptoms: Vec<_> = sink.bodies("health.symptom_noted").collect();
    assert!(matches!(symptoms[1], EventBody::SymptomNoted(s) if s.symptom == "injury right_leg major"));

    let sink = sample("googledocs_reporting");
    assert_eq!(sink.facts[0].at.micros(), us("2019-11-06T20:58:30Z"));
    assert_eq!(sink.facts.last().unwrap().civil_date.unwrap().to_string(), "2019-11-13");
    assert_eq!(sink.counts()["health.alcohol_consumed"], 1, "maybe is neither yes nor no");
    assert_eq!(sink.counts()["health.measurement_recorded"], 3);
    assert_eq!(sink.counts()["source.message_kept"], 2);
}

#[test]
fn lists_of_intervals() {
    let sink = sample("rr_text");
    let base = us("2000-01-01T00:00:00Z");
    assert_eq!(
        sink.samples("rr_interval"),
        [
            (base, 0, 812.0),
            (base + 812_000, 0, 790.5),
            (base + 1_602_500, 0, 801.0),
            (base + 2_403_500, 0, 820.0)
        ]
    );
    assert_eq!(codes(&sink), ["out_of_range", "bad_number"]);
    assert_eq!(sink.refused[1].subject, "line 6");
    assert!(warned(&sink, "no_date"));
    assert_eq!(sink.series[0].origin.source.as_str(), "rr_text/rest");
    let seconds = read("s.txt", "rr_text", b"rr\n0.8\n0.609403\n0.81\n");
    assert_eq!(
        seconds.samples("rr_interval").iter().map(|s| s.2).collect::<Vec<_>>(),
        [800.0, 609.403, 810.0]
    );
    assert!(seconds.refused.is_empty(), "a line of words is a header");
    let sink = sample("rr_pairs");
    let starts: Vec<_> = sink.samples("rr_interval").iter().map(|s| s.0 - base).collect();
    assert_eq!(starts, [0, 800_000, 9_610_000]);
    let sink = sample("npy");
    assert_eq!(sink.samples("rr_interval").iter().map(|s| s.2).collect::<Vec<_>>(), [664.0, 781.0, 828.0]);
    let sink = sample("holter_beats");
    assert_eq!(sink.samples("rr_interval"), [(base + 12_000_000, 0, 800.0), (base + 12_800_000, 0, 809.0)]);
}

#[test]
fn sensors_and_loggers() {
    let sink = sample("empatica_ibi");
    let rr = sink.samples("rr_interval");
    assert_eq!(rr[0], (us("2019-06-11T19:05:07.894419Z"), 0, 609.403));
    assert_eq!(rr[1], (us("2019-06-11T19:05:08.503822Z"), 0, 843.789));
    let sink = sample("empatica_signal");
    assert_eq!(sink.samples("electrodermal_activity")[1], (us("2019-06-11T19:03:45.25Z"), 0, 0.020_499));
    let (result, sink) = try_read("unknown.csv", b"1560279825.0\n4.0\n0.0\n");
    assert_eq!(result.unwrap_err().code(), Code::Unsupported);
    assert_eq!(codes(&sink), ["unnamed_series"]);

    let sink = sample("garmin_logger");
    assert_eq!(sink.samples("rr_interval"), [(us("2019-10-16T10:08:58.808Z"), 0, 821.0)]);
    assert_eq!(sink.samples("steps"), [(us("2019-10-16T10:08:58.041Z"), 60_000_000, 11.0)]);
    assert_eq!(sink.samples("garmin_logger:STEPS").len(), 3);
    assert!(sink.samples("heart_rate").is_empty(), "-1 is not measured");
    assert_eq!(sink.series[0].offset_s, Some(7200));

    let sink = sample("heartbeats");
    let rr = sink.samples("rr_interval");
    assert_eq!(rr.iter().map(|s| s.2).collect::<Vec<_>>(), [6512.0, 453.0, 374.0]);
    assert_eq!(rr[2].0 - rr[1].0, 453_000);
    let sink = sample("actigraph");
    assert_eq!(sink.samples("actigraph:posture").iter().map(|s| s.2).collect::<Vec<_>>(), [1.0, 3.0]);
    assert_eq!((sink.samples("heart_rate").len(), sink.samples("steps").len()), (1, 2));
}

#[test]
fn what_is_not_measurements_is_refused_with_its_reason() {
    let places: String = (1..200).map(|i| format!("{}\n", i * 301)).collect();
    let wave: String =
        (0..400).map(|i| format!("{:.0}\n", 600.0 + 100.0 * (f64::from(i) / 8.0).sin())).collect();
    for (bytes, word) in [
        (places.as_bytes(), "sampling rate"),
        (wave.as_bytes(), "raw signal"),
        (b"ISHNE1.0\x16\x6e\0\0".as_slice(), "Holter"),
        (b"# BIOSPPY HRV REPORT - v.0.4.0\n# File ; n/a\n".as_slice(), "report"),
        (b"{\n \"ar_abs\": [1, 2], \"Comment\": \"None\"}".as_slice(), "report"),
    ] {
        let error = try_read("a.csv", bytes).0.unwrap_err();
        assert_eq!(error.code(), Code::Unsupported);
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(try_read("a.csv", b" \r\n").0.unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read("a.csv", b"").0.unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read("steps.json", b"[ ]").0.unwrap(), "empty");
    for foreign in [
        b"BEGIN:VCALENDAR\r\n".as_slice(),
        b"<?xml version=\"1.0\"?>\n<HealthData>",
        b"\x0e\x10\xd9\x07\0\0\0\0.FIT\0\0",
        b"hello, world\n1,2\n",
    ] {
        assert_eq!(tables::matches(foreign), None);
    }
}

#[test]
fn a_damaged_tail_keeps_the_head() {
    let cut = br#"[{"dateTime":"2019-11-01 00:01:00","value":"7"},{"dateTime":"2019-11-01 00:0"#;
    let sink = read("steps.json", "fitbit_daily_value", cut);
    assert_eq!((sink.samples("steps").len(), codes(&sink)), (1, vec!["truncated"]));
    let bad = br#"[{"dateTime":"2019-11-01 00:01:00","value":"7"},{"dateTime"; oops}]"#;
    let sink = read("steps.json", "fitbit_daily_value", bad);
    assert_eq!((sink.samples("steps").len(), codes(&sink)), (1, vec!["damaged"]));
    let npy = npy(&[800, 810, 790]);
    let sink = read("a.npy", "npy", &npy[..npy.len() - 3]);
    assert_eq!((sink.samples("rr_interval").len(), codes(&sink)), (2, vec!["truncated"]));
    let nothing = "Id,ActivityDate,TotalSteps\n7,yesterday,1\n";
    assert_eq!(try_read("a.csv", nothing.as_bytes()).0.unwrap_err().code(), Code::Malformed);
}

#[test]
fn the_moment_of_reading_changes_nothing() {
    for (name, shape, bytes) in samples() {
        let mut later = Collected::default();
        let options = ReadOptions { now: "2031-01-01T00:00:00Z".parse().unwrap(), ..options(name) };
        read_file(&mut Cursor::new(&bytes), &options, &mut later).unwrap();
        let now = read(name, shape, &bytes);
        assert_eq!((later.facts, later.series), (now.facts, now.series), "{shape}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]
    #[test]
    fn mutated_bytes_never_panic(
        which in 0_usize..27,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let (name, shape, mut bytes) = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = try_read(name, &bytes);
        // Also when the shape was already decided.
        let shape = tables::matches(&samples().into_iter().find(|s| s.1 == shape).unwrap().2).unwrap();
        let mut sink = Collected::default();
        let _ = tables::read(shape, &mut Cursor::new(&bytes), &options(name), &mut sink);
        for block in &sink.series {
            prop_assert!(block.samples.values().iter().all(|v| v.is_finite()));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0_usize..27) {
        let _ = tables::matches(&bytes);
        let (name, _, first) = samples().swap_remove(which);
        let shape = tables::matches(&first).unwrap();
        let mut sink = Collected::default();
        let _ = tables::read(shape, &mut Cursor::new(&bytes), &options(name), &mut sink);
        let mut header = first.iter().copied().take_while(|b| *b != b'\n').chain([b'\n']).collect::<Vec<_>>();
        header.extend(&bytes);
        let _ = tables::read(shape, &mut Cursor::new(&header), &options(name), &mut sink);
    }

    #[test]
    fn intervals_come_back_in_order(values in prop::collection::vec(300_u32..2000, 60..300)) {
        // Shuffled enough not to be a curve; the first two keep it from only growing.
        let mut values = values;
        values[0] = 900;
        values[1] = 800;
        let text: String = values.iter().map(|v| format!("{}.{:03}\n", v / 1000, v % 1000)).collect();
        let (result, sink) = try_read("a.txt", text.as_bytes());
        prop_assume!(result.is_ok());
        let read: Vec<f64> = sink.samples("rr_interval").iter().map(|s| s.2).collect();
        prop_assert_eq!(read, values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
    }
}

/// Every file of the corpus against `conformance/corpus/decode_tables.py`.
#[test]
fn the_corpus_agrees_with_an_independent_decoder() {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let data = std::env::var("HUMANTWIN_DATA").unwrap_or_else(|_| format!("{workspace}/../shared/data"));
    let data = std::path::PathBuf::from(data);
    if !data.join("fitabase").is_dir() {
        println!("skipped: no corpus");
        return;
    }
    let script = format!("{workspace}/conformance/corpus/decode_tables.py");
    let Ok(run) = std::process::Command::new("python3").arg(&script).arg(&data).arg("--beats").output()
    else {
        println!("skipped: no python3");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&run.stdout).unwrap();
    assert!(expected.len() > 150, "the decoder saw {} files", expected.len());
    for (file, theirs) in &expected {
        let path = data.join(file);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let options = ReadOptions { zone: Zone::utc(), ..options(&name) };
        let mut sink = Collected::default();
        let result = read_file(&mut std::fs::File::open(&path).unwrap(), &options, &mut sink);
        if theirs.get("unsupported").is_some() {
            println!("{file}: {}", result.as_ref().unwrap_err());
            assert_eq!(result.unwrap_err().code(), Code::Unsupported, "{file}");
            continue;
        }
        let format = result.unwrap_or_else(|e| panic!("{file}: {e}")).as_str();
        let count = |key: &str, kind: &str| theirs[key][kind].as_u64().unwrap_or(0) as usize;
        let mut samples = std::collections::BTreeMap::<String, (usize, f64)>::new();
        for block in &sink.series {
            let entry = samples.entry(block.metric.to_string()).or_default();
            entry.0 += block.samples.len();
            entry.1 += block.samples.values().iter().sum::<f64>();
        }
        let names = |key: &str| theirs[key].as_object().unwrap().len();
        for (metric, (n, _)) in &samples {
            assert_eq!(*n, count("samples", metric), "{file} {metric}");
        }
        assert_eq!(samples.len(), names("samples"), "{file}: {samples:?}");
        let facts = sink.counts();
        for (kind, n) in &facts {
            assert_eq!(*n, count("facts", kind), "{file} {kind}");
        }
        assert_eq!(facts.len(), names("facts"), "{file}: {facts:?}");
        assert_eq!(
            sink.refused.len() as u64,
            theirs["refused"].as_u64().unwrap(),
            "{file}: {:?}",
            sink.refused.first()
        );
        if let Some(beats) = theirs.get("beats_ms").and_then(|b| b.as_array()) {
            let ours = sink.samples("rr_interval");
            assert!(ours.windows(2).all(|w| w[0].0 <= w[1].0), "{file}: beats out of order");
            for (i, (ours, theirs)) in ours.iter().zip(beats).enumerate() {
                assert_eq!(ours.2, theirs.as_f64().unwrap(), "{file} beat {i}");
            }
        }
        if let Some(sum) = theirs.get("sum").and_then(serde_json::Value::as_f64) {
            let ours = if format == "fitbit_exercise" {
                sink.facts
                    .iter()
                    .filter_map(|f| if let EventBody::WorkoutRecorded(w) = &f.body { Some(w) } else { None })
                    .flat_map(|w| &w.statistics)
                    .filter(|s| s.name == "steps")
                    .map(|s| s.value)
                    .sum()
            } else if let Some((_, sum)) = samples.get("steps").or_else(|| samples.values().next()) {
                *sum
            } else {
                0.0
            };
            assert!((ours - sum).abs() < 1e-6 * sum.abs().max(1.0), "{file}: sum {ours} and {sum}");
        }
        if let Some(seconds) = theirs.get("stage_seconds").and_then(serde_json::Value::as_f64) {
            let ours: f64 = sink
                .facts
                .iter()
                .filter_map(|f| if let EventBody::SleepRecorded(s) = &f.body { Some(s) } else { None })
                .flat_map(|s| &s.stages)
                .map(|s| s.end.secs_since(s.start))
                .sum();
            assert_eq!(ours, seconds, "{file}: seconds of stages");
        }
        if let Some(last) = theirs.get("last_day").and_then(|d| d.as_str()) {
            let days = sink.series.iter().flat_map(|b| b.samples.starts_us()).copied();
            let day = |t: Option<i64>| Timestamp::from_micros(t.unwrap()).to_string()[..10].to_owned();
            assert_eq!(day(days.clone().max()), last, "{file}");
            assert_eq!(day(days.min()), theirs["first_day"].as_str().unwrap(), "{file}");
        }
        let stored: usize = samples.values().map(|s| s.0).sum::<usize>() + sink.facts.len();
        println!(
            "{file}: {format}, rows {}, stored {stored}, refused {}",
            theirs["rows"],
            sink.refused.len()
        );
    }
}
