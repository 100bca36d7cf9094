//! What the gated models of capacity share.

use twin_core::estimate::Contribution;

/// One reason, with the value now and the usual one where there are such.
pub(super) fn part(
    feature: &str,
    amount: f64,
    baseline: Option<f64>,
    now: Option<f64>,
    unit: &str,
) -> Contribution {
    Contribution { feature: feature.into(), amount, baseline, now, unit: unit.into() }
}

/// `1 / (1 + e^−x)`.
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// What something of this age still weighs, 0..=1; `None` where the age is no age.
pub(super) fn recency(age_days: f64, half_life_days: f64) -> Option<f64> {
    (age_days.is_finite() && age_days >= 0.0).then(|| (-age_days / half_life_days).exp2())
}

/// Effective number of weighted observations, `(Σw)² / Σw²`.
pub(super) fn effective(weights: &[f64]) -> f64 {
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    if squares > 0.0 { weights.iter().sum::<f64>().powi(2) / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_count_in_full_and_ages_must_be_ages() {
        assert_eq!((effective(&[0.5; 4]), effective(&[])), (4.0, 0.0));
        assert_eq!(
            (recency(10.0, 10.0), recency(-1.0, 10.0), recency(f64::NAN, 1.0)),
            (Some(0.5), None, None)
        );
        assert_eq!((logistic(0.0), logistic(-1e9)), (0.5, 0.0));
    }
}
