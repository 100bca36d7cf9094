//! Jira, in the cloud and on own servers: webhooks, and lists of issues of its API.
//!
//! A change comes with the whole issue and what changed in it (`changelog`); outcomes are read from the changes,
//! the rest from the issue.

mod changes;

use super::facts::{Facts, UNASSIGNED, When, revision};
use super::json::{each, id, list, num, text};
use super::message::{Message, bracketed, length, record};
use super::task::{Task, kind_of_type};
use serde_json::Value;
use twin_core::event::{TaskAbout, TimeTracked};
use twin_core::{Result, Timestamp};

/// Reads a delivery; gives its kind.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let Some(event) = text(v, "/webhookEvent") else {
        facts.refuse("event_missing", "delivery", "the body does not name its event");
        return Ok(String::new());
    };
    let kind = match text(v, "/issue_event_type_name") {
        Some(part) => format!("{event}.{part}"),
        None => event.to_owned(),
    };
    match event {
        "jira:issue_created" | "jira:issue_updated" | "jira:issue_deleted" => issue(v, event, &kind, facts)?,
        "comment_created" | "comment_updated" | "comment_deleted" => comment(v, &kind, event, facts)?,
        "worklog_created" | "worklog_updated" | "worklog_deleted" => worklog(v, &kind, event, facts)?,
        _ => facts.ignore(&kind, "this kind says nothing about work that is kept"),
    }
    Ok(kind)
}

/// A list of issues, as a search gives it.
pub(super) fn issues(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    for issue in list(v, "/issues") {
        let (task, made) = (task(issue, facts), facts.time(issue, "/fields/created"));
        let (Some(task), Some(made)) = (task, made) else {
            facts.refuse("bad_record", "issue", "an issue without a key or a time that can be read");
            continue;
        };
        task.planned(made, facts)?;
        if let Some(done) = facts.time(issue, "/fields/resolutiondate") {
            task.completed(done, spent(issue), Vec::new(), facts)?;
        }
    }
    Ok(())
}

/// The names of a person, best first: those of the cloud, then those of servers.
fn names<'a>(v: &'a Value, path: &str) -> [Option<&'a str>; 4] {
    ["accountId", "name", "key", "emailAddress"].map(|field| text(v, &format!("{path}/{field}")))
}

/// The task that an issue is.
fn task(issue: &Value, facts: &mut Facts<'_>) -> Option<Task> {
    let assignee = names(issue, "/fields/assignee");
    let nobody = [Some(UNASSIGNED)];
    let estimate = ["/fields/timetracking/originalEstimateSeconds", "/fields/timeoriginalestimate"];
    let about = TaskAbout {
        kind: text(issue, "/fields/issuetype/name").map(kind_of_type),
        subkind: each(issue, "/fields/components", "/name").next().map(str::to_owned),
        project: text(issue, "/fields/project/key").map(str::to_owned),
        requester: facts.who(&names(issue, "/fields/reporter")),
        assignee: facts.who(if assignee.iter().any(Option::is_some) { &assignee } else { &nobody }),
        priority: text(issue, "/fields/priority/name").map(str::to_lowercase),
        skills: Vec::new(),
        complexity: None,
        estimate_s: estimate.iter().find_map(|path| num(issue, path)),
    };
    Some(Task {
        id: text(issue, "/key")?.to_owned(),
        title: text(issue, "/fields/summary").map(str::to_owned),
        due: facts.due(issue, &["/fields/duedate"]),
        about,
        changed: facts.first_time(issue, &["/fields/updated", "/fields/created"]),
    })
}

/// Seconds logged on an issue.
fn spent(issue: &Value) -> Option<f64> {
    let paths = ["/fields/timetracking/timeSpentSeconds", "/fields/timespent"];
    paths.iter().find_map(|path| num(issue, path)).filter(|s| *s > 0.0)
}

/// The moment of the delivery, as Jira's clock has it.
fn sent(v: &Value) -> Option<Timestamp> {
    num(v, "/timestamp")
        .filter(|ms| (0.0..9e12).contains(ms))
        .map(|ms| Timestamp::from_micros(ms as i64 * 1000))
}

fn issue(v: &Value, event: &str, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    let issue = v.pointer("/issue").unwrap_or(&Value::Null);
    let task = task(issue, facts);
    let made = facts.time(issue, "/fields/created").or_else(|| sent(v));
    let (Some(mut task), Some(made)) = (task, made) else {
        facts.refuse("bad_record", kind, "an issue without a key or a time that can be read");
        return Ok(());
    };
    let changed = task.changed.or_else(|| sent(v)).unwrap_or(made);
    task.changed = Some(changed);
    match event {
        "jira:issue_created" => task.planned(made, facts),
        "jira:issue_deleted" => {
            let at = sent(v).unwrap_or(changed);
            facts.delete(at, &task.plan(), revision(Some(changed)).saturating_add(1))
        }
        _ if v.pointer("/comment").is_some_and(Value::is_object) => {
            comment(v, kind, "comment_updated", facts)
        }
        _ => changes::read(v, issue, &task, (made, changed, kind), facts),
    }
}

/// A comment: a message. Its record is the comment, whichever event brings it.
fn comment(v: &Value, kind: &str, event: &str, facts: &mut Facts<'_>) -> Result<()> {
    let said = v.pointer("/comment").unwrap_or(&Value::Null);
    let Some(number) = id(said, "/id") else {
        facts.refuse("bad_record", kind, "a comment without an id");
        return Ok(());
    };
    let changed = facts.first_time(said, &["/updated", "/created"]).or_else(|| sent(v));
    let Some(at) = facts.time(said, "/created").or(changed) else {
        facts.refuse("bad_time", kind, "a comment without a time that can be read");
        return Ok(());
    };
    if event == "comment_deleted" {
        let gone = sent(v).unwrap_or(at);
        return facts.delete(gone, &record(&number), revision(changed).saturating_add(1));
    }
    let words = text(said, "/body");
    let message = Message {
        id: number,
        from: facts.who(&names(said, "/author")),
        to: facts.people(bracketed(words, "[~", ']')),
        channel: "issue",
        thread: text(v, "/issue/key").map(str::to_owned),
        reply: Some(true),
        latency_s: None,
        length: length(words),
        changed,
    };
    message.sent(at, facts)
}

/// Time logged on an issue. It has no person of its own: only that of the twin's person is taken.
fn worklog(v: &Value, kind: &str, event: &str, facts: &mut Facts<'_>) -> Result<()> {
    let log = v.pointer("/worklog").unwrap_or(&Value::Null);
    let start = facts.time(log, "/started");
    let (Some(number), Some(start)) = (id(log, "/id"), start) else {
        facts.refuse("bad_record", kind, "a log of work without an id or a time that can be read");
        return Ok(());
    };
    let changed = facts.first_time(log, &["/updated", "/created"]);
    let record = format!("time/{number}");
    if facts.knows_me() && !facts.is_me(names(log, "/author").into_iter().flatten()) {
        facts.ignore(kind, "it is the time of another person");
        return Ok(());
    }
    if event == "worklog_deleted" {
        return facts.delete(sent(v).unwrap_or(start), &record, revision(changed).saturating_add(1));
    }
    let Some(seconds) = num(log, "/timeSpentSeconds").filter(|s| (0.0..1e9).contains(s)) else {
        facts.refuse("bad_record", kind, "a log of work that does not say how long");
        return Ok(());
    };
    let end = start.plus_secs(seconds as i64);
    let body = TimeTracked {
        start,
        end,
        task: text(v, "/issue/key").map(str::to_owned).or_else(|| id(log, "/issueId")),
        project: text(v, "/issue/fields/project/key").map(str::to_owned),
        activity: None,
        interruptions: None,
    };
    facts.fact(When::at(end), &record, revision(changed), body)
}
