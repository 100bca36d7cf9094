//! Training: load, form, fitness, what the heart does in it, energy spent.

use super::{Asked, Features, Said};
use crate::error::Result;
use crate::view::{DayView, SessionView};
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_core::event::Sex;
use twin_models::health::training::critical_power::critical_power_estimate;
use twin_models::health::training::energy::{BodyProfile, BodySex, Minute, energy};
use twin_models::health::training::fitness::{FitnessInput, vo2max};
use twin_models::health::training::fitness_fatigue::training_form;
use twin_models::health::training::heart::{Effort, heart_rate_recovery, hr_max};
use twin_models::health::training::ratios::load_ratios;
use twin_models::health::training::{self, held};
use twin_models::stats::median;

pub(super) const ASKED: &[Asked] = &[
    Asked { id: training::fitness_fatigue::ID, name: "form", unit: "1", run: form },
    Asked { id: training::ratios::ID, name: "acute_to_chronic", unit: "1", run: ratios },
    Asked { id: training::fitness::ID, name: "vo2max", unit: "mL/kg/min", run: fitness },
    Asked { id: training::heart::MAX_ID, name: "heart_rate_max", unit: "/min", run: highest },
    Asked { id: training::heart::RECOVERY_ID, name: "heart_rate_recovery", unit: "/min", run: recovery },
    Asked { id: training::critical_power::ID, name: "critical_power", unit: "W", run: power },
    Asked { id: training::energy::ID, name: "energy_spent", unit: "kcal", run: spent },
];

/// Days of load that fitness remembers.
pub(crate) const LOAD_DAYS: usize = 180;
/// Sessions looked at sample by sample: the newest.
const SESSIONS: usize = 40;
/// A heart-rate sample stands for at most so long, s.
const HOLD_S: f64 = 30.0;
/// Lengths of all-out efforts that critical power is read from, s.
const EFFORTS_S: [usize; 4] = [180, 300, 720, 1200];

/// Load of each of the last days by the rule that most sessions have: loads of different rules do not compare.
/// A day of which anything is known and that has no session is a day of rest; a day without anything is unknown.
pub(super) fn loads(features: &Features<'_>, days: usize) -> (Vec<Option<f64>>, Option<String>) {
    let rule = load_rule(features.days());
    (features.daily(days.min(features.span()), |day| load_of(day, rule.as_deref())), rule)
}

/// The rule that most loads have.
pub(crate) fn load_rule<'a>(days: impl Iterator<Item = &'a DayView>) -> Option<String> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for load in days.flat_map(|day| &day.loads) {
        *rules.entry(&load.method).or_default() += 1;
    }
    rules.into_iter().max_by_key(|(_, n)| *n).map(|(rule, _)| rule.to_owned())
}

/// A day's load by a rule.
pub(crate) fn load_of(day: &DayView, rule: Option<&str>) -> Option<f64> {
    match day.loads.iter().find(|l| Some(l.method.as_str()) == rule) {
        Some(load) => Some(load.load),
        // A session whose load is not known is no rest.
        None => (day.sessions.is_empty() && is_worn(day)).then_some(0.0),
    }
}

/// Does a device say anything of the day?
fn is_worn(day: &DayView) -> bool {
    day.sleep.is_some() || day.heart.is_some() || day.activity.is_some() || !day.sessions.is_empty()
}

/// 0 Monday … 6 Sunday.
pub(super) fn weekday(features: &Features<'_>) -> u8 {
    // 1970-01-01 was a Thursday.
    u8::try_from((features.date().days() + 3).rem_euclid(7)).unwrap_or(0)
}

/// Resting heart rate: the median of the last 28 days.
pub(super) fn resting(features: &Features<'_>) -> Option<f64> {
    let known = features.daily(28, |day| day.heart.as_ref()?.resting.as_ref()?.value);
    median(&mut known.into_iter().flatten().collect::<Vec<_>>())
}

fn form(features: &Features<'_>) -> Result<Said> {
    let (load, rule) = loads(features, LOAD_DAYS);
    let said = training_form(&load, weekday(features));
    let words = rule.map(|rule| format!("load by {rule}, in its own points")).into_iter().collect();
    let all = Said { words, ..Said::default() };
    Ok(all.and("form", said.form).and("fitness", said.fitness).and("fatigue", said.fatigue))
}

fn ratios(features: &Features<'_>) -> Result<Said> {
    let (load, _) = loads(features, LOAD_DAYS);
    let said = load_ratios(&load, weekday(features));
    Ok(Said::default()
        .and("acute_to_chronic", said.coupled)
        .and("acute_to_chronic_uncoupled", said.uncoupled)
        .and("acute_to_chronic_ewma", said.ewma)
        .and("monotony", said.monotony)
        .and("strain", said.strain))
}

/// The newest sessions, newest first.
fn sessions<'a>(features: &'a Features<'_>) -> impl Iterator<Item = &'a SessionView> {
    features.days().rev().flat_map(|day| day.sessions.iter().rev()).take(SESSIONS)
}

/// Highest heart rate: as stated, else as measured in the newest sessions, else by age.
fn highest_of(features: &Features<'_>) -> Result<Estimate> {
    let mut samples = Vec::new();
    for session in sessions(features) {
        let found = features.samples("heart_rate", session.start, session.end)?;
        samples.extend(held(&found.t_us, &found.values, HOLD_S));
    }
    Ok(hr_max(&samples, features.age_years()))
}

fn highest(features: &Features<'_>) -> Result<Said> {
    Ok(Said::default().and("heart_rate_max", highest_of(features)?))
}

/// The highest heart rate with its error, /min.
fn max_with_error(features: &Features<'_>) -> Result<Option<(f64, f64)>> {
    if let Some(stated) = features.person().heart_rate_max {
        return Ok(Some((stated, 3.0)));
    }
    let found = highest_of(features)?;
    let half = |value: f64| found.high.map_or(10.0, |high| (high - value) / twin_models::stats::Z80);
    Ok(found.value.map(|value| (value, half(value))))
}

fn fitness(features: &Features<'_>) -> Result<Said> {
    let input = FitnessInput {
        hr_max: max_with_error(features)?,
        hr_rest: resting(features),
        ..FitnessInput::default()
    };
    Ok(Said::default().and("vo2max", vo2max(&input)))
}

/// Of the newest session that a heart rate goes on after.
fn recovery(features: &Features<'_>) -> Result<Said> {
    let (Some(rest), Some((max, _))) = (resting(features), max_with_error(features)?) else {
        return Ok(Said::default());
    };
    let Some(session) = sessions(features).next() else { return Ok(Said::default()) };
    let until = session.end.plus_secs(120).min(features.moment());
    let found = features.samples("heart_rate", session.start, until)?;
    let t_s: Vec<f64> = found.t_us.iter().map(|t| (t - session.start.micros()) as f64 / 1e6).collect();
    let effort = Effort {
        t_s: &t_s,
        bpm: &found.values,
        end_s: session.end.secs_since(session.start),
        hr_rest: rest,
        hr_max: max,
    };
    Ok(Said::default().and("heart_rate_recovery", heart_rate_recovery(&effort, &[])))
}

/// Mean power of the hardest stretch of each length, over the newest sessions.
fn power(features: &Features<'_>) -> Result<Said> {
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    for session in sessions(features) {
        let found = features.samples("power", session.start, session.end)?;
        let per_second = held(&found.t_us, &found.values, 5.0);
        let watts: Vec<f64> =
            per_second.iter().flat_map(|(s, w)| std::iter::repeat_n(*w, s.round() as usize)).collect();
        for length in EFFORTS_S {
            let hardest = hardest(&watts, length);
            if let Some(watts) = hardest {
                best.entry(length).and_modify(|b| *b = b.max(watts)).or_insert(watts);
            }
        }
    }
    if best.is_empty() {
        return Ok(Said::default());
    }
    let efforts: Vec<(f64, f64)> = best.into_iter().map(|(s, w)| (s as f64, w)).collect();
    let said = critical_power_estimate(&efforts);
    Ok(Said::default().and("critical_power", said.cp).and("w_prime", said.w_prime))
}

/// The highest mean over `length` seconds; `None` where there are fewer.
fn hardest(watts: &[f64], length: usize) -> Option<f64> {
    let mut sum: f64 = watts.get(..length)?.iter().sum();
    let mut most = sum;
    for (new, old) in watts.iter().skip(length).zip(watts) {
        sum += new - old;
        most = most.max(sum);
    }
    Some(most / length as f64)
}

fn spent(features: &Features<'_>) -> Result<Said> {
    let person = features.person();
    let height = person.height_m.or_else(|| features.newest("body_height"));
    let weight = features.newest("body_weight");
    let (Some(weight_kg), Some(height_m), Some(age_years)) = (weight, height, features.age_years()) else {
        let known = [weight.is_some(), height.is_some(), features.age_years().is_some()];
        let gaps = ["weight", "height", "date of birth"].iter().zip(known).filter(|(_, known)| !known);
        let gaps = gaps.map(|(what, _)| format!("{what} is not known")).collect();
        let (id, version) = (training::energy::ID, training::energy::VERSION);
        let absent = Estimate::absent(id, version, "kcal", EstimateStatus::InsufficientData, gaps);
        return Ok(Said::default().and("energy_spent", absent));
    };
    let sex = match person.sex {
        Some(Sex::Male) => BodySex::Male,
        Some(Sex::Female) => BodySex::Female,
        Some(Sex::Other) | None => BodySex::Mean,
    };
    let start = features.today().start;
    let found = features.samples("heart_rate", start, features.moment())?;
    let minutes = (features.moment().secs_since(start) / 60.0).max(0.0) as usize;
    let mut sums = vec![(0.0_f64, 0.0_f64); minutes];
    for (t, bpm) in found.t_us.iter().zip(&found.values) {
        let minute = usize::try_from((t - start.micros()) / 60_000_000).unwrap_or(usize::MAX);
        if let Some((sum, n)) = sums.get_mut(minute) {
            (*sum, *n) = (*sum + bpm, *n + 1.0);
        }
    }
    let minutes: Vec<Minute> =
        sums.iter().map(|(sum, n)| Minute { bpm: (*n > 0.0).then(|| sum / n), met: None }).collect();
    let hr_max = max_with_error(features)?.map(|(bpm, _)| bpm);
    let body = BodyProfile { weight_kg, height_cm: height_m * 100.0, age_years, sex, hr_max };
    Ok(Said::default().and("energy_spent", energy(&minutes, &body)))
}
