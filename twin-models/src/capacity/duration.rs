//! How long a task will take, from the estimate of it and how the person's estimates turned out before.
//!
//! On the log scale: `ln hours = ln estimate + bias + slope (ln estimate − ln 7) + kind + project + e`, each effect
//! normal around 0 and shrunk towards it [gelman2007], `e` heavy-tailed [west1984].

use crate::special::student_t_quantile;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "task_duration";
/// Its version.
pub const VERSION: &str = "1";
/// Finished tasks from which an answer is the person's own.
pub const MIN_TASKS: usize = 5;
/// Age at which a finished task counts half, days.
pub const HALF_LIFE_DAYS: f64 = 730.0;
/// Spread of the log of the ratio of hours to estimate, in one company [jones2019].
const SIGMA: f64 = 0.48;
/// Spread of the bias between people, same source.
const TAU_PERSON: f64 = 0.20;
/// Spread between kinds of tasks, same source.
const TAU_KIND: f64 = 0.15;
/// Spread between projects, same source (at most).
const TAU_PROJECT: f64 = 0.05;
/// Spread of the slope between people. OWN.
const TAU_SLOPE: f64 = 0.10;
/// Spread between kinds where there is no estimate.
const TAU_KIND_ALONE: f64 = 1.0;
/// Estimates are centred at a working day, h.
const CENTRE_H: f64 = 7.0;
/// Degrees of freedom of the tails.
const FREEDOM: f64 = 4.0;
/// Tasks that [`SIGMA`] is worth. OWN.
const SIGMA_WORTH: f64 = 10.0;
/// Longest task or estimate that is believed, h: a working year. OWN.
const MAX_H: f64 = 2000.0;

/// A task as it stands before it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Estimated hours, above 0.
    pub estimate_h: Option<f64>,
    /// Its kind; empty where unknown.
    pub kind: String,
    /// Its project; empty where unknown.
    pub project: String,
}

/// A task that the person finished.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The task.
    pub task: Task,
    /// Hours it took, above 0.
    pub actual_h: f64,
    /// Days since then, at least 0.
    pub age_days: f64,
}

/// The median of the hours a task will take, with its 80 % interval; contributions are hours that each effect adds,
/// the estimate being the baseline.
///
/// Without an estimate the person's own usual hours take its place, and [`MIN_TASKS`] finished tasks are needed.
/// Finished tasks with impossible hours are left out and counted among the gaps.
///
/// ```
/// # use twin_models::capacity::duration::{Finished, Task, task_duration};
/// let task = Task { estimate_h: Some(4.0), kind: "bug".into(), project: String::new() };
/// let done = vec![Finished { task: task.clone(), actual_h: 6.0, age_days: 3.0 }; 20];
/// let known = task_duration(&task, &done);
/// assert!(known.value.unwrap() > 5.3 && known.value.unwrap() < 6.0);
/// assert_eq!(task_duration(&task, &[]).value.map(f64::round), Some(4.0));
/// ```
#[must_use]
pub fn task_duration(task: &Task, finished: &[Finished]) -> Estimate {
    let absent = |status, gap: &str| Estimate::absent(ID, VERSION, "h", status, vec![gap.into()]);
    let believed = |h: f64| h > 0.0 && h <= MAX_H;
    if task.estimate_h.is_some_and(|h| !believed(h)) {
        return absent(EstimateStatus::OutOfRangeInput, "the estimate is not between 0 and 2000 h");
    }
    let usable: Vec<&Finished> = finished
        .iter()
        .filter(|f| believed(f.actual_h) && f.age_days.is_finite() && f.age_days >= 0.0)
        .filter(|f| task.estimate_h.is_none() || f.task.estimate_h.is_some_and(believed))
        .collect();
    if task.estimate_h.is_none() && usable.len() < MIN_TASKS {
        return absent(EstimateStatus::InsufficientData, "no estimate, and fewer than five finished tasks");
    }
    let logs = usable.iter().map(|f| f.actual_h.ln()).sum::<f64>() / usable.len().max(1) as f64;
    let centre = task.estimate_h.map_or(logs, f64::ln);
    let mut effects = Effects::new(task.estimate_h.is_some());
    let asked = effects.design(task);
    let rows: Vec<Row> = usable
        .iter()
        .map(|f| {
            let expected =
                if task.estimate_h.is_some() { f.task.estimate_h.map_or(logs, f64::ln) } else { logs };
            Row {
                design: effects.design(&f.task),
                y: f.actual_h.ln() - expected,
                weight: (-f.age_days / HALF_LIFE_DAYS).exp2(),
            }
        })
        .collect();
    let (sigma2, posterior) = robust(&rows, &effects.tau);
    let (shift, doubt) = posterior.of(&asked);
    let reach = student_t_quantile(FREEDOM, 0.9) * (sigma2 + doubt).sqrt();
    let n_effective = effective(&rows);
    let prior_share = SIGMA * SIGMA / (SIGMA * SIGMA + n_effective * TAU_PERSON * TAU_PERSON);
    let enough = usable.len() >= MIN_TASKS;
    let mut gaps = Vec::new();
    if !enough {
        gaps.push("fewer than five finished tasks with an estimate: mostly the estimate itself".to_owned());
    }
    if usable.len() < finished.len() {
        gaps.push(format!("{} finished tasks could not be used", finished.len() - usable.len()));
    }
    let value = (centre + shift).exp();
    Estimate {
        value: Some(value),
        low: Some((centre + shift - reach).exp()),
        high: Some((centre + shift + reach).exp()),
        confidence: (1.0 - prior_share).clamp(0.0, 1.0),
        status: if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective,
        prior_share,
        coverage: usable.len() as f64 / finished.len().max(1) as f64,
        contributions: contributions(centre, &asked, &posterior),
        gaps,
        ..absent(EstimateStatus::Ok, "")
    }
}

/// What each effect adds, one after the other, so that the parts add up to value − baseline.
fn contributions(centre: f64, asked: &[(usize, f64)], posterior: &Posterior) -> Vec<Contribution> {
    let names = ["own bias", "size of the estimate", "kind of task", "project"];
    let mut at = centre;
    let each = asked.iter().zip(names).map(|((i, x), name)| {
        let before = at;
        at += x * posterior.mean.get(*i).copied().unwrap_or(0.0);
        Contribution {
            feature: name.into(),
            amount: at.exp() - before.exp(),
            baseline: Some(before.exp()),
            now: Some(at.exp()),
            unit: "h".into(),
        }
    });
    each.collect()
}

/// Effects by number: bias, slope, then kinds and projects as they come.
struct Effects {
    estimated: bool,
    tau: Vec<f64>,
    named: BTreeMap<(bool, String), usize>,
}

impl Effects {
    fn new(estimated: bool) -> Self {
        Self { estimated, tau: vec![TAU_PERSON, TAU_SLOPE], named: BTreeMap::new() }
    }

    /// Which effects a task has, and how much of each.
    fn design(&mut self, task: &Task) -> Vec<(usize, f64)> {
        let size = if self.estimated { task.estimate_h.map_or(0.0, |h| (h / CENTRE_H).ln()) } else { 0.0 };
        let kind_tau = if self.estimated { TAU_KIND } else { TAU_KIND_ALONE };
        let mut named = |is_kind: bool, name: &str, tau: f64| {
            let next = self.tau.len();
            let at = *self.named.entry((is_kind, name.to_owned())).or_insert(next);
            if at == next {
                self.tau.push(tau);
            }
            // an unknown one still has an effect, that of all unknown ones
            (at, 1.0)
        };
        let (kind, project) = (named(true, &task.kind, kind_tau), named(false, &task.project, TAU_PROJECT));
        vec![(0, 1.0), (1, size), kind, project]
    }
}

struct Row {
    design: Vec<(usize, f64)>,
    y: f64,
    weight: f64,
}

/// `(Σw)² / Σw²`.
fn effective(rows: &[Row]) -> f64 {
    let squares: f64 = rows.iter().map(|r| r.weight * r.weight).sum();
    if squares > 0.0 { rows.iter().map(|r| r.weight).sum::<f64>().powi(2) / squares } else { 0.0 }
}

/// Normal belief about all effects.
struct Posterior {
    mean: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Posterior {
    fn prior(tau: &[f64]) -> Self {
        let row = |i| (0..tau.len()).zip(tau).map(|(j, t)| if i == j { t * t } else { 0.0 }).collect();
        Self { mean: vec![0.0; tau.len()], covariance: (0..tau.len()).map(row).collect() }
    }

    fn times(row: &[f64], design: &[(usize, f64)]) -> f64 {
        design.iter().map(|(i, x)| x * row.get(*i).copied().unwrap_or(0.0)).sum()
    }

    /// Mean and variance of a task's effects together.
    fn of(&self, design: &[(usize, f64)]) -> (f64, f64) {
        let spread: Vec<f64> = self.covariance.iter().map(|row| Self::times(row, design)).collect();
        (Self::times(&self.mean, design), Self::times(&spread, design).max(0.0))
    }

    /// The Kalman step of one finished task.
    fn learn(&mut self, row: &Row, variance: f64) {
        let spread: Vec<f64> = self.covariance.iter().map(|c| Self::times(c, &row.design)).collect();
        let surprise = row.y - Self::times(&self.mean, &row.design);
        let total = variance + Self::times(&spread, &row.design);
        for ((mean, line), own) in self.mean.iter_mut().zip(&mut self.covariance).zip(&spread) {
            *mean += own / total * surprise;
            for (cell, other) in line.iter_mut().zip(&spread) {
                *cell -= own / total * other;
            }
        }
    }
}

/// Effects and the variance around them, with tasks that went astray counting less.
fn robust(rows: &[Row], tau: &[f64]) -> (f64, Posterior) {
    let mut sigma2 = SIGMA * SIGMA;
    let mut weights = vec![1.0; rows.len()];
    let mut posterior = Posterior::prior(tau);
    for _ in 0..5 {
        posterior = Posterior::prior(tau);
        for (row, w) in rows.iter().zip(&weights) {
            // a task so old that it weighs nothing would divide by zero
            let weight: f64 = w * row.weight;
            if weight > 1e-9 {
                posterior.learn(row, sigma2 / weight);
            }
        }
        let (mut sum, mut n) = (SIGMA_WORTH * SIGMA * SIGMA, SIGMA_WORTH);
        for (row, weight) in rows.iter().zip(&mut weights) {
            let (mean, doubt) = posterior.of(&row.design);
            let square = (row.y - mean).powi(2) + doubt;
            *weight = (FREEDOM + 1.0) / (FREEDOM + square / sigma2);
            sum += row.weight * *weight * square;
            n += row.weight;
        }
        sigma2 = sum / n;
    }
    (sigma2, posterior)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    fn task(estimate_h: f64, kind: &str) -> Task {
        Task { estimate_h: Some(estimate_h), kind: kind.into(), project: String::new() }
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
            let bias = TAU_PERSON * draws.normal();
            let mut actual = |e: f64| (e.ln() + bias + SIGMA * draws.normal()).exp();
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
        }
        let blind = Task { estimate_h: None, kind: "bug".into(), project: String::new() };
        assert_eq!(
            task_duration(&blind, &vec![done(2.0, "bug", 3.0); 4]).status,
            EstimateStatus::InsufficientData
        );
        let known = task_duration(&blind, &vec![done(2.0, "bug", 3.0); 5]);
        assert!((known.value.unwrap() - 3.0).abs() < 1e-6);
    }

    #[test]
    fn one_astray_task_moves_little() {
        let mut all = vec![done(4.0, "", 4.0); 20];
        let before = task_duration(&task(4.0, ""), &all).value.unwrap();
        all.push(done(4.0, "", 400.0));
        assert!(task_duration(&task(4.0, ""), &all).value.unwrap() < before * 1.05);
    }
}
