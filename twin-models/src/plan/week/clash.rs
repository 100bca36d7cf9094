//! Locked tasks that cannot all stay where they are.

use super::problem::Week;
use super::state::State;
use crate::cells::{at, row};

/// Rules that cannot be kept together; tasks by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// A locked task is not within the days.
    Outside {
        /// The task.
        task: String,
    },
    /// A locked task lies on an event or outside working time.
    NotFree {
        /// The task.
        task: String,
        /// The first slot that is not free.
        slot: usize,
    },
    /// Two locked tasks overlap.
    Overlap {
        /// The tasks.
        tasks: [String; 2],
    },
    /// A locked task starts before what it waits for can end.
    Order {
        /// The task.
        task: String,
        /// What it waits for.
        needs: String,
    },
    /// The locked tasks of a day are more than it may hold.
    Capacity {
        /// The day, from 0.
        day: usize,
        /// The tasks.
        tasks: Vec<String>,
    },
}

/// All clashes between locked tasks and the calendar.
pub(super) fn clashes(week: &Week<'_>) -> Vec<Clash> {
    let slots = week.problem.slots.len();
    let locked: Vec<(usize, usize, usize)> = (0..week.slots.len())
        .filter_map(|i| week.locked(i).map(|start| (i, start, start.saturating_add(at(&week.slots, i)))))
        .collect();
    let mut found = Vec::new();
    for (k, &(i, start, end)) in locked.iter().enumerate() {
        if end > slots {
            found.push(Clash::Outside { task: week.id(i) });
        } else if let Some(slot) = (start..end).find(|&t| !at(&week.usable, t)) {
            found.push(Clash::NotFree { task: week.id(i), slot });
        }
        for &(j, other, over) in locked.iter().skip(k + 1) {
            if start < over && other < end {
                found.push(Clash::Overlap { tasks: [week.id(i), week.id(j)] });
            }
        }
        for &p in row(&week.needs, i) {
            if week.locked(p).is_some_and(|s| s.saturating_add(at(&week.slots, p)) > start) {
                found.push(Clash::Order { task: week.id(i), needs: week.id(p) });
            }
        }
    }
    for (day, &most) in week.problem.daily_capacity.iter().enumerate() {
        let of_day =
            |start: usize, end: usize| (start..end.min(slots)).filter(|&t| week.day(t) == day).count();
        if locked.iter().map(|&(_, s, e)| of_day(s, e)).sum::<usize>() > most {
            let tasks = locked.iter().filter(|&&(_, s, e)| of_day(s, e) > 0).map(|&(i, ..)| week.id(i));
            found.push(Clash::Capacity { day, tasks: tasks.collect() });
        }
    }
    found
}

/// Locked tasks whose needs found no place before them.
pub(super) fn warnings(week: &Week<'_>, plan: &State<'_>) -> Vec<Clash> {
    let of = |i: usize| {
        let missing =
            row(&week.needs, i).iter().filter(move |&&p| week.locked(i).is_some() && !plan.placed(p));
        missing.map(move |&p| Clash::Order { task: week.id(i), needs: week.id(p) })
    };
    (0..week.slots.len()).flat_map(of).collect()
}
