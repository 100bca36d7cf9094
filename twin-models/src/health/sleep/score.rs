//! One number for a night, against the person's own nights and need.

use super::timing::circular_mean;
use crate::health::answer::{Answer, finite};
use crate::health::baseline::robust::{RobustOptions, robust_on};
use crate::health::line::ridge_weights;
use crate::health::recovery::index::{SCORE_SPREAD, own_normal_score};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "sleep_score";
/// Its version.
pub const VERSION: &str = "1";
/// Weights of duration, efficiency, regularity, continuity, and deep and REM sleep. OWN.
pub const WEIGHTS: [f64; 5] = [0.40, 0.20, 0.20, 0.10, 0.10];
/// The terms' names.
pub const TERMS: [&str; 5] =
    ["sleep against need", "efficiency", "regularity", "awakenings", "deep and REM sleep"];
/// Least spreads: h, share, h, awakenings, share. OWN but for the first.
pub const FLOORS: [f64; 5] = [1.0 / 6.0, 0.02, 0.25, 0.75, 0.03];
/// Spread of nights of a new person, h. OWN.
pub const NEW_SPREAD_H: f64 = 1.0;
/// Check-ins from which the weights are the person's own.
pub const MIN_CHECK_INS: usize = 21;
/// How many check-ins the first weights count for.
pub const SHRINKAGE: f64 = 30.0;
/// Nights before, whose circular mean a midpoint is held against.
pub const MIDPOINT_DAYS: usize = 14;
/// Midpoints that it needs. OWN.
pub const MIDPOINT_MIN: usize = 5;
/// A term counts at most this much. OWN.
pub const Z_LIMIT: f64 = 4.0;

/// One night; leave out what is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreNight {
    /// Time asleep, h.
    pub tst_h: Option<f64>,
    /// Time asleep over time in bed, 0..=1.
    pub efficiency: Option<f64>,
    /// Midpoint, local h of the clock, 0..24.
    pub midpoint_h: Option<f64>,
    /// Awakenings of 5 minutes and more.
    pub awakenings: Option<f64>,
    /// Share of sleep that was deep or REM, 0..=1; absent without stages.
    pub deep_rem_share: Option<f64>,
}

/// z of the terms of each night, higher is better, held to ±4. Nights before only; `None` where a night lacks
/// the value or the person 14 earlier ones. Duration is held against the need, in the person's spread of
/// nights, 1 h at first.
#[must_use]
pub fn terms(nights: &[ScoreNight], need_h: f64) -> Vec<[Option<f64>; 5]> {
    let within = |x: Option<f64>, low: f64, high: f64| finite(x).filter(|x| (low..=high).contains(x));
    let tst: Vec<Option<f64>> = nights.iter().map(|n| within(n.tst_h, 0.0, 20.0)).collect();
    let columns = [
        nights.iter().map(|n| within(n.efficiency, 0.0, 1.0)).collect(),
        deviations(nights).into_iter().map(|x| x.map(|x| -x)).collect(),
        nights.iter().map(|n| within(n.awakenings, 0.0, 60.0).map(|x| -x)).collect::<Vec<_>>(),
        nights.iter().map(|n| within(n.deep_rem_share, 0.0, 1.0)).collect(),
    ];
    let options = |floor: f64| RobustOptions { floor, ..RobustOptions::default() };
    let held = |z: f64| z.clamp(-Z_LIMIT, Z_LIMIT);
    (0..nights.len())
        .map(|today| {
            let mut out = [None; 5];
            let [first, rest @ ..] = &mut out;
            let [floor, floors @ ..] = FLOORS;
            let spread = robust_on(&tst, None, &options(floor), today).scale.unwrap_or(NEW_SPREAD_H);
            *first = tst.get(today).copied().flatten().map(|h| held((h - need_h) / spread));
            for ((slot, column), floor) in rest.iter_mut().zip(&columns).zip(floors) {
                *slot = robust_on(column, None, &options(floor), today).z.map(held);
            }
            out
        })
        .collect()
}

/// How far each midpoint is from the circular mean of the 14 nights before, h.
fn deviations(nights: &[ScoreNight]) -> Vec<Option<f64>> {
    let midpoints: Vec<Option<f64>> =
        nights.iter().map(|n| finite(n.midpoint_h).map(|h| h.rem_euclid(24.0))).collect();
    let of_night = |today: usize| {
        let before = midpoints.get(today.saturating_sub(MIDPOINT_DAYS)..today)?;
        let known: Vec<f64> = before.iter().copied().flatten().collect();
        let usual = circular_mean(&known, 24.0).filter(|_| known.len() >= MIDPOINT_MIN)?;
        let apart = (midpoints.get(today).copied().flatten()? - usual).rem_euclid(24.0);
        Some(apart.min(24.0 - apart))
    };
    (0..nights.len()).map(of_night).collect()
}

/// Weights of a person: ridge regression of the quality the person told (own z) on the terms, drawn to
/// [`WEIGHTS`] as if 30 check-ins said them; none below 0, their sum 1. `None` below 21 check-ins or where all
/// are alike.
///
/// `rows`: (terms of the night, quality told in the morning, higher is better); a missing term counts as usual.
#[must_use]
pub fn refit(rows: &[([Option<f64>; 5], f64)]) -> Option<[f64; 5]> {
    ridge_weights(rows, WEIGHTS, SHRINKAGE, MIN_CHECK_INS)
}

/// The score of the last night, 0..=100, 50 the person's own usual night with enough sleep.
///
/// `nights`: one slot a day, last night last; `need_h` from [`super::need`]; `qualities`: what the person told in
/// the mornings, as long as `nights`, may be all `None`. From 21 answers of earlier mornings on the weights are
/// the person's ([`refit`]). Needs the time asleep; provisional while no other term has a baseline. Its
/// contributions add up to score − 50.
///
/// ```
/// # use twin_models::health::sleep::score::{ScoreNight, sleep_score};
/// let nights = [ScoreNight { tst_h: Some(8.0), ..ScoreNight::default() }];
/// assert_eq!(sleep_score(&nights, 8.0, &[None]).value, Some(50.0));
/// assert_eq!(sleep_score(&[], 8.0, &[]).value, None);
/// ```
#[must_use]
pub fn sleep_score(nights: &[ScoreNight], need_h: f64, qualities: &[Option<f64>]) -> Estimate {
    let answer = Answer::index(ID, VERSION);
    if !(4.0..=12.0).contains(&need_h) {
        return answer.absent(EstimateStatus::OutOfRangeInput, "a need of sleep outside 4 to 12 h");
    }
    let all = terms(nights, need_h);
    let Some((last, before)) = all.split_last().filter(|(last, _)| last.first().is_some_and(Option::is_some))
    else {
        return answer.too_little("no time asleep for last night");
    };
    let told: Vec<([Option<f64>; 5], f64)> =
        before.iter().zip(qualities).filter_map(|(terms, quality)| Some((*terms, (*quality)?))).collect();
    let own = refit(&told);
    let weights = own.unwrap_or(WEIGHTS);
    let there: f64 = last.iter().zip(weights).filter(|(z, _)| z.is_some()).map(|(_, w)| w).sum();
    if there <= 0.0 {
        return answer.too_little("the terms known have no weight for this person");
    }
    let shares =
        || last.iter().zip(weights).zip(TERMS).filter_map(|((z, w), name)| Some(((*z)?, w / there, name)));
    let z: f64 = shares().map(|(z, share, _)| z * share).sum();
    let missing: f64 = last.iter().zip(weights).filter(|(z, _)| z.is_none()).map(|(_, w)| w * w).sum();
    // A device errs by about 0.4 of a usual spread in each term. OWN
    let error = (shares().map(|(_, share, _)| (0.4 * share).powi(2)).sum::<f64>() + missing).sqrt();
    let usual = weights.iter().map(|w| w * w).sum::<f64>().sqrt();
    let mut estimate = answer.given(z, error, usual);
    estimate.value = Some(own_normal_score(z));
    estimate.low = estimate.low.map(own_normal_score);
    estimate.high = estimate.high.map(own_normal_score);
    let stretch = if z.abs() > 1e-9 { (own_normal_score(z) - 50.0) / z } else { 50.0 / SCORE_SPREAD };
    estimate.contributions = shares()
        .map(|(z, share, name)| Contribution {
            feature: name.into(),
            amount: stretch * share * z,
            baseline: Some(0.0),
            now: Some(z),
            unit: "1".into(),
        })
        .collect();
    estimate.n_effective = before.iter().filter(|t| t.iter().any(Option::is_some)).count() as f64;
    estimate.coverage = there;
    estimate.confidence *= there;
    let heard = told.len() as f64;
    estimate.prior_share = if own.is_some() { SHRINKAGE / (SHRINKAGE + heard) } else { 1.0 };
    estimate.gaps =
        last.iter().zip(TERMS).filter(|(z, _)| z.is_none()).map(|(_, name)| format!("no {name}")).collect();
    if own.is_none() {
        estimate
            .gaps
            .push(format!("{heard} of {MIN_CHECK_INS} answers on sleep: weights of people in general"));
    }
    if last.iter().flatten().count() < 2 {
        estimate.status = EstimateStatus::Provisional;
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;
    use proptest::prelude::*;

    fn nights(seed: u64, n: usize) -> Vec<ScoreNight> {
        let mut draws = Draws::new(seed);
        (0..n)
            .map(|_| ScoreNight {
                tst_h: Some(7.5 + 0.7 * draws.normal()),
                efficiency: Some((0.9 + 0.03 * draws.normal()).clamp(0.0, 1.0)),
                midpoint_h: Some((3.0 + 0.5 * draws.normal()).rem_euclid(24.0)),
                awakenings: Some((2.0 + draws.normal()).round().max(0.0)),
                deep_rem_share: Some((0.45 + 0.05 * draws.normal()).clamp(0.0, 1.0)),
            })
            .collect()
    }

    #[test]
    fn a_bad_night_scores_low_and_says_why() {
        let mut history = nights(1, 40);
        let none = vec![None; 41];
        history.push(ScoreNight {
            tst_h: Some(4.5),
            efficiency: Some(0.75),
            midpoint_h: Some(23.5),
            awakenings: Some(6.0),
            deep_rem_share: Some(0.3),
        });
        let bad = sleep_score(&history, 7.5, &none);
        assert!(bad.value.unwrap() < 10.0 && bad.status == EstimateStatus::Ok);
        let sum: f64 = bad.contributions.iter().map(|c| c.amount).sum();
        assert!((sum - (bad.value.unwrap() - 50.0)).abs() < 1e-9 && bad.contributions.len() == 5);
        // midpoints around midnight are close together: 23.5 is 3.5 h before 3.0
        assert!(deviations(&history)[40].unwrap() > 3.0 && deviations(&history)[40].unwrap() < 4.0);
        history[40].deep_rem_share = None;
        let without = sleep_score(&history, 7.5, &none);
        assert!((without.coverage - 0.9).abs() < 1e-9 && without.gaps[0] == "no deep and REM sleep");
    }

    #[test]
    fn weights_follow_what_the_person_tells() {
        let history = nights(2, 120);
        let all = terms(&history, 7.5);
        let mut draws = Draws::new(9);
        let told: Vec<([Option<f64>; 5], f64)> = all
            .iter()
            .filter(|t| t[3].is_some())
            .map(|t| (*t, 3.0 + t[3].unwrap() + 0.3 * draws.normal()))
            .collect();
        let own = refit(&told).unwrap();
        assert!(own[3] > 0.5 && (own.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{own:?}");
        assert_eq!(refit(&told[..20]), None);
        let flat: Vec<_> = told.iter().map(|(t, _)| (*t, 3.0)).collect();
        assert_eq!(refit(&flat), None);
        let qualities: Vec<Option<f64>> = all.iter().map(|t| t[3].map(|z| 3.0 + z)).collect();
        let score = sleep_score(&history, 7.5, &qualities);
        assert!(score.prior_share < 0.4 && !score.gaps.iter().any(|g| g.contains("answers")));
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(nights in prop::collection::vec((prop::option::of(prop::num::f64::ANY), prop::option::of(0.0..1.0_f64), prop::option::of(prop::num::f64::ANY)), 0..40), need in prop::num::f64::ANY, quality in prop::option::of(prop::num::f64::ANY)) {
            let nights: Vec<ScoreNight> = nights
                .into_iter()
                .map(|(tst_h, efficiency, midpoint_h)| ScoreNight { tst_h, efficiency, midpoint_h, ..ScoreNight::default() })
                .collect();
            for need in [need, 8.0] {
                let score = sleep_score(&nights, need, &vec![quality; nights.len()]);
                prop_assert!(score.value.is_none_or(|s| (0.0..=100.0).contains(&s)));
                prop_assert!(score.value.is_some() || !score.gaps.is_empty());
            }
        }
    }
}
