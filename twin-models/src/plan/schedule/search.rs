//! Taking tasks out and putting them in again.

use super::{Schedule, Table};
use crate::cells::{add, at, put, row};
use crate::noise::Noise;
use crate::plan::Budget;

/// Steps of one cooling; then it starts again from the best plan. OWN.
const COOLING: u64 = 1500;
/// Heat at its start, as a share of the mean worth of a task. OWN.
const HEAT: f64 = 0.3;
/// Most tasks taken out at once. OWN.
const MOST_OUT: usize = 6;

/// A plan in the making; it keeps all rules at any time.
#[derive(Clone)]
pub(super) struct State<'a> {
    problem: &'a Schedule,
    table: &'a Table,
    pub(super) start: Vec<Option<usize>>,
    taken: Vec<bool>,
    load: Vec<f64>,
}

impl<'a> State<'a> {
    pub(super) fn new(problem: &'a Schedule, table: &'a Table) -> Self {
        let days = problem.energy.len() / problem.slots_per_day;
        Self {
            problem,
            table,
            start: vec![None; problem.tasks.len()],
            taken: problem.busy.clone(),
            load: vec![0.0; days],
        }
    }

    fn weight(&self, task: usize) -> f64 {
        self.problem.tasks.get(task).map_or(0.0, |t| t.load * t.slots as f64)
    }

    /// Whether a task may start there, by all rules but the one that what it comes after is planned.
    pub(super) fn free(&self, task: usize, start: usize) -> bool {
        let end = start + self.table.slots(task);
        let full = self.problem.daily_load.is_some_and(|most| {
            at(&self.load, start / self.problem.slots_per_day) + self.weight(task) > most * (1.0 + 1e-12)
        });
        !full && self.taken.get(start..end).is_some_and(|slots| !slots.contains(&true))
    }

    /// Whether what it comes after is planned and over by then.
    fn ready(&self, task: usize, start: usize) -> bool {
        let over = |p: usize| at(&self.start, p).is_some_and(|s| s + self.table.slots(p) <= start);
        self.problem.tasks.get(task).is_some_and(|t| t.after.iter().all(|&p| over(p)))
    }

    pub(super) fn fits(&self, task: usize, start: usize) -> bool {
        self.ready(task, start) && self.free(task, start)
    }

    pub(super) fn place(&mut self, task: usize, start: usize) {
        self.mark(task, start, true);
        put(&mut self.start, task, Some(start));
    }

    fn mark(&mut self, task: usize, start: usize, taken: bool) {
        (start..start + self.table.slots(task)).for_each(|t| put(&mut self.taken, t, taken));
        let weight = if taken { self.weight(task) } else { -self.weight(task) };
        add(&mut self.load, start / self.problem.slots_per_day, weight);
    }

    /// Takes a task out, and what comes after it.
    pub(super) fn remove(&mut self, task: usize) {
        if let Some(start) = at(&self.start, task) {
            self.mark(task, start, false);
            put(&mut self.start, task, None);
            for &next in row(&self.table.followers, task) {
                self.remove(next);
            }
        }
    }

    /// The best start now and what is lost without it.
    fn best_start(&self, task: usize) -> Option<(f64, usize, f64)> {
        let mut open = self.table.starts(task).iter().filter(|(_, s)| self.fits(task, *s));
        let &(gain, start) = open.next()?;
        let second = open.next().map_or(0.0, |next| next.0.max(0.0));
        Some((gain, start, gain - second))
    }

    /// Puts in what gains, each time the task that would lose most by waiting; `noise` shakes the order.
    fn fill(&mut self, mut shake: impl FnMut() -> f64) {
        loop {
            let open = (0..self.start.len()).filter(|&i| at(&self.start, i).is_none());
            let found = open.filter_map(|i| {
                let (gain, start, regret) = self.best_start(i)?;
                let leads = !row(&self.table.followers, i).is_empty();
                (gain > 0.0 || leads).then_some((gain, start, regret, i))
            });
            let ranked = found.map(|(gain, start, regret, i)| ((regret + 0.1 * gain) * shake(), start, i));
            let Some((_, start, task)) = ranked.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            self.place(task, start);
        }
    }

    /// Takes out what loses and leads to nothing; `order` has what comes first first.
    fn prune(&mut self, order: &[usize]) {
        for &task in order.iter().rev() {
            let Some(start) = at(&self.start, task) else { continue };
            let gain = crate::cells::cell(&self.table.gain, task, start).unwrap_or(0.0);
            let leads = row(&self.table.followers, task).iter().any(|&f| at(&self.start, f).is_some());
            if gain <= 0.0 && !leads {
                self.remove(task);
            }
        }
    }
}

/// The best plan found, and the steps done. Ends early at a plan that reaches the bound.
pub(super) fn search(
    problem: &Schedule,
    table: &Table,
    order: &[usize],
    budget: Budget<'_>,
    bound: f64,
) -> (Vec<Option<usize>>, u64) {
    let n = problem.tasks.len();
    let mut state = State::new(problem, table);
    state.fill(|| 1.0);
    state.prune(order);
    if table.worth(&state.start) < 0.0 {
        state = State::new(problem, table);
    }
    let mut now = table.worth(&state.start);
    let mut best = (now, state.clone());
    let mut noise = Noise::of(budget.seed, [n as u64, problem.energy.len() as u64, 0]);
    let mut step = 0;
    while n > 0 && best.0 < bound - 1e-9 * bound.abs() && budget.allows(step) {
        let phase = step % COOLING;
        if phase == 0 {
            (now, state) = best.clone();
        }
        step += 1;
        let before = state.clone();
        take_out(&mut state, &mut noise);
        state.fill(|| 0.5 + noise.unit());
        state.prune(order);
        let next = table.worth(&state.start);
        let heat = HEAT * (1.0 - phase as f64 / COOLING as f64) * best.0.abs() / n as f64;
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

/// Some tasks at random, or all that touch a stretch of time.
fn take_out(state: &mut State<'_>, noise: &mut Noise) {
    let n = state.start.len();
    if noise.unit() < 0.5 {
        for _ in 0..=noise.below(MOST_OUT.min(n)) {
            state.remove(noise.below(n));
        }
        return;
    }
    let (from, long) = (noise.below(state.taken.len()), 1 + noise.below(state.problem.slots_per_day));
    for task in 0..n {
        let touches = |s: usize| s < from + long && from < s + state.table.slots(task);
        if at(&state.start, task).is_some_and(touches) {
            state.remove(task);
        }
    }
    // what was left out gets a chance in the gap before it is filled as it was
    let out: Vec<usize> = (0..n).filter(|&i| at(&state.start, i).is_none()).collect();
    let task = at(&out, noise.below(out.len()));
    let near = |s: usize| s + state.table.slots(task) > from && s < from + long;
    let open: Vec<usize> = state
        .table
        .starts(task)
        .iter()
        .filter(|(gain, s)| *gain > 0.0 && near(*s) && state.fits(task, *s))
        .map(|start| start.1)
        .collect();
    if !out.is_empty() && !open.is_empty() {
        state.place(task, at(&open, noise.below(open.len())));
    }
}
