//! Scores made into probabilities.

use super::{Formula, Rule, flags, numbers, ruled};
use serde_json::{Value, json};
use twin_models::learn::calibration::{Isotonic, Platt};

const MODEL: &str = "isotonic (weighted PAVA, linear interpolation, clipped) and Platt (with Platt's target smoothing, unweighted)";
const PLATT: Rule = Rule::File("platt_abs", "");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    ruled(MODEL, "isotonic", Rule::File("isotonic_abs", ""), |c| {
        let map = Isotonic::fit(&numbers(c, "score")?, &numbers(c, "y")?, &numbers(c, "weight")?)?;
        Some(json!(numbers(c, "grid")?.iter().map(|s| map.apply(*s)).collect::<Vec<_>>()))
    }),
    ruled(MODEL, "platt_a", PLATT, |c| Some(json!(platt(c)?.a))),
    ruled(MODEL, "platt_b", PLATT, |c| Some(json!(platt(c)?.b))),
    ruled(MODEL, "platt", PLATT, |c| {
        let map = platt(c)?;
        Some(json!(numbers(c, "grid")?.iter().map(|s| map.apply(*s)).collect::<Vec<_>>()))
    }),
];

fn platt(case: &Value) -> Option<Platt> {
    Platt::fit(&numbers(case, "score")?, &flags(case.get("input")?.get("y")?)?)
}
