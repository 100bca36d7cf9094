//! Asana: webhooks tell that something changed, rarely what; tasks are read from its API's answers.

use super::facts::{Facts, UNASSIGNED, revision};
use super::json::{each, flag, id, list, num, text};
use super::message::Message;
use super::task::{Task, kind_of, priority_of};
use serde_json::Value;
use twin_core::Result;
use twin_core::event::TaskAbout;

/// Reads a delivery; gives its kind.
pub(super) fn delivered(v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let events = list(v, "/events");
    let mut kind = String::from("heartbeat");
    if events.is_empty() {
        facts.ignore(&kind, "a sign of life without an event");
    }
    for event in events {
        let what =
            text(event, "/resource/resource_subtype").or_else(|| text(event, "/resource/resource_type"));
        let action = text(event, "/action").unwrap_or_default();
        kind = format!("{}.{action}", what.unwrap_or("resource"));
        one(event, action, &kind, facts)?;
    }
    Ok(kind)
}

fn one(event: &Value, action: &str, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    let (Some(gid), Some(at)) = (id(event, "/resource/gid"), facts.time(event, "/created_at")) else {
        facts.refuse("bad_record", kind, "an event without a resource or a time that can be read");
        return Ok(());
    };
    let user = id(event, "/user/gid");
    let by = facts.who(&[user.as_deref()]);
    match (text(event, "/resource/resource_type"), action) {
        (Some("task"), "deleted") => {
            let plan = bare(gid).plan();
            facts.delete(at, &plan, revision(Some(at)).saturating_add(1))
        }
        (Some("story"), "added") if text(event, "/resource/resource_subtype") == Some("comment_added") => {
            let message = Message {
                id: gid,
                from: by,
                to: Vec::new(),
                channel: "issue",
                thread: id(event, "/parent/gid"),
                reply: Some(true),
                latency_s: None,
                length: None,
                changed: Some(at),
            };
            message.sent(at, facts)
        }
        (Some("task"), "changed")
            if text(event, "/change/field") == Some("completed")
                && flag(event, "/change/new_value").is_some() =>
        {
            let task = Task { changed: Some(at), ..bare(gid) };
            if flag(event, "/change/new_value") == Some(true) {
                task.completed(at, None, Vec::new(), facts)
            } else {
                task.reopened(at, facts)
            }
        }
        (Some("task"), _) => {
            facts.ignore(kind, "it does not say what the task is now; read the task");
            Ok(())
        }
        _ => {
            facts.ignore(kind, "this kind says nothing about work that is kept");
            Ok(())
        }
    }
}

/// A task of which only the id is known.
fn bare(gid: String) -> Task {
    let about = TaskAbout {
        requester: Some(super::facts::UNKNOWN.into()),
        assignee: Some(super::facts::UNKNOWN.into()),
        ..TaskAbout::default()
    };
    Task { id: gid, title: None, due: None, about, changed: None }
}

/// Answers of the API: one task or a list of them under `data`.
pub(super) fn tasks(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let one = v.pointer("/data").filter(|d| d.is_object());
    for t in list(v, "/data").iter().chain(one) {
        let made = facts.time(t, "/created_at");
        let (Some(gid), Some(made)) = (id(t, "/gid"), made) else {
            facts.refuse("bad_record", "task", "a task without an id or a time of creation");
            continue;
        };
        let labels: Vec<&str> = each(t, "/tags", "/name").collect();
        let assignee = [text(t, "/assignee/gid"), text(t, "/assignee/email")];
        let nobody = [Some(UNASSIGNED)];
        let task = Task {
            id: gid,
            title: text(t, "/name").map(str::to_owned),
            due: facts.due(t, &["/due_at", "/due_on"]),
            about: TaskAbout {
                kind: kind_of(labels.iter().copied()),
                subkind: None,
                project: each(t, "/projects", "/name").next().map(str::to_owned),
                requester: facts.who(&[text(t, "/created_by/gid")]),
                assignee: facts.who(if assignee.iter().any(Option::is_some) { &assignee } else { &nobody }),
                priority: priority_of(labels.iter().copied()),
                skills: Vec::new(),
                complexity: None,
                estimate_s: None,
            },
            changed: facts.first_time(t, &["/modified_at", "/created_at"]),
        };
        task.planned(made, facts)?;
        if let Some(done) = facts.time(t, "/completed_at") {
            let spent = num(t, "/actual_time_minutes").filter(|m| *m > 0.0).map(|m| m * 60.0);
            task.completed(done, spent, Vec::new(), facts)?;
        }
    }
    Ok(())
}
