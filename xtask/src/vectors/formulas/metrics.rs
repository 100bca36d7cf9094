//! Measures of predictions.

use super::{Formula, flags, number, numbers, of};
use serde_json::{Value, json};
use twin_models::learn::metrics as m;

const fn metric(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("evaluation metrics", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    metric("auc", |c| by_class(c, m::auc)),
    metric("average_precision", |c| by_class(c, m::average_precision)),
    metric("log_loss", |c| by_class(c, m::log_loss)),
    metric("brier", |c| by_class(c, m::brier)),
    metric("ece10", |c| by_class(c, m::calibration_error)),
    metric("f1", |c| by_class(c, |s, y| Some(m::Confusion::at(s, y, 0.5)?.f1()))),
    metric("mcc", |c| by_class(c, |s, y| Some(m::Confusion::at(s, y, 0.5)?.correlation()))),
    metric("ndcg", |c| Some(json!(m::ndcg(&numbers(c, "score")?, &numbers(c, "relevance")?, None)))),
    metric("ndcg10", |c| Some(json!(m::ndcg(&numbers(c, "score")?, &numbers(c, "relevance")?, Some(10))))),
    metric("mae", |c| Some(json!(m::mean_absolute_error(&numbers(c, "pred")?, &numbers(c, "target")?)))),
    metric("medae", |c| Some(json!(m::median_absolute_error(&numbers(c, "pred")?, &numbers(c, "target")?)))),
    metric("pinball", |c| {
        Some(json!(m::pinball(&numbers(c, "pred")?, &numbers(c, "target")?, number(c, "quantile")?)))
    }),
];

fn by_class(case: &Value, measure: fn(&[f64], &[bool]) -> Option<f64>) -> Option<Value> {
    Some(json!(measure(&numbers(case, "score")?, &flags(case.get("input")?.get("y")?)?)))
}
