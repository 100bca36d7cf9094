//! GitLab: webhooks of projects and groups, and system hooks. The body names the event itself.
//!
//! Issues are tasks (`group/project#7`), merge requests are tasks of subkind `merge_request`
//! (`group/project!7`). GitLab tells estimates and time spent.

mod items;

use super::ci::{Check, NEITHER, between, held};
use super::facts::{Facts, When};
use super::json::{flag, id, num, text};
use super::message::{Message, length, mentions, record};
use serde_json::Value;
use twin_core::Result;
use twin_core::event::TeamChanged;

/// What stands around every event.
struct Scene<'a> {
    v: &'a Value,
    /// `issue.open`.
    kind: &'a str,
    action: &'a str,
    /// `group/project`.
    project: Option<&'a str>,
}

impl Scene<'_> {
    fn project(&self) -> Option<String> {
        self.project.map(str::to_owned)
    }

    /// `group/project#7`, or with `!` for merge requests.
    fn item(&self, mark: char, number: Option<String>) -> Option<String> {
        Some(format!("{}{mark}{}", self.project.unwrap_or("project"), number?))
    }
}

/// Reads a delivery; gives its kind.
pub(super) fn read(header: Option<&str>, v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let Some(event) = text(v, "/object_kind").or_else(|| text(v, "/event_name")) else {
        let said = header.unwrap_or("delivery").to_owned();
        facts.refuse("event_missing", &said, "the body does not name its event");
        return Ok(String::new());
    };
    // System hooks name no action: the state tells.
    let action =
        text(v, "/object_attributes/action").unwrap_or_else(|| match text(v, "/object_attributes/state") {
            Some("opened") => "open",
            Some("closed") => "close",
            Some("merged") => "merge",
            _ => "",
        });
    let part = match event {
        "pipeline" => text(v, "/object_attributes/status").unwrap_or_default(),
        "build" => text(v, "/build_status").unwrap_or_default(),
        "deployment" => text(v, "/status").unwrap_or_default(),
        "issue" | "work_item" | "merge_request" | "note" | "wiki_page" => action,
        _ => "",
    };
    let kind = if part.is_empty() { event.to_owned() } else { format!("{event}.{part}") };
    let project = ["/project/path_with_namespace", "/project_name", "/project/name"];
    let project = project.iter().find_map(|path| text(v, path));
    let scene = Scene { v, kind: &kind, action, project };
    match event {
        "issue" | "work_item" => items::issue(&scene, facts)?,
        "merge_request" => items::merge_request(&scene, facts)?,
        "note" => note(&scene, facts)?,
        "pipeline" => pipeline(&scene, facts)?,
        "build" => job(&scene, facts)?,
        "deployment" => deployed(&scene, facts)?,
        "user_add_to_group" | "user_add_to_team" => team(&scene, event, true, facts)?,
        "user_remove_from_group" | "user_remove_from_team" => team(&scene, event, false, facts)?,
        _ => facts.ignore(&kind, why(event)),
    }
    Ok(kind)
}

/// Why an event is no fact.
fn why(event: &str) -> &'static str {
    match event {
        "push" | "tag_push" | "repository_update" => "commits tell neither time spent nor what came of it",
        "wiki_page" | "release" | "feature_flag" | "emoji" | "milestone" => {
            "it changes the project, not the work of a person"
        }
        "access_token" | "key_create" | "key_destroy" | "user_failed_login" => "it is about access",
        _ if event.starts_with("user_") => "it is about an account",
        _ if event.starts_with("project_")
            || event.starts_with("group_")
            || event.starts_with("subgroup_") =>
        {
            "it changes the project or group, not the work of a person"
        }
        _ => "this kind says nothing about work that is kept",
    }
}

/// A comment: a message.
fn note(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let said = v.pointer("/object_attributes").unwrap_or(&Value::Null);
    if flag(said, "/system") == Some(true) {
        facts.ignore(scene.kind, "the tracker wrote it by itself");
        return Ok(());
    }
    let changed = facts.first_time(said, &["/updated_at", "/created_at"]);
    let (Some(at), Some(number)) = (facts.first_time(said, &["/created_at", "/updated_at"]), id(said, "/id"))
    else {
        facts.refuse("bad_record", scene.kind, "a note without an id or a time that can be read");
        return Ok(());
    };
    if scene.action == "delete" {
        return facts.delete(at, &record(&number), super::facts::revision(changed).saturating_add(1));
    }
    let (channel, thread) = match text(said, "/noteable_type") {
        Some("Issue") => ("issue", scene.item('#', id(v, "/issue/iid"))),
        Some("MergeRequest") => ("review", scene.item('!', id(v, "/merge_request/iid"))),
        Some("Commit") => ("review", id(v, "/commit/id")),
        _ => ("comment", id(v, "/snippet/id").map(|n| format!("snippet/{n}"))),
    };
    let words = text(said, "/note");
    let message = Message {
        id: number,
        from: facts.who(&[text(v, "/user/username"), text(v, "/user/email")]),
        to: facts.people(mentions(words)),
        channel,
        thread,
        reply: Some(true),
        latency_s: None,
        length: length(words),
        changed,
    };
    message.sent(at, facts)
}

fn pipeline(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let Some(passed) = text(v, "/object_attributes/status").and_then(held) else {
        facts.ignore(scene.kind, NEITHER);
        return Ok(());
    };
    let at = facts.first_time(v, &["/object_attributes/finished_at", "/object_attributes/created_at"]);
    let (Some(at), Some(number)) = (at, id(v, "/object_attributes/id")) else {
        facts.refuse("bad_record", scene.kind, "a pipeline without an id or a time that can be read");
        return Ok(());
    };
    let check = Check {
        id: format!("pipeline/{number}/{}", at.secs()),
        name: "pipeline".into(),
        project: scene.project(),
        duration_s: num(v, "/object_attributes/duration"),
        author: facts.who(&[text(v, "/user/username"), text(v, "/user/email")]),
        skills: Vec::new(),
    };
    check.finished(at, passed, facts)
}

fn job(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let Some(passed) = text(v, "/build_status").and_then(held) else {
        facts.ignore(scene.kind, NEITHER);
        return Ok(());
    };
    let (Some(at), Some(number)) = (facts.time(v, "/build_finished_at"), id(v, "/build_id")) else {
        facts.refuse("bad_record", scene.kind, "a job without an id or a time that can be read");
        return Ok(());
    };
    let check = Check {
        id: format!("job/{number}"),
        name: format!("pipeline / {}", text(v, "/build_name").unwrap_or("job")),
        project: scene.project(),
        duration_s: num(v, "/build_duration"),
        author: facts.who(&[text(v, "/user/username"), text(v, "/user/email")]),
        skills: Vec::new(),
    };
    check.finished(at, passed, facts)
}

fn deployed(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let Some(passed) = text(v, "/status").and_then(held) else {
        facts.ignore(scene.kind, NEITHER);
        return Ok(());
    };
    let (Some(at), Some(number)) = (facts.time(v, "/status_changed_at"), id(v, "/deployment_id")) else {
        facts.refuse("bad_record", scene.kind, "a deployment without an id or a time that can be read");
        return Ok(());
    };
    let check = Check {
        id: format!("deployment/{number}/{}", at.secs()),
        name: format!("deployment / {}", text(v, "/environment").unwrap_or("unknown")),
        project: scene.project(),
        duration_s: between(None, at),
        author: facts.who(&[text(v, "/user/username"), text(v, "/user/email")]),
        skills: Vec::new(),
    };
    check.finished(at, passed, facts)
}

/// Somebody came into a group or project, or left it.
fn team(scene: &Scene<'_>, event: &str, joined: bool, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v;
    let Some(at) = facts.first_time(v, &["/updated_at", "/created_at"]) else {
        facts.refuse("bad_time", scene.kind, "a change of members without a time that can be read");
        return Ok(());
    };
    let unit = ["/group_path", "/project_path_with_namespace", "/group_name", "/project_name"];
    let unit = unit.iter().find_map(|path| text(v, path)).map(str::to_owned);
    let person = id(v, "/user_id").or_else(|| id(v, "/user_username")).unwrap_or_default();
    let record = format!("team/{event}/{}/{person}/{}", unit.as_deref().unwrap_or_default(), at.secs());
    let body =
        TeamChanged { person: facts.who(&[text(v, "/user_username"), text(v, "/user_email")]), unit, joined };
    facts.fact(When::at(at), &record, 0, body)
}
