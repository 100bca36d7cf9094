//! What the page says, section by section.

mod activity;
mod cards;
mod energy;
mod estimates;
mod felt;
mod footer;
mod heart;
mod outlook;
mod sleep;
mod sources;
mod training;
mod what_if;
mod work;

pub(super) use activity::activity;
pub(super) use cards::cards;
pub(super) use estimates::estimates;
pub(super) use felt::felt;
pub(super) use footer::footer;
pub(super) use heart::heart;
pub(crate) use outlook::SHOWN_MODELS;
pub(super) use outlook::outlook;
pub(super) use sleep::sleep;
pub(super) use sources::{refused, sources};
pub(super) use training::training;
pub(super) use what_if::what_if;
pub(crate) use work::WORK_MODELS;
pub(super) use work::work;

use super::data::Standing;
use super::table::Column;

/// A column of texts.
fn texts(head: &str, cells: Vec<Option<String>>) -> Column {
    Column { head: head.to_owned(), cells }
}

/// A column of numbers.
fn numbers(head: &str, decimals: u8, values: &[Option<f64>]) -> Column {
    let cells = values.iter().map(|v| v.map(|v| super::html::number(v, decimals))).collect();
    Column { head: head.to_owned(), cells }
}

/// A standing in words; never a judgement.
const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Below => "below your usual range",
        Standing::Usual => "in your usual range",
        Standing::Above => "above your usual range",
    }
}

/// How many days were outside the person's usual range, in a sentence.
fn unusual(standings: impl Iterator<Item = Standing>) -> String {
    let (mut all, mut below, mut above) = (0, 0, 0);
    for s in standings {
        all += 1;
        match s {
            Standing::Below => below += 1,
            Standing::Usual => {}
            Standing::Above => above += 1,
        }
    }
    match (all, below + above) {
        (0, _) => " No usual range yet.".to_owned(),
        (_, 0) => " No day was unusual for you.".to_owned(),
        (n, k) => format!(
            " Unusual for you on {k} of {}: {above} above, {below} below.",
            super::html::plural(n, "day", "days")
        ),
    }
}
