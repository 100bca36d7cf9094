//! Tasks of GitHub: what an issue and a pull request become, whose they are.

use super::webhook_samples::{deliver, now};
use super::{at, github_issue, ignored, only, told};
use serde_json::{Value, json};
use twin_adapters::work::{Service, WorkOptions};
use twin_core::TwinId;
use twin_core::log::{Intake, Log};
use twin_core::observation::Observation;
use twin_core::store::MemoryStore;

#[test]
fn a_github_issue_is_a_task() {
    let planned = only!(told(Service::GitHub, "issues", &github_issue("opened")), TaskPlanned);
    assert_eq!((planned.task.as_str(), planned.title.as_deref()), ("o/r#7", Some("Login fails")));
    assert_eq!(planned.due, Some(at("2026-04-01T00:00:00Z")));
    let about = planned.about.unwrap();
    assert_eq!(about.kind.as_deref(), Some("bug"));
    assert_eq!((about.project.as_deref(), about.priority.as_deref()), (Some("o/r"), Some("high")));
    assert_eq!(about.requester.as_deref(), Some("bob"));
    assert_eq!(about.assignee, None, "the person of the twin is absent, whatever the case of the name");

    let seen = told(Service::GitHub, "issues", &github_issue("assigned"));
    let handed = only!(seen, HandedOff);
    assert_eq!((handed.task.as_str(), handed.from.as_deref(), handed.to), ("o/r#7", Some("bob"), None));

    let seen = told(Service::GitHub, "issues", &github_issue("closed"));
    let done = only!(seen, TaskCompleted);
    assert_eq!(done.duration_s, None, "how long it was open is not how long it took");
    assert_eq!(seen.facts[0].at, at("2026-03-02T09:00:00Z"));
    let mut dropped = github_issue("closed");
    dropped["issue"]["state_reason"] = json!("not_planned");
    assert_eq!(ignored(&told(Service::GitHub, "issues", &dropped)), ["it was closed without being done"]);
    let mut nobody = github_issue("opened");
    nobody["issue"]["assignee"] = Value::Null;
    let planned = only!(told(Service::GitHub, "issues", &nobody), TaskPlanned);
    assert_eq!(planned.about.unwrap().assignee.as_deref(), Some("unassigned"));
}

#[test]
fn a_delivery_that_comes_twice_is_one_fact_and_a_newer_one_revises_it() {
    let mut log = Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap();
    let mut take = |body: &Value| {
        let seen = told(Service::GitHub, "issues", body);
        let mut intake = Intake::new(&mut log, now());
        for fact in seen.facts {
            twin_core::observation::Sink::accept(&mut intake, Observation::Fact(fact)).unwrap();
        }
        intake.finish().unwrap();
        log.refresh().unwrap();
        let mut count = 0;
        log.all_events(&mut |_| {
            count += 1;
            Ok(())
        })
        .unwrap();
        count
    };
    let first = github_issue("opened");
    assert_eq!(take(&first), 1);
    assert_eq!(take(&first), 1, "sent again");
    let mut edited = github_issue("edited");
    edited["issue"]["title"] = json!("Login fails twice");
    edited["issue"]["updated_at"] = json!("2026-03-02T10:00:00Z");
    assert_eq!(take(&edited), 2, "a version of the same record");
    let records = [&first, &edited].map(|b| {
        let seen = told(Service::GitHub, "issues", b);
        (seen.facts[0].record.clone(), seen.facts[0].revision)
    });
    assert_eq!(records[0].0, records[1].0);
    assert!(records[0].1 < records[1].1);
}

#[test]
fn of_several_people_the_person_of_the_twin_comes_first() {
    let mut shared = github_issue("closed");
    shared["issue"]["assignee"] = json!({"login": "bob"});
    shared["issue"]["assignees"] = json!([{"login": "bob"}, {"login": "ANN"}, {"login": "cat"}]);
    let done = only!(told(Service::GitHub, "issues", &shared), TaskCompleted);
    assert_eq!(done.about.unwrap().assignee, None);
    assert_eq!(done.with, ["bob", "cat"]);
}

#[test]
fn without_knowing_the_person_all_are_named() {
    let body = github_issue("opened").to_string();
    let (_, seen) = deliver(Service::GitHub, "issues", body.as_bytes(), &WorkOptions::default());
    assert_eq!(only!(seen, TaskPlanned).about.unwrap().assignee.as_deref(), Some("ann"));
}

#[test]
fn a_pull_request_is_work_that_begins_and_is_merged() {
    let pull = |action: &str, merged: bool| {
        json!({
            "action": action,
            "pull_request": {"number": 8, "title": "P", "user": {"login": "ann"}, "merged": merged,
                "labels": [{"name": "type: feature"}], "assignees": [{"login": "cat"}],
                "created_at": "2026-03-01T08:00:00Z", "updated_at": "2026-03-03T08:00:00Z",
                "closed_at": if action == "closed" { json!("2026-03-03T08:00:00Z") } else { Value::Null },
                "merged_at": if merged { json!("2026-03-03T07:59:00Z") } else { Value::Null }},
            "repository": {"full_name": "o/r", "language": "Rust"},
        })
    };
    let opened = told(Service::GitHub, "pull_request", &pull("opened", false));
    let labeled = told(Service::GitHub, "pull_request", &pull("labeled", false));
    assert_eq!(opened.counts()["task.started"], 1);
    assert_eq!(
        opened.facts[0].record, labeled.facts[0].record,
        "a label changes what is known of the same beginning"
    );
    let seen = told(Service::GitHub, "pull_request", &pull("closed", true));
    let done = only!(seen, TaskCompleted);
    assert_eq!(seen.facts[0].at, at("2026-03-03T07:59:00Z"));
    let about = done.about.unwrap();
    assert_eq!((about.kind.as_deref(), about.subkind.as_deref()), (Some("feature"), Some("pull_request")));
    assert_eq!(
        (about.assignee, about.skills, done.with),
        (None, vec!["rust".to_owned()], vec!["cat".to_owned()])
    );
    let dropped = told(Service::GitHub, "pull_request", &pull("closed", false));
    assert_eq!(ignored(&dropped), ["it was closed without being merged"]);
}
