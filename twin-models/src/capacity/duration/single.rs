//! The answer from a list of finished tasks.

use super::model::DurationModel;
use super::{Finished, ID, MIN_TASKS, Task, VERSION, believed};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};
use twin_core::sort::OrderBy;

/// Finished tasks that the population is worth, from its spreads: `σ² / τ²` of a person [jones2019].
const POPULATION_WORTH: f64 = 5.76;

/// The median of the hours a task will take, with its 80 % interval; contributions are hours that each effect adds,
/// the estimate being the baseline.
///
/// `finished` may be of one person or of several, in any order; those of others help with kinds and projects.
/// Without an estimate [`MIN_TASKS`] finished tasks are needed, and the usual hours are the baseline.
/// Finished tasks with impossible hours are left out and counted among the gaps.
///
/// ```
/// # use twin_models::capacity::duration::{Finished, Task, task_duration};
/// let task = Task { estimate_h: Some(4.0), kind: "bug".into(), ..Task::default() };
/// let done = vec![Finished { task: task.clone(), actual_h: 6.0, age_days: 3.0 }; 20];
/// let known = task_duration(&task, &done);
/// assert!(known.value.unwrap() > 5.3 && known.value.unwrap() < 6.0);
/// assert_eq!(task_duration(&task, &[]).value.map(f64::round), Some(4.0));
/// ```
#[must_use]
pub fn task_duration(task: &Task, finished: &[Finished]) -> Estimate {
    let absent = |status, gap: &str| Estimate::absent(ID, VERSION, "h", status, vec![gap.into()]);
    if task.estimate_h.is_some_and(|h| !believed(h)) {
        return absent(EstimateStatus::OutOfRangeInput, "the estimate is not between 0 and 2000 h");
    }
    let mut usable: Vec<&Finished> = finished
        .iter()
        .filter(|f| believed(f.actual_h) && f.age_days.is_finite() && f.age_days >= 0.0)
        .filter(|f| task.estimate_h.is_none() || f.task.estimate_h.is_some_and(believed))
        .collect();
    // oldest first, as the model learns
    usable.order_by(|a, b| b.age_days.total_cmp(&a.age_days));
    let mut model = DurationModel::new();
    for f in &usable {
        model.take(&f.task, f.actual_h, -f.age_days, false);
    }
    model.refit(0.0);
    let Some(hours) = model.predict(task, 0.0) else {
        return absent(EstimateStatus::InsufficientData, "no estimate, and fewer than five finished tasks");
    };
    let prior_share = POPULATION_WORTH / (POPULATION_WORTH + hours.n_effective);
    let enough = usable.len() >= MIN_TASKS;
    let mut gaps = Vec::new();
    if !enough {
        gaps.push("fewer than five finished tasks with an estimate: mostly the estimate itself".to_owned());
    }
    if usable.len() < finished.len() {
        gaps.push(format!("{} finished tasks could not be used", finished.len() - usable.len()));
    }
    let usual = usable.iter().map(|f| f.actual_h.ln()).sum::<f64>() / usable.len().max(1) as f64;
    Estimate {
        value: Some(hours.q50_h),
        low: Some(hours.q10_h),
        high: Some(hours.q90_h),
        confidence: (1.0 - prior_share).clamp(0.0, 1.0),
        status: if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: hours.n_effective,
        prior_share,
        coverage: usable.len() as f64 / finished.len().max(1) as f64,
        contributions: contributions(task.estimate_h.unwrap_or(usual.exp()), &model, task, hours.q50_h),
        gaps,
        ..absent(EstimateStatus::Ok, "")
    }
}

/// What each effect adds, one after the other, and last how tasks that are alike turned out, so that the parts add
/// up to value − baseline.
fn contributions(baseline: f64, model: &DurationModel, task: &Task, value: f64) -> Vec<Contribution> {
    let mut at = baseline;
    let mut step = |name: &str, to: f64| {
        let before = at;
        at = to;
        Contribution {
            feature: name.into(),
            amount: to - before,
            baseline: Some(before),
            now: Some(to),
            unit: "h".into(),
        }
    };
    let mut all = Vec::new();
    let mut to = baseline;
    // without an estimate the effects start from nothing, not from the usual hours
    if task.estimate_h.is_some() {
        for m in model.multipliers(task) {
            to *= m.factor;
            all.push(step(&m.name, to));
        }
    }
    all.push(step("how tasks alike turned out", value));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    fn task(estimate_h: f64, kind: &str) -> Task {
        Task { estimate_h: Some(estimate_h), kind: kind.into(), ..Task::default() }
    }

    fn done(estimate_h: f64, kind: &str, actual_h: f64) -> Finished {
        Finished { task: task(estimate_h, kind), actual_h, age_days: 10.0 }
    }

    #[test]
    fn parts_add_up_and_a_kind_has_its_own_level() {
        let mut all = vec![done(3.0, "bug", 9.0); 30];
        all.extend(vec![done(3.0, "text", 3.0); 30]);
        let (bug, text) = (task_duration(&task(3.0, "bug"), &all), task_duration(&task(3.0, "text"), &all));
        assert!(bug.value > text.value && bug.status == EstimateStatus::Ok);
        let parts: f64 = bug.contributions.iter().map(|c| c.amount).sum();
        assert!((bug.value.unwrap() - 3.0 - parts).abs() < 1e-9);
        assert!(bug.low < bug.value && bug.value < bug.high);
    }

    #[test]
    fn four_of_five_tasks_fall_into_the_interval() {
        let mut draws = Draws::new(11);
        let (mut inside, people, tasks) = (0, 40, 40);
        for _ in 0..people {
            let bias = 0.2 * draws.normal();
            let mut actual = |e: f64| (e.ln() + bias + 0.48 * draws.normal()).exp();
            let history: Vec<Finished> = (0..tasks).map(|_| done(5.0, "", actual(5.0))).collect();
            let known = task_duration(&task(5.0, ""), &history);
            let (low, high) = (known.low.unwrap(), known.high.unwrap());
            inside += (0..25).map(|_| actual(5.0)).filter(|h| (low..=high).contains(h)).count();
        }
        let share = inside as f64 / f64::from(people * 25);
        assert!((0.75..0.87).contains(&share), "{share}");
    }

    #[test]
    fn bad_input_has_no_answer_or_is_left_out() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e6] {
            assert_eq!(task_duration(&task(bad, ""), &[]).status, EstimateStatus::OutOfRangeInput);
            let known = task_duration(&task(2.0, ""), &[done(2.0, "", bad)]);
            assert_eq!((known.value.map(f64::round), known.coverage), (Some(2.0), 0.0));
            let aged = Finished { age_days: bad - 2.0, ..done(2.0, "", 2.0) };
            assert!(task_duration(&task(2.0, ""), &[aged]).value.is_some_and(f64::is_finite));
        }
        let blind = Task { kind: "bug".into(), ..Task::default() };
        assert_eq!(
            task_duration(&blind, &vec![done(2.0, "bug", 3.0); 4]).status,
            EstimateStatus::InsufficientData
        );
        let known = task_duration(&blind, &vec![done(2.0, "bug", 3.0); 5]);
        assert!((known.value.unwrap() - 3.0).abs() < 0.2, "{known:?}");
        let parts: f64 = known.contributions.iter().map(|c| c.amount).sum();
        assert!((known.value.unwrap() - 3.0 - parts).abs() < 1e-9);
    }

    #[test]
    fn one_astray_task_moves_little() {
        let mut all = vec![done(4.0, "", 4.0); 20];
        let before = task_duration(&task(4.0, ""), &all).value.unwrap();
        all.push(done(4.0, "", 400.0));
        assert!(task_duration(&task(4.0, ""), &all).value.unwrap() < before * 1.05);
    }

    #[test]
    fn the_order_of_finished_tasks_is_no_matter() {
        let mut all: Vec<Finished> = (0..30)
            .map(|i| Finished { age_days: f64::from(i), ..done(2.0, "", 1.0 + f64::from(i % 4)) })
            .collect();
        let there = task_duration(&task(2.0, ""), &all);
        all.reverse();
        assert_eq!(there, task_duration(&task(2.0, ""), &all));
    }
}
