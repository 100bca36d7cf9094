//! A logistic regression that learns one day after the other, from weights that people share.

use super::features::{FEATURES, TABLE, Zs};
use crate::capacity::gated::logistic;

/// Intercept and one weight a feature.
const SIZE: usize = FEATURES + 1;
/// Spread of a person's intercept and of their weights around those of people in general.
const SPREAD: (f64, f64) = (1.0, 0.3);
/// Share of days of high stress in people in general. OWN.
pub(super) const BASE_RATE: f64 = 0.25;
/// What one labelled day counts: its three days ahead overlap with those of its neighbours. OWN.
pub(super) const LABEL_WEIGHT: f64 = 1.0 / 3.0;

/// Normal belief about intercept and weights.
pub(super) struct Belief {
    mean: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

/// What goes with each weight: 1, then the distances; what is missing is as usual.
fn design(zs: &Zs) -> Vec<f64> {
    std::iter::once(1.0).chain(zs.iter().map(|z| z.unwrap_or(0.0))).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Belief {
    pub(super) fn prior() -> Self {
        let mean = std::iter::once((BASE_RATE / (1.0 - BASE_RATE)).ln()).chain(TABLE.iter().map(|row| row.1));
        let variance = |i: usize| if i == 0 { SPREAD.0 * SPREAD.0 } else { SPREAD.1 * SPREAD.1 };
        let row = |i| (0..SIZE).map(|j| if i == j { variance(i) } else { 0.0 }).collect();
        Self { mean: mean.collect(), covariance: (0..SIZE).map(row).collect() }
    }

    /// Log-odds of a day and their variance.
    pub(super) fn odds(&self, zs: &Zs) -> (f64, f64) {
        let x = design(zs);
        let spread: Vec<f64> = self.covariance.iter().map(|row| dot(row, &x)).collect();
        (dot(&self.mean, &x), dot(&spread, &x).max(0.0))
    }

    /// What each feature adds to the log-odds.
    pub(super) fn parts(&self, zs: &Zs) -> Vec<f64> {
        self.mean.iter().skip(1).zip(zs).map(|(w, z)| w * z.unwrap_or(0.0)).collect()
    }

    /// Intercept less that of people in general.
    pub(super) fn own_level(&self) -> f64 {
        self.mean.first().copied().unwrap_or(0.0) - (BASE_RATE / (1.0 - BASE_RATE)).ln()
    }

    /// Share of the prior's variance that is left, of all weights together.
    pub(super) fn prior_share(&self) -> f64 {
        let left: f64 = self.covariance.iter().enumerate().filter_map(|(i, row)| row.get(i)).sum();
        left / (SPREAD.0 * SPREAD.0 + FEATURES as f64 * SPREAD.1 * SPREAD.1)
    }

    /// One extended Kalman step: the bend of the likelihood where the belief stood, then the slope there.
    pub(super) fn learn(&mut self, zs: &Zs, high: bool) {
        let x = design(zs);
        let p = logistic(dot(&self.mean, &x));
        let bend = LABEL_WEIGHT * (p * (1.0 - p)).max(1e-6);
        let spread: Vec<f64> = self.covariance.iter().map(|row| dot(row, &x)).collect();
        let total = 1.0 + bend * dot(&spread, &x);
        let surprise = LABEL_WEIGHT * (f64::from(u8::from(high)) - p);
        for ((mean, row), own) in self.mean.iter_mut().zip(&mut self.covariance).zip(&spread) {
            *mean += own / total * surprise;
            for (cell, other) in row.iter_mut().zip(&spread) {
                *cell -= bend * own / total * other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_the_sign_of_a_weight_that_differs() {
        let mut belief = Belief::prior();
        let mut day = |z: f64, high: bool| {
            let mut zs = [None; FEATURES];
            zs[9] = Some(z);
            belief.learn(&zs, high);
        };
        for _ in 0..60 {
            day(1.5, false);
            day(-1.5, true);
        }
        let mut zs = [None; FEATURES];
        zs[9] = Some(1.0);
        assert!(belief.parts(&zs)[9] < -0.2, "{:?}", belief.parts(&zs));
        assert!(belief.prior_share() < 0.9 && belief.own_level() > 0.5);
    }

    #[test]
    fn before_any_label_it_is_the_base_rate() {
        let (odds, variance) = Belief::prior().odds(&[None; FEATURES]);
        assert!((logistic(odds) - BASE_RATE).abs() < 1e-12 && variance == 1.0);
    }
}
