//! How much any plan could be worth: a price for each slot, lowered and raised until the tasks, each for
//! itself, would hardly ask for the same slots (Lagrangian relaxation [fisher1981]).

use super::{Schedule, Table};
use crate::cells::{add, at, put};

/// Rounds of prices. OWN.
const ROUNDS: u32 = 300;

pub(super) struct Prices {
    /// Price of each slot.
    pub(super) slot: Vec<f64>,
    /// No plan is worth more.
    pub(super) bound: f64,
}

/// The best prices found.
pub(super) fn prices(problem: &Schedule, table: &Table) -> Prices {
    let n = problem.energy.len();
    let mut price = vec![0.0; n];
    let mut best = Prices { slot: price.clone(), bound: f64::INFINITY };
    let mut scale = 1.0;
    for round in 0..ROUNDS {
        // one of each slot is there to be had
        let mut left: Vec<f64> = problem.busy.iter().map(|b| if *b { 0.0 } else { 1.0 }).collect();
        let mut bound: f64 = price.iter().sum();
        let sums = sums(&price);
        for task in 0..problem.tasks.len() {
            if let Some((worth, start)) = dearest(table, task, &sums) {
                bound += worth;
                (start..start + table.slots(task)).for_each(|t| add(&mut left, t, -1.0));
            }
        }
        if bound < best.bound {
            best = Prices { slot: price.clone(), bound };
        } else if round % 10 == 9 {
            scale *= 0.7;
        }
        let length: f64 =
            left.iter().zip(&price).filter(|(l, p)| **l < 0.0 || **p > 0.0).map(|(l, _)| l * l).sum();
        if length == 0.0 {
            break;
        }
        let step = scale * 0.1 * best.bound.max(1.0) / length;
        for t in 0..n {
            let next = (at(&price, t) - step * at(&left, t)).max(0.0);
            put(&mut price, t, if at(&problem.busy, t) { 0.0 } else { next });
        }
    }
    best
}

/// Sums of the prices before each slot.
pub(super) fn sums(price: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for p in price {
        sum += p;
        sums.push(sum);
    }
    sums
}

/// The start that is worth most when slots are paid for, if it is worth anything.
fn dearest(table: &Table, task: usize, sums: &[f64]) -> Option<(f64, usize)> {
    let mut best = None;
    let mut most = 0.0;
    for &(gain, start) in table.starts(task) {
        if gain <= most {
            break; // prices only take off
        }
        let worth = gain - at(sums, start + table.slots(task)) + at(sums, start);
        if worth > most {
            most = worth;
            best = Some((worth, start));
        }
    }
    best
}
