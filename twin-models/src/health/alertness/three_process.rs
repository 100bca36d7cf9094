//! Three-process model of alertness and its Karolinska sleepiness [akerstedt2004], [ingre2014].
//!
//! Alertness is S + C + U + W; sleepiness is `10.6 − 0.6 (S + C + U + W)`, higher is sleepier. Parameters as
//! in the open implementation FIPS.

use std::f64::consts::TAU;

/// S on waking, where nothing else is known.
pub const ON_WAKING: f64 = 7.96;
/// What S falls towards while awake.
pub const LOW: f64 = 2.4;
/// Rate of that fall, 1/h.
pub const FALL_PER_H: f64 = -0.0353;
/// What S rises towards while asleep.
pub const HIGH: f64 = 14.3;
/// Where the rise turns from a line into an exponential.
pub const BREAK: f64 = 12.2;
/// Time of day of highest C, h.
pub const PEAK_H: f64 = 16.8;

/// S after so many hours awake.
#[must_use]
pub fn awake(s: f64, hours: f64) -> f64 {
    LOW + (s - LOW) * (FALL_PER_H * hours).exp()
}

/// S after so many hours asleep: a line up to [`BREAK`], then an exponential towards [`HIGH`].
///
/// As published: sleep that begins above the break starts on the exponential of a break that lies before it.
///
/// ```
/// # use twin_models::health::alertness::three_process::{asleep, awake};
/// assert!((asleep(awake(7.96, 16.0), 8.0) - 11.9675).abs() < 1e-4);
/// ```
#[must_use]
pub fn asleep(s: f64, hours: f64) -> f64 {
    let rate = ((HIGH - 14.0) / (HIGH - ON_WAKING)).ln() / 8.0;
    let slope = rate * (BREAK - HIGH);
    let line_h = (BREAK - s) / slope;
    if hours <= line_h { s + hours * slope } else { HIGH - (HIGH - BREAK) * (rate * (hours - line_h)).exp() }
}

/// C at a time of day, h: the body's clock, −2.5..=2.5.
#[must_use]
pub fn circadian(hour: f64) -> f64 {
    2.5 * (TAU * (hour - PEAK_H) / 24.0).cos()
}

/// U at a time of day, h: the dip after noon, −1..=0.
///
/// ```
/// # use twin_models::health::alertness::three_process::ultradian;
/// assert!((ultradian(13.8) + 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn ultradian(hour: f64) -> f64 {
    -0.5 + 0.5 * (TAU * (hour - PEAK_H - 3.0) / 12.0).cos()
}

/// W so many hours after waking: sleep inertia, −5.72..=0.
#[must_use]
pub fn inertia(awake_h: f64) -> f64 {
    -5.72 * (-1.51 * awake_h).exp()
}

/// Karolinska sleepiness of an alertness `S + C + U + W`. The scale itself ends at 1 and 9.
///
/// ```
/// # use twin_models::health::alertness::three_process::sleepiness;
/// assert_eq!(sleepiness(11.0), 4.0);
/// ```
#[must_use]
pub fn sleepiness(alertness: f64) -> f64 {
    10.6 - 0.6 * alertness
}
