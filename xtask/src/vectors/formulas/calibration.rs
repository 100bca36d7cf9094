//! Scores made into probabilities.

use super::{Formula, Rule, flags, numbers, under};
use serde_json::{Value, json};
use twin_models::learn::calibration::{Isotonic, Platt};

const MODEL: &str = "isotonic (weighted PAVA, linear interpolation, clipped) and Platt (with Platt's target smoothing, unweighted)";
const PLATT: Rule = Rule::File("platt_abs", "");

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(Rule::File("isotonic_abs", ""), MODEL, "isotonic", |c| {
        let map = Isotonic::fit(&numbers(c, "score")?, &numbers(c, "y")?, &numbers(c, "weight")?)?;
        Some(json!(numbers(c, "grid")?.iter().map(|s| map.apply(*s)).collect::<Vec<_>>()))
    }),
    under(PLATT, MODEL, "platt_a", |c| Some(json!(platt(c)?.a))),
    under(PLATT, MODEL, "platt_b", |c| Some(json!(platt(c)?.b))),
    under(PLATT, MODEL, "platt", |c| {
        let map = platt(c)?;
        Some(json!(numbers(c, "grid")?.iter().map(|s| map.apply(*s)).collect::<Vec<_>>()))
    }),
];

fn platt(case: &Value) -> Option<Platt> {
    Platt::fit(&numbers(case, "score")?, &flags(case.get("input")?.get("y")?)?)
}
