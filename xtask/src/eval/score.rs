//! Scores of predictions, and how sure they are over people.

/// Mean absolute error; `NaN` of nothing.
pub(super) fn mae(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().map(|(said, was)| (said - was).abs()).sum::<f64>() / pairs.len() as f64
}

/// Root mean squared error; `NaN` of nothing.
pub(super) fn rmse(pairs: &[(f64, f64)]) -> f64 {
    (pairs.iter().map(|(said, was)| (said - was).powi(2)).sum::<f64>() / pairs.len() as f64).sqrt()
}

/// Area under the ROC curve of `(score, is positive)`, ties counted half; `NaN` where one class is missing.
pub(super) fn auc(rows: &[(f64, bool)]) -> f64 {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut positives, mut at) = (0.0, 0.0, 0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let mean_rank = at as f64 + (tied.len() as f64 + 1.0) / 2.0;
        let hits = tied.iter().filter(|r| r.1).count() as f64;
        rank_sum += hits * mean_rank;
        positives += hits;
        at += tied.len();
    }
    (rank_sum - positives * (positives + 1.0) / 2.0) / (positives * (rows.len() as f64 - positives))
}

/// Expected calibration error of probabilities in ten equal bins.
pub(super) fn ece(rows: &[(f64, bool)]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for (p, hit) in rows {
        if let Some((sum, hits, n)) = bins.get_mut(((p * 10.0) as usize).min(9)) {
            *sum += p;
            *hits += f64::from(u8::from(*hit));
            *n += 1.0;
        }
    }
    bins.iter().map(|(sum, hits, _): &(f64, f64, f64)| (sum - hits).abs()).sum::<f64>() / rows.len() as f64
}

/// The 90 % interval of a score when whole people are drawn again, 1,000 times with a fixed seed.
/// `rows` holds the rows of each person.
pub(super) fn over_people<R: Clone>(rows: &[Vec<R>], score: impl Fn(&[R]) -> f64) -> Option<(f64, f64)> {
    if rows.len() < 2 {
        return None;
    }
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut values: Vec<f64> = (0..1000)
        .map(|_| {
            let mut drawn = Vec::new();
            for _ in 0..rows.len() {
                seed = splitmix(seed);
                drawn.extend_from_slice(rows.get((seed >> 33) as usize % rows.len()).map_or(&[], |r| r));
            }
            score(&drawn)
        })
        .filter(|v| v.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values.get((q * values.len() as f64) as usize).copied();
    Some((at(0.05)?, at(0.95)?))
}

fn splitmix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_known_rows() {
        let rows = [(0.1, false), (0.4, false), (0.35, true), (0.8, true)];
        assert_eq!(auc(&rows), 0.75);
        assert_eq!(auc(&[(0.5, false), (0.5, true)]), 0.5);
        assert_eq!(mae(&[(1.0, 2.0), (3.0, 0.0)]), 2.0);
        assert_eq!(rmse(&[(1.0, 2.0), (3.0, 0.0)]), 5.0_f64.sqrt());
        assert!((ece(&[(0.25, false), (0.75, true)]) - 0.25).abs() < 1e-12);
        assert_eq!(over_people(&[vec![(1.0, 1.0)], vec![(2.0, 2.0)]], mae), Some((0.0, 0.0)));
    }
}
