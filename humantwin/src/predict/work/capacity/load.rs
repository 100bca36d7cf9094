//! How full the head is.

use super::day::WorkDays;
use crate::error::Result;
use crate::predict::work::skills::levels;
use crate::predict::{Asked, Features, Said};
use crate::view::DayView;
use std::collections::BTreeMap;
use twin_core::sort::Gather as _;
use twin_models::capacity::load::tlx::raw_tlx;
use twin_models::capacity::load::{
    self, CheckIn, CognitiveLoad, HISTORY_DAYS, LoadDay, cognitive_load, intrinsic_load, residue,
};

pub(super) const ASKED: &[Asked] = &[Asked { id: load::ID, name: "load", unit: "{score}", run: now }];

/// Complexity of a task of which none is told.
const USUAL_COMPLEXITY: f64 = 0.5;
/// The subscales of a check-in, in the order of the instrument.
const TLX: [&str; 6] =
    ["tlx_mental", "tlx_physical", "tlx_temporal", "tlx_performance", "tlx_effort", "tlx_frustration"];

/// Proficiency by skill, 0..=1.
pub(super) fn proficiency(features: &Features<'_>) -> Result<BTreeMap<String, f64>> {
    Ok(levels(features, None)?.into_iter().map(|l| (l.skill, (l.points / 100.0).clamp(0.0, 1.0))).gather())
}

fn load_day(
    features: &Features<'_>,
    days: &WorkDays,
    ago: i32,
    able: &BTreeMap<String, f64>,
) -> Option<LoadDay> {
    let day = days.days.get(&ago)?;
    let (meeting_h, back_to_back) = day.meeting_h();
    let tracked_h = day.tracked_h();
    let told = !day.tracked.is_empty();
    let per_h = |n: f64| told.then(|| n / tracked_h.max(1.0));
    let mut switched_at = Vec::new();
    for (before, after) in day.tracked.iter().zip(day.tracked.iter().skip(1)) {
        if before.project != after.project && before.project.is_some() && after.project.is_some() {
            switched_at.push(after.start_h);
        }
    }
    let end = day.tracked.last().map_or(0.0, |t| t.end_h);
    let interrupted: Option<u32> =
        day.tracked.iter().filter_map(|t| t.interruptions).reduce(|a, b| a.saturating_add(b));
    let spent: Vec<(f64, f64, f64)> = day
        .tracked
        .iter()
        .map(|t| {
            let about = t.task.as_ref().and_then(|id| days.tasks.get(id)).map(|life| &life.about);
            let complexity = about.and_then(|a| a.complexity).unwrap_or(USUAL_COMPLEXITY);
            let known: Vec<f64> = about
                .map(|a| a.skills.iter().filter_map(|s| able.get(s).copied()).collect())
                .unwrap_or_default();
            let skilled = if known.is_empty() { 0.5 } else { known.iter().sum::<f64>() / known.len() as f64 };
            (complexity, t.end_h - t.start_h, skilled)
        })
        .collect();
    let minutes: Vec<f64> = switched_at.iter().map(|at| 60.0 * (end - at).max(0.0)).collect();
    Some(LoadDay {
        switches_per_h: per_h(switched_at.len() as f64),
        interruptions_per_h: (interrupted.is_some() || day.messages > 0)
            .then(|| f64::from(interrupted.unwrap_or(0) + day.handled) / tracked_h.max(1.0)),
        meeting_min: Some(60.0 * meeting_h),
        back_to_back: Some(f64::from(back_to_back)),
        in_progress: days.open_on(features, ago),
        intrinsic_h: told.then(|| intrinsic_load(&spent)),
        after_hours_min: told.then(|| day.after_hours_min()),
        residue: told.then(|| residue(&minutes)),
    })
}

/// The load of a day some days ago, from the days before it.
pub(super) fn load_on(
    features: &Features<'_>,
    days: &WorkDays,
    able: &BTreeMap<String, f64>,
    ago: i32,
    answered: &[CheckIn],
) -> Option<CognitiveLoad> {
    let today = load_day(features, days, ago, able)?;
    let oldest = ago + i32::try_from(HISTORY_DAYS).unwrap_or(90);
    let history: Vec<LoadDay> = ((ago + 1)..=oldest.min(days.first()))
        .rev()
        .filter(|back| days.works(features, *back))
        .filter_map(|back| load_day(features, days, back, able))
        .collect();
    Some(cognitive_load(&today, &history, answered))
}

/// Answers on the six subscales with the day they are about.
pub(super) fn answered(
    features: &Features<'_>,
    days: &WorkDays,
    able: &BTreeMap<String, f64>,
) -> Vec<CheckIn> {
    let raw = |day: &DayView| {
        let part = |scale: &str| {
            let told = day.check_ins.iter().rev().find(|a| a.scale == scale && a.max > a.min)?;
            Some(100.0 * (told.value - told.min) / (told.max - told.min))
        };
        let parts: Vec<f64> = TLX.iter().filter_map(|scale| part(scale)).collect();
        raw_tlx(&parts)
    };
    features
        .days()
        .filter_map(|view| {
            let tlx = raw(view)?;
            let ago = features.date().days() - view.date.days();
            Some(CheckIn { day: load_day(features, days, ago, able)?, tlx })
        })
        .collect()
}

fn now(features: &Features<'_>) -> Result<Said> {
    let (days, able) = (WorkDays::of(features)?, proficiency(features)?);
    let told = answered(features, &days, &able);
    let Some(said) = load_on(features, &days, &able, 0, &told) else { return Ok(Said::default()) };
    let words = if said.calibrated {
        vec!["weights are learnt from your own answers".into()]
    } else {
        vec!["every part counts the same until your answers show otherwise".into()]
    };
    Ok(Said { words, ..Said::default() }.and("load", said.load).and("remaining", said.remaining))
}
