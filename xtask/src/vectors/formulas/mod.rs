//! Which formula answers for which output of which vector file: a room for each model.

mod alertness;
mod anomaly;
mod bkt;
mod calibration;
mod circadian;
mod conjugate;
mod cosinor;
mod daily;
mod elo;
mod ets;
mod first_passage;
mod fsrs;
mod glicko2;
mod hrv;
mod load;
mod local_level;
mod metrics;
mod mood;
mod random_intercept;
mod rr;
mod sleep;
mod team_ratings;
mod trees;

use serde_json::{Value, json};

/// One output of one model's vectors.
pub(super) struct Formula {
    pub(super) model: &'static str,
    pub(super) output: &'static str,
    /// The output for a case, `null` where absent; `None` if the input is not understood.
    pub(super) run: fn(&Value) -> Option<Value>,
    /// Elements at the start and end that the vector does not vouch for.
    pub(super) skip: (usize, usize),
    /// How close is close enough where the case does not say.
    pub(super) rule: Rule,
}

/// How an output is compared where the case does not say.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// By the file's own tolerances of these names, absolute and relative.
    File(&'static str, &'static str),
    /// By a tolerance of ours, absolute, where the file has words for it.
    Within(f64),
    /// As good as expected or better, but for so much: a likelihood.
    AtLeast(f64),
}

impl Rule {
    /// The rule for a value as a case would give it.
    pub(super) fn of(self, value: &Value, tolerance: Option<&Value>) -> Value {
        let of_file = |key: &str| tolerance.and_then(|t| t.get(key)).and_then(Value::as_f64).unwrap_or(0.0);
        match self {
            Self::File(abs, rel) => json!({ "value": value, "atol": of_file(abs), "rtol": of_file(rel) }),
            Self::Within(atol) => json!({ "value": value, "atol": atol }),
            Self::AtLeast(slack) => json!({ "value": value, "at_least": slack }),
        }
    }
}

const fn of(model: &'static str, output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    Formula { model, output, run, skip: (0, 0), rule: Rule::File("abs", "rel") }
}

const fn ruled(
    model: &'static str,
    output: &'static str,
    rule: Rule,
    run: fn(&Value) -> Option<Value>,
) -> Formula {
    Formula { rule, ..of(model, output, run) }
}

const ROOMS: &[&[Formula]] = &[
    alertness::FORMULAS,
    anomaly::FORMULAS,
    bkt::FORMULAS,
    calibration::FORMULAS,
    circadian::FORMULAS,
    conjugate::FORMULAS,
    cosinor::FORMULAS,
    daily::FORMULAS,
    elo::FORMULAS,
    ets::FORMULAS,
    first_passage::FORMULAS,
    fsrs::FORMULAS,
    glicko2::FORMULAS,
    hrv::FORMULAS,
    load::FORMULAS,
    local_level::FORMULAS,
    metrics::FORMULAS,
    mood::FORMULAS,
    random_intercept::FORMULAS,
    rr::FORMULAS,
    sleep::FORMULAS,
    team_ratings::FORMULAS,
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

fn flags(value: &Value) -> Option<Vec<bool>> {
    value.as_array()?.iter().map(|v| Some(v.as_f64()? > 0.5)).collect()
}
