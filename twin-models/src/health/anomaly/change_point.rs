//! Shifts of the mean in a finished series: PELT and dynamic programming with squared error.

use crate::stats::median;

/// Fewest values between two shifts, days.
pub const MIN_SEGMENT: usize = 5;
/// The median of |Δ| of white noise in its standard deviations: `√2 · Φ⁻¹(3/4)`.
const MEDIAN_STEP: f64 = 0.954;

/// The penalty of one more shift, `2 ln n · σ̂²` with `σ̂ = median|Δ| / 0.954`; `None` below two values.
#[must_use]
pub fn penalty(values: &[f64]) -> Option<f64> {
    let mut steps: Vec<f64> = values.iter().zip(values.iter().skip(1)).map(|(a, b)| (b - a).abs()).collect();
    let sigma = median(&mut steps)? / MEDIAN_STEP;
    Some(2.0 * (values.len() as f64).ln() * sigma * sigma)
}

/// The ends of the segments that minimise squared error plus `penalty` for each shift, exactly; the last end
/// is the number of values.
///
/// `values`: finite; `min_segment`: fewest values of a segment, at least 1. Empty where the series is shorter
/// than one segment. Pruned after [killick2012]; with a least length a pruned start may still be needed for the
/// next `min_segment` ends, so it is kept that long.
///
/// ```
/// # use twin_models::health::anomaly::change_point::pelt;
/// assert_eq!(pelt(&[0.0, 0.1, 0.0, 5.0, 5.1, 5.0], 1.0, 2), [3, 6]);
/// ```
#[must_use]
pub fn pelt(values: &[f64], penalty: f64, min_segment: usize) -> Vec<usize> {
    let sums = Sums::of(values);
    let least = min_segment.max(1);
    let mut best: Vec<Best> = vec![Best { cost: -penalty, from: 0 }];
    let mut starts: Vec<(usize, usize)> = Vec::new(); // a start, and the first end that no longer needs it
    for end in 1..=values.len() {
        if let Some(new) = end.checked_sub(least) {
            starts.push((new, usize::MAX));
        }
        let cost = |start: usize| Some(best.get(start)?.cost + sums.error(start, end)? + penalty);
        let reached = starts.iter().filter(|s| s.1 > end).filter_map(|s| Some((cost(s.0)?, s.0)));
        let found = reached.min_by(|a, b| a.0.total_cmp(&b.0));
        let here = found.map_or(Best::NONE, |(cost, from)| Best { cost, from });
        for start in &mut starts {
            if start.1 == usize::MAX && cost(start.0).is_some_and(|c| c - penalty > here.cost) {
                start.1 = end + least;
            }
        }
        starts.retain(|s| s.1 > end);
        best.push(here);
    }
    ends(&best, values.len())
}

/// The ends of the `shifts + 1` segments with the least squared error; empty where they do not fit.
///
/// ```
/// # use twin_models::health::anomaly::change_point::segments;
/// assert_eq!(segments(&[0.0, 0.1, 0.0, 5.0, 5.1, 5.0], 1, 2), [3, 6]);
/// assert!(segments(&[1.0, 2.0], 1, 2).is_empty());
/// ```
#[must_use]
pub fn segments(values: &[f64], shifts: usize, min_segment: usize) -> Vec<usize> {
    let (sums, least, n) = (Sums::of(values), min_segment.max(1), values.len());
    let mut layers: Vec<Vec<Best>> = Vec::new();
    for _ in 0..=shifts {
        let layer = (0..=n).map(|end| {
            let from_each = (0..=end.saturating_sub(least)).filter_map(|start| {
                let before = match layers.last() {
                    Some(layer) => layer.get(start)?.cost,
                    None if start == 0 => 0.0,
                    None => return None,
                };
                (end >= start + least).then_some((before + sums.error(start, end)?, start))
            });
            let found = from_each.min_by(|a, b| a.0.total_cmp(&b.0));
            found.map_or(Best::NONE, |(cost, from)| Best { cost, from })
        });
        let layer = layer.collect();
        layers.push(layer);
    }
    let mut out = Vec::new();
    let mut end = n;
    for layer in layers.iter().rev() {
        let Some(step) = layer.get(end).filter(|b| b.cost.is_finite()) else { return Vec::new() };
        out.push(end);
        end = step.from;
    }
    out.reverse();
    out
}

#[derive(Clone, Copy)]
struct Best {
    cost: f64,
    from: usize,
}

impl Best {
    const NONE: Self = Self { cost: f64::INFINITY, from: 0 };
}

fn ends(best: &[Best], n: usize) -> Vec<usize> {
    let (mut out, mut end) = (Vec::new(), n);
    while end > 0 {
        let Some(step) = best.get(end).filter(|b| b.cost.is_finite()) else { return Vec::new() };
        out.push(end);
        end = step.from;
    }
    out.reverse();
    out
}

/// Running sums of values and squares, around the first value to keep digits.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(values: &[f64]) -> Self {
        let origin = values.first().copied().unwrap_or(0.0);
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut sums = vec![(0.0, 0.0)];
        sums.extend(values.iter().map(|x| {
            sum += x - origin;
            squares += (x - origin).powi(2);
            (sum, squares)
        }));
        Self(sums)
    }

    /// Squared error of `start..end` around its mean.
    fn error(&self, start: usize, end: usize) -> Option<f64> {
        let ((a, a2), (b, b2)) = (self.0.get(start)?, self.0.get(end)?);
        let n = end.checked_sub(start).filter(|n| *n > 0)? as f64;
        Some(b2 - a2 - (b - a).powi(2) / n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Pruning loses nothing: the best over any number of shifts found one by one is the same.
        #[test]
        fn pelt_is_exact(values in prop::collection::vec(-5.0..5.0_f64, 4..24), penalty in 0.5..20.0_f64) {
            let total = |ends: &[usize]| {
                let sums = Sums::of(&values);
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let errors: f64 = starts.zip(ends).map(|(s, e)| sums.error(s, *e).unwrap()).sum();
                errors + penalty * (ends.len() - 1) as f64
            };
            let best = (0..values.len() / 2)
                .map(|shifts| segments(&values, shifts, 2))
                .filter(|ends| !ends.is_empty())
                .map(|ends| total(&ends))
                .fold(f64::INFINITY, f64::min);
            prop_assert!((total(&pelt(&values, penalty, 2)) - best).abs() < 1e-9);
        }
    }

    #[test]
    fn what_does_not_fit_is_empty() {
        assert!(pelt(&[], 1.0, 5).is_empty() && pelt(&[1.0; 4], 1.0, 5).is_empty());
        assert_eq!(pelt(&[1.0; 12], 1.0, 5), [12]);
        assert_eq!(penalty(&[1.0]), None);
    }
}
