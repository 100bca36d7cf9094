//! When in the day a person is at their best.

use super::energy::{SLOT_MIN, score};
use crate::stats::{mean, quantile, sd};
use twin_core::sort::OrderBy;

/// Smoothing, slots (90 min, centred).
const SMOOTH_SLOTS: usize = 7;
/// Share of waking slots below a window.
const PERCENTILE: f64 = 0.7;
/// Least length of a window, slots (60 min).
const MIN_SLOTS: usize = 4;
/// The best two hours, slots.
const BEST_SLOTS: usize = 8;

/// A window in which a person is expected to be at their best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakWindow {
    /// Start, minutes from now; negative if it has begun.
    pub start_min: i32,
    /// End, minutes from now.
    pub end_min: i32,
    /// Mean energy in it, 0..=100.
    pub level: f64,
    /// How probably it holds the middle of the day's best two hours, 0..=1.
    pub probability: f64,
}

/// A curve with its draws, in usual spreads; absent while asleep.
pub(crate) struct Curve<'a> {
    /// Day of each slot.
    pub(crate) days: &'a [i32],
    /// The slot of now.
    pub(crate) from_now: usize,
    pub(crate) centre: &'a [Option<f64>],
    pub(crate) draws: &'a [Vec<Option<f64>>],
}

/// The windows of each day that are not over: runs of at least 60 min above the 70th percentile of the waking
/// day, smoothed over 90 min, largest area first. None on a day that is flatter than the curve is sure.
pub(crate) fn peaks(curve: &Curve<'_>) -> Vec<PeakWindow> {
    let mut out = Vec::new();
    let mut start = 0;
    for day in curve.days.chunk_by(|a, b| a == b) {
        let span = start..start + day.len();
        start = span.end;
        let of = |values: &[Option<f64>]| values.get(span.clone()).map(smoothed).unwrap_or_default();
        let centre = of(curve.centre);
        let draws: Vec<Vec<Option<f64>>> = curve.draws.iter().map(|d| of(d)).collect();
        out.extend(of_day(&centre, &draws, span.start, curve.from_now));
    }
    out
}

fn of_day(centre: &[Option<f64>], draws: &[Vec<Option<f64>>], first: usize, now: usize) -> Vec<PeakWindow> {
    let mut awake: Vec<f64> = centre.iter().copied().flatten().collect();
    let error = (0..centre.len())
        .filter_map(|i| sd(&draws.iter().filter_map(|d| d.get(i).copied().flatten()).collect::<Vec<_>>()))
        .collect::<Vec<_>>();
    let flat = sd(&awake).zip(mean(&error)).is_none_or(|(day, error)| day < error);
    // the rest of a day that is nearly over has no best part
    if flat || awake.len() < 2 * BEST_SLOTS {
        return Vec::new();
    }
    let Some(level) = quantile(&mut awake, PERCENTILE) else { return Vec::new() };
    let best: Vec<f64> = draws.iter().filter_map(|d| best_middle(d)).collect();
    let mut found: Vec<(f64, PeakWindow)> = Vec::new();
    let mut at = 0;
    for run in centre.chunk_by(|a, b| a.is_some_and(|a| a > level) == b.is_some_and(|b| b > level)) {
        let (from, to) = (at, at + run.len());
        at = to;
        let values: Vec<f64> = run.iter().copied().flatten().filter(|z| *z > level).collect();
        if values.len() < MIN_SLOTS || first + to <= now {
            continue;
        }
        let held = best.iter().filter(|m| (from as f64..to as f64).contains(m)).count();
        let minutes = |slot: usize| {
            (i32::try_from(first + slot).unwrap_or(0) - i32::try_from(now).unwrap_or(0)) * SLOT_MIN as i32
        };
        let area: f64 = values.iter().map(|z| z - level).sum();
        let window = PeakWindow {
            start_min: minutes(from),
            end_min: minutes(to),
            level: mean(&values.iter().map(|z| score(*z)).collect::<Vec<_>>()).unwrap_or(50.0),
            probability: held as f64 / best.len().max(1) as f64,
        };
        found.push((area, window));
    }
    found.order_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, window)| window).collect()
}

/// The middle of the best two hours, in slots.
fn best_middle(values: &[Option<f64>]) -> Option<f64> {
    values
        .windows(BEST_SLOTS)
        .enumerate()
        .filter_map(|(i, w)| Some((i, w.iter().copied().sum::<Option<f64>>()?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(i, _)| (i + BEST_SLOTS / 2) as f64)
}

/// The centred mean over waking slots.
fn smoothed(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let half = SMOOTH_SLOTS / 2;
    (0..values.len())
        .map(|i| {
            values.get(i).copied().flatten()?;
            let near = values.get(i.saturating_sub(half)..(i + half + 1).min(values.len()))?;
            mean(&near.iter().copied().flatten().collect::<Vec<_>>())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hump(middle: f64, height: f64) -> Vec<Option<f64>> {
        (0..96)
            .map(|i| {
                (28..92).contains(&i).then(|| height * (-((f64::from(i) - middle) / 10.0).powi(2)).exp())
            })
            .collect()
    }

    #[test]
    fn the_hump_of_the_day_is_its_peak() {
        let draws: Vec<_> = (0..20).map(|i| hump(46.0 + f64::from(i % 5), 2.0)).collect();
        let centre = hump(48.0, 2.0);
        let curve = Curve { days: &[0; 96], from_now: 40, centre: &centre, draws: &draws };
        let found = peaks(&curve);
        assert_eq!(found.len(), 1, "{found:?}");
        let window = found[0];
        // slots 39 to 58: 30 % of 64 waking slots around 48
        assert!(window.start_min <= 0 && (200..300).contains(&window.end_min), "{window:?}");
        assert!(window.probability > 0.95 && window.level > 75.0, "{window:?}");
        let late = peaks(&Curve { from_now: 70, ..curve });
        assert!(late.is_empty());
    }

    #[test]
    fn a_flat_or_uncertain_day_has_none() {
        let flat = hump(48.0, 0.0);
        let sure = vec![flat.clone(); 5];
        assert!(peaks(&Curve { days: &[0; 96], from_now: 0, centre: &flat, draws: &sure }).is_empty());
        let wild: Vec<_> = (0..20).map(|i| hump(48.0, f64::from(i) - 9.0)).collect();
        let weak = hump(48.0, 0.3);
        assert!(peaks(&Curve { days: &[0; 96], from_now: 0, centre: &weak, draws: &wild }).is_empty());
    }
}
