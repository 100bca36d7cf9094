//! Beat classification and correction after Lipponen and Tarvainen [lipponen2019].
//!
//! Thresholds follow the recording: 5.2 quartile deviations over 91 beats around each beat. Windows
//! shrink at the edges and quantiles are linear, as in the reference implementation.

use crate::stats::mean;

/// Quartile deviations that make a threshold.
pub const ALPHA: f64 = 5.2;
/// Slope of the border between ectopic and other beats.
pub const C1: f64 = 0.13;
/// Offset of that border.
pub const C2: f64 = 0.17;
/// Beats around a beat that set its thresholds.
pub const THRESHOLD_WINDOW: usize = 91;
/// Beats around a beat that set its expected interval.
pub const MEDIAN_WINDOW: usize = 11;
/// Least threshold used for marking, ms: smaller changes are never called artefacts, as quantised or
/// very even beats would otherwise have thresholds near zero. OWN; [`classify`] has no such floor.
pub const FLOOR_MS: f64 = 50.0;
/// Below this number of beats the rule has nothing to compare with.
pub const MIN_BEATS: usize = 20;

/// What is wrong with which beat. Index `i` is the beat (peak) that ends interval `i`; beat 0 opens
/// the first interval. Each list ascends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifacts {
    /// Beats from another place than the sinus node: too early, then a pause.
    pub ectopic: Vec<usize>,
    /// A beat is missing before this one.
    pub missed: Vec<usize>,
    /// A beat too many.
    pub extra: Vec<usize>,
    /// Misplaced beats.
    pub long_short: Vec<usize>,
}

impl Artifacts {
    /// Number of marked beats.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ectopic.len() + self.missed.len() + self.extra.len() + self.long_short.len()
    }

    /// Whether nothing is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The times of the beats that `rr_ms` lies between: 0, then the running sum, ms.
#[must_use]
pub fn peaks_of(rr_ms: &[f64]) -> Vec<f64> {
    let mut at = 0.0;
    let later = rr_ms.iter().map(|rr| {
        at += rr;
        at
    });
    std::iter::once(0.0).chain(later).collect()
}

/// Classifies the beats at `peaks_ms` (ascending times, ms). Nothing is marked below three beats;
/// below [`MIN_BEATS`] the caller should not rely on it.
#[must_use]
pub fn classify(peaks_ms: &[f64]) -> Artifacts {
    classify_above(peaks_ms, 0.0)
}

/// The same with thresholds of at least `floor_ms`.
fn classify_above(peaks_ms: &[f64], floor_ms: f64) -> Artifacts {
    let mut found = Artifacts::default();
    let n = peaks_ms.len();
    if n < 3 {
        return found;
    }
    let intervals: Vec<f64> = peaks_ms.iter().zip(peaks_ms.iter().skip(1)).map(|(a, b)| b - a).collect();
    let rr: Vec<f64> = mean(&intervals).into_iter().chain(intervals.iter().copied()).collect();
    let steps: Vec<f64> = rr.iter().zip(rr.iter().skip(1)).map(|(a, b)| b - a).collect();
    let mut d: Vec<f64> = mean(&steps).into_iter().chain(steps.iter().copied()).collect();
    let th1 = thresholds(&d, floor_ms);
    d.iter_mut().zip(&th1).for_each(|(d, th)| *d /= th);
    let usual = running_median(&rr);
    let mut m: Vec<f64> = rr.iter().zip(&usual).map(|(rr, med)| rr - med).collect();
    m.iter_mut().filter(|m| **m < 0.0).for_each(|m| *m *= 2.0);
    let th2 = thresholds(&m, floor_ms);
    m.iter_mut().zip(&th2).for_each(|(m, th)| *m /= th);

    let at = |v: &[f64], i: usize| v.get(i).copied().unwrap_or(f64::NAN);
    let reflected = |i: isize| {
        let last = n as isize - 1;
        let i = if i < 0 { -i } else { i };
        at(&d, (if i > last { 2 * last - i } else { i }) as usize)
    };
    let mut i = 0;
    while i + 2 < n {
        let (here, k) = (at(&d, i), i as isize);
        if here.abs() <= 1.0 || here.is_nan() {
            i += 1;
            continue;
        }
        let s12 = if here > 0.0 {
            reflected(k - 1).max(reflected(k + 1))
        } else {
            reflected(k - 1).min(reflected(k + 1))
        };
        if (here > 1.0 && s12 < -C1 * here - C2) || (here < -1.0 && s12 > -C1 * here + C2) {
            found.ectopic.push(i);
            i += 1;
            continue;
        }
        let both = at(&d, i + 1).abs() < at(&d, i + 2).abs();
        let candidates = [i, i + 1];
        for &j in candidates.iter().take(1 + usize::from(both)) {
            let (dj, k) = (at(&d, j), j as isize);
            let s22 = if dj >= 0.0 {
                reflected(k + 1).min(reflected(k + 2))
            } else {
                reflected(k + 1).max(reflected(k + 2))
            };
            let long = dj > 1.0 && s22 < -1.0;
            let short = dj < -1.0 && s22 > 1.0;
            i += 1;
            if !(long || short || at(&m, j).abs() > 3.0) {
                continue;
            }
            let (med, th) = (at(&usual, j), at(&th2, j));
            if short && (at(&rr, j) + at(&rr, j + 1) - med).abs() < th {
                found.extra.push(j);
            } else if long && (at(&rr, j) / 2.0 - med).abs() < th {
                found.missed.push(j);
            } else {
                found.long_short.push(j);
            }
        }
    }
    found
}

/// The beats after one round of correction: extra ones removed, missed ones put midway, misplaced
/// and ectopic ones moved midway between their neighbours. Times ascend, whole ms are kept whole.
#[must_use]
pub fn correct(peaks_ms: &[f64], found: &Artifacts) -> Vec<f64> {
    let mut peaks: Vec<f64> = Vec::with_capacity(peaks_ms.len() + found.missed.len());
    let mut extra = found.extra.iter().copied().peekable();
    for (i, &peak) in peaks_ms.iter().enumerate() {
        if extra.next_if_eq(&i).is_none() {
            peaks.push(peak);
        }
    }
    let missed = moved(&found.missed, &found.extra, -1);
    let ectopic = moved(&moved(&found.ectopic, &found.extra, -1), &missed, 1);
    let long_short = moved(&moved(&found.long_short, &found.extra, -1), &missed, 1);
    let mut with_missed = Vec::with_capacity(peaks.len() + missed.len());
    let mut insert = missed.iter().copied().filter(|&i| i > 1).peekable();
    let mut before = None;
    for (i, &peak) in peaks.iter().enumerate() {
        while insert.next_if_eq(&i).is_some() {
            with_missed.extend(before.map(|b: f64| b + (peak - b) / 2.0));
        }
        with_missed.push(peak);
        before = Some(peak);
    }
    recentre(&recentre(&with_missed, &ectopic), &long_short)
}

/// Corrects until the number of marked beats no longer falls. Returns the beats and what the first
/// round had marked.
#[must_use]
pub fn correct_all(peaks_ms: &[f64]) -> (Vec<f64>, Artifacts) {
    let first = classify(peaks_ms);
    let mut left = first.len();
    let mut peaks = correct(peaks_ms, &first);
    loop {
        let found = classify(&peaks);
        if found.len() >= left {
            return (peaks, first);
        }
        left = found.len();
        peaks = correct(&peaks, &found);
    }
}

/// Marks per interval of `rr_ms` which touch a marked beat, and the number of marked beats.
///
/// A misplaced, ectopic or extra beat spoils the interval before it and the one after it, a missed
/// one only its own.
#[must_use]
pub fn marks(rr_ms: &[f64]) -> (Vec<bool>, usize) {
    let found = classify_above(&peaks_of(rr_ms), FLOOR_MS);
    let mut spoilt = vec![false; rr_ms.len()];
    let mut mark = |beat: usize| {
        if let Some(interval) = beat.checked_sub(1).and_then(|i| spoilt.get_mut(i)) {
            *interval = true;
        }
    };
    for &beat in found.ectopic.iter().chain(&found.extra).chain(&found.long_short) {
        mark(beat);
        mark(beat + 1);
    }
    found.missed.iter().for_each(|&beat| mark(beat));
    (spoilt, found.len())
}

/// Indices after as many elements went away (`by` −1) or came in (+1) as `changes` lists before them.
fn moved(indices: &[usize], changes: &[usize], by: isize) -> Vec<usize> {
    let mut out: Vec<usize> = indices
        .iter()
        .map(|&index| {
            changes.iter().fold(index, |i, &change| if i > change { i.saturating_add_signed(by) } else { i })
        })
        .collect();
    out.dedup();
    out
}

/// Moves the listed beats midway between their neighbours.
fn recentre(peaks: &[f64], listed: &[usize]) -> Vec<f64> {
    let mut out = peaks.to_vec();
    for &i in listed.iter().filter(|&&i| i > 1) {
        if let (Some(&before), Some(&after)) = (peaks.get(i - 1), peaks.get(i + 1))
            && let Some(peak) = out.get_mut(i)
        {
            *peak = before + (after - before) / 2.0;
        }
    }
    out.sort_unstable_by(f64::total_cmp);
    out
}

/// Running median over [`MEDIAN_WINDOW`] values.
fn running_median(values: &[f64]) -> Vec<f64> {
    over_windows(values, MEDIAN_WINDOW, |sorted| sorted_quantile(sorted, 0.5))
}

/// [`ALPHA`] quartile deviations of |values| over [`THRESHOLD_WINDOW`] of them.
fn thresholds(values: &[f64], floor: f64) -> Vec<f64> {
    let sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
    over_windows(&sizes, THRESHOLD_WINDOW, |sorted| {
        let quartiles = sorted_quantile(sorted, 0.75) - sorted_quantile(sorted, 0.25);
        (ALPHA * quartiles / 2.0).max(floor)
    })
}

/// A statistic of the sorted values in a centred window around each value; windows shrink at the edges.
fn over_windows(values: &[f64], width: usize, statistic: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let half = width / 2;
    let mut sorted: Vec<f64> = Vec::with_capacity(width + 1);
    let place = |sorted: &[f64], x: f64| sorted.partition_point(|y| y.total_cmp(&x).is_lt());
    for &x in values.iter().take(half) {
        sorted.insert(place(&sorted, x), x);
    }
    let mut out = Vec::with_capacity(values.len());
    for i in 0..values.len() {
        let new = values.get(i + half);
        let old = i.checked_sub(half + 1).and_then(|old| values.get(old));
        match (old, new) {
            // Only what lies between the two places moves.
            (Some(&old), Some(&new)) => {
                let (from, to) = (place(&sorted, old), place(&sorted, new));
                let at = if from < to {
                    sorted.copy_within(from + 1..to, from);
                    to - 1
                } else {
                    sorted.copy_within(to..from, to + 1);
                    to
                };
                sorted.get_mut(at).into_iter().for_each(|slot| *slot = new);
            }
            (None, Some(&new)) => sorted.insert(place(&sorted, new), new),
            (Some(&old), None) => {
                sorted.remove(place(&sorted, old));
            }
            (None, None) => {}
        }
        out.push(statistic(&sorted));
    }
    out
}

fn sorted_quantile(sorted: &[f64], q: f64) -> f64 {
    let position = q * sorted.len().saturating_sub(1) as f64;
    let low = position.floor();
    let at = sorted.get(low as usize).copied().unwrap_or(f64::NAN);
    let next = sorted.get(low as usize + 1).copied().unwrap_or(at);
    at + (position - low) * (next - at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Beats that wander a little, as breathing makes them.
    fn breathing(n: usize) -> Vec<f64> {
        (0..n).map(|i| 900.0 + 30.0 * (i as f64 * 1.3).sin()).collect()
    }

    #[test]
    fn a_clean_series_is_left_alone() {
        let rr = breathing(300);
        assert!(classify(&peaks_of(&rr)).is_empty());
        assert_eq!(marks(&rr).0.iter().filter(|m| **m).count(), 0);
    }

    #[test]
    fn a_missed_beat_is_put_back_midway() {
        let mut rr = breathing(200);
        let joined = rr[100] + rr[101];
        rr.splice(100..=101, [joined]);
        let peaks = peaks_of(&rr);
        let found = classify(&peaks);
        assert_eq!(found.missed, [101]);
        let corrected = correct(&peaks, &found);
        assert_eq!(corrected.len(), 201);
        assert_eq!(corrected[101], (peaks[100] + peaks[101]) / 2.0);
    }

    #[test]
    fn an_extra_beat_is_taken_out() {
        let mut rr = breathing(200);
        let whole = rr[100];
        rr.splice(100..=100, [whole * 0.4, whole * 0.6]);
        let peaks = peaks_of(&rr);
        let (corrected, found) = correct_all(&peaks);
        assert_eq!(found.len(), found.extra.len() + found.long_short.len());
        assert!(!found.extra.is_empty());
        assert!(corrected.len() <= 201);
    }

    #[test]
    fn an_early_beat_spoils_two_intervals() {
        let mut rr = breathing(200);
        rr[100] -= 300.0;
        rr[101] += 300.0;
        let (spoilt, _) = marks(&rr);
        assert!(spoilt[100] && spoilt[101] && !spoilt[98] && !spoilt[104]);
    }

    proptest! {
        #[test]
        fn any_series_is_survived(rr in proptest::collection::vec(1.0_f64..5000.0, 0..300)) {
            let peaks = peaks_of(&rr);
            let (corrected, found) = correct_all(&peaks);
            prop_assert!(corrected.is_sorted());
            prop_assert!(found.len() <= peaks.len());
            prop_assert_eq!(marks(&rr).0.len(), rr.len());
        }
    }
}
