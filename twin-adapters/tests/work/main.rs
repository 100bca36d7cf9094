//! What services and files tell of work.
#![cfg(feature = "work")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[expect(dead_code, unreachable_pub, reason = "shared with an example")]
#[path = "../webhook_samples/mod.rs"]
mod webhook_samples;

mod calendars;
mod hours;
mod messages;
mod reviews;
mod tasks;
mod trackers;
mod way_in;

use serde_json::{Value, json};
use twin_adapters::work::{Format, Service, WorkOptions, matches, read};
use twin_core::observation::Collected;
use twin_core::{Timestamp, Zone};
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
            if let twin_core::event::EventBody::$kind(body) = &fact.body {
                let body: &twin_core::event::$kind = body;
                found.push(body.clone());
            }
        }
        assert_eq!(found.len(), 1, "{:?} {:?}", seen.facts, seen.refused);
        found.remove(0)
    }};
}
use only;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn ignored(seen: &Collected) -> Vec<&str> {
    seen.refused.iter().filter(|r| r.code == "ignored").map(|r| r.message.as_str()).collect()
}

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

const MAILBOX: &str = "From ann@example.org Mon Mar  2 10:00:00 2026\n\
From: \"Smith, Ann\" <Ann@Example.org>\nTo: Bob <BOB@example.org>,\n cat@example.org\n\
Subject: SECRET plans\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <a@x>\n\n\
SECRET body\nFrom: not a header\n>From quoted\n\n\
From bob@example.org Mon Mar  2 11:00:00 2026\r\nFrom: bob@example.org\r\nCc: ann@example.org\r\n\
Date: Mon, 2 Mar 2026 10:30:00 +0000\r\nIn-Reply-To: <a@x>\r\nReferences: <a@x>\r\nMessage-ID: <b@x>\r\n\r\nhi\r\n";
