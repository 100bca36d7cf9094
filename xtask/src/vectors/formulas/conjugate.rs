//! Beliefs about means and rates.

use super::{Formula, number, numbers, of};
use serde_json::{Value, json};
use twin_models::capacity::conjugate::{BetaRate, NormalGamma};

const MODEL: &str = "Normal-inverse-gamma update with Student-t predictive on log durations; beta-binomial";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "mn", |c| Some(json!(belief(c)?.mean))),
    of(MODEL, "kn", |c| Some(json!(belief(c)?.kappa))),
    of(MODEL, "an", |c| Some(json!(belief(c)?.alpha))),
    of(MODEL, "bn", |c| Some(json!(belief(c)?.beta))),
    of(MODEL, "predictive_log_q", |c| Some(json!(predicted(c)?))),
    of(MODEL, "predictive_q", |c| Some(json!(predicted(c)?.iter().map(|x| x.exp()).collect::<Vec<_>>()))),
    of(MODEL, "beta_mean", |c| Some(json!(rate(c)?.mean()))),
    of(MODEL, "beta_q", |c| {
        // the file's middle and 80 % interval
        let rate = rate(c)?;
        Some(json!([0.1, 0.5, 0.9].map(|q| rate.quantile(q))))
    }),
];

fn belief(case: &Value) -> Option<NormalGamma> {
    let prior = NormalGamma {
        mean: number(case, "m0")?,
        kappa: number(case, "k0")?,
        alpha: number(case, "a0")?,
        beta: number(case, "b0")?,
    };
    Some(numbers(case, "log_durations")?.iter().fold(prior, |belief, x| belief.update(*x, 1.0)))
}

fn predicted(case: &Value) -> Option<Vec<f64>> {
    let belief = belief(case)?;
    numbers(case, "q")?.iter().map(|q| belief.predictive_quantile(*q)).collect()
}

fn rate(case: &Value) -> Option<BetaRate> {
    let (successes, trials) = (number(case, "successes")?, number(case, "trials")?);
    Some(BetaRate::default().update(successes, trials - successes))
}
