//! How long until the strain of work has passed.

use super::day::{WORK_H, WorkDays};
use crate::error::Result;
use crate::predict::energy::seed;
use crate::predict::readiness::answer;
use crate::predict::{Asked, Features, Said};
use twin_models::capacity::strain::{self, RecoveryEpisode, StrainInput, StrainKind, strain_recovery};
use twin_models::stats::median;

pub(super) const ASKED: &[Asked] = &[Asked { id: strain::ID, name: "recovery", unit: "h", run: time }];

/// Days that are learnt from.
const DAYS: usize = 120;
/// Stress below which nobody counts as strained, as a share of the scale.
const LEAST: f64 = 0.05;

fn time(features: &Features<'_>) -> Result<Said> {
    let days = WorkDays::of(features)?;
    let n = DAYS.min(features.span());
    let strains = features.daily(n, |day| {
        let told = answer(day, "stress").map(|a| 1.0 - a.share());
        match (told, day.stress) {
            (None, None) => None,
            (told, seen) => Some(told.unwrap_or(0.0).max(seen.unwrap_or(0.0))),
        }
    });
    let known: Vec<f64> = strains.iter().copied().flatten().collect();
    let Some(usual) = median(&mut known.clone()) else { return Ok(Said::default()) };
    let Some(now) = strains.iter().rev().take(2).copied().flatten().next() else {
        return Ok(Said::default());
    };
    // From one day to the next: how fast it fell where it had been high.
    let episodes: Vec<RecoveryEpisode> = strains
        .iter()
        .zip(strains.iter().skip(1))
        .enumerate()
        .filter_map(|(i, (before, after))| {
            let (before, after) = ((*before)?, (*after)?);
            let high = before > usual && after < before && after > 0.0;
            let age_days = (n - 2 - i) as f64;
            high.then_some(RecoveryEpisode { start: before, end: after, hours: 24.0, age_days })
        })
        .collect();
    let clock = features.local_h(features.moment());
    let next = (1..=4).find(|day| days.works(features, -day)).unwrap_or(1);
    let within_h = 24.0 * f64::from(next) + WORK_H.0 - clock;
    let said = strain_recovery(&StrainInput {
        kind: StrainKind::Daily,
        strain: now.max(LEAST),
        target: usual.max(LEAST),
        episodes: &episodes,
        waver: None,
        within_h: Some(within_h),
        seed: seed(features),
    });
    let (half, low, high) = said.half_life_h;
    let words = vec![format!("strain halves in {half:.0} h ({low:.0} to {high:.0})")];
    let out = Said { words, ..Said::default() }.and("recovery", said.time);
    Ok(match said.in_time {
        Some(estimate) => out.and("recovered by the next working day", estimate),
        None => out,
    })
}
