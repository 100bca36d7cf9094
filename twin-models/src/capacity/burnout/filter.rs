//! Weekly exhaustion as a hidden state, with the person's own mean and weights beside it: a Kalman filter.
//!
//! `x' = μ + ρ(x − μ) + β_d D − β_r R − β_c D R − β_s Rec + η` is linear in (x, μ, β) for known D, R and Rec.

/// Exhaustion, the person's mean, weights of demands, resources, both together, and recovery.
pub(super) const SIZE: usize = 6;
/// What is left of a distance from the mean a week later.
const RHO: f64 = 0.96;
/// Variance of a week's own step.
const STEP: f64 = 9.0;
/// Mean and spread of exhaustion among employees [kristensen2005].
pub(super) const PEOPLE: (f64, f64) = (35.9, 16.5);
/// Weights before anything is known of the person, points a week and spread, and their doubt.
const WEIGHTS: [f64; 4] = [1.0, 0.8, 0.3, 1.0];
const WEIGHT_SD: f64 = 0.5;
/// Spread of a check-in around the state: one question, a whole scale.
const CHECK_IN_SD: (f64, f64) = (8.0, 4.0);
/// Variance of demands, resources and recovery of a week of which nothing is known, and of those to come around
/// the last weeks. OWN.
const UNKNOWN: f64 = 1.0;
const TO_COME: f64 = 0.25;

pub(super) type Vector = [f64; SIZE];

/// A normal belief about the state.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) mean: Vector,
    covariance: [Vector; SIZE],
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// By what each part of the state enters next week's exhaustion.
pub(super) fn row(blocks: [f64; 3]) -> Vector {
    let [demand, resource, recovery] = blocks;
    [RHO, 1.0 - RHO, demand, -resource, -demand * resource, -recovery]
}

/// Variance of a week's step where some of its blocks are not known, or lie ahead.
pub(super) fn step_variance(blocks: &[Option<f64>; 3], ahead: bool) -> f64 {
    let [d, r, _, s] = WEIGHTS;
    let each = if ahead { TO_COME } else { 0.0 };
    let doubt = blocks.iter().zip([d, r, s]).map(|(b, w)| w * w * if b.is_some() { each } else { UNKNOWN });
    STEP + doubt.sum::<f64>()
}

impl State {
    /// Of a person of whom nothing is known.
    pub(super) fn prior() -> Self {
        let around = STEP / (1.0 - RHO * RHO);
        let own = PEOPLE.1 * PEOPLE.1 - around;
        let [d, r, c, s] = WEIGHTS;
        let w = WEIGHT_SD * WEIGHT_SD;
        let covariance = [
            [own + around, own, 0.0, 0.0, 0.0, 0.0],
            [own, own, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, w, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, w, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, w, 0.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, w],
        ];
        Self { mean: [PEOPLE.0, PEOPLE.0, d, r, c, s], covariance }
    }

    /// Variance of a weighted sum of the state.
    pub(super) fn variance(&self, weights: &Vector) -> f64 {
        dot(&self.with(weights), weights).max(0.0)
    }

    /// Covariance of each part with a weighted sum of all.
    fn with(&self, weights: &Vector) -> Vector {
        let mut out = [0.0; SIZE];
        for (to, line) in out.iter_mut().zip(&self.covariance) {
            *to = dot(line, weights);
        }
        out
    }

    /// Variance of exhaustion now.
    pub(super) fn doubt(&self) -> f64 {
        self.variance(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    }

    /// A week goes by.
    pub(super) fn step(&mut self, blocks: &[Option<f64>; 3]) {
        let row = row(blocks.map(|b| b.unwrap_or(0.0)));
        let with = self.with(&row);
        let variance = dot(&with, &row) + step_variance(blocks, false);
        let next = dot(&row, &self.mean);
        if let Some(x) = self.mean.first_mut() {
            *x = next;
        }
        // exhaustion is the first line and the first column
        let mut first = with;
        if let Some(corner) = first.first_mut() {
            *corner = variance;
        }
        for ((line, cell), at) in self.covariance.iter_mut().zip(first).zip(0..) {
            if at == 0 {
                *line = first;
            } else if let Some(column) = line.first_mut() {
                *column = cell;
            }
        }
    }

    /// A check-in.
    pub(super) fn observe(&mut self, value: f64, scale: bool) {
        let noise = if scale { CHECK_IN_SD.1 } else { CHECK_IN_SD.0 };
        let with = self.with(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let total = self.doubt() + noise * noise;
        let surprise = value - self.exhaustion();
        for ((mean, line), own) in self.mean.iter_mut().zip(&mut self.covariance).zip(with) {
            *mean += own / total * surprise;
            for (cell, other) in line.iter_mut().zip(with) {
                *cell -= own / total * other;
            }
        }
    }

    /// Expected exhaustion.
    pub(super) fn exhaustion(&self) -> f64 {
        let [x, ..] = self.mean;
        x
    }

    /// Exhaustion so many weeks on, if demands, resources and recovery stay as they are.
    pub(super) fn ahead(&self, blocks: &[Option<f64>; 3], weeks: usize) -> Ahead {
        let row = row(blocks.map(|b| b.unwrap_or(0.0)));
        let each = step_variance(blocks, true);
        let mut weights = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let mut chance = 0.0;
        for _ in 0..weeks {
            let [x, ..] = weights;
            chance += x * x * each;
            for (weight, share) in weights.iter_mut().zip(row).skip(1) {
                *weight += x * share;
            }
            if let Some(first) = weights.first_mut() {
                *first = x * RHO;
            }
        }
        Ahead { mean: dot(&weights, &self.mean), doubt: self.variance(&weights), chance, weights }
    }
}

/// Exhaustion some weeks on.
pub(super) struct Ahead {
    /// Expected.
    pub(super) mean: f64,
    /// Variance for not knowing the person well.
    pub(super) doubt: f64,
    /// Variance for what weeks to come will bring.
    pub(super) chance: f64,
    /// By what each part of the state now enters it.
    pub(super) weights: Vector,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_on_step_by_step_is_the_forecast() {
        let blocks = [Some(1.0), Some(-0.5), Some(0.25)];
        let mut state = State::prior();
        state.observe(60.0, true);
        let ahead = state.ahead(&blocks, 4);
        let mut walked = state.clone();
        (0..4).for_each(|_| walked.step(&blocks));
        assert!((walked.exhaustion() - ahead.mean).abs() < 1e-9);
        // weeks to come have the doubt of their blocks besides
        let more = ahead.doubt + ahead.chance - walked.doubt();
        let each = step_variance(&blocks, true) - step_variance(&blocks, false);
        let sum: f64 = (0..4).map(|k| RHO.powi(2 * k) * each).sum();
        assert!((more - sum).abs() < 1e-9, "{more} {sum}");
    }

    #[test]
    fn without_check_ins_it_stays_as_wide_as_people_are() {
        let mut state = State::prior();
        for _ in 0..200 {
            state.step(&[Some(0.0); 3]);
        }
        assert!((state.exhaustion() - PEOPLE.0).abs() < 1e-9);
        assert!((state.doubt().sqrt() - PEOPLE.1).abs() < 0.01);
        state.observe(80.0, false);
        assert!(state.exhaustion() > 60.0 && state.doubt().sqrt() < 8.0);
    }
}
