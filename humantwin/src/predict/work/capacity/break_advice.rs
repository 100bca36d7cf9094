//! Whether a break would do good now.

use super::day::WorkDays;
use super::load::{answered, load_on, proficiency};
use super::peaks;
use crate::error::Result;
use crate::predict::energy::seed;
use crate::predict::{Asked, Features, Said};
use twin_models::capacity::breaks::{self, Break, BreakInput, BreakReason, Withheld, break_advice};
use twin_models::stats::Z80;

pub(super) const ASKED: &[Asked] = &[Asked { id: breaks::ID, name: "low_energy", unit: "1", run: advice }];

/// Hours in which nobody is told to take a break.
const QUIET_H: (f64, f64) = (20.0, 7.0);
/// A pause that ends a stretch of focus, h.
const PAUSE_H: f64 = 10.0 / 60.0;

fn advice(features: &Features<'_>) -> Result<Said> {
    if features.facts()?.is_empty() {
        return Ok(Said::default());
    }
    let days = WorkDays::of(features)?;
    let now_h = features.local_h(features.moment());
    let soon = peaks::found(features, &days)?
        .slots
        .get(((now_h + 0.5) * 4.0) as usize)
        .cloned()
        .flatten()
        .map(|slot| (slot.value, ((slot.high - slot.low) / (2.0 * Z80)).max(0.01)));
    let able = proficiency(features)?;
    let told = answered(features, &days, &able);
    let load = load_on(features, &days, &able, 0, &told).and_then(|l| l.load.value);
    let today = days.days.get(&0).cloned().unwrap_or_default();
    // Back from now as long as no pause lies between.
    let mut begun = None;
    for span in today.tracked.iter().rev().filter(|t| t.start_h <= now_h) {
        if begun.unwrap_or(now_h) - span.end_h > PAUSE_H {
            break;
        }
        begun = Some(span.start_h);
    }
    let mut quiet = vec![QUIET_H];
    quiet.extend(&today.meetings);
    let said = break_advice(&BreakInput {
        now_h,
        energy_soon: soon,
        least_energy: None,
        focus_min: begun.map(|start| 60.0 * (now_h - start)),
        load,
        demanding: load.is_some_and(|l| l > 60.0),
        quiet_h: &quiet,
        prompts: &[],
        seed: seed(features),
    });
    let mut words: Vec<String> = said
        .suggest
        .map(|kind| match kind {
            Break::Short => "five minutes away from the screen",
            Break::Walk => "ten minutes to walk",
            Break::Rest => "fifteen minutes to rest",
            Break::Outside => "twenty minutes outside",
        })
        .map(|what| format!("{what}: {}", said.promise))
        .into_iter()
        .collect();
    words.extend(said.reasons.iter().map(|reason| {
        match reason {
            BreakReason::EnergyFalls => "energy is likely to fall within half an hour",
            BreakReason::LongFocus => "you have been at it for more than 90 minutes",
            BreakReason::HighLoad => "the day is full",
        }
        .to_owned()
    }));
    words.extend(said.withheld.map(|why| {
        match why {
            Withheld::QuietHours => "nothing is suggested in quiet hours or meetings",
            Withheld::EnoughToday => "four suggestions a day are enough",
            Withheld::TooSoon => "the last suggestion is too recent",
        }
        .to_owned()
    }));
    Ok(Said { words, ..Said::default() }.and("low_energy", said.low_energy))
}
