//! How full the head is.

use super::day::WorkDays;
use crate::error::Result;
use crate::predict::work::skills::levels;
use crate::predict::work::work_days;
use crate::predict::{Asked, Features, Said, once};
use crate::view::DayView;
use std::collections::BTreeMap;
use twin_core::sort::Gather as _;
use twin_models::capacity::load::tlx::raw_tlx;
use twin_models::capacity::load::{
    self, CheckIn, CognitiveLoad, HISTORY_DAYS, LoadDay, cognitive_load, intrinsic_load, load_value, residue,
};

pub(super) const ASKED: &[Asked] = &[Asked { id: load::ID, name: "load", unit: "{score}", run: now }];

/// Complexity of a task of which none is told.
const USUAL_COMPLEXITY: f64 = 0.5;
/// The subscales of a check-in, in the order of the instrument.
const TLX: [&str; 6] =
    ["tlx_mental", "tlx_physical", "tlx_temporal", "tlx_performance", "tlx_effort", "tlx_frustration"];

/// Proficiency by skill, 0..=1.
pub(super) fn proficiency(features: &Features<'_>) -> Result<BTreeMap<String, f64>> {
    Ok(levels(features, None)?.iter().map(|l| (l.skill.clone(), (l.points / 100.0).clamp(0.0, 1.0))).gather())
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

/// What each day held of it, by days ago.
fn load_days<'f>(features: &'f Features<'_>) -> Result<&'f BTreeMap<i32, LoadDay>> {
    once(&features.work.load_days, || {
        let (days, able) = (work_days(features)?, proficiency(features)?);
        let each = days.days.keys().filter_map(|ago| Some((*ago, load_day(features, days, *ago, &able)?)));
        Ok(each.gather())
    })
}

/// A day some days ago, and the working days before it.
fn day_and_before(features: &Features<'_>, ago: i32) -> Result<Option<(LoadDay, Vec<LoadDay>)>> {
    let (days, all) = (work_days(features)?, load_days(features)?);
    let oldest = (ago + i32::try_from(HISTORY_DAYS).unwrap_or(90)).min(days.first());
    let before = all.iter().rev().filter(|(back, _)| (ago + 1..=oldest).contains(*back));
    let before = before.filter(|(back, _)| days.works(features, **back)).map(|(_, day)| *day);
    Ok(all.get(&ago).map(|today| (*today, before.collect())))
}

/// The load of a day some days ago, from the days before it.
fn load_on(features: &Features<'_>, ago: i32, answered: &[CheckIn]) -> Result<Option<CognitiveLoad>> {
    let known = day_and_before(features, ago)?;
    Ok(known.map(|(today, before)| cognitive_load(&today, &before, answered)))
}

/// Its value alone.
pub(super) fn load_value_on(features: &Features<'_>, ago: i32, answered: &[CheckIn]) -> Result<Option<f64>> {
    let known = day_and_before(features, ago)?;
    Ok(known.and_then(|(today, before)| load_value(&today, &before, answered)))
}

/// Answers on the six subscales with the day they are about.
pub(super) fn answered(features: &Features<'_>) -> Result<Vec<CheckIn>> {
    let all = load_days(features)?;
    let raw = |day: &DayView| {
        let part = |scale: &str| {
            let told = day.check_ins.iter().rev().find(|a| a.scale == scale && a.max > a.min)?;
            Some(100.0 * (told.value - told.min) / (told.max - told.min))
        };
        let parts: Vec<f64> = TLX.iter().filter_map(|scale| part(scale)).collect();
        raw_tlx(&parts)
    };
    let told = features.days().filter_map(|view| {
        let tlx = raw(view)?;
        let ago = features.date().days() - view.date.days();
        Some(CheckIn { day: *all.get(&ago)?, tlx })
    });
    Ok(told.collect())
}

fn now(features: &Features<'_>) -> Result<Said> {
    let Some(said) = load_on(features, 0, &answered(features)?)? else { return Ok(Said::default()) };
    let words = if said.calibrated {
        vec!["weights are learnt from your own answers".into()]
    } else {
        vec!["every part counts the same until your answers show otherwise".into()]
    };
    Ok(Said { words, ..Said::default() }.and("load", said.load).and("remaining", said.remaining))
}
