//! GitHub: webhooks of repositories and organisations. The event's name is a header (`X-GitHub-Event`).
//!
//! A pull request is a task of its own, of subkind `pull_request`; work on it begins when it is opened, and it
//! is finished when it is merged. The repository's language is the skill of its pull requests, reviews and checks.

mod issues;
mod pulls;

use super::ci::{self, Check, NEITHER, between, held};
use super::facts::{Facts, When};
use super::json::{id, text};
use super::message::{Message, length, mentions, record};
use serde_json::Value;
use twin_core::event::TeamChanged;
use twin_core::{Result, Timestamp};

/// What stands around every event.
struct Scene<'a> {
    v: &'a Value,
    event: &'a str,
    action: &'a str,
    /// `issues.opened`.
    kind: &'a str,
    /// `owner/repository`.
    project: Option<&'a str>,
}

impl Scene<'_> {
    fn project(&self) -> Option<String> {
        self.project.map(str::to_owned)
    }

    /// The skill a repository takes: its language.
    fn skills(&self) -> Vec<String> {
        text(self.v, "/repository/language").map(str::to_lowercase).into_iter().collect()
    }

    /// `owner/repository#7`.
    fn item(&self, number: Option<String>) -> Option<String> {
        Some(format!("{}#{}", self.project.unwrap_or("repository"), number?))
    }

    /// Who did it; a machine is nobody we know.
    fn sender(&self, facts: &Facts<'_>) -> Option<String> {
        let person = text(self.v, "/sender/type") != Some("Bot");
        facts.who(&[text(self.v, "/sender/login").filter(|_| person)])
    }
}

/// Reads a delivery; gives its kind.
pub(super) fn read(event: Option<&str>, v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let Some(event) = event else {
        facts.refuse("event_missing", "delivery", "the header `X-GitHub-Event` does not name the event");
        return Ok(String::new());
    };
    let action = text(v, "/action").unwrap_or_default();
    let kind = if action.is_empty() { event.to_owned() } else { format!("{event}.{action}") };
    let scene = Scene { v, event, action, kind: &kind, project: text(v, "/repository/full_name") };
    match (event, action) {
        ("issues", _) => issues::read(&scene, facts)?,
        ("pull_request", _) => pulls::read(&scene, facts)?,
        ("pull_request_review", "submitted") => pulls::reviewed(&scene, facts)?,
        ("issue_comment" | "commit_comment" | "pull_request_review_comment" | "discussion_comment", _) => {
            comment(&scene, "/comment", facts)?;
        }
        ("discussion", "created" | "edited" | "deleted") => comment(&scene, "/discussion", facts)?,
        ("check_run" | "workflow_run" | "workflow_job", "completed") => {
            let run = v.pointer(&format!("/{event}")).unwrap_or(&Value::Null);
            let actor = text(run, "/actor/login");
            let author = if actor.is_some() { facts.who(&[actor]) } else { scene.sender(facts) };
            ci::run_finished(event, run, (scene.project(), author, scene.skills()), facts)?;
        }
        ("status", _) => status(&scene, facts)?,
        ("deployment_status", "created") => deployed(&scene, facts)?,
        (
            "member" | "membership" | "organization",
            "added" | "removed" | "member_added" | "member_removed",
        ) => {
            team(&scene, facts)?;
        }
        _ => facts.ignore(&kind, why(event)),
    }
    Ok(kind)
}

/// Why an event is no fact.
fn why(event: &str) -> &'static str {
    match event {
        "check_suite" => "its runs tell the same one by one",
        "check_run" | "workflow_run" | "workflow_job" => "it is not finished",
        "deployment" => "its status tells what came of it",
        "push" => "commits tell neither time spent nor what came of it",
        "create" | "delete" | "fork" | "star" | "watch" | "release" | "label" | "team" | "member" => {
            "it changes the repository, not the work of a person"
        }
        "milestone" | "project_card" | "projects_v2_item" => "it orders tasks; the tasks tell the rest",
        "discussion" => "the message stays as it was",
        "pull_request_review" => "only its submission is a review",
        "ping" => "a test of the connection",
        _ => "this kind says nothing about work that is kept",
    }
}

/// A comment or the beginning of a discussion: a message.
fn comment(scene: &Scene<'_>, path: &str, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let said = v.pointer(path).unwrap_or(&Value::Null);
    let Some(number) = id(said, "/id") else {
        facts.refuse("bad_record", scene.kind, "a comment without an id");
        return Ok(());
    };
    let number = format!("{}/{number}", scene.event);
    let changed = facts.first_time(said, &["/updated_at", "/created_at"]);
    let Some(at) = facts.first_time(said, &["/created_at", "/updated_at"]) else {
        facts.refuse("bad_time", scene.kind, "a comment without a time that can be read");
        return Ok(());
    };
    if scene.action == "deleted" {
        let gone = changed.unwrap_or(at);
        return facts.delete(gone, &record(&number), super::facts::revision(changed).saturating_add(1));
    }
    if !matches!(scene.action, "created" | "edited") {
        facts.ignore(scene.kind, "the message stays as it was");
        return Ok(());
    }
    if text(said, "/user/type") == Some("Bot") {
        facts.ignore(scene.kind, "a machine wrote it");
        return Ok(());
    }
    let (channel, thread) = match scene.event {
        "issue_comment" => ("issue", scene.item(id(v, "/issue/number"))),
        "pull_request_review_comment" => ("review", scene.item(id(v, "/pull_request/number"))),
        "commit_comment" => ("review", id(said, "/commit_id")),
        _ => ("discussion", scene.item(id(v, "/discussion/number"))),
    };
    let words = text(said, "/body");
    let message = Message {
        id: number,
        from: facts.who(&[text(said, "/user/login")]),
        to: facts.people(mentions(words)),
        channel,
        thread,
        reply: Some(scene.event != "discussion"),
        latency_s: None,
        length: length(words),
        changed,
    };
    message.sent(at, facts)
}

/// The status of a commit, as services outside of GitHub set it.
fn status(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let Some(passed) = text(v, "/state").and_then(held) else {
        facts.ignore(scene.kind, NEITHER);
        return Ok(());
    };
    let (Some(at), Some(number)) = (facts.first_time(v, &["/updated_at", "/created_at"]), id(v, "/id"))
    else {
        facts.refuse("bad_record", scene.kind, "a status without an id or a time that can be read");
        return Ok(());
    };
    let check = Check {
        id: format!("status/{number}"),
        name: text(v, "/context").unwrap_or("status").to_owned(),
        project: scene.project(),
        duration_s: None,
        author: facts.who(&[text(v, "/commit/author/login")]),
        skills: scene.skills(),
    };
    check.finished(at, passed, facts)
}

fn deployed(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let status = scene.v.pointer("/deployment_status").unwrap_or(&Value::Null);
    let Some(passed) = text(status, "/state").and_then(held) else {
        facts.ignore(scene.kind, NEITHER);
        return Ok(());
    };
    let started = facts.time(scene.v, "/deployment/created_at");
    let (Some(at), Some(number)) =
        (facts.first_time(status, &["/updated_at", "/created_at"]), id(status, "/id"))
    else {
        facts.refuse("bad_record", scene.kind, "a status without an id or a time that can be read");
        return Ok(());
    };
    let place = text(scene.v, "/deployment/environment").unwrap_or("unknown");
    let check = Check {
        id: format!("deployment/{number}"),
        name: format!("deployment / {place}"),
        project: scene.project(),
        duration_s: between(started, at),
        author: facts.who(&[text(scene.v, "/deployment/creator/login")]),
        skills: scene.skills(),
    };
    check.finished(at, passed, facts)
}

/// Somebody came or left. GitHub does not say when: it is now.
fn team(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let names = [text(v, "/member/login"), text(v, "/membership/user/login")];
    let joined = scene.action.ends_with("added");
    let unit = [text(v, "/team/slug"), text(v, "/team/name"), scene.project, text(v, "/organization/login")];
    let unit = unit.into_iter().flatten().next().map(str::to_owned);
    let at: Timestamp = facts.out.options.now;
    // Without a time in it only the delivery tells two comings apart.
    let own = facts.delivery.clone().unwrap_or_else(|| at.secs().to_string());
    let body = TeamChanged { person: facts.who(&names), unit, joined };
    facts.fact(When::at(at), &format!("team/{own}"), 0, body)
}
