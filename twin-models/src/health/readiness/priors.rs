//! placeholder
use super::prior::{Prior, WIDTH};
const NONE: Prior = Prior { centre: 0.5, spread: 0.15, weights: [0.0; WIDTH], tau: 0.05, noise: 0.8, errors: [0.5; 15], platt: [1.0, 0.0] };
/// x
pub const READINESS: Prior = NONE;
/// x
pub const READINESS_WITH_MORNING: Prior = NONE;
/// x
pub const FATIGUE: Prior = NONE;
/// x
pub const MOOD: Prior = NONE;
/// x
pub const STRESS: Prior = NONE;
/// x
pub const SORENESS: Prior = NONE;
/// x
pub const SLEEP_QUALITY: Prior = NONE;
/// x
pub const PEOPLE: &[&str] = &[];
