//! A daily wave fitted to values.

use super::{Formula, number, numbers, of};
use serde_json::{Value, json};
use twin_models::health::circadian::{Cosinor, cosinor};

const fn cosine(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("cosinor", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    cosine("mesor", |c| fit(c, |w| w.mesor)),
    cosine("amplitude", |c| fit(c, |w| w.amplitude)),
    cosine("acrophase_h", |c| fit(c, |w| w.acrophase_h)),
    cosine("se_mesor", |c| fit(c, |w| w.se_mesor)),
    cosine("f_stat", |c| fit(c, |w| w.f_stat)),
    cosine("p_zero_amplitude", |c| fit(c, |w| w.p_zero_amplitude)),
    cosine("r2", |c| fit(c, |w| w.r2)),
];

fn fit(case: &Value, what: fn(&Cosinor) -> f64) -> Option<Value> {
    let wave = cosinor(&numbers(case, "t_h")?, &numbers(case, "y")?, number(case, "period_h")?);
    Some(json!(wave.as_ref().map(what)))
}
