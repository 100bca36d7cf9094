//! What the coming weeks hold and ask for.

use super::day::{WORK_H, WorkDay, WorkDays};
use crate::error::Result;
use crate::predict::work::skills::levels;
use crate::predict::{Asked, CurveView, Features, PointView, Said};
use twin_core::estimate::Estimate;
use twin_models::capacity::daily::{DayPlan, daily_capacity};
use twin_models::capacity::forecast::{self, ComingWeek, ForecastInput, PastWeek, capacity_forecast};

pub(super) const ASKED: &[Asked] =
    &[Asked { id: forecast::ID, name: "capacity, next week", unit: "h", run: weeks }];

/// Weeks back and ahead.
const BACK: i32 = 52;
const AHEAD: i32 = 4;

/// Share of the usual working days of a week that are open, and whether anything is known of it.
fn week(features: &Features<'_>, days: &WorkDays, sunday: i32) -> (f64, Vec<i32>) {
    let open: Vec<i32> = (sunday..sunday + 7).filter(|ago| days.works(features, *ago)).collect();
    let usual = match features.person().work_days.len() {
        0 => 5,
        n => n,
    };
    (open.len() as f64 / usual as f64, open)
}

fn weeks(features: &Features<'_>) -> Result<Said> {
    let days = WorkDays::of(features)?;
    if days.days.is_empty() {
        return Ok(Said::default());
    }
    let today = i32::from(features.date().weekday());
    let none = WorkDay::default();
    let past: Vec<PastWeek> = (0..BACK)
        .rev()
        .map(|back| today + 1 + 7 * back)
        .filter(|sunday| sunday + 6 <= days.first())
        .map(|sunday| {
            let (open_share, open) = week(features, &days, sunday);
            let held: f64 = open
                .iter()
                .map(|ago| {
                    let day = days.days.get(ago).unwrap_or(&none);
                    let plan = DayPlan { work_h: WORK_H, meetings: &day.meetings, ..DayPlan::default() };
                    daily_capacity(&plan).focus_hours.value.unwrap_or(0.0)
                })
                .sum();
            let of_week = || (sunday..sunday + 7).filter_map(|ago| days.days.get(&ago));
            let done: f64 = of_week().map(|d| d.finished_h).sum();
            let planned = of_week().filter_map(|d| d.planned_week_h).next_back();
            PastWeek {
                capacity_h: (!open.is_empty()).then_some(held),
                demand_h: planned.or((done > 0.0).then_some(done)),
                open_share: open_share.clamp(0.0, 1.0),
            }
        })
        .collect();
    let coming: Vec<ComingWeek> = (0..AHEAD)
        .map(|ahead| {
            // From the next Monday on.
            let monday = today - 7 - 7 * ahead;
            let (open_share, _) = week(features, &days, monday - 6);
            let due = days.due_h(features, monday - 6..=monday);
            ComingWeek { open_share: open_share.clamp(0.0, 1.0), committed_h: (due > 0.0).then_some(due) }
        })
        .collect();
    let velocities: Vec<f64> = levels(features, None)?.iter().filter_map(|l| Some(l.velocity?.0)).collect();
    let velocity = (!velocities.is_empty()).then(|| velocities.iter().sum::<f64>() / velocities.len() as f64);
    let said = capacity_forecast(&ForecastInput { past: &past, coming: &coming, velocity });
    let curve = |name: &str, of: fn(&forecast::WeekOutlook) -> &Estimate| {
        let points = (1_i64..).zip(&said.weeks).filter_map(|(n, week)| {
            let estimate = of(week);
            let at = features.moment().plus_secs(n * 7 * 86_400);
            Some(PointView { at, value: estimate.value?, low: estimate.low, high: estimate.high })
        });
        CurveView { name: name.into(), unit: "h".into(), points: points.collect() }
    };
    let curves = vec![curve("capacity", |w| &w.capacity), curve("demand", |w| &w.demand)];
    let Some(next) = said.weeks.first() else { return Ok(Said::default()) };
    Ok(Said { curves, ..Said::default() }
        .and("capacity, next week", next.capacity.clone())
        .and("demand, next week", next.demand.clone())
        .and("overload, next week", next.overload.clone()))
}
