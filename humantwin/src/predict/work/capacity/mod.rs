//! How much the person can do, and what it costs them.

mod break_advice;
mod burnout;
mod daily;
mod day;
mod durations;
mod forecast;
mod load;
mod peaks;
mod strain;
mod stress;
mod waiting;

pub(super) use burnout::role_clarity;
pub(super) use day::{WORK_H, WorkDays, entries};
pub(super) use durations::{duration_of, durations_of};

use crate::error::Result;
use crate::predict::work::work_days;
use crate::predict::{Asked, Features};
use twin_core::estimate::Estimate;

/// Start and end, local hours.
type Span = (f64, f64);

/// Hours on the clock that can be planned on a day so many days ago; below 0 it is to come.
pub(super) fn workable_h(features: &Features<'_>, ago: i32) -> Result<f64> {
    Ok(daily::day(features, work_days(features)?, ago)?.workable_h)
}

/// Focus hours of a day with their interval, of days as they are given.
pub(super) fn day_of(features: &Features<'_>, days: &WorkDays, ago: i32) -> Result<Estimate> {
    Ok(daily::day(features, days, ago)?.focus_hours)
}

/// Working hours and meetings of a day, local hours.
pub(super) fn meetings_of(features: &Features<'_>, ago: i32) -> Result<(Span, Vec<Span>)> {
    let days = work_days(features)?;
    let work_h = if days.works(features, ago) { WORK_H } else { (WORK_H.0, WORK_H.0) };
    Ok((work_h, days.days.get(&ago).map(|day| day.meetings.clone()).unwrap_or_default()))
}

/// Energy of today and tomorrow each quarter of an hour, 0..=1.
pub(super) fn peak_energy(features: &Features<'_>) -> Result<Vec<Vec<Option<f64>>>> {
    let slots = &peaks::found(features)?.slots;
    let days = slots.chunks(twin_models::capacity::peaks::DAY_SLOTS);
    Ok(days.map(|day| day.iter().map(|s| s.as_ref().map(|s| s.value)).collect()).collect())
}

pub(super) const ASKED: [&[Asked]; 9] = [
    durations::ASKED,
    peaks::ASKED,
    daily::ASKED,
    load::ASKED,
    stress::ASKED,
    burnout::ASKED,
    strain::ASKED,
    forecast::ASKED,
    break_advice::ASKED,
];
