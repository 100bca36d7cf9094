//! Logistic regression that learns from one row at a time: every coefficient has its own normal belief, moved by a
//! Laplace step [spiegelhalter1990].

use std::collections::BTreeMap;

/// The name of a coefficient: a family of them, and two numbers within it.
pub type Key = (u8, u32, u32);

/// One term of a row: a coefficient and what it is multiplied with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The coefficient.
    pub key: Key,
    /// What it is multiplied with; finite.
    pub x: f64,
    /// Variance of the coefficient before anything is known, at least 0; its mean is 0.
    pub variance: f64,
    /// Variance that a coefficient wins back with each row, so that it can follow a change; never above
    /// `variance`.
    pub drift: f64,
}

impl Term {
    /// A coefficient that stays what it is.
    #[must_use]
    pub const fn new(key: Key, x: f64, variance: f64) -> Self {
        Self { key, x, variance, drift: 0.0 }
    }
}

/// Log odds of a row, and how unsure they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// Expected value.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

impl LogOdds {
    /// The probability, with the doubt about the log odds averaged out [mackay1992].
    #[must_use]
    pub fn probability(&self) -> f64 {
        logistic(self.mean / (1.0 + std::f64::consts::PI * self.variance / 8.0).sqrt())
    }
}

pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Weight {
    mean: f64,
    variance: f64,
}

/// The regression. Coefficients come into being when they are first learnt from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnlineLogistic {
    weights: BTreeMap<Key, Weight>,
}

impl OnlineLogistic {
    fn weight(&self, term: &Term) -> Weight {
        self.weights.get(&term.key).copied().unwrap_or(Weight { mean: 0.0, variance: term.variance })
    }

    /// What a coefficient is thought to be; 0 where nothing was learnt.
    #[must_use]
    pub fn coefficient(&self, key: Key) -> f64 {
        self.weights.get(&key).map_or(0.0, |w| w.mean)
    }

    /// Number of coefficients.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether nothing was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Log odds of a row.
    #[must_use]
    pub fn predict(&self, row: &[Term]) -> LogOdds {
        row.iter().fold(LogOdds { mean: 0.0, variance: 0.0 }, |sum, term| {
            let w = self.weight(term);
            LogOdds {
                mean: sum.mean + w.mean * term.x,
                variance: sum.variance + w.variance * term.x * term.x,
            }
        })
    }

    /// Learns how a row turned out and gives the log odds there were before.
    ///
    /// `offset` is a part of the log odds that is not learnt. Rows with values that are not finite are not learnt.
    ///
    /// ```
    /// # use twin_models::learn::online::{OnlineLogistic, Term};
    /// let (mut model, row) = (OnlineLogistic::default(), [Term::new((0, 0, 0), 1.0, 1.0)]);
    /// assert_eq!(model.learn(&row, 0.0, true).probability(), 0.5);
    /// // half the gradient, as far as the curvature of 1/4 lets it
    /// assert!((model.coefficient((0, 0, 0)) - 0.5 / 1.25).abs() < 1e-12);
    /// ```
    pub fn learn(&mut self, row: &[Term], offset: f64, positive: bool) -> LogOdds {
        let mut before = self.predict(row);
        before.mean += offset;
        if !(before.mean.is_finite() && before.variance.is_finite()) {
            return before;
        }
        let p = before.probability();
        let curve = p * (1.0 - p);
        let step = 1.0 / (1.0 + curve * before.variance);
        let surprise = f64::from(u8::from(positive)) - p;
        for term in row {
            let mut w = self.weight(term);
            w.mean += step * surprise * w.variance * term.x;
            w.variance -= step * curve * (w.variance * term.x).powi(2);
            w.variance = (w.variance + term.drift).clamp(0.0, term.variance);
            self.weights.insert(term.key, w);
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn finds_the_coefficients_that_made_the_data() {
        let (mut model, mut noise) = (OnlineLogistic::default(), Noise::of(3, [0, 0, 0]));
        for _ in 0..20_000 {
            let x = noise.normal();
            let row = [Term::new((0, 0, 0), 1.0, 4.0), Term::new((1, 0, 0), x, 4.0)];
            model.learn(&row, 0.0, noise.unit() < logistic(-0.5 + 1.2 * x));
        }
        assert!((model.coefficient((0, 0, 0)) + 0.5).abs() < 0.06, "{model:?}");
        assert!((model.coefficient((1, 0, 0)) - 1.2).abs() < 0.08, "{model:?}");
        assert_eq!(model.len(), 2);
    }

    #[test]
    fn what_is_not_finite_teaches_nothing() {
        let mut model = OnlineLogistic::default();
        model.learn(&[Term::new((0, 0, 0), f64::NAN, 1.0)], 0.0, true);
        model.learn(&[Term::new((0, 0, 0), 1.0, 1.0)], f64::INFINITY, true);
        assert!(model.is_empty() && model.predict(&[]).probability() == 0.5);
    }

    #[test]
    fn a_drifting_coefficient_follows_a_change() {
        let last = |drift| {
            let mut model = OnlineLogistic::default();
            let row = [Term { drift, ..Term::new((0, 0, 0), 1.0, 1.0) }];
            for i in 0..600 {
                model.learn(&row, 0.0, (i < 400) == (i % 10 < 8));
            }
            model.predict(&row).probability()
        };
        assert!(last(0.01) < last(0.0) - 0.1);
    }
}
