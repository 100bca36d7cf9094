//! What a row of nights says of a person: need, debt, chronotype. Gates above the formulas of [`debt`] and
//! [`timing`](super::timing).

use super::debt::{self, MEMORY_DAYS};
use super::need::{NEED_SD_H, NeedNight, need_estimate};
use super::timing::{self, ClockNight, MIN_FREE_NIGHTS, MIN_WORK_NIGHTS, enough, timing};
use crate::health::answer::{Answer, finite};
use crate::stats::{Z80, sd};
use twin_core::estimate::{Estimate, EstimateStatus};

/// Nights of the last seven that must be known.
pub const MIN_RECENT_NIGHTS: usize = 4;
/// Error of a device's time asleep, h. OWN: wrist actigraphy against polysomnography [dezambotti2019].
const NIGHT_SD_H: f64 = 0.5;
/// Nights from which an answer is no longer provisional.
const SETTLED_NIGHTS: usize = 14;

/// Personal need of sleep and what the last days fell short of it, h. `nights`: one a day, oldest first, today
/// last; a night that is not known lets debt fade, and widens the interval.
///
/// ```
/// # use twin_models::health::sleep::{habits::need_and_debt, need::NeedNight};
/// let night = NeedNight { tst_h: Some(7.0), ..NeedNight::default() };
/// let (need, debt) = need_and_debt(&[night; 7]);
/// assert_eq!(need.value, Some(8.0));
/// assert!((debt.value.unwrap() - 4.748).abs() < 0.001); // Σ e^(−k/7), k = 0..=6
/// ```
#[must_use]
pub fn need_and_debt(nights: &[NeedNight]) -> (Estimate, Estimate) {
    let answer = Answer::quantity(debt::ID, debt::VERSION, "h");
    let need = need_estimate(nights);
    let usable = |n: &NeedNight| finite(n.tst_h).filter(|h| (0.0..=24.0).contains(h));
    let days: Vec<(Option<f64>, f64)> =
        nights.iter().map(|n| (usable(n), n.naps_h.clamp(0.0, 6.0))).collect();
    let recent = days.iter().rev().take(7).filter(|d| d.0.is_some()).count();
    let Some(need_h) = need.value.filter(|_| recent >= MIN_RECENT_NIGHTS) else {
        let gap = format!("{recent} of the last 7 nights are known, {MIN_RECENT_NIGHTS} needed");
        return (need, answer.too_little(gap));
    };
    let owed = debt::debt(&days, need_h).last().map_or(0.0, |owed| owed.max(0.0));
    // What the nights within the memory weigh; an error of need counts in all of them alike, known or not.
    let fade = (-1.0 / MEMORY_DAYS).exp();
    let (mut known, mut squares, mut missing, mut weight) = (0.0, 0.0, 0.0, 1.0);
    for (tst, _) in days.iter().rev() {
        if tst.is_some() {
            known += weight;
            squares += weight * weight;
        } else {
            missing += weight;
        }
        weight *= fade;
    }
    let need_sd = need.high.map_or(NEED_SD_H, |high| (high - need_h) / Z80);
    let spread = sd(&days.iter().filter_map(|d| d.0).collect::<Vec<_>>()).unwrap_or(1.0);
    let variance =
        (need_sd * (known + missing)).powi(2) + NIGHT_SD_H.powi(2) * squares + (spread * missing).powi(2);
    // Nothing known: the debt of an adult whose need is off by the prior's spread every night.
    let mut debt = answer.given(owed, variance.sqrt(), NEED_SD_H / (1.0 - fade));
    debt.low = debt.low.map(|low| low.max(0.0));
    (debt.prior_share, debt.n_effective) = (need.prior_share, recent as f64);
    debt.coverage = recent as f64 / 7.0;
    debt.confidence *= debt.coverage;
    let settled = days.iter().filter(|d| d.0.is_some()).count() >= SETTLED_NIGHTS;
    debt.status = if settled { EstimateStatus::Ok } else { EstimateStatus::Provisional };
    if recent < 7 {
        debt.gaps.push(format!("{} of the last 7 nights", 7 - recent));
    }
    (need, debt)
}

/// Chronotype (MSFsc, local clock hour) and social jetlag, h, of the nights given; absent below 3 nights before
/// work and 2 before free days.
///
/// ```
/// # use twin_models::health::sleep::{habits::chronotype, timing::ClockNight};
/// let work = ClockNight { onset_h: 0.0, wake_h: 6.0, free: false };
/// let free = ClockNight { onset_h: 1.0, wake_h: 9.8, free: true };
/// let (msf_sc, jetlag) = chronotype(&[work, work, work, free, free]);
/// assert!((msf_sc.value.unwrap() - 4.4).abs() < 1e-9 && (jetlag.value.unwrap() - 2.4).abs() < 1e-9);
/// ```
#[must_use]
pub fn chronotype(nights: &[ClockNight]) -> (Estimate, Estimate) {
    let absent = |gap: String| {
        Estimate::absent(timing::ID, timing::VERSION, "h", EstimateStatus::InsufficientData, vec![gap])
    };
    let usable: Vec<ClockNight> = nights
        .iter()
        .filter(|n| n.wake_h > n.onset_h && n.wake_h - n.onset_h < 24.0 && n.onset_h.is_finite())
        .copied()
        .collect();
    let free = usable.iter().filter(|n| n.free).count();
    let Some(said) = timing(&usable).filter(|_| enough(&usable)) else {
        let gap = format!(
            "{} of {MIN_WORK_NIGHTS} nights before work, {free} of {MIN_FREE_NIGHTS} before free days",
            usable.len() - free
        );
        return (absent(gap.clone()), absent(gap));
    };
    let error = |free: bool| {
        let middles: Vec<f64> =
            usable.iter().filter(|n| n.free == free).map(|n| f64::midpoint(n.onset_h, n.wake_h)).collect();
        sd(&middles).unwrap_or(1.0).max(0.25) / (middles.len() as f64).sqrt()
    };
    let fill = |value: f64, error: f64| {
        // Chronotypes of adults spread by about 1.5 h [roenneberg2007].
        let mut e = ranged(absent(String::new()), value, error, 1.5);
        (e.gaps, e.coverage, e.n_effective) = (Vec::new(), 1.0, usable.len() as f64);
        e.status =
            if usable.len() < SETTLED_NIGHTS { EstimateStatus::Provisional } else { EstimateStatus::Ok };
        e
    };
    let mut jetlag = fill(said.social_jetlag_h, error(true).hypot(error(false)));
    jetlag.low = jetlag.low.map(|low| low.max(0.0));
    (fill(said.msf_sc_h.rem_euclid(24.0), error(true)), jetlag)
}

/// A value with its interval and the confidence that its error leaves.
fn ranged(mut e: Estimate, value: f64, sd: f64, reference: f64) -> Estimate {
    (e.value, e.low, e.high) = (Some(value), Some(value - Z80 * sd), Some(value + Z80 * sd));
    e.confidence = (1.0 - sd / reference).clamp(0.0, 1.0);
    e.coverage = 1.0;
    e.gaps.clear();
    e
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(tst_h: f64, free: bool) -> NeedNight {
        NeedNight { tst_h: Some(tst_h), free, ..NeedNight::default() }
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        assert_eq!(need_and_debt(&[]).1.status, EstimateStatus::InsufficientData);
        let mut gaps = [NeedNight::default(); 8];
        gaps[0] = night(7.0, false);
        assert_eq!(need_and_debt(&gaps).1.gaps, ["0 of the last 7 nights are known, 4 needed"]);
        let wild = [night(f64::NAN, false), night(99.0, true)];
        assert_eq!(need_and_debt(&wild).1.value, None);
        assert_eq!(chronotype(&[]).0.value, None);
        let wild = ClockNight { onset_h: f64::NAN, wake_h: f64::INFINITY, free: true };
        assert_eq!(chronotype(&[wild; 9]).1.value, None);
    }

    #[test]
    fn a_missing_night_is_told() {
        let whole: Vec<NeedNight> = (0..20).map(|i| night(6.5 + f64::from(i % 3), false)).collect();
        let mut holed = whole.clone();
        holed[18] = NeedNight::default();
        let (a, b) = (need_and_debt(&whole).1, need_and_debt(&holed).1);
        assert!(b.confidence <= a.confidence && b.coverage < a.coverage);
        assert_eq!(b.gaps, ["1 of the last 7 nights"]);
        assert_eq!((a.status, a.coverage), (EstimateStatus::Ok, 1.0));
    }
}
