//! The last seconds of one channel, in constant memory.

use std::collections::VecDeque;

/// The last values of a channel, one a second, missing ones too.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    values: VecDeque<Option<f64>>,
    capacity: usize,
}

impl Ring {
    pub(super) fn new(capacity: usize) -> Self {
        Self { values: VecDeque::with_capacity(capacity), capacity }
    }

    pub(super) fn push(&mut self, value: Option<f64>) {
        if self.values.len() == self.capacity {
            self.values.pop_front();
        }
        self.values.push_back(value);
    }

    /// Newest first: seconds ago and the value, missing ones left out.
    pub(super) fn last(&self, seconds: usize) -> impl Iterator<Item = (f64, f64)> + '_ {
        let newest = self.values.iter().rev().take(seconds).enumerate();
        newest.filter_map(|(ago, value)| value.map(|value| (ago as f64, value)))
    }

    /// Those of `seconds`, if at least a quarter is there.
    fn enough(&self, seconds: usize) -> Option<f64> {
        let n = self.last(seconds).count();
        (n >= 2 && 4 * n >= seconds).then_some(n as f64)
    }

    pub(super) fn mean(&self, seconds: usize) -> Option<f64> {
        let n = self.enough(seconds)?;
        Some(self.last(seconds).map(|(_, x)| x).sum::<f64>() / n)
    }

    pub(super) fn sd(&self, seconds: usize) -> Option<f64> {
        let (n, mean) = (self.enough(seconds)?, self.mean(seconds)?);
        Some((self.last(seconds).map(|(_, x)| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
    }

    pub(super) fn max(&self, seconds: usize) -> Option<f64> {
        self.enough(seconds)?;
        self.last(seconds).map(|(_, x)| x).reduce(f64::max)
    }

    pub(super) fn min(&self, seconds: usize) -> Option<f64> {
        self.enough(seconds)?;
        self.last(seconds).map(|(_, x)| x).reduce(f64::min)
    }

    /// Slope of the least squares line, per second.
    pub(super) fn slope(&self, seconds: usize) -> Option<f64> {
        let (n, mean) = (self.enough(seconds)?, self.mean(seconds)?);
        let middle = self.last(seconds).map(|(ago, _)| ago).sum::<f64>() / n;
        let (mut over, mut under) = (0.0, 0.0);
        for (ago, x) in self.last(seconds) {
            over -= (ago - middle) * (x - mean);
            under += (ago - middle).powi(2);
        }
        (under > 0.0).then(|| over / under)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_slope_over_gaps_too() {
        let mut ring = Ring::new(60);
        for t in 0..200 {
            ring.push((t % 7 != 0).then(|| 3.0 + 0.5 * f64::from(t)));
        }
        assert!((ring.slope(60).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(ring.max(10), Some(102.5));
        let empty = Ring::new(60);
        assert_eq!((empty.mean(60), empty.slope(60)), (None, None));
    }
}
