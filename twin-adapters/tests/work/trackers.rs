//! Trackers of tasks: GitLab, Jira, Asana, and tables.

use super::{at, file, ignored, jira, json_file, only, told};
use serde_json::{Value, json};
use twin_adapters::work::{Format, Service};
use twin_core::event::{EventBody, TaskCompleted};

#[test]
fn gitlab_tells_estimates_time_spent_and_who_had_it() {
    let issue = |action: &str| {
        json!({
            "object_kind": "issue", "user": {"id": 1, "username": "bob"},
            "project": {"path_with_namespace": "g/p"},
            "object_attributes": {"iid": 3, "action": action, "author_id": 1, "title": "T",
                "created_at": "2026-03-01 08:00:00 UTC", "updated_at": "2026-03-02T09:00:00Z",
                "closed_at": if action == "close" { json!("2026-03-02T08:59:00Z") } else { Value::Null },
                "time_estimate": 7200, "total_time_spent": 9000, "due_date": "2026-03-10"},
            "assignees": [{"username": "ann"}],
            "changes": {"assignees": {"previous": [{"username": "cat"}], "current": [{"username": "ann"}]},
                "due_date": {"previous": "2026-03-05", "current": "2026-03-10"}},
        })
    };
    let seen = told(Service::GitLab, "", &issue("update"));
    let planned = only!(seen, TaskPlanned);
    let about = planned.about.unwrap();
    assert_eq!(
        (about.estimate_s, about.requester.as_deref(), about.assignee),
        (Some(7200.0), Some("bob"), None)
    );
    assert_eq!(seen.facts[0].at, at("2026-03-01T08:00:00Z"));
    let handed = only!(seen, HandedOff);
    assert_eq!((handed.from.as_deref(), handed.to), (Some("cat"), None));
    assert_eq!(planned.due, Some(at("2026-03-10T22:59:59.999999Z")), "a day alone lasts to its end");
    assert_eq!(seen.counts()["task.delayed"], 1);
    let done = only!(told(Service::GitLab, "", &issue("close")), TaskCompleted);
    assert_eq!(done.duration_s, Some(9000.0));

    let approval = json!({
        "object_kind": "merge_request", "user": {"id": 2, "username": "cat"},
        "project": {"path_with_namespace": "g/p"}, "assignees": [{"username": "ann"}],
        "object_attributes": {"iid": 4, "action": "approved", "author_id": 1, "created_at": "2026-03-01T08:00:00Z",
            "updated_at": "2026-03-02T09:00:00Z"},
    });
    let done = only!(told(Service::GitLab, "", &approval), ReviewDone);
    assert_eq!((done.item.as_str(), done.reviewer.as_deref(), done.author), ("g/p!4", Some("cat"), None));

    let pipeline = json!({"object_kind": "pipeline", "project": {"path_with_namespace": "g/p"},
        "object_attributes": {"id": 9, "status": "failed", "duration": 63, "finished_at": "2026-03-02 09:00:00 UTC"}});
    let check = only!(told(Service::GitLab, "", &pipeline), CheckFinished);
    assert_eq!(
        (check.passed, check.duration_s, check.author.as_deref()),
        (false, Some(63.0), Some("unknown"))
    );
}

#[test]
fn changes_of_jira_issues_become_what_happened() {
    let item = |field: &str, from: Value, to: Value| json!({"field": field, "from": from, "to": to});
    let kinds = |category, items| -> Vec<String> {
        told(Service::Jira, "", &jira(category, items)).counts().into_keys().collect()
    };
    let seen = told(
        Service::Jira,
        "",
        &jira(
            "done",
            json!([item("resolution", Value::Null, json!("1")), item("status", json!("3"), json!("5"))]),
        ),
    );
    let done = only!(seen, TaskCompleted);
    assert_eq!((done.task.as_str(), done.duration_s), ("KEY-1", Some(5400.0)));
    assert_eq!(seen.facts[0].at, at("2026-03-02T08:00:00Z"));
    let about = done.about.unwrap();
    assert_eq!((about.kind.as_deref(), about.estimate_s), (Some("bug"), Some(3600.0)));
    assert_eq!((about.requester.as_deref(), about.assignee), (Some("r1"), None), "known by the address");

    assert_eq!(
        kinds("indeterminate", json!([item("status", json!("1"), json!("3"))])),
        ["task.planned", "task.started"]
    );
    assert_eq!(
        kinds("new", json!([item("resolution", json!("1"), Value::Null)])),
        ["task.planned", "task.reopened"]
    );
    assert_eq!(
        kinds("new", json!([item("duedate", json!("2026-03-05"), json!("2026-03-09"))])),
        ["task.delayed", "task.planned"]
    );
    assert_eq!(
        kinds("new", json!([item("duedate", json!("2026-03-09"), json!("2026-03-05"))])),
        ["task.planned"]
    );
    let seen = told(Service::Jira, "", &jira("new", json!([item("assignee", json!("b2"), json!("a1"))])));
    let handed = only!(seen, HandedOff);
    assert_eq!((handed.from.as_deref(), handed.to), (Some("b2"), None));
    let late = told(Service::Jira, "", &jira("done", json!([item("labels", Value::Null, json!("x"))])));
    assert_eq!(ignored(&late), ["it changes a task that is finished"]);
}

#[test]
fn time_logged_in_jira_is_taken_of_the_person_alone() {
    let log = |who: &str| {
        json!({"webhookEvent": "worklog_created", "timestamp": 1_772_440_000_000_i64,
            "worklog": {"id": "5", "author": {"name": who}, "started": "2026-03-02T09:00:00.000+0000",
                "timeSpentSeconds": 1800, "issueId": "77"}})
    };
    let time = only!(told(Service::Jira, "", &log("ann")), TimeTracked);
    assert_eq!(time.end, at("2026-03-02T09:30:00Z"));
    assert_eq!(ignored(&told(Service::Jira, "", &log("bob"))), ["it is the time of another person"]);
}

#[test]
fn asana_says_what_it_can() {
    let event = |action: &str, kind: &str, change: Value| {
        json!({"events": [{"action": action, "created_at": "2026-03-02T09:00:00Z", "change": change,
            "user": {"gid": "9"}, "resource": {"gid": "1", "resource_type": kind,
                "resource_subtype": if kind == "story" { "comment_added" } else { "default_task" }},
            "parent": {"gid": "1"}}]})
    };
    let told = |v: Value| told(Service::Asana, "", &v);
    only!(told(event("changed", "task", json!({"field": "completed", "new_value": true}))), TaskCompleted);
    let open = told(event("changed", "task", json!({"field": "completed"})));
    assert_eq!(ignored(&open), ["it does not say what the task is now; read the task"]);
    let message = only!(told(event("added", "story", Value::Null)), MessageSent);
    assert_eq!((message.from.as_deref(), message.thread.as_deref()), (Some("9"), Some("1")));
    assert_eq!(ignored(&told(json!({"events": []}))), ["a sign of life without an event"]);

    let task = json!({"data": {"gid": "1", "resource_type": "task", "name": "T", "completed": true,
        "created_at": "2026-03-01T08:00:00Z", "completed_at": "2026-03-02T08:00:00Z", "actual_time_minutes": 90,
        "assignee": {"gid": "3"}, "tags": [{"name": "Bug"}]}});
    let done = only!(json_file(Format::AsanaTasks, &task), TaskCompleted);
    assert_eq!((done.duration_s, done.about.unwrap().assignee.as_deref()), (Some(5400.0), Some("3")));
}

#[test]
fn a_table_of_tasks() {
    let table = "task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,estimated_at,completed_at\n\
        T-1,ann,Bug,UI,P,bob,High,2,3.5,2026-03-01T08:00:00Z,2026-03-02T08:00:00Z\n\
        T-2,bob,Report,,P,ann,,0,10000,2026-03-01T08:00:00Z,2026-03-02T08:00:00Z\n\
        T-3,,,,,,,,,,\n\
        T-4,ann,Bug,,P,,,two,,2026-03-01T08:00:00Z,\n";
    let seen = file(Format::TasksCsv, table);
    let done: Vec<&TaskCompleted> = seen
        .facts
        .iter()
        .filter_map(|f| match &f.body {
            EventBody::TaskCompleted(t) => Some(&**t),
            _ => None,
        })
        .collect();
    let about = done[0].about.clone().unwrap();
    assert_eq!((done[0].duration_s, about.estimate_s, about.assignee), (Some(12_600.0), Some(7200.0), None));
    assert_eq!(
        (about.kind.as_deref(), about.subkind.as_deref(), about.priority.as_deref()),
        (Some("bug"), Some("ui"), Some("high"))
    );
    let about = done[1].about.clone().unwrap();
    // As told: what cannot be is refused by the rules of the core, not here.
    assert_eq!((done[1].duration_s, about.estimate_s), (Some(36_000_000.0), Some(0.0)));
    assert_eq!((about.assignee.as_deref(), about.requester), (Some("bob"), None));
    assert_eq!(seen.counts()["task.planned"], 3);
    let codes: Vec<(&str, &str)> =
        seen.refused.iter().map(|r| (r.code.as_str(), r.subject.as_str())).collect();
    assert_eq!(codes, [("bad_time", "line 4"), ("bad_number", "line 5 estimate_h")]);
}
