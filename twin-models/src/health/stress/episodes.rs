//! Stretches of stress, and the load of a day.

use super::{LOAD_ID, VERSION};
use crate::stats::interval80;
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Least wear for the load of a day, h.
pub const MIN_WEAR_H: f64 = 6.0;
/// Above this probability a window counts.
pub const THRESHOLD: f64 = 0.5;
/// Windows farther apart than this are of two stretches, µs.
const GAP_US: i64 = 90_000_000;
/// Windows that one independent reading spans: half lives of the filter. OWN.
const ALIKE: f64 = 10.0;

/// One window of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Its end.
    pub at: Timestamp,
    /// Probability of stress; absent where activity masked it or too little was measured.
    pub p: Option<f64>,
}

/// A stretch with p above one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Episode {
    /// End of its first window.
    pub start: Timestamp,
    /// End of its last window.
    pub end: Timestamp,
    /// Highest probability.
    pub peak: f64,
}

/// The stretches above one half of a day's windows, oldest first.
#[must_use]
pub fn episodes(moments: &[Moment]) -> Vec<Episode> {
    let mut out: Vec<Episode> = Vec::new();
    let mut open = false;
    for moment in moments {
        let Some(p) = moment.p.filter(|p| *p > THRESHOLD) else {
            open = false;
            continue;
        };
        match out.last_mut().filter(|last| open && moment.at.micros() - last.end.micros() <= GAP_US) {
            Some(last) => {
                last.end = moment.at;
                last.peak = last.peak.max(p);
            }
            None => out.push(Episode { start: moment.at, end: moment.at, peak: p }),
        }
        open = true;
    }
    out
}

/// Stress load of a day, minutes: time with p above one half, and the area above it.
///
/// `moments`: the windows of the day, 30 s apart, masked ones too. Absent below six hours of wear. Activity counts as
/// wear, not as load.
///
/// ```
/// # use twin_models::health::stress::episodes::{Moment, daily_load};
/// # use twin_core::Timestamp;
/// let day: Vec<Moment> = (0..960)
///     .map(|i| Moment { at: Timestamp::from_micros(i * 30_000_000), p: Some(if i < 20 { 0.75 } else { 0.2 }) })
///     .collect();
/// assert_eq!(daily_load(&day).value, Some(12.5)); // 10 min, and 10 min × 0.25
/// ```
#[must_use]
pub fn daily_load(moments: &[Moment]) -> Estimate {
    let usable: Vec<f64> = moments.iter().filter_map(|m| m.p).filter(|p| (0.0..=1.0).contains(p)).collect();
    let wear_h = moments.len() as f64 / 120.0;
    if wear_h < MIN_WEAR_H || usable.is_empty() {
        let why = format!("worn for {wear_h:.1} h with {} usable windows, 6 h needed", usable.len());
        let status = EstimateStatus::InsufficientData;
        return Estimate::absent(LOAD_ID, VERSION, "min", status, vec![why]);
    }
    let load: f64 = usable.iter().filter(|p| **p > THRESHOLD).map(|p| 0.5 * (1.0 + p - THRESHOLD)).sum();
    // A sum of nothing is −0.
    let load = load + 0.0;
    // windows beside each other are alike: their doubt adds up in blocks
    let variance: f64 = usable.iter().map(|p| p * (1.0 - p) * 0.25 * ALIKE).sum();
    let (low, high) = interval80(load, variance.sqrt());
    let coverage = usable.len() as f64 / moments.len() as f64;
    let reference = (0.25 * 0.25 * ALIKE * usable.len() as f64).sqrt();
    let masked = moments.len() - usable.len();
    Estimate {
        value: Some(load),
        low: Some(low.max(0.0)),
        high: Some(high),
        confidence: (1.0 - variance.sqrt() / reference).clamp(0.0, 1.0) * coverage,
        kind: EstimateKind::Quantity,
        status: if coverage >= 0.5 { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: usable.len() as f64 / ALIKE,
        prior_share: 1.0,
        coverage,
        as_of: moments.iter().rfind(|m| m.p.is_some()).map(|m| m.at),
        gaps: (masked > 0).then(|| format!("{masked} windows without a value")).into_iter().collect(),
        ..Estimate::absent(LOAD_ID, VERSION, "min", EstimateStatus::Ok, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(p: impl Fn(i64) -> Option<f64>, n: i64) -> Vec<Moment> {
        (0..n).map(|i| Moment { at: Timestamp::from_micros(i * 30_000_000), p: p(i) }).collect()
    }

    #[test]
    fn stretches_start_and_end() {
        let found = episodes(&day(|i| Some(if (4..8).contains(&i) || i == 12 { 0.9 } else { 0.3 }), 20));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].start.micros(), 120_000_000);
        assert_eq!(found[0].end.micros(), 210_000_000);
        assert!(episodes(&[]).is_empty());
    }

    #[test]
    fn a_short_or_masked_day_has_no_load() {
        assert_eq!(daily_load(&day(|_| Some(0.9), 700)).value, None);
        assert_eq!(daily_load(&day(|_| None, 1000)).value, None);
        assert_eq!(daily_load(&day(|_| Some(f64::NAN), 1000)).value, None);
        assert_eq!(daily_load(&day(|_| Some(0.1), 1000)).value, Some(0.0));
        assert_eq!(daily_load(&[]).value, None);
    }
}
