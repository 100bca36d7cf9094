use crate::error::{Error, Result};
use crate::id::SegmentHash;
use crate::sort::OrderBy;
use crate::time::Timestamp;

/// Columns of samples: start, duration, value. Ordered by start, then duration; several samples may
/// share an instant and keep the order they came in.
///
/// `starts_us`: UTC microseconds. `durations_us`: empty when all samples are instants, else as long
/// as `starts_us`, each ≥ 0. `values`: finite, never negative zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    starts_us: Vec<i64>,
    durations_us: Vec<i64>,
    values: Vec<f64>,
}

impl Samples {
    /// Checks and orders columns. An empty `durations_us` means instants.
    ///
    /// # Errors
    /// `invalid_value` when columns are of unequal length, a duration is negative, or a value is not finite.
    pub fn new(starts_us: Vec<i64>, durations_us: Vec<i64>, values: Vec<f64>) -> Result<Self> {
        if starts_us.len() != values.len()
            || !(durations_us.is_empty() || durations_us.len() == starts_us.len())
        {
            return Err(Error::invalid(
                "columns",
                format_args!(
                    "{} starts, {} durations, {} values",
                    starts_us.len(),
                    durations_us.len(),
                    values.len()
                ),
                "columns of one length",
            ));
        }
        if let Some(bad) = values.iter().find(|v| !v.is_finite()) {
            return Err(Error::invalid("value", bad, "a finite number"));
        }
        if let Some(bad) = durations_us.iter().find(|d| **d < 0) {
            return Err(Error::invalid("duration", bad, "zero or more microseconds"));
        }
        let mut samples = Self { starts_us, durations_us, values };
        if samples.durations_us.iter().all(|d| *d == 0) {
            samples.durations_us.clear();
        }
        for value in &mut samples.values {
            *value += 0.0; // canonical zero: -0.0 + 0.0 is 0.0
        }
        samples.sort();
        Ok(samples)
    }

    /// No samples.
    #[must_use]
    pub const fn empty() -> Self {
        Self { starts_us: Vec::new(), durations_us: Vec::new(), values: Vec::new() }
    }

    /// Number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The column of starts, UTC microseconds.
    #[must_use]
    pub fn starts_us(&self) -> &[i64] {
        &self.starts_us
    }

    /// The column of durations, microseconds; empty when all samples are instants.
    #[must_use]
    pub fn durations_us(&self) -> &[i64] {
        &self.durations_us
    }

    /// The column of values.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Samples as (start, duration, value), microseconds.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64, f64)> {
        let durations = self.durations_us.iter().copied().chain(std::iter::repeat(0));
        self.starts_us
            .iter()
            .copied()
            .zip(durations)
            .zip(self.values.iter().copied())
            .map(|((s, d), v)| (s, d, v))
    }

    /// Start of the first sample and the latest end; `None` when empty.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let first = *self.starts_us.first()?;
        let end = self.iter().map(|(s, d, _)| s.saturating_add(d)).max()?;
        Some((Timestamp::from_micros(first), Timestamp::from_micros(end)))
    }

    /// The hash of the samples: equal samples, equal hash, however they are stored.
    #[must_use]
    pub fn hash(&self) -> SegmentHash {
        let mut bytes = Vec::with_capacity(24 * self.len());
        self.starts_us.iter().for_each(|v| bytes.extend_from_slice(&v.to_le_bytes()));
        self.durations_us.iter().for_each(|v| bytes.extend_from_slice(&v.to_le_bytes()));
        self.values.iter().for_each(|v| bytes.extend_from_slice(&v.to_bits().to_le_bytes()));
        SegmentHash::of("samples", &[&(self.len() as u64).to_le_bytes(), &bytes])
    }

    /// Adds a sample at the end of the columns; call [`Self::sort`] when starts may have gone back.
    pub(crate) fn push(&mut self, start_us: i64, duration_us: i64, value: f64) {
        if duration_us != 0 && self.durations_us.is_empty() {
            self.durations_us.resize(self.starts_us.len(), 0);
        }
        if duration_us != 0 || !self.durations_us.is_empty() {
            self.durations_us.push(duration_us);
        }
        self.starts_us.push(start_us);
        self.values.push(value + 0.0);
    }

    /// Adds samples of other times, keeping the order.
    pub fn append(&mut self, other: &Self) {
        other.iter().for_each(|(start, duration, value)| self.push(start, duration, value));
        self.sort();
    }

    /// Orders by (start, duration), keeping the order of equals.
    pub(crate) fn sort(&mut self) {
        if self.durations_us.is_empty() && self.starts_us.is_sorted() {
            return;
        }
        let mut rows: Vec<(i64, i64, f64)> = self.iter().collect();
        rows.order_by_key(|(s, d, _)| (*s, *d));
        let instants = self.durations_us.is_empty();
        self.starts_us = rows.iter().map(|r| r.0).collect();
        self.durations_us = if instants { Vec::new() } else { rows.iter().map(|r| r.1).collect() };
        self.values = rows.iter().map(|r| r.2).collect();
    }

    /// The samples that end at or before a moment.
    #[must_use]
    pub fn ended_by(self, at: Timestamp) -> Self {
        if self.iter().all(|(s, d, _)| s.saturating_add(d) <= at.micros()) {
            return self;
        }
        let mut kept = Self::empty();
        for (start, duration, value) in self.iter().filter(|(s, d, _)| s.saturating_add(*d) <= at.micros()) {
            kept.push(start, duration, value);
        }
        kept
    }

    /// The samples that start in `from..to`.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Self {
        let a = self.starts_us.partition_point(|s| *s < from.micros());
        let b = self.starts_us.partition_point(|s| *s < to.micros()).max(a);
        let cut = |column: &[i64]| column.get(a..b).map(<[i64]>::to_vec).unwrap_or_default();
        let mut durations_us = cut(&self.durations_us);
        if durations_us.iter().all(|d| *d == 0) {
            durations_us.clear();
        }
        Self {
            starts_us: cut(&self.starts_us),
            durations_us,
            values: self.values.get(a..b).map(<[f64]>::to_vec).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_checked_and_ordered() {
        assert!(Samples::new(vec![1], vec![], vec![]).is_err());
        assert!(Samples::new(vec![1], vec![-1], vec![1.0]).is_err());
        assert!(Samples::new(vec![1], vec![], vec![f64::NAN]).is_err());
        let s = Samples::new(vec![5, 3, 5], vec![0, 0, 0], vec![1.0, -0.0, 2.0]).unwrap();
        assert_eq!(s.iter().collect::<Vec<_>>(), vec![(3, 0, 0.0), (5, 0, 1.0), (5, 0, 2.0)]);
        assert!(s.values()[0].is_sign_positive());
    }

    #[test]
    fn instants_are_instants_also_when_they_were_cut_from_spans() {
        let mixed = Samples::new(vec![1, 5], vec![0, 2], vec![1.0, 2.0]).unwrap();
        let cut = mixed.between(Timestamp::from_micros(0), Timestamp::from_micros(2));
        assert_eq!(cut, Samples::new(vec![1], vec![], vec![1.0]).unwrap());
    }

    #[test]
    fn the_hash_covers_every_column() {
        let base = Samples::new(vec![1, 2], vec![1, 1], vec![1.0, 2.0]).unwrap();
        for other in [
            Samples::new(vec![1, 3], vec![1, 1], vec![1.0, 2.0]),
            Samples::new(vec![1, 2], vec![1, 2], vec![1.0, 2.0]),
            Samples::new(vec![1, 2], vec![1, 1], vec![1.0, 2.5]),
            Samples::new(vec![1, 2], vec![], vec![1.0, 2.0]),
        ] {
            assert_ne!(other.unwrap().hash(), base.hash());
        }
    }
}
