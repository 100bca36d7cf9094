//! What holds a task back.

use super::{Schedule, Table};
use crate::cells::{at, cell};

/// What binds a task that is not done, is late or is not at its best time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No stretch of a day is free long enough, whatever else is planned.
    NoRoom,
    /// Alone it is more than a day may hold.
    DailyLoad,
    /// What it comes after is not planned, or ends too late for it.
    WaitsFor {
        /// The tasks.
        tasks: Vec<usize>,
    },
    /// Wherever it could be it would lose more by being late than it gains.
    NotWorthIt,
    /// Its best time is taken by other tasks, or with them the day would hold too much; the plan gains more
    /// that way.
    Displaced {
        /// The tasks that stand there or on that day.
        by: Vec<usize>,
        /// Slots it ends after its deadline; 0 where it is not late or not done.
        late: usize,
    },
}

pub(super) fn reasons(problem: &Schedule, table: &Table, start: &[Option<usize>]) -> Vec<(usize, Reason)> {
    (0..start.len()).filter_map(|i| Some((i, reason(problem, table, start, i)?))).collect()
}

fn reason(problem: &Schedule, table: &Table, start: &[Option<usize>], i: usize) -> Option<Reason> {
    let task = problem.tasks.get(i)?;
    let Some(&(most, best)) = table.starts(i).first() else {
        let heavy = problem.daily_load.is_some_and(|limit| task.load * task.slots as f64 > limit);
        return Some(if heavy { Reason::DailyLoad } else { Reason::NoRoom });
    };
    let own = at(start, i);
    if own.is_some_and(|s| cell(&table.gain, i, s) == Some(most)) {
        return None;
    }
    if own.is_none() && most <= 0.0 {
        return Some(Reason::NotWorthIt);
    }
    let late_or_missing = |p: &usize| at(start, *p).is_none_or(|s| s + table.slots(*p) > best);
    let tasks: Vec<usize> = task.after.iter().copied().filter(late_or_missing).collect();
    if !tasks.is_empty() {
        return Some(Reason::WaitsFor { tasks });
    }
    let (end, day) = (best + task.slots, |s: usize| s / problem.slots_per_day);
    let others = || start.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(j, s)| Some((j, (*s)?)));
    let mut by: Vec<usize> =
        others().filter(|&(j, s)| s < end && best < s + table.slots(j)).map(|other| other.0).collect();
    if by.is_empty() {
        by = others().filter(|&(_, s)| day(s) == day(best)).map(|other| other.0).collect();
    }
    let late = own.map_or(0, |s| (s + task.slots).saturating_sub(task.deadline));
    Some(Reason::Displaced { by, late })
}
