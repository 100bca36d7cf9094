//! A level that wanders, seen through noise and with gaps: Kalman filter and smoother [durbin2012].

/// Variances and the belief before the first value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalLevel {
    /// Variance of a value around the level, above 0.
    pub noise: f64,
    /// Variance of the level's step from one value to the next, at least 0.
    pub drift: f64,
    /// Expected first level.
    pub mean: f64,
    /// Its variance, at least 0.
    pub variance: f64,
}

/// A level and its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Expected level.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

/// What a series says of its level.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// At each value, from it and those before.
    pub filtered: Vec<Level>,
    /// At each value, from all.
    pub smoothed: Vec<Level>,
    /// Of the next value's level, one step after the last.
    pub next: Level,
    /// Log-likelihood of the values.
    pub log_likelihood: f64,
}

impl LocalLevel {
    /// Levels of a series, oldest first, `None` where a value is missing (or not finite).
    ///
    /// `None` for variances that are out of range or not finite.
    ///
    /// ```
    /// # use twin_models::capacity::local_level::LocalLevel;
    /// let model = LocalLevel { noise: 1.0, drift: 0.0, mean: 0.0, variance: 1e9 };
    /// let levels = model.run(&[Some(4.0), None, Some(6.0)]).unwrap();
    /// assert!((levels.filtered[2].mean - 5.0).abs() < 1e-6);
    /// assert!((levels.smoothed[0].variance - 0.5).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn run(&self, values: &[Option<f64>]) -> Option<Levels> {
        let not_negative = |x: f64| x.is_finite() && x >= 0.0;
        let sound = self.noise > 0.0
            && [self.noise, self.drift, self.variance].into_iter().all(not_negative)
            && self.mean.is_finite();
        if !sound {
            return None;
        }
        let mut next = Level { mean: self.mean, variance: self.variance };
        let mut log_likelihood = 0.0;
        let mut predicted = Vec::with_capacity(values.len());
        let mut filtered = Vec::with_capacity(values.len());
        for value in values {
            predicted.push(next);
            let mut level = next;
            if let Some(value) = value.filter(|v| v.is_finite()) {
                let spread = level.variance + self.noise;
                let surprise = value - level.mean;
                log_likelihood -=
                    0.5 * ((std::f64::consts::TAU * spread).ln() + surprise * surprise / spread);
                let gain = level.variance / spread;
                level = Level { mean: level.mean + gain * surprise, variance: level.variance * (1.0 - gain) };
            }
            filtered.push(level);
            next = Level { mean: level.mean, variance: level.variance + self.drift };
        }
        let mut smoothed: Vec<Level> = Vec::with_capacity(values.len());
        // going back, each level learns from what the one after it turned out to be
        let after = predicted.iter().skip(1).copied().map(Some).chain(std::iter::once(None)).rev();
        for (level, after) in filtered.iter().rev().copied().zip(after) {
            smoothed.push(match (after, smoothed.last().copied()) {
                (Some(thought), Some(known)) if thought.variance > 0.0 => {
                    let share = level.variance / thought.variance;
                    Level {
                        mean: level.mean + share * (known.mean - thought.mean),
                        variance: level.variance + share * share * (known.variance - thought.variance),
                    }
                }
                _ => level,
            });
        }
        smoothed.reverse();
        let levels = Levels { filtered, smoothed, next, log_likelihood };
        log_likelihood.is_finite().then_some(levels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: LocalLevel = LocalLevel { noise: 1.0, drift: 0.5, mean: 10.0, variance: 25.0 };

    #[test]
    fn a_gap_only_adds_doubt() {
        let levels = MODEL.run(&[Some(9.0), None, None]).unwrap();
        assert_eq!(levels.filtered[2].mean, levels.filtered[0].mean);
        assert!((levels.filtered[2].variance - levels.filtered[0].variance - 1.0).abs() < 1e-12);
        assert_eq!(levels.smoothed[0], levels.filtered[0]);
    }

    #[test]
    fn bad_input_has_no_answer() {
        assert_eq!(LocalLevel { noise: 0.0, ..MODEL }.run(&[Some(1.0)]), None);
        assert_eq!(LocalLevel { drift: f64::NAN, ..MODEL }.run(&[Some(1.0)]), None);
        assert_eq!(LocalLevel { variance: -1.0, ..MODEL }.run(&[]), None);
        let nothing = MODEL.run(&[]).unwrap();
        assert_eq!((nothing.next.mean, nothing.filtered.len()), (10.0, 0));
        let gaps = MODEL.run(&[Some(f64::NAN), Some(f64::INFINITY)]).unwrap();
        assert_eq!(gaps.log_likelihood, 0.0);
    }
}
