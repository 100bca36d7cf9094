//! How much of the hours that were foreseen a person really finishes: a slope with a Gamma likelihood.

use crate::capacity::gated::recency;
use crate::special::lowest;

/// Prior mean and spread of the slope.
pub const SLOPE: (f64, f64) = (1.0, 0.3);
/// Age at which a period counts half, days. OWN.
pub const HALF_LIFE_DAYS: f64 = 90.0;
/// Spread of one period around its expected hours, as a share of them, and the periods that it is worth. OWN.
const SPREAD: (f64, f64) = (0.35, 4.0);
/// Slopes that are believed. OWN.
const RANGE: (f64, f64) = (0.1, 3.0);

/// A past period, usually a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throughput {
    /// Days since it ended, at least 0.
    pub age_days: f64,
    /// Working days in it, above 0.
    pub days: f64,
    /// Focus hours that were foreseen for it, above 0 (before any pace).
    pub foreseen_h: f64,
    /// Estimated hours of the tasks that were finished in it, at least 0.
    pub finished_h: f64,
}

/// A person's pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Hours finished for each hour foreseen.
    pub slope: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Spread of one period around it, as a share.
    pub spread: f64,
    /// Working days behind it, recent ones counting more.
    pub days: f64,
    /// Periods that could be used.
    pub used: usize,
}

/// The pace after these periods; those with impossible numbers are left out.
///
/// The likeliest slope under the prior N(1, 0.3²) and Gamma errors, its spread by the bend there.
///
/// ```
/// # use twin_models::capacity::daily::pace::{Throughput, pace};
/// assert_eq!((pace(&[]).slope, pace(&[]).sd), (1.0, 0.3));
/// let slow = Throughput { age_days: 7.0, days: 5.0, foreseen_h: 20.0, finished_h: 14.0 };
/// let known = pace(&[slow; 20]);
/// assert!((known.slope - 0.7).abs() < 0.02 && known.sd < 0.08);
/// ```
#[must_use]
pub fn pace(periods: &[Throughput]) -> Pace {
    let ratios: Vec<(f64, f64, f64)> = periods
        .iter()
        .filter(|p| p.foreseen_h > 0.0 && p.finished_h >= 0.0 && p.days > 0.0 && p.days.is_finite())
        .map(|p| (p.finished_h / p.foreseen_h, recency(p.age_days, HALF_LIFE_DAYS).unwrap_or(0.0), p.days))
        // more than ten times what was foreseen is a mistake of bookkeeping
        .filter(|(ratio, weight, _)| (0.0..=10.0).contains(ratio) && *weight > 1e-6)
        .collect();
    let mut out = Pace { slope: SLOPE.0, sd: SLOPE.1, spread: SPREAD.0, days: 0.0, used: ratios.len() };
    if ratios.is_empty() {
        return out;
    }
    let n: f64 = ratios.iter().map(|r| r.1).sum();
    let sum: f64 = ratios.iter().map(|r| r.0 * r.1).sum();
    out.days = ratios.iter().map(|r| r.1 * r.2).sum();
    for _ in 0..4 {
        let shape = out.spread.powi(-2);
        // a Gamma value of mean b h: −ln density = shape (ln b + y / (b h)) + what does not depend on b
        let loss = |b: f64| 0.5 * ((b - SLOPE.0) / SLOPE.1).powi(2) + shape * (n * b.ln() + sum / b);
        out.slope = lowest(loss, RANGE.0, RANGE.1);
        // Near the bottom the loss is too flat to tell the last digits, which differ from machine to machine: its
        // slope tells them.
        for _ in 0..3 {
            let b = out.slope;
            let steep = (b - SLOPE.0) / SLOPE.1.powi(2) + shape * (n / b - sum / (b * b));
            let bend = SLOPE.1.powi(-2) + shape * (2.0 * sum / b.powi(3) - n / (b * b));
            let next = b - steep / bend;
            if bend > 0.0 && (RANGE.0..=RANGE.1).contains(&next) {
                out.slope = next;
            }
        }
        let b = out.slope;
        let bend = SLOPE.1.powi(-2) + shape * (2.0 * sum / b.powi(3) - n / (b * b));
        // at an end of the range the bend may be small: no surer than one period makes it
        out.sd = bend.max(SLOPE.1.powi(-2)).powf(-0.5);
        let squares: f64 = ratios.iter().map(|r| r.1 * (r.0 / b - 1.0).powi(2)).sum();
        out.spread = ((SPREAD.1 * SPREAD.0.powi(2) + squares) / (SPREAD.1 + n)).sqrt();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(age_days: f64, finished_h: f64) -> Throughput {
        Throughput { age_days, days: 5.0, foreseen_h: 20.0, finished_h }
    }

    #[test]
    fn old_weeks_count_less_and_impossible_ones_not() {
        let mut weeks: Vec<Throughput> = (0..10).map(|i| week(7.0 * f64::from(i), 24.0)).collect();
        let now = pace(&weeks);
        weeks.extend((0..10).map(|i| week(700.0 + 7.0 * f64::from(i), 10.0)));
        assert!((pace(&weeks).slope - now.slope).abs() < 0.03 && now.slope > 1.1);
        let bad = [week(f64::NAN, 9.0), week(1.0, f64::NAN), week(1.0, 1e4), week(-1.0, 9.0)];
        assert_eq!((pace(&bad).used, pace(&bad).slope), (0, 1.0));
        let nothing_done = pace(&[week(1.0, 0.0); 30]);
        assert!(nothing_done.slope >= RANGE.0 && nothing_done.slope < 0.3 && nothing_done.sd > 0.0);
    }
}
