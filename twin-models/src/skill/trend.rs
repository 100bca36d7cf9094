//! A level that moves with a slope, both wandering: the local linear trend in continuous time [durbin2012].

/// Wandering of the level, points after a week.
pub const LEVEL_SD: f64 = 0.3;
/// Wandering of the slope, points a week after a week.
pub const SLOPE_SD: f64 = 0.05;

/// What is believed of a level and its slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Expected level, points.
    pub level: f64,
    /// Expected slope, points a week.
    pub slope: f64,
    /// Variance of the level.
    pub level_variance: f64,
    /// Covariance of level and slope.
    pub covariance: f64,
    /// Variance of the slope.
    pub slope_variance: f64,
}

impl Trend {
    /// Before anything is known: 50 ± 25 points (OWN), slope 0 ± 0.5 a week.
    pub const PRIOR: Self =
        Self { level: 50.0, slope: 0.0, level_variance: 625.0, covariance: 0.0, slope_variance: 0.25 };

    /// The belief so many weeks later; unchanged for weeks that are not above 0.
    ///
    /// ```
    /// # use twin_models::skill::trend::Trend;
    /// let later = Trend { slope: 1.0, ..Trend::PRIOR }.after(4.0);
    /// assert_eq!(later.level, 54.0);
    /// assert!((later.slope_variance - 0.26).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn after(self, weeks: f64) -> Self {
        if !(weeks > 0.0 && weeks.is_finite()) {
            return self;
        }
        let (ql, qs) = (LEVEL_SD * LEVEL_SD, SLOPE_SD * SLOPE_SD);
        Self {
            level: self.level + weeks * self.slope,
            slope: self.slope,
            level_variance: self.level_variance
                + 2.0 * weeks * self.covariance
                + weeks * weeks * self.slope_variance
                + ql * weeks
                + qs * weeks.powi(3) / 3.0,
            covariance: self.covariance + weeks * self.slope_variance + qs * weeks * weeks / 2.0,
            slope_variance: self.slope_variance + qs * weeks,
        }
    }

    /// The belief after seeing the level with noise of a variance above 0; unchanged for bad numbers.
    #[must_use]
    pub fn seen(self, points: f64, variance: f64) -> Self {
        let total = self.level_variance + variance;
        if !(variance > 0.0 && total.is_finite() && points.is_finite()) {
            return self;
        }
        let surprise = points - self.level;
        let (by_level, by_slope) = (self.level_variance / total, self.covariance / total);
        Self {
            level: self.level + by_level * surprise,
            slope: self.slope + by_slope * surprise,
            level_variance: self.level_variance * variance / total,
            covariance: self.covariance * variance / total,
            slope_variance: self.slope_variance - by_slope * self.covariance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_short_ways_are_one_long_one() {
        let start = Trend { slope: 0.7, covariance: 0.2, ..Trend::PRIOR };
        let (once, twice) = (start.after(5.0), start.after(2.0).after(3.0));
        assert!((once.level_variance - twice.level_variance).abs() < 1e-9);
        assert!((once.covariance - twice.covariance).abs() < 1e-12);
        assert!((once.slope_variance - twice.slope_variance).abs() < 1e-12);
    }

    #[test]
    fn sightings_find_the_line() {
        let mut trend = Trend::PRIOR;
        for week in 0..30 {
            trend = trend.seen(40.0 + 0.8 * f64::from(week), 0.01).after(1.0);
        }
        assert!((trend.slope - 0.8).abs() < 0.05 && (trend.level - 64.0).abs() < 0.5, "{trend:?}");
    }

    #[test]
    fn bad_numbers_change_nothing() {
        let trend = Trend::PRIOR;
        assert_eq!(trend.seen(f64::NAN, 1.0), trend);
        assert_eq!((trend.seen(3.0, 0.0), trend.seen(3.0, f64::INFINITY)), (trend, trend));
        assert_eq!((trend.after(-1.0), trend.after(f64::NAN)), (trend, trend));
    }
}
