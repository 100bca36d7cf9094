//! What to learn.

use super::{Formula, Rule, number, numbers, of, places, under};
use serde_json::{Value, json};
use twin_models::plan::Budget;
use twin_models::plan::learning_path::{Item, learning_path};

const MODEL: &str = "precedence-constrained knapsack";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "objective", |c| Some(json!(value(c)?))),
    under(Rule::Information, MODEL, "status", |_| None),
];

/// From the items of the path, checked against hours and prerequisites.
fn value(case: &Value) -> Option<f64> {
    let needs: Option<Vec<_>> = case.get("input")?.get("prereq")?.as_array()?.iter().map(places).collect();
    let rows = numbers(case, "value")?.into_iter().zip(numbers(case, "hours")?).zip(needs?);
    let items: Vec<Item> = rows.map(|((value, hours), needs)| Item { value, hours, needs }).collect();
    let budget = number(case, "budget")?;
    let path = learning_path(&items, budget, Budget::steps(100_000, 1)).ok()?;
    let (mut seen, mut value, mut hours) = (Vec::new(), 0.0, 0.0);
    for &i in &path.items {
        let item = items.get(i)?;
        item.needs.iter().all(|p| seen.contains(p)).then_some(())?;
        seen.push(i);
        value += item.value;
        hours += item.hours;
    }
    (hours <= budget && path.bound == path.value).then_some(value)
}
