//! Tables: every shape from hand-made files, damaged bytes, and the real corpus against an
//! independent decoder.
#![cfg(feature = "tables")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bytes;
mod corpus;
mod fitbit;
mod others;
mod shapes;

use std::io::Cursor;
use twin_adapters::files::{Format, ReadOptions, read_file};
use twin_core::observation::Collected;
use twin_core::{Error, Timestamp, Zone};

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
