//! When a level that drifts and wavers first reaches a target: the inverse Gaussian distribution [chhikara1988].

use crate::special::{invert, ln_normal_cdf, normal_cdf};

/// Time of first passage, in the unit of time of drift and spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstPassage {
    /// Mean time, above 0.
    pub mean: f64,
    /// Shape, above 0; the higher the more certain.
    pub shape: f64,
}

impl FirstPassage {
    /// Time for a distance at a drift per unit of time, with standard deviation `sigma` after one unit of time.
    ///
    /// `None` unless all are finite and above 0: against or without a drift the mean is infinite.
    ///
    /// ```
    /// # use twin_models::skill::first_passage::FirstPassage;
    /// let weeks = FirstPassage::new(10.0, 0.5, 1.0).unwrap();
    /// assert_eq!((weeks.mean, weeks.variance()), (20.0, 80.0));
    /// assert!((weeks.cdf(weeks.quantile(0.8).unwrap()) - 0.8).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn new(distance: f64, drift: f64, sigma: f64) -> Option<Self> {
        let this = Self { mean: distance / drift, shape: (distance / sigma).powi(2) };
        let positive = |x: f64| x.is_finite() && x > 0.0;
        [distance, drift, sigma, this.mean, this.shape].into_iter().all(positive).then_some(this)
    }

    /// Variance of the time.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.mean.powi(3) / self.shape
    }

    /// Probability to have arrived by time `t`.
    #[must_use]
    pub fn cdf(&self, t: f64) -> f64 {
        if t.is_nan() || t <= 0.0 {
            return 0.0;
        }
        if t == f64::INFINITY {
            return 1.0;
        }
        let root = (self.shape / t).sqrt();
        // the second term is a huge number times a tiny one
        let back = 2.0 * self.shape / self.mean + ln_normal_cdf(-root * (t / self.mean + 1.0));
        (normal_cdf(root * (t / self.mean - 1.0)) + back.exp()).clamp(0.0, 1.0)
    }

    /// Time by which one has arrived with probability `p` (0..1, both left out).
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(p > 0.0 && p < 1.0) {
            return None;
        }
        // on the logarithm, since times reach over many powers of ten
        let centre = self.mean.ln();
        let reach = (1..60).map(|k| f64::from(k) * 2.0);
        let low = reach.clone().map(|r| centre - r).find(|x| self.cdf(x.exp()) < p)?;
        let high = reach.map(|r| centre + r).find(|x| self.cdf(x.exp()) > p)?;
        Some(invert(|x| self.cdf(x.exp()) - p, low, high).exp())
    }
}

/// Probability that a level which drifts away (`drift` below 0) still reaches the target some day; 1 for a drift
/// of 0 or above. `None` unless distance and sigma are above 0 and all is finite.
#[must_use]
pub fn ever_reached(distance: f64, drift: f64, sigma: f64) -> Option<f64> {
    let sound = distance > 0.0 && sigma > 0.0 && (distance + drift + sigma).is_finite();
    sound.then(|| (2.0 * distance * drift.min(0.0) / (sigma * sigma)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_way_forward_there_is_no_time() {
        assert_eq!(FirstPassage::new(1.0, 0.0, 1.0), None);
        assert_eq!(FirstPassage::new(1.0, -1.0, 1.0), None);
        assert_eq!(FirstPassage::new(f64::NAN, 1.0, 1.0), None);
        assert_eq!(FirstPassage::new(1.0, 1.0, 0.0), None);
        assert!((ever_reached(1.0, -1.0, 1.0).unwrap() - (-2.0_f64).exp()).abs() < 1e-12);
        assert_eq!(ever_reached(1.0, 0.3, 1.0), Some(1.0));
        assert_eq!(ever_reached(1.0, -1.0, 0.0), None);
    }

    #[test]
    fn a_nearly_certain_time_is_its_mean() {
        let sure = FirstPassage::new(10.0, 1.0, 1e-3).unwrap();
        assert!((sure.quantile(0.5).unwrap() - 10.0).abs() < 1e-3);
        assert!(sure.cdf(9.9) < 1e-9 && sure.cdf(10.1) > 1.0 - 1e-9);
        assert_eq!((sure.cdf(-1.0), sure.cdf(f64::NAN), sure.cdf(f64::INFINITY)), (0.0, 0.0, 1.0));
        assert_eq!(sure.quantile(1.0), None);
    }
}
