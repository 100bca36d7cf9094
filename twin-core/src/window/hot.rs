//! The pane of a key that samples go to now, in one cache line.

use super::partial::{Partial, micro};

/// What came to a pane since it was last put away: all that most samples touch.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Hot {
    pub(super) start: i64,
    end: i64,
    sum: i64,
    min: f64,
    max: f64,
    last_at: i64,
    last: f64,
    count: u32,
}

impl Hot {
    /// Of a pane to which nothing has come yet.
    pub(super) const fn over(start: i64, end: i64) -> Self {
        let (min, max) = (f64::INFINITY, f64::NEG_INFINITY);
        Self { start, end, sum: 0, min, max, last_at: i64::MIN, last: 0.0, count: 0 }
    }

    /// Of no pane.
    pub(super) const fn none() -> Self {
        Self::over(i64::MAX, i64::MIN)
    }

    /// Is a pane with this start newer, or is there none here?
    pub(super) const fn before(&self, start: i64) -> bool {
        self.end <= start
    }

    /// Adds a sample of the pane; `false` where it is of another, or where the figures are full.
    #[inline]
    pub(super) fn add(&mut self, at: i64, value: f64) -> bool {
        if at < self.start || at >= self.end {
            return false;
        }
        let (Some(sum), Some(count)) = (self.sum.checked_add(micro(value)), self.count.checked_add(1)) else {
            return false;
        };
        (self.sum, self.count) = (sum, count);
        self.min = if value < self.min { value } else { self.min };
        self.max = if value > self.max { value } else { self.max };
        if at > self.last_at || (at == self.last_at && value > self.last) {
            (self.last_at, self.last) = (at, value);
        }
        true
    }

    /// What came since, taken away.
    pub(super) fn take(&mut self) -> Partial {
        let hot = std::mem::replace(self, Self::over(self.start, self.end));
        Partial {
            count: u64::from(hot.count),
            sum: i128::from(hot.sum),
            min: hot.min,
            max: hot.max,
            last_at: hot.last_at,
            last: hot.last,
        }
    }
}
