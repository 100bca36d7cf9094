//! How bytes are found out and what broken ones are.

use super::webhook_samples::now;
use super::{MAILBOX, ann, github_issue, jira, json_file, told};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, read_file};
use twin_adapters::work::{Format, Service, read};
use twin_core::event::EventBody;
use twin_core::observation::Collected;
use twin_core::{Code, Zone};

#[test]
fn a_file_tells_the_same_records_as_a_delivery() {
    let run = json!({"id": 30, "name": "CI", "conclusion": "success", "run_attempt": 2, "actor": {"login": "cat"},
        "run_started_at": "2026-03-02T09:00:00Z", "updated_at": "2026-03-02T09:04:00Z",
        "url": "https://api.github.com/repos/o/r/actions/runs/30", "repository": {"full_name": "o/r"}});
    let listed = json_file(Format::GitHubRuns, &json!({"total_count": 1, "workflow_runs": [run]}));
    let sent = json!({"action": "completed", "workflow_run": run, "repository": {"full_name": "o/r"}});
    assert_eq!(listed.facts, told(Service::GitHub, "workflow_run", &sent).facts);

    let issue = jira("done", json!([{"field": "resolution", "from": Value::Null, "to": "1"}]));
    let listed = json_file(Format::JiraIssues, &json!({"issues": [issue["issue"]]}));
    assert_eq!(listed.counts(), [("task.completed".to_owned(), 1), ("task.planned".to_owned(), 1)].into());
    let done =
        |seen: &Collected| seen.facts.iter().find(|f| f.body.kind() == "task.completed").cloned().unwrap();
    assert_eq!(done(&listed), done(&told(Service::Jira, "", &issue)));
}

#[test]
fn files_are_found_by_their_bytes_and_broken_ones_are_errors() {
    let options = |subject: Option<&str>| ReadOptions {
        now: now(),
        zone: Zone::utc(),
        name: "x".into(),
        subject: subject.map(str::to_owned),
    };
    let mut seen = Collected::default();
    let format =
        read_file(&mut Cursor::new(MAILBOX), &options(Some("bob@example.org, Bob")), &mut seen).unwrap();
    assert_eq!((format.as_str(), seen.facts.len()), ("mail", 2));
    let EventBody::MessageSent(m) = &seen.facts[1].body else { panic!() };
    assert_eq!(m.from, None, "the subject is the person of the twin");
    let cut = r#"{"kind": "calendar#events", "items": [{"id": "#;
    let error = read_file(&mut Cursor::new(cut), &options(None), &mut Collected::default()).unwrap_err();
    assert_eq!(error.code(), Code::Malformed);
    let useless = r#"{"kind": "calendar#events", "items": [{"summary": "no id"}]}"#;
    let error = read_file(&mut Cursor::new(useless), &options(None), &mut Collected::default()).unwrap_err();
    assert_eq!(error.code(), Code::Malformed);
    for odd in ["1970-01-05T00:00:00Z", "2027-01-01T00:00:00Z", "yesterday", "2026-13-01T00:00:00Z"] {
        let mut issue = github_issue("opened");
        (issue["issue"]["created_at"], issue["issue"]["updated_at"]) = (json!(odd), json!(odd));
        let seen = told(Service::GitHub, "issues", &issue);
        assert!(seen.facts.is_empty() && seen.refused[0].code == "bad_time", "{odd} {:?}", seen.refused);
    }
}

const FORMATS: [Format; 11] = [
    Format::GoogleCalendar,
    Format::GraphCalendar,
    Format::TeamsMessages,
    Format::JiraIssues,
    Format::AsanaTasks,
    Format::GitHubRuns,
    Format::ZoomReport,
    Format::WakaTime,
    Format::TasksCsv,
    Format::TimeCsv,
    Format::Mail,
];

fn samples() -> Vec<String> {
    let event = json!({"id": "1", "gid": "1", "key": "K-1", "time": 1_772_440_000.0, "start": {"dateTime": "2026-03-02T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-03-02T10:00:00", "timeZone": "UTC"}, "created_at": "2026-03-01T08:00:00Z", "conclusion": "success",
        "createdDateTime": "2026-03-02T09:00:00Z", "fields": {"created": "2026-03-02T09:00:00Z"}, "updated_at": "2026-03-02T09:00:00Z"});
    let all = json!({"value": [event], "items": [event], "data": [event], "issues": [event], "workflow_runs": [event]});
    vec![
        all.to_string(),
        MAILBOX.to_owned(),
        "task_id,person,estimate_h,estimated_at,completed_at\nT,a,1,2026-03-01,2026-03-02 10:00\n".to_owned(),
        "Project,Start date,Start time,End time,Duration\nP,3/4/2026,9:00 AM,10:00,1:00\n".to_owned(),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(
        which in 0..4_usize,
        format in 0..FORMATS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..16),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = samples()[which].clone().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 3).max(1));
        let mut seen = Collected::default();
        let format = FORMATS[format];
        if let Err(error) = read(format, &mut bytes.as_slice(), &ann(), now(), &mut seen) {
            prop_assert!(matches!(error.code(), Code::Malformed | Code::Unsupported));
        }
        for fact in &seen.facts {
            prop_assert!(fact.record.is_some() || matches!(fact.body, EventBody::RecordDeleted(_)));
        }
    }
}
