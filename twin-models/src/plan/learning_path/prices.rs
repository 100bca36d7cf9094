//! How much any path could be worth: what an item is worth is lent to what it needs, until hours could be filled
//! with no better than a path (Lagrangian relaxation [fisher1981]).

use super::Item;
use crate::cells::{add, at};
use twin_core::sort::OrderBy;

/// Rounds of prices. OWN.
const ROUNDS: u32 = 200;

pub(super) struct Prices {
    /// Value of each item after lending; a set with all that it needs is worth no more by its own values.
    pub(super) value: Vec<f64>,
    /// Items by that value for an hour.
    pub(super) by_density: Vec<usize>,
    /// No path is worth more.
    pub(super) bound: f64,
}

/// The best prices found.
pub(super) fn prices(items: &[Item], hours: f64) -> Prices {
    let ties: Vec<(usize, usize)> =
        items.iter().enumerate().flat_map(|(i, item)| item.needs.iter().map(move |&p| (i, p))).collect();
    let mut lent = vec![0.0_f64; ties.len()];
    let mut best: Option<Prices> = None;
    let mut scale = 1.0;
    for round in 0..ROUNDS {
        let mut value: Vec<f64> = items.iter().map(|item| item.value).collect();
        for (&(item, need), &x) in ties.iter().zip(&lent) {
            add(&mut value, item, -x);
            add(&mut value, need, x);
        }
        let by_density = dense(items, &value);
        let (bound, part) = filled(items, &value, &by_density, hours);
        if best.as_ref().is_none_or(|known| bound < known.bound) {
            best = Some(Prices { value, by_density, bound });
        } else if round % 8 == 7 {
            scale *= 0.7;
        }
        // an item that is in more than what it needs lends it more
        let gap = |&(item, need): &(usize, usize)| at(&part, item) - at(&part, need);
        let length: f64 = ties
            .iter()
            .zip(&lent)
            .map(|(t, x)| if gap(t) > 0.0 || *x > 0.0 { gap(t).powi(2) } else { 0.0 })
            .sum();
        if length < 1e-12 {
            break;
        }
        let step = scale * 0.05 * bound.max(1e-9) / length;
        for (tie, x) in ties.iter().zip(&mut lent) {
            *x = (*x + step * gap(tie)).max(0.0);
        }
    }
    best.unwrap_or_else(|| Prices { value: Vec::new(), by_density: Vec::new(), bound: 0.0 })
}

fn dense(items: &[Item], value: &[f64]) -> Vec<usize> {
    let density: Vec<f64> = items.iter().zip(value).map(|(item, v)| v / item.hours.max(1e-9)).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.order_by(|&a, &b| at(&density, b).total_cmp(&at(&density, a)));
    order
}

/// The hours go to the densest, the last in part: what that is worth, and the part of each item.
fn filled(items: &[Item], value: &[f64], by_density: &[usize], hours: f64) -> (f64, Vec<f64>) {
    let (mut worth, mut left, mut part) = (0.0, hours, vec![0.0; items.len()]);
    for &i in by_density {
        let (own, long) = (at(value, i), items.get(i).map_or(0.0, |item| item.hours));
        if own <= 0.0 {
            break;
        }
        let share = if long > left { left / long } else { 1.0 };
        add(&mut part, i, share);
        worth += own * share;
        left -= long * share;
        if share < 1.0 {
            break;
        }
    }
    (worth, part)
}
