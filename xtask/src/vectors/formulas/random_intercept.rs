//! A line with an own level for each group.

use super::{Formula, Rule, numbers, under};
use serde_json::{Value, json};
use twin_models::capacity::random_intercept::{RandomIntercept, random_intercept};

const MODEL: &str = "random-intercept model on log duration, REML";
const FIXED: Rule = Rule::File("fixed_abs", "");
const VARIANCE: Rule = Rule::File("", "var_rel");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(FIXED, MODEL, "intercept", |c| Some(json!(fit(c)?.intercept))),
    under(FIXED, MODEL, "slope", |c| Some(json!(fit(c)?.slope))),
    under(VARIANCE, MODEL, "sigma2", |c| Some(json!(fit(c)?.sigma2))),
    under(VARIANCE, MODEL, "tau2", |c| Some(json!(fit(c)?.tau2))),
    under(Rule::File("blup_abs", ""), MODEL, "blup", |c| Some(json!(fit(c)?.levels))),
    under(Rule::AtLeast(1.0, 0.01), MODEL, "reml_loglik", |c| Some(json!(fit(c)?.log_likelihood))),
];

fn fit(case: &Value) -> Option<RandomIntercept> {
    let group: Vec<usize> = numbers(case, "group")?.iter().map(|g| *g as usize).collect();
    random_intercept(&numbers(case, "x")?, &numbers(case, "y")?, &group)
}
