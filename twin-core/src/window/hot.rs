//! The pane of a key that samples go to now, in one cache line.

use super::partial::{Partial, micro};

/// What came to a pane of late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    pub(super) start: i64,
    pub(super) end: i64,
    sum: i64,
    min: f64,
    max: f64,
    last_at: i64,
    last: f64,
    count: u32,
}

/// The figures that most samples touch, and nothing else in their line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Hot(pub(super) Figures);

/// Figures that wait to be put into their key's panes, so that those are touched once a drain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub(super) key: u64,
    pub(super) place: u32,
    pub(super) figures: Figures,
}

impl Figures {
    /// Of a pane to which nothing has come yet.
    pub(super) const fn over(start: i64, end: i64) -> Self {
        let (min, max) = (f64::INFINITY, f64::NEG_INFINITY);
        Self { start, end, sum: 0, min, max, last_at: i64::MIN, last: 0.0, count: 0 }
    }

    /// Of no pane.
    pub(super) const fn none() -> Self {
        Self::over(i64::MAX, i64::MIN)
    }

    /// Has nothing come?
    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
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
        // Without a jump: samples out of order would have it guessed wrongly half of the time.
        let newer = (at > self.last_at) | ((at == self.last_at) & (value > self.last));
        self.last_at = if newer { at } else { self.last_at };
        self.last = if newer { value } else { self.last };
        true
    }

    /// As a part of the pane.
    pub(super) fn partial(&self) -> Partial {
        Partial {
            count: u64::from(self.count),
            sum: i128::from(self.sum),
            min: self.min,
            max: self.max,
            last_at: self.last_at,
            last: self.last,
        }
    }
}
