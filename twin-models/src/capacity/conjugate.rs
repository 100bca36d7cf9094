//! Learning a mean, a spread or a rate from a few values and a prior, in closed form [gelman2013].

use crate::special::{beta_quantile, student_t_quantile};

/// Belief about the mean and variance of normal values: normal-inverse-gamma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalGamma {
    /// Expected mean.
    pub mean: f64,
    /// Values the mean is worth, above 0.
    pub kappa: f64,
    /// Shape of the variance, above 0.
    pub alpha: f64,
    /// Scale of the variance, above 0.
    pub beta: f64,
}

impl NormalGamma {
    /// Whether all numbers are in range.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let positive = [self.kappa, self.alpha, self.beta].iter().all(|x| x.is_finite() && *x > 0.0);
        positive && self.mean.is_finite()
    }

    /// The belief after one more value, of weight 1 or less; what is not finite teaches nothing.
    #[must_use]
    pub fn update(&self, value: f64, weight: f64) -> Self {
        if !value.is_finite() || !weight.is_finite() || weight <= 0.0 {
            return *self;
        }
        let kappa = self.kappa + weight;
        Self {
            mean: self.mean + weight * (value - self.mean) / kappa,
            kappa,
            alpha: self.alpha + 0.5 * weight,
            beta: self.beta + 0.5 * self.kappa * weight * (value - self.mean).powi(2) / kappa,
        }
    }

    /// The value below which the next one falls with probability `q` (0..1, both left out): Student's t.
    ///
    /// ```
    /// # use twin_models::capacity::conjugate::NormalGamma;
    /// let prior = NormalGamma { mean: 1.0, kappa: 4.0, alpha: 3.0, beta: 1.0 };
    /// let after = [0.4, 0.8, 1.2].iter().fold(prior, |belief, x| belief.update(*x, 1.0));
    /// assert!((after.mean - 6.4 / 7.0).abs() < 1e-12);
    /// assert_eq!(after.predictive_quantile(0.5), Some(after.mean));
    /// ```
    #[must_use]
    pub fn predictive_quantile(&self, q: f64) -> Option<f64> {
        let scale = (self.beta * (self.kappa + 1.0) / (self.alpha * self.kappa)).sqrt();
        (self.is_valid() && q > 0.0 && q < 1.0)
            .then(|| self.mean + scale * student_t_quantile(2.0 * self.alpha, q))
    }
}

/// Belief about a rate: beta distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaRate {
    /// Successes, with those the prior is worth; above 0.
    pub a: f64,
    /// Failures, with those the prior is worth; above 0.
    pub b: f64,
}

/// One of each: every rate is as likely.
impl Default for BetaRate {
    fn default() -> Self {
        Self { a: 1.0, b: 1.0 }
    }
}

impl BetaRate {
    /// The belief after so many successes and failures; numbers below 0 or not finite count as none.
    #[must_use]
    pub fn update(&self, successes: f64, failures: f64) -> Self {
        let counted = |n: f64| if n.is_finite() { n.max(0.0) } else { 0.0 };
        Self { a: self.a + counted(successes), b: self.b + counted(failures) }
    }

    /// The expected rate, 0..=1.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The rate below which the true one lies with probability `q` (0..1, both left out).
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let sound = self.a.is_finite() && self.b.is_finite() && self.a > 0.0 && self.b > 0.0;
        (sound && q > 0.0 && q < 1.0).then(|| beta_quantile(self.a, self.b, q))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIOR: NormalGamma = NormalGamma { mean: 0.0, kappa: 4.0, alpha: 3.0, beta: 1.0 };

    #[test]
    fn bad_input_teaches_nothing() {
        assert_eq!(PRIOR.update(f64::NAN, 1.0), PRIOR);
        assert_eq!(PRIOR.update(1.0, -1.0), PRIOR);
        assert_eq!(PRIOR.predictive_quantile(1.0), None);
        assert_eq!(NormalGamma { beta: 0.0, ..PRIOR }.predictive_quantile(0.5), None);
        assert_eq!(BetaRate::default().update(f64::NAN, -2.0), BetaRate::default());
        assert_eq!(BetaRate { a: 0.0, b: 1.0 }.quantile(0.5), None);
    }

    #[test]
    fn values_narrow_the_prediction() {
        let after = (0..50).fold(PRIOR, |belief, i| belief.update(f64::from(i % 2) * 0.1, 1.0));
        let width =
            |b: &NormalGamma| b.predictive_quantile(0.9).unwrap() - b.predictive_quantile(0.1).unwrap();
        assert!(width(&after) < 0.5 * width(&PRIOR));
        assert!((BetaRate::default().quantile(0.25).unwrap() - 0.25).abs() < 1e-12);
    }
}
