//! Work shared out among people, and how fair that is, from estimates with their spread.

use super::Budget;
use super::balance::{Balance, BalanceError, balance};
use crate::cells::at;
use crate::noise::Noise;
use crate::stats::quantile;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "workload_balance";
/// Its version.
pub const VERSION: &str = "1";
/// Draws of the hours of all tasks.
const DRAWS: u64 = 200;

/// A task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Its name.
    pub name: String,
    /// Hours it will take (median), 0 or more.
    pub hours: f64,
    /// Spread of the log of these hours, 0 or more; absent where not known, which counts as 0.
    pub spread: Option<f64>,
    /// Who is able to do it; empty for everyone.
    pub able: Vec<String>,
    /// Who does it now; absent for nobody.
    pub now: Option<String>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worker {
    /// Who; every name once.
    pub person: String,
    /// Hours they have.
    pub capacity_h: f64,
}

/// What one person gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Who.
    pub person: String,
    /// Tasks, by name.
    pub tasks: Vec<String>,
    /// Hours over capacity, 1 being full, and its interval; absent without capacity.
    pub fullness: Estimate,
    /// Probability that it is more than they have time for.
    pub overload: f64,
}

/// How evenly work is shared, of the fullness of those who have capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fairness {
    /// `(Σx)² / (n Σx²)`, 0..=1, 1 being even [jain1984]; absent without work.
    pub jain: Option<f64>,
    /// Gini coefficient, 0 being even; absent without work.
    pub gini: Option<f64>,
    /// The most anyone could envy another: the fullest less the emptiest. OWN.
    pub envy: Option<f64>,
}

/// A way to share out work.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedWork {
    /// What each person gets, in the order given.
    pub shares: Vec<Share>,
    /// The greatest fullness; contributions are the tasks of the fullest.
    pub fullest: Estimate,
    /// No sharing has a lesser greatest one.
    pub bound: f64,
    /// People who hold it back: only they are able to do their tasks.
    pub binding: Vec<String>,
    /// How fair it is.
    pub fairness: Fairness,
    /// How fair work is shared now; absent where some task is nobody's or of a stranger.
    pub before: Option<Fairness>,
    /// Tasks that change hands.
    pub moves: usize,
}

/// Evenness of fullness.
///
/// ```
/// # use twin_models::plan::workload::fairness;
/// assert_eq!(fairness(&[0.5, 0.5]).jain, Some(1.0));
/// assert_eq!((fairness(&[1.0, 0.0]).jain, fairness(&[1.0, 0.0]).envy), (Some(0.5), Some(1.0)));
/// ```
#[must_use]
pub fn fairness(fullness: &[f64]) -> Fairness {
    let (n, sum): (f64, f64) = (fullness.len() as f64, fullness.iter().sum());
    if !sum.is_finite() || sum <= 0.0 {
        return Fairness::default();
    }
    let squares: f64 = fullness.iter().map(|x| x * x).sum();
    let apart: f64 = fullness.iter().flat_map(|a| fullness.iter().map(move |b| (a - b).abs())).sum();
    let (least, most) =
        fullness.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), x| (x.min(least), x.max(most)));
    Fairness {
        jain: Some(sum * sum / (n * squares)),
        gini: Some(apart / (2.0 * n * sum)),
        envy: Some(most - least),
    }
}

/// Shares out all tasks so that the fullest person is as little full as can be, then the next, and so on.
///
/// ```
/// # use twin_models::plan::{Budget, workload::{Work, Worker, workload_balance}};
/// let work = |name: &str, hours| Work { name: name.into(), hours, ..Work::default() };
/// let who = |person: &str| Worker { person: person.into(), capacity_h: 10.0 };
/// let tasks = [work("a", 5.0), work("b", 3.0), work("c", 2.0)];
/// let shared = workload_balance(&tasks, &[who("ann"), who("bob")], Budget::steps(500, 1)).unwrap();
/// assert_eq!((shared.fullest.value, shared.fairness.jain), (Some(0.5), Some(1.0)));
/// ```
///
/// # Errors
/// On hours or capacities that are no numbers of 0 or more, and tasks that nobody with time is able to do.
pub fn workload_balance(
    tasks: &[Work],
    people: &[Worker],
    budget: Budget<'_>,
) -> Result<SharedWork, BalanceError> {
    let hours: Vec<f64> = tasks.iter().map(|t| t.hours).collect();
    let capacity: Vec<f64> = people.iter().map(|p| p.capacity_h).collect();
    let can = |p: &Worker| tasks.iter().map(|t| t.able.is_empty() || t.able.contains(&p.person)).collect();
    let can_do: Vec<Vec<bool>> = people.iter().map(can).collect();
    let found = balance(&hours, &capacity, &can_do, budget)?;
    let now: Option<Vec<usize>> = tasks
        .iter()
        .map(|t| t.now.as_ref().and_then(|now| people.iter().position(|p| p.person == *now)))
        .collect();
    let moves = now.as_ref().map_or(0, |now| now.iter().zip(&found.person).filter(|(a, b)| a != b).count());
    let draws = draws(tasks, &capacity, &found);
    let shares: Vec<Share> =
        people.iter().enumerate().map(|(p, who)| share(p, who, tasks, &found, &draws)).collect();
    let of = |owner: &[usize]| {
        let mut load = vec![0.0; people.len()];
        owner.iter().zip(&hours).for_each(|(&p, h)| crate::cells::add(&mut load, p, *h));
        let with_time = load.iter().zip(&capacity).filter(|(_, c)| **c > 0.0).map(|(l, c)| l / c);
        fairness(&with_time.collect::<Vec<_>>())
    };
    let fullest: Vec<f64> = draws.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).collect();
    let top = (0..people.len()).max_by(|&a, &b| at(&found.fullness, a).total_cmp(&at(&found.fullness, b)));
    let contributions = tasks.iter().zip(&found.person).filter(|(_, p)| Some(**p) == top).map(|(t, p)| {
        let amount = t.hours / at(&capacity, *p);
        Contribution { feature: t.name.clone(), amount, baseline: None, now: Some(t.hours), unit: "h".into() }
    });
    let fullest =
        Estimate { contributions: contributions.collect(), ..estimate(found.fullest, fullest, tasks) };
    let name = |p: &usize| people.get(*p).map(|who| who.person.clone());
    Ok(SharedWork {
        fullest,
        bound: found.bound,
        binding: found.binding.iter().filter_map(name).collect(),
        fairness: of(&found.person),
        before: now.as_deref().map(of),
        moves,
        shares,
    })
}

/// Fullness of everyone, drawn anew.
fn draws(tasks: &[Work], capacity: &[f64], found: &Balance) -> Vec<Vec<f64>> {
    let draw = |i: u64| {
        let mut noise = Noise::of(0x0077_6f72, [i, 0, 0]);
        let mut load = vec![0.0; capacity.len()];
        for (task, &person) in tasks.iter().zip(&found.person) {
            let spread = task.spread.filter(|s| (0.0..=3.0).contains(s)).unwrap_or(0.0);
            crate::cells::add(&mut load, person, task.hours * (spread * noise.normal()).exp());
        }
        load.iter().zip(capacity).map(|(l, c)| if *c > 0.0 { l / c } else { 0.0 }).collect()
    };
    (0..DRAWS).map(draw).collect()
}

fn share(p: usize, who: &Worker, tasks: &[Work], found: &Balance, draws: &[Vec<f64>]) -> Share {
    let own: Vec<&Work> = tasks.iter().zip(&found.person).filter(|(_, q)| **q == p).map(|(t, _)| t).collect();
    let drawn: Vec<f64> = draws.iter().map(|row| at(row, p)).collect();
    let overload = drawn.iter().filter(|x| **x > 1.0).count() as f64 / DRAWS as f64;
    let fullness = if who.capacity_h > 0.0 {
        estimate(at(&found.fullness, p), drawn, tasks)
    } else {
        Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, vec!["no capacity".into()])
    };
    Share {
        person: who.person.clone(),
        tasks: own.iter().map(|t| t.name.clone()).collect(),
        fullness,
        overload,
    }
}

fn estimate(value: f64, mut drawn: Vec<f64>, tasks: &[Work]) -> Estimate {
    let known = tasks.iter().filter(|t| t.spread.is_some()).count() as f64 / tasks.len().max(1) as f64;
    let mut end = |q| quantile(&mut drawn, q);
    let (low, high) = (end(0.1), end(0.9));
    // hours without any spread are taken at their word
    let status = if known > 0.0 { EstimateStatus::Ok } else { EstimateStatus::Provisional };
    Estimate {
        value: Some(value),
        low: low.map(|x| x.min(value)),
        high: high.map(|x| x.max(value)),
        kind: EstimateKind::Quantity,
        coverage: known,
        confidence: known,
        n_effective: tasks.len() as f64,
        gaps: if known < 1.0 { vec!["how sure some hours are is not known".into()] } else { Vec::new() },
        ..Estimate::absent(ID, VERSION, "1", status, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(name: &str, hours: f64, now: &str) -> Work {
        Work { name: name.into(), hours, spread: Some(0.4), able: Vec::new(), now: Some(now.into()) }
    }

    fn people() -> Vec<Worker> {
        [("ann", 8.0), ("bob", 4.0)].map(|(p, capacity_h)| Worker { person: p.into(), capacity_h }).into()
    }

    #[test]
    fn sharing_is_fairer_than_before_and_hours_are_kept() {
        let tasks =
            [work("a", 4.0, "bob"), work("b", 2.0, "bob"), work("c", 2.0, "bob"), work("d", 1.0, "ann")];
        let shared = workload_balance(&tasks, &people(), Budget::steps(500, 1)).unwrap();
        assert!((shared.fullest.value.unwrap() - 0.75).abs() < 1e-9);
        assert!(
            shared.fairness.jain > shared.before.unwrap().jain
                && shared.fairness.envy < shared.before.unwrap().envy
        );
        assert!(shared.fairness.gini < shared.before.unwrap().gini && shared.moves > 0);
        assert_eq!(shared.shares.iter().map(|s| s.tasks.len()).sum::<usize>(), 4);
        let parts: f64 = shared.fullest.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - shared.fullest.value.unwrap()).abs() < 1e-9);
        assert!(
            shared.shares[0].fullness.low < shared.shares[0].fullness.high && shared.shares[0].overload < 0.5
        );
    }

    #[test]
    fn what_cannot_be_shared_is_named() {
        let few = Budget::steps(10, 1);
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(
                workload_balance(&[work("a", bad, "")], &people(), few),
                Err(BalanceError::Hours { task: 0 })
            );
        }
        let only = Work { able: vec!["cid".into()], ..work("a", 1.0, "") };
        assert_eq!(
            workload_balance(&[only], &people(), few),
            Err(BalanceError::Infeasible { tasks: vec![0] })
        );
        let empty = workload_balance(&[], &people(), few).unwrap();
        assert_eq!((empty.fullest.value, empty.fairness), (Some(0.0), Fairness::default()));
        let huge = workload_balance(&[work("a", 10_000.0, "x")], &people(), few).unwrap();
        assert!(
            huge.fullest.value.unwrap() > 100.0 && huge.shares[0].overload > 0.99 && huge.before.is_none()
        );
        let plain = Work { spread: None, ..work("a", 1.0, "x") };
        let taken = workload_balance(&[plain], &people(), few).unwrap().fullest;
        assert_eq!((taken.confidence, taken.status), (0.0, EstimateStatus::Provisional));
        let idle = [Worker { person: "z".into(), capacity_h: 0.0 }, people().remove(0)];
        let shared = workload_balance(&[work("a", 1.0, "z")], &idle, few).unwrap();
        assert!(shared.shares[0].fullness.value.is_none() && shared.fairness.jain == Some(1.0));
    }
}
