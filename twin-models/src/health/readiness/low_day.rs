//! Whether today will be a low day (book §9).

use super::ordinal::Steps;

/// Share of the own standard deviation below the mean from which a day is low.
pub const SD_SHARE: f64 = 0.5;
/// Least distance below the mean, in the unit of the scale.
pub const LEAST: f64 = 0.5;

/// The highest answer that still makes a low day: running mean − max(0.5 SD, 0.5).
///
/// ```
/// # use twin_models::health::readiness::low_day::threshold;
/// assert_eq!(threshold(6.0, 2.0), 5.0);
/// assert_eq!(threshold(6.0, 0.2), 5.5);
/// ```
#[must_use]
pub fn threshold(running_mean: f64, running_sd: f64) -> f64 {
    running_mean - (SD_SHARE * running_sd).max(LEAST)
}

/// Probability of an answer at or below `threshold`: that of the predicted steps, straightened by
/// `σ(slope · logit p + offset)` [platt1999].
#[must_use]
pub fn probability(steps: &Steps, threshold: f64, platt: [f64; 2]) -> f64 {
    straightened(steps.at_most(threshold), platt)
}

/// The straightened probability; `platt` is slope and offset.
///
/// ```
/// # use twin_models::health::readiness::low_day::straightened;
/// assert!((straightened(0.3, [1.0, 0.0]) - 0.3).abs() < 1e-12);
/// assert!(straightened(0.0, [1.0, 0.0]) > 0.0);
/// ```
#[must_use]
pub fn straightened(p: f64, platt: [f64; 2]) -> f64 {
    let [slope, offset] = platt;
    1.0 / (1.0 + (-slope * logit(p) - offset).exp())
}

/// Log odds, with p kept within 0.001..=0.999.
#[must_use]
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}
