//! Fitness and fatigue as slow and fast means of load [banister1991], and form as their difference.

use crate::health::answer::Answer;
use crate::stats::{mean, median, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "training_form";
/// Its version.
pub const VERSION: &str = "1";
/// Time constant of fitness (CTL), days.
pub const FITNESS_DAYS: f64 = 42.0;
/// Time constant of fatigue (ATL), days.
pub const FATIGUE_DAYS: f64 = 7.0;
/// First days whose mean is the start.
pub const START_DAYS: usize = 28;
/// Known days below which nothing is said. OWN.
pub const MIN_DAYS: usize = 14;
/// Known days below which it is provisional: one time constant of fitness.
pub const SETTLED_DAYS: usize = 42;
/// Error of a measured day's load, as a share of it. OWN: heart rate and its limits err by about a tenth.
pub const LOAD_ERROR: f64 = 0.1;
/// Known days of one weekday that its median needs; else the median of all days. OWN.
pub const WEEKDAY_MIN: usize = 3;

/// Most points of a day; more is an error. OWN: 24 h at the limit are 14,400 by perceived exertion.
pub const MOST_LOAD: f64 = 20_000.0;

/// An exponential mean of load with gain `1 − e^{−1/τ}` for each day, from `start`.
///
/// ```
/// # use twin_models::health::training::fitness_fatigue::ewma;
/// let fatigue = ewma(&[100.0, 0.0], 7.0, 0.0);
/// assert!((fatigue[0] - 100.0 * (1.0 - (-1.0_f64 / 7.0).exp())).abs() < 1e-12);
/// assert!((fatigue[1] - fatigue[0] * (-1.0_f64 / 7.0).exp()).abs() < 1e-12);
/// ```
#[must_use]
pub fn ewma(load: &[f64], tau_days: f64, start: f64) -> Vec<f64> {
    let gain = 1.0 - (-1.0 / tau_days).exp();
    let mut level = start;
    let step = |load: &f64| {
        level += gain * (load - level);
        level
    };
    load.iter().map(step).collect()
}

/// Form (TSB): yesterday's fitness less yesterday's fatigue; `start` (their difference) on the first day.
#[must_use]
pub fn form(ctl: &[f64], atl: &[f64], start: f64) -> Vec<f64> {
    let yesterday = ctl.iter().zip(atl).map(|(c, a)| c - a);
    std::iter::once(start).chain(yesterday).take(ctl.len().min(atl.len())).collect()
}

/// A day's load, and how far it may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilledDay {
    /// Points.
    pub load: f64,
    /// Standard deviation of its error.
    pub sd: f64,
    /// Known, not filled in.
    pub known: bool,
}

/// Loads with the days of which nothing is known filled in: a missing day is not a day of rest.
///
/// Filled in is the person's median of that weekday (of all days below 3 known ones), with the spread of the
/// days it was taken from. `load`: points a day, what is not finite, below 0 or above 20,000 counts as not known;
/// `weekday_today`: 0..=6 of the last day. Empty when no day is known.
///
/// ```
/// # use twin_models::health::training::fitness_fatigue::filled;
/// let mut load = vec![Some(10.0); 21];
/// (1..21).step_by(7).for_each(|i| load[i] = Some(80.0)); // the second weekday
/// load.extend([Some(10.0), None]);
/// let day = filled(&load, 1)[22];
/// assert_eq!((day.load, day.known), (80.0, false));
/// ```
#[must_use]
pub fn filled(load: &[Option<f64>], weekday_today: u8) -> Vec<FilledDay> {
    let n = load.len();
    let possible = |x: Option<f64>| x.filter(|x| (0.0..=MOST_LOAD).contains(x));
    let weekday = |i: usize| (usize::from(weekday_today) + 7 * n + i + 1 - n) % 7;
    let known: Vec<(usize, f64)> =
        load.iter().enumerate().filter_map(|(i, x)| possible(*x).map(|x| (weekday(i), x))).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let all: Vec<f64> = known.iter().map(|d| d.1).collect();
    let typical: Vec<FilledDay> = (0..7)
        .map(|day| {
            let own: Vec<f64> = known.iter().filter(|d| d.0 == day).map(|d| d.1).collect();
            let from = if own.len() >= WEEKDAY_MIN { own } else { all.clone() };
            let spread = sd(&from).or_else(|| mean(&from)).unwrap_or(0.0);
            FilledDay { load: median(&mut from.clone()).unwrap_or(0.0), sd: spread, known: false }
        })
        .collect();
    let day = |(i, x): (usize, &Option<f64>)| match possible(*x) {
        Some(load) => Some(FilledDay { load, sd: LOAD_ERROR * load, known: true }),
        None => typical.get(weekday(i)).copied(),
    };
    load.iter().enumerate().filter_map(day).collect()
}

/// Fitness, fatigue and form of today, in points a day.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingForm {
    /// Fitness (CTL).
    pub fitness: Estimate,
    /// Fatigue (ATL).
    pub fatigue: Estimate,
    /// Form (TSB): fitness less fatigue as of yesterday.
    pub form: Estimate,
}

const ANSWER: Answer = Answer::quantity(ID, VERSION, "1");

/// Fitness, fatigue and form today.
///
/// `load`: points a day, today last; `weekday_today`: 0..=6. Starts at the mean of the first 28 days. Days of
/// which nothing is known are [`filled`] and widen the interval. Below 14 known days, or without a known one
/// among the last 7, absent; below 42 or with filled days among the last 7, provisional.
///
/// ```
/// # use twin_models::health::training::fitness_fatigue::training_form;
/// let today = training_form(&[Some(50.0); 60], 0);
/// assert!((today.fitness.value.unwrap() - 50.0).abs() < 1e-9);
/// assert!(today.form.value.unwrap().abs() < 1e-9);
/// ```
#[must_use]
pub fn training_form(load: &[Option<f64>], weekday_today: u8) -> TrainingForm {
    let all = |estimate: Estimate| TrainingForm {
        fitness: estimate.clone(),
        fatigue: estimate.clone(),
        form: estimate,
    };
    let days = filled(load, weekday_today);
    let known = days.iter().filter(|d| d.known).count();
    if known < MIN_DAYS {
        return all(ANSWER.too_little(format!("{known} of {MIN_DAYS} days of load")));
    }
    let recent = days.iter().rev().take(7).filter(|d| d.known).count();
    if recent == 0 {
        return all(ANSWER.absent(EstimateStatus::Stale, "no day of load known in the last week"));
    }
    let loads: Vec<f64> = days.iter().map(|d| d.load).collect();
    let first: Vec<f64> = loads.iter().copied().take(START_DAYS).collect();
    let start = mean(&first).unwrap_or(0.0);
    let before = loads.len().saturating_sub(1);
    let of = |tau: f64, back: usize| {
        let series = ewma(&loads, tau, start);
        series.len().checked_sub(back + 1).and_then(|i| series.get(i)).copied().unwrap_or(start)
    };
    let weights = Weights { days: &days, start_sd: start.max(sd(&first).unwrap_or(0.0)) / 2.0 };
    let spread = sd(&loads).unwrap_or(0.0);
    let one = |tau: f64, span: usize, gap: &str| {
        let (value, week_ago) = (of(tau, 0), of(tau, 7.min(before)));
        let error = weights.error(0, |age| gain(tau, age), (-(loads.len() as f64) / tau).exp());
        let mut estimate = ANSWER.given(value, error, spread);
        estimate.contributions.push(Contribution {
            feature: gap.into(),
            amount: value - week_ago,
            baseline: Some(week_ago),
            now: Some(value),
            unit: "1".into(),
        });
        settle(estimate, &days, known, span)
    };
    let fitness = one(FITNESS_DAYS, 42, "load of the last 7 days");
    let fatigue = one(FATIGUE_DAYS, 7, "load of the last 7 days");
    let (ctl, atl) = (of(FITNESS_DAYS, 1), of(FATIGUE_DAYS, 1));
    let n = before as f64;
    let left = (-n / FITNESS_DAYS).exp() - (-n / FATIGUE_DAYS).exp();
    let error = weights.error(1, |age| gain(FITNESS_DAYS, age) - gain(FATIGUE_DAYS, age), left);
    let mut form = ANSWER.given(ctl - atl, error, spread);
    for (feature, amount, now) in [("fitness", ctl, ctl), ("fatigue", -atl, atl)] {
        form.contributions.push(Contribution {
            feature: feature.into(),
            amount,
            baseline: Some(0.0),
            now: Some(now),
            unit: "1".into(),
        });
    }
    TrainingForm { fitness, fatigue, form: settle(form, &days, known, 42) }
}

/// The weight of a day `age` days ago in a mean.
fn gain(tau: f64, age: f64) -> f64 {
    (1.0 - (-1.0 / tau).exp()) * (-age / tau).exp()
}

struct Weights<'a> {
    days: &'a [FilledDay],
    start_sd: f64,
}

impl Weights<'_> {
    /// Error of a weighted sum of the days before the last `skip`, and of the start.
    fn error(&self, skip: usize, weight: impl Fn(f64) -> f64, start: f64) -> f64 {
        let aged = self.days.iter().rev().skip(skip).enumerate();
        let days: f64 = aged.map(|(age, day)| (weight(age as f64) * day.sd).powi(2)).sum();
        (days + (start * self.start_sd).powi(2)).sqrt()
    }
}

fn settle(mut estimate: Estimate, days: &[FilledDay], known: usize, span: usize) -> Estimate {
    let window = days.iter().rev().take(span);
    let there = window.clone().filter(|d| d.known).count();
    estimate.coverage = there as f64 / span as f64;
    estimate.confidence *= estimate.coverage;
    estimate.n_effective = there as f64;
    let missing = window.count() - there;
    if missing > 0 {
        estimate
            .gaps
            .push(format!("{missing} of the last {span} days filled in with the usual of their weekday"));
    }
    let holes = days.iter().rev().take(7).any(|d| !d.known);
    if estimate.value.is_some() && (known < SETTLED_DAYS || holes) {
        estimate.status = EstimateStatus::Provisional;
        if known < SETTLED_DAYS {
            estimate.gaps.push(format!("{known} of {SETTLED_DAYS} days of load"));
        }
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(e: &Estimate) -> f64 {
        e.contributions.iter().map(|c| c.amount).sum()
    }

    #[test]
    fn hard_days_lower_form_before_they_raise_it() {
        let mut load = vec![Some(40.0); 60];
        load.extend([Some(120.0); 7]);
        let hard = training_form(&load, 3);
        assert!(hard.form.value.unwrap() < -20.0);
        assert!((total(&hard.form) - hard.form.value.unwrap()).abs() < 1e-9);
        let fitness = hard.fitness.contributions[0].clone();
        assert!((fitness.amount + fitness.baseline.unwrap() - hard.fitness.value.unwrap()).abs() < 1e-9);
        load.extend([Some(0.0); 10]);
        assert!(training_form(&load, 6).form.value.unwrap() > 0.0);
    }

    #[test]
    fn a_missing_day_is_not_rest_and_widens() {
        let week = [0.0, 80.0, 30.0, 90.0, 0.0, 120.0, 60.0];
        let full: Vec<Option<f64>> = week.repeat(10).into_iter().map(Some).collect();
        let mut holed = full.clone();
        holed[68] = None;
        holed[66] = None;
        let (whole, hole) = (training_form(&full, 6), training_form(&holed, 6));
        assert!((whole.fatigue.value.unwrap() - hole.fatigue.value.unwrap()).abs() < 1e-9);
        // the same weekday of the other weeks is always the same here, so vary it
        let mut varied = full.clone();
        for (i, x) in varied.iter_mut().enumerate() {
            *x = x.map(|x| x * (1.0 + 0.3 * (i as f64).sin()));
        }
        let mut less = varied.clone();
        less[68] = None;
        let width = |e: &Estimate| e.high.unwrap() - e.low.unwrap();
        assert!(width(&training_form(&less, 6).fatigue) > width(&training_form(&varied, 6).fatigue));
        assert_eq!(training_form(&less, 6).fatigue.status, EstimateStatus::Provisional);
        let rest = {
            let mut r = varied;
            r[68] = Some(0.0);
            r
        };
        assert!(training_form(&rest, 6).fatigue.value < training_form(&less, 6).fatigue.value);
    }

    #[test]
    fn too_little_says_why() {
        assert_eq!(training_form(&[], 0).form.gaps, ["0 of 14 days of load"]);
        let mut old = vec![Some(50.0); 40];
        old.extend([None; 7]);
        assert_eq!(training_form(&old, 0).form.status, EstimateStatus::Stale);
        assert_eq!(training_form(&[Some(f64::NAN); 40], 0).form.value, None);
        assert_eq!(training_form(&[Some(50.0); 20], 0).form.status, EstimateStatus::Provisional);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(load in prop::collection::vec(prop::option::of(prop::num::f64::ANY), 0..90), day in 0_u8..=255) {
            let today = training_form(&load, day);
            for e in [&today.fitness, &today.fatigue, &today.form] {
                prop_assert!(e.value.is_none_or(f64::is_finite));
                prop_assert!(e.value.is_some() || !e.gaps.is_empty());
                prop_assert!((0.0..=1.0).contains(&e.confidence));
                if let (Some(low), Some(value), Some(high)) = (e.low, e.value, e.high) {
                    prop_assert!(low <= value && value <= high);
                }
            }
        }
    }
}
