//! How much sleep this person needs, from nights that nothing cut short.

use super::debt::{ID, LEAST_DEBT_H, MEMORY_DAYS, NAP_SHARE, NEED_PRIOR_H, NEED_PRIOR_NIGHTS, VERSION};
use crate::health::answer::{Answer, finite};
use crate::stats::{mean, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Spread of people around the prior, h [watson2015].
pub const NEED_SD_H: f64 = 0.6;
/// Debt from which a long night pays back, h.
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

/// Share of the debt by which a free night is longer. OWN: an assumption that is not fitted to real nights; the
/// simulated people of the test kit pay back the same share.
pub const PAYBACK_SHARE: f64 = 0.25;
/// Most that a free night is longer by, h. OWN.
pub const MOST_PAYBACK_H: f64 = 1.0;
/// What a night that pays back counts for, against one that does not. OWN.
pub const PAYBACK_WEIGHT: f64 = 0.5;

/// Free, usual nights: (time asleep, debt before it), h, debt being counted against `need_h`.
///
/// ```
/// # use twin_models::health::sleep::need::{NeedNight, free_nights};
/// let work = NeedNight { tst_h: Some(6.0), ..NeedNight::default() };
/// let free = NeedNight { tst_h: Some(8.5), free: true, ..NeedNight::default() };
/// assert_eq!(free_nights(&[work, free], 8.0), [(8.5, 2.0)]);
/// ```
#[must_use]
pub fn free_nights(nights: &[NeedNight], need_h: f64) -> Vec<(f64, f64)> {
    let fade = (-1.0 / MEMORY_DAYS).exp();
    let (mut owed, mut told) = (0.0_f64, Vec::new());
    for night in nights {
        let Some(tst) = asleep(night) else {
            owed *= fade;
            continue;
        };
        if night.free && !night.unusual {
            told.push((tst, owed.max(0.0)));
        }
        let naps = if night.naps_h.is_finite() { night.naps_h.clamp(0.0, 6.0) } else { 0.0 };
        owed = (owed * fade + need_h - tst - NAP_SHARE * naps).max(LEAST_DEBT_H);
    }
    told
}

fn asleep(night: &NeedNight) -> Option<f64> {
    finite(night.tst_h).filter(|h| (TST_H.0..=TST_H.1).contains(h))
}

/// The need that free nights say, each less what it pays back of the debt that this same need leaves: the only
/// one, as a higher need means more debt.
fn consistent_need(nights: &[NeedNight]) -> Option<f64> {
    let said = |need: f64| {
        let less = |(tst, owed): (f64, f64)| tst - (PAYBACK_SHARE * owed).min(MOST_PAYBACK_H);
        mean(&free_nights(nights, need).into_iter().map(less).collect::<Vec<_>>())
    };
    let (mut low, mut high) = TST_H;
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if said(middle)? > middle { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

/// The person's need of sleep, h: the prior of 8 h, which counts for 7 nights, with the person's free nights.
///
/// A free night begun with less than 1 h of debt tells the need as it is. With fewer than 7 of them the others
/// join, less what they pay back and counting half; provisional then, and without any the prior itself with its
/// spread of 0.6 h between people. Absent without a night at all.
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
    let known = nights.iter().filter_map(asleep).count();
    if known == 0 {
        return answer.too_little("no night with a time asleep of 2 to 14 h");
    }
    let told = free_nights(nights, consistent_need(nights).unwrap_or(NEED_PRIOR_H));
    let (clean, paying): (Vec<_>, Vec<_>) = told.into_iter().partition(|(_, owed)| *owed < MOST_DEBT_H);
    let mut values: Vec<f64> = clean.iter().map(|n| n.0).collect();
    let (mut sum, mut weight) = (values.iter().sum::<f64>(), values.len() as f64);
    let enough = clean.len() >= SETTLED_NIGHTS;
    if !enough {
        let less = |(tst, owed): &(f64, f64)| tst - (PAYBACK_SHARE * owed).min(MOST_PAYBACK_H);
        let paid: Vec<f64> = paying.iter().map(less).collect();
        sum += PAYBACK_WEIGHT * paid.iter().sum::<f64>();
        weight += PAYBACK_WEIGHT * paid.len() as f64;
        values.extend(paid);
    }
    let total = NEED_PRIOR_NIGHTS + weight;
    let value = (NEED_PRIOR_NIGHTS * NEED_PRIOR_H + sum) / total;
    let prior_share = NEED_PRIOR_NIGHTS / total;
    // Of the prior its share is wrong by as much as people differ, of the nights theirs by as much as nights do:
    // until two are known as the prior holds, that counts for 7.
    let nights_sd = sd(&values).unwrap_or(NEED_SD_H * NEED_PRIOR_NIGHTS.sqrt());
    let own_error = (1.0 - prior_share) * nights_sd / weight.max(1.0).sqrt();
    let mut estimate = answer.given(value, own_error.hypot(prior_share * NEED_SD_H), NEED_SD_H);
    estimate.prior_share = prior_share;
    estimate.n_effective = weight;
    estimate.coverage = known as f64 / nights.len() as f64;
    if weight > 0.0 {
        estimate.contributions.push(Contribution {
            feature: "sleep on free nights".into(),
            amount: value - NEED_PRIOR_H,
            baseline: Some(NEED_PRIOR_H),
            now: Some(sum / weight),
            unit: "h".into(),
        });
    }
    if !enough {
        estimate.status = EstimateStatus::Provisional;
        let n = clean.len();
        estimate.gaps.push(format!("{n} of {SETTLED_NIGHTS} free nights without debt"));
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
        assert!((7.6..8.1).contains(&need.value.unwrap()), "{need:?}"); // 8.5 and 8.8 h pay back
        assert_eq!(need.status, EstimateStatus::Provisional);
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
        assert!(free_nights(&[ill; 5], 8.0).is_empty());
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
