//! Local search: an item is put in with all it needs, or taken out with all that needs it; what then is too much is
//! taken out, what is free is filled, and a worse path is taken now and then under cooling.

use super::{Item, extra, sums};
use crate::cells::{at, put, row};
use crate::noise::Noise;
use crate::plan::Budget;

/// Heat at the start of a cooling, as a share of the best value. OWN.
const HEAT: f64 = 0.01;

pub(super) struct Local<'a> {
    items: &'a [Item],
    hours: f64,
    /// Each item with all it needs.
    closures: &'a [Vec<usize>],
    /// Each item with all that needs it.
    wanted_by: Vec<Vec<usize>>,
    noise: Noise,
    /// The best path known: value, and which items are in it.
    pub(super) best: (f64, Vec<bool>),
}

impl<'a> Local<'a> {
    /// With a greedy path.
    pub(super) fn new(items: &'a [Item], hours: f64, closures: &'a [Vec<usize>], seed: u64) -> Self {
        let mut wanted_by = vec![Vec::new(); items.len()];
        for (i, closure) in closures.iter().enumerate() {
            for &p in closure {
                if let Some(list) = wanted_by.get_mut(p) {
                    list.push(i);
                }
            }
        }
        let noise = Noise::of(seed, [items.len() as u64, 0, 0]);
        let mut local = Self { items, hours, closures, wanted_by, noise, best: (0.0, Vec::new()) };
        let mut taken = vec![false; items.len()];
        local.fill(&mut taken, None, false);
        local.best = (sums(items, &taken).0, taken);
        local
    }

    /// Closures by value for an hour while they fit; all but `not`.
    fn fill(&mut self, taken: &mut [bool], not: Option<usize>, shaken: bool) {
        let (_, mut used) = sums(self.items, taken);
        loop {
            let mut most: Option<(f64, usize, f64)> = None;
            for (i, closure) in self.closures.iter().enumerate() {
                if at(taken, i) || self.items.get(i).is_some_and(|item| used + item.hours > self.hours) {
                    continue;
                }
                let (value, hours) = extra(self.items, closure, taken);
                if value <= 0.0 || used + hours > self.hours || not.is_some_and(|n| closure.contains(&n)) {
                    continue;
                }
                let shake = if shaken { 0.5 + self.noise.unit() } else { 1.0 };
                let density = value / hours.max(1e-9) * shake;
                if most.is_none_or(|known| density > known.0) {
                    most = Some((density, i, hours));
                }
            }
            let Some((_, i, hours)) = most else { return };
            row(self.closures, i).iter().for_each(|&p| put(taken, p, true));
            used += hours;
        }
    }

    /// So many steps from the best path on; the number of the step it came to.
    pub(super) fn search(&mut self, budget: Budget<'_>, from: u64, steps: u64) -> u64 {
        let (mut now, mut taken) = self.best.clone();
        let mut step = from;
        while step < from.saturating_add(steps) && budget.allows(step) {
            let cold = (step - from) as f64 / steps as f64;
            step += 1;
            let next = self.changed(&taken);
            let value = sums(self.items, &next).0;
            if value < now + HEAT * (1.0 - cold) * self.best.0 * self.noise.unit().ln() {
                continue;
            }
            (now, taken) = (value, next);
            if now > self.best.0 {
                self.best = (now, taken.clone());
            }
        }
        step
    }

    fn changed(&mut self, taken: &[bool]) -> Vec<bool> {
        let mut next = taken.to_vec();
        let item = self.noise.below(self.items.len());
        if at(taken, item) {
            row(&self.wanted_by, item).iter().for_each(|&i| put(&mut next, i, false));
            self.fill(&mut next, Some(item), true);
            return next;
        }
        let closures = self.closures;
        let closure = row(closures, item);
        if extra(self.items, closure, &[]).1 > self.hours {
            return next;
        }
        closure.iter().for_each(|&i| put(&mut next, i, true));
        let (_, mut used) = sums(self.items, &next);
        while used > self.hours {
            // the least dense goes, with all that needs it
            let mut least: Option<(f64, usize, f64)> = None;
            for i in (0..self.items.len()).filter(|i| at(&next, *i) && !closure.contains(i)) {
                let gone = row(&self.wanted_by, i).iter().filter(|&&j| at(&next, j));
                let (value, hours) = gone
                    .filter_map(|&j| self.items.get(j))
                    .fold((0.0, 0.0), |(v, h), item| (v + item.value, h + item.hours));
                let density = value / hours.max(1e-9) * (0.5 + self.noise.unit());
                if least.is_none_or(|known| density < known.0) {
                    least = Some((density, i, hours));
                }
            }
            let Some((_, i, hours)) = least else { break };
            row(&self.wanted_by, i).iter().for_each(|&j| put(&mut next, j, false));
            used -= hours;
        }
        if used > self.hours {
            return taken.to_vec();
        }
        self.fill(&mut next, None, true);
        next
    }
}
