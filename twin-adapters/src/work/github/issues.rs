//! Issues: tasks.

use super::Scene;
use crate::work::facts::{Facts, UNASSIGNED, revision};
use crate::work::json::{each, id, text};
use crate::work::task::{Task, kind_of, kind_of_type, priority_of};
use serde_json::Value;
use twin_core::Result;
use twin_core::event::TaskAbout;

/// The task that an issue or pull request is.
pub(super) fn task(scene: &Scene<'_>, path: &str, facts: &mut Facts<'_>) -> Option<Task> {
    let v = scene.v.pointer(path)?;
    let labels: Vec<&str> = each(v, "/labels", "/name").collect();
    let assignees: Vec<&str> = each(v, "/assignees", "/login").chain(text(v, "/assignee/login")).collect();
    let assignee = facts.foremost(assignees.into_iter());
    let pull = path == "/pull_request";
    let author = text(v, "/user/login");
    let about = TaskAbout {
        kind: text(v, "/type/name").map(kind_of_type).or_else(|| kind_of(labels.iter().copied())),
        subkind: pull.then(|| "pull_request".to_owned()),
        project: scene.project(),
        requester: facts.who(&[author]),
        // Who opens a pull request does the work.
        assignee: if pull { facts.who(&[author]) } else { facts.who(&[assignee.or(Some(UNASSIGNED))]) },
        priority: priority_of(labels.iter().copied()),
        skills: if pull { scene.skills() } else { Vec::new() },
        complexity: None,
        estimate_s: None,
    };
    Some(Task {
        id: scene.item(id(v, "/number"))?,
        title: text(v, "/title").map(str::to_owned),
        due: facts.time(v, "/milestone/due_on"),
        about,
        changed: facts.first_time(v, &["/updated_at", "/created_at"]),
    })
}

/// Others who work on it.
pub(super) fn with(v: &Value, facts: &Facts<'_>, main: Option<&str>) -> Vec<String> {
    let others = each(v, "/assignees", "/login").filter(|p| Some(*p) != main && !facts.is_me([*p]));
    facts.people(others)
}

pub(super) fn read(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v.pointer("/issue").unwrap_or(&Value::Null);
    let Some(task) = task(scene, "/issue", facts) else {
        facts.refuse("bad_record", scene.kind, "an issue without a number");
        return Ok(());
    };
    let (Some(made), Some(changed)) = (facts.first_time(v, &["/created_at", "/updated_at"]), task.changed)
    else {
        facts.refuse("bad_time", scene.kind, "an issue without a time that can be read");
        return Ok(());
    };
    let closed = facts.time(v, "/closed_at");
    match scene.action {
        "closed" => {
            let dropped = matches!(text(v, "/state_reason"), Some("not_planned" | "duplicate"));
            if dropped {
                facts.ignore(scene.kind, "it was closed without being done");
                return Ok(());
            }
            let others = with(v, facts, task.about.assignee.as_deref());
            task.completed(closed.unwrap_or(changed), None, others, facts)
        }
        "reopened" => task.reopened(changed, facts),
        "deleted" => facts.delete(changed, &task.plan(), revision(Some(changed)).saturating_add(1)),
        "assigned" => {
            let to = text(scene.v, "/assignee/login").or_else(|| text(v, "/assignee/login"));
            let by = text(scene.v, "/sender/login");
            task.planned(made, facts)?;
            // Who takes a task up was not handed it.
            if to.is_none() || to == by {
                return Ok(());
            }
            let people = (facts.who(&[by]), facts.who(&[to]));
            task.handed(changed, people, facts)
        }
        "opened" | "edited" | "labeled" | "unlabeled" | "milestoned" | "demilestoned" | "unassigned"
        | "typed" | "untyped"
            if closed.is_none() =>
        {
            task.planned(made, facts)
        }
        "opened" | "edited" | "labeled" | "unlabeled" | "milestoned" | "demilestoned" | "unassigned" => {
            facts.ignore(scene.kind, "it changes a task that is finished");
            Ok(())
        }
        _ => {
            facts.ignore(scene.kind, "the task stays as it was");
            Ok(())
        }
    }
}
