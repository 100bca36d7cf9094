//! Reviews, comments and checks of code hosts, and members of teams.

use super::webhook_samples::now;
use super::{ann, ignored, only, told};
use crate::webhook_samples;
use serde_json::json;
use twin_adapters::work::{Delivery, Service, read_verified};
use twin_core::event::ReviewOutcome;
use twin_core::observation::Collected;

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
