//! Beat classification and correction after Lipponen and Tarvainen [lipponen2019].
//!
//! Thresholds follow the recording: 5.2 quartile deviations over 91 beats around each beat. Windows
//! shrink at the edges and quantiles are linear, as in the reference implementation.

use super::sorted_window::SortedWindow;
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
    if peaks_ms.len() < 3 {
        return Artifacts::default();
    }
    let rr = differences(peaks_ms);
    let steps = differences(&rr);
    let sizes: Vec<f64> = steps.iter().map(|d| d.abs()).collect();
    // Most beats are within their threshold, and theirs are never asked for: they stay 0 here.
    let beyond = beyond_threshold(&sizes, floor_ms);
    let near = around(&beyond, 3, 3, rr.len());
    let th1 = thresholds(&sizes, floor_ms, &near);
    let mut d = vec![0.0; rr.len()];
    for &i in &near {
        let scaled = at(&steps, i) / at(&th1, i);
        d.get_mut(i).into_iter().for_each(|d| *d = scaled);
    }
    let (ectopic, suspects) = suspects(&d);
    let mut found = judge(&rr, &suspects, floor_ms);
    found.ectopic = ectopic;
    found
}

/// A beat that came too early or late and is not ectopic.
struct Suspect {
    beat: usize,
    /// A long interval, then a short one.
    long: bool,
    /// The other way round.
    short: bool,
}

/// Ectopic beats and suspects, by the changes of intervals in thresholds.
fn suspects(d: &[f64]) -> (Vec<usize>, Vec<Suspect>) {
    let (mut ectopic, mut suspects) = (Vec::new(), Vec::new());
    let reflected = |i: isize| {
        let last = d.len() as isize - 1;
        let i = if i < 0 { -i } else { i };
        at(d, (if i > last { 2 * last - i } else { i }) as usize)
    };
    let mut i = 0;
    while i + 2 < d.len() {
        let (here, k) = (at(d, i), i as isize);
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
            ectopic.push(i);
            i += 1;
            continue;
        }
        let both = at(d, i + 1).abs() < at(d, i + 2).abs();
        for beat in i..=i + usize::from(both) {
            let (change, k) = (at(d, beat), beat as isize);
            let s22 = if change >= 0.0 {
                reflected(k + 1).min(reflected(k + 2))
            } else {
                reflected(k + 1).max(reflected(k + 2))
            };
            let (long, short) = (change > 1.0 && s22 < -1.0, change < -1.0 && s22 > 1.0);
            suspects.push(Suspect { beat, long, short });
        }
        i += 1 + usize::from(both);
    }
    (ectopic, suspects)
}

/// What suspects are, by how far their intervals are off the usual one.
fn judge(rr: &[f64], suspects: &[Suspect], floor_ms: f64) -> Artifacts {
    let mut found = Artifacts::default();
    let beats: Vec<usize> = suspects.iter().map(|suspect| suspect.beat).collect();
    let nearby = around(&beats, THRESHOLD_WINDOW / 2, THRESHOLD_WINDOW / 2, rr.len());
    let usual = SortedWindow::new(rr, MEDIAN_WINDOW).each(&nearby, |sorted| sorted_quantile(sorted, 0.5));
    let mut off = vec![0.0; rr.len()];
    for &i in &nearby {
        let by = at(rr, i) - at(&usual, i);
        off.get_mut(i).into_iter().for_each(|off| *off = if by < 0.0 { -by * 2.0 } else { by });
    }
    let th2 = thresholds(&off, floor_ms, &beats);
    for &Suspect { beat, long, short } in suspects {
        let (med, th) = (at(&usual, beat), at(&th2, beat));
        if !(long || short || at(&off, beat) / th > 3.0) {
            continue;
        }
        if short && (at(rr, beat) + at(rr, beat + 1) - med).abs() < th {
            found.extra.push(beat);
        } else if long && (at(rr, beat) / 2.0 - med).abs() < th {
            found.missed.push(beat);
        } else {
            found.long_short.push(beat);
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

fn at(values: &[f64], i: usize) -> f64 {
    values.get(i).copied().unwrap_or(f64::NAN)
}

/// Differences of neighbours, their mean before the first.
fn differences(values: &[f64]) -> Vec<f64> {
    let pairs = values.iter().zip(values.iter().skip(1)).map(|(a, b)| b - a);
    let mut out: Vec<f64> = std::iter::once(f64::NAN).chain(pairs).collect();
    if let Some((first, rest)) = out.split_first_mut() {
        *first = mean(rest).unwrap_or(f64::NAN);
    }
    out
}

/// [`ALPHA`] quartile deviations over [`THRESHOLD_WINDOW`] sizes, where they are wanted.
fn thresholds(sizes: &[f64], floor: f64, wanted: &[usize]) -> Vec<f64> {
    SortedWindow::new(sizes, THRESHOLD_WINDOW).each(wanted, |sorted| threshold(sorted, floor))
}

fn threshold(sorted: &[f64], floor: f64) -> f64 {
    let quartiles = sorted_quantile(sorted, 0.75) - sorted_quantile(sorted, 0.25);
    (ALPHA * quartiles / 2.0).max(floor)
}

/// Which sizes are above their threshold.
fn beyond_threshold(sizes: &[f64], floor: f64) -> Vec<usize> {
    let mut windows = SortedWindow::new(sizes, THRESHOLD_WINDOW);
    let mut low = f64::NAN;
    let mut beyond = Vec::new();
    for (i, &size) in sizes.iter().enumerate() {
        if size <= floor || is_within(windows.values_at(i), size, &mut low) {
            continue;
        }
        let sorted = windows.at(i);
        low = sorted_quantile(sorted, 0.25);
        if size > threshold(sorted, floor) {
            beyond.push(i);
        }
    }
    beyond
}

/// Whether a size is surely no greater than the threshold of its window: as many values as lie below the
/// lower quartile are at most `low`, and as many as lie above the upper one are so far from it that the
/// threshold is reached. Counting is much cheaper than sorting. `low` is a guess, and follows the data.
fn is_within(window: &[f64], size: f64, low: &mut f64) -> bool {
    let last = window.len().saturating_sub(1) as f64;
    let (below, above) = ((0.25 * last) as usize + 2, window.len() - (0.75 * last) as usize);
    for _ in 0..4 {
        // A little more than asked for, so that no rounding matters.
        let high = (*low + size * 2.0 / ALPHA) * (1.0 + 1e-9);
        let count = |(low_ones, high_ones): (u32, u32), x: &f64| {
            (low_ones + u32::from(*x <= *low), high_ones + u32::from(*x >= high))
        };
        let (low_ones, high_ones) = window.iter().fold((0, 0), count);
        match (low_ones as usize >= below, high_ones as usize >= above) {
            (true, true) => return true,
            (false, true) => *low *= 1.1,
            (true, false) => *low *= 0.9,
            (false, false) => return false,
        }
    }
    false
}

/// The listed places and those around them, so many before and after, below `n`.
fn around(listed: &[usize], before: usize, after: usize, n: usize) -> Vec<usize> {
    let mut out = Vec::with_capacity(listed.len());
    let mut from = 0;
    for &i in listed {
        let end = (i + after + 1).min(n);
        out.extend(from.max(i.saturating_sub(before))..end);
        from = end;
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

    /// Above the threshold, each place for itself.
    fn beyond_slowly(sizes: &[f64], floor: f64) -> Vec<usize> {
        let half = THRESHOLD_WINDOW / 2;
        let is_beyond = |i: &usize| {
            let mut near = sizes[i.saturating_sub(half)..(i + half + 1).min(sizes.len())].to_vec();
            near.sort_by(f64::total_cmp);
            sizes[*i] > threshold(&near, floor)
        };
        (0..sizes.len()).filter(is_beyond).collect()
    }

    proptest! {
        #[test]
        fn no_beat_beyond_its_threshold_is_passed_over(
            sizes in proptest::collection::vec(prop_oneof![0.0_f64..70.0, 45.0_f64..200.0, Just(50.0)], 0..400),
            floor in prop_oneof![Just(0.0), Just(FLOOR_MS)],
        ) {
            prop_assert_eq!(beyond_threshold(&sizes, floor), beyond_slowly(&sizes, floor));
        }

        #[test]
        fn places_around_places(listed in proptest::collection::btree_set(0_usize..60, 0..9), before in 0_usize..5, after in 0_usize..5) {
            let listed: Vec<usize> = listed.into_iter().collect();
            let near = |i: &usize| listed.iter().any(|l| (l.saturating_sub(before)..=l + after).contains(i));
            prop_assert_eq!(around(&listed, before, after, 60), (0..60).filter(near).collect::<Vec<_>>());
        }

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
