//! What the models say at the report's moment.

use super::what_if::earlier_to_bed;
use crate::error::Result;
use crate::insight::{Views, gather};
use crate::plan::{PlanKind, PlanRequest, plan};
use crate::predict::{Features, Sees, ask, asked};
use crate::report::{Outlook, SHOWN_MODELS, WORK_MODELS, WhatIf};
use crate::verbs::predict::LOOK_BACK;
use crate::view::DayView;
use twin_core::log::Log;
use twin_core::{LocalDate, Timestamp};
use twin_models::registry;

/// Steps of the search for the plan that the page shows.
const STEPS: u32 = 300;

/// Asks the models that the page speaks of, and makes its comparison.
pub(super) fn outlook(
    log: &mut Log,
    days: &[DayView],
    until: LocalDate,
    now: Timestamp,
) -> Result<(Option<Outlook>, Option<WhatIf>)> {
    let past = moment(log, days, until).filter(|_| until < log.date_at(now));
    let views = Views::default();
    let gathered = gather(log, &views, past.unwrap_or(now), past, None, LOOK_BACK)?;
    let features = Features::new(log, &gathered, &views, Sees::ALL);
    let said = asked()
        .filter(|asked| SHOWN_MODELS.contains(&asked.id) || WORK_MODELS.contains(&asked.id))
        .filter_map(|asked| Some((asked, registry::model(asked.id)?)))
        .map(|(asked, info)| ask(asked, info, &features))
        .collect::<Result<Vec<_>>>()?;
    let week = PlanKind::Week { days: Some(3), current: Vec::new() };
    let asked = PlanRequest { plan: week, steps: Some(STEPS), seed: None, at: None, known_at: None };
    // A circle of tasks or the like is told where a plan is asked for.
    let plan = plan(&features, &asked).ok().filter(|p| !p.blocks.is_empty() || !p.left_out.is_empty());
    Ok((Some(Outlook { at: features.moment(), said, plan }), earlier_to_bed(&features)))
}

/// An hour after waking on a day, else nine o'clock; within the day.
fn moment(log: &Log, days: &[DayView], date: LocalDate) -> Option<Timestamp> {
    let zones = &log.context().zones;
    let (start, end) = zones.day_bounds(date);
    let night = days.iter().find(|day| day.date == date).and_then(|day| day.sleep.as_ref());
    let nine = || {
        let nine = start.plus_secs(9 * 3600);
        let zone = zones.at(nine);
        // Nine hours into the day it is another time where clocks changed in its night.
        nine.plus_secs(i64::from(zone.offset_at(start)) - i64::from(zone.offset_at(nine)))
    };
    let at = night.map_or_else(nine, |night| night.wake.plus_secs(3600));
    Some(at.min(end.plus_micros(-1))).filter(|at| *at > start)
}
