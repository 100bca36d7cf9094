//! Which formula answers for which output of which vector file: a room for each model.

mod alertness;
mod anomaly;
mod circadian;
mod cosinor;
mod daily;
mod hrv;
mod load;
mod mood;
mod rr;
mod sleep;
mod trees;

use serde_json::Value;

/// One output of one model's vectors.
pub(super) struct Formula {
    pub(super) model: &'static str,
    pub(super) output: &'static str,
    /// The output for a case, `null` where absent; `None` if the input is not understood.
    pub(super) run: fn(&Value) -> Option<Value>,
    /// Elements at the start and end that the vector does not vouch for.
    pub(super) skip: (usize, usize),
}

const fn of(model: &'static str, output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    Formula { model, output, run, skip: (0, 0) }
}

const ROOMS: &[&[Formula]] = &[
    alertness::FORMULAS,
    anomaly::FORMULAS,
    circadian::FORMULAS,
    cosinor::FORMULAS,
    daily::FORMULAS,
    hrv::FORMULAS,
    load::FORMULAS,
    mood::FORMULAS,
    rr::FORMULAS,
    sleep::FORMULAS,
    trees::FORMULAS,
];

/// The formula of an output.
pub(super) fn find(model: &str, output: &str) -> Option<&'static Formula> {
    ROOMS.iter().copied().flatten().find(|f| f.model == model && f.output == output)
}

fn number(case: &Value, key: &str) -> Option<f64> {
    case.get("input")?.get(key)?.as_f64()
}

fn plain(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

fn numbers(case: &Value, key: &str) -> Option<Vec<f64>> {
    plain(case.get("input")?.get(key)?)
}

fn gappy(case: &Value, key: &str) -> Option<Vec<Option<f64>>> {
    Some(case.get("input")?.get(key)?.as_array()?.iter().map(Value::as_f64).collect())
}
