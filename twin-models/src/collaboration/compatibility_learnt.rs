//! What outcomes of pairs teach about working together.

use super::answer::quantity;
use super::compatibility::{Between, JointOutcome, PAIR_SD, Side, Terms, believed, key, sound};
use super::logistic::{Fit, Prior, Row};
use crate::learn::calibration::Platt;
use std::collections::BTreeMap;

/// Spread of a team's own level. OWN.
const TEAM_SD: f64 = 0.5;
/// Outcomes that an uncalibrated score is worth. OWN.
const UNCALIBRATED: f64 = 50.0;
const FOLDS: usize = 5;

pub(super) const FEATURES: [&str; 8] = [
    "style proximity",
    "complementary skills",
    "shared hours",
    "tie",
    "reciprocity",
    "past interaction",
    "distance of chronotypes",
    "workload",
];

/// Features around what is usual: 0 where not known.
pub(super) fn features(sides: [&Side; 2], between: &Between) -> [f64; 8] {
    let terms = Terms::of(sides, between, &believed(between));
    let [past, overlap, complement, _, reciprocity, proximity] =
        terms.0.map(|t| t.map_or(0.0, |t| t.value - 0.5));
    let both = |get: &dyn Fn(&Side) -> Option<f64>| get(sides[0]).zip(get(sides[1]));
    let chronotype = both(&|s| quantity(s.chronotype_h, 24.0)).map_or(0.0, |(a, b)| {
        let apart = (a - b).abs();
        apart.min(24.0 - apart) / 4.0 - 0.3
    });
    let workload = both(&|s| quantity(s.workload, 10.0)).map_or(0.0, |(a, b)| a.max(b) - 0.8);
    let tie = sound(between.tie).map_or(0.0, |t| t.value - 0.5);
    [proximity, complement, overlap, tie, reciprocity, past, chronotype, workload]
}

/// The weights believed before any outcome: OWN, in the order of the index; tie and shared hours never harm.
const PRIORS: [Prior; 8] = [
    Prior::free(0.4, 0.5),
    Prior::free(0.8, 0.5),
    Prior { mean: 0.8, sd: 0.5, sign: 1 },
    Prior { mean: 0.4, sd: 0.5, sign: 1 },
    Prior::free(0.4, 0.5),
    Prior::free(1.0, 0.5),
    Prior::free(-0.1, 0.3),
    Prior::free(-0.4, 0.5),
];

/// Weights, levels of teams and pairs, and the map to probabilities.
pub(super) struct Learnt {
    pub(super) fit: Fit,
    pub(super) map: Platt,
    teams: BTreeMap<String, usize>,
    pairs: BTreeMap<[String; 2], usize>,
}

impl Learnt {
    pub(super) fn of(outcomes: &[JointOutcome]) -> Self {
        let mut priors: Vec<Prior> = std::iter::once(Prior::free(0.0, 1.5)).chain(PRIORS).collect();
        let (mut teams, mut pairs) = (BTreeMap::new(), BTreeMap::new());
        for outcome in outcomes {
            if !outcome.team.is_empty() && !teams.contains_key(&outcome.team) {
                teams.insert(outcome.team.clone(), priors.len());
                priors.push(Prior::free(0.0, TEAM_SD));
            }
            let [a, b] = &outcome.pair;
            pairs.entry(key(a, b)).or_insert_with(|| {
                priors.push(Prior::free(0.0, PAIR_SD));
                priors.len() - 1
            });
        }
        let mut this = Self { fit: Fit::of(&[], &priors), map: Platt { a: -1.0, b: 0.0 }, teams, pairs };
        let row = |o: &JointOutcome| {
            let ([a, b], [s, t]) = (&o.pair, &o.sides);
            Row {
                x: this.design(&key(a, b), &o.team, [s, t], &o.between),
                y: f64::from(u8::from(o.good)),
                weight: 1.0,
            }
        };
        // scores of outcomes that the weights have not seen
        let (mut scores, mut good) = (Vec::new(), Vec::new());
        for fold in 0..FOLDS {
            let (held, rest): (Vec<_>, Vec<_>) =
                outcomes.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
            let fit = Fit::of(&rest.into_iter().map(|(_, o)| row(o)).collect::<Vec<_>>(), &priors);
            for (_, outcome) in held {
                scores.push(fit.score(&row(outcome).x));
                good.push(outcome.good);
            }
        }
        let fit = Fit::of(&outcomes.iter().map(row).collect::<Vec<_>>(), &priors);
        if let Some(map) = Platt::fit(&scores, &good) {
            let n = outcomes.len() as f64;
            let mixed = |own: f64, plain: f64| (n * own + UNCALIBRATED * plain) / (n + UNCALIBRATED);
            // better evidence never means a lower probability
            this.map = Platt { a: mixed(map.a, -1.0).min(-0.2), b: mixed(map.b, 0.0) };
        }
        this.fit = fit;
        this
    }

    pub(super) fn design(
        &self,
        pair: &[String; 2],
        team: &str,
        sides: [&Side; 2],
        between: &Between,
    ) -> Vec<(usize, f64)> {
        let own = [self.teams.get(team), self.pairs.get(pair)].into_iter().flatten().map(|i| (*i, 1.0));
        let all = features(sides, between);
        let terms = all.iter().enumerate().map(|(i, x)| (i + 1, *x));
        std::iter::once((0, 1.0)).chain(terms).chain(own).collect()
    }
}
