//! Who will work together for the first time in the coming window: the scores of a pair, weighed by how well they
//! told new ties in the windows before [libennowell2007].

pub mod features;

use crate::learn::logistic::Logistic;
use crate::learn::online::logistic;
use crate::stats::{Z80, sd};
use features::{Candidates, Snapshot};
use std::collections::BTreeSet;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::{Gather as _, OrderBy};

/// Id of the model.
pub const ID: &str = "new_ties";
/// Its version.
pub const VERSION: &str = "1";
/// Contacts from which anything is said.
pub const MIN_CONTACTS: usize = 200;
/// Past windows that are learnt from, at most. OWN.
pub const WINDOWS: usize = 6;
/// Pairs that are answered, the likeliest first. OWN.
pub const SHOWN: usize = 100;
/// A contact counts half after this many windows. OWN.
const HALF_LIFE: f64 = 2.0;
/// Each weight is normal around 0 with the variance of 1 / this. OWN.
const RIDGE: f64 = 100.0;
/// New ties that the level of the population is worth, for the prior's share. OWN.
const WORTH: f64 = 20.0;

/// A contact of two people: a meeting, a message, a hand-off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// One of them, by number.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Days since, at least 0.
    pub age_days: f64,
}

/// Two people who have not been in contact, and the chance that they will be within the window.
#[derive(Clone, Debug)]
pub struct NewTie {
    /// The smaller number.
    pub a: usize,
    /// The larger.
    pub b: usize,
    /// The chance, 0..=1.
    pub chance: Estimate,
}

/// The answer of [`new_ties`].
#[derive(Clone, Debug)]
pub struct NewTies {
    /// At most [`SHOWN`] pairs, the likeliest first; empty where nothing can be said.
    pub ties: Vec<NewTie>,
    /// Pairs that were looked at.
    pub candidates: usize,
    /// Whether and why it can be given.
    pub status: EstimateStatus,
    /// What was missing.
    pub gaps: Vec<String>,
}

/// The likeliest first contacts of the next `window_days`. `units` names the unit of each person, where known.
///
/// Looked at are pairs that were never in contact, have a common contact or the same unit, and were both seen.
/// Contacts that cannot be (with oneself, of people that are not there, in the future) are left out and counted
/// among the gaps.
///
/// ```
/// # use twin_models::collaboration::link::new_ties;
/// # use twin_core::estimate::EstimateStatus;
/// assert_eq!(new_ties(&[None; 3], &[], 7.0).status, EstimateStatus::InsufficientData);
/// ```
#[must_use]
pub fn new_ties(units: &[Option<u32>], contacts: &[Contact], window_days: f64) -> NewTies {
    let none = |status, gap: String| NewTies { ties: Vec::new(), candidates: 0, status, gaps: vec![gap] };
    if !(window_days > 0.0 && window_days.is_finite()) {
        return none(EstimateStatus::OutOfRangeInput, "the window has no length".into());
    }
    let n = units.len();
    let fits = |c: &&Contact| c.a < n && c.b < n && c.a != c.b && c.age_days >= 0.0 && c.age_days.is_finite();
    let usable: Vec<Contact> = contacts.iter().filter(fits).copied().collect();
    if usable.len() < MIN_CONTACTS {
        return none(
            EstimateStatus::InsufficientData,
            format!("{} of {MIN_CONTACTS} contacts", usable.len()),
        );
    }
    let Some((model, now)) =
        LinkModel::train(units, &usable, window_days).zip(now(units, &usable, window_days))
    else {
        return none(
            EstimateStatus::InsufficientData,
            "no earlier window with new ties to learn from".into(),
        );
    };
    let mut gaps = Vec::new();
    if units.iter().all(Option::is_none) {
        gaps.push("units are not known".into());
    }
    if usable.len() < contacts.len() {
        gaps.push(format!("{} contacts could not be used", contacts.len() - usable.len()));
    }
    let mut order: Vec<(f64, &(usize, usize), &Vec<f64>)> =
        now.pairs.iter().zip(&now.rows).map(|(pair, row)| (model.probability(row), pair, row)).collect();
    order.order_by(|x, y| y.0.total_cmp(&x.0));
    let ties = order.iter().take(SHOWN).map(|(_, pair, row)| NewTie {
        a: pair.0,
        b: pair.1,
        chance: model.estimate(row, usable.len() as f64 / contacts.len() as f64, &gaps),
    });
    NewTies { ties: ties.collect(), candidates: now.pairs.len(), status: model.status(), gaps: gaps.clone() }
}

/// The pairs as they stand now.
fn now(units: &[Option<u32>], contacts: &[Contact], window_days: f64) -> Option<Candidates> {
    snapshot(units, contacts, 0.0, window_days).map(|s| Candidates::of(&s))
}

/// What was known `age_days` ago; `None` where a contact cannot be.
#[must_use]
pub fn snapshot(
    units: &[Option<u32>],
    contacts: &[Contact],
    age_days: f64,
    window_days: f64,
) -> Option<Snapshot> {
    Snapshot::of(units, contacts, age_days, window_days, HALF_LIFE * window_days).ok()
}

/// How scores told new ties in the past.
#[derive(Clone, Debug)]
pub struct LinkModel {
    model: Logistic,
    /// Variance of the windows' levels, log odds.
    between: f64,
    windows: usize,
    /// New ties learnt from.
    hits: f64,
}

impl LinkModel {
    /// Learns from up to [`WINDOWS`] past windows: the pairs at the beginning of each, and who of them was tied
    /// by its end. `None` where no pair was, or all were.
    #[must_use]
    pub fn train(units: &[Option<u32>], contacts: &[Contact], window_days: f64) -> Option<Self> {
        let (mut rows, mut tied, mut levels) = (Vec::new(), Vec::new(), Vec::new());
        for back in 0..WINDOWS {
            let (end, begin) = (back as f64 * window_days, (back + 1) as f64 * window_days);
            let then = Candidates::of(&snapshot(units, contacts, begin, window_days)?);
            if then.pairs.is_empty() {
                break;
            }
            let within = contacts.iter().filter(|c| (end..begin).contains(&c.age_days));
            let new: BTreeSet<(usize, usize)> = within.map(|c| (c.a.min(c.b), c.a.max(c.b))).gather();
            let hits = then.pairs.iter().filter(|pair| new.contains(pair)).count() as f64;
            let n = then.pairs.len() as f64;
            levels.push(((hits + 0.5) / (n - hits + 0.5)).ln());
            tied.extend(then.pairs.iter().map(|pair| new.contains(pair)));
            rows.extend(then.rows);
        }
        let model = Logistic::fit(&rows, &tied, RIDGE)?;
        let between = sd(&levels).map_or(1.0, |sd| sd * sd);
        let hits = tied.iter().filter(|t| **t).count() as f64;
        Some(Self { model, between, windows: levels.len(), hits })
    }

    /// The chance of a pair whose row is one of [`Candidates::rows`], 0..=1.
    #[must_use]
    pub fn probability(&self, row: &[f64]) -> f64 {
        self.model.probability(row)
    }

    const fn status(&self) -> EstimateStatus {
        // the difference between windows is a guess before there are two
        if self.windows > 1 { EstimateStatus::Ok } else { EstimateStatus::Provisional }
    }

    fn estimate(&self, row: &[f64], coverage: f64, gaps: &[String]) -> Estimate {
        let odds = self.model.log_odds(row);
        let reach = Z80 * (self.model.variance(row) + self.between).sqrt();
        let prior_share = WORTH / (WORTH + self.hits);
        Estimate {
            value: Some(logistic(odds)),
            low: Some(logistic(odds - reach)),
            high: Some(logistic(odds + reach)),
            kind: EstimateKind::Probability,
            confidence: 1.0 - prior_share,
            n_effective: self.hits,
            prior_share,
            coverage,
            contributions: self.contributions(row),
            ..Estimate::absent(ID, VERSION, "1", self.status(), gaps.to_vec())
        }
    }

    /// What groups of scores add, one after the other, to the chance of a usual pair.
    fn contributions(&self, row: &[f64]) -> Vec<Contribution> {
        let parts = self.model.contributions(row);
        let mut at = self.model.log_odds(row) - parts.iter().sum::<f64>();
        let each = GROUPS.iter().map(|(words, places)| {
            let before = logistic(at);
            at += places.iter().filter_map(|i| parts.get(*i)).sum::<f64>();
            Contribution {
                feature: (*words).into(),
                amount: logistic(at) - before,
                baseline: Some(before),
                now: Some(logistic(at)),
                unit: "1".into(),
            }
        });
        each.collect()
    }
}

/// Which scores are one reason, by their place in [`SCORES`].
const GROUPS: [(&str, &[usize]); 5] = [
    ("contacts both have", &[0, 1, 2, 3, 6]),
    ("nearness over all paths", &[4, 5]),
    ("how many contacts each has", &[7, 8]),
    ("same unit", &[9]),
    ("how active both were lately", &[10, 11, 12]),
];

#[cfg(test)]
mod tests {
    use super::features::SCORES;
    use super::*;
    use crate::noise::Noise;

    /// Two units of fifteen; contacts fall mostly within a unit, day by day.
    fn office(days: u32) -> (Vec<Option<u32>>, Vec<Contact>) {
        let units = (0..30).map(|i| Some(i / 15)).collect();
        let mut noise = Noise::of(4, [0, 0, 0]);
        let mut contacts = Vec::new();
        for day in 0..days {
            for _ in 0..12 {
                let a = noise.below(30);
                let stays = noise.unit() < 0.9;
                let b = if stays { a / 15 * 15 + noise.below(15) } else { noise.below(30) };
                contacts.push(Contact { a, b, age_days: f64::from(days - day) - noise.unit() });
            }
        }
        (units, contacts)
    }

    #[test]
    fn new_ties_fall_where_they_fell_before() {
        let (units, contacts) = office(20);
        let found = new_ties(&units, &contacts, 2.0);
        assert_eq!((found.status, found.gaps.len()), (EstimateStatus::Ok, 1));
        let within = found.ties.iter().take(20).filter(|t| t.a / 15 == t.b / 15).count();
        assert!(within >= 18, "{within}");
        assert!(found.ties.is_sorted_by(|x, y| x.chance.value >= y.chance.value));
        for tie in &found.ties {
            let chance = &tie.chance;
            let parts: f64 = chance.contributions.iter().map(|c| c.amount).sum();
            let value = chance.value.unwrap();
            assert!((chance.contributions[0].baseline.unwrap() + parts - value).abs() < 1e-12);
            assert!(0.0 < chance.low.unwrap() && chance.low < chance.value && chance.value < chance.high);
            assert!(
                tie.a < tie.b && !contacts.iter().any(|c| (c.a.min(c.b), c.a.max(c.b)) == (tie.a, tie.b))
            );
        }
    }

    #[test]
    fn chances_have_the_level_of_the_past() {
        let (units, contacts) = office(20);
        let usable: Vec<Contact> = contacts.into_iter().filter(|c| c.a != c.b).collect();
        let model = LinkModel::train(&units, &usable, 2.0).unwrap();
        let rows = now(&units, &usable, 2.0).unwrap().rows;
        let level = rows.iter().map(|row| model.probability(row)).sum::<f64>() / rows.len() as f64;
        assert!((0.02..0.3).contains(&level), "{level}");
        assert_eq!(GROUPS.iter().map(|g| g.1.len()).sum::<usize>(), SCORES.len());
    }

    #[test]
    fn bad_input_has_no_answer() {
        let (units, mut contacts) = office(20);
        for window in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(new_ties(&units, &contacts, window).status, EstimateStatus::OutOfRangeInput);
        }
        let few = new_ties(&units, &contacts[..100], 2.0);
        assert!(few.ties.is_empty() && few.status == EstimateStatus::InsufficientData);
        // one window, everything in it: nothing to learn from
        assert_eq!(new_ties(&units, &contacts, 1e6).status, EstimateStatus::InsufficientData);
        assert_eq!(new_ties(&[None], &contacts, 2.0).status, EstimateStatus::InsufficientData);
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            contacts.push(Contact { a: 0, b: 1, age_days: bad });
        }
        contacts.push(Contact { a: 0, b: 99, age_days: 1.0 });
        let found = new_ties(&vec![None; 30], &contacts, 2.0);
        assert_eq!((found.status, found.gaps.len()), (EstimateStatus::Ok, 2));
        assert!(found.ties.iter().all(|t| t.chance.value.unwrap().is_finite()));
    }
}
