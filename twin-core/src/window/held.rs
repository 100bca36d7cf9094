//! Samples kept for the time-weighted mean.

use super::partial::micro;
use crate::sort::OrderBy;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// A value that holds from a time on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) at: i64,
    /// How long at most.
    pub(super) length: i64,
    pub(super) value: f64,
}

impl Held {
    /// By time, then content: of several at one time the last in this order is believed.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        (self.at, self.length).cmp(&(other.at, other.length)).then(self.value.total_cmp(&other.value))
    }

    pub(super) const fn reach(&self) -> i64 {
        self.at.saturating_add(self.length)
    }
}

/// Puts a sample in its place; is it the last?
pub(super) fn insert(held: &mut Vec<Held>, sample: Held) -> bool {
    let place = match held.last() {
        Some(last) if last.order(&sample) == Ordering::Greater => {
            held.partition_point(|h| h.order(&sample) != Ordering::Greater)
        }
        _ => held.len(),
    };
    held.insert(place, sample);
    place + 1 == held.len()
}

/// Puts the samples of another in their places.
pub(super) fn merge(held: &mut Vec<Held>, other: &[Held]) {
    held.extend_from_slice(other);
    held.order_by(Held::order);
}

/// Value × time in millionths × microseconds, and the time covered, of samples in order within `from..to`.
pub(super) fn weigh(samples: impl Iterator<Item = Held>, from: i64, to: i64) -> (i128, i64) {
    let (mut amount, mut covered) = (0_i128, 0_i64);
    let mut samples = samples.peekable();
    while let Some(sample) = samples.next() {
        let next = samples.peek().map_or(i64::MAX, |n| n.at);
        let (start, end) = (sample.at.max(from), sample.reach().min(next).min(to));
        if end > start {
            amount += i128::from(micro(sample.value)) * i128::from(end - start);
            covered += end - start;
        }
    }
    (amount, covered)
}
