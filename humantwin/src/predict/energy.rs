//! Alertness and energy over the day.

use super::readiness::readiness_z;
use super::sleep::clock_nights;
use super::training::{LOAD_DAYS, loads};
use super::{Asked, CurveView, Features, PointView, Said, SpanView};
use crate::error::Result;
use crate::view::CheckInView;
use twin_core::Timestamp;
use twin_core::sort::OrderBy;
use twin_models::health::alertness::energy::{EnergyAnswer, EnergyInput, energy_curve, score};
use twin_models::health::alertness::now::{AlertnessInput, alertness};
use twin_models::health::alertness::{Sleep, energy, now};
use twin_models::health::sleep::habits::chronotype;
use twin_models::health::training::fitness_fatigue::ewma;
use twin_models::stats::{mean, sd};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: energy::ID, name: "energy", unit: "{score}", run: curve },
    Asked { id: now::ID, name: "sleepiness", unit: "{score}", run: sleepiness },
];

/// How far the curve looks ahead, h.
const HORIZON_H: f64 = 24.0;
/// Nights that the clock is learnt from.
const NIGHTS: usize = 14;
/// Nights that chronotype is learnt from.
const CHRONOTYPE_NIGHTS: usize = 28;
/// Answers below which a person's usual answer is not known.
const MIN_ANSWERS: usize = 5;

/// Sleeps of the last nights, in hours from the midnight of today.
pub(super) fn slept(features: &Features<'_>) -> Vec<Sleep> {
    let nights = clock_nights(features, NIGHTS);
    let newest = nights.len();
    let shifted = nights.into_iter().enumerate().filter_map(|(i, night)| {
        let midnight = -24.0 * (newest - 1 - i) as f64;
        night.map(|n| (midnight + n.onset_h, midnight + n.wake_h))
    });
    shifted.collect()
}

/// Mid-sleep on free days, corrected for sleeping in, local clock hour.
pub(super) fn msf_sc_h(features: &Features<'_>) -> Option<f64> {
    let nights: Vec<_> = clock_nights(features, CHRONOTYPE_NIGHTS).into_iter().flatten().collect();
    chronotype(&nights).0.value
}

/// Hours from the midnight of today, on its clock.
fn hours(features: &Features<'_>, t: Timestamp) -> f64 {
    features.clock_h(features.moment()) + t.secs_since(features.moment()) / 3600.0
}

/// The person's answers about energy against their usual ones; fatigue stands in, turned round.
fn answers(features: &Features<'_>) -> Vec<EnergyAnswer> {
    let direction = |answer: &CheckInView| match answer.scale.as_str() {
        "energy" | "alertness" | "vigor" => Some(1.0),
        "fatigue" | "sleepiness" => Some(if answer.higher_is_better == Some(true) { 1.0 } else { -1.0 }),
        _ => None,
    };
    let told: Vec<(Timestamp, f64)> = features
        .days()
        .flat_map(|day| &day.check_ins)
        .filter_map(|a| Some((a.at, direction(a)? * (a.value - a.min) / (a.max - a.min))))
        .filter(|(_, level)| level.is_finite())
        .collect();
    let levels: Vec<f64> = told.iter().map(|t| t.1).collect();
    let (Some(usual), Some(spread)) = (mean(&levels), sd(&levels).filter(|s| *s > 0.0)) else {
        return Vec::new();
    };
    if told.len() < MIN_ANSWERS {
        return Vec::new();
    }
    let answer = |(at, level): (Timestamp, f64)| EnergyAnswer {
        at_h: hours(features, at),
        level: score((level - usual) / spread),
    };
    told.into_iter().map(answer).collect()
}

/// Caffeine of the last two days: when, h, and mg.
fn caffeine(features: &Features<'_>) -> Vec<(f64, f64)> {
    let notes = features.days().rev().take(3).flat_map(|day| &day.notes);
    let mut taken: Vec<(f64, f64)> = notes
        .filter(|n| n.kind == "caffeine" && n.at <= features.moment())
        .filter_map(|n| Some((hours(features, n.at), n.amount?)))
        .collect();
    taken.order_by(|a, b| a.0.total_cmp(&b.0));
    taken
}

/// Load of the last week against the person's last months, in spreads.
fn load_z(features: &Features<'_>) -> Option<f64> {
    let known: Vec<f64> = loads(features, LOAD_DAYS).0.into_iter().flatten().collect();
    if known.len() < 42 {
        return None;
    }
    let acute = ewma(&known, 7.0, mean(&known)?);
    let settled: Vec<f64> = acute.iter().skip(14).copied().collect();
    let z = (acute.last()? - mean(&settled)?) / sd(&settled).filter(|s| *s > 0.0)?;
    Some(z.clamp(-3.0, 3.0))
}

/// The same moment, the same draws.
pub(super) fn seed(features: &Features<'_>) -> u64 {
    features.moment().micros().unsigned_abs()
}

fn curve(features: &Features<'_>) -> Result<Said> {
    let (slept, answers, caffeine) = (slept(features), answers(features), caffeine(features));
    let curve = energy_curve(&EnergyInput {
        now_h: features.clock_h(features.moment()),
        horizon_h: HORIZON_H,
        slept: &slept,
        msf_sc_h: msf_sc_h(features),
        answers: &answers,
        readiness_z: readiness_z(features),
        load_z: load_z(features),
        caffeine: &caffeine,
        seed: seed(features),
        ..EnergyInput::default()
    });
    let after = |minutes: i64| features.moment().plus_secs(60 * minutes);
    let points = curve
        .slots
        .iter()
        .filter_map(|s| {
            let at = after(i64::from(s.offset_min));
            Some(PointView { at, value: s.value?, low: s.low, high: s.high })
        })
        .collect();
    let spans = curve
        .peaks
        .iter()
        .map(|p| SpanView {
            name: "peak_window".into(),
            start: after(i64::from(p.start_min)),
            end: after(i64::from(p.end_min)),
            value: Some(p.level),
            unit: Some("{score}".into()),
            probability: Some(p.probability),
            note: None,
        })
        .collect();
    let curves = vec![CurveView { name: "energy".into(), unit: "{score}".into(), points }];
    let words = if curve.peaks.is_empty() {
        vec!["the day is as flat as the curve is sure: no peak window stands out".into()]
    } else {
        vec!["50 is your usual level; asleep there is none".into()]
    };
    Ok(Said { curves, spans, words, ..Said::default() }.and("energy", curve.now))
}

fn sleepiness(features: &Features<'_>) -> Result<Said> {
    let slept = slept(features);
    let said = alertness(&AlertnessInput {
        now_h: features.clock_h(features.moment()),
        slept: &slept,
        msf_sc_h: msf_sc_h(features),
        seed: seed(features),
        ..AlertnessInput::default()
    });
    Ok(Said::default().and("sleepiness", said.sleepiness).and("fatigue", said.fatigue))
}
