//! Two-process model of sleep pressure [borbely1982], [daan1984].
//!
//! Kept for teaching and simple hosts: it saturates when nights are short for days.

/// Time constant of its rise while awake, h.
pub const RISE_H: f64 = 18.18;
/// Time constant of its fall while asleep, h.
pub const FALL_H: f64 = 4.2;
/// Pressure on waking, where nothing else is known.
pub const ON_WAKING: f64 = 0.2;

/// Pressure (0..=1) after so many hours awake: `1 − (1 − S) e^(−t/18.18)`.
///
/// ```
/// # use twin_models::health::alertness::two_process::{awake, asleep};
/// assert!((awake(0.2, 16.0) - 0.6682).abs() < 1e-4);
/// assert!((asleep(awake(0.2, 16.0), 8.0) - 0.0995).abs() < 1e-4);
/// ```
#[must_use]
pub fn awake(pressure: f64, hours: f64) -> f64 {
    1.0 - (1.0 - pressure) * (-hours / RISE_H).exp()
}

/// Pressure after so many hours asleep: `S e^(−t/4.2)`.
#[must_use]
pub fn asleep(pressure: f64, hours: f64) -> f64 {
    pressure * (-hours / FALL_H).exp()
}
