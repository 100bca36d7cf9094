//! What services and files tell of work.
#![cfg(feature = "work")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[expect(dead_code, unreachable_pub, reason = "shared with an example")]
mod webhook_samples;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, read_file};
use twin_adapters::work::{Delivery, Format, Service, WorkOptions, matches, read, read_verified};
use twin_core::event::{
    CheckFinished, EventBody, HandedOff, MeetingAttended, MessageSent, ReviewDone, ReviewOutcome,
    TaskCompleted, TaskPlanned, TeamChanged, TimeTracked,
};
use twin_core::log::{Intake, Log};
use twin_core::observation::{Collected, Observation};
use twin_core::store::MemoryStore;
use twin_core::{Code, Timestamp, TwinId, Zone};
use webhook_samples::{deliver, now};

fn ann() -> WorkOptions {
    WorkOptions {
        me: vec!["Ann".into(), "ann@example.org".into()],
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

fn told(service: Service, event: &str, body: &Value) -> Collected {
    let (reply, seen) = deliver(service, event, body.to_string().as_bytes(), &ann());
    assert_eq!(reply.status, 200, "{:?}", reply.refused);
    seen
}

fn file(format: Format, text: &str) -> Collected {
    assert_eq!(matches(text.as_bytes()), Some(format));
    let mut seen = Collected::default();
    read(format, &mut text.as_bytes(), &ann(), now(), &mut seen).unwrap();
    seen
}

fn json_file(format: Format, value: &Value) -> Collected {
    file(format, &value.to_string())
}

/// The one fact of a kind.
macro_rules! only {
    ($seen:expr, $kind:ident) => {{
        let seen = &$seen;
        let mut found = Vec::new();
        for fact in &seen.facts {
            if let EventBody::$kind(body) = &fact.body {
                let body: &$kind = body;
                found.push(body.clone());
            }
        }
        assert_eq!(found.len(), 1, "{:?} {:?}", seen.facts, seen.refused);
        found.remove(0)
    }};
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn ignored(seen: &Collected) -> Vec<&str> {
    seen.refused.iter().filter(|r| r.code == "ignored").map(|r| r.message.as_str()).collect()
}

// --- code hosts ------------------------------------------------------------------------------------

fn github_issue(action: &str) -> Value {
    json!({
        "action": action,
        "issue": {
            "number": 7, "title": "Login fails", "user": {"login": "bob"}, "assignee": {"login": "ann"},
            "labels": [{"name": "kind/bug"}, {"name": "priority: high"}],
            "milestone": {"due_on": "2026-04-01T00:00:00Z"},
            "created_at": "2026-03-01T08:00:00Z", "updated_at": "2026-03-02T09:00:00Z",
            "closed_at": if action == "closed" { json!("2026-03-02T09:00:00Z") } else { Value::Null },
            "state_reason": if action == "closed" { json!("completed") } else { Value::Null },
        },
        "assignee": {"login": "ann"},
        "repository": {"full_name": "o/r", "language": "Rust"},
        "sender": {"login": "bob", "type": "User"},
    })
}

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
fn members_come_and_go() {
    let member = |id: &str| {
        let body =
            json!({"action": "added", "member": {"login": "ann"}, "team": {"slug": "core"}}).to_string();
        let mut headers = webhook_samples::signed(Service::GitHub, "membership", body.as_bytes(), now());
        headers.push(("X-GitHub-Delivery".into(), id.into()));
        let mut seen = Collected::default();
        let delivery = Delivery::new(Service::GitHub, &headers, body.as_bytes());
        let reply = read_verified(&delivery, &ann(), now(), &mut seen).unwrap();
        assert_eq!((reply.delivery.as_deref(), reply.accepted, reply.verified), (Some(id), 1, None));
        seen
    };
    let changed = only!(member("d-1"), TeamChanged);
    assert_eq!((changed.person, changed.unit.as_deref(), changed.joined), (None, Some("core"), true));
    let record = |id| member(id).facts[0].record.clone().unwrap();
    assert_eq!(record("d-1").as_str(), "team/d-1", "what has no id of its own takes that of the delivery");
    assert_ne!(record("d-1"), record("d-2"));
    let group = json!({"type": "event_callback", "event": {"type": "subteam_members_changed", "subteam_id": "S",
        "date_update": 1_772_440_000, "added_users": ["U1"], "removed_users": ["ann", "U2"]}});
    let seen = told(Service::Slack, "", &group);
    assert_eq!(seen.counts()["collaboration.team_changed"], 3);
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
fn machines_do_not_collaborate() {
    let bot = json!({"action": "created", "issue": {"number": 7}, "repository": {"full_name": "o/r"}, "comment":
        {"id": 5, "user": {"login": "x[bot]", "type": "Bot"}, "body": "b", "created_at": "2026-03-02T09:00:00Z"}});
    assert_eq!(ignored(&told(Service::GitHub, "issue_comment", &bot)), ["a machine wrote it"]);
    let bot =
        json!({"event": {"type": "message", "bot_id": "B1", "channel": "C1", "ts": "1772440000.000100"}});
    assert_eq!(ignored(&told(Service::Slack, "", &bot)), ["a machine wrote it"]);
}

#[test]
fn reviews_comments_and_checks_of_github() {
    let review = |state: &str, by: &str| {
        json!({
            "action": "submitted",
            "review": {"id": 1, "state": state, "user": {"login": by}, "body": "no", "submitted_at": "2026-03-02T09:00:00Z"},
            "pull_request": {"number": 8, "user": {"login": "ann"}},
            "repository": {"full_name": "o/r", "language": "Rust"},
        })
    };
    for (state, outcome) in [
        ("approved", ReviewOutcome::Approved),
        ("CHANGES_REQUESTED", ReviewOutcome::ChangesRequested),
        ("commented", ReviewOutcome::Commented),
    ] {
        let done = only!(told(Service::GitHub, "pull_request_review", &review(state, "cat")), ReviewDone);
        assert_eq!((done.item.as_str(), done.outcome), ("o/r#8", outcome));
        assert_eq!((done.author, done.reviewer.as_deref(), done.waited_s), (None, Some("cat"), None));
        assert_eq!(done.skills, ["rust"]);
    }
    let own = told(Service::GitHub, "pull_request_review", &review("commented", "ann"));
    assert_eq!(ignored(&own), ["remarks on one's own work are no review"]);

    let secret = "SECRET-WORDS @cat, see bob@example.org";
    let comment = json!({
        "action": "created", "issue": {"number": 7},
        "comment": {"id": 5, "user": {"login": "ann"}, "body": secret, "created_at": "2026-03-02T09:00:00Z"},
        "repository": {"full_name": "o/r"},
    });
    let seen = told(Service::GitHub, "issue_comment", &comment);
    let message = only!(seen, MessageSent);
    assert_eq!((message.from, message.to.as_slice()), (None, &["cat".to_owned()][..]));
    assert_eq!((message.channel.as_str(), message.thread.as_deref()), ("issue", Some("o/r#7")));
    assert_eq!(message.length, Some(secret.len() as u32));
    assert!(!format!("{:?}", seen.facts).contains("SECRET"), "the text is not kept");

    let run = |conclusion: &str| {
        json!({
            "action": "completed", "sender": {"login": "cat", "type": "User"},
            "check_run": {"id": 3, "name": "tests", "conclusion": conclusion,
                "started_at": "2026-03-02T09:00:00Z", "completed_at": "2026-03-02T09:05:30Z"},
            "repository": {"full_name": "o/r"},
        })
    };
    let check = only!(told(Service::GitHub, "check_run", &run("failure")), CheckFinished);
    assert_eq!((check.check.as_str(), check.passed, check.duration_s), ("tests", false, Some(330.0)));
    assert_eq!(
        ignored(&told(Service::GitHub, "check_run", &run("cancelled"))),
        ["it neither held nor failed"]
    );
}

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

// --- trackers --------------------------------------------------------------------------------------

fn jira(category: &str, items: Value) -> Value {
    json!({
        "timestamp": 1_772_440_000_000_i64, "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_generic", "user": {"accountId": "u1"},
        "issue": {"key": "KEY-1", "fields": {
            "summary": "T", "issuetype": {"name": "Bug"}, "project": {"key": "KEY"}, "priority": {"name": "High"},
            "reporter": {"accountId": "r1"}, "assignee": {"accountId": "a1", "emailAddress": "Ann@Example.org"},
            "status": {"statusCategory": {"key": category}},
            "created": "2026-03-01T09:00:00.000+0100", "updated": "2026-03-02T09:00:00.000+0100",
            "resolutiondate": if category == "done" { json!("2026-03-02T09:00:00.000+0100") } else { Value::Null },
            "timeoriginalestimate": 3600, "timespent": 5400}},
        "changelog": {"items": items},
    })
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

// --- chats and mail --------------------------------------------------------------------------------

#[test]
fn a_message_of_slack_is_its_circumstances() {
    let message = json!({"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "user": "U2",
        "channel": "C1", "ts": "1772440000.000100", "thread_ts": "1772430000.000200", "parent_user_id": "ann",
        "text": "secret <@U3> words"}});
    let seen = told(Service::Slack, "", &message);
    let sent = only!(seen, MessageSent);
    assert_eq!(
        (sent.from.as_deref(), sent.to.as_slice()),
        (Some("U2"), &["U3".to_owned(), "ann".to_owned()][..])
    );
    assert_eq!((sent.channel.as_str(), sent.thread.as_deref()), ("chat", Some("C1/1772430000.000200")));
    assert_eq!((sent.reply, sent.length), (Some(true), Some(18)));
    assert!(!format!("{:?}", seen.facts).contains("secret"));
    let changed = json!({"type": "event_callback", "event": {"type": "message", "subtype": "message_changed",
        "channel": "C1", "ts": "1772440100.000100", "message": {"user": "U2", "ts": "1772440000.000100", "text": "x",
            "edited": {"ts": "1772440099.000000"}}}});
    let edited = told(Service::Slack, "", &changed);
    assert_eq!(edited.facts[0].record, seen.facts[0].record);
    assert!(edited.facts[0].revision > seen.facts[0].revision);
}

#[test]
fn notices_of_graph_are_told_and_messages_of_teams_are_read() {
    let notice = json!({"value": [{"clientState": "It's a Secret to Everybody", "changeType": "created",
        "resourceData": {"@odata.type": "#Microsoft.Graph.chatMessage", "id": "1"}}]});
    assert_eq!(
        ignored(&told(Service::MicrosoftGraph, "", &notice)),
        ["a notice that something changed; fetch it and read that"]
    );
    let messages = json!({"value": [{"id": "5", "messageType": "message", "replyToId": "4", "chatId": "c",
        "createdDateTime": "2026-03-02T09:00:00.5Z", "from": {"user": {"id": "u1"}},
        "body": {"contentType": "html", "content": "<p>four</p>"}, "mentions": [{"mentioned": {"user": {"id": "u2"}}}]}]});
    let sent = only!(json_file(Format::TeamsMessages, &messages), MessageSent);
    assert_eq!(
        (sent.length, sent.thread.as_deref(), sent.to.as_slice()),
        (Some(4), Some("c/4"), &["u2".to_owned()][..])
    );
}

const MAILBOX: &str = "From ann@example.org Mon Mar  2 10:00:00 2026\n\
From: \"Smith, Ann\" <Ann@Example.org>\nTo: Bob <BOB@example.org>,\n cat@example.org\n\
Subject: SECRET plans\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <a@x>\n\n\
SECRET body\nFrom: not a header\n>From quoted\n\n\
From bob@example.org Mon Mar  2 11:00:00 2026\r\nFrom: bob@example.org\r\nCc: ann@example.org\r\n\
Date: Mon, 2 Mar 2026 10:30:00 +0000\r\nIn-Reply-To: <a@x>\r\nReferences: <a@x>\r\nMessage-ID: <b@x>\r\n\r\nhi\r\n";

#[test]
fn headers_of_mail_tell_who_wrote_to_whom() {
    let seen = file(Format::Mail, MAILBOX);
    let messages: Vec<&MessageSent> = seen
        .facts
        .iter()
        .map(|f| match &f.body {
            EventBody::MessageSent(m) => &**m,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(messages.len(), 2);
    assert_eq!((messages[0].from.as_deref(), messages[0].reply), (None, Some(false)));
    assert_eq!(messages[0].to, ["bob@example.org", "cat@example.org"]);
    assert_eq!(messages[1].from.as_deref(), Some("bob@example.org"));
    assert_eq!((messages[1].latency_s, messages[1].thread.as_deref()), (Some(5400.0), Some("a@x")));
    assert!(!format!("{:?}", seen.facts).contains("SECRET"), "neither subject nor body");
    let one = file(
        Format::Mail,
        "Date: 2 Mar 2026 10:00 +0000\nFrom: a@b.org\n\nFrom me\n\nFrom x\nFrom: c@d.org\n",
    );
    assert_eq!(one.facts.len(), 1, "what follows the headers of one message is its body");
}

// --- calendars and time ----------------------------------------------------------------------------

#[test]
fn events_of_google_calendar() {
    let page = json!({"kind": "calendar#events", "timeZone": "Europe/Paris", "items": [
        {"kind": "calendar#event", "id": "s_1", "iCalUID": "s@google.com", "recurringEventId": "s", "status": "confirmed",
         "summary": "Stand-up", "created": "2026-01-01T08:00:00.000Z", "updated": "2026-02-01T08:00:00.000Z",
         "originalStartTime": {"dateTime": "2026-03-02T09:00:00+01:00"},
         "start": {"dateTime": "2026-03-02T09:30:00+01:00", "timeZone": "Europe/Paris"},
         "end": {"dateTime": "2026-03-02T09:45:00+01:00", "timeZone": "Europe/Paris"},
         "organizer": {"email": "bob@example.org"},
         "attendees": [{"email": "ann@example.org", "self": true, "responseStatus": "accepted"},
            {"email": "Bob@example.org", "organizer": true}, {"email": "room@example.org", "resource": true}]},
        {"kind": "calendar#event", "id": "d", "status": "tentative", "start": {"date": "2026-12-24"},
         "end": {"date": "2026-12-26"}, "created": "2026-01-01T08:00:00.000Z"},
        {"kind": "calendar#event", "id": "m", "recurrence": ["RRULE:FREQ=DAILY"], "start": {"dateTime": "2026-03-02T09:30:00+01:00"},
         "end": {"dateTime": "2026-03-02T09:45:00+01:00"}},
        {"kind": "calendar#event", "id": "gone", "status": "cancelled", "updated": "2026-03-01T08:00:00.000Z"},
        {"kind": "calendar#event", "id": "s_2", "recurringEventId": "s", "status": "cancelled",
         "originalStartTime": {"dateTime": "2026-03-03T09:00:00+01:00"}, "updated": "2026-03-01T08:00:00.000Z"},
    ]});
    let seen = json_file(Format::GoogleCalendar, &page);
    let EventBody::MeetingAttended(met) = &seen.facts[0].body else { panic!() };
    assert_eq!((met.entry.start, met.entry.uid.as_str()), (at("2026-03-02T08:30:00Z"), "s@google.com"));
    assert_eq!(
        (met.entry.others, met.entry.people.as_slice()),
        (Some(1), &["bob@example.org".to_owned()][..])
    );
    assert_eq!((met.entry.organiser, met.entry.cancelled), (Some(false), Some(false)));
    assert_eq!(seen.facts[0].record.as_ref().unwrap().as_str(), "met/s/2026-03-02T09:00:00+01:00");
    assert_eq!((seen.facts[0].start_offset_s, met.entry.zone.as_deref()), (Some(3600), Some("Europe/Paris")));
    let EventBody::MeetingPlanned(planned) = &seen.facts[1].body else { panic!() };
    assert_eq!(planned.entry.start, at("2026-12-23T23:00:00Z"), "a day begins where the person is");
    assert_eq!(planned.entry.all_day_until.unwrap().to_string(), "2026-12-26");
    assert_eq!(ignored(&seen), ["a series is read by its instances; ask for single events"]);
    assert!(matches!(&seen.facts[2].body, EventBody::RecordDeleted(d) if d.record.as_str() == "plan/gone"));
    let EventBody::MeetingAttended(off) = &seen.facts[3].body else { panic!() };
    assert_eq!((off.entry.cancelled, off.entry.start), (Some(true), at("2026-03-03T08:00:00Z")));
}

#[test]
fn events_of_outlook() {
    let page = json!({"value": [
        {"id": "A", "iCalUId": "u", "subject": "Review", "isAllDay": false, "showAs": "oof", "isCancelled": false,
         "type": "occurrence", "seriesMasterId": "S", "createdDateTime": "2026-01-01T08:00:00Z",
         "start": {"dateTime": "2026-07-02T09:00:00.0000000", "timeZone": "W. Europe Standard Time"},
         "end": {"dateTime": "2026-07-02T10:00:00.0000000", "timeZone": "W. Europe Standard Time"},
         "organizer": {"emailAddress": {"address": "Ann@example.org"}}, "categories": ["Red"],
         "attendees": [{"type": "required", "emailAddress": {"address": "b@example.org"}},
            {"type": "resource", "emailAddress": {"address": "room@example.org"}}]},
        {"id": "M", "type": "seriesMaster", "isAllDay": false, "showAs": "busy",
         "start": {"dateTime": "2026-07-02T09:00:00.0000000", "timeZone": "UTC"},
         "end": {"dateTime": "2026-07-02T10:00:00.0000000", "timeZone": "UTC"}},
    ]});
    let seen = json_file(Format::GraphCalendar, &page);
    let met = only!(seen, MeetingAttended);
    assert_eq!(met.entry.start, at("2026-07-02T07:00:00Z"), "a zone by the name Windows has for it");
    assert_eq!((met.entry.others, met.entry.organiser), (Some(1), Some(true)));
    assert_eq!(
        (met.entry.categories.as_slice(), met.entry.busy),
        (&["Red".to_owned()][..], twin_core::event::Busy::OutOfOffice)
    );
    assert_eq!(ignored(&seen).len(), 1);
}

#[test]
fn answers_to_invitations_are_told() {
    let google = |organizer: serde_json::Value, attendees: serde_json::Value| {
        let page = json!({"items": [{"kind": "calendar#event", "id": "a", "organizer": organizer, "attendees": attendees,
            "start": {"dateTime": "2026-03-02T09:30:00Z"}, "end": {"dateTime": "2026-03-02T09:45:00Z"}}]});
        only!(json_file(Format::GoogleCalendar, &page), MeetingAttended).entry
    };
    let own = google(
        json!({"email": "ann@example.org", "self": true}),
        json!([{"email": "ann@example.org", "self": true, "responseStatus": "accepted"},
            {"email": "Bob@example.org", "responseStatus": "declined"},
            {"email": "cy@example.org", "responseStatus": "needsAction"},
            {"email": "room@example.org", "resource": true, "responseStatus": "declined"}]),
    );
    assert_eq!((own.organiser, own.organised_by, own.declined), (Some(true), None, Some(false)));
    assert_eq!((own.declined_by.join(","), own.others), ("bob@example.org".to_owned(), Some(2)));
    let refused = google(
        json!({"email": "Bob@example.org"}),
        json!([{"email": "ann@example.org", "self": true, "responseStatus": "declined"},
            {"email": "bob@example.org", "responseStatus": "accepted"}]),
    );
    assert_eq!(refused.organised_by.as_deref(), Some("bob@example.org"));
    assert_eq!((refused.declined, refused.cancelled, refused.declined_by.len()), (Some(true), Some(true), 0));
    let silent =
        google(json!({"email": "bob@example.org"}), json!([{"email": "ann@example.org", "self": true}]));
    assert_eq!(silent.declined, None, "a calendar that tells no answers");

    let outlook = |answer: &str, theirs: &str| {
        let page = json!({"value": [{"id": "A", "isAllDay": false, "showAs": "busy", "type": "singleInstance",
            "start": {"dateTime": "2026-03-02T09:00:00", "timeZone": "UTC"}, "end": {"dateTime": "2026-03-02T10:00:00", "timeZone": "UTC"},
            "organizer": {"emailAddress": {"address": "Bob@example.org"}}, "responseStatus": {"response": answer},
            "attendees": [{"type": "required", "status": {"response": theirs}, "emailAddress": {"address": "cy@example.org"}}]}]});
        only!(json_file(Format::GraphCalendar, &page), MeetingAttended).entry
    };
    let told = outlook("declined", "declined");
    assert_eq!((told.organised_by.as_deref(), told.declined), (Some("bob@example.org"), Some(true)));
    assert_eq!(told.declined_by, ["cy@example.org"]);
    let told = outlook("tentativelyAccepted", "accepted");
    assert_eq!((told.declined, told.declined_by.len()), (Some(false), 0));
    assert_eq!(outlook("none", "none").declined, None);
}

#[test]
fn meetings_of_zoom() {
    let ended = json!({"event": "meeting.ended", "event_ts": 1_772_440_000_000_i64, "payload": {"object": {"id": "123",
        "uuid": "x==", "topic": "T", "host_id": "ann", "start_time": "2026-03-02T09:00:00Z", "duration": 60,
        "end_time": "2026-03-02T09:50:00Z", "timezone": "America/New_York"}}});
    let met = only!(told(Service::Zoom, "", &ended), MeetingAttended);
    assert_eq!(
        (met.entry.end, met.entry.organiser, met.entry.others),
        (at("2026-03-02T09:50:00Z"), Some(true), None)
    );
    let report = json!({"id": 123, "topic": "T", "participants": [
        {"name": "Ann", "user_email": "ann@example.org", "join_time": "2026-03-02T09:01:00Z", "leave_time": "2026-03-02T09:30:00Z"},
        {"name": "Bob", "join_time": "2026-03-02T09:00:00Z", "leave_time": "2026-03-02T09:40:00Z"}]});
    let met = only!(json_file(Format::ZoomReport, &report), MeetingAttended);
    assert_eq!((met.entry.start, met.entry.end), (at("2026-03-02T09:00:00Z"), at("2026-03-02T09:40:00Z")));
    assert_eq!((met.entry.others, met.entry.people.as_slice()), (Some(1), &["Bob".to_owned()][..]));
}

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

// --- the way in ------------------------------------------------------------------------------------

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
