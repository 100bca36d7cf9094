//! Training load.

use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::health::training::{self, TrimpWeight};

const fn load(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("training_load", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    load("trimp_banister", |c| Some(json!(banister(c)?))),
    load("trimp_edwards", |c| Some(json!(training::trimp_edwards(&heart_rate(c)?, number(c, "hr_max")?)))),
    load("trimp_lucia", |c| {
        Some(json!(training::trimp_lucia(&heart_rate(c)?, number(c, "vt1")?, number(c, "vt2")?)))
    }),
    load("session_rpe", |c| {
        let minutes: f64 = heart_rate(c)?.iter().map(|s| s.0 / 60.0).sum();
        Some(json!(training::session_rpe(number(c, "rpe_cr10")?, minutes)))
    }),
    load("hrtss", |c| {
        let (rest, max) = (number(c, "hr_rest")?, number(c, "hr_max")?);
        Some(json!(training::hr_tss(banister(c)?, number(c, "lthr")?, rest, max, weight(c)?)))
    }),
    load("tanaka_hrmax", |c| {
        Some(json!(numbers(c, "tanaka_age")?.into_iter().map(training::hr_max_by_age).collect::<Vec<_>>()))
    }),
];

fn heart_rate(case: &Value) -> Option<Vec<training::HrSample>> {
    let input = case.get("input")?;
    let (seconds, bpm) = match plain(input.get("hr_bpm_1hz")?) {
        Some(bpm) => (1.0, bpm),
        None => (10.0, plain(input.get("hr_gen")?.get("step10")?)?),
    };
    Some(bpm.into_iter().map(|bpm| (seconds, bpm)).collect())
}

fn weight(case: &Value) -> Option<TrimpWeight> {
    let male = case.get("input")?.get("male")?.as_bool()?;
    Some(if male { TrimpWeight::Male } else { TrimpWeight::Female })
}

fn banister(case: &Value) -> Option<f64> {
    let (rest, max) = (number(case, "hr_rest")?, number(case, "hr_max")?);
    training::trimp_banister(&heart_rate(case)?, rest, max, weight(case)?)
}
