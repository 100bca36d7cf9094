//! How much focused work a day holds, and what takes the rest of it.
//!
//! * [`pace`]: what the person finishes of what was foreseen
//! * [`units`]: what an hour is worth

pub mod pace;
mod slots;
pub mod units;

use super::gated::part;
use crate::health::answer::finite;
use crate::stats::Z80;
use pace::{Pace, Throughput, pace};
use slots::{SLOTS, Slots};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use units::{UnitFactors, factors};

/// Id of the model.
pub const ID: &str = "daily_capacity";
/// Its version.
pub const VERSION: &str = "1";
/// Working days of finished work from which an answer is the person's own.
pub const MIN_DAYS: f64 = 10.0;
/// Focus hours of a day of eight hours without meetings, where nothing is known.
pub const COLD_START_H: f64 = 4.5;
/// Minutes that it takes to come back to a task, unless learnt (observed: 23 after an unrelated interruption
/// [mark2005]).
pub const RESUMPTION_MIN: f64 = 15.0;
/// Most focus hours of a day.
pub const MAX_FOCUS_H: f64 = 12.0;
/// Share by which the highest stress lowers the recovery factor. OWN.
pub const STRESS_SHARE: f64 = 0.1;
/// Spread of a day around what is foreseen, as a share; with the spread of the slope it makes 4.5 ± 1.5. OWN.
const DAY_SPREAD: f64 = 0.15;
/// Energy that gives the cold start in a day of eight hours in one piece.
const FLAT_ENERGY: f64 = COLD_START_H / (8.0 * (1.0 - RESUMPTION_MIN / 480.0));
/// Hours a week up to which output rises in step [pencavel2014].
const LONG_WEEK_H: f64 = 48.0;
/// Hours beyond them after which one more adds nothing.
const LONG_WEEK_SPAN_H: f64 = 30.0;

/// A day as it is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayPlan<'a> {
    /// Energy 0..=1, 96 values each 15 min from local midnight; `None` where asleep or not known. Empty where there
    /// is no curve.
    pub energy: &'a [Option<f64>],
    /// Start and end of working hours, local hours 0..=24; equal on a day off.
    pub work_h: (f64, f64),
    /// Starts and ends of meetings, local hours, in any order; they may overlap.
    pub meetings: &'a [(f64, f64)],
    /// Readiness of today, 0..=100.
    pub readiness: Option<f64>,
    /// Stress, 0..=1 (detected load of the day, or the risk as a probability).
    pub stress: Option<f64>,
    /// Minutes to come back to a task after an interruption, where learnt for the person.
    pub resumption_min: Option<f64>,
    /// Hours worked this week before today, meetings included.
    pub week_worked_h: f64,
    /// Past periods, usually weeks, in any order.
    pub history: &'a [Throughput],
    /// What an hour is worth.
    pub units: UnitFactors,
}

/// What a day holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DailyCapacity {
    /// Focus hours, 0..=12; contributions add up to value − working hours.
    pub focus_hours: Estimate,
    /// The same in normalised units; contributions add up to value − focus hours.
    pub work_units: Estimate,
    /// Working hours outside meetings.
    pub free_h: f64,
    /// Focus hours before the own pace: what [`Throughput::foreseen_h`] wants to know later.
    pub foreseen_h: f64,
}

/// Share of a block of so many minutes that is left after coming back to the task, 0..=1.
///
/// ```
/// # use twin_models::capacity::daily::fragmentation;
/// assert_eq!((fragmentation(60.0, 15.0), fragmentation(10.0, 15.0)), (0.75, 0.0));
/// ```
#[must_use]
pub fn fragmentation(block_min: f64, resumption_min: f64) -> f64 {
    if block_min > 0.0 { (1.0 - resumption_min / block_min).max(0.0) } else { 0.0 }
}

/// The recovery factor, 0.54..=1.1: from readiness (0..=100), lowered a little by stress (0..=1, OWN); what is not
/// known changes nothing.
///
/// ```
/// # use twin_models::capacity::daily::recovery_factor;
/// assert_eq!((recovery_factor(Some(80.0), None), recovery_factor(None, None)), (1.0, 1.0));
/// assert_eq!(recovery_factor(Some(0.0), Some(1.0)), 0.54);
/// ```
#[must_use]
pub fn recovery_factor(readiness: Option<f64>, stress: Option<f64>) -> f64 {
    let ready = finite(readiness).map_or(1.0, |r| (0.6 + 0.5 * r / 100.0).clamp(0.6, 1.1));
    ready * (1.0 - STRESS_SHARE * finite(stress).map_or(0.0, |s| s.clamp(0.0, 1.0)))
}

/// Hours of output from hours of work in a week: in step up to 48, then less and less, never falling
/// (after [pencavel2014]).
///
/// ```
/// # use twin_models::capacity::daily::effective_week;
/// assert_eq!((effective_week(40.0), effective_week(54.0)), (40.0, 52.8));
/// assert_eq!(effective_week(63.0), effective_week(90.0));
/// ```
#[must_use]
pub fn effective_week(hours: f64) -> f64 {
    // beyond the top of the curve an hour adds nothing; the curve itself would fall back to 48
    let over = (hours - LONG_WEEK_H).clamp(0.0, 0.5 * LONG_WEEK_SPAN_H);
    hours.min(LONG_WEEK_H) + over * (1.0 - over / LONG_WEEK_SPAN_H)
}

/// How much focused work a day holds.
///
/// Without an energy curve a flat one is taken, so that eight hours in one piece give 4.5 ± 1.5 h. Provisional below
/// 10 days of finished work. A quarter of an hour that a meeting touches is gone.
///
/// ```
/// # use twin_models::capacity::daily::{DayPlan, daily_capacity};
/// let plan = DayPlan { work_h: (9.0, 17.0), ..DayPlan::default() };
/// let free = daily_capacity(&plan).focus_hours;
/// assert!((free.value.unwrap() - 4.5).abs() < 1e-9);
/// let busy = daily_capacity(&DayPlan { meetings: &[(10.0, 11.0), (13.0, 14.5)], ..plan });
/// assert!((busy.free_h, busy.focus_hours.value < free.value) == (5.5, true));
/// ```
#[must_use]
pub fn daily_capacity(plan: &DayPlan<'_>) -> DailyCapacity {
    let (start, end) = plan.work_h;
    let hours = (0.0..=24.0).contains(&start) && (0.0..=24.0).contains(&end) && start <= end;
    let meetings = plan.meetings.iter().all(|(a, b)| a.is_finite() && b.is_finite());
    let in_range = |x: Option<f64>, most: f64| x.is_none_or(|x| (0.0..=most).contains(&x));
    let curve = plan.energy.is_empty()
        || (plan.energy.len() == SLOTS && plan.energy.iter().flatten().all(|e| (0.0..=1.0).contains(e)));
    let refused = if !hours || !meetings {
        Some("working hours or meetings are no times of a day")
    } else if !curve {
        Some("the energy curve is not 96 values between 0 and 1")
    } else if !in_range(plan.readiness, 100.0) || !in_range(plan.stress, 1.0) {
        Some("readiness is not within 0 to 100 or stress not within 0 to 1")
    } else if !in_range(plan.resumption_min, 120.0) || !(0.0..=168.0).contains(&plan.week_worked_h) {
        Some("minutes to come back are not within 0 to 120, or the week's hours not within 0 to 168")
    } else {
        None
    };
    if let Some(gap) = refused {
        let absent =
            |unit| Estimate::absent(ID, VERSION, unit, EstimateStatus::OutOfRangeInput, vec![gap.into()]);
        return DailyCapacity {
            focus_hours: absent("h"),
            work_units: absent("1"),
            free_h: 0.0,
            foreseen_h: 0.0,
        };
    }
    let pace = pace(plan.history);
    let slots = Slots::of(plan, FLAT_ENERGY);
    let factor = recovery_factor(plan.readiness, plan.stress);
    let parts = hour_parts(plan, &slots, &pace, factor);
    let value: f64 = slots.working_h + parts.iter().map(|p| p.amount).sum::<f64>();
    // rounding may leave a trace below nothing
    let value = value.max(0.0);
    let share = (pace.sd * pace.sd / (pace.slope * pace.slope) + DAY_SPREAD * DAY_SPREAD).sqrt();
    let focus_hours = focus_estimate(plan, &pace, value, share, parts);
    let work_units = units_estimate(&focus_hours, &plan.units, value, share);
    let foreseen_h = slots.energy_h * factor * week_share(plan, &slots);
    DailyCapacity { focus_hours, work_units, free_h: slots.free_h, foreseen_h }
}

/// What an hour yields this late in the week, 0..=1.
fn week_share(plan: &DayPlan<'_>, slots: &Slots) -> f64 {
    let worked = plan.week_worked_h;
    if slots.working_h > 0.0 {
        (effective_week(worked + slots.working_h) - effective_week(worked)) / slots.working_h
    } else {
        1.0
    }
}

/// What takes hours from the working day, one after the other.
fn hour_parts(plan: &DayPlan<'_>, slots: &Slots, pace: &Pace, factor: f64) -> Vec<Contribution> {
    let week = week_share(plan, slots);
    let ready = recovery_factor(plan.readiness, None);
    let steps = [
        ("meetings", slots.free_h, None, Some(slots.working_h - slots.free_h), "h"),
        ("fragmentation", slots.whole_h, None, Some(slots.free_h - slots.whole_h), "h"),
        ("low energy", slots.energy_h, Some(1.0), Some(slots.mean_energy), "1"),
        ("readiness", slots.energy_h * ready, Some(1.0), Some(ready), "1"),
        ("stress", slots.energy_h * factor, Some(1.0), Some(factor / ready), "1"),
        ("hours of the week", slots.energy_h * factor * week, Some(1.0), Some(week), "1"),
        ("own pace", slots.energy_h * factor * week * pace.slope, Some(1.0), Some(pace.slope), "1"),
        (
            "most of a day",
            (slots.energy_h * factor * week * pace.slope).min(MAX_FOCUS_H),
            None,
            Some(MAX_FOCUS_H),
            "h",
        ),
    ];
    let mut at = slots.working_h;
    let mut parts = Vec::with_capacity(steps.len());
    for (name, left, baseline, now, unit) in steps {
        let amount = left - at;
        at = left;
        if amount.abs() > 1e-12 {
            parts.push(part(name, amount, baseline, now, unit));
        }
    }
    parts
}

fn focus_estimate(
    plan: &DayPlan<'_>,
    pace: &Pace,
    value: f64,
    share: f64,
    contributions: Vec<Contribution>,
) -> Estimate {
    let enough = pace.days >= MIN_DAYS;
    let mut gaps = Vec::new();
    let known = [
        (!plan.energy.is_empty(), "no energy curve: a flat one was taken"),
        (plan.readiness.is_some(), "no readiness of today"),
        (plan.stress.is_some(), "no stress"),
        (enough, "fewer than ten recent days of finished work: the pace is mostly that of people in general"),
    ];
    gaps.extend(known.iter().filter(|(there, _)| !there).map(|(_, gap)| (*gap).to_owned()));
    if pace.used < plan.history.len() {
        gaps.push(format!("{} past periods could not be used", plan.history.len() - pace.used));
    }
    let prior_share = (pace.sd / pace::SLOPE.1).powi(2).clamp(0.0, 1.0);
    Estimate {
        value: Some(value),
        low: Some((value * (1.0 - Z80 * share)).max(0.0)),
        high: Some((value * (1.0 + Z80 * share)).min(MAX_FOCUS_H)),
        confidence: (1.0 - prior_share).clamp(0.0, 1.0),
        // days at the end of what is believed teach no pace
        status: if enough && prior_share < 1.0 { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: pace.days,
        prior_share,
        coverage: known.iter().filter(|(there, _)| *there).count() as f64 / known.len() as f64,
        contributions,
        ..Estimate::absent(ID, VERSION, "h", EstimateStatus::Ok, gaps)
    }
}

/// Focus hours times what one is worth.
fn units_estimate(focus: &Estimate, given: &UnitFactors, hours: f64, share: f64) -> Estimate {
    let (list, variance, missing) = factors(given);
    let mut at = hours;
    let mut contributions = Vec::new();
    for factor in &list {
        let amount = at * (factor.times - 1.0);
        at += amount;
        if amount.abs() > 1e-12 {
            contributions.push(part(factor.name, amount, Some(factor.usual), factor.now, "1"));
        }
    }
    let reach = (Z80 * (share * share + variance).sqrt()).exp();
    let mut gaps = focus.gaps.clone();
    if missing > 0 {
        gaps.push(format!("{missing} of 4 factors on the worth of an hour are not known"));
    }
    let known = 1.0 - missing as f64 / list.len().max(1) as f64;
    Estimate {
        value: Some(at),
        low: Some(at / reach),
        high: Some(at * reach),
        confidence: focus.confidence * (0.5 + 0.5 * known),
        kind: EstimateKind::Index,
        // the scale itself is a prior that no outcome has ever corrected
        status: EstimateStatus::Provisional,
        n_effective: focus.n_effective,
        prior_share: 1.0,
        coverage: 0.5 * (focus.coverage + known),
        contributions,
        ..Estimate::absent(ID, VERSION, "1", EstimateStatus::Ok, gaps)
    }
}

#[cfg(test)]
mod tests;
