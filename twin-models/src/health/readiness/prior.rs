//! What is known of people in general, before a person has answered.

use super::drivers::DRIVERS;

/// Drivers from past answers: the last answer, the slow level and the mean of all, each less the level.
pub const HISTORY: usize = 3;
/// Drivers in all.
pub const WIDTH: usize = DRIVERS + HISTORY;

/// The population's part of the learner, in units that do not depend on the scale of the answers.
///
/// Fitted by `cargo xtask fit readiness`; the shipped values are in [`priors`](super::priors).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean answer, as a share of the scale.
    pub centre: f64,
    /// Usual spread of one person's answers, as a share of the scale.
    pub spread: f64,
    /// Weights of the drivers, in the person's spreads per unit of z. Those with a sign have it or are 0.
    pub weights: [f64; WIDTH],
    /// Spread of weights between people.
    pub tau: f64,
    /// Variance that the drivers leave, in squared spreads.
    pub noise: f64,
    /// Quantiles of absolute errors of unseen people, in spreads, rising.
    pub errors: [f64; 15],
    /// Slope and offset that straighten the probability of a low day.
    pub platt: [f64; 2],
}
