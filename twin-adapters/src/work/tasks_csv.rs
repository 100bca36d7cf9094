//! A table of tasks: `task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,estimated_at,
//! completed_at`. Only `task_id` and one of the two times have to be there.

use super::facts::{Facts, UNASSIGNED};
use super::json::told_time;
use super::task::{Task, kind_of_type};
use crate::files::shared::out::number;
use crate::files::shared::rows::{Header, Row, Rows};
use std::io::BufRead;
use twin_core::Result;
use twin_core::event::TaskAbout;

/// Is this the header of such a table?
pub(super) fn matches(cells: &[String]) -> bool {
    let has = |name: &str| cells.iter().any(|c| c.trim().eq_ignore_ascii_case(name));
    has("task_id") && (has("completed_at") || has("estimated_at"))
}

struct Columns {
    task: usize,
    title: Option<usize>,
    person: Option<usize>,
    kind: Option<usize>,
    subkind: Option<usize>,
    project: Option<usize>,
    requester: Option<usize>,
    priority: Option<usize>,
    estimate: Option<usize>,
    actual: Option<usize>,
    estimated: Option<usize>,
    completed: Option<usize>,
}

/// Reads the table.
pub(super) fn read(input: &mut dyn BufRead, facts: &mut Facts<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, &mut facts.out)?;
    let find = |name: &str| header.find(&[name]);
    let columns = Columns {
        task: header.require("task_id")?,
        title: find("title"),
        person: find("person"),
        kind: find("type"),
        subkind: find("subtype"),
        project: find("project"),
        requester: find("requester"),
        priority: find("priority"),
        estimate: find("estimate_h"),
        actual: find("actual_h"),
        estimated: find("estimated_at"),
        completed: find("completed_at"),
    };
    while let Some(row) = rows.next(&mut facts.out)? {
        take(&row, &columns, facts)?;
    }
    Ok(())
}

fn cell(row: &Row, column: Option<usize>) -> Option<&str> {
    column.map(|c| row.get(c).trim()).filter(|c| !c.is_empty())
}

fn take(row: &Row, columns: &Columns, facts: &mut Facts<'_>) -> Result<()> {
    let line = format!("line {}", row.line);
    let id = row.get(columns.task).trim();
    if id.is_empty() {
        facts.refuse("bad_record", &line, "a task without an id");
        return Ok(());
    }
    let mut hours = |column, name: &str| match number(cell(row, column).unwrap_or_default()) {
        Ok(hours) => hours.map(|h| h * 3600.0),
        Err(()) => {
            facts.refuse("bad_number", &format!("{line} {name}"), "the cell holds no number");
            None
        }
    };
    let estimate_s = hours(columns.estimate, "estimate_h");
    let actual_s = hours(columns.actual, "actual_h");
    let mut time = |column| {
        let text = cell(row, column)?;
        let time = told_time(text).map(|t| facts.out.instant(t).0);
        if time.is_none() {
            facts.refuse("bad_time", &line, "the cell holds no time like `2026-03-01T08:30:00Z`");
        }
        time
    };
    let (estimated, completed) = (time(columns.estimated), time(columns.completed));
    let task = Task {
        id: id.to_owned(),
        title: cell(row, columns.title).map(str::to_owned),
        due: None,
        about: TaskAbout {
            kind: cell(row, columns.kind).map(kind_of_type),
            subkind: cell(row, columns.subkind).map(str::to_lowercase),
            project: cell(row, columns.project).map(str::to_owned),
            requester: facts.who(&[cell(row, columns.requester)]),
            // Without a column of people the table is the person's own.
            assignee: match columns.person {
                Some(_) => facts.who(&[cell(row, columns.person).or(Some(UNASSIGNED))]),
                None => None,
            },
            priority: cell(row, columns.priority).map(str::to_lowercase),
            skills: Vec::new(),
            complexity: None,
            estimate_s,
        },
        changed: completed.or(estimated),
    };
    if estimated.is_none() && completed.is_none() {
        facts.refuse("bad_time", &line, "a task without a time that can be read");
        return Ok(());
    }
    if let Some(at) = estimated {
        task.planned(at, facts)?;
    }
    completed.map_or(Ok(()), |at| task.completed(at, actual_s, Vec::new(), facts))
}
