//! Personal weights of the drivers: a ridge regression with the population's weights as its prior, updated
//! answer by answer (book §9, step 2).

use serde::{Deserialize, Serialize};

/// What one answer keeps of the weight of those before it.
pub const KEEP: f64 = 0.99;
/// Pseudo-strength with which the drivers are trusted at the start. OWN: of 1, 2 and 5, for the expected readiness.
pub const TRUST_PRIOR: f64 = 2.0;

/// `β_p ~ N(β_0, τ²I)`, `r = z·β_p + ε`, `ε ~ N(0, σ²)`: precision and precision-weighted mean of β_p.
///
/// Memory fades towards the prior, not towards ignorance: `Λ ← 0.99 Λ + 0.01 τ⁻²I + σ⁻² z zᵀ`, so an update
/// costs O(d²). Besides, one number watches whether the drivers have helped this person at all:
/// the shrunken slope of what happened on what they said, 0..=1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    prior: Vec<f64>,
    prior_precision: f64,
    noise: f64,
    precision: Vec<Vec<f64>>,
    vector: Vec<f64>,
    agreement: f64,
    strength: f64,
}

impl Posterior {
    /// The prior: weights β_0, their spread τ between people, variance σ² of what is left over.
    #[must_use]
    pub fn new(weights: &[f64], tau: f64, noise: f64) -> Self {
        let precision = tau.powi(-2);
        let diagonal = |row: usize| {
            let mut line = vec![0.0; weights.len()];
            line.iter_mut().skip(row).take(1).for_each(|x| *x = precision);
            line
        };
        Self {
            prior: weights.to_vec(),
            prior_precision: precision,
            noise,
            precision: (0..weights.len()).map(diagonal).collect(),
            vector: weights.iter().map(|w| w * precision).collect(),
            agreement: 0.0,
            strength: 0.0,
        }
    }

    /// The person's weights, `Λ⁻¹ v`, times how far the drivers are trusted.
    ///
    /// ```
    /// # use twin_models::health::readiness::posterior::Posterior;
    /// let mut learner = Posterior::new(&[0.0], 1.0, 1.0);
    /// learner.observe(&[1.0], 1.0); // Λ = 1 + 1, v = 1
    /// assert!((learner.weights()[0] - 0.5).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        self.trusted(&self.solved())
    }

    /// Weights before trust: what a learner asks for once, and then uses twice.
    pub(crate) fn solved(&self) -> Vec<f64> {
        solve(&self.precision, &self.vector, &self.prior)
    }

    /// The weights from those solved.
    pub(crate) fn trusted(&self, solved: &[f64]) -> Vec<f64> {
        let trust = self.trust();
        solved.iter().map(|w| trust * w).collect()
    }

    /// How far the drivers are trusted, 0..=1; 1 at the start.
    #[must_use]
    pub fn trust(&self) -> f64 {
        ((self.agreement + TRUST_PRIOR) / (self.strength + TRUST_PRIOR)).clamp(0.0, 1.0)
    }

    /// Takes in what was left over (`residual`) where the drivers were `z`.
    pub fn observe(&mut self, z: &[f64], residual: f64) {
        self.observe_solved(z, residual, &self.solved());
    }

    /// As [`Posterior::observe`], with the weights that were [`solved`](Posterior::solved) before.
    pub(crate) fn observe_solved(&mut self, z: &[f64], residual: f64, solved: &[f64]) {
        let said = dot(solved, z);
        self.agreement = KEEP * self.agreement + residual * said;
        self.strength = KEEP * self.strength + said * said;
        let lines = self.precision.iter_mut().zip(&mut self.vector).zip(&self.prior).zip(z).enumerate();
        for (row, (((line, v), prior), zi)) in lines {
            for (column, (cell, zj)) in line.iter_mut().zip(z).enumerate() {
                let rest = if row == column { (1.0 - KEEP) * self.prior_precision } else { 0.0 };
                *cell = KEEP * *cell + rest + zi * zj / self.noise;
            }
            *v = KEEP * *v + (1.0 - KEEP) * self.prior_precision * prior + zi * residual / self.noise;
        }
    }
}

/// The dot product of the shorter length.
#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Solves `m x = b` for a symmetric positive definite `m` by conjugate gradients, starting at `start`.
fn solve(m: &[Vec<f64>], b: &[f64], start: &[f64]) -> Vec<f64> {
    let times = |v: &[f64]| m.iter().map(|line| dot(line, v)).collect::<Vec<f64>>();
    let mut x = start.to_vec();
    let mut rest: Vec<f64> = b.iter().zip(times(&x)).map(|(b, y)| b - y).collect();
    let mut way = rest.clone();
    let mut size = dot(&rest, &rest);
    let enough = 1e-24 * dot(b, b).max(1e-12);
    for _ in 0..4 * b.len() {
        if size <= enough {
            break;
        }
        let image = times(&way);
        let length = size / dot(&way, &image);
        x.iter_mut().zip(&way).for_each(|(x, w)| *x += length * w);
        rest.iter_mut().zip(&image).for_each(|(r, i)| *r -= length * i);
        let next = dot(&rest, &rest);
        way.iter_mut().zip(&rest).for_each(|(w, r)| *w = r + next / size * *w);
        size = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_answers_the_weights_are_the_populations() {
        let learner = Posterior::new(&[0.2, -0.1, 0.0], 0.1, 0.8);
        assert_eq!(learner.weights(), [0.2, -0.1, 0.0]);
        assert_eq!(learner.trust(), 1.0);
    }

    #[test]
    fn it_learns_a_person_and_forgets_towards_the_prior() {
        let mut learner = Posterior::new(&[0.3, 0.0], 0.3, 0.5);
        let z = |i: i32| [f64::from(i % 5 - 2), f64::from(i % 3 - 1)];
        for i in 0..400 {
            let [a, b] = z(i);
            learner.observe(&[a, b], -0.4 * a + 0.2 * b);
        }
        let weights = learner.weights();
        assert!((weights[0] + 0.4).abs() < 0.05 && (weights[1] - 0.2).abs() < 0.05, "{weights:?}");
        for _ in 0..2000 {
            learner.observe(&[0.0, 0.0], 0.0);
        }
        let prior = solve(&learner.precision, &learner.vector, &learner.prior);
        assert!((prior[0] - 0.3).abs() < 1e-6 && prior[1].abs() < 1e-6);
    }

    #[test]
    fn drivers_that_only_disturb_lose_trust() {
        let mut learner = Posterior::new(&[0.8], 0.01, 1.0);
        for i in 0..200 {
            learner.observe(&[if i % 2 == 0 { 1.0 } else { -1.0 }], if i % 4 < 2 { 1.0 } else { -1.0 });
        }
        assert!(learner.trust() < 0.15, "{}", learner.trust());
    }
}
