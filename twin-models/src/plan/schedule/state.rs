//! A plan in the making.

use super::{Schedule, Table};
use crate::cells::{add, at, cell, put, row};
use crate::noise::Noise;

/// It keeps all rules at any time.
#[derive(Clone)]
pub(super) struct State<'a> {
    problem: &'a Schedule,
    table: &'a Table,
    pub(super) start: Vec<Option<usize>>,
    /// Free slots from each slot on, within its day.
    free: Vec<usize>,
    /// Load of each day.
    load: Vec<f64>,
}

impl<'a> State<'a> {
    pub(super) fn new(problem: &'a Schedule, table: &'a Table) -> Self {
        let (slots, per_day) = (problem.energy.len(), problem.slots_per_day);
        let mut free = vec![0; slots];
        for t in (0..slots).rev() {
            let after = if (t + 1).is_multiple_of(per_day) { 0 } else { at(&free, t + 1) };
            put(&mut free, t, if at(&problem.busy, t) { 0 } else { after + 1 });
        }
        Self {
            problem,
            table,
            start: vec![None; problem.tasks.len()],
            free,
            load: vec![0.0; slots / per_day],
        }
    }

    pub(super) fn slots(&self, task: usize) -> usize {
        self.table.slots(task)
    }

    fn weight(&self, task: usize) -> f64 {
        self.problem.tasks.get(task).map_or(0.0, |t| t.load * t.slots as f64)
    }

    /// Whether a task may start there, by all rules but the one that what it comes after is planned.
    pub(super) fn free(&self, task: usize, start: usize) -> bool {
        let full = || {
            self.problem.daily_load.is_some_and(|most| {
                at(&self.load, start / self.problem.slots_per_day) + self.weight(task) > most * (1.0 + 1e-12)
            })
        };
        at(&self.free, start) >= self.slots(task) && !full()
    }

    /// Whether what it comes after is planned and over by then.
    fn ready(&self, task: usize, start: usize) -> bool {
        let over = |p: usize| at(&self.start, p).is_some_and(|s| s + self.slots(p) <= start);
        self.problem.tasks.get(task).is_some_and(|t| t.after.iter().all(|&p| over(p)))
    }

    pub(super) fn fits(&self, task: usize, start: usize) -> bool {
        self.free(task, start) && self.ready(task, start)
    }

    /// Whether the one comes after the other.
    pub(super) fn follows(&self, task: usize, other: usize) -> bool {
        self.problem.tasks.get(task).is_some_and(|t| t.after.contains(&other))
    }

    pub(super) fn place(&mut self, task: usize, start: usize) {
        self.mark(task, start, true);
        put(&mut self.start, task, Some(start));
    }

    fn mark(&mut self, task: usize, start: usize, taken: bool) {
        let (end, per_day) = (start + self.slots(task), self.problem.slots_per_day);
        let mut run = if end.is_multiple_of(per_day) { 0 } else { at(&self.free, end) };
        for t in (start / per_day * per_day..end).rev() {
            let own = t >= start;
            if !own && at(&self.free, t) == 0 {
                break;
            }
            run = if own && taken { 0 } else { run + 1 };
            put(&mut self.free, t, run);
        }
        let weight = if taken { self.weight(task) } else { -self.weight(task) };
        add(&mut self.load, start / per_day, weight);
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

    /// Takes out what loses and leads to nothing; `order` has what comes first first.
    pub(super) fn prune(&mut self, order: &[usize]) {
        for &task in order.iter().rev() {
            let Some(start) = at(&self.start, task) else { continue };
            let gain = cell(&self.table.gain, task, start).unwrap_or(0.0);
            let leads = row(&self.table.followers, task).iter().any(|&f| at(&self.start, f).is_some());
            if gain <= 0.0 && !leads {
                self.remove(task);
            }
        }
    }

    /// The first slot of a stretch of time and how long it is, a day at most.
    pub(super) fn stretch(&self, noise: &mut Noise) -> (usize, usize) {
        (noise.below(self.free.len()), 1 + noise.below(self.problem.slots_per_day))
    }
}
