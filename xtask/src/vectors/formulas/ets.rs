//! Exponential smoothing.

use super::{Formula, Rule, numbers, under};
use serde_json::{Value, json};
use twin_models::capacity::ets::{Ets, Forecast, Smoothed};

const MODEL: &str = "ETS additive-error state space";
const FIXED: Rule = Rule::File("fixed_params_abs", "");
const INTERVAL: Rule = Rule::File("", "interval_rel");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(FIXED, MODEL, "sse", |c| Some(json!(run(c)?.sse))),
    under(FIXED, MODEL, "loglik", |c| Some(json!(run(c)?.log_likelihood))),
    under(FIXED, MODEL, "aic", |c| Some(json!(run(c)?.aic()))),
    under(FIXED, MODEL, "fitted", |c| Some(json!(run(c)?.fitted))),
    under(FIXED, MODEL, "forecast", |c| ahead(c, |f| f.value)),
    under(INTERVAL, MODEL, "lower80", |c| ahead(c, |f| f.low)),
    under(INTERVAL, MODEL, "upper80", |c| ahead(c, |f| f.high)),
];

fn run(case: &Value) -> Option<Smoothed> {
    let input = case.get("input")?;
    let parameter = |key: &str| input.get("params").and_then(|p| p.get(key)).and_then(Value::as_f64);
    let config = input.get("config")?;
    let period = config.get("seasonal_periods").and_then(Value::as_u64).unwrap_or(0);
    let phi = if config.get("trend").is_some() { parameter("damping_trend").unwrap_or(1.0) } else { 0.0 };
    let model = Ets {
        alpha: parameter("smoothing_level")?,
        beta: parameter("smoothing_trend").unwrap_or(0.0),
        gamma: parameter("smoothing_seasonal").unwrap_or(0.0),
        phi,
        level: parameter("initial_level")?,
        trend: parameter("initial_trend").unwrap_or(0.0),
        // the file counts back from the value before the first
        season: (0..period)
            .rev()
            .map(|i| parameter(&format!("initial_seasonal.{i}")))
            .collect::<Option<_>>()?,
    };
    model.run(&numbers(case, "x")?)
}

fn ahead(case: &Value, what: fn(&Forecast) -> f64) -> Option<Value> {
    let steps = case.get("expected")?.get("forecast")?.as_array()?.len();
    Some(json!(run(case)?.forecast(steps).iter().map(what).collect::<Vec<_>>()))
}
