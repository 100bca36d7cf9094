//! A plan in the making; it keeps all rules at any time.

use super::FOCUS_SLOTS;
use super::problem::{Block, Week};
use crate::cells::{at, put, row};
use twin_core::sort::OrderBy;

/// Which rules hold; all but where a reason is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) capacity: bool,
    pub(super) lunch: bool,
    pub(super) breaks: bool,
    pub(super) order: bool,
}

pub(super) const ALL: Rules = Rules { capacity: true, lunch: true, breaks: true, order: true };

#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) week: &'a Week<'a>,
    pub(super) rules: Rules,
    owner: Vec<Option<usize>>,
    /// The slot after the last of each task that has a place.
    end: Vec<Option<usize>>,
    /// Slots planned on each day.
    used: Vec<usize>,
}

impl<'a> State<'a> {
    /// With the locked tasks only.
    pub(super) fn new(week: &'a Week<'a>, rules: Rules) -> Self {
        let n = week.slots.len();
        let owner = vec![None; week.problem.slots.len()];
        let mut state = Self { week, rules, owner, end: vec![None; n], used: vec![0; week.days()] };
        for i in 0..n {
            if let Some(start) = week.locked(i) {
                let end = start + at(&week.slots, i);
                state.mark(i, start, end, true);
                state.close(i, end);
            }
        }
        state
    }

    pub(super) fn owner(&self, slot: usize) -> Option<usize> {
        at(&self.owner, slot)
    }

    pub(super) fn end(&self, task: usize) -> Option<usize> {
        at(&self.end, task)
    }

    pub(super) fn placed(&self, task: usize) -> bool {
        self.end(task).is_some()
    }

    /// Says that a task has all its slots.
    pub(super) fn close(&mut self, task: usize, end: usize) {
        put(&mut self.end, task, Some(end));
    }

    /// The first slot that a task may have; absent while what it waits for has no place.
    pub(super) fn earliest(&self, task: usize) -> Option<usize> {
        let ends = row(&self.week.needs, task).iter().map(|&p| self.end(p));
        ends.reduce(|a, b| Some(a?.max(b?))).unwrap_or(Some(0))
    }

    /// Whether a task may have these slots of one day, by all rules but the one that it waits.
    pub(super) fn fits(&self, task: usize, start: usize, end: usize) -> bool {
        let day = self.week.day(start);
        let full = || at(&self.used, day) + end - start > at(&self.week.problem.daily_capacity, day);
        let free = |t: usize| at(&self.week.usable, t) && self.owner(t).is_none();
        (start..end).all(free)
            && !(self.rules.order && end > at(&self.week.due, task))
            && !(self.rules.capacity && full())
            && !(self.rules.breaks && self.at_a_stretch(start, end) > FOCUS_SLOTS)
            && (!self.rules.lunch || self.lunch_kept(day, start, end))
    }

    fn lunch_kept(&self, day: usize, start: usize, end: usize) -> bool {
        let open =
            |t: usize| !at(&self.week.fixed, t) && self.owner(t).is_none() && !(start..end).contains(&t);
        !at(&self.week.lunch, day) || self.week.lunch_left(day, open)
    }

    /// Slots of work without a break around these; events are neither.
    fn at_a_stretch(&self, start: usize, end: usize) -> usize {
        let first = self.week.day(start) * self.week.problem.slots_per_day;
        let last = (first + self.week.problem.slots_per_day).min(self.owner.len());
        let mut sum = end - start;
        let mut count = |t: usize| {
            let (fixed, work) = (at(&self.week.fixed, t), self.owner(t).is_some());
            sum += usize::from(work && !fixed);
            (fixed || work) && sum <= FOCUS_SLOTS
        };
        let _ = (first..start).rev().all(&mut count);
        let _ = (end..last).all(&mut count);
        sum
    }

    pub(super) fn mark(&mut self, task: usize, start: usize, end: usize, taken: bool) {
        for t in start..end {
            put(&mut self.owner, t, taken.then_some(task));
            let day = self.week.day(t);
            let used = at(&self.used, day);
            put(&mut self.used, day, if taken { used + 1 } else { used.saturating_sub(1) });
        }
    }

    /// Takes a task out, and what waits for it; locked ones stay.
    pub(super) fn remove(&mut self, task: usize) {
        if self.week.locked(task).is_some() {
            return;
        }
        let had_place = self.placed(task);
        let mine: Vec<usize> = (0..self.owner.len()).filter(|&t| self.owner(t) == Some(task)).collect();
        mine.into_iter().for_each(|t| self.mark(task, t, t + 1, false));
        put(&mut self.end, task, None);
        if had_place {
            for &next in row(&self.week.followers, task) {
                self.remove(next);
            }
        }
    }

    /// The task worked on last before a slot, and first from a slot on, within the day.
    pub(super) fn beside(&self, start: usize, end: usize) -> [Option<usize>; 2] {
        let first = self.week.day(start) * self.week.problem.slots_per_day;
        let last = (first + self.week.problem.slots_per_day).min(self.owner.len());
        [(first..start).rev().find_map(|t| self.owner(t)), (end..last).find_map(|t| self.owner(t))]
    }

    /// Stretches of the same task, by time: task, start and end.
    pub(super) fn blocks(&self) -> Vec<(usize, usize, usize)> {
        let mut blocks: Vec<(usize, usize, usize)> = Vec::new();
        for (t, owner) in self.owner.iter().enumerate() {
            let Some(task) = *owner else { continue };
            match blocks.last_mut() {
                Some((last, start, end))
                    if *last == task && *end == t && self.week.day(*start) == self.week.day(t) =>
                {
                    *end = t + 1
                }
                _ => blocks.push((task, t, t + 1)),
            }
        }
        blocks
    }

    /// The blocks with ids, those of tasks without length among them.
    pub(super) fn reported(&self) -> Vec<Block> {
        let mut blocks = self.blocks();
        let empty = (0..self.end.len()).filter(|&i| at(&self.week.slots, i) == 0);
        blocks.extend(empty.filter_map(|i| Some((i, self.end(i)?, self.end(i)?))));
        blocks.order_by_key(|&(_, start, end)| (start, end));
        blocks.into_iter().map(|(i, start, end)| Block { task: self.week.id(i), start, end }).collect()
    }
}
