//! Plans for the instances, and their worth counted again by rules written apart from the searches.

use super::instances::Instance;
use crate::Failure;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use twin_models::plan::assignment::assign;
use twin_models::plan::balance::balance;
use twin_models::plan::learning_path::{Item, learning_path};
use twin_models::plan::schedule::{LATE, Schedule, Task, schedule};
use twin_models::plan::team::{TeamProblem, team};
use twin_models::plan::{Budget, schedule::Plan};

/// A plan that keeps the rules.
pub(crate) struct Solved {
    /// What it is worth, counted again; a cost for assignment and balance.
    pub(crate) objective: f64,
    /// No plan is better than this, as the planner says.
    pub(crate) bound: f64,
    pub(crate) wall_ms: f64,
    /// The plan in the reference's numbers.
    pub(crate) plan: Value,
}

impl Solved {
    /// How near to `best` it is, 0..=1; 1 where it is as good.
    pub(crate) fn share_of(&self, best: f64, kind: &str) -> f64 {
        let (own, best) = if least(kind) { (best, self.objective) } else { (self.objective, best) };
        if best == 0.0 { 1.0 } else { own / best }
    }
}

/// Whether less is better.
pub(crate) fn least(kind: &str) -> bool {
    matches!(kind, "assignment" | "balance")
}

/// Plans an instance within `limit` of wall time.
pub(crate) fn solve(instance: &Instance, limit: Duration) -> Result<Solved, Failure> {
    let input = &instance.input;
    let of = match instance.kind {
        "schedule" => of_schedule,
        "assignment" => of_assignment,
        "balance" => of_balance,
        "team" => of_team,
        _ => of_learning_path,
    };
    of(input, limit).map_err(|e| format!("{}: {e}", instance.name).into())
}

/// Runs a planner under a clock.
fn timed<T>(limit: Duration, plan: impl FnOnce(Budget<'_>) -> T) -> (f64, T) {
    let start = Instant::now();
    let stop = || start.elapsed() >= limit;
    let done = plan(Budget { steps: u64::MAX, seed: 1, should_stop: Some(&stop) });
    (1000.0 * start.elapsed().as_secs_f64(), done)
}

fn of_schedule(input: &Value, limit: Duration) -> Result<Solved, Failure> {
    let energy = numbers(input, "energy")?;
    let busy = places(input.get("busy").ok_or("no busy slots")?)?;
    let task = |v: &Value| -> Result<Task, Failure> {
        Ok(Task {
            slots: number(v, "dur")? as usize,
            deadline: number(v, "deadline")? as usize,
            value: number(v, "value")?,
            load: number(v, "load")?,
            after: Vec::new(),
        })
    };
    let tasks = input.get("tasks").and_then(Value::as_array).ok_or("no tasks")?;
    let problem = Schedule {
        slots_per_day: number(input, "slots_per_day")? as usize,
        busy: (0..energy.len()).map(|t| busy.contains(&t)).collect(),
        energy,
        daily_load: None,
        late: LATE,
        tasks: tasks.iter().map(task).collect::<Result<_, _>>()?,
    };
    let (wall_ms, plan) = timed(limit, |budget| schedule(&problem, budget));
    let plan = plan?;
    let objective = worth(&problem, &plan).ok_or("the plan breaks a rule")?;
    Ok(Solved { objective, bound: plan.bound, wall_ms, plan: json!(plan.start) })
}

fn worth(problem: &Schedule, plan: &Plan) -> Option<f64> {
    let mut free: Vec<bool> = problem.busy.iter().map(|b| !b).collect();
    let mut sum = 0.0;
    for (task, start) in problem.tasks.iter().zip(&plan.start) {
        let Some(start) = *start else { continue };
        let end = start + task.slots;
        if start / problem.slots_per_day != (end - 1) / problem.slots_per_day {
            return None;
        }
        for t in start..end {
            if !std::mem::replace(free.get_mut(t)?, false) {
                return None;
            }
            sum += task.value * task.load * problem.energy.get(t)?;
        }
        sum -= LATE * task.value * end.saturating_sub(task.deadline) as f64;
    }
    Some(sum)
}

fn of_assignment(input: &Value, limit: Duration) -> Result<Solved, Failure> {
    let cost = table(input, "cost")?;
    let (wall_ms, found) = timed(limit, |_| assign(&cost));
    let found = found?;
    let mut seen = Vec::new();
    let mut total = 0.0;
    for (row, column) in cost.iter().zip(&found.column) {
        let column = column.ok_or("a row is not assigned")?;
        if seen.contains(&column) {
            return Err("a column is taken twice".into());
        }
        seen.push(column);
        total += row.get(column).ok_or("no such column")?;
    }
    Ok(Solved { objective: total, bound: found.total, wall_ms, plan: json!(found.column) })
}

fn of_balance(input: &Value, limit: Duration) -> Result<Solved, Failure> {
    let (hours, capacity) = (numbers(input, "hours")?, numbers(input, "capacity")?);
    let can: Vec<Vec<bool>> =
        table(input, "can_do")?.into_iter().map(|row| row.into_iter().map(|x| x > 0.0).collect()).collect();
    let (wall_ms, shared) = timed(limit, |budget| balance(&hours, &capacity, &can, budget));
    let shared = shared?;
    let mut load = vec![0.0; capacity.len()];
    for (task, (&person, h)) in shared.person.iter().zip(&hours).enumerate() {
        if can.get(person).and_then(|row| row.get(task)) != Some(&true) {
            return Err("a task for one who cannot do it".into());
        }
        *load.get_mut(person).ok_or("no such person")? += h;
    }
    let full = load.iter().zip(&capacity).map(|(l, c)| (1000.0 * l / c - 1e-9).ceil()).fold(0.0, f64::max);
    let bound = (1000.0 * shared.bound - 1e-9).ceil();
    Ok(Solved { objective: full, bound, wall_ms, plan: json!(shared.person) })
}

fn of_team(input: &Value, limit: Duration) -> Result<Solved, Failure> {
    let problem = TeamProblem {
        skills: table(input, "skills")?,
        need: numbers(input, "need")?,
        chemistry: table(input, "chemistry")?,
        load: numbers(input, "load")?,
        size: number(input, "team_size")? as usize,
        ..TeamProblem::default()
    };
    let (wall_ms, best) = timed(limit, |budget| team(&problem, budget));
    let best = best?;
    let mut people = best.people.clone();
    people.sort_unstable();
    people.dedup();
    if people.len() != problem.size || people.iter().any(|p| *p >= problem.load.len()) {
        return Err("not a team of that size".into());
    }
    let cell = |rows: &[Vec<f64>], i: usize, j: usize| rows.get(i).and_then(|r| r.get(j)).copied();
    let mut score = 0.0;
    for (s, need) in problem.need.iter().enumerate() {
        let best = people.iter().filter_map(|&p| cell(&problem.skills, p, s)).fold(0.0, f64::max);
        score += 100.0 * best.min(*need);
    }
    for (i, &a) in people.iter().enumerate() {
        score -= problem.load.get(a).ok_or("no load")?;
        score += people.iter().take(i).filter_map(|&b| cell(&problem.chemistry, a, b)).sum::<f64>();
    }
    Ok(Solved { objective: score, bound: best.bound, wall_ms, plan: json!(people) })
}

fn of_learning_path(input: &Value, limit: Duration) -> Result<Solved, Failure> {
    let needs = input.get("prereq").and_then(Value::as_array).ok_or("no prerequisites")?;
    let needs = needs.iter().map(places).collect::<Result<Vec<_>, _>>()?;
    let rows = numbers(input, "value")?.into_iter().zip(numbers(input, "hours")?).zip(needs);
    let items: Vec<Item> = rows.map(|((value, hours), needs)| Item { value, hours, needs }).collect();
    let budget = number(input, "budget")?;
    let (wall_ms, path) = timed(limit, |steps| learning_path(&items, budget, steps));
    let path = path?;
    let (mut seen, mut value, mut hours) = (Vec::new(), 0.0, 0.0);
    for &i in &path.items {
        let item = items.get(i).ok_or("no such item")?;
        if seen.contains(&i) || !item.needs.iter().all(|p| seen.contains(p)) {
            return Err("an item twice, or before what it needs".into());
        }
        seen.push(i);
        value += item.value;
        hours += item.hours;
    }
    if hours > budget {
        return Err("more hours than there are".into());
    }
    Ok(Solved { objective: value, bound: path.bound, wall_ms, plan: json!(path.items) })
}

fn number(value: &Value, key: &str) -> Result<f64, Failure> {
    value.get(key).and_then(Value::as_f64).ok_or_else(|| format!("no number `{key}`").into())
}

fn floats(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

fn numbers(value: &Value, key: &str) -> Result<Vec<f64>, Failure> {
    value.get(key).and_then(floats).ok_or_else(|| format!("no numbers `{key}`").into())
}

fn table(value: &Value, key: &str) -> Result<Vec<Vec<f64>>, Failure> {
    let rows = value.get(key).and_then(Value::as_array);
    rows.and_then(|rows| rows.iter().map(floats).collect()).ok_or_else(|| format!("no table `{key}`").into())
}

fn places(value: &Value) -> Result<Vec<usize>, Failure> {
    Ok(floats(value).ok_or("no places")?.into_iter().map(|x| x as usize).collect())
}
