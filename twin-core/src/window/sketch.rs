//! Quantiles in bounded memory.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bits of the mantissa that name a bucket: 128 buckets for each doubling, each within 0.4 % of its middle.
const BITS: u32 = 7;

/// Below this a value counts as zero: the resolution of millionths.
const LEAST: f64 = 1e-6;

/// A quantile sketch with a relative error of at most 0.4 %.
///
/// Buckets are cut by the leading bits of a value, so that they are the same on every platform: the
/// log-linear mapping of DDSketch (Masson et al., VLDB 2019), which merges by adding counts. With values
/// up to 9e12 there are at most 16,000 buckets.
///
/// ```
/// # use twin_core::window::QuantileSketch;
/// let mut sketch = QuantileSketch::default();
/// (1..=100).for_each(|v| sketch.add(f64::from(v)));
/// let median = sketch.quantile(0.5).unwrap_or(0.0);
/// assert!((median / 50.0 - 1.0).abs() < 0.01, "{median}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantileSketch {
    buckets: BTreeMap<i32, u64>,
}

impl QuantileSketch {
    /// Adds a value; one that is not finite is left out.
    pub fn add(&mut self, value: f64) {
        if value.is_finite() {
            *self.buckets.entry(bucket(value)).or_default() += 1;
        }
    }

    /// Adds the values behind another.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, n) in &other.buckets {
            let mine = self.buckets.entry(*bucket).or_default();
            *mine = mine.saturating_add(*n);
        }
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.values().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Could adding values within ±9e12 have led here?
    pub(super) fn can_be(&self) -> bool {
        let most = bucket(super::partial::GREATEST);
        self.buckets.keys().all(|b| (-most..=most).contains(b))
    }

    /// The value of rank `q` (n − 1), rounded down; `q` is cut to 0..=1. `None` without values.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.count().checked_sub(1)?;
        let rank = (q.clamp(0.0, 1.0) * last as f64) as u64;
        let mut seen = 0_u64;
        for (bucket, n) in &self.buckets {
            seen = seen.saturating_add(*n);
            if seen > rank {
                return Some(middle(*bucket));
            }
        }
        None
    }
}

/// The bucket of a value: its sign with exponent and leading bits, so that buckets sort as values do.
fn bucket(value: f64) -> i32 {
    let size = value.abs();
    if size < LEAST {
        return 0;
    }
    let place = ((size.to_bits() >> (52 - BITS)) - (LEAST.to_bits() >> (52 - BITS))) as i32 + 1;
    if value < 0.0 { -place } else { place }
}

/// The middle of a bucket.
fn middle(bucket: i32) -> f64 {
    if bucket == 0 {
        return 0.0;
    }
    let edge = |place: u64| f64::from_bits((place + (LEAST.to_bits() >> (52 - BITS))) << (52 - BITS));
    let place = u64::from(bucket.unsigned_abs()) - 1;
    let size = (edge(place) + edge(place + 1)) / 2.0;
    if bucket < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantiles_are_within_their_error(
            mut values in prop::collection::vec(prop_oneof![-1e12..1e12_f64, -2.0..2.0, Just(0.0)], 1..80),
            q in 0.0..=1.0_f64,
        ) {
            let mut sketch = QuantileSketch::default();
            values.iter().for_each(|v| sketch.add(*v));
            values.sort_by(f64::total_cmp);
            let exact = values[(q * (values.len() - 1) as f64) as usize];
            let found = sketch.quantile(q).unwrap();
            prop_assert!((found - exact).abs() <= exact.abs() * 0.004 + LEAST, "{} for {}", found, exact);
        }
    }
}
