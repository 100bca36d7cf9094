//! Joint work that ended, with what was known before it.

use super::facts::ME;
use super::pairs::Scene;
use crate::error::Result;
use crate::predict::Features;
use crate::predict::work::tasks::{Finish, TaskLife};
use std::collections::BTreeMap;
use twin_models::collaboration::compatibility::{Between, JointOutcome, MIN_OUTCOMES, Side};

/// Days of joint work that are seen with what was known before their first. OWN.
const BLOCK_DAYS: f64 = 28.0;
/// How many such blocks are looked back on: a year.
const BLOCKS: usize = 13;
/// Rating from which work went well: the middle of its scale. OWN.
const GOOD: f64 = 0.5;

/// Own work that was finished, once for each who worked on it with the person.
pub(super) fn joint(lives: &BTreeMap<String, TaskLife>) -> impl Iterator<Item = (&str, &Finish)> {
    let own = lives.values().filter(|life| life.is_own()).filter_map(|life| life.finished.as_ref());
    own.flat_map(|finish| finish.with.iter().map(move |other| (other.as_str(), finish)))
}

/// How the joint work of the last year turned out where that was told: well, unless it had to be done again or is
/// rated below the middle. Each with the two as they were before it; without that where there are too few to learn
/// from, or all went the same way.
pub(super) fn outcomes(
    features: &Features<'_>,
    lives: &BTreeMap<String, TaskLife>,
) -> Result<Vec<JointOutcome>> {
    let mut blocks: BTreeMap<usize, Vec<(&str, bool)>> = BTreeMap::new();
    for (other, finish) in joint(lives).filter(|(_, finish)| finish.judged) {
        let block = (features.age_days(finish.at).max(0.0) / BLOCK_DAYS) as usize;
        if block < BLOCKS {
            let good = !finish.rework && finish.rating.is_none_or(|r| r >= GOOD);
            blocks.entry(block).or_default().push((other, good));
        }
    }
    let all = || blocks.values().flatten();
    let good = all().filter(|(_, good)| *good).count();
    let enough = all().count() >= MIN_OUTCOMES && good > 0 && good < all().count();
    let mut found = Vec::new();
    // Oldest first.
    for (block, ended) in blocks.iter().rev() {
        let begin = -86_400.0 * BLOCK_DAYS * (block + 1) as f64;
        let then = features.moment().plus_micros((1e6 * begin) as i64);
        let before = enough.then(|| features.earlier(then)).transpose()?;
        let scene = before.as_ref().map(Scene::of).transpose()?;
        let mut known: BTreeMap<&str, ([Side; 2], Between)> = BTreeMap::new();
        for (other, good) in ended {
            if let Some(scene) = scene.as_ref().filter(|_| !known.contains_key(other)) {
                known.insert(other, scene.pair(other)?);
            }
            let (sides, between) = known.get(other).cloned().unwrap_or_default();
            let (pair, team) = ([ME.to_owned(), (*other).to_owned()], String::new());
            found.push(JointOutcome { pair, team, sides, between, good: *good });
        }
    }
    Ok(found)
}
