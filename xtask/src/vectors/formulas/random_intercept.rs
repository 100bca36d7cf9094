//! A line with an own level for each group.

use super::{Formula, Rule, numbers, ruled};
use serde_json::{Value, json};
use twin_models::capacity::random_intercept::{RandomIntercept, random_intercept};

const MODEL: &str = "random-intercept model on log duration, REML";
const FIXED: Rule = Rule::File("fixed_abs", "");
const VARIANCE: Rule = Rule::File("", "var_rel");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    ruled(MODEL, "intercept", FIXED, |c| Some(json!(fit(c)?.intercept))),
    ruled(MODEL, "slope", FIXED, |c| Some(json!(fit(c)?.slope))),
    ruled(MODEL, "sigma2", VARIANCE, |c| Some(json!(fit(c)?.sigma2))),
    ruled(MODEL, "tau2", VARIANCE, |c| Some(json!(fit(c)?.tau2))),
    ruled(MODEL, "blup", Rule::File("blup_abs", ""), |c| Some(json!(fit(c)?.levels))),
    ruled(MODEL, "reml_loglik", Rule::AtLeast(0.01), |c| Some(json!(fit(c)?.log_likelihood))),
];

fn fit(case: &Value) -> Option<RandomIntercept> {
    let group: Vec<usize> = numbers(case, "group")?.iter().map(|g| *g as usize).collect();
    random_intercept(&numbers(case, "x")?, &numbers(case, "y")?, &group)
}
