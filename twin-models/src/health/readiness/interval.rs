//! Intervals from the person's own errors (book §9, step 5): split-conformal [lei2018], with the level adapted
//! to the misses so far [gibbs2021].

use serde::{Deserialize, Serialize};

/// Own errors that are kept.
pub const KEPT: usize = 60;
/// Own errors from which the population's no longer count.
pub const OWN_FROM: usize = 15;
/// Share of answers that may fall outside.
pub const MISS: f64 = 0.2;
/// How fast the level follows the misses. OWN: of 0, 0.02 and 0.05 the nearest to 80 % on all six questions.
pub const PACE: f64 = 0.05;
/// Bounds of the level.
const BOUNDS: (f64, f64) = (0.05, 0.5);

/// The last errors of a person, in spreads of that person, and the level in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Errors {
    population: Vec<f64>,
    own: Vec<f64>,
    miss: f64,
}

impl Errors {
    /// No own errors yet; `population`: errors of people in general, rising, evenly spaced quantiles.
    #[must_use]
    pub fn new(population: &[f64]) -> Self {
        Self { population: population.to_vec(), own: Vec::new(), miss: MISS }
    }

    /// Half-width of the 80 % interval, in spreads: the finite-sample quantile of own errors, filled up to 15
    /// with the population's.
    ///
    /// ```
    /// # use twin_models::health::readiness::interval::Errors;
    /// let mut errors = Errors::new(&[1.0; 15]);
    /// assert_eq!(errors.half_width(), 1.0);
    /// (0..60).for_each(|_| errors.observe(0.25));
    /// assert_eq!(errors.half_width(), 0.25);
    /// ```
    #[must_use]
    pub fn half_width(&self) -> f64 {
        let mut all = self.own.clone();
        let fill = OWN_FROM.saturating_sub(all.len()).min(self.population.len());
        let spacing = self.population.len() as f64 / fill.max(1) as f64;
        all.extend((0..fill).filter_map(|i| self.population.get(((i as f64 + 0.5) * spacing) as usize)));
        all.sort_by(f64::total_cmp);
        let rank = ((all.len() as f64 + 1.0) * (1.0 - self.miss)).ceil() as usize;
        all.get(rank.clamp(1, all.len().max(1)) - 1).copied().unwrap_or(f64::INFINITY)
    }

    /// Takes in an error of the last prediction, in spreads.
    pub fn observe(&mut self, error: f64) {
        let missed = f64::from(u8::from(error > self.half_width()));
        self.miss = (self.miss + PACE * (MISS - missed)).clamp(BOUNDS.0, BOUNDS.1);
        if self.own.len() == KEPT {
            self.own.remove(0);
        }
        self.own.push(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_of_five_fall_inside_even_when_errors_grow() {
        let mut errors = Errors::new(&[0.5; 15]);
        let (mut inside, mut seed) = (0, 1_u64);
        for i in 0..1000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let error = (seed >> 33) as f64 / 2_f64.powi(31) * (1.0 + f64::from(i) / 500.0);
            inside += i32::from(error <= errors.half_width());
            errors.observe(error);
        }
        assert!((780..=840).contains(&inside), "{inside}");
    }

    #[test]
    fn nothing_known_is_no_interval() {
        assert_eq!(Errors::new(&[]).half_width(), f64::INFINITY);
    }
}
