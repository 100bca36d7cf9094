//! What binds a task that found no place or had to move.

use super::problem::Week;
use super::search::insert;
use super::state::{ALL, Rules, State};
use super::{Move, Unplaced};
use crate::cells::{at, row};
use crate::noise::Noise;
use twin_core::sort::OrderBy;

/// The rule that binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No working time is free long enough, whatever else is planned.
    NoRoom,
    /// Alone it is more than the capacity of its days.
    DailyCapacity,
    /// It would take the lunch.
    Lunch,
    /// It would need more than 90 minutes without a break.
    Breaks,
    /// It must end before a locked task that waits for it.
    BeforeLocked,
    /// What it waits for found no place.
    WaitsFor {
        /// Ids of these tasks.
        tasks: Vec<String>,
    },
    /// Wherever it could be it would lose more, as after hours, than it gains.
    NotWorthIt,
    /// Other tasks are worth more in the same time.
    Displaced {
        /// Ids of these tasks.
        by: Vec<String>,
    },
    /// An event lies where it was.
    Event,
}

/// What a task could have with the locked tasks alone, under some rules.
fn alone<'a>(week: &'a Week<'a>, task: usize, rules: Rules, anyway: bool) -> Option<State<'a>> {
    let mut state = State::new(week, rules);
    // what it waits for is taken to be over at once
    for &i in week.order.iter().filter(|&&i| i != task && week.locked(i).is_none()) {
        state.close(i, 0);
    }
    insert(&mut state, task, &mut Noise::of(0, [0; 3]), 0.0, anyway).then_some(state)
}

pub(super) fn unplaced(week: &Week<'_>, plan: &State<'_>) -> Vec<Unplaced> {
    let missing = (0..week.slots.len()).filter(|&i| !plan.placed(i));
    missing.map(|i| Unplaced { task: week.id(i), reason: why(week, plan, i) }).collect()
}

fn why(week: &Week<'_>, plan: &State<'_>, task: usize) -> Reason {
    let Some(best) = alone(week, task, ALL, true) else {
        let without = [
            (Rules { capacity: false, ..ALL }, Reason::DailyCapacity),
            (Rules { lunch: false, ..ALL }, Reason::Lunch),
            (Rules { breaks: false, ..ALL }, Reason::Breaks),
            (Rules { order: false, ..ALL }, Reason::BeforeLocked),
        ];
        let binds = without.into_iter().find(|(rules, _)| alone(week, task, *rules, true).is_some());
        return binds.map_or(Reason::NoRoom, |(_, reason)| reason);
    };
    let needs = row(&week.needs, task).iter().filter(|&&p| !plan.placed(p));
    let tasks: Vec<String> = needs.map(|&p| week.id(p)).collect();
    if !tasks.is_empty() {
        return Reason::WaitsFor { tasks };
    }
    if alone(week, task, ALL, false).is_none() {
        return Reason::NotWorthIt;
    }
    let wanted: Vec<usize> = (0..week.usable.len()).filter(|&t| best.owner(t) == Some(task)).collect();
    let mut by = owners(week, plan, wanted.iter().copied());
    if by.is_empty() {
        // the day is full, or breaks and lunch leave no room beside them
        let near = |t: &usize| wanted.iter().any(|w| week.day(*w) == week.day(*t));
        by = owners(week, plan, (0..week.usable.len()).filter(near));
    }
    if by.is_empty() { Reason::NotWorthIt } else { Reason::Displaced { by } }
}

/// Ids of those who have these slots, each once.
fn owners(week: &Week<'_>, plan: &State<'_>, slots: impl Iterator<Item = usize>) -> Vec<String> {
    let mut tasks: Vec<usize> = slots.filter_map(|t| plan.owner(t)).collect();
    tasks.order();
    tasks.dedup();
    tasks.into_iter().map(|i| week.id(i)).collect()
}

pub(super) fn moves(week: &Week<'_>, plan: &State<'_>) -> Vec<Move> {
    let of = |i: usize| {
        let old: Vec<usize> = (0..week.current.len()).filter(|&t| at(&week.current, t) == Some(i)).collect();
        let left: Vec<usize> = old.iter().copied().filter(|&t| plan.owner(t) != Some(i)).collect();
        let from = *old.first()?;
        if left.is_empty() {
            return None;
        }
        let to = (0..week.usable.len()).find(|&t| plan.owner(t) == Some(i));
        let others = owners(week, plan, left.iter().copied());
        let reason = if left.iter().any(|&t| !at(&week.usable, t)) {
            Some(Reason::Event)
        } else {
            (!others.is_empty()).then_some(Reason::Displaced { by: others })
        };
        Some(Move { task: week.id(i), from, to, slots: left.len(), reason })
    };
    (0..week.slots.len()).filter_map(of).collect()
}
