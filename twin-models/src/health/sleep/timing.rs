//! When one sleeps: midpoints, chronotype and social jetlag [wittmann2006], [roenneberg2012].

use crate::stats::mean;
use std::f64::consts::TAU;

/// Id of the model.
pub const ID: &str = "sleep_timing";
/// Its version.
pub const VERSION: &str = "1";
/// Least nights before work.
pub const MIN_WORK_NIGHTS: usize = 3;
/// Least nights before free days.
pub const MIN_FREE_NIGHTS: usize = 2;

/// One night on the clock; hours of local time, 0 at midnight of the day of waking, negative before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockNight {
    /// Falling asleep, h.
    pub onset_h: f64,
    /// Waking, h, after `onset_h`.
    pub wake_h: f64,
    /// Nobody had to get up: a free day follows.
    pub free: bool,
}

/// Chronotype and social jetlag, h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SleepTiming {
    /// Mean midpoint of nights before work.
    pub msw_h: f64,
    /// Mean midpoint of nights before free days.
    pub msf_h: f64,
    /// The latter, corrected for sleeping in.
    pub msf_sc_h: f64,
    /// |MSF − MSW|.
    pub social_jetlag_h: f64,
}

/// Chronotype and social jetlag; `None` without a night of each kind. Ask [`enough`] before showing it.
///
/// `MSFsc = MSF − (SDf − SDweek)/2` if one sleeps longer on free days, `SDweek = (5 SDw + 2 SDf)/7`; SD are
/// mean durations from falling asleep to waking.
///
/// ```
/// # use twin_models::health::sleep::timing::{ClockNight, timing};
/// let work = ClockNight { onset_h: 0.0, wake_h: 6.0, free: false };
/// let free = ClockNight { onset_h: 1.0, wake_h: 9.8, free: true };
/// let t = timing(&[work, free]).unwrap();
/// assert!((t.social_jetlag_h - 2.4).abs() < 1e-12);
/// assert!((t.msf_sc_h - 4.4).abs() < 1e-12); // 5.4 − (8.8 − 6.8)/2
/// ```
#[must_use]
pub fn timing(nights: &[ClockNight]) -> Option<SleepTiming> {
    let of = |free: bool, what: fn(&ClockNight) -> f64| {
        mean(&nights.iter().filter(|n| n.free == free).map(what).collect::<Vec<_>>())
    };
    let middle: fn(&ClockNight) -> f64 = |n| f64::midpoint(n.onset_h, n.wake_h);
    let length: fn(&ClockNight) -> f64 = |n| n.wake_h - n.onset_h;
    let (msw_h, msf_h) = (of(false, middle)?, of(true, middle)?);
    let (work, free) = (of(false, length)?, of(true, length)?);
    let week = (5.0 * work + 2.0 * free) / 7.0;
    Some(SleepTiming {
        msw_h,
        msf_h,
        msf_sc_h: msf_h - ((free - week) / 2.0).max(0.0),
        social_jetlag_h: (msf_h - msw_h).abs(),
    })
}

/// Whether there are 3 work nights and 2 free ones.
#[must_use]
pub fn enough(nights: &[ClockNight]) -> bool {
    let free = nights.iter().filter(|n| n.free).count();
    free >= MIN_FREE_NIGHTS && nights.len() - free >= MIN_WORK_NIGHTS
}

/// Circular mean of times of day, `0..period`; `None` of nothing or when they cancel.
///
/// ```
/// # use twin_models::health::sleep::timing::circular_mean;
/// let night = circular_mean(&[23.0, 1.0, 3.0], 24.0).unwrap();
/// assert!((night - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn circular_mean(times: &[f64], period: f64) -> Option<f64> {
    let turn = TAU / period;
    let (sin, cos) = times.iter().fold((0.0, 0.0), |(s, c), t| {
        let (sin, cos) = (t * turn).sin_cos();
        (s + sin, c + cos)
    });
    let length = (sin * sin + cos * cos).sqrt();
    (length > 1e-9 * times.len() as f64 && length.is_finite()).then(|| sin.atan2(cos).rem_euclid(TAU) / turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_night_are_needed() {
        let work = ClockNight { onset_h: -1.0, wake_h: 6.0, free: false };
        assert_eq!(timing(&[work; 9]), None);
        assert!(!enough(&[work; 9]));
        let free = ClockNight { free: true, ..work };
        assert!(enough(&[work, work, work, free, free]));
        let same = timing(&[work, free]).unwrap();
        assert_eq!((same.social_jetlag_h, same.msf_sc_h), (0.0, 2.5));
    }

    #[test]
    fn opposite_times_have_no_mean() {
        assert_eq!(circular_mean(&[0.0, 12.0], 24.0), None);
        assert_eq!(circular_mean(&[], 24.0), None);
    }
}
