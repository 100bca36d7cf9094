//! The figures of a pane, and of a window.

use super::sketch::QuantileSketch;
use crate::fold::Micro;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Greatest size of a value: what millionths in 64 bits can hold.
pub(super) const GREATEST: f64 = 9e12;

/// Count, sum, least, greatest and last of samples. Merging is commutative and associative: any order
/// and any split give the same bits. Sums are of millionths of the unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    pub(super) count: u64,
    pub(super) sum: i128,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) last_at: i64,
    pub(super) last: f64,
}

impl Default for Partial {
    fn default() -> Self {
        Self { count: 0, sum: 0, min: f64::INFINITY, max: f64::NEG_INFINITY, last_at: i64::MIN, last: 0.0 }
    }
}

impl Partial {
    /// Adds a finite value without a negative zero.
    #[inline]
    pub(super) fn add(&mut self, at: i64, value: f64) {
        self.count += 1;
        self.sum += i128::from(micro(value));
        self.min = if value < self.min { value } else { self.min };
        self.max = if value > self.max { value } else { self.max };
        if at > self.last_at || (at == self.last_at && value > self.last) {
            (self.last_at, self.last) = (at, value);
        }
    }

    /// Adds the samples behind another.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 || (other.last_at, other.last) > (self.last_at, self.last) {
            (self.last_at, self.last) = (other.last_at, other.last);
        }
        self.count += other.count;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// The figures of a window; what needs a sample is `None` without one.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Summary {
    pub(super) partial: Partial,
    /// Value × time, millionths × microseconds.
    pub(super) amount: i128,
    pub(super) covered_us: i64,
    pub(super) sketch: Option<QuantileSketch>,
}

impl Summary {
    /// Samples that start in the window.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.partial.count
    }

    /// Sum of the values, in their unit; 0 without samples.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.partial.sum as f64 / 1e6
    }

    /// Mean of the values, each counting the same.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.sum() / self.count() as f64)
    }

    /// Least value.
    #[must_use]
    pub fn min(&self) -> Option<f64> {
        (self.count() > 0).then_some(self.partial.min)
    }

    /// Greatest value.
    #[must_use]
    pub fn max(&self) -> Option<f64> {
        (self.count() > 0).then_some(self.partial.max)
    }

    /// When the last sample was, by event time, and its value; of several at one time the greatest.
    #[must_use]
    pub fn last(&self) -> Option<(Timestamp, f64)> {
        (self.count() > 0).then(|| (Timestamp::from_micros(self.partial.last_at), self.partial.last))
    }

    /// Mean weighted by time: each value holds until the next, at most as long as its own duration or
    /// the hold; also into the windows after its own. `None` where it was not asked for or nothing holds.
    #[must_use]
    pub fn time_weighted_mean(&self) -> Option<f64> {
        (self.covered_us > 0).then(|| self.amount as f64 / self.covered_us as f64 / 1e6)
    }

    /// Time of the window with a value, microseconds; 0 where the time-weighted mean was not asked for.
    #[must_use]
    pub const fn covered_us(&self) -> i64 {
        self.covered_us
    }

    /// The value below which the share `q`, 0..=1, of the samples lies, within 0.4 % of it. `None`
    /// where quantiles were not asked for or there are no samples.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let value = self.sketch.as_ref()?.quantile(q)?;
        Some(value.max(self.partial.min).min(self.partial.max))
    }

    /// Is nothing known of the window? A revision that says so takes an earlier answer back.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.partial.count == 0 && self.covered_us == 0
    }
}

/// What a window says, first or again.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowResult {
    /// The key.
    pub key: u64,
    /// Start, included. Key and start name the window.
    pub start: Timestamp,
    /// End, excluded; of a session it may move.
    pub end: Timestamp,
    /// 0 the first time, then one more each time late samples changed it.
    pub revision: u32,
    /// The figures; empty when a session was joined to an earlier one and is no more.
    pub summary: Summary,
}

/// As [`crate::fold::to_micro`], without a call into the mathematics library: this runs for every sample.
#[inline]
pub(super) fn micro(value: f64) -> Micro {
    let scaled = value * 1e6;
    let whole = scaled as i64;
    let rest = scaled - whole as f64;
    whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn millionths_are_the_folds(value in -GREATEST..GREATEST, small in -3.0..3.0) {
            prop_assert_eq!(micro(value), crate::fold::to_micro(value));
            prop_assert_eq!(micro(small), crate::fold::to_micro(small));
            let half = (small * 1e3_f64).trunc() / 2.0 * 1e-6;
            prop_assert_eq!(micro(half), crate::fold::to_micro(half));
        }
    }
}
