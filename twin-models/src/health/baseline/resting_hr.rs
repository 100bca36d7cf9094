//! Resting heart rate of one night, by two definitions. Choose one per source and stay with it.

use crate::stats::{mean, quantile};
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "resting_hr";
/// Its version.
pub const VERSION: &str = "1";
/// Length of the averages of [`sleep_low`], µs.
pub const BIN_US: i64 = 300_000_000;
/// Bins of 5 minutes below which a night is provisional: one hour. OWN.
pub const MIN_BINS: usize = 12;
/// The quantile of the 5-minute means.
pub const LOW_QUANTILE: f64 = 0.05;

/// Mean heart rate while no step was taken, per minute.
///
/// `t_us`, `bpm`: samples; `stepped`: spans (start, end) in µs in which steps were counted; `from_us..to_us`:
/// the window, 00:00–07:00 local time. `None` without such a sample.
#[must_use]
pub fn still_mean(
    t_us: &[i64],
    bpm: &[f64],
    stepped: &[(i64, i64)],
    from_us: i64,
    to_us: i64,
) -> Option<f64> {
    let mut moving: Vec<(i64, i64)> = stepped.to_vec();
    moving.order();
    let mut reach = i64::MIN;
    for span in &mut moving {
        reach = reach.max(span.1);
        span.1 = reach; // the latest end of all that started no later
    }
    let still = t_us.iter().zip(bpm).filter(|(t, bpm)| {
        let started = moving.partition_point(|span| span.0 <= **t);
        let latest_end = started.checked_sub(1).and_then(|i| moving.get(i)).map(|span| span.1);
        bpm.is_finite() && (from_us..to_us).contains(*t) && latest_end.is_none_or(|end| **t >= end)
    });
    mean(&still.map(|(_, bpm)| *bpm).collect::<Vec<f64>>())
}

/// The 5th percentile of 5-minute means inside sleep, per minute, and the number of means.
///
/// `sleep`: spans asleep (start, end) in µs, any order; what touches is joined, bins are aligned to the start of each.
#[must_use]
pub fn sleep_low(t_us: &[i64], bpm: &[f64], sleep: &[(i64, i64)]) -> Option<(f64, usize)> {
    let mut means = Vec::new();
    for (start, end) in crate::health::joined(sleep) {
        let mut bin: Option<(i64, f64, u32)> = None;
        let inside = t_us.iter().zip(bpm).filter(|(t, bpm)| bpm.is_finite() && (start..end).contains(*t));
        for (&t, &bpm) in inside {
            let index = t.saturating_sub(start).div_euclid(BIN_US);
            bin = match bin {
                Some((at, sum, n)) if at == index => Some((at, sum + bpm, n + 1)),
                finished => {
                    means.extend(finished.map(|(_, sum, n)| sum / f64::from(n)));
                    Some((index, bpm, 1))
                }
            };
        }
        means.extend(bin.map(|(_, sum, n)| sum / f64::from(n)));
    }
    let n = means.len();
    quantile(&mut means, LOW_QUANTILE).map(|low| (low, n))
}

/// Resting heart rate of a night by [`sleep_low`], per minute.
///
/// `coverage` is the share of the sleep's 5-minute bins that hold a sample; provisional below 12 of them.
/// No interval: the spread within one night says little about the error of its low end.
#[must_use]
pub fn night_resting_hr(t_us: &[i64], bpm: &[f64], sleep: &[(i64, i64)]) -> Estimate {
    let absent = |gaps| Estimate::absent(ID, VERSION, "/min", EstimateStatus::InsufficientData, gaps);
    let asleep_us: i64 =
        crate::health::joined(sleep).iter().map(|(start, end)| end.saturating_sub(*start)).sum();
    let Some((low, bins)) = sleep_low(t_us, bpm, sleep) else {
        return absent(vec!["no heart rate during sleep".into()]);
    };
    let coverage = (bins as f64 * BIN_US as f64 / asleep_us.max(1) as f64).min(1.0);
    let enough = bins >= MIN_BINS && coverage >= 0.5;
    let newest = t_us.iter().filter(|t| sleep.iter().any(|(s, e)| (s..e).contains(t))).max();
    Estimate {
        value: Some(low),
        confidence: coverage * (bins as f64 / MIN_BINS as f64).min(1.0),
        kind: EstimateKind::Quantity,
        status: if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: bins as f64,
        coverage,
        as_of: newest.map(|t| Timestamp::from_micros(*t)),
        ..absent(if enough { Vec::new() } else { vec![format!("{bins} spans of 5 min with heart rate")] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_amid_steps_are_left_out() {
        let t = [0, 10, 20, 30, 40];
        let bpm = [60.0, 90.0, 95.0, 62.0, 58.0];
        assert_eq!(still_mean(&t, &bpm, &[(15, 18), (5, 25)], 0, 40), Some(61.0));
        assert_eq!(still_mean(&t, &bpm, &[], 100, 200), None);
    }

    #[test]
    fn the_low_end_of_a_night() {
        // 21 bins with means 50, 51 … 70: the 5th percentile is the second of them
        let t: Vec<i64> = (0..21).map(|i| i * BIN_US).collect();
        let bpm: Vec<f64> = (0..21).map(|i| 50.0 + f64::from(i)).collect();
        assert_eq!(sleep_low(&t, &bpm, &[(0, 21 * BIN_US)]), Some((51.0, 21)));
        let night = night_resting_hr(&t, &bpm, &[(0, 21 * BIN_US)]);
        assert_eq!((night.value, night.status, night.coverage), (Some(51.0), EstimateStatus::Ok, 1.0));
        assert_eq!(night_resting_hr(&[], &[], &[(0, 5)]).value, None);
    }
}
