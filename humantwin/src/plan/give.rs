//! Who takes which task, and which projects to take on.

use super::{
    LeftOut, PersonToTake, PlanStep, PlanView, ProjectRequest, TaskToGive, WeekHours, conflict, invalid,
};
use crate::error::Result;
use crate::predict::NamedEstimate;
use twin_models::plan::Budget;
use twin_models::plan::allocation::{self, AllocationError, Hours, Project, resource_allocation};
use twin_models::plan::assignment::assign_with_capacity;
use twin_models::plan::workload::{Fairness, Work, Worker, workload_balance};
use twin_models::special::normal_cdf;

/// Points of level that make the difference between an even chance and a good one. OWN.
const SPREAD: f64 = 15.0;
/// What learning by a task is worth beside its success, a point of gap. OWN.
const LEARNING: f64 = 0.002;
/// Gap above which a task teaches nothing any more.
const MOST_GAP: f64 = 40.0;

/// Cost of a task for a person: what it will take of their time, less the chance of success times its value, less
/// what is learnt by it.
fn cost(task: &TaskToGive, person: &PersonToTake) -> f64 {
    let (mut chance, mut learnt) = (1.0, 0.0);
    for need in &task.skills {
        let level = person.skills.iter().find(|s| s.skill == need.skill).map_or(0.0, |s| s.level);
        chance *= normal_cdf(1.0 + (level - need.level) / SPREAD);
        let gap = need.level - level;
        if (0.0..=MOST_GAP).contains(&gap) {
            learnt += LEARNING * gap;
        }
    }
    let value = task.value.unwrap_or(1.0);
    let time = if person.hours > 0.0 { task.hours / person.hours } else { f64::INFINITY };
    if task.able.is_empty() || task.able.contains(&person.person) {
        (time - chance * value - learnt).min(1e9)
    } else {
        f64::INFINITY
    }
}

pub(super) fn assign(tasks: &[TaskToGive], people: &[PersonToTake]) -> Result<PlanView> {
    checked(tasks, people)?;
    if tasks.is_empty() {
        return Ok(PlanView::empty());
    }
    let costs: Vec<Vec<f64>> = tasks.iter().map(|t| people.iter().map(|p| cost(t, p)).collect()).collect();
    // A person takes as many tasks of the usual length as they have hours for, at least one.
    let usual = tasks.iter().map(|t| t.hours).sum::<f64>() / tasks.len() as f64;
    let capacity: Vec<usize> = people
        .iter()
        .map(|p| if p.hours <= 0.0 { 0 } else { ((p.hours / usual.max(0.25)).floor() as usize).max(1) })
        .collect();
    let found = assign_with_capacity(&costs, &capacity).map_err(|error| conflict(error.to_string()))?;
    let mut view = PlanView::empty();
    for (task, column) in tasks.iter().zip(&found.column) {
        let Some(person) = column.and_then(|c| people.get(c)) else {
            let reason = "nobody who is able to do it has time for it".to_owned();
            view.left_out.push(LeftOut { name: task.task.clone(), reason });
            continue;
        };
        let hours = Some(task.hours);
        view.steps.push(PlanStep {
            hours,
            value: task.value,
            ..PlanStep::of(&task.task, Some(person.person.clone()))
        });
    }
    (view.objective, view.bound) = (-found.total, -found.total);
    Ok(view)
}

pub(super) fn balance(tasks: &[TaskToGive], people: &[PersonToTake], budget: Budget<'_>) -> Result<PlanView> {
    checked(tasks, people)?;
    let works: Vec<Work> = tasks
        .iter()
        .map(|t| Work {
            name: t.task.clone(),
            hours: t.hours,
            spread: None,
            able: t.able.clone(),
            now: t.now.clone(),
        })
        .collect();
    let workers: Vec<Worker> =
        people.iter().map(|p| Worker { person: p.person.clone(), capacity_h: p.hours }).collect();
    let found = workload_balance(&works, &workers, budget).map_err(|error| conflict(error.to_string()))?;
    let mut view = PlanView::empty();
    for share in found.shares {
        for task in &share.tasks {
            let given = tasks.iter().find(|t| t.task == *task);
            view.steps.push(PlanStep {
                hours: given.map(|t| t.hours),
                ..PlanStep::of(task, Some(share.person.clone()))
            });
        }
        view.estimates.push(NamedEstimate { name: share.person, estimate: share.fullness });
    }
    (view.objective, view.bound) = (found.fullest.value.unwrap_or(0.0), found.bound);
    view.estimates.push(NamedEstimate { name: "fullest".into(), estimate: found.fullest });
    let fairness = |name: &str, f: &Fairness| {
        Some(format!("{name}: Jain {:.2}, Gini {:.2}, envy {:.2}", f.jain?, f.gini?, f.envy?))
    };
    view.words.extend(fairness("shared so", &found.fairness));
    view.words.extend(found.before.as_ref().and_then(|before| fairness("shared now", before)));
    if found.moves > 0 {
        view.words.push(format!("{} tasks change hands", found.moves));
    }
    if !found.binding.is_empty() {
        view.words.push(format!("held back by what only these can do: {}", found.binding.join(", ")));
    }
    Ok(view)
}

pub(super) fn allocate(
    projects: &[ProjectRequest],
    capacity: &[WeekHours],
    fits: Option<f64>,
    budget: Budget<'_>,
) -> Result<PlanView> {
    let hours = |week: &WeekHours| Hours { mean: week.hours, sd: week.sd.unwrap_or(0.0) };
    let asked: Vec<Project> = projects
        .iter()
        .map(|p| Project {
            name: p.project.clone(),
            value: p.value,
            demand: p.demand.iter().map(hours).collect(),
            must: p.must == Some(true),
        })
        .collect();
    let weeks: Vec<Hours> = capacity.iter().map(hours).collect();
    let found =
        resource_allocation(&asked, &weeks, fits.unwrap_or(allocation::FITS), budget).map_err(|error| {
            match error {
                AllocationError::Must { week, probability } => conflict(format!(
                    "the projects that must be done fit week {} with a probability of {probability:.2} only",
                    week + 1
                )),
                other => invalid(other.to_string()),
            }
        })?;
    let mut view = PlanView::empty();
    for name in found.taken {
        let value = projects.iter().find(|p| p.project == name).map(|p| p.value);
        view.steps.push(PlanStep { value, ..PlanStep::of(name, None) });
    }
    for out in found.left_out {
        let reason = format!(
            "with it week {} would fit with a probability of {:.2} only",
            out.week + 1,
            out.probability
        );
        view.left_out.push(LeftOut { name: out.name, reason });
    }
    view.words
        .extend((1..).zip(&found.fits).map(|(n, p)| format!("week {n} fits with a probability of {p:.2}")));
    (view.objective, view.bound) = (found.value.value.unwrap_or(0.0), found.bound);
    view.estimates.push(NamedEstimate { name: "value".into(), estimate: found.value });
    Ok(view)
}

fn checked(tasks: &[TaskToGive], people: &[PersonToTake]) -> Result<()> {
    let amount = |what: &str, name: &str, x: f64| match x.is_finite() && x >= 0.0 {
        true => Ok(()),
        false => Err(invalid(format!("hours of {what} `{name}` are {x}, expected 0 or more"))),
    };
    tasks.iter().try_for_each(|t| amount("task", &t.task, t.hours))?;
    people.iter().try_for_each(|p| amount("person", &p.person, p.hours))?;
    let worthless = |t: &&TaskToGive| t.value.is_some_and(|v| !(v.is_finite() && v > 0.0));
    if let Some(task) = tasks.iter().find(worthless) {
        return Err(invalid(format!("the value of task `{}` is not above 0", task.task)));
    }
    if people.is_empty() && !tasks.is_empty() {
        return Err(conflict("there is nobody to take the tasks"));
    }
    Ok(())
}
