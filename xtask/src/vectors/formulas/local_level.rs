//! A level that wanders.

use super::{Formula, gappy, number, of};
use serde_json::{Value, json};
use twin_models::capacity::local_level::{Level, Levels, LocalLevel};

const MODEL: &str = "local-level Kalman filter and smoother with missing values";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "filtered", |c| Some(column(&run(c)?.filtered, |l| l.mean))),
    of(MODEL, "filtered_var", |c| Some(column(&run(c)?.filtered, |l| l.variance))),
    of(MODEL, "smoothed", |c| Some(column(&run(c)?.smoothed, |l| l.mean))),
    of(MODEL, "smoothed_var", |c| Some(column(&run(c)?.smoothed, |l| l.variance))),
    of(MODEL, "loglik", |c| Some(json!(run(c)?.log_likelihood))),
];

fn run(case: &Value) -> Option<Levels> {
    let model = LocalLevel {
        noise: number(case, "sigma2_obs")?,
        drift: number(case, "sigma2_level")?,
        mean: number(case, "a1")?,
        variance: number(case, "p1")?,
    };
    model.run(&gappy(case, "x")?)
}

fn column(levels: &[Level], what: fn(&Level) -> f64) -> Value {
    json!(levels.iter().map(what).collect::<Vec<_>>())
}
