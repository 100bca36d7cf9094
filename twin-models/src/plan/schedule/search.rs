//! Taking tasks out and putting them in again.

use super::bound::{Prices, sums};
use super::state::State;
use super::{Schedule, Table};
use crate::cells::{at, row};
use crate::noise::Noise;
use crate::plan::Budget;
use twin_core::sort::OrderBy;

/// Steps of one cooling; then it starts again from the best plan. OWN.
const COOLING: u64 = 6000;
/// Heat at its start, as a share of the mean worth of a task. OWN.
const HEAT: f64 = 0.2;
/// Most tasks taken out at once. OWN.
const MOST_OUT: usize = 6;
/// What the worth itself counts beside the regret. OWN.
const OWN_WORTH: f64 = 0.1;

/// For each task its starts, the best first, and what they are worth.
type Starts = Vec<Vec<(f64, usize)>>;

/// The best start of a task that is not planned yet, and the one after it.
struct Choice {
    task: usize,
    /// Place of the best start in the list of starts; what stands before it no longer fits.
    first: usize,
    second: usize,
}

impl Choice {
    fn of(state: &State<'_>, starts: &Starts, task: usize) -> Self {
        let mut choice = Self { task, first: 0, second: 0 };
        choice.look(state, starts);
        choice
    }

    /// Goes on to the next starts that fit.
    fn look(&mut self, state: &State<'_>, starts: &Starts) {
        let list = row(starts, self.task);
        let next = |from: usize| {
            let mut rest = list.iter().enumerate().skip(from);
            rest.find(|(_, start)| state.fits(self.task, start.1)).map_or(list.len(), |found| found.0)
        };
        self.first = next(self.first);
        self.second = next(self.second.max(self.first + 1));
    }
}

/// Puts in what gains, each time the task that would lose most by waiting; `shake` shakes the order.
fn fill(state: &mut State<'_>, starts: &Starts, mut shake: impl FnMut() -> f64) {
    let open = (0..state.start.len()).filter(|&i| at(&state.start, i).is_none());
    let mut open: Vec<Choice> = open.map(|i| Choice::of(state, starts, i)).collect();
    loop {
        let mut most: Option<(f64, usize, usize)> = None;
        for (place, choice) in open.iter().enumerate() {
            let list = row(starts, choice.task);
            let Some(&(worth, start)) = list.get(choice.first) else { continue };
            let next = list.get(choice.second).map_or(0.0, |next| next.0.max(0.0));
            let rank = (worth - next + OWN_WORTH * worth) * shake();
            if most.is_none_or(|(best, ..)| rank > best) {
                most = Some((rank, place, start));
            }
        }
        let Some((_, place, start)) = most else { break };
        let task = open.swap_remove(place).task;
        state.place(task, start);
        let follows = |i: usize| state.follows(i, task);
        for choice in &mut open {
            if follows(choice.task) {
                (choice.first, choice.second) = (0, 0);
            }
            choice.look(state, starts);
        }
    }
}

/// The best plan found, and the steps done. Ends early at a plan that reaches the bound.
pub(super) fn search(
    problem: &Schedule,
    table: &Table,
    order: &[usize],
    budget: Budget<'_>,
    prices: &Prices,
) -> (Vec<Option<usize>>, u64) {
    let n = problem.tasks.len();
    let bound = prices.bound;
    let (plain, priced) = (starts(table, &[]), starts(table, &sums(&prices.slot)));
    let mut best: Option<(f64, State<'_>)> = None;
    for starts in [&plain, &priced] {
        let mut state = State::new(problem, table);
        fill(&mut state, starts, || 1.0);
        state.prune(order);
        let worth = table.worth(&state.start);
        if best.as_ref().is_none_or(|known| worth > known.0) {
            best = Some((worth, state));
        }
    }
    let empty = || (0.0, State::new(problem, table));
    let mut best = best.filter(|known| known.0 >= 0.0).unwrap_or_else(empty);
    let (mut now, mut state) = best.clone();
    let mut noise = Noise::of(budget.seed, [n as u64, problem.energy.len() as u64, 0]);
    let mut step = 0;
    while n > 0 && best.0 < bound - 1e-9 * bound.abs() && budget.allows(step) {
        let phase = step % COOLING;
        if phase == 0 {
            (now, state) = best.clone();
        }
        step += 1;
        let before = state.clone();
        take_out(&mut state, &plain, &mut noise);
        let starts = if noise.unit() < 0.5 { &plain } else { &priced };
        fill(&mut state, starts, || 0.5 + noise.unit());
        state.prune(order);
        let next = table.worth(&state.start);
        let heat = HEAT * (1.0 - phase as f64 / COOLING as f64).powi(2) * best.0.abs() / n as f64;
        if next < now + heat * noise.unit().ln() {
            state = before;
            continue;
        }
        now = next;
        if now > best.0 {
            best = (now, state.clone());
        }
    }
    (best.1.start, step)
}

/// Starts that gain, the best first by what is left when slots are paid for; `sums` of prices, or nothing. All
/// starts where other tasks wait for this one.
fn starts(table: &Table, sums: &[f64]) -> Starts {
    let of = |task: usize| {
        let leads = !row(&table.followers, task).is_empty();
        let good = table.starts(task).iter().filter(|(gain, _)| leads || *gain > 0.0);
        let paid = |start: usize| at(sums, start + table.slots(task)) - at(sums, start);
        let mut list: Vec<(f64, usize)> = good.map(|&(gain, start)| (gain - paid(start), start)).collect();
        list.order_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        list
    };
    (0..table.slots.len()).map(of).collect()
}

/// Some tasks at random, or all that touch a stretch of time.
fn take_out(state: &mut State<'_>, starts: &Starts, noise: &mut Noise) {
    let n = state.start.len();
    if noise.unit() < 0.3 {
        for _ in 0..=noise.below(MOST_OUT.min(n)) {
            state.remove(noise.below(n));
        }
        return;
    }
    let (from, long) = state.stretch(noise);
    for task in 0..n {
        if at(&state.start, task).is_some_and(|s| s < from + long && from < s + state.slots(task)) {
            state.remove(task);
        }
    }
    // what was left out gets a chance in the gap before it is filled as it was
    let out: Vec<usize> = (0..n).filter(|&i| at(&state.start, i).is_none()).collect();
    let task = at(&out, noise.below(out.len()));
    let near = |s: usize| s + state.slots(task) > from && s < from + long;
    let open = row(starts, task).iter().map(|start| start.1).filter(|&s| near(s) && state.fits(task, s));
    let open: Vec<usize> = open.collect();
    if !out.is_empty() && !open.is_empty() {
        state.place(task, at(&open, noise.below(open.len())));
    }
}
