//! How good predictions are: order, probabilities, classes, numbers, rankings.
//!
//! All of them give `None` for no data, lengths that differ, values that are not finite, or where the measure is
//! not defined.

use twin_core::sort::OrderBy;

/// Equal-width bins of the calibration error.
pub const ECE_BINS: usize = 10;

/// Whether two columns can be compared.
fn sound(a: &[f64], b_len: usize) -> bool {
    !a.is_empty() && a.len() == b_len && a.iter().all(|x| x.is_finite())
}

/// `(score, positive)` from the highest score down.
fn ranked(score: &[f64], positive: &[bool]) -> Vec<(f64, bool)> {
    let mut pairs: Vec<(f64, bool)> = score.iter().copied().zip(positive.iter().copied()).collect();
    pairs.order_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Area under the ROC curve: how often a positive scores above a negative, ties half, 0..=1 [fawcett2006].
///
/// ```
/// # use twin_models::learn::metrics::auc;
/// assert_eq!(auc(&[0.1, 0.4, 0.4, 0.9], &[false, false, true, true]), Some(0.875));
/// assert_eq!(auc(&[0.1, 0.4], &[true, true]), None);
/// ```
#[must_use]
pub fn auc(score: &[f64], positive: &[bool]) -> Option<f64> {
    let positives = positive.iter().filter(|p| **p).count() as f64;
    let negatives = positive.len() as f64 - positives;
    if !sound(score, positive.len()) || positives == 0.0 || negatives == 0.0 {
        return None;
    }
    let (mut above, mut wins) = (0.0, 0.0);
    for tied in ranked(score, positive).chunk_by(|a, b| a.0 == b.0) {
        let hits = tied.iter().filter(|p| p.1).count() as f64;
        let misses = tied.len() as f64 - hits;
        wins += misses * (above + 0.5 * hits);
        above += hits;
    }
    Some(wins / (positives * negatives))
}

/// Average precision: precision at each step of recall, 0..=1. `None` without positives.
#[must_use]
pub fn average_precision(score: &[f64], positive: &[bool]) -> Option<f64> {
    let positives = positive.iter().filter(|p| **p).count() as f64;
    if !sound(score, positive.len()) || positives == 0.0 {
        return None;
    }
    let (mut hits, mut seen, mut sum) = (0.0, 0.0, 0.0);
    for tied in ranked(score, positive).chunk_by(|a, b| a.0 == b.0) {
        let found = tied.iter().filter(|p| p.1).count() as f64;
        hits += found;
        seen += tied.len() as f64;
        sum += found * hits / seen;
    }
    Some(sum / positives)
}

fn mean_of(p: &[f64], positive: &[bool], loss: impl Fn(f64, bool) -> f64) -> Option<f64> {
    let sound = sound(p, positive.len()) && p.iter().all(|p| (0.0..=1.0).contains(p));
    sound.then(|| p.iter().zip(positive).map(|(p, y)| loss(*p, *y)).sum::<f64>() / p.len() as f64)
}

/// Mean squared error of probabilities, 0..=1, lower is better [brier1950].
#[must_use]
pub fn brier(p: &[f64], positive: &[bool]) -> Option<f64> {
    mean_of(p, positive, |p, y| (p - f64::from(u8::from(y))).powi(2))
}

/// Mean negative log-likelihood of probabilities, nats; 0 and 1 count as one rounding step away.
#[must_use]
pub fn log_loss(p: &[f64], positive: &[bool]) -> Option<f64> {
    mean_of(p, positive, |p, y| {
        let p = p.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        -(if y { p } else { 1.0 - p }).ln()
    })
}

/// Expected calibration error over [`ECE_BINS`] bins: mean distance of probability and frequency, 0..=1.
#[must_use]
pub fn calibration_error(p: &[f64], positive: &[bool]) -> Option<f64> {
    mean_of(p, positive, |_, _| 0.0)?;
    let mut bins = [(0.0, 0.0); ECE_BINS];
    for (p, y) in p.iter().zip(positive) {
        let at = ((p * ECE_BINS as f64) as usize).min(ECE_BINS - 1);
        if let Some((sum, hits)) = bins.get_mut(at) {
            *sum += p;
            *hits += f64::from(u8::from(*y));
        }
    }
    Some(bins.iter().map(|(sum, hits)| f64::abs(sum - hits)).sum::<f64>() / p.len() as f64)
}

/// Counts of a yes-or-no prediction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Confusion {
    /// Rightly yes.
    pub true_positive: f64,
    /// Wrongly yes.
    pub false_positive: f64,
    /// Wrongly no.
    pub false_negative: f64,
    /// Rightly no.
    pub true_negative: f64,
}

impl Confusion {
    /// Counts where a score of `threshold` or more is a yes.
    #[must_use]
    pub fn at(score: &[f64], positive: &[bool], threshold: f64) -> Option<Self> {
        let mut counts = Self::default();
        for (score, y) in score.iter().zip(positive) {
            *match (*score >= threshold, y) {
                (true, true) => &mut counts.true_positive,
                (true, false) => &mut counts.false_positive,
                (false, true) => &mut counts.false_negative,
                (false, false) => &mut counts.true_negative,
            } += 1.0;
        }
        sound(score, positive.len()).then_some(counts)
    }

    /// Harmonic mean of precision and recall, 0..=1; 0 where there is neither a positive nor a yes.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let whole = 2.0 * self.true_positive + self.false_positive + self.false_negative;
        if whole > 0.0 { 2.0 * self.true_positive / whole } else { 0.0 }
    }

    /// Correlation of prediction and truth, −1..=1; 0 where one of them never varies [matthews1975].
    #[must_use]
    pub fn correlation(&self) -> f64 {
        let (tp, fp) = (self.true_positive, self.false_positive);
        let (r#fn, tn) = (self.false_negative, self.true_negative);
        let spread = ((tp + fp) * (tp + r#fn) * (tn + fp) * (tn + r#fn)).sqrt();
        if spread > 0.0 { (tp * tn - fp * r#fn) / spread } else { 0.0 }
    }
}

fn errors(predicted: &[f64], actual: &[f64]) -> Option<Vec<f64>> {
    let sound = sound(predicted, actual.len()) && actual.iter().all(|x| x.is_finite());
    sound.then(|| actual.iter().zip(predicted).map(|(y, p)| y - p).collect())
}

/// Mean absolute error, in the unit of the values.
#[must_use]
pub fn mean_absolute_error(predicted: &[f64], actual: &[f64]) -> Option<f64> {
    crate::stats::mean(&errors(predicted, actual)?.iter().map(|e| e.abs()).collect::<Vec<_>>())
}

/// Median absolute error, in the unit of the values.
#[must_use]
pub fn median_absolute_error(predicted: &[f64], actual: &[f64]) -> Option<f64> {
    crate::stats::median(&mut errors(predicted, actual)?.iter().map(|e| e.abs()).collect::<Vec<_>>())
}

/// Mean pinball loss of a predicted quantile `q` (0..=1), in the unit of the values [koenker1978].
#[must_use]
pub fn pinball(predicted: &[f64], actual: &[f64], q: f64) -> Option<f64> {
    let losses: Vec<f64> = errors(predicted, actual)?.iter().map(|e| (q * e).max((q - 1.0) * e)).collect();
    if (0.0..=1.0).contains(&q) { crate::stats::mean(&losses) } else { None }
}

/// Normalised discounted gain of a ranking by score, over the first `k` places or all, 0..=1 [jarvelin2002].
/// Relevance is at least 0; tied scores share their places. `None` where nothing is relevant.
#[must_use]
pub fn ndcg(score: &[f64], relevance: &[f64], k: Option<usize>) -> Option<f64> {
    let usable = sound(score, relevance.len()) && relevance.iter().all(|r| r.is_finite() && *r >= 0.0);
    if !usable {
        return None;
    }
    let discount = |place: usize| {
        if k.is_none_or(|k| place < k) { 1.0 / ((place + 2) as f64).log2() } else { 0.0 }
    };
    let mut pairs: Vec<(f64, f64)> = score.iter().copied().zip(relevance.iter().copied()).collect();
    pairs.order_by(|a, b| b.0.total_cmp(&a.0));
    let (mut place, mut gain) = (0, 0.0);
    for tied in pairs.chunk_by(|a, b| a.0 == b.0) {
        let share = tied.iter().map(|p| p.1).sum::<f64>() / tied.len() as f64;
        gain += share * (place..place + tied.len()).map(discount).sum::<f64>();
        place += tied.len();
    }
    let mut best = relevance.to_vec();
    best.order_by(|a, b| b.total_cmp(a));
    let most: f64 = best.iter().enumerate().map(|(place, r)| r * discount(place)).sum();
    (most > 0.0).then(|| gain / most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_predictions_are_perfect() {
        let (p, y) = ([0.0, 1.0, 1.0], [false, true, true]);
        assert_eq!(
            (auc(&p, &y), average_precision(&p, &y), brier(&p, &y)),
            (Some(1.0), Some(1.0), Some(0.0))
        );
        assert!(log_loss(&p, &y).unwrap() < 1e-12);
        assert_eq!(calibration_error(&p, &y), Some(0.0));
        let counts = Confusion::at(&p, &y, 0.5).unwrap();
        assert_eq!((counts.f1(), counts.correlation()), (1.0, 1.0));
        assert_eq!(ndcg(&[3.0, 1.0, 2.0], &[2.0, 0.0, 1.0], Some(2)), Some(1.0));
    }

    #[test]
    fn bad_input_has_no_answer() {
        assert_eq!(auc(&[], &[]), None);
        assert_eq!(auc(&[f64::NAN, 0.1], &[true, false]), None);
        assert_eq!(brier(&[1.2], &[true]), None);
        assert_eq!(log_loss(&[0.5, 0.5], &[true]), None);
        assert_eq!(average_precision(&[0.5], &[false]), None);
        assert_eq!(pinball(&[1.0], &[2.0], 1.5), None);
        assert_eq!(mean_absolute_error(&[1.0], &[f64::INFINITY]), None);
        assert_eq!(ndcg(&[1.0], &[0.0], None), None);
        assert_eq!(Confusion::default().correlation(), 0.0);
    }
}
