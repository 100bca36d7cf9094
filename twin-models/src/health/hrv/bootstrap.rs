//! A bootstrap over blocks of 30 s: beats that lie close together are alike, and are drawn together.

use super::window::Cleaned;
use crate::stats::{Draws, quantile, sd};
use std::ops::AddAssign;

/// Length of a block, µs.
const BLOCK_US: i64 = 30_000_000;
const DRAWS: usize = 200;
const SEED: u64 = 0x5EED;
/// Blocks below which an interval says nothing.
pub(super) const MIN_BLOCKS: usize = 3;

/// Sums of the accepted beats of one block.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Block {
    n: f64,
    /// Of intervals less the mean of the recording.
    sum: f64,
    squares: f64,
    pub(super) pairs: u32,
    differences: f64,
    nn50: u32,
    centre: f64,
}

impl AddAssign for Block {
    fn add_assign(&mut self, other: Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
        self.pairs += other.pairs;
        self.differences += other.differences;
        self.nn50 += other.nn50;
        self.centre = other.centre;
    }
}

impl Block {
    pub(super) fn mean(&self) -> Option<f64> {
        (self.n > 0.0).then(|| self.centre + self.sum / self.n)
    }

    pub(super) fn sdnn(&self) -> Option<f64> {
        let squares = (self.squares - self.sum * self.sum / self.n).max(0.0);
        (self.n > 1.0).then(|| (squares / (self.n - 1.0)).sqrt())
    }

    pub(super) fn rmssd(&self) -> Option<f64> {
        (self.pairs > 0).then(|| (self.differences / f64::from(self.pairs)).sqrt())
    }

    pub(super) fn pnn50(&self) -> Option<f64> {
        (self.n > 0.0).then(|| 100.0 * f64::from(self.nn50) / self.n)
    }
}

/// The blocks of a recording that begins at `start_us`; empty ones are left out.
pub(super) fn blocks(beats: &Cleaned, start_us: i64) -> Vec<Block> {
    let centre = crate::stats::mean(&beats.nn_ms).unwrap_or(0.0);
    let mut out: Vec<(i64, Block)> = Vec::new();
    let mut before = None;
    for ((&t, &now), &adjacent) in beats.t_us.iter().zip(&beats.nn_ms).zip(&beats.adjacent) {
        let x = now - centre;
        let mut beat = Block { n: 1.0, sum: x, squares: x * x, centre, ..Block::default() };
        if let Some(before) = before.filter(|_| adjacent) {
            let difference: f64 = now - before;
            beat.pairs = 1;
            beat.differences = difference.powi(2);
            beat.nn50 = u32::from(difference.abs() > 50.0);
        }
        before = Some(now);
        let number = t.saturating_sub(start_us).div_euclid(BLOCK_US);
        match out.last_mut().filter(|last| last.0 == number) {
            Some((_, block)) => *block += beat,
            None => out.push((number, beat)),
        }
    }
    out.into_iter().map(|(_, block)| block).collect()
}

/// A measure drawn again and again: 200 draws, fixed seed.
#[derive(Debug)]
pub(super) struct Resampled(Vec<f64>);

impl Resampled {
    pub(super) fn of(blocks: &[Block], measure: impl Fn(&Block) -> Option<f64>) -> Self {
        let mut draws = Draws::new(SEED);
        Self(
            (0..DRAWS)
                .filter_map(|_| {
                    let mut sum = Block::default();
                    for _ in 0..blocks.len() {
                        sum += blocks.get(draws.below(blocks.len())).copied().unwrap_or_default();
                    }
                    measure(&sum)
                })
                .collect(),
        )
    }

    /// Standard deviation of the draws.
    pub(super) fn sd(&self) -> f64 {
        sd(&self.0).unwrap_or(f64::INFINITY)
    }

    /// The middle 80 % of the draws.
    pub(super) fn interval(&mut self) -> Option<(f64, f64)> {
        Some((quantile(&mut self.0, 0.1)?, quantile(&mut self.0, 0.9)?))
    }
}
