//! How much sleep this person needs, from nights that nothing cut short.

use super::debt::{ID, LEAST_DEBT_H, MEMORY_DAYS, NAP_SHARE, NEED_PRIOR_H, NEED_PRIOR_NIGHTS, VERSION};
use crate::health::answer::{Answer, finite};
use crate::stats::mean;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Spread of people around the prior, h [watson2015].
pub const NEED_SD_H: f64 = 0.6;
/// Debt from which a long night pays back and does not tell the need, h.
pub const MOST_DEBT_H: f64 = 1.0;
/// Times asleep that count as a night, h. OWN.
pub const TST_H: (f64, f64) = (2.0, 14.0);
/// Unconstrained nights below which it is provisional: as many as the prior counts for.
pub const SETTLED_NIGHTS: usize = 7;

/// One night, by the day of waking.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NeedNight {
    /// Time asleep, h.
    pub tst_h: Option<f64>,
    /// Napped that day, h.
    pub naps_h: f64,
    /// A free day follows, and no alarm was set.
    pub free: bool,
    /// Known to be unlike usual: illness, travel. Not used for the need.
    pub unusual: bool,
}

/// Rounds in which need and the debt that follows from it are brought together. OWN.
const ROUNDS: usize = 8;

/// The nights that tell the need, h: free, usual, and begun with less than 1 h of debt, debt being counted
/// against `need_h`.
///
/// ```
/// # use twin_models::health::sleep::need::{NeedNight, unconstrained};
/// let work = NeedNight { tst_h: Some(6.0), ..NeedNight::default() };
/// let free = NeedNight { tst_h: Some(8.5), free: true, ..NeedNight::default() };
/// assert_eq!(unconstrained(&[free, work, free], 8.0), [8.5]); // the last one pays back
/// ```
#[must_use]
pub fn unconstrained(nights: &[NeedNight], need_h: f64) -> Vec<f64> {
    let fade = (-1.0 / MEMORY_DAYS).exp();
    let (mut owed, mut told) = (0.0_f64, Vec::new());
    for night in nights {
        let Some(tst) = asleep(night) else {
            owed *= fade;
            continue;
        };
        if night.free && !night.unusual && owed < MOST_DEBT_H {
            told.push(tst);
        }
        let naps = if night.naps_h.is_finite() { night.naps_h.clamp(0.0, 6.0) } else { 0.0 };
        owed = (owed * fade + need_h - tst - NAP_SHARE * naps).max(LEAST_DEBT_H);
    }
    told
}

fn asleep(night: &NeedNight) -> Option<f64> {
    finite(night.tst_h).filter(|h| (TST_H.0..=TST_H.1).contains(h))
}

/// Need and debt hang on each other: against 8 h a person who needs less would owe for ever, and no night would
/// ever tell. So debt is first counted against what all free nights together say, then against those that remain.
fn told_nights(nights: &[NeedNight]) -> Vec<f64> {
    let free: Vec<f64> = nights.iter().filter(|n| n.free && !n.unusual).filter_map(asleep).collect();
    let mut told = free;
    for _ in 0..ROUNDS {
        let next = unconstrained(nights, mean(&told).unwrap_or(NEED_PRIOR_H));
        if next == told {
            break;
        }
        told = next;
    }
    told
}

/// The person's need of sleep, h: the prior of 8 h, which counts for 7 nights, with the unconstrained ones.
///
/// Provisional below 7 such nights; without any, the prior itself with its spread of 0.6 h between people.
/// Absent without a night at all.
///
/// ```
/// # use twin_models::health::sleep::need::{NeedNight, need_estimate};
/// let free = NeedNight { tst_h: Some(7.5), free: true, ..NeedNight::default() };
/// let need = need_estimate(&[free; 14]);
/// assert!((need.value.unwrap() - (7.0 * 8.0 + 14.0 * 7.5) / 21.0).abs() < 1e-9);
/// assert_eq!(need_estimate(&[]).value, None);
/// ```
#[must_use]
pub fn need_estimate(nights: &[NeedNight]) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "h");
    let known =
        nights.iter().filter(|n| finite(n.tst_h).is_some_and(|h| (TST_H.0..=TST_H.1).contains(&h))).count();
    if known == 0 {
        return answer.too_little("no night with a time asleep of 2 to 14 h");
    }
    let told = told_nights(nights);
    let (value, prior_share) = super::debt::need(&told);
    let n = told.len();
    // The prior counts for 7 nights because one night varies by √7 times as much as people differ.
    let error = NEED_SD_H * prior_share.sqrt();
    let mut estimate = answer.given(value, error, NEED_SD_H);
    estimate.prior_share = prior_share;
    estimate.n_effective = n as f64;
    estimate.coverage = known as f64 / nights.len() as f64;
    if let Some(own) = mean(&told) {
        estimate.contributions.push(Contribution {
            feature: "sleep on free nights".into(),
            amount: value - NEED_PRIOR_H,
            baseline: Some(NEED_PRIOR_H),
            now: Some(own),
            unit: "h".into(),
        });
    }
    if n < SETTLED_NIGHTS {
        estimate.status = EstimateStatus::Provisional;
        estimate.gaps.push(format!("{n} of {NEED_PRIOR_NIGHTS:.0} free nights without debt"));
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn week(need: f64, work: f64) -> [NeedNight; 7] {
        let night = |tst, free| NeedNight { tst_h: Some(tst), free, ..NeedNight::default() };
        [work, work, work, work, work, need + 0.3, need].map(|h| night(h, h >= need))
    }

    #[test]
    fn nights_that_pay_back_do_not_raise_the_need() {
        let short: Vec<NeedNight> = (0..8).flat_map(|_| week(8.5, 5.5)).collect();
        let need = need_estimate(&short);
        assert_eq!((need.value, need.status), (Some(8.0), EstimateStatus::Provisional));
        let enough: Vec<NeedNight> = (0..8).flat_map(|_| week(7.4, 7.3)).collect();
        let need = need_estimate(&enough);
        assert!((need.value.unwrap() - 7.6).abs() < 0.15, "{need:?}");
        assert!(need.high.unwrap() - need.low.unwrap() < 2.0 * NEED_SD_H * crate::stats::Z80);
        let moved: f64 = need.contributions.iter().map(|c| c.amount).sum();
        assert!((moved + NEED_PRIOR_H - need.value.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn illness_and_impossible_nights_are_left_out() {
        let ill = NeedNight { tst_h: Some(11.0), free: true, unusual: true, ..NeedNight::default() };
        assert!(told_nights(&[ill; 5]).is_empty());
        let never = NeedNight { tst_h: Some(25.0), free: true, ..NeedNight::default() };
        assert_eq!(need_estimate(&[never; 9]).status, EstimateStatus::InsufficientData);
    }

    proptest! {
        #[test]
        fn need_stays_human(nights in prop::collection::vec((prop::option::of(prop::num::f64::ANY), prop::num::f64::ANY, any::<bool>()), 0..40)) {
            let nights: Vec<NeedNight> = nights.into_iter().map(|(tst_h, naps_h, free)| NeedNight { tst_h, naps_h, free, unusual: false }).collect();
            let need = need_estimate(&nights);
            prop_assert!(need.value.is_none_or(|h| (2.0..=14.0).contains(&h)));
        }
    }
}
