//! Work shared out.

use super::{Formula, Rule, numbers, table, under};
use serde_json::{Value, json};
use twin_models::plan::{Budget, balance};

const MODEL: &str = "workload balancing: assign every task to one able person, minimise the largest \
                     load/capacity (in 1/1000, rounded up)";
/// About 50 ms.
const STEPS: u64 = 50_000;

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(Rule::AtMost(1.01), MODEL, "max_load_permille", |c| Some(json!(fullest(c)?))),
    // no better than can be
    under(Rule::AtLeast(1.0, 0.0), MODEL, "bound", |c| Some(json!(fullest(c)?))),
    under(Rule::Information, MODEL, "status", |_| None),
];

/// From the people of the tasks, checked against what they can do.
fn fullest(case: &Value) -> Option<f64> {
    let (hours, capacity) = (numbers(case, "hours")?, numbers(case, "capacity")?);
    let can: Vec<Vec<bool>> =
        table(case, "can_do")?.into_iter().map(|row| row.into_iter().map(|x| x > 0.0).collect()).collect();
    let shared = balance::balance(&hours, &capacity, &can, Budget::steps(STEPS, 1)).ok()?;
    let mut load = vec![0.0; capacity.len()];
    for (task, &person) in shared.person.iter().enumerate() {
        can.get(person)?.get(task)?.then_some(())?;
        *load.get_mut(person)? += hours.get(task)?;
    }
    let permille = load.iter().zip(&capacity).map(|(l, c)| (1000.0 * l / c - 1e-9).ceil());
    Some(permille.fold(0.0, f64::max))
}
