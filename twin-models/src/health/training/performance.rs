//! Performance from load, for a person: own constants where there are enough performances.

use super::fitness_fatigue::filled;
use super::impulse_response::{
    Fit, ImpulseResponse, POPULATION_TAU, Performance, TAU1_DAYS, TAU2_DAYS, constants_with_prior,
    fit_with_prior, trace,
};
use crate::health::answer::Answer;
use crate::health::line::{Line, student80};
use crate::stats::{mean, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "impulse_response";
/// Its version.
pub const VERSION: &str = "1";
/// How many times larger the loss of a day is than its gain, at first, in people in general [morton1990].
pub const POPULATION_RATIO: f64 = 2.0;
/// Performances that personal constants need.
pub const MIN_PERFORMANCES: usize = 20;
/// Days over which they must be spread.
pub const MIN_SPAN_DAYS: usize = 60;
/// Performances that a prediction by the population's constants needs: one line through them. OWN.
pub const MIN_FOR_LEVEL: usize = 3;
/// Share of the performances, the newest, that the rest is asked to predict. OWN.
pub const HELD_OUT: f64 = 0.25;

/// Performances from here on are errors, in any unit. OWN.
pub const MOST_VALUE: f64 = 1e9;

/// What load says of performance.
#[derive(Clone, Debug, PartialEq)]
pub struct PerformanceModel {
    /// Performance on the day asked for, in the unit given; the interval is of a performance, not of its mean.
    pub performance: Estimate,
    /// Slow time constant, days.
    pub tau1: Estimate,
    /// Fast time constant, days.
    pub tau2: Estimate,
    /// Root mean squared error on the newest quarter of the performances of constants fitted to those before;
    /// absent with the population's constants.
    pub out_of_sample_rmse: Option<f64>,
    /// The same of the plain mean of those before.
    pub mean_rmse: Option<f64>,
    /// The constants used; absent without a level.
    pub constants: Option<ImpulseResponse>,
}

/// The person's constants and the performance `ahead_days` after today when the loads to come are 0.
///
/// `load`: points a day, today last (`None` is filled with the usual of the weekday); `weekday_today`: 0..=6;
/// `performances`: (index of the day, value); `unit`: of performance. From 20 performances over 60 days on the
/// constants are the person's own, τ drawn a little to the population's; before, τ and the ratio of k are the population's and only level and size
/// come from the person (3 performances), provisional. Provisional, too, where the own constants predict the
/// newest quarter no better than the mean.
#[must_use]
pub fn performance_model(
    load: &[Option<f64>],
    weekday_today: u8,
    performances: &[Performance],
    unit: &'static str,
    ahead_days: usize,
) -> PerformanceModel {
    let answer = |unit| Answer::quantity(ID, VERSION, unit);
    let absent = |status: EstimateStatus, why: &str| PerformanceModel {
        performance: answer(unit).absent(status, why),
        tau1: answer("d").absent(status, why),
        tau2: answer("d").absent(status, why),
        out_of_sample_rmse: None,
        mean_rmse: None,
        constants: None,
    };
    let days = filled(load, weekday_today);
    if days.is_empty() {
        return absent(EstimateStatus::InsufficientData, "no day of load known");
    }
    let known = days.iter().filter(|d| d.known).count() as f64 / days.len() as f64;
    let mut loads: Vec<f64> = days.iter().map(|d| d.load).collect();
    let usable = |p: &&Performance| p.0 < loads.len() && p.1.abs() < MOST_VALUE;
    let mut done: Vec<Performance> = performances.iter().filter(usable).copied().collect();
    done.order_by_key(|p| p.0);
    let span = done.last().zip(done.first()).map_or(0, |(last, first)| last.0 - first.0);
    let n = done.len();
    let own =
        if n >= MIN_PERFORMANCES && span >= MIN_SPAN_DAYS { fit_with_prior(&loads, &done) } else { None };
    let mut out = match &own {
        Some(fit) => personal(fit, &loads, &done, answer("d")),
        None => {
            let mut out = absent(EstimateStatus::Provisional, "");
            let why = format!("{n} of {MIN_PERFORMANCES} performances, over {span} of {MIN_SPAN_DAYS} days");
            for (e, tau, width) in
                [(&mut out.tau1, POPULATION_TAU.0, TAU1_DAYS), (&mut out.tau2, POPULATION_TAU.1, TAU2_DAYS)]
            {
                *e = answer("d").between(tau, width, 0.0);
                e.prior_share = 1.0;
                e.status = EstimateStatus::Provisional;
                e.gaps.push(why.clone());
            }
            out.performance = answer(unit).too_little(why);
            out.constants = level_of_population(&loads, &done);
            out
        }
    };
    let Some(constants) = out.constants else { return out };
    let (gap, today) = (out.performance.gaps.clone(), loads.len());
    loads.extend(std::iter::repeat_n(0.0, ahead_days.min(365) + 1));
    let at = (today + ahead_days.min(365)).saturating_sub(1);
    let (gain, loss) = (trace(&loads, constants.tau1_days), trace(&loads, constants.tau2_days));
    let of = |series: &[f64]| series.get(at).copied().unwrap_or(0.0);
    let (gain, loss) = (constants.k1 * of(&gain), constants.k2 * of(&loss));
    let fitted = constants.performance(&loads);
    let errors: Vec<f64> = done.iter().filter_map(|(day, p)| Some(p - fitted.get(*day)?)).collect();
    let free = if own.is_some() { 5.0 } else { 2.0 };
    let degrees = (n as f64 - free).max(1.0);
    let inside = (errors.iter().map(|e| e * e).sum::<f64>() / degrees).sqrt();
    let error = out.out_of_sample_rmse.map_or(inside, |o| o.max(inside));
    let spread = sd(&done.iter().map(|p| p.1).collect::<Vec<_>>()).unwrap_or(0.0);
    let value = constants.p0 + gain - loss;
    let wide = student80(degrees) / crate::stats::Z80;
    let mut estimate = answer(unit).given(value, error * wide, spread);
    for (feature, amount) in [("fitness", gain), ("fatigue", -loss)] {
        estimate.contributions.push(Contribution {
            feature: feature.into(),
            amount,
            baseline: Some(0.0),
            now: Some(amount.abs()),
            unit: unit.into(),
        });
    }
    estimate.n_effective = n as f64;
    estimate.coverage = known;
    estimate.confidence *= known;
    let no_better = out.out_of_sample_rmse.zip(out.mean_rmse).is_some_and(|(own, mean)| own >= mean);
    if estimate.value.is_some() && (own.is_none() || no_better) {
        estimate.status = EstimateStatus::Provisional;
        estimate.prior_share = if own.is_none() { 0.6 } else { 0.0 }; // three of five constants
        estimate.gaps.extend(gap);
        if no_better {
            estimate.gaps.push("on the newest quarter no better than the mean of the others".into());
        }
    }
    out.performance = estimate;
    out
}

/// Level and size by least squares on the shape that the population's constants give.
fn level_of_population(load: &[f64], done: &[Performance]) -> Option<ImpulseResponse> {
    if done.len() < MIN_FOR_LEVEL {
        return None;
    }
    let (tau1_days, tau2_days) = POPULATION_TAU;
    let shape = ImpulseResponse { p0: 0.0, k1: 1.0, k2: POPULATION_RATIO, tau1_days, tau2_days };
    let shape_of = shape.performance(load);
    let points: Vec<(f64, f64)> =
        done.iter().filter_map(|(day, p)| Some((*shape_of.get(*day)?, *p))).collect();
    let level = mean(&done.iter().map(|p| p.1).collect::<Vec<_>>())?;
    let (p0, size) = Line::fit(&points)
        .filter(|line| line.slope > 0.0)
        .map_or((level, 0.0), |line| (line.intercept, line.slope));
    Some(ImpulseResponse { p0, k1: size, k2: POPULATION_RATIO * size, tau1_days, tau2_days })
}

fn personal(own: &Fit, loads: &[f64], done: &[Performance], days: Answer) -> PerformanceModel {
    let split = done.len() - (done.len() as f64 * HELD_OUT).ceil() as usize;
    let (before, after) = done.split_at(split);
    let usual = mean(&before.iter().map(|p| p.1).collect::<Vec<_>>());
    let rmse = |errors: Vec<f64>| mean(&errors.iter().map(|e| e * e).collect::<Vec<_>>()).map(f64::sqrt);
    let out_of_sample_rmse = constants_with_prior(loads, before).and_then(|early| {
        let said = early.performance(loads);
        rmse(after.iter().filter_map(|(day, p)| Some(p - said.get(*day)?)).collect())
    });
    let mean_rmse = usual.and_then(|usual| rmse(after.iter().map(|(_, p)| p - usual).collect()));
    let tau = |value: f64, range: (f64, f64), bounds: (f64, f64)| {
        let share = (range.1 / range.0).ln() / (bounds.1 / bounds.0).ln();
        let mut e = days.between(value, range, 1.0 - share);
        e.n_effective = done.len() as f64;
        if value <= bounds.0 || value >= bounds.1 {
            e.status = EstimateStatus::Provisional;
            e.gaps.push("at the end of what is allowed: the performances do not tell it".into());
        }
        e
    };
    PerformanceModel {
        performance: days.too_little(""),
        tau1: tau(own.constants.tau1_days, own.tau1_range, TAU1_DAYS),
        tau2: tau(own.constants.tau2_days, own.tau2_range, TAU2_DAYS),
        out_of_sample_rmse,
        mean_rmse,
        constants: Some(own.constants),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;
    use proptest::prelude::*;

    /// A year of a person who trains in blocks of three hard weeks and an easy one, tapers twice, and is
    /// tested twice a week with an error of 1 %.
    fn person(seed: u64, days: usize) -> (ImpulseResponse, Vec<Option<f64>>, Vec<Performance>) {
        let mut draws = Draws::new(seed);
        let truth = ImpulseResponse {
            p0: 250.0,
            k1: 0.025 + 0.015 * draws.unit(),
            k2: 0.05 + 0.03 * draws.unit(),
            tau1_days: 35.0 + 20.0 * draws.unit(),
            tau2_days: 6.0 + 6.0 * draws.unit(),
        };
        let load: Vec<f64> = (0..days)
            .map(|day| {
                let week = match (day / 7) % 13 {
                    12 => 0.1,
                    w if w % 4 == 3 => 0.4,
                    w => 0.8 + 0.2 * (w % 4) as f64,
                };
                let shape = [0.0, 1.2, 0.5, 1.4, 0.0, 1.6, 1.0];
                let of_day = shape.get(day % 7).copied().unwrap_or(0.0);
                (70.0 * week * of_day * (1.0 + 0.3 * draws.normal())).max(0.0)
            })
            .collect();
        let clean = truth.performance(&load);
        let tested = clean.iter().enumerate().skip(7).filter(|(day, _)| matches!(day % 7, 1 | 4));
        let performances = tested.map(|(day, p)| (day, p * (1.0 + 0.01 * draws.normal()))).collect();
        (truth, load.into_iter().map(Some).collect(), performances)
    }

    #[test]
    fn time_constants_of_simulated_people_come_back() {
        let (mut near, mut covered) = (0, 0);
        for seed in 7_000..7_010 {
            let (truth, load, performances) = person(seed, 365);
            let model = performance_model(&load, 0, &performances, "W", 1);
            let found = model.constants.unwrap();
            let off = |a: f64, b: f64| (a / b - 1.0).abs();
            let errors = (off(found.tau1_days, truth.tau1_days), off(found.tau2_days, truth.tau2_days));
            near += i32::from(errors.0 < 0.25) + i32::from(errors.1 < 0.25);
            for (tau, truth) in [(&model.tau1, truth.tau1_days), (&model.tau2, truth.tau2_days)] {
                covered += i32::from((tau.low.unwrap()..=tau.high.unwrap()).contains(&truth));
            }
            assert!(model.out_of_sample_rmse.unwrap() < model.mean_rmse.unwrap());
        }
        assert!(near >= 16, "{near} of 20 within a quarter");
        assert!(covered >= 12, "{covered} of 20 inside their intervals");
    }

    #[test]
    fn few_performances_lean_on_people_in_general() {
        let (_, load, performances) = person(3, 120);
        let model = performance_model(&load, 0, &performances[..8], "W", 0);
        let tau = (model.tau1.value.unwrap(), model.tau2.value.unwrap());
        assert_eq!((tau, model.tau1.prior_share), (POPULATION_TAU, 1.0));
        assert_eq!(model.performance.status, EstimateStatus::Provisional);
        assert!((model.performance.value.unwrap() - 300.0).abs() < 80.0);
        let none = performance_model(&load, 0, &performances[..2], "W", 0);
        assert_eq!((none.performance.value, none.constants), (None, None));
        assert_eq!(performance_model(&[], 0, &[], "W", 0).tau1.value, None);
    }

    #[test]
    fn contributions_add_up_and_bad_numbers_do_no_harm() {
        let (_, load, mut performances) = person(5, 200);
        performances.push((3, f64::NAN));
        performances.push((9_999, 250.0));
        let model = performance_model(&load, 0, &performances, "W", 3);
        let parts: f64 = model.performance.contributions.iter().map(|c| c.amount).sum();
        let p0 = model.constants.unwrap().p0;
        assert!((p0 + parts - model.performance.value.unwrap()).abs() < 1e-9);
        let flat: Vec<Performance> = (0..30).map(|i| (i * 3, 100.0)).collect();
        let zero = performance_model(&vec![Some(0.0); 100], 0, &flat, "W", 0);
        assert!(zero.performance.value.is_none_or(f64::is_finite));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_input_breaks_it(
            load in prop::collection::vec(prop::option::of(prop_oneof![0.0..200.0_f64, prop::num::f64::ANY]), 0..90),
            tests in prop::collection::vec((0_usize..90, prop_oneof![200.0..300.0_f64, prop::num::f64::ANY]), 0..40),
        ) {
            let model = performance_model(&load, 3, &tests, "W", 2);
            for e in [&model.performance, &model.tau1, &model.tau2] {
                prop_assert!(e.value.is_none_or(f64::is_finite));
                prop_assert!(e.value.is_some() || !e.gaps.is_empty());
                prop_assert!(e.contributions.iter().all(|c| c.amount.is_finite()));
            }
        }
    }
}
