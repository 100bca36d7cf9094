//! Putting tasks in where they add most, taking some out and putting them in again.

use super::FOCUS_SLOTS;
use super::problem::Week;
use super::state::{ALL, State};
use super::worth::{added, gone, most, own, worth};
use crate::cells::{add, at, put, row};
use crate::noise::Noise;
use crate::plan::Budget;
use twin_core::sort::OrderBy;

/// Steps of one cooling; then it starts again from the best plan. OWN.
const COOLING: u64 = 1000;
/// Heat at its start, as a share of the mean worth of a task. OWN.
const HEAT: f64 = 0.2;
/// Most tasks taken out at once. OWN.
const MOST_OUT: usize = 5;
/// Spread of the whim in the choice of a place, in shares of a slot's worth; drawn anew for each filling. OWN.
const WHIM: f64 = 0.6;

/// The best plan found.
pub(super) fn search<'a>(week: &'a Week<'a>, budget: Budget<'_>) -> State<'a> {
    let n = week.slots.len();
    let mut noise = Noise::of(budget.seed, [n as u64, week.problem.slots.len() as u64, 0]);
    let none = State::new(week, ALL);
    let mut starts = vec![none.clone(), kept(week)];
    for state in &mut starts {
        fill(state, &mut noise, 0.0);
    }
    starts.push(none); // no plan loses more than doing nothing
    let judged = starts.into_iter().map(|state| (worth(week, &state), state));
    let Some(mut best) = judged.max_by(|a, b| a.0.total_cmp(&b.0)) else { return State::new(week, ALL) };
    let (mut now, mut state) = best.clone();
    let mean = most(week) / n.max(1) as f64;
    let movable: Vec<usize> = (0..n).filter(|&i| week.locked(i).is_none()).collect();
    let mut step = 0;
    while !movable.is_empty() && budget.allows(step) {
        let phase = step % COOLING;
        if phase == 0 {
            (now, state) = best.clone();
        }
        step += 1;
        let mut next = state.clone();
        take_out(&mut next, &movable, &mut noise);
        fill(&mut next, &mut noise, 1.0);
        let value = worth(week, &next);
        let heat = HEAT * (1.0 - phase as f64 / COOLING as f64).powi(2) * mean;
        if value < now + heat * noise.unit().ln() {
            continue;
        }
        (now, state) = (value, next);
        if now > best.0 {
            best = (now, state.clone());
        }
    }
    best.1
}

/// The current plan as far as it keeps the rules.
fn kept<'a>(week: &'a Week<'a>) -> State<'a> {
    let mut state = State::new(week, ALL);
    for &task in week.order.iter().filter(|&&i| week.locked(i).is_none()) {
        let mine: Vec<usize> =
            (0..week.current.len()).filter(|&t| at(&week.current, t) == Some(task)).collect();
        let (Some(&first), Some(&last)) = (mine.first(), mine.last()) else { continue };
        let whole = mine.len() == at(&week.slots, task);
        let mut fits = whole && shaped(week, task, &mine) && state.earliest(task).is_some_and(|e| e <= first);
        for &t in &mine {
            fits = fits && state.fits(task, t, t + 1);
            if fits {
                state.mark(task, t, t + 1, true);
            }
        }
        if fits {
            state.close(task, last + 1);
        } else {
            state.remove(task);
        }
    }
    state
}

/// Whether slots are parts as a task may have them.
fn shaped(week: &Week<'_>, task: usize, slots: &[usize]) -> bool {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &t in slots {
        match parts.last_mut() {
            Some((_, end)) if *end == t && week.day(t) == week.day(t - 1) => *end = t + 1,
            _ => parts.push((t, t + 1)),
        }
    }
    let Some(own) = week.task(task) else { return false };
    if own.splittable {
        let least = own.min_chunk.min(slots.len());
        return parts.iter().all(|(start, end)| end - start >= least);
    }
    let first = parts.first().map_or(0, |part| part.0);
    let long = parts.iter().map(|(start, end)| end - start).eq(week.parts(task));
    long && parts
        .iter()
        .zip(parts.iter().skip(1))
        .all(|(a, b)| b.0 == a.1 + 1 && week.day(b.0) == week.day(first))
}

/// Tasks at random, or all that touch a stretch of time.
fn take_out(state: &mut State<'_>, movable: &[usize], noise: &mut Noise) {
    if noise.unit() < 0.5 {
        for _ in 0..=noise.below(MOST_OUT) {
            state.remove(at(movable, noise.below(movable.len())));
        }
        return;
    }
    let slots = state.week.problem.slots.len();
    let (from, long) = (noise.below(slots), 1 + noise.below(state.week.problem.slots_per_day / 2));
    for t in from..(from + long).min(slots) {
        if let Some(task) = state.owner(t) {
            state.remove(task);
        }
    }
}

/// Puts in what has no place yet, the weightiest first, and what it waits for as if it were as weighty; `shake` 1
/// mixes the order and the places, 0 does not.
fn fill(state: &mut State<'_>, noise: &mut Noise, shake: f64) {
    let week = state.week;
    let mut rank = Vec::with_capacity(week.slots.len());
    for task in &week.problem.tasks {
        let day = week.problem.slots_per_day as f64;
        let soon = task.deadline.map_or(1.0, |deadline| 1.0 + day / (1.0 + deadline as f64));
        rank.push((task.value * task.load).max(0.1) * soon * (1.0 + shake * 3.0 * (noise.unit() - 0.5)));
    }
    for &task in week.order.iter().rev() {
        for &p in row(&week.needs, task) {
            let most = at(&rank, p).max(at(&rank, task));
            put(&mut rank, p, most);
        }
    }
    let mut open: Vec<usize> = (0..rank.len()).filter(|&i| !state.placed(i)).collect();
    open.order_by(|&a, &b| at(&rank, b).total_cmp(&at(&rank, a)));
    let whim = shake * WHIM * noise.unit().powi(3);
    while let Some(place) = open.iter().position(|&i| state.earliest(i).is_some()) {
        insert(state, open.remove(place), noise, whim, false);
    }
    prune(state);
}

/// Takes out what loses together with all that waits for it.
fn prune(state: &mut State<'_>) {
    let week = state.week;
    let mut chain = own(week, state);
    for &task in week.order.iter().rev() {
        let sum = at(&chain, task);
        let alone = !row(&week.followers, task).iter().any(|&f| state.placed(f));
        // a task that gains little may still cost more by the switches it brings
        let little = state.placed(task) && alone && sum < 2.0 * week.problem.weights.switch;
        if sum < 0.0 || little && worth(week, &without(state, task)) > worth(week, state) {
            state.remove(task);
            put(&mut chain, task, 0.0);
        }
        // what waits for several counts for one of them
        let sum = at(&chain, task);
        if let Some(&first) = row(&week.needs, task).iter().find(|&&p| week.locked(p).is_none()) {
            add(&mut chain, first, sum);
        }
    }
}

fn without<'a>(state: &State<'a>, task: usize) -> State<'a> {
    let mut other = state.clone();
    other.remove(task);
    other
}

/// Gives a task its slots where they add most; not where it would lose and nothing waits for it, but for `anyway`.
pub(super) fn insert(state: &mut State<'_>, task: usize, noise: &mut Noise, whim: f64, anyway: bool) -> bool {
    let week = state.week;
    let Some(earliest) = state.earliest(task) else { return false };
    let Some(own) = week.task(task) else { return false };
    if at(&week.slots, task) == 0 {
        let kept = !state.rules.order || earliest <= at(&week.due, task);
        if kept {
            state.close(task, earliest);
        }
        return kept;
    }
    let whim = whim * 100.0 * (own.value * own.load).max(0.5);
    let (end, gain) = if own.splittable {
        in_parts(state, task, earliest, noise, whim)
    } else {
        in_one_go(state, task, earliest, noise, whim)
    };
    let leads = !row(&week.followers, task).is_empty();
    let had = gone(week, task);
    if end > 0 && (anyway || leads || gain + had > 0.0) {
        state.close(task, end);
        return true;
    }
    state.remove(task);
    false
}

/// The end and what it adds; an end of 0 where there is no room.
fn in_one_go(
    state: &mut State<'_>,
    task: usize,
    earliest: usize,
    noise: &mut Noise,
    whim: f64,
) -> (usize, f64) {
    let parts = state.week.parts(task);
    let long = parts.iter().sum::<usize>() + parts.len().saturating_sub(1);
    let slots = state.week.problem.slots.len();
    let mut best: Option<(f64, f64, usize)> = None;
    for start in earliest..(slots + 1).saturating_sub(long) {
        let one_day = state.week.day(start) == state.week.day(start + long - 1);
        if !one_day || !at(&state.week.usable, start) || state.owner(start).is_some() {
            continue;
        }
        let (mut from, mut end, mut gain, mut placed) = (start, 0, 0.0, Vec::new());
        for &part in &parts {
            if !state.fits(task, from, from + part) {
                break;
            }
            gain += added(state, task, from, from + part, end);
            end = from + part;
            placed.push((from, end));
            state.mark(task, from, from + part, true);
            from += part + 1;
        }
        for &(a, b) in &placed {
            state.mark(task, a, b, false);
        }
        let rank = gain + whim * noise.unit() * long as f64;
        if placed.len() == parts.len() && best.is_none_or(|known| rank > known.0) {
            best = Some((rank, gain, start));
        }
    }
    let Some((_, gain, start)) = best else { return (0, 0.0) };
    let mut from = start;
    for part in parts {
        state.mark(task, from, from + part, true);
        from += part + 1;
    }
    (start + long, gain)
}

/// The same in parts, each where it adds most for a slot.
fn in_parts(
    state: &mut State<'_>,
    task: usize,
    earliest: usize,
    noise: &mut Noise,
    whim: f64,
) -> (usize, f64) {
    let week = state.week;
    let (mut left, slots) = (at(&week.slots, task), week.problem.slots.len());
    let least = week.task(task).map_or(1, |t| t.min_chunk).clamp(1, left.max(1));
    let (mut end, mut sum) = (0, 0.0);
    while left > 0 {
        let mut best: Option<(f64, f64, usize, usize)> = None;
        for start in earliest..slots {
            if !at(&week.usable, start) || state.owner(start).is_some() {
                continue;
            }
            let day_end = (week.day(start) + 1) * week.problem.slots_per_day;
            let fits = |long: &usize| {
                let rest = left - long;
                start + long <= day_end
                    && (rest == 0 || rest >= least)
                    && state.fits(task, start, start + long)
            };
            let Some(long) = (least.min(left)..=left.min(FOCUS_SLOTS)).rev().find(fits) else { continue };
            let gain = added(state, task, start, start + long, end);
            let rank = gain / long as f64 + whim * noise.unit();
            if best.is_none_or(|known| rank > known.0) {
                best = Some((rank, gain, start, long));
            }
        }
        let Some((_, gain, start, long)) = best else { return (0, 0.0) };
        state.mark(task, start, start + long, true);
        left -= long;
        sum += gain;
        end = end.max(start + long);
    }
    (end, sum)
}
