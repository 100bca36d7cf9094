//! Branch and bound: every item in or out, but where no rest could reach the best path known.

use super::Item;
use super::prices::Prices;
use crate::cells::{at, put};
use crate::plan::Budget;

struct Tree<'a, 'b> {
    items: &'a [Item],
    hours: f64,
    /// What is needed first.
    order: &'a [usize],
    prices: &'a Prices,
    best: &'b mut (f64, Vec<bool>),
    step: u64,
    /// Whether the budget ended it.
    cut: bool,
    budget: Budget<'a>,
}

/// Betters the path known; whether it is now proven to be the best.
pub(super) fn exact(
    items: &[Item],
    hours: f64,
    order: &[usize],
    prices: &Prices,
    best: &mut (f64, Vec<bool>),
    budget: Budget<'_>,
    step: &mut u64,
) -> bool {
    let mut tree = Tree { items, hours, order, prices, best, step: *step, cut: false, budget };
    tree.branch(0, &mut vec![None; items.len()], [0.0; 3]);
    *step = tree.step;
    !tree.cut
}

impl Tree<'_, '_> {
    /// No choice of what is open is worth more: the hours left go to the densest, in parts if need be.
    fn most(&self, chosen: &[Option<bool>], lent: f64, used: f64) -> f64 {
        let (mut value, mut left) = (lent, self.hours - used);
        let open = self.prices.by_density.iter().filter(|&&i| at(chosen, i).is_none());
        for &i in open {
            let (own, long) = (at(&self.prices.value, i), self.items.get(i).map_or(0.0, |item| item.hours));
            if own <= 0.0 {
                break;
            }
            if long > left {
                return value + own * left / long;
            }
            value += own;
            left -= long;
        }
        value
    }

    /// Value, value after lending, and hours of what is chosen.
    fn branch(&mut self, depth: usize, chosen: &mut Vec<Option<bool>>, [value, lent, used]: [f64; 3]) {
        if value > self.best.0 {
            *self.best = (value, chosen.iter().map(|c| *c == Some(true)).collect());
        }
        let Some(&i) = self.order.get(depth) else { return };
        if self.cut || self.most(chosen, lent, used) <= self.best.0 * (1.0 + 1e-12) {
            return;
        }
        self.cut |= !self.budget.allows(self.step);
        if self.cut {
            return;
        }
        self.step += 1;
        let Some(item) = self.items.get(i) else { return };
        let ready = item.needs.iter().all(|&p| at(chosen, p) == Some(true));
        if ready && used + item.hours <= self.hours {
            put(chosen, i, Some(true));
            let with = [value + item.value, lent + at(&self.prices.value, i), used + item.hours];
            self.branch(depth + 1, chosen, with);
        }
        // without it go those that need it
        let before = chosen.clone();
        put(chosen, i, Some(false));
        for &j in self.order.iter().skip(depth + 1) {
            let lost = |item: &Item| item.needs.iter().any(|&p| at(chosen, p) == Some(false));
            if self.items.get(j).is_some_and(lost) {
                put(chosen, j, Some(false));
            }
        }
        self.branch(depth + 1, chosen, [value, lent, used]);
        *chosen = before;
        put(chosen, i, None);
    }
}
