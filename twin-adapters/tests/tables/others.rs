//! Diaries, lists of intervals, sensors and loggers.

use super::{codes, read, sample, try_read, us, warned};
use twin_core::Code;
use twin_core::event::EventBody;

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
