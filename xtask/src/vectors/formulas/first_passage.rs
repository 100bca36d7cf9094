//! Times of first passage.

use super::{Formula, number, numbers, of};
use serde_json::{Value, json};
use twin_models::skill::first_passage::FirstPassage;

const MODEL: &str = "time to mastery: first passage of drifted Brownian motion (inverse Gaussian)";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "mean", |c| Some(json!(time(c)?.mean))),
    of(MODEL, "var", |c| Some(json!(time(c)?.variance()))),
    of(MODEL, "cdf", |c| {
        let time = time(c)?;
        Some(json!(numbers(c, "t")?.iter().map(|t| time.cdf(*t)).collect::<Vec<_>>()))
    }),
    of(MODEL, "quantile", |c| {
        let time = time(c)?;
        Some(json!(numbers(c, "q")?.iter().map(|q| time.quantile(*q)).collect::<Vec<_>>()))
    }),
];

fn time(case: &Value) -> Option<FirstPassage> {
    FirstPassage::new(number(case, "distance")?, number(case, "drift")?, number(case, "sigma")?)
}
