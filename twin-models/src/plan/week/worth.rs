//! What a plan is worth, what a block adds to it, and what no plan can exceed.

use super::problem::Week;
use super::state::State;
use super::{FOCUS_SLOTS, FRAGMENT_SLOTS};
use crate::cells::{add, at, row};
use twin_core::sort::OrderBy;

/// Points of a slot of a task of value and load 1 at full energy.
const POINTS: f64 = 100.0;

/// Points of a slot of a task at full energy.
fn weight(week: &Week<'_>, task: usize) -> f64 {
    week.task(task).map_or(0.0, |t| POINTS * t.value * t.load)
}

fn of_slots(week: &Week<'_>, task: usize, start: usize, end: usize) -> f64 {
    let (weight, weights) = (weight(week, task), &week.problem.weights);
    let (away, moved) = (row(&week.away, task), weights.moved / at(&week.slots, task).max(1) as f64);
    let price = |t: usize| {
        let slot = at(&week.problem.slots, t);
        let after = if slot.after_hours && !slot.working { weights.after_hours } else { 0.0 };
        weight * slot.energy - after - moved * at(away, t)
    };
    (start..end).map(price).sum()
}

/// What it costs that a task finds no place: it is late as if it ended with the last day, and gone from the current
/// plan.
pub(super) fn gone(week: &Week<'_>, task: usize) -> f64 {
    let moved = if row(&week.away, task).is_empty() { 0 } else { week.problem.slots_per_day };
    lateness(week, task, week.problem.slots.len()) + week.problem.weights.moved * moved as f64
}

/// Deep work at length gains, and a part that is too short costs.
fn of_length(week: &Week<'_>, task: usize, long: usize) -> f64 {
    let deep = week.task(task).is_some_and(|t| t.deep);
    let focus = if deep && long >= FOCUS_SLOTS { week.problem.weights.focus } else { 0.0 };
    let short = long < FRAGMENT_SLOTS && at(&week.slots, task) >= FRAGMENT_SLOTS;
    focus - if short { week.problem.weights.fragment } else { 0.0 }
}

/// The price of being late: of the working slots after the deadline, and of one for being late at all.
fn lateness(week: &Week<'_>, task: usize, end: usize) -> f64 {
    let Some(task) = week.task(task) else { return 0.0 };
    let late = |deadline: &usize| end > *deadline;
    let Some(deadline) = task.deadline.filter(late) else { return 0.0 };
    let working = at(&week.worked, end).saturating_sub(at(&week.worked, deadline));
    week.problem.weights.late * task.value * (1 + working) as f64
}

/// What a plan is worth.
pub(super) fn worth(week: &Week<'_>, plan: &State<'_>) -> f64 {
    let mut sum = 0.0;
    let mut before: Option<(usize, usize)> = None;
    for (task, start, end) in plan.blocks() {
        sum += of_slots(week, task, start, end) + of_length(week, task, end - start);
        let day = week.day(start);
        if before.is_some_and(|(d, other)| d == day && other != task) {
            sum -= week.problem.weights.switch;
        }
        before = Some((day, task));
    }
    for task in 0..week.slots.len() {
        match plan.end(task) {
            Some(end) => sum -= lateness(week, task, end),
            None => sum -= gone(week, task),
        }
    }
    sum
}

/// What each task adds for itself, switches aside; 0 without a place.
pub(super) fn own(week: &Week<'_>, plan: &State<'_>) -> Vec<f64> {
    let mut own = vec![0.0; week.slots.len()];
    for (task, start, end) in plan.blocks() {
        add(&mut own, task, of_slots(week, task, start, end) + of_length(week, task, end - start));
    }
    for task in 0..own.len() {
        if let Some(end) = plan.end(task) {
            add(&mut own, task, gone(week, task) - lateness(week, task, end));
        }
    }
    own
}

/// What a block adds when the task had its last slot before `known` so far.
pub(super) fn added(plan: &State<'_>, task: usize, start: usize, end: usize, known: usize) -> f64 {
    let week = plan.week;
    let [before, after] = plan.beside(start, end);
    let other = |t: Option<usize>| t.is_some_and(|t| t != task);
    let was = before.is_some() && after.is_some() && before != after;
    let switches = f64::from(u8::from(other(before)) + u8::from(other(after))) - f64::from(u8::from(was));
    let touches = start > 0 && plan.owner(start - 1) == Some(task) || plan.owner(end) == Some(task);
    let length = if touches { 0.0 } else { of_length(week, task, end - start) };
    of_slots(week, task, start, end) + length
        - week.problem.weights.switch * switches
        - (lateness(week, task, end.max(known)) - lateness(week, task, known))
}

/// What no plan exceeds: the most that all work can gain, less what is late in every plan.
pub(super) fn bound(week: &Week<'_>) -> f64 {
    let soonest = |task: usize| {
        let usable = (0..week.usable.len()).filter(|&t| at(&week.usable, t));
        let last = at(&week.slots, task).checked_sub(1);
        let end = last.map_or(Some(0), |last| usable.map(|t| t + 1).nth(last));
        lateness(week, task, end.unwrap_or(week.usable.len()))
    };
    most(week) - (0..week.slots.len()).map(soonest).sum::<f64>()
}

/// The most that work can gain: the weightiest slots of work in the slots of most energy, and all deep work in
/// blocks of 90 minutes; or each task by itself in its best slots.
pub(super) fn most(week: &Week<'_>) -> f64 {
    let problem = week.problem;
    let best_first = |mut list: Vec<f64>| {
        list.order_by(|a, b| b.total_cmp(a));
        list
    };
    let price = |t: usize| {
        let slot = at(&problem.slots, t);
        slot.energy.max(0.0)
    };
    let mut open = Vec::new();
    for (day, &most) in problem.daily_capacity.iter().enumerate() {
        let slots = day * problem.slots_per_day..(day + 1) * problem.slots_per_day;
        let energy = best_first(slots.filter(|&t| at(&week.usable, t)).map(price).collect());
        open.extend(energy.into_iter().take(most));
    }
    let open = best_first(open);
    let wanted = |i: usize| std::iter::repeat_n(weight(week, i), at(&week.slots, i).min(open.len()));
    let wanted = best_first((0..week.slots.len()).flat_map(wanted).collect());
    let shared: f64 = wanted.iter().zip(&open).map(|(w, e)| w * e).sum();
    let alone = |i: usize| {
        let fits = at(&week.slots, i) <= open.len();
        if fits { weight(week, i) * open.iter().take(at(&week.slots, i)).sum::<f64>() } else { 0.0 }
    };
    let apart: f64 = (0..week.slots.len()).map(alone).sum();
    let deep = (0..week.slots.len()).filter(|&i| week.task(i).is_some_and(|t| t.deep));
    let focus: f64 = deep.map(|i| (at(&week.slots, i) / FOCUS_SLOTS) as f64).sum();
    shared.min(apart) + problem.weights.focus * focus
}
