//! Branch and bound: every start of every task, but where no rest could reach the best plan known.

use super::bound::{Prices, sums};
use super::state::State;
use super::{Schedule, Table};
use crate::cells::at;
use crate::plan::Budget;

/// Nodes for each step of the budget; a node is far cheaper than a step of the search. OWN.
const NODES: u64 = 100;

struct Tree<'a> {
    table: &'a Table,
    order: &'a [usize],
    /// Price of each slot and their sums.
    price: &'a [f64],
    sums: Vec<f64>,
    best: (f64, Vec<Option<usize>>),
    nodes: u64,
    cut: bool,
    budget: Budget<'a>,
}

/// A plan at least as good as the one known, and whether it is proven to be the best.
pub(super) fn exact(
    problem: &Schedule,
    table: &Table,
    order: &[usize],
    prices: &Prices,
    known: &[Option<usize>],
    budget: Budget<'_>,
    step: u64,
) -> (Vec<Option<usize>>, bool) {
    let steps = budget.steps.saturating_sub(step).max(budget.steps / 2).saturating_mul(NODES);
    let best = (table.worth(known), known.to_vec());
    let budget = Budget { steps, ..budget };
    let sums = sums(&prices.slot);
    let mut tree = Tree { table, order, price: &prices.slot, sums, best, nodes: 0, cut: false, budget };
    let free: f64 = prices.slot.iter().sum();
    tree.branch(0, &mut State::new(problem, table), 0.0, free);
    (tree.best.1, !tree.cut)
}

impl Tree<'_> {
    /// `free` is the price of the slots that are left.
    fn branch(&mut self, depth: usize, state: &mut State<'_>, worth: f64, free: f64) {
        if worth > self.best.0 {
            self.best = (worth, state.start.clone());
        }
        let Some(&task) = self.order.get(depth) else { return };
        let rest = self.order.get(depth..).unwrap_or(&[]);
        let (mut plain, mut priced) = (worth, worth + free);
        for &t in rest {
            let (gain, net) = self.most(state, t);
            plain += gain;
            priced += net;
        }
        if plain.min(priced) <= self.best.0 + 1e-9 * self.best.0.abs() {
            return;
        }
        self.cut |= !self.budget.allows(self.nodes);
        if self.cut {
            return;
        }
        self.nodes += 1;
        for &(gain, start) in self.table.starts(task) {
            if state.fits(task, start) {
                let end = start + self.table.slots(task);
                let paid: f64 = self.price.get(start..end).into_iter().flatten().sum();
                state.place(task, start);
                self.branch(depth + 1, state, worth + gain, free - paid);
                state.remove(task);
            }
        }
        self.branch(depth + 1, state, worth, free);
    }

    /// The most a task could still gain, and the most when slots are paid for.
    fn most(&self, state: &State<'_>, task: usize) -> (f64, f64) {
        let (mut gain, mut net) = (0.0_f64, 0.0_f64);
        for &(g, start) in self.table.starts(task) {
            if g <= net {
                break;
            }
            if state.free(task, start) {
                gain = gain.max(g);
                net = net.max(g - at(&self.sums, start + self.table.slots(task)) + at(&self.sums, start));
            }
        }
        (gain, net)
    }
}
