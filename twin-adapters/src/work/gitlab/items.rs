//! Issues and merge requests.

use super::Scene;
use crate::files::shared::times::Time;
use crate::work::facts::{Facts, UNASSIGNED, When, revision};
use crate::work::json::{each, id, num, text, time};
use crate::work::task::{Task, kind_of, kind_of_type, priority_of};
use serde_json::Value;
use twin_core::event::{ReviewDone, ReviewOutcome, TaskAbout};
use twin_core::{Result, Timestamp};

const AT: &str = "/object_attributes";

fn task(scene: &Scene<'_>, mark: char, facts: &mut Facts<'_>) -> Option<Task> {
    let v = scene.v;
    let o = v.pointer(AT)?;
    let labels: Vec<&str> = each(v, "/labels", "/title").chain(each(o, "/labels", "/title")).collect();
    let assignees: Vec<&str> =
        each(v, "/assignees", "/username").chain(text(v, "/assignee/username")).collect();
    let assignee = facts.foremost(assignees.into_iter());
    // The event names its author only where the author made it.
    let actor = [text(v, "/user/username"), text(v, "/user/email")];
    let own = id(v, "/user/id").is_some() && id(v, "/user/id") == id(o, "/author_id");
    let author: &[Option<&str>] = if own || scene.action == "open" { &actor } else { &[] };
    let requester = facts.who(author);
    let pull = mark == '!';
    let about = TaskAbout {
        kind: text(o, "/type")
            .filter(|t| !t.eq_ignore_ascii_case("issue") && !t.eq_ignore_ascii_case("task"))
            .map(kind_of_type)
            .or_else(|| kind_of(labels.iter().copied())),
        subkind: pull.then(|| "merge_request".to_owned()),
        project: scene.project(),
        assignee: match (pull, assignee) {
            (true, None) => requester.clone(),
            _ => facts.who(&[assignee.or(Some(UNASSIGNED))]),
        },
        requester,
        priority: priority_of(labels.iter().copied()),
        skills: Vec::new(),
        complexity: None,
        estimate_s: num(o, "/time_estimate").filter(|s| *s > 0.0),
    };
    Some(Task {
        id: scene.item(mark, id(o, "/iid"))?,
        title: text(o, "/title").map(str::to_owned),
        due: facts.due(o, &["/due_date"]),
        about,
        changed: facts.first_time(o, &["/updated_at", "/created_at"]),
    })
}

/// The task, when it was made and when it changed; refused where one is not told.
fn told(scene: &Scene<'_>, mark: char, facts: &mut Facts<'_>) -> Option<(Task, Timestamp, Timestamp)> {
    let made = facts.first_time(scene.v, &["/object_attributes/created_at", "/object_attributes/updated_at"]);
    let task = task(scene, mark, facts);
    match (task, made) {
        (Some(task), Some(made)) => {
            let changed = task.changed.unwrap_or(made);
            Some((task, made, changed))
        }
        _ => {
            facts.refuse("bad_record", scene.kind, "an item without a number or a time that can be read");
            None
        }
    }
}

fn spent(scene: &Scene<'_>) -> Option<f64> {
    num(scene.v, "/object_attributes/total_time_spent").filter(|s| *s > 0.0)
}

fn with(scene: &Scene<'_>, facts: &Facts<'_>, main: Option<&str>) -> Vec<String> {
    let others = each(scene.v, "/assignees", "/username").filter(|p| Some(*p) != main && !facts.is_me([*p]));
    facts.people(others)
}

pub(super) fn issue(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let Some((task, made, changed)) = told(scene, '#', facts) else { return Ok(()) };
    match scene.action {
        "close" => {
            let at = facts.time(scene.v, "/object_attributes/closed_at").unwrap_or(changed);
            let others = with(scene, facts, task.about.assignee.as_deref());
            task.completed(at, spent(scene), others, facts)
        }
        "reopen" => task.reopened(changed, facts),
        "open" | "update" => {
            task.planned(made, facts)?;
            handed(scene, &task, changed, facts)?;
            let before = time(scene.v, "/changes/due_date/previous").map(Time::day);
            let after = time(scene.v, "/changes/due_date/current").map(Time::day);
            if before.is_some() && after > before { task.delayed(changed, facts) } else { Ok(()) }
        }
        _ => {
            facts.ignore(scene.kind, "the task stays as it was");
            Ok(())
        }
    }
}

/// A change of who has it, from one person to another.
fn handed(scene: &Scene<'_>, task: &Task, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
    let from = each(scene.v, "/changes/assignees/previous", "/username").next();
    let to = each(scene.v, "/changes/assignees/current", "/username").next();
    match (from, to) {
        (Some(from), Some(to)) if from != to => {
            let people = (facts.who(&[Some(from)]), facts.who(&[Some(to)]));
            task.handed(at, people, facts)
        }
        _ => Ok(()),
    }
}

pub(super) fn merge_request(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let Some((task, made, changed)) = told(scene, '!', facts) else { return Ok(()) };
    match scene.action {
        "open" => task.started(made, facts),
        "reopen" => task.reopened(changed, facts),
        "merge" => {
            let others = with(scene, facts, task.about.assignee.as_deref());
            task.completed(changed, spent(scene), others, facts)
        }
        "close" => {
            facts.ignore(scene.kind, "it was closed without being merged");
            Ok(())
        }
        "approved" | "approval" => reviewed(scene, &task, changed, facts),
        _ => {
            facts.ignore(scene.kind, "the merge request goes on as it was");
            Ok(())
        }
    }
}

/// An approval of a merge request; `approved` (all approvals are there) and `approval` (one of them) by one person
/// at one moment are one fact.
fn reviewed(scene: &Scene<'_>, task: &Task, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
    let v: &Value = scene.v;
    let reviewer = [text(v, "/user/username"), text(v, "/user/email")];
    let body = ReviewDone {
        item: task.id.clone(),
        author: task.about.assignee.clone(),
        reviewer: facts.who(&reviewer),
        outcome: ReviewOutcome::Approved,
        waited_s: None,
        comments: None,
        skills: Vec::new(),
    };
    let person = id(v, "/user/id").or_else(|| id(v, "/user/username")).unwrap_or_default();
    let record = format!("review/{}/{person}/{}", task.id, at.secs());
    facts.fact(When::at(at), &record, revision(Some(at)), body)
}
