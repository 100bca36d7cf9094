//! Knowledge tracing.

use super::{Formula, Rule, flags, number, of, under};
use serde_json::{Value, json};
use twin_models::skill::bkt::Bkt;
use twin_models::skill::bkt_fit::{BktFit, fit};

const FIT: &str = "BKT maximum-likelihood fit (EM)";
const PARAMETER: Rule = Rule::File("params_abs", "");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of("Bayesian Knowledge Tracing filter (with forgetting)", "all", trace),
    under(PARAMETER, FIT, "prior", |c| fitted(c, |f| f.parameters.prior)),
    under(PARAMETER, FIT, "learn", |c| fitted(c, |f| f.parameters.learn)),
    under(PARAMETER, FIT, "guess", |c| fitted(c, |f| f.parameters.guess)),
    under(PARAMETER, FIT, "slip", |c| fitted(c, |f| f.parameters.slip)),
    under(Rule::AtLeast(1.0, 0.5), FIT, "loglik", |c| fitted(c, |f| f.log_likelihood)),
    under(Rule::Within(1e-6), FIT, "loglik_true", |c| {
        let truth = c.get("input")?.get("true")?.as_array()?.iter().map(Value::as_f64);
        let [prior, learn, guess, slip] = truth.collect::<Option<Vec<f64>>>()?.try_into().ok()?;
        let skill = Bkt { prior, learn, guess, slip, forget: 0.0 };
        Some(json!(skill.log_likelihood(&series(c)?)))
    }),
];

fn series(case: &Value) -> Option<Vec<Vec<bool>>> {
    case.get("input")?.get("responses")?.as_array()?.iter().map(flags).collect()
}

fn fitted(case: &Value, what: fn(&BktFit) -> f64) -> Option<Value> {
    Some(json!(fit(&series(case)?).as_ref().map(what)))
}

fn trace(case: &Value) -> Option<Value> {
    let skill = Bkt {
        prior: number(case, "prior")?,
        learn: number(case, "learn")?,
        guess: number(case, "guess")?,
        slip: number(case, "slip")?,
        forget: number(case, "forget")?,
    };
    let people = series(case)?.into_iter().map(|answers| {
        let beliefs = skill.trace(&answers)?;
        Some(json!({
            "p_correct": beliefs.iter().map(|b| b.p_correct).collect::<Vec<_>>(),
            "p_known_before": beliefs.iter().map(|b| b.p_known).collect::<Vec<_>>(),
        }))
    });
    people.collect()
}
