//! Hours until a person is recovered if nothing more is done.

use crate::health::answer::{Answer, finite, middle80};
use crate::health::baseline::lnrmssd::SWC_SHARE;
use crate::health::training::fitness_fatigue::{FATIGUE_DAYS, FITNESS_DAYS};
use crate::stats::{Draws, median};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "recovery_time";
/// Its version.
pub const VERSION: &str = "1";
/// Half-life of a fall of ln RMSSD in people in general, h, and its spread. OWN.
pub const REBOUND_H: (f64, f64) = (36.0, 12.0);
/// Spread of one observed half-life around the person's own, h. OWN: three or four readings fix it badly.
pub const OBSERVED_SD_H: f64 = 18.0;
/// Shortest and longest half-life that is believed, h. OWN.
pub const REBOUND_RANGE_H: (f64, f64) = (8.0, 120.0);
/// A day counts as hard from this quantile of the person's loads on. OWN.
pub const HARD_QUANTILE: f64 = 0.8;
/// A fall counts from this z on. OWN.
pub const FALL_Z: f64 = -0.75;
/// Share of W′ that counts as recovered.
pub const W_RECOVERED: f64 = 0.95;
/// Longest answer, h.
pub const CAP_H: f64 = 168.0;
/// Error of one reading of ln RMSSD, in spreads of the baseline. OWN.
pub const READING_SD: f64 = 0.3;
const DRAWS: usize = 200;

/// The person's rebound half-life of ln RMSSD, h, and its spread: the prior updated by what was observed.
///
/// ```
/// # use twin_models::health::recovery::time::rebound;
/// assert_eq!(rebound(&[]), (36.0, 12.0));
/// let (mean, sd) = rebound(&[20.0; 20]);
/// assert!(mean < 23.0 && sd < 4.0);
/// ```
#[must_use]
pub fn rebound(observed_h: &[f64]) -> (f64, f64) {
    let usable = observed_h.iter().filter(|h| (REBOUND_RANGE_H.0..=REBOUND_RANGE_H.1).contains(*h));
    let (n, sum) = usable.fold((0.0, 0.0), |(n, sum), h| (n + 1.0, sum + h));
    let (prior, each) = (REBOUND_H.1.powi(-2), OBSERVED_SD_H.powi(-2));
    let weight = prior + n * each;
    ((prior * REBOUND_H.0 + each * sum) / weight, weight.powf(-0.5))
}

/// Half-lives of the falls of ln RMSSD after hard days, h.
///
/// `load`: points a day; `hrv_z`: z of the reading of the following morning, that is of the night that began
/// on that day. A fall below −0.75 after a hard day (80th percentile of the loads above 0) is followed for up
/// to four mornings without another hard day; the half-life is that of the line through ln(−z), a z above −0.1
/// counting as −0.1.
#[must_use]
pub fn past_rebounds(load: &[Option<f64>], hrv_z: &[Option<f64>]) -> Vec<f64> {
    let mut trained: Vec<f64> = load.iter().filter_map(|x| finite(*x)).filter(|x| *x > 0.0).collect();
    let Some(hard) = crate::stats::quantile(&mut trained, HARD_QUANTILE) else { return Vec::new() };
    let is_hard = |x: &Option<f64>| finite(*x).is_some_and(|x| x >= hard && x > 0.0);
    let of_day = |day: usize| {
        let mornings = hrv_z.get(day..)?.iter().take(4);
        let rest = load.get(day..)?.iter().enumerate().take_while(|(i, x)| *i == 0 || !is_hard(x)).count();
        let points: Vec<(f64, f64)> = mornings
            .take(rest)
            .enumerate()
            .filter_map(|(i, z)| Some((24.0 * i as f64, (-finite(*z)?).max(0.1).ln())))
            .collect();
        let fell = finite(*hrv_z.get(day)?).is_some_and(|z| z <= FALL_Z);
        let line = crate::health::line::Line::fit(&points).filter(|line| fell && line.slope < 0.0)?;
        Some((-std::f64::consts::LN_2 / line.slope).clamp(REBOUND_RANGE_H.0, REBOUND_RANGE_H.1))
    };
    let days = load.iter().enumerate().filter(|(_, x)| is_hard(x));
    days.filter_map(|(day, _)| of_day(day)).collect()
}

/// What is left of W′ and how it comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WPrimeNow {
    /// Share left, 0..=1.
    pub left: f64,
    /// Critical power, W.
    pub cp_w: f64,
    /// W′, J.
    pub w_prime_j: f64,
}

/// Where a person stands now; leave out what is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecoveryNow<'a> {
    /// Fitness and its error, points a day.
    pub fitness: Option<(f64, f64)>,
    /// Fatigue and its error, points a day.
    pub fatigue: Option<(f64, f64)>,
    /// What is left of W′.
    pub w_prime: Option<WPrimeNow>,
    /// ln RMSSD of the last mornings against the baseline of [`crate::health::baseline::lnrmssd`], in its
    /// standard deviations, this morning last; up to 7 are looked at.
    pub hrv_z: &'a [Option<f64>],
    /// Observed rebounds, h, from [`past_rebounds`].
    pub rebounds_h: &'a [f64],
}

/// One way things may stand.
#[derive(Clone, Copy)]
struct Course<'a> {
    form: Option<(f64, f64)>,
    hrv: &'a [Option<f64>],
    half_life_h: f64,
}

impl Course<'_> {
    /// Hours until fatigue is not above fitness any more.
    fn form_h(&self) -> Option<f64> {
        let (fitness, fatigue) = self.form?;
        if fatigue <= fitness {
            return Some(0.0);
        }
        let days = (fatigue / fitness.max(1e-9)).ln() / (1.0 / FATIGUE_DAYS - 1.0 / FITNESS_DAYS);
        Some((24.0 * days).min(CAP_H))
    }

    /// Hours until the mean of seven mornings is back above the smallest worthwhile fall.
    fn hrv_h(&self) -> Option<f64> {
        let mut mornings: Vec<Option<f64>> = self.hrv.iter().rev().take(7).rev().copied().collect();
        let now = mornings.iter().rev().flatten().next().copied()?;
        let week = |mornings: &[Option<f64>]| {
            let last: Vec<f64> = mornings.iter().rev().take(7).flatten().copied().collect();
            crate::stats::mean(&last)
        };
        let mut before = week(&mornings)?;
        if before >= -SWC_SHARE {
            return Some(0.0);
        }
        for day in 1..=7 {
            let hours = 24.0 * f64::from(day);
            mornings.push(Some(now * 0.5_f64.powf(hours / self.half_life_h)));
            let after = week(&mornings)?;
            if after >= -SWC_SHARE {
                return Some(hours - 24.0 * (after + SWC_SHARE) / (after - before).max(1e-9));
            }
            before = after;
        }
        Some(CAP_H)
    }
}

/// Hours until W′ is back to 95 % at rest.
fn w_prime_h(now: &WPrimeNow) -> Option<f64> {
    let possible = (0.0..=1.0).contains(&now.left) && now.cp_w > 0.0 && now.w_prime_j > 0.0;
    let missing = (1.0 - now.left) / (1.0 - W_RECOVERED);
    let hours = if missing > 1.0 { missing.ln() * now.w_prime_j / now.cp_w / 3600.0 } else { 0.0 };
    (possible && hours.is_finite()).then(|| hours.min(CAP_H))
}

/// Hours until, without any load, form is not below 0, W′ is back to 95 % (where known), and the seven-day mean
/// of ln RMSSD is not below its smallest worthwhile change; at most 7 days.
///
/// The value is the median of seeded draws of the half-life and of the errors of what is known now, the
/// interval their middle 80 %. Needs form or ln RMSSD; provisional without both, without own rebounds, or at
/// the cap. The contribution names what takes longest.
///
/// ```
/// # use twin_models::health::recovery::time::{RecoveryNow, recovery_time};
/// let now = RecoveryNow { fitness: Some((60.0, 0.0)), fatigue: Some((90.0, 0.0)), ..Default::default() };
/// let hours = 24.0 * 1.5_f64.ln() / (1.0 / 7.0 - 1.0 / 42.0);
/// assert!((recovery_time(&now).value.unwrap() - hours).abs() < 1e-9);
/// assert_eq!(recovery_time(&RecoveryNow::default()).value, None);
/// ```
#[must_use]
pub fn recovery_time(now: &RecoveryNow<'_>) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "h");
    let level = |x: Option<(f64, f64)>| {
        x.filter(|(value, sd)| value.is_finite() && *value >= 0.0 && sd.is_finite() && *sd >= 0.0)
    };
    let form = level(now.fitness).zip(level(now.fatigue));
    let hrv: Vec<Option<f64>> =
        now.hrv_z.iter().rev().take(7).rev().map(|z| finite(*z).map(|z| z.clamp(-6.0, 6.0))).collect();
    let has_hrv = hrv.iter().flatten().count() >= 3;
    let hrv: &[Option<f64>] = if has_hrv { &hrv } else { &[] };
    if form.is_none() && !has_hrv {
        return answer.too_little(
            "neither fitness and fatigue nor three readings of heart rate variability in 7 days",
        );
    }
    let w_prime_h = now.w_prime.as_ref().and_then(w_prime_h);
    let (half_life, half_life_sd) = rebound(now.rebounds_h);
    let mut random = Draws::new(0x5ec0);
    let mut drawn: Vec<f64> = Vec::with_capacity(DRAWS);
    let (mut form_h, mut hrv_h) = (Vec::with_capacity(DRAWS), Vec::with_capacity(DRAWS));
    for _ in 0..DRAWS {
        let half_life_h =
            (half_life + half_life_sd * random.normal()).clamp(REBOUND_RANGE_H.0, REBOUND_RANGE_H.1);
        let shift: Vec<Option<f64>> =
            hrv.iter().map(|z| z.map(|z| z + READING_SD * random.normal())).collect();
        let form = form.map(|((fitness, a), (fatigue, b))| {
            ((fitness + a * random.normal()).max(0.0), (fatigue + b * random.normal()).max(0.0))
        });
        let course = Course { form, hrv: &shift, half_life_h };
        let parts = [course.form_h(), w_prime_h, course.hrv_h()];
        form_h.extend(course.form_h());
        hrv_h.extend(course.hrv_h());
        drawn.push(parts.into_iter().flatten().fold(0.0, f64::max));
    }
    let value = median(&mut drawn.clone()).unwrap_or(CAP_H);
    let range = middle80(&mut drawn).unwrap_or((value, value));
    // Without knowledge of the day recovery takes somewhere between nothing and two days. OWN
    let mut estimate = answer.between(value, range, 1.0 - (range.1 - range.0) / (2.0 * 48.0));
    let parts = [
        ("fatigue above fitness", median(&mut form_h)),
        ("work capacity", w_prime_h),
        ("heart rate variability", median(&mut hrv_h)),
    ];
    let longest =
        parts.iter().filter_map(|(name, h)| Some((*name, (*h)?))).max_by(|a, b| a.1.total_cmp(&b.1));
    estimate.contributions.extend(longest.map(|(feature, hours)| Contribution {
        feature: feature.into(),
        amount: value,
        baseline: Some(0.0),
        now: Some(hours),
        unit: "h".into(),
    }));
    let own = now.rebounds_h.len() as f64;
    let prior = OBSERVED_SD_H.powi(2) / (OBSERVED_SD_H.powi(2) + own * REBOUND_H.1.powi(2));
    estimate.n_effective = own;
    estimate.prior_share = if has_hrv { prior } else { 0.0 };
    estimate.coverage = f64::midpoint(f64::from(u8::from(form.is_some())), f64::from(u8::from(has_hrv)));
    estimate.confidence *= estimate.coverage;
    let checks = [
        (form.is_none(), "no fitness and fatigue"),
        (!has_hrv, "no heart rate variability in the last mornings"),
        (has_hrv && own < 3.0, "rebound of people in general, few hard days of this person yet"),
        (value >= CAP_H, "not within 7 days"),
    ];
    estimate.gaps = checks.iter().filter(|c| c.0).map(|c| c.1.to_owned()).collect();
    if estimate.value.is_some() && !estimate.gaps.is_empty() {
        estimate.status = EstimateStatus::Provisional;
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_slowest_of_the_three_decides() {
        let low: Vec<Option<f64>> = vec![Some(-2.0); 7];
        let tired = RecoveryNow {
            fitness: Some((60.0, 2.0)),
            fatigue: Some((65.0, 2.0)),
            hrv_z: &low,
            w_prime: Some(WPrimeNow { left: 0.2, cp_w: 250.0, w_prime_j: 20_000.0 }),
            ..RecoveryNow::default()
        };
        let slow = recovery_time(&tired);
        assert!(slow.value.unwrap() > 72.0, "{slow:?}");
        assert_eq!(slow.contributions[0].feature, "heart rate variability");
        assert!(slow.low.unwrap() < slow.value.unwrap() && slow.value.unwrap() <= slow.high.unwrap());
        let quick = recovery_time(&RecoveryNow { rebounds_h: &[10.0; 30], ..tired });
        assert!(quick.value.unwrap() < slow.value.unwrap());
        let usual: Vec<Option<f64>> = vec![Some(0.1); 7];
        let fresh = RecoveryNow { fatigue: Some((30.0, 1.0)), hrv_z: &usual, w_prime: None, ..tired };
        assert_eq!(recovery_time(&fresh).value, Some(0.0));
        let minutes = w_prime_h(&WPrimeNow { left: 0.2, cp_w: 250.0, w_prime_j: 20_000.0 }).unwrap() * 60.0;
        assert!((minutes - 16.0_f64.ln() * 80.0 / 60.0).abs() < 1e-9);
    }

    #[test]
    fn a_rebound_is_seen_in_what_followed() {
        // the fall after a hard day halves each 24 h
        let mut load = vec![Some(20.0); 40];
        let mut z = vec![Some(0.2); 40];
        for day in [10, 20, 30] {
            load[day] = Some(150.0);
            for (i, z) in z[day..day + 4].iter_mut().enumerate() {
                *z = Some(-2.0 * 0.5_f64.powi(i as i32));
            }
        }
        // few loads are above 0 but the hard ones must be the highest fifth
        load.iter_mut().enumerate().filter(|(i, _)| i % 10 >= 4 || *i < 10).for_each(|(_, x)| *x = Some(0.0));
        for day in [10, 20, 30] {
            load[day] = Some(150.0);
        }
        let found = past_rebounds(&load, &z);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|h| (h - 24.0).abs() < 1e-6), "{found:?}");
        assert!(past_rebounds(&[], &[]).is_empty());
    }

    proptest! {
        #[test]
        fn hours_stay_in_range(fitness in prop::num::f64::ANY, fatigue in prop::num::f64::ANY, sd in 0.0..50.0_f64,
                               hrv in prop::collection::vec(prop::option::of(prop::num::f64::ANY), 0..9),
                               left in prop::num::f64::ANY) {
            let now = RecoveryNow {
                fitness: Some((fitness, sd)),
                fatigue: Some((fatigue, sd)),
                w_prime: Some(WPrimeNow { left, cp_w: 200.0, w_prime_j: 15_000.0 }),
                hrv_z: &hrv,
                rebounds_h: &[f64::NAN, -3.0],
            };
            let time = recovery_time(&now);
            prop_assert!(time.value.is_none_or(|h| (0.0..=CAP_H).contains(&h)));
            prop_assert!(time.value.is_some() || !time.gaps.is_empty());
        }
    }
}
