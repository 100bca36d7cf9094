//! Time sheets as Toggl, Clockify and their like export them: a row a span, with columns like `Project`, `Task`,
//! `Description`, `Start date`, `Start time`, `End date`, `End time`, `Duration`.

use super::facts::{Facts, When};
use crate::files::shared::rows::{Header, Row, Rows};
use crate::files::shared::times::{Time, clock_us, iso, slashed};
use std::io::BufRead;
use twin_core::event::TimeTracked;
use twin_core::{LocalDate, Result, Timestamp};

const START_DATE: &[&str] = &["Start date", "start_date", "Date"];
const START_TIME: &[&str] = &["Start time", "start_time"];
const END_TIME: &[&str] = &["End time", "end_time"];
const DURATION: &[&str] = &["Duration", "Duration (h)", "duration"];

/// Most rows held to find the order of the date's parts.
const MAX_ROWS: usize = 1_000_000;

/// Is this the header of such a table?
pub(super) fn matches(cells: &[String]) -> bool {
    let has = |names: &[&str]| cells.iter().any(|c| names.iter().any(|n| c.trim().eq_ignore_ascii_case(n)));
    has(START_DATE)
        && has(START_TIME)
        && (has(END_TIME) || has(DURATION))
        && has(&["Project", "Description", "Task"])
}

struct Columns {
    start: (Option<usize>, Option<usize>),
    end: (Option<usize>, Option<usize>),
    duration: Option<usize>,
    task: Option<usize>,
    described: Option<usize>,
    project: Option<usize>,
    tags: Option<usize>,
    people: Vec<usize>,
}

/// Reads the table. Time has no person of its own: where rows name people and it is known who the person of the twin
/// is, only theirs are taken.
pub(super) fn read(input: &mut dyn BufRead, facts: &mut Facts<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, &mut facts.out)?;
    let columns = Columns {
        start: (header.find(START_DATE), header.find(START_TIME)),
        end: (header.find(&["End date", "end_date"]), header.find(END_TIME)),
        duration: header.find(DURATION),
        task: header.find(&["Task"]),
        described: header.find(&["Description"]),
        project: header.find(&["Project"]),
        tags: header.find(&["Tags", "Tag"]),
        people: ["User", "Email", "Member", "Username"].iter().filter_map(|n| header.find(&[*n])).collect(),
    };
    let mut held = Vec::new();
    while let Some(row) = rows.next(&mut facts.out)? {
        if held.len() == MAX_ROWS {
            facts.refuse("too_many", "table", "more than a million rows; the rest is not read");
            break;
        }
        held.push(row);
    }
    let month_first = order(&held, &columns, facts);
    for row in &held {
        take(row, &columns, month_first, facts)?;
    }
    Ok(())
}

fn cell(row: &Row, column: Option<usize>) -> Option<&str> {
    column.map(|c| row.get(c).trim()).filter(|c| !c.is_empty())
}

/// Does the month stand first in `3/4/2026`? A part above 12 tells; without one the month is taken to.
fn order(rows: &[Row], columns: &Columns, facts: &mut Facts<'_>) -> bool {
    let dates = || rows.iter().filter_map(|r| slashed(cell(r, columns.start.0)?));
    if dates().any(|(a, ..)| a > 12) {
        return false;
    }
    if dates().next().is_some() && !dates().any(|(_, b, _)| b > 12) {
        facts.out.warn_once("date_order_assumed", "dates like 3/4/2026 are read with the month first");
    }
    true
}

fn moment(date: &str, clock: Option<&str>, month_first: bool, facts: &mut Facts<'_>) -> Option<Timestamp> {
    let day = match iso(date) {
        Some(Time::Instant(at, _)) => return Some(at),
        Some(time) if clock.is_none() => return Some(facts.out.instant(time).0),
        Some(time) => time.day(),
        None => {
            let (a, b, year) = slashed(date)?;
            let (month, day) = if month_first { (a, b) } else { (b, a) };
            LocalDate::new(year, month, day).ok()?
        }
    };
    Some(facts.out.instant(Time::Wall(day, clock_us(clock?)?)).0)
}

/// `1:30:00`, `36:05` or hours as `1.5`.
fn seconds(text: &str) -> Option<f64> {
    if !text.contains(':') {
        return text.parse::<f64>().ok().filter(|h| (0.0..1e4).contains(h)).map(|h| h * 3600.0);
    }
    let parts: Option<Vec<f64>> = text.split(':').map(|p| p.parse().ok().filter(|v| *v >= 0.0)).collect();
    match parts?.as_slice() {
        [h, m] => Some(h * 3600.0 + m * 60.0),
        [h, m, s] => Some(h * 3600.0 + m * 60.0 + s),
        _ => None,
    }
    .filter(|s| *s < 1e8)
}

fn take(row: &Row, columns: &Columns, month_first: bool, facts: &mut Facts<'_>) -> Result<()> {
    let line = format!("line {}", row.line);
    let people: Vec<&str> = columns.people.iter().filter_map(|c| cell(row, Some(*c))).collect();
    if !people.is_empty() && facts.knows_me() && !facts.is_me(people) {
        facts.ignore("time_entry", "it is the time of another person");
        return Ok(());
    }
    let date = cell(row, columns.start.0);
    let start = date.and_then(|d| moment(d, cell(row, columns.start.1), month_first, facts));
    let Some(start) = start else {
        facts.refuse("bad_time", &line, "a row without a start that can be read");
        return Ok(());
    };
    let end_date = cell(row, columns.end.0).or(date);
    let end = match (end_date, cell(row, columns.end.1)) {
        (Some(date), Some(clock)) => moment(date, Some(clock), month_first, facts),
        _ => cell(row, columns.duration).and_then(seconds).map(|s| start.plus_micros((s * 1e6) as i64)),
    };
    let Some(end) = end.filter(|end| *end >= start) else {
        facts.refuse("bad_time", &line, "a row without an end that can be read, or one before its start");
        return Ok(());
    };
    let task = cell(row, columns.task).or_else(|| cell(row, columns.described));
    let project = cell(row, columns.project);
    let tag = cell(row, columns.tags).and_then(|t| t.split(',').next());
    let (named, placed) = (task.unwrap_or_default(), project.unwrap_or_default());
    let record = format!("time/{}/{}/{placed}/{named}", start.secs(), end.secs());
    let body = TimeTracked {
        start,
        end,
        task: task.map(str::to_owned),
        project: project.map(str::to_owned),
        activity: tag.map(|t| t.trim().to_lowercase()),
        interruptions: None,
    };
    facts.fact(When::at(end), &record, 0, body)
}
