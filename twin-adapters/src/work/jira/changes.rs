//! What changed in an issue.

use super::{names, spent};
use crate::work::facts::Facts;
use crate::work::json::{list, text, told_time};
use crate::work::task::Task;
use serde_json::Value;
use twin_core::{Result, Timestamp};

/// A field's value before and after; ids first, since words may be translated.
#[derive(Clone, Copy)]
struct Change<'a> {
    before: Option<&'a str>,
    after: Option<&'a str>,
}

fn change<'a>(v: &'a Value, field: &str) -> Option<Change<'a>> {
    let item = list(v, "/changelog/items")
        .iter()
        .find(|i| text(i, "/field").is_some_and(|f| f.eq_ignore_ascii_case(field)))?;
    Some(Change {
        before: text(item, "/from").or_else(|| text(item, "/fromString")),
        after: text(item, "/to").or_else(|| text(item, "/toString")),
    })
}

/// Reads the changes of an issue.
pub(super) fn read(
    v: &Value,
    issue: &Value,
    task: &Task,
    (made, changed, kind): (Timestamp, Timestamp, &str),
    facts: &mut Facts<'_>,
) -> Result<()> {
    let category = text(issue, "/fields/status/statusCategory/key").unwrap_or_default();
    let (resolution, status) = (change(v, "resolution"), change(v, "status"));
    let is_done = category == "done";
    let resolved = resolution.is_some_and(|c| c.after.is_some());
    let unresolved = resolution.is_some_and(|c| c.before.is_some() && c.after.is_none());
    let told = facts.accepted;
    if resolved || (status.is_some() && is_done && resolution.is_none()) {
        let at = facts.time(issue, "/fields/resolutiondate").unwrap_or(changed);
        task.completed(at, spent(issue), Vec::new(), facts)?;
    } else if unresolved || kind.ends_with(".issue_reopened") {
        task.reopened(changed, facts)?;
    } else if status.is_some() && category == "indeterminate" {
        task.started(changed, facts)?;
    }
    if let Some(Change { before, after: Some(to) }) = change(v, "assignee") {
        let to_names = names(issue, "/fields/assignee");
        let to =
            if to_names.iter().any(Option::is_some) { facts.who(&to_names) } else { facts.who(&[Some(to)]) };
        let by = names(v, "/user");
        // Who had it gave it away, or else who assigned it; who takes a task up was not handed it.
        let from = if before.is_some() { facts.who(&[before]) } else { facts.who(&by) };
        if from != to {
            task.handed(changed, (from, to), facts)?;
        }
    }
    if let Some(Change { before: Some(before), after: Some(after) }) = change(v, "duedate")
        && let (Some(before), Some(after)) = (told_time(before), told_time(after))
        && after.wall_us() > before.wall_us()
    {
        task.delayed(changed, facts)?;
    }
    if !is_done {
        task.planned(made, facts)?;
    } else if facts.accepted == told {
        facts.ignore(kind, "it changes a task that is finished");
    }
    Ok(())
}
