//! Time that was tracked: heartbeats and time sheets.

use super::{at, file, ignored, json_file, only};
use serde_json::json;
use twin_adapters::work::Format;
use twin_core::event::EventBody;

#[test]
fn heartbeats_are_joined_to_spans() {
    let t0 = 1_772_440_000.0;
    let beat = |after: f64, project: &str| {
        json!({"time": t0 + after, "entity": "/home/SECRET.rs", "type": "file",
        "category": "coding", "project": project})
    };
    // Out of order; a gap of exactly 15 minutes joins, a longer one parts, a change of project parts at once.
    let beats = json!({"data": [beat(900.0, "p"), beat(0.0, "p"), beat(1801.0, "p"), beat(1900.0, "q"), beat(1960.0, "q")]});
    let seen = json_file(Format::WakaTime, &beats);
    let spans: Vec<(f64, f64, Option<String>)> = seen
        .facts
        .iter()
        .map(|f| match &f.body {
            EventBody::TimeTracked(t) => {
                (t.start.micros() as f64 / 1e6 - t0, t.end.micros() as f64 / 1e6 - t0, t.project.clone())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let p = Some("p".to_owned());
    assert_eq!(spans, [(0.0, 900.0, p.clone()), (1801.0, 1900.0, p), (1900.0, 1960.0, Some("q".into()))]);
    assert!(!format!("{:?}", seen.facts).contains("SECRET"));
    let alone = json_file(Format::WakaTime, &json!({"data": [beat(0.0, "p")]}));
    assert_eq!(ignored(&alone), ["a sign of life alone has no length"]);
    let durations = json!({"data": [{"time": t0, "duration": 60.5, "project": "p"}]});
    assert_eq!(
        only!(json_file(Format::WakaTime, &durations), TimeTracked).end.micros(),
        1_772_440_060_500_000
    );
}

#[test]
fn time_sheets() {
    let toggl = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
        Ann,ann@example.org,,Twin,,Write,No,2026-03-02,09:00:00,2026-03-02,10:30:00,01:30:00,\"Deep, x\"\n\
        Bob,bob@example.org,,Twin,,Write,No,2026-03-02,09:00:00,2026-03-02,10:30:00,01:30:00,\n";
    let seen = file(Format::TimeCsv, toggl);
    let time = only!(seen, TimeTracked);
    assert_eq!((time.start, time.end), (at("2026-03-02T08:00:00Z"), at("2026-03-02T09:30:00Z")));
    assert_eq!((time.task.as_deref(), time.activity.as_deref()), (Some("Write"), Some("deep")));
    assert_eq!(ignored(&seen), ["it is the time of another person"]);
    let clockify = |date: &str| {
        format!(
            "\"Project\",\"Description\",\"Start Date\",\"Start Time\",\"Duration (h)\"\n\
        P,D,{date},09:00:00 AM,00:30:00\nP,D,13/02/2026,9:00 AM,0:15\n"
        )
    };
    let seen = file(Format::TimeCsv, &clockify("03/02/2026"));
    assert_eq!(seen.facts[0].at, at("2026-02-03T08:30:00Z"), "another row shows that the day stands first");
    assert_eq!(seen.facts[1].at, at("2026-02-13T08:15:00Z"));
}
