//! Day by day: what load amounts to, and how much sleep is owed.

use crate::predict::{LOAD_DAYS, load_of, load_rule};
use crate::report::{DayLoad, ReportData, TrainingState};
use crate::view::DayView;
use std::collections::BTreeMap;
use twin_core::LocalDate;
use twin_core::sort::Gather as _;
use twin_models::health::sleep::debt::debt;
use twin_models::health::sleep::habits::MIN_RECENT_NIGHTS;
use twin_models::health::training::fitness_fatigue::{
    FATIGUE_DAYS, FITNESS_DAYS, MIN_DAYS, START_DAYS, ewma, filled, form,
};
use twin_models::stats::mean;

/// Days that the model of debt looks back on.
const DEBT_DAYS: i32 = 90;

/// Fills the days' training state and sleep debt.
pub(super) fn trends(data: &mut ReportData, views: &[DayView]) {
    let span = data.to.days() - data.from.days() + 1;
    let by_date: BTreeMap<LocalDate, &DayView> = views.iter().map(|view| (view.date, view)).gather();
    // From the first day with anything in it, and no further back than the models look.
    let first = by_date.keys().next().copied().unwrap_or(data.to);
    let back = |days: i32| first.max(data.to.plus_days(1 - days.max(span)));
    let from = back(i32::try_from(LOAD_DAYS).unwrap_or(0));
    let rule = load_rule(by_date.range(from..).map(|(_, view)| *view));
    let training = rule.as_deref().map_or_else(BTreeMap::new, |rule| training(&by_date, from, data.to, rule));
    let owed = owed(data, &by_date, back(DEBT_DAYS));
    for day in &mut data.days {
        // Of somebody who trains, a day worn through without a session is a day of rest.
        let view = by_date.get(&day.date).filter(|_| rule.is_some() && day.load.is_none());
        if let Some(value) = view.and_then(|view| load_of(view, None)) {
            day.load = Some(DayLoad { value, method: "rest".into() });
        }
        day.training = training.get(&day.date).copied();
        day.sleep_debt_h = owed.get(&day.date).copied();
    }
}

/// Days of a span, each with its view.
fn row<T>(
    by_date: &BTreeMap<LocalDate, &DayView>,
    from: LocalDate,
    to: LocalDate,
    of: impl Fn(&DayView) -> Option<T>,
) -> Vec<(LocalDate, Option<T>)> {
    let dates = (from.days()..=to.days()).map(LocalDate::from_days);
    dates.map(|date| (date, by_date.get(&date).and_then(|view| of(view)))).collect()
}

/// Fitness, fatigue and form of each day, from the loads of the rule that the model takes. Nothing where the model would
/// say nothing: before 14 known days, and where none of the last seven is known.
fn training(
    by_date: &BTreeMap<LocalDate, &DayView>,
    from: LocalDate,
    to: LocalDate,
    rule: &str,
) -> BTreeMap<LocalDate, TrainingState> {
    let days = row(by_date, from, to, |view| load_of(view, Some(rule)));
    let load: Vec<Option<f64>> = days.iter().map(|(_, load)| *load).collect();
    let filled: Vec<f64> = filled(&load, to.weekday()).iter().map(|day| day.load).collect();
    let first: Vec<f64> = filled.iter().copied().take(START_DAYS).collect();
    let Some(start) = mean(&first) else { return BTreeMap::new() };
    let (fitness, fatigue) = (ewma(&filled, FITNESS_DAYS, start), ewma(&filled, FATIGUE_DAYS, start));
    let form = form(&fitness, &fatigue, 0.0);
    let states = fitness.iter().zip(&fatigue).zip(&form).enumerate();
    let said = days.iter().zip(states).filter(|(_, (i, _))| {
        let so_far = load.get(..=*i).unwrap_or_default();
        let recent = so_far.iter().rev().take(7).flatten().count();
        recent > 0 && so_far.iter().flatten().count() >= MIN_DAYS
    });
    said.map(|((date, _), (_, ((fitness, fatigue), form)))| {
        let state = TrainingState { fitness: Some(*fitness), fatigue: Some(*fatigue), form: Some(*form) };
        (*date, state)
    })
    .gather()
}

/// Sleep owed after each day, h, against the need that the model has learnt; nothing where fewer than four of the
/// last seven nights are known.
fn owed(
    data: &ReportData,
    by_date: &BTreeMap<LocalDate, &DayView>,
    from: LocalDate,
) -> BTreeMap<LocalDate, f64> {
    let said = data.outlook.iter().flat_map(|outlook| &outlook.said).flat_map(|said| &said.estimates);
    let Some(need_h) = said.filter(|e| e.name == "sleep_need").find_map(|e| e.estimate.value) else {
        return BTreeMap::new();
    };
    let hours = 0.0..=24.0;
    let nights = row(by_date, from, data.to, |view| {
        let (tst_h, nap_h) = (view.sleep.as_ref()?.asleep_min? / 60.0, view.nap_min.unwrap_or(0.0) / 60.0);
        (hours.contains(&tst_h) && hours.contains(&nap_h)).then_some((tst_h, nap_h))
    });
    let slept: Vec<(Option<f64>, f64)> =
        nights.iter().map(|(_, night)| night.map_or((None, 0.0), |(tst, nap)| (Some(tst), nap))).collect();
    let debts = debt(&slept, need_h);
    let recent = |i: usize| slept.get(..=i).unwrap_or_default().iter().rev().take(7);
    nights
        .iter()
        .zip(debts)
        .enumerate()
        .filter(|(i, _)| recent(*i).filter(|(tst, _)| tst.is_some()).count() >= MIN_RECENT_NIGHTS)
        .map(|(_, ((date, _), owed))| (*date, owed.max(0.0)))
        .gather()
}
