//! Days, hours, sleep and exercise of Fitbit, by its exports and by Fitabase.

use super::{DAILY, codes, options, read, sample, try_read, us, warned};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, read_file};
use twin_core::event::{EventBody, SleepStage};
use twin_core::observation::Collected;
use twin_core::{Code, Timestamp};

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
