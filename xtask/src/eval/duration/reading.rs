//! A company's log from a table: what can be used of it, and why the rest cannot.

use super::log::Record;
use super::table::{Row, rows};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use twin_models::capacity::duration::Task;

/// Hours that are believed, as in the model.
const MAX_H: f64 = 2000.0;

/// What was read of a file.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// In the order of completion.
    pub(super) records: Vec<Record>,
    /// How many rows were left out, by reason.
    pub(super) left_out: BTreeMap<&'static str, usize>,
    /// Rows that share their id with an earlier one.
    pub(super) shared: usize,
}

impl Log {
    /// What one must know of the rows.
    pub(super) fn notes(&self) -> Vec<String> {
        let reasons: Vec<String> = self.left_out.iter().map(|(why, n)| format!("{n} {why}")).collect();
        let without = |of: &dyn Fn(&Record) -> bool| self.records.iter().filter(|r| of(r)).count();
        [
            (self.left_out.values().sum(), format!("rows left out: {}", reasons.join(", "))),
            (
                without(&|r| r.estimated.is_none()),
                "rows without a day of the estimate: that of completion stands in".into(),
            ),
            (without(&|r| r.task.estimate_h.is_none()), "rows without an estimate".into()),
            (self.shared, "rows share their task_id with another: each is forecast for itself".into()),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what): (usize, String)| format!("{n} {what}"))
        .collect()
    }
}

/// Reads a file; an error where it is no table or has no hours or days.
pub(super) fn read(file: &Path) -> Result<Log, String> {
    let mut log = Log::default();
    let (mut told, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for (i, row) in rows(file, &["actual_h", "completed_at"])?.into_iter().enumerate() {
        let id = row.text("task_id").to_owned();
        let again = !id.is_empty() && told.contains(&row);
        let found = if again { Err("the same row again") } else { record(&row, i) };
        match found {
            Ok(record) => {
                log.shared += usize::from(!id.is_empty() && !ids.insert(id));
                told.insert(row);
                log.records.push(record);
            }
            Err(why) => *log.left_out.entry(why).or_default() += 1,
        }
    }
    log.records.sort_by(|a, b| a.completed.total_cmp(&b.completed));
    Ok(log)
}

/// A row as a finished task, or why it is none.
fn record(row: &Row, i: usize) -> Result<Record, &'static str> {
    let text = |name: &str| row.text(name).to_owned();
    let actual_h = row.number("actual_h").ok_or("without hours")?;
    let estimate_h = row.number("estimate_h");
    if !(0.0 < actual_h && actual_h <= MAX_H) {
        return Err("whose hours are not above 0 and at most 2000");
    }
    if estimate_h.is_some_and(|h| !(0.0 < h && h <= MAX_H)) {
        return Err("whose estimate is not above 0 and at most 2000");
    }
    if row.text("completed_at").is_empty() {
        return Err("not completed");
    }
    let completed = row.end_of_day("completed_at").ok_or("whose day of completion is not a date")?;
    let estimated = row.day("estimated_at");
    if estimated.is_none() && !row.text("estimated_at").is_empty() {
        return Err("whose day of the estimate is not a date");
    }
    if estimated.is_some_and(|e| e > completed) {
        return Err("completed before they were estimated");
    }
    let task = Task {
        estimate_h,
        person: text("person"),
        kind: text("type"),
        subtype: text("subtype"),
        project: text("project"),
        requester: text("requester"),
        priority: text("priority"),
    };
    let id = if row.text("task_id").is_empty() { i.to_string() } else { text("task_id") };
    Ok(Record { id, task, actual_h, estimated, completed })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,estimated_at,completed_at";

    /// Reads a text, byte by byte as given.
    fn of(name: &str, text: &[u8]) -> Log {
        let file = std::env::temp_dir().join(format!("duration_{name}_{}.csv", std::process::id()));
        std::fs::write(&file, text).unwrap();
        let log = read(&file);
        std::fs::remove_file(&file).unwrap();
        log.unwrap()
    }

    fn rows(name: &str, lines: &[&str]) -> Log {
        of(name, format!("{NAMES}\n{}\n", lines.join("\n")).as_bytes())
    }

    fn why(log: &Log) -> Vec<(&'static str, usize)> {
        log.left_out.iter().map(|(why, n)| (*why, *n)).collect()
    }

    #[test]
    fn days_with_and_without_a_clock() {
        let log = rows(
            "days",
            &[
                "1,a,,,,,,7,7,2012-03-05,2012-03-05",
                "2,a,,,,,,7,7,2012-03-05 09:30,2012-03-05",
                "3,a,,,,,,7,7,2012-03-05T09:30:00.000Z,2012-03-05T00:00:00",
                "4,a,,,,,,7,7,2012-03-05T09:30:00+0100,2012-03-06 10:00:00 +02:00",
                "5,a,,,,,,7,7,2012-03-05 09:30:00 UTC,2012-03-06T10:00-05",
            ],
        );
        assert_eq!((log.records.len(), why(&log)), (5, Vec::new()));
        let days: Vec<f64> = log.records.iter().map(|r| r.completed - 15_404.0).collect();
        let clock = [1.0, 1.0, 1.0, 1.0 + 8.0 / 24.0, 1.0 + 15.0 / 24.0];
        assert!(days.iter().zip(clock).all(|(a, b)| (a - b).abs() < 2e-6), "{days:?}");
    }

    #[test]
    fn what_is_not_known_is_empty() {
        let log = rows("unknown", &["1,NA,null,N/A,,nan,None,NA,3.5,NA,2012-03-05", ",,,,,,,,2,,2012-03-04"]);
        assert_eq!(log.records.len(), 2);
        assert!(log.records.iter().all(|r| r.task == Task::default() && r.estimated.is_none()));
        assert_eq!(log.notes().len(), 2);
    }

    #[test]
    fn rows_that_cannot_be_are_counted_by_reason() {
        let log = rows(
            "bad",
            &[
                "1,a,,,,,,0,7,2012-03-05,2012-03-05",
                "2,a,,,,,,-1,7,2012-03-05,2012-03-05",
                "3,a,,,,,,a day,7,2012-03-05,2012-03-05",
                "4,a,,,,,,7,0,2012-03-05,2012-03-05",
                "5,a,,,,,,7,1e9,2012-03-05,2012-03-05",
                "6,a,,,,,,7,inf,2012-03-05,2012-03-05",
                "7,a,,,,,,7,NA,2012-03-05,2012-03-05",
                "8,a,,,,,,7,7,2012-03-05,",
                "9,a,,,,,,7,7,2012-03-05,2012-02-31",
                "10,a,,,,,,7,7,soon,2012-03-05",
                "11,a,,,,,,7,7,2012-03-06,2012-03-05",
                "12,a",
                "13,a,,,,,,7,7,2012-03-05,2012-03-05,more,and more",
            ],
        );
        assert_eq!(
            why(&log),
            [
                ("completed before they were estimated", 1),
                ("not completed", 1),
                ("whose day of completion is not a date", 1),
                ("whose day of the estimate is not a date", 1),
                ("whose estimate is not above 0 and at most 2000", 3),
                ("whose hours are not above 0 and at most 2000", 3),
                ("without hours", 2),
            ]
        );
        assert_eq!(log.records.len(), 1);
        assert!(log.notes().iter().any(|n| n.starts_with("12 rows left out: 1 completed before")));
    }

    #[test]
    fn one_task_of_several_people_stands_for_each_and_a_row_said_twice_once() {
        let line = |who: &str| format!("1,{who},,,,,,7,7,2012-03-05,2012-03-05");
        let log = rows("several", &[&line("a"), &line("b"), &line("a")]);
        assert_eq!((log.records.len(), log.shared, why(&log)), (2, 1, vec![("the same row again", 1)]));
        // without an id two tasks may well look the same
        let log = rows("same", &[",a,,,,,,7,7,2012-03-05,2012-03-05"; 2]);
        assert_eq!((log.records.len(), log.shared), (2, 0));
    }

    #[test]
    fn any_order_quotes_line_ends_and_marks_of_the_encoding() {
        let names = "Completed_At,\"Actual_H\", estimate_h ,person,type";
        let text = format!(
            "\u{feff}{names}\r\n2012-03-07,7,\"3.5\",\"Doe, \"\"J\"\"\",Bug\r\n\r\n2012-03-05,\"1\",1,\"two\nlines\",\r\n"
        );
        let mut bytes = text.into_bytes();
        // a name of another encoding
        bytes.extend(b"2012-03-06,2,2,Ren\xe9,Bug");
        let log = of("quoted", &bytes);
        let people: Vec<&str> = log.records.iter().map(|r| r.task.person.as_str()).collect();
        assert_eq!(people, ["two\nlines", "Ren\u{fffd}", "Doe, \"J\""]);
        assert_eq!(
            log.records.iter().map(|r| r.task.estimate_h).collect::<Vec<_>>(),
            [Some(1.0), Some(2.0), Some(3.5)]
        );
        let log = of("quoted_first", format!("\u{feff}\"task_id\",{names}\n9,2012-03-07,7,3,x,y").as_bytes());
        assert_eq!(log.records.first().map(|r| r.id.as_str()), Some("9"));
    }

    #[test]
    fn a_file_without_hours_or_rows_is_told() {
        let file = std::env::temp_dir().join(format!("duration_none_{}.csv", std::process::id()));
        std::fs::write(&file, "task_id,completed_at\n1,2012-03-05\n").unwrap();
        assert!(read(&file).unwrap_err().contains("actual_h"));
        std::fs::remove_file(&file).unwrap();
        assert!(read(&file).is_err());
        assert!(of("empty", format!("{NAMES}\n").as_bytes()).records.is_empty());
    }
}
