//! The predictive distribution over the steps of an answer scale (book §9, step 3).
//!
//! Its shape is the person's own: how often each step was used, lately and ever. It is then tilted,
//! `p(k) ∝ h(k)·e^(θk)`, until its mean is the predicted one: an adjacent-categories logit [agresti2010] whose
//! intercepts are the person's habits. So the median lands on steps that the person uses.

use serde::{Deserialize, Serialize};

/// Half-life of recent use, in answers. OWN.
pub const HALF_LIFE: f64 = 10.0;
/// Share of all answers ever in the shape. OWN.
pub const LONG_SHARE: f64 = 0.3;
/// Share of each step that spills onto its neighbours, halving with each step. OWN.
pub const SPILL: f64 = 0.1;

/// How often each step of the scale was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    low: f64,
    recent: Vec<f64>,
    ever: Vec<f64>,
}

/// Probabilities of the steps of a scale, lowest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    low: f64,
    p: Vec<f64>,
}

impl Habits {
    /// No habits yet on the steps `low, low + 1 … high`.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        let steps = (high - low).round().clamp(0.0, 1000.0) as usize + 1;
        Self { low, recent: vec![0.0; steps], ever: vec![0.0; steps] }
    }

    /// Takes in an answer, at its nearest step.
    pub fn observe(&mut self, answer: f64) {
        let step = (answer - self.low).round().max(0.0) as usize;
        let keep = 0.5_f64.powf(1.0 / HALF_LIFE);
        self.recent.iter_mut().for_each(|count| *count *= keep);
        for counts in [&mut self.recent, &mut self.ever] {
            if let Some(count) = counts.get_mut(step) {
                *count += 1.0;
            }
        }
    }

    /// The distribution with the predicted `mean`; even shape before the first answer.
    ///
    /// ```
    /// # use twin_models::health::readiness::ordinal::Habits;
    /// let mut habits = Habits::new(1.0, 5.0);
    /// for answer in [3.0, 3.0, 3.0, 2.0, 3.0] {
    ///     habits.observe(answer);
    /// }
    /// let steps = habits.with_mean(2.6);
    /// assert!((steps.mean() - 2.6).abs() < 1e-6);
    /// assert_eq!(steps.median(), 3.0);
    /// ```
    #[must_use]
    pub fn with_mean(&self, mean: f64) -> Steps {
        let (recent, ever) = (total(&self.recent), total(&self.ever));
        let even = 1.0 / self.ever.len().max(1) as f64;
        let shape: Vec<f64> = if ever > 0.0 {
            let both = self.recent.iter().zip(&self.ever);
            both.map(|(r, e)| (1.0 - LONG_SHARE) * r / recent + LONG_SHARE * e / ever).collect()
        } else {
            vec![even; self.ever.len()]
        };
        Steps { low: self.low, p: tilted(&spilled(&shape), mean - self.low) }
    }
}

impl Steps {
    fn values(&self) -> impl Iterator<Item = (f64, f64)> {
        self.p.iter().enumerate().map(|(step, p)| (self.low + step as f64, *p))
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.values().map(|(value, p)| value * p).sum()
    }

    /// The median: the answer with the least expected absolute error.
    #[must_use]
    pub fn median(&self) -> f64 {
        let mut below = 0.0;
        let reached = self.values().find(|(_, p)| {
            below += p;
            below >= 0.5 - 1e-9
        });
        reached.map_or(self.low, |(value, _)| value)
    }

    /// Probability of an answer of at most `threshold`.
    #[must_use]
    pub fn at_most(&self, threshold: f64) -> f64 {
        let p: f64 = self.values().filter(|(value, _)| *value <= threshold + 1e-9).map(|(_, p)| p).sum();
        p.clamp(0.0, 1.0)
    }
}

fn total(values: &[f64]) -> f64 {
    values.iter().sum()
}

fn spilled(shape: &[f64]) -> Vec<f64> {
    let mut out: Vec<f64> = shape.iter().map(|p| (1.0 - SPILL) * p).collect();
    for (from, p) in shape.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        let reach = |to: usize| 0.5_f64.powi(i32::try_from(to.abs_diff(from)).unwrap_or(i32::MAX));
        let all: f64 = (0..shape.len()).map(reach).sum();
        for (to, q) in out.iter_mut().enumerate() {
            *q += SPILL * p * reach(to) / all;
        }
    }
    out
}

/// The shape with the mean `mean` in steps, found by bisection of the tilt.
fn tilted(shape: &[f64], mean: f64) -> Vec<f64> {
    let last = shape.len().saturating_sub(1) as f64;
    let mean = mean.clamp(0.02, (last - 0.02).max(0.02));
    let (mut low, mut high) = (-8.0, 8.0);
    let mut out = shape.to_vec();
    for _ in 0..45 {
        let tilt = 0.5 * (low + high);
        for (step, (q, p)) in out.iter_mut().zip(shape).enumerate() {
            *q = p * (tilt * (step as f64 - mean)).clamp(-600.0, 600.0).exp();
        }
        let all = total(&out);
        let at: f64 = out.iter().enumerate().map(|(step, q)| step as f64 * q).sum::<f64>() / all;
        out.iter_mut().for_each(|q| *q /= all);
        if at < mean { low = tilt } else { high = tilt }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_keeps_to_steps_in_use() {
        let mut habits = Habits::new(0.0, 10.0);
        for i in 0..40 {
            habits.observe(if i % 2 == 0 { 4.0 } else { 8.0 });
        }
        let steps = habits.with_mean(6.6);
        assert!((steps.mean() - 6.6).abs() < 1e-6);
        assert_eq!(steps.median(), 8.0);
        assert!((steps.at_most(10.0) - 1.0).abs() < 1e-9 && steps.at_most(-1.0) == 0.0);
        assert!(steps.at_most(5.0) > 0.2 && steps.at_most(5.0) < 0.5);
    }

    #[test]
    fn a_higher_mean_never_makes_a_low_answer_likelier() {
        let mut habits = Habits::new(1.0, 5.0);
        for answer in [3.0, 2.0, 3.0, 4.0, 3.0, 3.0] {
            habits.observe(answer);
        }
        let p: Vec<f64> = (0..50).map(|i| habits.with_mean(0.5 + 0.1 * f64::from(i)).at_most(2.0)).collect();
        assert!(p.iter().all(|p| p.is_finite()) && p.is_sorted_by(|a, b| a >= b));
        assert_eq!(Habits::new(1.0, 5.0).with_mean(3.0).median(), 3.0);
    }
}
