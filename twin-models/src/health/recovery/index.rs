//! How recovered a person is this morning, against the person's own normal.

use crate::health::answer::{Answer, finite};
use crate::health::line::ridge_weights;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "recovery_index";
/// Its version.
pub const VERSION: &str = "1";
/// Weights of ln RMSSD, resting heart rate, sleep against need, and respiration or temperature. OWN: signs from
/// [plews2012] and [buchheit2014], sizes are priors.
pub const WEIGHTS: [f64; 4] = [0.40, -0.25, 0.25, -0.10];
/// Terms that must be there.
pub const MIN_TERMS: usize = 2;
/// The spread of z over which a score runs from 50 to 88.
pub const SCORE_SPREAD: f64 = 1.5;
/// A term counts at most this much. OWN: one odd reading must not decide alone.
pub const Z_LIMIT: f64 = 4.0;
/// Error of a term, in usual spreads. OWN: what a wearable adds from night to night.
pub const TERM_ERROR: f64 = 0.4;
/// Answers from which the weights are the person's own. OWN: as for the sleep score.
pub const MIN_CHECK_INS: usize = 21;
/// How many answers the first weights count for. OWN: as for the sleep score.
pub const SHRINKAGE: f64 = 30.0;
/// Hours after which what the readings say counts half.
pub const HALF_LIFE_H: f64 = 24.0;

/// A score 0..=100 on the own-normal scale: `50 + 50·tanh(z/1.5)`; 50 is the person's own normal.
///
/// ```
/// # use twin_models::health::recovery::index::own_normal_score;
/// assert_eq!(own_normal_score(0.0), 50.0);
/// assert!((own_normal_score(1.0) - 79.0).abs() < 0.2 && (own_normal_score(-2.0) - 6.5).abs() < 0.1);
/// ```
#[must_use]
pub fn own_normal_score(z: f64) -> f64 {
    50.0 + 50.0 * (z / SCORE_SPREAD).tanh()
}

/// The morning in z of the person's own baseline; leave out what is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RecoveryInput {
    /// ln RMSSD of the night.
    pub ln_rmssd_z: Option<f64>,
    /// Mean ln RMSSD of seven days.
    pub ln_rmssd_week_z: Option<f64>,
    /// Resting heart rate.
    pub resting_hr_z: Option<f64>,
    /// Time asleep less the need.
    pub sleep_z: Option<f64>,
    /// Rate of respiration.
    pub respiration_z: Option<f64>,
    /// Skin temperature; taken where respiration is not known.
    pub temperature_z: Option<f64>,
    /// Hours since waking.
    pub age_h: Option<f64>,
    /// The person's own weights from [`refit`] and the answers behind them; else [`WEIGHTS`].
    pub weights: Option<([f64; 4], usize)>,
}

/// How recovered a person is.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryIndex {
    /// The weighted mean z; higher is better. Its contributions add up to it.
    pub z: Estimate,
    /// The same as a score, 50 the person's own normal; its contributions add up to score − 50.
    pub score: Estimate,
}

/// The weighted mean of the terms given, weights of those missing handed to the others: (z, each term's share).
///
/// Terms and weights in the order of [`WEIGHTS`]. `None` below two terms.
///
/// ```
/// # use twin_models::health::recovery::index::{WEIGHTS, weighted_z};
/// let (z, shares) = weighted_z([Some(1.0), Some(-1.0), None, None], WEIGHTS).unwrap();
/// assert!((z - 1.0).abs() < 1e-12 && (shares[0].unwrap() - 0.40 / 0.65).abs() < 1e-12);
/// assert_eq!(weighted_z([Some(1.0), None, None, None], WEIGHTS), None);
/// ```
#[must_use]
pub fn weighted_z(terms: [Option<f64>; 4], weights: [f64; 4]) -> Option<(f64, [Option<f64>; 4])> {
    let there = terms.iter().flatten().count();
    let total: f64 = terms.iter().zip(weights).filter_map(|(z, w)| z.map(|_| w.abs())).sum();
    let mut shares = [None; 4];
    for ((share, z), weight) in shares.iter_mut().zip(terms).zip(weights) {
        *share = z.map(|z| weight / total * z);
    }
    (there >= MIN_TERMS && total > 0.0).then(|| (shares.iter().flatten().sum(), shares))
}

/// Weights of a person: ridge regression of what the person told in the mornings (readiness, more is better) on
/// the terms, drawn to [`WEIGHTS`] as if 30 answers said them. `None` below 21 answers or where all are alike.
#[must_use]
pub fn refit(mornings: &[([Option<f64>; 4], f64)]) -> Option<[f64; 4]> {
    ridge_weights(mornings, WEIGHTS, SHRINKAGE, MIN_CHECK_INS)
}

/// How recovered a person is this morning; absent below two terms, provisional where ln RMSSD is missing.
///
/// The interval holds the error of the terms given and what the missing ones might have said.
///
/// ```
/// # use twin_models::health::recovery::index::{RecoveryInput, recovery_index};
/// let usual = RecoveryInput { ln_rmssd_z: Some(0.0), resting_hr_z: Some(0.0), ..Default::default() };
/// assert_eq!(recovery_index(&usual).score.value, Some(50.0));
/// ```
#[must_use]
pub fn recovery_index(input: &RecoveryInput) -> RecoveryIndex {
    let held = |z: Option<f64>| finite(z).map(|z| z.clamp(-Z_LIMIT, Z_LIMIT));
    let hrv = match (held(input.ln_rmssd_z), held(input.ln_rmssd_week_z)) {
        (Some(night), Some(week)) => Some(f64::midpoint(night, week)),
        (night, week) => night.or(week),
    };
    let breath = held(input.respiration_z).map(|z| (z, "respiration"));
    let warmth = held(input.temperature_z).map(|z| (z, "skin temperature"));
    let last = breath.or(warmth);
    let terms = [hrv, held(input.resting_hr_z), held(input.sleep_z), last.map(|l| l.0)];
    let names = [
        "heart rate variability",
        "resting heart rate",
        "sleep against need",
        last.map_or("respiration", |l| l.1),
    ];
    let gaps: Vec<String> =
        terms.iter().zip(names).filter(|(z, _)| z.is_none()).map(|(_, name)| format!("no {name}")).collect();
    let answer = Answer::index(ID, VERSION);
    let own = input.weights.filter(|w| w.0.iter().all(|w| w.is_finite()));
    let weights = own.map_or(WEIGHTS, |w| w.0);
    let Some((z, shares)) = weighted_z(terms, weights) else {
        let mut none = answer.too_little(format!("{} of {MIN_TERMS} terms", 4 - gaps.len()));
        none.gaps.extend(gaps);
        return RecoveryIndex { z: none.clone(), score: none };
    };
    let squares = |known: bool| -> f64 {
        terms.iter().zip(weights).filter(|(z, _)| z.is_some() == known).map(|(_, w)| w * w).sum()
    };
    let total: f64 = terms.iter().zip(weights).filter(|(z, _)| z.is_some()).map(|(_, w)| w.abs()).sum();
    let error = (squares(true) * (TERM_ERROR / total).powi(2) + squares(false)).sqrt();
    let usual = (squares(true) + squares(false)).sqrt();
    let aged = finite(input.age_h).map_or(1.0, |age| 0.5_f64.powf(age.max(0.0) / HALF_LIFE_H));
    let mut z_estimate = answer.given(z, error, usual);
    z_estimate.coverage = total;
    z_estimate.confidence *= total * aged;
    z_estimate.n_effective = shares.iter().flatten().count() as f64;
    z_estimate.gaps = gaps;
    z_estimate.prior_share = own.map_or(1.0, |w| SHRINKAGE / (SHRINKAGE + w.1 as f64));
    if hrv.is_none() {
        z_estimate.status = EstimateStatus::Provisional;
    }
    let contribution = |(term, (share, name)): (&Option<f64>, (&Option<f64>, &str))| {
        Some(Contribution {
            feature: name.into(),
            amount: (*share)?,
            baseline: Some(0.0),
            now: *term,
            unit: "1".into(),
        })
    };
    z_estimate.contributions = terms.iter().zip(shares.iter().zip(names)).filter_map(contribution).collect();
    let mut score = z_estimate.clone();
    score.value = Some(own_normal_score(z));
    score.low = z_estimate.low.map(own_normal_score);
    score.high = z_estimate.high.map(own_normal_score);
    // The same shares of the way from 50 as of z; at z = 0 the slope of the scale.
    let stretch = if z.abs() > 1e-9 { (own_normal_score(z) - 50.0) / z } else { 50.0 / SCORE_SPREAD };
    score.contributions.iter_mut().for_each(|c| c.amount *= stretch);
    RecoveryIndex { z: z_estimate, score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weights_of_what_is_missing_go_to_the_rest() {
        let two = RecoveryInput { resting_hr_z: Some(2.0), sleep_z: Some(-2.0), ..RecoveryInput::default() };
        let bad = recovery_index(&two);
        assert!((bad.z.value.unwrap() + 2.0).abs() < 1e-12);
        assert_eq!((bad.z.status, bad.z.coverage), (EstimateStatus::Provisional, 0.5));
        let all = RecoveryInput {
            ln_rmssd_z: Some(-3.0),
            ln_rmssd_week_z: Some(-1.0),
            respiration_z: Some(2.0),
            temperature_z: Some(9.0),
            ..two
        };
        let full = recovery_index(&all);
        assert!((full.z.value.unwrap() + 2.0).abs() < 1e-12);
        assert_eq!(full.z.status, EstimateStatus::Ok);
        let width = |e: &Estimate| e.high.unwrap() - e.low.unwrap();
        assert!(width(&full.z) < width(&bad.z));
        let late = recovery_index(&RecoveryInput { age_h: Some(24.0), ..all });
        assert!((late.z.confidence * 2.0 - full.z.confidence).abs() < 1e-12);
    }

    #[test]
    fn weights_follow_what_the_person_tells() {
        let mut draws = crate::stats::Draws::new(3);
        let mornings: Vec<([Option<f64>; 4], f64)> = (0..90)
            .map(|_| {
                let terms = [(); 4].map(|()| draws.normal());
                (terms.map(Some), 6.0 + terms[2] - 0.2 * terms[0] + 0.3 * draws.normal())
            })
            .collect();
        let own = refit(&mornings).unwrap();
        assert!(own[2] > 0.6 && own[0] < 0.1 && own[1] <= 0.0, "{own:?}");
        assert_eq!(refit(&mornings[..20]), None);
        let input = RecoveryInput { sleep_z: Some(1.0), resting_hr_z: Some(0.0), ..RecoveryInput::default() };
        let by_own = recovery_index(&RecoveryInput { weights: Some((own, 90)), ..input });
        assert!(by_own.z.value > recovery_index(&input).z.value && by_own.z.prior_share == 0.25);
        let none = RecoveryInput { weights: Some(([0.0; 4], 30)), ..input };
        assert_eq!(recovery_index(&none).score.value, None);
    }

    #[test]
    fn one_term_is_too_little() {
        let one =
            RecoveryInput { ln_rmssd_z: Some(1.0), sleep_z: Some(f64::NAN), ..RecoveryInput::default() };
        assert_eq!(recovery_index(&one).score.status, EstimateStatus::InsufficientData);
        assert_eq!(recovery_index(&RecoveryInput::default()).score.value, None);
    }

    proptest! {
        #[test]
        fn reasons_add_up(hrv in prop::option::of(-9.0..9.0_f64), rhr in prop::option::of(prop::num::f64::ANY), sleep in prop::option::of(-3.0..3.0_f64), temperature in prop::option::of(-3.0..3.0_f64)) {
            let input = RecoveryInput { ln_rmssd_week_z: hrv, resting_hr_z: rhr, sleep_z: sleep, temperature_z: temperature, ..RecoveryInput::default() };
            let index = recovery_index(&input);
            let sum = |e: &Estimate| e.contributions.iter().map(|c| c.amount).sum::<f64>();
            if let (Some(z), Some(score)) = (index.z.value, index.score.value) {
                prop_assert!((sum(&index.z) - z).abs() < 1e-9);
                prop_assert!((sum(&index.score) - (score - 50.0)).abs() < 1e-9);
                prop_assert!((0.0..=100.0).contains(&score));
                if let (Some(hrv), true) = (hrv, z.abs() < 3.0) {
                    let better = RecoveryInput { ln_rmssd_week_z: Some(hrv + 1.0), ..input };
                    prop_assert!(recovery_index(&better).z.value.unwrap() >= z);
                }
            } else {
                prop_assert!(!index.z.gaps.is_empty());
            }
        }
    }
}
