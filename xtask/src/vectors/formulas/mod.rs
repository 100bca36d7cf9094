//! Which formula answers for which output of which vector file: a room for each model.

mod alertness;
mod anomaly;
mod assignment;
mod balance;
mod bkt;
mod calibration;
mod circadian;
mod communities;
mod conjugate;
mod cosinor;
mod daily;
mod elo;
mod ets;
mod first_passage;
mod fsrs;
mod glicko2;
mod graph_directed;
mod graph_undirected;
mod hrv;
mod learning_path;
mod load;
mod local_level;
mod metrics;
mod mood;
mod random_intercept;
mod rr;
mod schedule;
mod sleep;
mod team;
mod team_ratings;
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
    /// What the output must be to the vector's value.
    pub(super) rule: Rule,
}

/// What an output must be to the value of the vector.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// The same, within the tolerance of the vector.
    Same,
    /// The same, within the file's own tolerances of these names, absolute and relative.
    File(&'static str, &'static str),
    /// The same, within this; for files that write their tolerance in words.
    Within(f64),
    /// At least this share of it, less so much.
    AtLeast(f64, f64),
    /// At most this share of it.
    AtMost(f64),
    /// It says something about the peer and is no test.
    Information,
}

impl Rule {
    /// Under which names the file has its tolerances.
    pub(super) const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::File(abs, rel) => (abs, rel),
            _ => ("abs", "rel"),
        }
    }
}

const fn of(model: &'static str, output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    Formula { model, output, run, skip: (0, 0), rule: Rule::Same }
}

const fn under(
    rule: Rule,
    model: &'static str,
    output: &'static str,
    run: fn(&Value) -> Option<Value>,
) -> Formula {
    Formula { model, output, run, skip: (0, 0), rule }
}

const ROOMS: &[&[Formula]] = &[
    alertness::FORMULAS,
    anomaly::FORMULAS,
    assignment::FORMULAS,
    balance::FORMULAS,
    bkt::FORMULAS,
    calibration::FORMULAS,
    circadian::FORMULAS,
    communities::FORMULAS,
    conjugate::FORMULAS,
    cosinor::FORMULAS,
    daily::FORMULAS,
    elo::FORMULAS,
    ets::FORMULAS,
    first_passage::FORMULAS,
    fsrs::FORMULAS,
    glicko2::FORMULAS,
    graph_directed::FORMULAS,
    graph_undirected::FORMULAS,
    hrv::FORMULAS,
    learning_path::FORMULAS,
    load::FORMULAS,
    local_level::FORMULAS,
    metrics::FORMULAS,
    mood::FORMULAS,
    random_intercept::FORMULAS,
    rr::FORMULAS,
    schedule::FORMULAS,
    sleep::FORMULAS,
    team::FORMULAS,
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

fn table(case: &Value, key: &str) -> Option<Vec<Vec<f64>>> {
    case.get("input")?.get(key)?.as_array()?.iter().map(plain).collect()
}

/// A list of numbers of things.
fn places(value: &Value) -> Option<Vec<usize>> {
    value.as_array()?.iter().map(|x| usize::try_from(x.as_u64()?).ok()).collect()
}

fn whole(case: &Value, key: &str) -> Option<usize> {
    usize::try_from(case.get("input")?.get(key)?.as_u64()?).ok()
}

/// The ties of a graph, `[from, to, weight]`.
fn edges(case: &Value) -> Option<Vec<(usize, usize, f64)>> {
    let edge = |edge: &Value| {
        let [from, to, weight] = edge.as_array()?.as_slice() else { return None };
        let node = |x: &Value| usize::try_from(x.as_u64()?).ok();
        Some((node(from)?, node(to)?, weight.as_f64()?))
    };
    case.get("input")?.get("edges")?.as_array()?.iter().map(edge).collect()
}

fn flags(value: &Value) -> Option<Vec<bool>> {
    value.as_array()?.iter().map(|v| Some(v.as_f64()? > 0.5)).collect()
}
