//! Logarithmic opinion pool: several probability distributions over the same words, by their worth.

/// Least probability; keeps one source from ruling a word out.
pub const LEAST: f64 = 1e-4;
/// Most that the weights may add up to; beyond it all are made smaller alike.
pub const MOST_WEIGHT: f64 = 2.0;

/// `p ∝ π · Π (p_k / π)^{w_k}`: the prior π moved by each opinion as far as its weight (0..=1) says.
///
/// Every opinion is as long as `prior`; probabilities are at least 0.0001, in the result before it is scaled to
/// sum 1. `None` where lengths differ, nothing is there, or a number is not finite or is negative.
///
/// ```
/// # use twin_models::emotion::opinion_pool::pool;
/// let prior = [0.5, 0.5];
/// assert_eq!(pool(&prior, &[(&[0.9, 0.1], 0.0)]), Some(vec![0.5, 0.5]));
/// let moved = pool(&prior, &[(&[0.9, 0.1], 1.0)]).unwrap();
/// assert!((moved[0] - 0.9).abs() < 1e-12);
/// ```
#[must_use]
pub fn pool(prior: &[f64], opinions: &[(&[f64], f64)]) -> Option<Vec<f64>> {
    let usable = |p: &[f64]| p.len() == prior.len() && p.iter().all(|x| x.is_finite() && *x >= 0.0);
    let weights: f64 = opinions.iter().map(|o| o.1).sum();
    let weighed = opinions.iter().all(|(p, w)| usable(p) && (0.0..=1.0).contains(w));
    if prior.is_empty() || !usable(prior) || !weighed {
        return None;
    }
    let scale = if weights > MOST_WEIGHT { MOST_WEIGHT / weights } else { 1.0 };
    let log = |p: f64| p.max(LEAST).ln();
    let mut sums: Vec<f64> = prior.iter().map(|p| log(*p)).collect();
    for (opinion, weight) in opinions {
        for ((sum, p), base) in sums.iter_mut().zip(*opinion).zip(prior) {
            *sum += weight * scale * (log(*p) - log(*base));
        }
    }
    Some(normal(&sums))
}

/// Probabilities from logarithms of weights.
pub(super) fn normal(logs: &[f64]) -> Vec<f64> {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|p| p / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_opinions_does_not_matter_and_weights_are_bounded() {
        let (a, b, c) = ([0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.0, 0.8]);
        let prior = [0.4, 0.3, 0.3];
        let one = pool(&prior, &[(&a, 1.0), (&b, 0.9), (&c, 0.8)]).unwrap();
        let other = pool(&prior, &[(&c, 0.8), (&a, 1.0), (&b, 0.9)]).unwrap();
        assert!(one.iter().zip(&other).all(|(x, y)| (x - y).abs() < 1e-12));
        let alike = pool(&prior, &[(&a[..], 1.0); 4]).unwrap();
        let twice = pool(&prior, &[(&a[..], 1.0); 2]).unwrap();
        assert!(alike.iter().zip(&twice).all(|(x, y)| (x - y).abs() < 1e-12));
        assert!((one.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_distribution_is_refused() {
        assert_eq!(pool(&[], &[]), None);
        assert_eq!(pool(&[0.5, 0.5], &[(&[1.0], 1.0)]), None);
        assert_eq!(pool(&[0.5, 0.5], &[(&[f64::NAN, 1.0], 1.0)]), None);
        assert_eq!(pool(&[0.5, 0.5], &[(&[0.5, 0.5], f64::NAN)]), None);
    }
}
