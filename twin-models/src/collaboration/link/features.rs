//! What can be said of two people who are not tied yet, from the contacts of everyone.

use super::Contact;
use crate::cells::{add, at, row};
use crate::collaboration::graph::{Graph, GraphError};
use crate::collaboration::links::{candidates, pair_scores};
use crate::collaboration::paths::{katz, largest_eigenvalue, walk};
use crate::stats::{mean, sd};
use std::collections::BTreeSet;
use twin_core::sort::Gather as _;

/// Names of the scores of a pair, in the order of [`Snapshot::scores`].
pub const SCORES: [&str; 13] = [
    "common contacts",
    "Adamic–Adar",
    "resource allocation",
    "Jaccard",
    "Katz",
    "random walk",
    "decayed weight over common contacts",
    "preferential attachment",
    "popularity",
    "same unit",
    "contacts in the last window",
    "new ties in the last window",
    "contacts just now",
];

/// Half-life of what counts as just now, in windows. OWN.
const JUST_NOW: f64 = 0.1;

/// The contacts up to a time.
#[derive(Clone, Debug)]
pub struct Snapshot {
    graph: Graph,
    katz: Vec<Vec<f64>>,
    walk: Vec<Vec<f64>>,
    strength: Vec<f64>,
    recent: Vec<f64>,
    fresh: Vec<f64>,
    now: Vec<f64>,
    units: Vec<Option<u32>>,
}

impl Snapshot {
    /// What was known `age_days` ago. Contacts count half after `half_life_days`; the last window is
    /// `window_days` long.
    ///
    /// # Errors
    /// On contacts of people that are not there, or with themselves.
    pub fn of(
        units: &[Option<u32>],
        contacts: &[Contact],
        age_days: f64,
        window_days: f64,
        half_life_days: f64,
    ) -> Result<Self, GraphError> {
        let n = units.len();
        let past = || contacts.iter().filter(|c| c.age_days >= age_days && c.age_days.is_finite());
        let ties: Vec<_> = past()
            // what is too old to weigh anything is still a tie
            .map(|c| (c.a, c.b, (-(c.age_days - age_days) / half_life_days).exp2().max(1e-9)))
            .collect();
        let graph = Graph::undirected(n, &ties)?;
        let eigenvalue = largest_eigenvalue(&graph);
        let strength = (0..n).map(|i| graph.out(i).iter().map(|tie| tie.1).sum()).collect();
        let (mut recent, mut fresh) = (vec![0.0; n], vec![0.0; n]);
        let is_recent = |c: &Contact| c.age_days < age_days + window_days;
        let pair = |c: &Contact| (c.a.min(c.b), c.a.max(c.b));
        let old: BTreeSet<_> = past().filter(|c| !is_recent(c)).map(pair).gather();
        let seen: BTreeSet<_> = past().filter(|c| is_recent(c)).map(pair).gather();
        for &(a, b) in &seen {
            for person in [a, b] {
                add(&mut recent, person, 1.0);
                add(&mut fresh, person, f64::from(u8::from(!old.contains(&(a, b)))));
            }
        }
        let mut now = vec![0.0; n];
        for c in past() {
            let weight = (-(c.age_days - age_days) / (JUST_NOW * window_days)).exp2();
            add(&mut now, c.a, weight);
            add(&mut now, c.b, weight);
        }
        Ok(Self {
            now,
            katz: (0..n).map(|i| katz(&graph, i, eigenvalue)).collect(),
            walk: (0..n).map(|i| walk(&graph, i)).collect(),
            strength,
            recent,
            fresh,
            units: units.to_vec(),
            graph,
        })
    }

    /// Pairs not tied so far that have a common contact or are of the same unit, both having been seen.
    #[must_use]
    pub fn candidates(&self) -> Vec<(usize, usize)> {
        let mut pairs: BTreeSet<_> = candidates(&self.graph).into_iter().gather();
        let seen: Vec<usize> = (0..self.units.len()).filter(|i| self.graph.degree(*i) > 0).collect();
        for (i, &a) in seen.iter().enumerate() {
            let others =
                seen.iter().skip(i + 1).filter(|b| self.same_unit(a, **b) && !self.graph.has(a, **b));
            pairs.extend(others.map(|&b| (a, b)));
        }
        pairs.into_iter().collect()
    }

    fn same_unit(&self, a: usize, b: usize) -> bool {
        at(&self.units, a).is_some() && at(&self.units, a) == at(&self.units, b)
    }

    /// The scores of a pair, as [`SCORES`] names them.
    #[must_use]
    pub fn scores(&self, a: usize, b: usize) -> [f64; SCORES.len()] {
        let pair = pair_scores(&self.graph, a, b);
        let both = |of: &[f64]| at(of, a) * at(of, b);
        let shared: f64 = self.graph.out(a).iter().map(|&(z, w)| (w * self.graph.weight(z, b)).sqrt()).sum();
        [
            pair.common as f64,
            pair.adamic_adar,
            pair.resource_allocation,
            pair.jaccard,
            at(row(&self.katz, a), b),
            at(row(&self.walk, a), b) + at(row(&self.walk, b), a),
            shared,
            pair.preferential_attachment as f64,
            both(&self.strength),
            f64::from(u8::from(self.same_unit(a, b))),
            both(&self.recent),
            both(&self.fresh),
            both(&self.now),
        ]
    }
}

/// The pairs of a snapshot with their scores.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The pairs, smaller number first.
    pub pairs: Vec<(usize, usize)>,
    /// Their scores, as [`SCORES`] names them.
    pub scores: Vec<[f64; SCORES.len()]>,
    /// The same as a regression takes them: logarithms, in standard deviations among these pairs, since a graph
    /// that fills up shifts them all.
    pub rows: Vec<Vec<f64>>,
}

impl Candidates {
    /// Everyone who could become tied.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let pairs = snapshot.candidates();
        let scores: Vec<_> = pairs.iter().map(|&(a, b)| snapshot.scores(a, b)).collect();
        let mut rows: Vec<Vec<f64>> = scores.iter().map(logs).collect();
        for i in 0..SCORES.len() {
            let column: Vec<f64> = rows.iter().map(|row| at(row, i)).collect();
            let (centre, spread) = (mean(&column).unwrap_or(0.0), sd(&column).unwrap_or(0.0));
            for cell in rows.iter_mut().filter_map(|row| row.get_mut(i)) {
                *cell = if spread > 1e-9 { (*cell - centre) / spread } else { 0.0 };
            }
        }
        Self { pairs, scores, rows }
    }
}

/// What a score is multiplied with before `ln(1 + x)`: those far below 1 would stay straight lines. OWN.
const SCALE: [f64; SCORES.len()] = [1.0, 1.0, 10.0, 10.0, 100.0, 1000.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];

fn logs(scores: &[f64; SCORES.len()]) -> Vec<f64> {
    scores.iter().zip(SCALE).map(|(x, scale)| (x.max(0.0) * scale).ln_1p()).collect()
}
