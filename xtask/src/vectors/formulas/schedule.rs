//! When to do which task.

use super::{Formula, Rule, number, numbers, places, under, whole};
use serde_json::{Value, json};
use twin_models::plan::Budget;
use twin_models::plan::schedule::{LATE, Schedule, Task, schedule};

const MODEL: &str = "calendar-slot scheduling (each task at most once, whole within one day, no overlap with \
                     busy slots or each other); maximise sum over placed tasks of value*load*sum(energy over \
                     its slots) - 60*value*max(0,end-deadline)";
const STEPS: u64 = 20_000;

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(Rule::AtLeast(0.995, 0.0), MODEL, "objective", |c| Some(json!(objective(c)?.0))),
    // what we say no plan can exceed, and the peer's plan does not
    under(Rule::AtLeast(1.0, 0.0), MODEL, "bound", |c| Some(json!(objective(c)?.1))),
    under(Rule::Information, MODEL, "status", |_| None),
];

/// Objective and bound, counted again from the starts and checked slot by slot.
fn objective(case: &Value) -> Option<(f64, f64)> {
    let energy = numbers(case, "energy")?;
    let taken = places(case.get("input")?.get("busy")?)?;
    let tasks: Option<Vec<Task>> = case.get("input")?.get("tasks")?.as_array()?.iter().map(task).collect();
    let per_day = whole(case, "slots_per_day")?;
    (energy.len() as f64 == per_day as f64 * number(case, "days")?).then_some(())?;
    let problem = Schedule {
        slots_per_day: per_day,
        busy: (0..energy.len()).map(|t| taken.contains(&t)).collect(),
        energy,
        daily_load: None,
        late: LATE,
        tasks: tasks?,
    };
    let plan = schedule(&problem, Budget::steps(STEPS, 1)).ok()?;
    let mut free: Vec<bool> = problem.busy.iter().map(|b| !b).collect();
    let mut sum = 0.0;
    for (task, start) in problem.tasks.iter().zip(&plan.start) {
        let Some(start) = *start else { continue };
        let end = start + task.slots;
        (start / per_day == (end - 1) / per_day).then_some(())?;
        for t in start..end {
            std::mem::replace(free.get_mut(t)?, false).then_some(())?;
            sum += task.value * task.load * problem.energy.get(t)?;
        }
        sum -= LATE * task.value * end.saturating_sub(task.deadline) as f64;
    }
    Some((sum, plan.bound))
}

fn task(value: &Value) -> Option<Task> {
    let number = |key: &str| value.get(key)?.as_u64();
    Some(Task {
        slots: usize::try_from(number("dur")?).ok()?,
        deadline: usize::try_from(number("deadline")?).ok()?,
        value: number("value")? as f64,
        load: number("load")? as f64,
        after: Vec::new(),
    })
}
