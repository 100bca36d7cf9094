//! Where exhaustion is heading over the coming weeks.

use super::day::WORK_H;
use super::load::load_value_on;
use crate::error::Result;
use crate::predict::work::together::meeting_usefulness;
use crate::predict::work::work_days;
use crate::predict::{Asked, Features, Said};
use crate::view::DayView;
use twin_models::capacity::burnout::week::{ExhaustionCheckIn, WorkWeek};
use twin_models::capacity::burnout::{self, HORIZONS, burnout_forecast};
use twin_models::stats::mean;

pub(super) const ASKED: &[Asked] =
    &[Asked { id: burnout::ID, name: "exhaustion", unit: "{score}", run: ahead }];

/// Weeks that are looked back on.
const WEEKS: usize = 26;

/// Mean answer on a scale over a week, as a share of the scale. `bad`: the high end is the worse one.
fn told(week: &[&DayView], scale: &str, bad: bool) -> Option<f64> {
    let share = |a: &&crate::view::CheckInView| {
        let part = (a.value - a.min) / (a.max - a.min);
        // Turned round where the source says that the scale runs the other way.
        if a.higher_is_better == Some(bad) { 1.0 - part } else { part }
    };
    let of_scale = week.iter().flat_map(|d| &d.check_ins).filter(|a| a.scale == scale && a.max > a.min);
    mean(&of_scale.map(|a| share(&a)).collect::<Vec<f64>>())
}

/// How clear the person says their role is over a week, 0..=1; asked the one way or the other.
pub(in crate::predict::work) fn role_clarity(week: &[&DayView]) -> Option<f64> {
    told(week, "role_clarity", false)
        .or_else(|| told(week, "role_ambiguity", true).map(|unclear| 1.0 - unclear))
}

fn ahead(features: &Features<'_>) -> Result<Said> {
    let days = work_days(features)?;
    let views: Vec<&DayView> = features.days().collect();
    let mut weeks = Vec::with_capacity(WEEKS);
    for back in (0..WEEKS).rev() {
        let newest = 7 * i32::try_from(back).unwrap_or(0);
        let ago = |day: &DayView| features.date().days() - day.date.days();
        let week: Vec<&DayView> =
            views.iter().copied().filter(|d| (newest..newest + 7).contains(&ago(d))).collect();
        let of_days = || (newest..newest + 7).filter_map(|a| days.days.get(&a).map(|d| (a, d)));
        let loads = of_days().filter_map(|(a, _)| load_value_on(features, a, &[]).transpose());
        let loads = loads.collect::<Result<Vec<f64>>>()?;
        let tracked: f64 = of_days().map(|(_, d)| d.tracked_h()).sum();
        let late: f64 = of_days().map(|(_, d)| d.after_hours_min() / 60.0).sum();
        let scale = told(&week, "cbi_work", true).or_else(|| told(&week, "cbi_personal", true));
        let asked = told(&week, "exhaustion", true);
        let exhaustion = scale
            .map(|v| ExhaustionCheckIn { value: 100.0 * v, scale: true })
            .or_else(|| asked.map(|v| ExhaustionCheckIn { value: 100.0 * v, scale: false }));
        let known = of_days().next().is_some() || !week.is_empty();
        let working = (newest..newest + 7).filter(|a| days.works(features, *a)).count() as f64;
        let slept: Vec<f64> =
            week.iter().filter_map(|d| Some(d.sleep.as_ref()?.asleep_min? / 60.0)).collect();
        // What the person says they can do goes before what the calendar has room for.
        let sustainable = of_days().filter_map(|(_, d)| d.sustainable_week_h).next_back();
        let room = (working > 0.0 && known).then_some(working * (WORK_H.1 - WORK_H.0));
        let span = f64::from(newest)..f64::from(newest + 7);
        weeks.push(WorkWeek {
            exhaustion,
            planned_h: of_days().filter_map(|(_, d)| d.planned_week_h).next_back(),
            capacity_h: sustainable.or(room),
            cognitive_load: mean(&loads),
            after_hours_share: (tracked > 0.0).then(|| late / tracked),
            emotional_demands: told(&week, "emotional_demands", true),
            control: told(&week, "control", false),
            support: told(&week, "support", false),
            feedback: told(&week, "feedback", false),
            role_clarity: role_clarity(&week),
            meeting_usefulness: meeting_usefulness(features, span)?,
            detachment: told(&week, "detachment", false),
            sleep_h: mean(&slept),
            days_off: known.then_some(7.0 - working),
            effort_reward: week
                .iter()
                .flat_map(|d| &d.check_ins)
                .rfind(|a| a.scale == "effort_reward")
                .map(|a| a.value),
        });
    }
    // Weeks before anything was known are no weeks without demands.
    let first = weeks.iter().position(|w| *w != WorkWeek::default()).unwrap_or(weeks.len());
    let weeks = weeks.get(first..).unwrap_or_default();
    if weeks.is_empty() {
        return Ok(Said::default());
    }
    let said = burnout_forecast(weeks, None);
    let mut words = vec!["an outlook with wide limits, no diagnosis".to_owned()];
    words.extend(said.top_demand.iter().map(|a| format!("the highest demand: {}", a.name)));
    words.extend(said.missing_resource.iter().map(|a| format!("what is missing most: {}", a.name)));
    words.extend(
        said.effort_reward.map(|r| format!("effort over reward is {r:.2}; above 1 is out of balance")),
    );
    let out = Said { words, ..Said::default() }.and("exhaustion", said.exhaustion);
    let out = HORIZONS
        .iter()
        .zip(said.reaching)
        .fold(out, |out, (weeks, estimate)| out.and(&format!("burnout, {weeks} weeks"), estimate));
    Ok(out.and("trend", said.trend))
}
