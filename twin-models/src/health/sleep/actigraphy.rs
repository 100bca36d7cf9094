//! Sleep or wake from activity counts of one minute.
//!
//! Sensitive to sleep (0.9 and more) but not to wake (0.3 to 0.6) against polysomnography [dezambotti2019]:
//! wake after sleep onset is too low. Counts of another device need a scale factor first.

/// Id of the model.
pub const ID: &str = "sleep_actigraphy";
/// Its version.
pub const VERSION: &str = "1";

const COLE_KRIPKE: [f64; 7] = [106.0, 54.0, 58.0, 76.0, 230.0, 74.0, 67.0];

/// Cole–Kripke: asleep if `0.001 · Σ w·A < 1` over the four minutes before, this one and two after [cole1992].
///
/// The first four and last two epochs are not scored, nor any whose window holds a missing count (`NaN`).
///
/// ```
/// # use twin_models::health::sleep::actigraphy::cole_kripke;
/// let mut counts = [0.0; 10];
/// counts[5] = 5.0; // 5 · 230 / 1000 ≥ 1 only where it is the scored minute
/// let asleep = cole_kripke(&counts, 1.0);
/// assert_eq!((asleep[3], asleep[4], asleep[5], asleep[8]), (None, Some(true), Some(false), None));
/// ```
#[must_use]
pub fn cole_kripke(counts: &[f64], scale: f64) -> Vec<Option<bool>> {
    let mut out = vec![None; counts.len()];
    for (slot, window) in out.iter_mut().skip(4).zip(counts.windows(7)) {
        let d: f64 = 0.001 * window.iter().zip(COLE_KRIPKE).map(|(a, w)| a * scale * w).sum::<f64>();
        *slot = (!d.is_nan()).then_some(d < 1.0);
    }
    out
}

/// Sadeh: asleep if `7.601 − 0.065·MW5 − 1.08·NAT − 0.056·SD6 − 0.703·LG > 0` [sadeh1994].
///
/// MW5 is the mean of 11 minutes around, NAT how many of them have 50 ≤ count < 100, SD6 the spread (n−1) of
/// this minute and five before, LG ln(count + 1). Windows shrink at the edges; a window with a missing count
/// (`NaN`) is not scored.
#[must_use]
pub fn sadeh(counts: &[f64]) -> Vec<Option<bool>> {
    (0..counts.len()).map(|i| score(counts, i, i, |x| (50.0..100.0).contains(&x))).collect()
}

/// The same as a widespread implementation has it: LG of the *next* minute and 50 < count < 100; windows that
/// would reach over an edge count as wake. For comparison only.
#[must_use]
pub fn sadeh_next_minute(counts: &[f64]) -> Vec<bool> {
    let n = counts.len();
    (0..n)
        .map(|i| i >= 5 && i + 5 < n && score(counts, i, i + 1, |x| x > 50.0 && x < 100.0).unwrap_or(false))
        .collect()
}

fn score(counts: &[f64], i: usize, log_of: usize, moderate: impl Fn(f64) -> bool) -> Option<bool> {
    let around = counts.get(i.saturating_sub(5)..(i + 6).min(counts.len()))?;
    let before = counts.get(i.saturating_sub(5)..=i)?;
    let mean = crate::stats::mean(around)?;
    let spread = crate::stats::sd(before).unwrap_or(0.0);
    let nat = around.iter().filter(|x| moderate(**x)).count() as f64;
    let log = (counts.get(log_of)? + 1.0).ln();
    let ps = 7.601 - 0.065 * mean - 1.08 * nat - 0.056 * spread - 0.703 * log;
    (!ps.is_nan()).then_some(ps > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stillness_is_sleep_and_movement_is_not() {
        assert!(sadeh(&[0.0; 20]).iter().all(|s| *s == Some(true)));
        assert!(sadeh(&[300.0; 20]).iter().all(|s| *s == Some(false)));
        // eleven minutes of 60: 7.601 − 3.9 − 1.08·11 < 0
        assert_eq!(sadeh(&[60.0; 11])[5], Some(false));
        assert_eq!(sadeh_next_minute(&[0.0; 12]).iter().filter(|s| **s).count(), 2);
    }

    #[test]
    fn missing_counts_are_not_scored() {
        let mut counts = [0.0; 20];
        counts[10] = f64::NAN;
        assert_eq!(cole_kripke(&counts, 1.0)[9], None);
        assert_eq!(sadeh(&counts)[12], None);
        assert!(cole_kripke(&[0.0; 3], 1.0).iter().all(Option::is_none));
        assert!(sadeh(&[]).is_empty());
    }
}
