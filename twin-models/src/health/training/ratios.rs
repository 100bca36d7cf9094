//! Acute to chronic load, monotony and strain: descriptions of the last weeks, never a probability of injury.

use super::fitness_fatigue::{FilledDay, filled};
use crate::health::answer::{Answer, middle80};
use crate::stats::{Draws, mean, sd};
use std::cell::OnceCell;
use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "load_ratios";
/// Its version.
pub const VERSION: &str = "1";
/// Days of acute load.
pub const ACUTE: usize = 7;
/// Days of chronic load.
pub const CHRONIC: usize = 28;
/// Known days among the acute ones. OWN.
pub const ACUTE_MIN: usize = 5;
/// Known days among the chronic ones. OWN.
pub const CHRONIC_MIN: usize = 21;
/// Draws of the intervals.
const DRAWS: usize = 200;

/// Acute to chronic load on the last day, the acute week being part of the chronic four: mean of 7 days over
/// mean of 28. `None` below 28 days or over nothing.
///
/// ```
/// # use twin_models::health::training::ratios::acwr_coupled;
/// let mut load = vec![50.0; 21];
/// load.extend([100.0; 7]);
/// assert_eq!(acwr_coupled(&load), Some(1.6)); // 100 / 62.5
/// ```
#[must_use]
pub fn acwr_coupled(load: &[f64]) -> Option<f64> {
    over(mean(last(load, 0, ACUTE)?)?, mean(last(load, 0, CHRONIC)?)?)
}

/// Acute to chronic load on the last day, the chronic load being the 21 days before the acute week.
///
/// ```
/// # use twin_models::health::training::ratios::acwr_uncoupled;
/// let mut load = vec![50.0; 21];
/// load.extend([100.0; 7]);
/// assert_eq!(acwr_uncoupled(&load), Some(2.0));
/// ```
#[must_use]
pub fn acwr_uncoupled(load: &[f64]) -> Option<f64> {
    over(mean(last(load, 0, ACUTE)?)?, mean(last(load, ACUTE, CHRONIC - ACUTE)?)?)
}

/// Acute to chronic load by exponential means with λ = 2/(N+1), both from the first day [williams2017].
///
/// ```
/// # use twin_models::health::training::ratios::acwr_ewma;
/// assert_eq!(acwr_ewma(&[0.0, 112.8]), Some(3.625)); // (2/8) / (2/29)
/// ```
#[must_use]
pub fn acwr_ewma(load: &[f64]) -> Option<f64> {
    let level = |days: usize| {
        let lambda = 2.0 / (days as f64 + 1.0);
        load.iter().copied().reduce(|level, x| level + lambda * (x - level))
    };
    over(level(ACUTE)?, level(CHRONIC)?)
}

/// Monotony of the last 7 days: their mean over their standard deviation (n−1) [foster1998]. `None` below 7
/// days or when all are equal.
///
/// ```
/// # use twin_models::health::training::ratios::monotony;
/// assert_eq!(monotony(&[40.0; 7]), None);
/// let m = monotony(&[0.0, 100.0, 0.0, 100.0, 0.0, 100.0, 0.0]).unwrap();
/// assert!((m - (300.0 / 7.0) / 53.452248).abs() < 1e-6);
/// ```
#[must_use]
pub fn monotony(load: &[f64]) -> Option<f64> {
    let week = last(load, 0, ACUTE)?;
    let (mean, sd) = (mean(week)?, sd(week)?);
    if sd > 1e-9 * mean.abs() { over(mean, sd) } else { None }
}

/// Strain of the last 7 days: their sum times their monotony [foster1998].
#[must_use]
pub fn strain(load: &[f64]) -> Option<f64> {
    Some(last(load, 0, ACUTE)?.iter().sum::<f64>() * monotony(load)?)
}

/// `n` values that end `back` before the end.
fn last(load: &[f64], back: usize, n: usize) -> Option<&[f64]> {
    let end = load.len().checked_sub(back)?;
    load.get(end.checked_sub(n)?..end)
}

fn over(acute: f64, chronic: f64) -> Option<f64> {
    Some(acute / chronic).filter(|ratio| chronic > 0.0 && ratio.is_finite())
}

/// The descriptions of today, unit 1; strain in points.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadRatios {
    /// [`acwr_coupled`].
    pub coupled: Estimate,
    /// [`acwr_uncoupled`].
    pub uncoupled: Estimate,
    /// [`acwr_ewma`].
    pub ewma: Estimate,
    /// [`monotony`].
    pub monotony: Estimate,
    /// [`strain`].
    pub strain: Estimate,
}

/// Acute to chronic load in three ways, monotony and strain of today.
///
/// `load`: points a day, today last; `weekday_today`: 0..=6. Days of which nothing is known are filled in
/// with the usual of their weekday; at least 5 of 7 and 21 of 28 must be known. Intervals are seeded draws of
/// what the filled and the measured days may have been. Descriptive only: the acute to chronic ratio did not
/// tell who gets injured [impellizzeri2020], and its coupling makes correlations out of nothing [lolli2019].
///
/// ```
/// # use twin_models::health::training::ratios::load_ratios;
/// let today = load_ratios(&[Some(50.0); 28], 0);
/// assert_eq!(today.coupled.value, Some(1.0));
/// assert_eq!(today.monotony.value, None); // all days alike
/// ```
#[must_use]
pub fn load_ratios(load: &[Option<f64>], weekday_today: u8) -> LoadRatios {
    let days = filled(load, weekday_today);
    let loads: Vec<f64> = days.iter().map(|d| d.load).collect();
    // All rules see the same draws.
    let drawn = OnceCell::new();
    let answer = |rule: fn(&[f64]) -> Option<f64>, span: usize, why: &str| {
        let answer = Answer::quantity(ID, VERSION, "1");
        let need = if span == ACUTE { ACUTE_MIN } else { CHRONIC_MIN };
        let known = days.iter().rev().take(span).filter(|d| d.known).count();
        if loads.len() < span || known < need {
            return answer.too_little(format!("{known} of the last {span} days known, {need} needed"));
        }
        let Some(value) = rule(&loads) else { return answer.too_little(why) };
        let mut drawn: Vec<f64> =
            drawn.get_or_init(|| draws(&days)).iter().filter_map(|loads| rule(loads)).collect();
        let range = middle80(&mut drawn).unwrap_or((value, value));
        let mut estimate = answer.between(
            value,
            (range.0.min(value), range.1.max(value)),
            (1.0 - (range.1 - range.0) / value.abs().max(1e-9) / 2.0).max(0.0) * known as f64 / span as f64,
        );
        estimate.coverage = known as f64 / span as f64;
        estimate.n_effective = known as f64;
        if known < span && estimate.value.is_some() {
            estimate.status = EstimateStatus::Provisional;
            estimate.gaps.push(format!("{} days filled in with the usual of their weekday", span - known));
        }
        estimate
    };
    LoadRatios {
        coupled: answer(acwr_coupled, CHRONIC, "no load in 28 days"),
        uncoupled: answer(acwr_uncoupled, CHRONIC, "no load in the 21 days before the last week"),
        ewma: answer(acwr_ewma, CHRONIC, "no load at all"),
        monotony: answer(monotony, ACUTE, "all seven days alike"),
        strain: answer(strain, ACUTE, "all seven days alike"),
    }
}

/// Loads as they may have been.
fn draws(days: &[FilledDay]) -> Vec<Vec<f64>> {
    let mut random = Draws::new(0x1a7e);
    let mut one = || days.iter().map(|d| (d.load + d.sd * random.normal()).max(0.0)).collect();
    (0..DRAWS).map(|_| one()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weeks(n: usize) -> Vec<Option<f64>> {
        [0.0, 80.0, 30.0, 90.0, 0.0, 120.0, 60.0].repeat(n).into_iter().map(Some).collect()
    }

    #[test]
    fn steady_weeks_have_a_ratio_of_one() {
        let today = load_ratios(&weeks(5), 6);
        for e in [&today.coupled, &today.uncoupled] {
            assert!((e.value.unwrap() - 1.0).abs() < 1e-9);
            assert!(e.low.unwrap() < 1.0 && e.high.unwrap() > 1.0);
        }
        assert_eq!(today.coupled.status, EstimateStatus::Ok);
        let strain = 380.0 * today.monotony.value.unwrap();
        assert!((today.strain.value.unwrap() - strain).abs() < 1e-9);
    }

    #[test]
    fn holes_widen_until_nothing_is_said() {
        let mut load = weeks(5);
        load[30] = None;
        let hole = load_ratios(&load, 6);
        assert_eq!(hole.monotony.status, EstimateStatus::Provisional);
        load[31] = None;
        load[32] = None;
        assert_eq!(load_ratios(&load, 6).monotony.value, None);
        assert!(load_ratios(&load, 6).coupled.value.is_some());
        assert_eq!(load_ratios(&[Some(0.0); 40], 0).coupled.gaps, ["no load in 28 days"]);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(load in prop::collection::vec(prop::option::of(prop::num::f64::ANY), 0..60)) {
            let today = load_ratios(&load, 2);
            for e in [&today.coupled, &today.uncoupled, &today.ewma, &today.monotony, &today.strain] {
                prop_assert!(e.value.is_none_or(f64::is_finite));
                prop_assert!(e.value.is_some() || !e.gaps.is_empty());
            }
        }
    }
}
