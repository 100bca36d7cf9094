//! Series of weeks: simulated, and of recordings that stand in.

use super::forms::{self, FORMS};
use crate::eval::pmdata::{active_minutes, exercise_hours};
use crate::eval::table::columns;
use std::collections::BTreeMap;
use std::path::Path;
use twin_core::LocalDate;

/// Issues that stand in for a week's.
const ISSUES: usize = 5;
/// Days that a week of a watch needs.
const WORN_DAYS: usize = 5;

/// Hours (or what stands in) of each week, oldest first.
pub(super) struct Series {
    pub(super) kind: &'static str,
    /// `None` where the week is not known.
    pub(super) weeks: Vec<Option<f64>>,
    /// Share of each week that the calendar has open; `None` where there is no calendar.
    pub(super) open: Option<Vec<f64>>,
}

impl Series {
    pub(super) fn new(kind: &'static str, weeks: Vec<Option<f64>>) -> Self {
        Self { kind, weeks, open: None }
    }
}

/// What a kind of series is.
pub(super) fn about(kind: &str) -> String {
    let text = match kind {
        "person" => "finished hours of each person by week of completion, 0 where none was finished",
        "team" => "the sum over all people",
        "small_tasks" => "simulated people with tasks of about 2.5 h; invented",
        "large_tasks" => "simulated people with tasks of about 6 h; invented",
        "company" => "sums of six simulated people; invented",
        "leave" => "steady weeks with leave that the calendar tells, which the medians do not hear; invented",
        "training" => "hours trained a week by people of PMData, as they said; stands in, no work",
        "exercise" => "hours of exercise a week that their watches recorded; stands in, no work",
        "moving" => "hours of moderate and hard movement a week by their watches; stands in, no work",
        "points" => "story points of five issues at a time in the order of keys; stands in, no weeks",
        _ => "",
    };
    match FORMS.iter().find(|form| form.0 == kind) {
        Some((_, text)) => format!("{kind}: {text}; invented"),
        None => format!("{kind}: {text}"),
    }
}

/// The week of a day since 1970; weeks begin on Monday.
pub(super) fn week_of(day: i32) -> i32 {
    // day 0 was a Thursday
    (day + 3).div_euclid(7)
}

/// Every week between the first and the last, neither of which may be whole.
pub(super) fn whole(weeks: &BTreeMap<i32, f64>) -> Vec<Option<f64>> {
    match (weeks.keys().next(), weeks.keys().next_back()) {
        (Some(first), Some(last)) => {
            (first + 1..*last).map(|week| Some(weeks.get(&week).copied().unwrap_or(0.0))).collect()
        }
        _ => Vec::new(),
    }
}

/// What there is without a log of hours.
pub(super) fn stand_ins(data: &Path) -> Result<Vec<Series>, String> {
    let mut all = forms::simulated();
    for folder in sorted(&data.join("wearable_selfreport/pmdata"))? {
        all.extend(training(&folder)?);
        all.push(exercise(&folder));
        all.push(moving(&folder));
    }
    all.extend(points(data)?);
    Ok(all)
}

/// Hours of training by week.
fn training(folder: &Path) -> Result<Option<Series>, String> {
    let file = folder.join("pmsys/srpe.csv");
    if !file.is_file() {
        return Ok(None);
    }
    let mut weeks = BTreeMap::new();
    for [end, minutes] in columns(&file, ["end_date_time", "duration_min"])? {
        let day = end.get(..10).and_then(|day| day.parse::<LocalDate>().ok());
        if let Some((day, minutes)) = day.zip(minutes.parse::<f64>().ok()) {
            *weeks.entry(week_of(day.days())).or_insert(0.0) += minutes / 60.0;
        }
    }
    Ok(Some(Series::new("training", whole(&weeks))))
}

/// Hours of recorded exercise by week.
fn exercise(folder: &Path) -> Series {
    let mut weeks = BTreeMap::new();
    for (day, hours) in exercise_hours(folder) {
        *weeks.entry(week_of(day)).or_insert(0.0) += hours;
    }
    Series::new("exercise", whole(&weeks))
}

/// Hours of movement by week: the mean of the days on which the watch was worn, times seven.
fn moving(folder: &Path) -> Series {
    let mut weeks: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    for (day, minutes) in active_minutes(folder) {
        weeks.entry(week_of(day)).or_default().push(minutes / 60.0);
    }
    let hours = |days: &Vec<f64>| {
        (days.len() >= WORN_DAYS).then(|| 7.0 * days.iter().sum::<f64>() / days.len() as f64)
    };
    let known = match (weeks.keys().next(), weeks.keys().next_back()) {
        (Some(first), Some(last)) => {
            (first + 1..*last).map(|week| weeks.get(&week).and_then(hours)).collect()
        }
        _ => Vec::new(),
    };
    Series::new("moving", known)
}

/// Story points of issues in the order of their keys.
fn points(data: &Path) -> Result<Vec<Series>, String> {
    let files = sorted(&data.join("work_tasks/storypoints_gpt2sp"))?;
    files
        .iter()
        .map(|file| {
            let rows = columns(file, ["issuekey", "storypoint"])?;
            let mut issues: Vec<(u64, f64)> = rows
                .iter()
                .filter_map(|[key, points]| {
                    Some((key.rsplit('-').next()?.parse().ok()?, points.parse().ok()?))
                })
                .collect();
            issues.sort_by_key(|issue| issue.0);
            let weeks = issues.chunks_exact(ISSUES).map(|few| Some(few.iter().map(|issue| issue.1).sum()));
            Ok(Series::new("points", weeks.collect()))
        })
        .collect()
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_without_anything_are_there_and_the_ends_are_not() {
        let weeks = BTreeMap::from([(3, 1.0), (5, 4.0), (8, 2.0)]);
        assert_eq!(whole(&weeks), [0.0, 4.0, 0.0, 0.0].map(Some));
        assert!(whole(&BTreeMap::new()).is_empty());
    }
}
