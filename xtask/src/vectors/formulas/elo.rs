//! Logistic Elo of people and tasks.

use super::{Formula, number, of, plain};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use twin_models::skill::elo::{Rating, Uncertainty, Urnings};

const MODEL: &str = "logistic Elo for people and items with uncertainty function";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "p", |c| Some(json!(played(c)?.1))),
    of(MODEL, "theta", |c| Some(values(&played(c)?.0.people))),
    of(MODEL, "difficulty", |c| Some(values(&played(c)?.0.tasks))),
];

fn played(case: &Value) -> Option<(Urnings, Vec<f64>)> {
    let speed = Uncertainty { a: number(case, "a")?, b: number(case, "b")? };
    let mut all = Urnings { speed, ..Urnings::default() };
    let outcomes = case.get("input")?.get("events")?.as_array()?.iter().map(|event| {
        let [person, task, outcome] = plain(event)?.try_into().ok()?;
        Some(all.observe(person as u64, task as u64, outcome))
    });
    let p = outcomes.collect::<Option<Vec<_>>>()?;
    Some((all, p))
}

fn values(ratings: &BTreeMap<u64, Rating>) -> Value {
    let named: BTreeMap<String, f64> = ratings.iter().map(|(id, r)| (id.to_string(), r.value)).collect();
    json!(named)
}
