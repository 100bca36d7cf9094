//! What a row of nights says of a person: need, debt, chronotype. Gates above the formulas of [`debt`] and
//! [`timing`](super::timing).

use super::debt::{self, LEAST_DEBT_H, MEMORY_DAYS, NAP_SHARE, NEED_PRIOR_NIGHTS, need};
use super::timing::{self, ClockNight, MIN_FREE_NIGHTS, MIN_WORK_NIGHTS, enough, timing};
use crate::stats::{Z80, sd};
use twin_core::estimate::{Estimate, EstimateStatus};

/// Spread of need between adults, h [watson2015].
pub const NEED_PRIOR_SD_H: f64 = 0.6;
/// Debt above which a free night is catching up, and says nothing of need, h.
pub const UNCONSTRAINED_DEBT_H: f64 = 1.0;
/// Nights of the last seven that must be known.
pub const MIN_RECENT_NIGHTS: usize = 4;
/// Error of a device's time asleep, h. OWN: wrist actigraphy against polysomnography [dezambotti2019].
const NIGHT_SD_H: f64 = 0.5;
/// Nights from which an answer is no longer provisional.
const SETTLED_NIGHTS: usize = 14;

/// One night as habits see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HabitNight {
    /// Time asleep, h, 0..=24.
    pub tst_h: f64,
    /// Time napped that day, h.
    pub nap_h: f64,
    /// Nobody had to get up: a free day followed.
    pub free: bool,
}

/// Personal need of sleep and what the last days fell short of it, h. `nights`: one a day, oldest first, today
/// last; a night that is not known is absent, and lets debt fade.
///
/// Need learns from free nights on which little was owed, so that catching up is not taken for need.
///
/// ```
/// # use twin_models::health::sleep::habits::{HabitNight, need_and_debt};
/// let night = |tst_h| Some(HabitNight { tst_h, nap_h: 0.0, free: false });
/// let (need, debt) = need_and_debt(&[night(7.0); 7]);
/// assert_eq!(need.value, Some(8.0));
/// assert!((debt.value.unwrap() - 4.748).abs() < 0.001); // Σ e^(−k/7), k = 0..=6
/// ```
#[must_use]
pub fn need_and_debt(nights: &[Option<HabitNight>]) -> (Estimate, Estimate) {
    let absent = |gap: String| {
        Estimate::absent(debt::ID, debt::VERSION, "h", EstimateStatus::InsufficientData, vec![gap])
    };
    let usable = |n: &HabitNight| (0.0..=24.0).contains(&n.tst_h) && (0.0..=24.0).contains(&n.nap_h);
    let nights: Vec<Option<HabitNight>> = nights.iter().map(|n| n.filter(usable)).collect();
    let known = nights.iter().flatten().count();
    let (mut free, mut owed) = (Vec::new(), 0.0_f64);
    let fade = (-1.0 / MEMORY_DAYS).exp();
    for night in &nights {
        let need_h = need(&free).0;
        owed *= fade;
        let Some(night) = night else { continue };
        if night.free && owed < UNCONSTRAINED_DEBT_H {
            free.push(night.tst_h + night.nap_h);
        }
        owed = (owed + need_h - night.tst_h - NAP_SHARE * night.nap_h).max(LEAST_DEBT_H);
    }
    let (need_h, prior_share) = need(&free);
    let need_sd = NEED_PRIOR_SD_H * prior_share.sqrt();
    let mut need_said = ranged(absent(String::new()), need_h, need_sd, NEED_PRIOR_SD_H);
    (need_said.prior_share, need_said.n_effective) = (prior_share, free.len() as f64);
    need_said.status = if free.len() >= NEED_PRIOR_NIGHTS as usize {
        EstimateStatus::Ok
    } else {
        EstimateStatus::Provisional
    };
    need_said.gaps = match free.len() {
        n if n < NEED_PRIOR_NIGHTS as usize => vec![format!("{n} of 7 free nights without debt")],
        _ => Vec::new(),
    };
    let recent = nights.iter().rev().take(7).flatten().count();
    if recent < MIN_RECENT_NIGHTS {
        let gap = format!("{recent} of the last 7 nights are known, {MIN_RECENT_NIGHTS} needed");
        return (need_said, absent(gap));
    }
    let settled: Vec<_> =
        nights.iter().map(|n| n.map_or((None, 0.0), |n| (Some(n.tst_h), n.nap_h))).collect();
    let owed = debt::debt(&settled, need_h).last().map_or(0.0, |owed| owed.max(0.0));
    // Weights of the nights within the memory; an error of need counts in all of them alike.
    let weights =
        || nights.iter().rev().enumerate().filter(|(_, n)| n.is_some()).map(|(k, _)| fade.powi(k as i32));
    let missing: f64 =
        nights.iter().rev().enumerate().filter(|(_, n)| n.is_none()).map(|(k, _)| fade.powi(k as i32)).sum();
    let spread = sd(&nights.iter().flatten().map(|n| n.tst_h).collect::<Vec<_>>()).unwrap_or(1.0);
    let variance = (need_sd * weights().sum::<f64>()).powi(2)
        + NIGHT_SD_H.powi(2) * weights().map(|w| w * w).sum::<f64>()
        + (spread * missing).powi(2);
    // Nothing known: the debt of an adult whose need is off by the prior's spread every night.
    let reference = NEED_PRIOR_SD_H / (1.0 - fade);
    let mut debt_said = ranged(absent(String::new()), owed, variance.sqrt(), reference);
    debt_said.low = debt_said.low.map(|low| low.max(0.0));
    (debt_said.prior_share, debt_said.n_effective) = (prior_share, recent as f64);
    debt_said.coverage = recent as f64 / 7.0;
    debt_said.confidence *= debt_said.coverage;
    debt_said.status = if known < SETTLED_NIGHTS { EstimateStatus::Provisional } else { EstimateStatus::Ok };
    debt_said.gaps =
        if recent < 7 { vec![format!("{} of the last 7 nights", 7 - recent)] } else { Vec::new() };
    (need_said, debt_said)
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

    fn night(tst_h: f64, free: bool) -> Option<HabitNight> {
        Some(HabitNight { tst_h, nap_h: 0.0, free })
    }

    #[test]
    fn need_learns_from_free_nights_without_debt_only() {
        let rested = [night(9.0, true); 14];
        let (need, debt) = need_and_debt(&rested);
        assert!((need.value.unwrap() - 8.666).abs() < 0.01, "{need:?}");
        assert_eq!((need.status, debt.status), (EstimateStatus::Ok, EstimateStatus::Ok));
        // a long sleep after short nights is catching up
        let tired = [night(5.0, false), night(5.0, false), night(5.0, false), night(11.0, true)];
        assert_eq!(need_and_debt(&tired).0.value, Some(8.0));
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        let (need, debt) = need_and_debt(&[]);
        assert_eq!((need.value, need.confidence, need.status), (Some(8.0), 0.0, EstimateStatus::Provisional));
        assert_eq!((debt.value, debt.status), (None, EstimateStatus::InsufficientData));
        let gaps = [night(7.0, false), None, None, None, None, None, None, None];
        assert_eq!(need_and_debt(&gaps).1.value, None);
        let wild = [night(f64::NAN, false), night(99.0, true)];
        assert_eq!(need_and_debt(&wild).1.value, None);
        assert_eq!(chronotype(&[]).0.value, None);
        let wild = ClockNight { onset_h: f64::NAN, wake_h: f64::INFINITY, free: true };
        assert_eq!(chronotype(&[wild; 9]).1.value, None);
    }

    #[test]
    fn a_missing_night_widens_the_interval() {
        let whole = [night(7.0, false); 20];
        let mut holed = whole;
        holed[18] = None;
        let width = |e: &Estimate| e.high.unwrap() - e.value.unwrap();
        let (a, b) = (need_and_debt(&whole).1, need_and_debt(&holed).1);
        assert!(width(&b) > width(&a) * 0.99 && b.confidence < a.confidence);
        assert_eq!(b.gaps, ["1 of the last 7 nights"]);
    }
}
