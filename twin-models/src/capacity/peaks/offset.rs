//! By how much a person's energy differs from the curve of people in general, at every time of the day.
//!
//! A Gaussian process over the clock [rasmussen2006], held at 48 knots for working days and 48 for days off, which
//! share most of what they know. Each observation is one Kalman step.

use std::f64::consts::PI;

/// Knots of one kind of day.
const KNOTS: usize = 48;
const KNOT_H: f64 = 0.5;
/// Spread of what all days share, on the scale 0..1.
const SHARED_SD: f64 = 0.15;
/// Spread of what working days, or days off, have of their own.
const OWN_SD: f64 = 0.07;
/// Length of the kernel.
const LENGTH: f64 = 0.8;

/// Knots beside a time of day, and their weights.
pub(super) type Place = [(usize, f64); 2];

/// The knots beside a time of day; between them it is straight.
pub(super) fn place(clock_h: f64, day_off: bool) -> Place {
    let at = clock_h.rem_euclid(24.0) / KNOT_H;
    let knot = at as usize % KNOTS;
    let part = at - at.floor();
    let first = if day_off { KNOTS } else { 0 };
    [(first + knot, 1.0 - part), (first + (knot + 1) % KNOTS, part)]
}

/// The value at a place of values given at all knots.
pub(super) fn at(values: &[f64], place: &Place) -> f64 {
    place.iter().map(|(i, w)| w * values.get(*i).copied().unwrap_or(0.0)).sum()
}

/// What is believed of the offset.
pub(super) struct Offset {
    pub(super) mean: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Offset {
    /// Before any observation.
    pub(super) fn prior() -> Self {
        let cell = |i: usize, j: usize| {
            let apart = (i % KNOTS).abs_diff(j % KNOTS) as f64 * KNOT_H;
            let near = (-2.0 * (PI * apart / 24.0).sin().powi(2) / (LENGTH * LENGTH)).exp();
            let own = if i / KNOTS == j / KNOTS { OWN_SD * OWN_SD } else { 0.0 };
            (SHARED_SD * SHARED_SD + own) * near
        };
        let row = |i| (0..2 * KNOTS).map(|j| cell(i, j)).collect();
        Self { mean: vec![0.0; 2 * KNOTS], covariance: (0..2 * KNOTS).map(row).collect() }
    }

    /// Variance at any place before any observation.
    pub(super) const PRIOR_VARIANCE: f64 = SHARED_SD * SHARED_SD + OWN_SD * OWN_SD;

    /// Learns one observed offset, seen through noise of that variance.
    pub(super) fn learn(&mut self, place: &Place, offset: f64, variance: f64) {
        let spread: Vec<f64> = self.covariance.iter().map(|row| at(row, place)).collect();
        let total = variance + at(&spread, place);
        let surprise = offset - at(&self.mean, place);
        for ((mean, row), own) in self.mean.iter_mut().zip(&mut self.covariance).zip(&spread) {
            *mean += own / total * surprise;
            for (cell, other) in row.iter_mut().zip(&spread) {
                *cell -= own / total * other;
            }
        }
    }

    /// Covariance of every knot with a weighted sum of knots.
    pub(super) fn with(&self, weights: &[f64]) -> Vec<f64> {
        self.covariance.iter().map(|row| row.iter().zip(weights).map(|(c, w)| c * w).sum()).collect()
    }

    /// Variance at a place.
    pub(super) fn variance(&self, place: &Place) -> f64 {
        let each = place.iter().map(|(i, w)| w * self.covariance.get(*i).map_or(0.0, |row| at(row, place)));
        each.sum::<f64>().max(0.0)
    }
}

/// The weights on all knots of a weighted sum of places.
pub(super) fn weights<'a>(places: impl IntoIterator<Item = (&'a Place, f64)>) -> Vec<f64> {
    let mut all = vec![0.0; 2 * KNOTS];
    for (place, weight) in places {
        for (i, w) in place {
            if let Some(slot) = all.get_mut(*i) {
                *slot += weight * w;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_teaches_its_time_and_little_else() {
        let mut offset = Offset::prior();
        let (noon, midnight) = (place(12.0, false), place(0.0, false));
        for _ in 0..40 {
            offset.learn(&noon, 0.2, 0.0625);
        }
        assert!((at(&offset.mean, &noon) - 0.2).abs() < 0.02);
        assert!(at(&offset.mean, &place(12.0, true)) > 0.12);
        assert!(at(&offset.mean, &midnight).abs() < 0.02);
        assert!(offset.variance(&noon) < 0.1 * Offset::PRIOR_VARIANCE);
        assert!(offset.variance(&midnight) > 0.9 * Offset::PRIOR_VARIANCE);
    }

    #[test]
    fn the_clock_is_round() {
        let [(a, _), (b, part)] = place(23.75, true);
        assert_eq!((a, b, part), (95, 48, 0.5));
        let sum = weights([(&place(23.75, true), 2.0)]);
        assert_eq!((sum[95], sum[48], sum.iter().sum::<f64>()), (1.0, 1.0, 2.0));
        let offset = Offset::prior();
        assert!((offset.variance(&place(3.0, false)) - Offset::PRIOR_VARIANCE).abs() < 1e-12);
    }
}
