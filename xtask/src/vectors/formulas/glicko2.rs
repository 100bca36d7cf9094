//! Glicko-2.

use super::{Formula, number, of, plain};
use serde_json::{Value, json};
use twin_models::skill::glicko2::{Game, Rating};

const MODEL: &str = "Glicko-2 one rating period";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "r", |c| after(c, |r| r.rating)),
    of(MODEL, "rd", |c| after(c, |r| r.deviation)),
    of(MODEL, "vol", |c| after(c, |r| r.volatility)),
];

fn after(case: &Value, what: fn(&Rating) -> f64) -> Option<Value> {
    let games = case.get("input")?.get("games")?.as_array()?.iter().map(|game| {
        let [rating, deviation, score] = plain(game)?.try_into().ok()?;
        Some(Game { rating, deviation, score })
    });
    let before = Rating {
        rating: number(case, "r")?,
        deviation: number(case, "rd")?,
        volatility: number(case, "vol")?,
    };
    let rating = before.after_period(&games.collect::<Option<Vec<_>>>()?, number(case, "tau")?);
    Some(json!(rating.as_ref().map(what)))
}
