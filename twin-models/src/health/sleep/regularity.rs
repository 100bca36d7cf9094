//! Sleep regularity index [phillips2017] and the circular midpoint of sleep [lunsfordavery2018].

use super::timing::circular_mean;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "sleep_regularity";
/// Its version.
pub const VERSION: &str = "1";
/// Least days.
pub const MIN_DAYS: usize = 5;
/// Least share of pairs of epochs that were both scored.
pub const MIN_PAIRS: f64 = 0.66;

/// `−100 + 200 · P(same state 24 h apart)`, −100..=100, and the share of pairs both scored.
///
/// `asleep`: epochs of equal length, `None` not scored; `per_day`: epochs in 24 h. The probability is taken per
/// time of day and then averaged, over the times of day that have a pair. `None` without a pair.
///
/// ```
/// # use twin_models::health::sleep::regularity::sri;
/// let day = [true, true, false, false, false, false].map(Some);
/// let other = [true, false, false, false, false, false].map(Some);
/// let (index, pairs) = sri(&[day, day, other].concat(), 6).unwrap();
/// assert!((index - (-100.0 + 200.0 * 11.0 / 12.0)).abs() < 1e-9);
/// assert_eq!(pairs, 1.0);
/// ```
#[must_use]
pub fn sri(asleep: &[Option<bool>], per_day: usize) -> Option<(f64, f64)> {
    if per_day == 0 {
        return None;
    }
    let mut bins = vec![(0_u32, 0_u32); per_day];
    let later = asleep.iter().skip(per_day);
    for ((a, b), at) in asleep.iter().zip(later).zip((0..per_day).cycle()) {
        if let (Some(a), Some(b), Some((same, n))) = (a, b, bins.get_mut(at)) {
            *same += u32::from(a == b);
            *n += 1;
        }
    }
    let scored: u32 = bins.iter().map(|bin| bin.1).sum();
    let filled = bins.iter().filter(|bin| bin.1 > 0).count();
    let total: f64 =
        bins.iter().filter(|bin| bin.1 > 0).map(|(same, n)| f64::from(*same) / f64::from(*n)).sum();
    let possible = asleep.len().saturating_sub(per_day).max(1);
    (filled > 0).then(|| (-100.0 + 200.0 * total / filled as f64, f64::from(scored) / possible as f64))
}

/// The index as an estimate: absent below 5 days or 66 % of pairs.
#[must_use]
pub fn sri_estimate(asleep: &[Option<bool>], per_day: usize) -> Estimate {
    let absent = |gaps| Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, gaps);
    let days = asleep.len().checked_div(per_day).unwrap_or(0);
    let Some((index, pairs)) = sri(asleep, per_day).filter(|_| days >= MIN_DAYS) else {
        return absent(vec![format!("{days} of {MIN_DAYS} days")]);
    };
    if pairs < MIN_PAIRS {
        return absent(vec![format!("{:.0} % of the time scored on both days, 66 % needed", 100.0 * pairs)]);
    }
    Estimate {
        value: Some(index),
        confidence: pairs * (days as f64 / 14.0).min(1.0),
        kind: EstimateKind::Index,
        status: EstimateStatus::Ok,
        n_effective: (days - 1) as f64,
        coverage: pairs,
        ..absent(Vec::new())
    }
}

/// Circular mean of the times of day asleep, in epochs after the first epoch's time of day.
#[must_use]
pub fn circular_midpoint(asleep: &[Option<bool>], per_day: usize) -> Option<f64> {
    let times: Vec<f64> = asleep
        .iter()
        .enumerate()
        .filter(|(_, state)| **state == Some(true))
        .map(|(i, _)| (i % per_day.max(1)) as f64)
        .collect();
    circular_mean(&times, per_day as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale() {
        let day: Vec<Option<bool>> = (0..24).map(|h| Some(h < 8)).collect();
        let same = day.repeat(6);
        assert_eq!(sri(&same, 24), Some((100.0, 1.0)));
        assert_eq!(sri_estimate(&same, 24).value, Some(100.0));
        let flipped: Vec<Option<bool>> = (0..6 * 24).map(|h| Some((h / 24) % 2 == 0)).collect();
        assert_eq!(sri(&flipped, 24), Some((-100.0, 1.0)));
        assert_eq!(circular_midpoint(&same, 24), Some(3.5));
    }

    #[test]
    fn unscored_time_is_not_guessed() {
        assert_eq!(sri(&[Some(true); 24], 24), None);
        assert_eq!(sri(&[], 0), None);
        let mut holes: Vec<Option<bool>> = vec![Some(false); 6 * 24];
        holes.iter_mut().step_by(2).for_each(|e| *e = None);
        assert_eq!(sri_estimate(&holes, 24).value, None);
        assert_eq!(sri_estimate(&[Some(true); 96], 24).gaps, ["4 of 5 days"]);
    }
}
