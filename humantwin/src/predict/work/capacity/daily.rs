//! How much focused work a day holds.

use super::day::{WORK_H, WorkDay, WorkDays};
use super::load::proficiency;
use super::peaks;
use super::waiting::wait_share;
use crate::error::Result;
use crate::predict::work::skills::levels;
use crate::predict::work::together::hand_off_shares;
use crate::predict::work::work_days;
use crate::predict::{Asked, Features, Said, once, readiness};
use twin_core::sort::OrderBy;
use twin_models::capacity::daily::pace::Throughput;
use twin_models::capacity::daily::units::UnitFactors;
use twin_models::capacity::daily::{self, DailyCapacity, DayPlan, daily_capacity};
use twin_models::capacity::peaks::DAY_SLOTS;

pub(super) const ASKED: &[Asked] =
    &[Asked { id: daily::ID, name: "focus_hours", unit: "h", run: today_and_tomorrow }];

/// Weeks that the person's pace is learnt from.
const WEEKS: i32 = 12;

/// The day so many days ago (below 0: to come), as it is planned.
pub(super) fn day(features: &Features<'_>, days: &WorkDays, ago: i32) -> Result<DailyCapacity> {
    let energy: Vec<Option<f64>> = match ago {
        0 | -1 => {
            let slots = &peaks::found(features)?.slots;
            let from = if ago == 0 { 0 } else { DAY_SLOTS };
            slots.iter().skip(from).take(DAY_SLOTS).map(|s| s.as_ref().map(|s| s.value)).collect()
        }
        _ => Vec::new(),
    };
    let none = WorkDay::default();
    let planned = days.days.get(&ago).unwrap_or(&none);
    let week = i32::from(features.date().plus_days(-ago).weekday());
    let worked: f64 = (1..=week).filter_map(|back| days.days.get(&(ago + back))).map(worked_h).sum();
    let works = days.works(features, ago);
    Ok(daily_capacity(&DayPlan {
        energy: &energy,
        work_h: if works { WORK_H } else { (WORK_H.0, WORK_H.0) },
        meetings: &planned.meetings,
        // Readiness in the person's usual spreads: 50 is usual, ten points a spread, as the score has it.
        readiness: (ago == 0)
            .then(|| readiness::readiness_z(features))
            .flatten()
            .map(|z| (50.0 + 20.0 * z).clamp(0.0, 100.0)),
        stress: planned.stress.or(features.today().stress).filter(|_| ago == 0),
        resumption_min: None,
        week_worked_h: worked,
        history: history(features)?,
        units: units(features)?,
    }))
}

fn worked_h(day: &WorkDay) -> f64 {
    day.tracked_h() + day.meeting_h().0
}

/// What an hour is worth: skill in what is open, what comes back, and how fast the skills grow.
fn units(features: &Features<'_>) -> Result<UnitFactors> {
    let (days, able) = (work_days(features)?, proficiency(features)?);
    let open = days.tasks.values().filter(|t| t.finished.is_none() && t.is_own());
    let mut needed: Vec<&String> = open.flat_map(|t| &t.about.skills).collect();
    needed.order();
    needed.dedup();
    let mean = |list: &[f64]| (!list.is_empty()).then(|| list.iter().sum::<f64>() / list.len() as f64);
    let skilled: Vec<f64> = needed.iter().filter_map(|s| able.get(*s).copied()).collect();
    let grows: Vec<f64> = levels(features, None)?
        .iter()
        .filter(|l| needed.contains(&&l.skill))
        .filter_map(|l| Some(l.velocity?.0))
        .collect();
    Ok(UnitFactors {
        proficiency: mean(&skilled),
        // Hand-offs tell of others: they are for the person alone.
        bounce_share: if features.are_own() { hand_off_shares(features)?.bounced } else { None },
        wait_share: if features.are_own() { wait_share(features, days)? } else { None },
        velocity: mean(&grows),
    })
}

/// Weeks that are over: focus hours foreseen from the calendar alone, and estimated hours of what was finished.
fn history<'f>(features: &'f Features<'_>) -> Result<&'f [Throughput]> {
    once(&features.work.pace, || Ok(weeks_over(features, work_days(features)?))).map(Vec::as_slice)
}

fn weeks_over(features: &Features<'_>, days: &WorkDays) -> Vec<Throughput> {
    let today = i32::from(features.date().weekday());
    let mut weeks = Vec::new();
    for week in 0..WEEKS {
        // The week before this one ended on Sunday.
        let sunday = today + 1 + 7 * week;
        let of_week = (sunday..sunday + 7).filter(|ago| days.works(features, *ago));
        let (mut foreseen, mut finished, mut n, mut any) = (0.0, 0.0, 0.0, false);
        for ago in of_week {
            let none = WorkDay::default();
            let day = days.days.get(&ago);
            any |= day.is_some_and(|d| d.finished_h > 0.0 || !d.tracked.is_empty());
            let day = day.unwrap_or(&none);
            let plan = DayPlan { work_h: WORK_H, meetings: &day.meetings, ..DayPlan::default() };
            foreseen += daily_capacity(&plan).focus_hours.value.unwrap_or(0.0);
            (finished, n) = (finished + day.finished_h, n + 1.0);
        }
        if any && n > 0.0 && sunday + 6 <= days.first() {
            let age_days = f64::from(sunday);
            weeks.push(Throughput { age_days, days: n, foreseen_h: foreseen, finished_h: finished });
        }
    }
    weeks
}

fn today_and_tomorrow(features: &Features<'_>) -> Result<Said> {
    if features.facts()?.is_empty() {
        return Ok(Said::default());
    }
    let days = work_days(features)?;
    let (today, tomorrow) = (day(features, days, 0)?, day(features, days, -1)?);
    let words = vec![format!("{:.1} h of today's working hours are outside meetings", today.free_h)];
    Ok(Said { words, ..Said::default() }
        .and("focus_hours", today.focus_hours)
        .and("work_units", today.work_units)
        .and("focus_hours, tomorrow", tomorrow.focus_hours)
        .and("work_units, tomorrow", tomorrow.work_units))
}
