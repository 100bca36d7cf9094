//! Sample entropy: how rarely what was alike for two beats stays alike for a third [richman2000].

use crate::stats::sd;

/// Tolerance in standard deviations (n−1).
pub const TOLERANCE_SD: f64 = 0.2;

/// Sample entropy with m = 2 and r = 0.2 SD: −ln(A/B).
///
/// Chebyshev distance `≤ r`, n − 2 templates for both lengths, none with itself. `None` where A or B is 0 or
/// a number is not finite. For many series keep the memory: [`sample_entropy_with`].
///
/// ```
/// # use twin_models::health::hrv::sampen::sample_entropy;
/// let saw: Vec<f64> = (0..90).map(|i| 800.0 + f64::from(i % 3)).collect();
/// assert!(sample_entropy(&saw).unwrap() < 0.1); // what repeats can be foretold
/// assert_eq!(sample_entropy(&[800.0, 900.0]), None);
/// ```
#[must_use]
pub fn sample_entropy(nn_ms: &[f64]) -> Option<f64> {
    sample_entropy_with(nn_ms, &mut Vec::new())
}

/// The same; `templates` is memory.
///
/// Templates are sorted by their first value and compared only with those within `r` of it: about a tenth of
/// all pairs for heartbeats. One outlier that stretches SD may make it all.
#[must_use]
pub fn sample_entropy_with(nn_ms: &[f64], templates: &mut Vec<[f64; 3]>) -> Option<f64> {
    let spread = sd(nn_ms)?;
    if !spread.is_finite() {
        return None;
    }
    if spread == 0.0 {
        // all templates match in both lengths
        return (nn_ms.len() >= 4).then_some(0.0);
    }
    let r = TOLERANCE_SD * spread;
    templates.clear();
    templates.extend(nn_ms.windows(3).filter_map(|w| <[f64; 3]>::try_from(w).ok()));
    templates.sort_unstable_by(|[a, ..], [b, ..]| a.total_cmp(b));
    let (mut two, mut three) = (0_u64, 0_u64);
    let mut rest = templates.as_slice();
    while let Some(([x, y, z], after)) = rest.split_first() {
        for [x2, y2, z2] in after {
            if x2 - x > r {
                break;
            }
            let second = (y2 - y).abs() <= r;
            two += u64::from(second);
            three += u64::from(second & ((z2 - z).abs() <= r));
        }
        rest = after;
    }
    (three > 0).then(|| (two as f64 / three as f64).ln())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, pair by pair.
    fn plain(x: &[f64]) -> Option<f64> {
        let r = 0.2 * sd(x)?;
        let near = |i: usize, j: usize, m: usize| (0..m).all(|k| (x[i + k] - x[j + k]).abs() <= r);
        let templates = x.len() - 2;
        let count = |m| {
            (0..templates).flat_map(|i| (0..i).map(move |j| (i, j))).filter(|p| near(p.0, p.1, m)).count()
        };
        let (b, a) = (count(2), count(3));
        (a > 0).then(|| (b as f64 / a as f64).ln())
    }

    #[test]
    fn bad_input_has_no_entropy() {
        assert_eq!(sample_entropy(&[]), None);
        assert_eq!(sample_entropy(&[800.0, f64::NAN, 900.0, 800.0]), None);
        assert_eq!(sample_entropy(&[1.0, 2.0, 4.0, 8.0, 16.0]), None); // no three alike
        assert_eq!(sample_entropy(&[800.0; 20]), Some(0.0));
    }

    proptest! {
        #[test]
        fn sorting_changes_nothing(x in proptest::collection::vec(600_u32..640, 4..120)) {
            let x: Vec<f64> = x.into_iter().map(f64::from).collect();
            prop_assert_eq!(sample_entropy(&x), plain(&x));
        }
    }
}
