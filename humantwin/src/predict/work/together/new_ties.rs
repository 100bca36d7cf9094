//! First contacts of the coming weeks.

use super::facts::{ME, interactions, name, pairs};
use crate::error::Result;
use crate::predict::{Asked, Features, Said};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::EventBody;
use twin_core::sort::Gather as _;
use twin_models::collaboration::link::{self, Contact, new_ties};

pub(super) const ASKED: &[Asked] = &[Asked { id: link::ID, name: "first_contact", unit: "1", run: first }];

/// Days of a window.
const WINDOW: f64 = 14.0;
/// Pairs that are told, those with the person first.
const TOLD: usize = 8;

fn first(features: &Features<'_>) -> Result<Said> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |who: &str| {
        let next = numbers.len();
        *numbers.entry(who.to_owned()).or_insert(next)
    };
    let me = number(ME);
    let mut contacts = Vec::new();
    for event in interactions(features)? {
        let both: BTreeSet<(&str, &str)> =
            pairs(event).into_iter().map(|(a, b)| (a.min(b), a.max(b))).gather();
        for (a, b) in both {
            let (a, b) = (number(a), number(b));
            contacts.push(Contact { a, b, age_days: event.age_days.max(0.0) });
        }
    }
    let mut told: BTreeMap<usize, String> = BTreeMap::new();
    for fact in features.facts()? {
        if let EventBody::TeamChanged(t) = &fact.body {
            let (who, unit) = (number(&name(&t.person)), t.unit.clone().filter(|_| t.joined));
            match unit {
                Some(unit) => drop(told.insert(who, unit)),
                None => drop(told.remove(&who)),
            }
        }
    }
    let kinds: Vec<&String> = told.values().collect();
    let units: Vec<Option<u32>> = (0..numbers.len())
        .map(|n| {
            let unit = told.get(&n)?;
            kinds.iter().position(|k| *k == unit).and_then(|i| u32::try_from(i).ok())
        })
        .collect();
    if contacts.is_empty() {
        return Ok(Said::default());
    }
    let names: BTreeMap<usize, &str> = numbers.iter().map(|(name, n)| (*n, name.as_str())).gather();
    let found = new_ties(&units, &contacts, WINDOW);
    let (own, others): (Vec<_>, Vec<_>) = found.ties.into_iter().partition(|t| t.a == me || t.b == me);
    let mut said = Said { words: found.gaps, ..Said::default() };
    for tie in own.into_iter().chain(others).take(TOLD) {
        let (a, b) = (names.get(&tie.a).unwrap_or(&"?"), names.get(&tie.b).unwrap_or(&"?"));
        let pair = match (*a, *b) {
            ("", other) | (other, "") => format!("you and {other}"),
            (a, b) => format!("{a} and {b}"),
        };
        said = said.and(&pair, tie.chance);
    }
    Ok(said)
}
