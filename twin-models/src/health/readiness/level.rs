//! The local level of a person's answers: how they have been lately (book §9, step 1).

use serde::{Deserialize, Serialize};

/// Half-lives that compete, in answers; with one answer a day, in days.
pub const HALF_LIVES: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 7.0, 14.0];
/// Answers from which the person's own half-life counts; before it is 3.
pub const OWN_FROM: f64 = 30.0;
/// How sharply past error decides between half-lives: weights e^(−5 · MAE / least MAE).
pub const SHARPNESS: f64 = 5.0;
/// Answers that the population's mean counts for at the start; it fades with the first answers. OWN.
pub const PRIOR_ANSWERS: f64 = 0.5;
/// Answers before an error counts. OWN.
const ERRORS_FROM: f64 = 3.0;

/// Exponential averages of all half-lives and how well each has done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    averages: Vec<Average>,
    answers: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Average {
    half_life: f64,
    sum: f64,
    weight: f64,
    error: f64,
}

impl Average {
    fn value(&self) -> f64 {
        self.sum / self.weight
    }
}

impl Level {
    /// The level before any answer: the population's mean.
    #[must_use]
    pub fn new(population_mean: f64) -> Self {
        let averages = HALF_LIVES
            .map(|half_life| Average {
                half_life,
                sum: PRIOR_ANSWERS * population_mean,
                weight: PRIOR_ANSWERS,
                error: 0.0,
            })
            .to_vec();
        Self { averages, answers: 0.0 }
    }

    /// The level now, from answers given so far.
    ///
    /// ```
    /// # use twin_models::health::readiness::level::Level;
    /// let mut level = Level::new(5.0);
    /// for _ in 0..40 {
    ///     level.observe(7.0);
    /// }
    /// assert!((level.value() - 7.0).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.answers < OWN_FROM {
            return self.of(3.0);
        }
        let least = self.averages.iter().map(|a| a.error).fold(f64::INFINITY, f64::min).max(1e-9);
        let (sum, weights) = self.averages.iter().fold((0.0, 0.0), |(sum, weights), average| {
            let weight = (-SHARPNESS * (average.error / least - 1.0)).exp();
            (sum + weight * average.value(), weights + weight)
        });
        sum / weights
    }

    /// The average of one half-life of [`HALF_LIVES`].
    #[must_use]
    pub fn of(&self, half_life: f64) -> f64 {
        self.averages.iter().find(|a| a.half_life == half_life).map_or(f64::NAN, Average::value)
    }

    /// Effective number of answers behind the slowest average.
    #[must_use]
    pub fn n_effective(&self) -> f64 {
        self.averages.last().map_or(0.0, |a| a.weight.min(self.answers))
    }

    /// Takes in an answer.
    pub fn observe(&mut self, answer: f64) {
        let counts = self.answers >= ERRORS_FROM;
        for average in &mut self.averages {
            if counts {
                average.error += (average.value() - answer).abs();
            }
            let keep = 0.5_f64.powf(1.0 / average.half_life);
            average.sum = keep * average.sum + answer;
            average.weight = keep * average.weight + 1.0;
        }
        self.answers += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_life_that_did_better_wins() {
        // long stays at 2 or 8: what was said last is the best guess
        let mut steps = Level::new(5.0);
        // every answer independent of the one before: the slow average is
        let mut noise = Level::new(5.0);
        let (mut seed, mut to_slow, mut to_fast) = (1_u64, 0.0, 0.0);
        for i in 0..400_u32 {
            steps.observe(if (i / 20) % 2 == 0 { 2.0 } else { 8.0 });
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            noise.observe((seed >> 61) as f64);
            to_slow += (noise.value() - noise.of(14.0)).abs();
            to_fast += (noise.value() - noise.of(1.0)).abs();
        }
        assert!((steps.value() - 8.0).abs() < 0.5 && (steps.of(14.0) - 8.0).abs() > 1.0);
        assert!(to_slow < to_fast, "{to_slow} {to_fast}");
    }

    #[test]
    fn a_constant_person_has_that_level() {
        let mut level = Level::new(3.0);
        assert_eq!(level.value(), 3.0);
        for _ in 0..50 {
            level.observe(4.0);
        }
        assert!((level.value() - 4.0).abs() < 0.01 && level.value().is_finite());
    }
}
