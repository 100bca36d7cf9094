//! How well two people work together: an index from what is known of the pair, and from thirty joint outcomes on
//! a probability. There is no place for age, sex, origin or any other protected attribute.

use super::answer::{DRAWS, Form, interval, part, seed, share, status};
use super::compatibility_learnt::{FEATURES, Learnt};
use crate::noise::Noise;
use crate::stats::Z80;
use twin_core::estimate::{Contribution, Estimate, EstimateKind};

/// Id of the model.
pub const ID: &str = "compatibility";
/// Its version.
pub const VERSION: &str = "1";
/// Outcomes of pairs, both good and bad, from which the answer is a probability.
pub const MIN_OUTCOMES: usize = 30;
/// Weights of past interaction, overlap, complementarity, style matching, reciprocity, style proximity.
pub const WEIGHTS: [f64; 6] = [0.25, 0.2, 0.2, 0.15, 0.1, 0.1];
/// Spread of a pair's own level in log-odds.
pub const PAIR_SD: f64 = 0.3;
/// Shared hours of a day that are all there is to win. OWN.
const FULL_OVERLAP_H: f64 = 8.0;
/// Outcomes that a past of neither kind is worth. OWN.
const NO_PAST: f64 = 2.0;
/// What hand-offs and meetings count in past interaction, many joint outcomes counting 1. OWN.
const INDIRECT: f64 = 0.5;
/// Share of the weights that must be known for an answer that is not provisional. OWN.
const ENOUGH: f64 = 0.6;
const INDEX: Form = Form { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };

/// One of the two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// Level in each skill, 0 or more; the same skills for both. Empty where not known.
    pub skills: Vec<f64>,
    /// When work begins and ends, hours of one clock for both; over midnight where the end is earlier.
    pub hours: Option<(f64, f64)>,
    /// Middle of sleep on free days, h.
    pub chronotype_h: Option<f64>,
    /// Load over capacity, 0 or more.
    pub workload: Option<f64>,
}

/// What another model measured, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// 0..=1.
    pub value: f64,
    /// 0 or more; what is no number counts as 0.
    pub sd: f64,
}

/// What is between the two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Between {
    /// How joint work turned out, each 0..=1: success, or a rating.
    pub past: Vec<f64>,
    /// Efficiency of their hand-offs.
    pub hand_offs: Option<Measured>,
    /// Effectiveness of their meetings.
    pub meetings: Option<Measured>,
    /// Strength of their tie.
    pub tie: Option<Measured>,
    /// Reciprocity of their tie.
    pub reciprocity: Option<Measured>,
    /// Language style matching.
    pub style_matching: Option<Measured>,
    /// Proximity of their styles.
    pub style_proximity: Option<Measured>,
}

/// Joint work that ended.
#[derive(Clone, Debug, PartialEq)]
pub struct JointOutcome {
    /// Who worked together.
    pub pair: [String; 2],
    /// Their team; empty where none.
    pub team: String,
    /// The two as they were before it.
    pub sides: [Side; 2],
    /// What was between them before it.
    pub between: Between,
    /// Whether it went well.
    pub good: bool,
}

/// What two people's skills add to each other: `Σ max(a, b) / max(Σ a, Σ b) − 1`, 0 where one has all that the
/// other has, 1 where they share nothing and have as much. Absent where neither has any, or for lists of
/// different length.
///
/// ```
/// # use twin_models::collaboration::compatibility::complementarity;
/// assert_eq!(complementarity(&[3.0, 0.0], &[0.0, 3.0]), Some(1.0));
/// assert_eq!(complementarity(&[3.0, 1.0], &[3.0, 1.0]), Some(0.0));
/// ```
#[must_use]
pub fn complementarity(a: &[f64], b: &[f64]) -> Option<f64> {
    let sound = |list: &[f64]| list.iter().all(|x| x.is_finite() && *x >= 0.0);
    let most = a.iter().sum::<f64>().max(b.iter().sum());
    let union: f64 = a.iter().zip(b).map(|(a, b)| a.max(*b)).sum();
    (a.len() == b.len() && sound(a) && sound(b) && most > 0.0).then(|| (union / most - 1.0).clamp(0.0, 1.0))
}

/// Hours of a day that both work; absent for hours outside 0..=24.
#[must_use]
pub fn overlap_h(a: (f64, f64), b: (f64, f64)) -> Option<f64> {
    let sound = |h: f64| (0.0..=24.0).contains(&h);
    let unrolled = |(start, end): (f64, f64)| if end < start { (start, end + 24.0) } else { (start, end) };
    let ((a0, a1), (b0, b1)) = (unrolled(a), unrolled(b));
    let shared = |shift: f64| (a1.min(b1 + shift) - a0.max(b0 + shift)).max(0.0);
    [a.0, a.1, b.0, b.1].into_iter().all(sound).then(|| [-24.0, 0.0, 24.0].map(shared).iter().sum())
}

/// The six terms of the index; absent where not known.
#[derive(Clone, Copy)]
pub(super) struct Terms(pub(super) [Option<Measured>; 6]);

const NAMES: [&str; 6] = [
    "past interaction",
    "shared hours",
    "complementary skills",
    "language style matching",
    "reciprocity",
    "style proximity",
];

pub(super) fn sound(m: Option<Measured>) -> Option<Measured> {
    let m = m?;
    let sd = if m.sd.is_finite() { m.sd.max(0.0) } else { 0.0 };
    share(Some(m.value)).map(|value| Measured { value, sd })
}

fn exact(value: f64) -> Measured {
    Measured { value, sd: 0.0 }
}

/// Past interaction in parts: what it was, and how much of the whole it counts.
fn past(between: &Between, outcomes: &[f64]) -> Vec<(&'static str, f64, Measured)> {
    let n = outcomes.len() as f64;
    let rate = (outcomes.iter().sum::<f64>() + 0.5 * NO_PAST) / (n + NO_PAST);
    let parts = [
        ("past joint work", n / (n + NO_PAST), (n > 0.0).then_some(exact(rate))),
        ("hand-offs", INDIRECT, sound(between.hand_offs)),
        ("meetings", INDIRECT, sound(between.meetings)),
    ];
    let known: Vec<_> = parts.into_iter().filter_map(|(name, w, m)| Some((name, w, m?))).collect();
    let all: f64 = known.iter().map(|k| k.1).sum();
    known.into_iter().map(|(name, w, m)| (name, w / all, m)).collect()
}

pub(super) fn believed(between: &Between) -> Vec<f64> {
    between.past.iter().copied().filter(|x| share(Some(*x)).is_some()).collect()
}

impl Terms {
    pub(super) fn of(sides: [&Side; 2], between: &Between, outcomes: &[f64]) -> Self {
        let [a, b] = sides;
        let parts = past(between, outcomes);
        let quality = (!parts.is_empty()).then(|| Measured {
            value: parts.iter().map(|(_, w, m)| w * m.value).sum(),
            sd: parts.iter().map(|(_, w, m)| (w * m.sd).powi(2)).sum::<f64>().sqrt(),
        });
        let hours = a.hours.zip(b.hours).and_then(|(a, b)| overlap_h(a, b));
        Self([
            quality,
            hours.map(|h| exact((h / FULL_OVERLAP_H).min(1.0))),
            complementarity(&a.skills, &b.skills).map(exact),
            sound(between.style_matching),
            sound(between.reciprocity),
            sound(between.style_proximity),
        ])
    }

    fn coverage(&self) -> f64 {
        self.0.iter().zip(WEIGHTS).filter(|(t, _)| t.is_some()).map(|(_, w)| w).sum()
    }

    /// What is not known counts as the middle.
    fn index(&self) -> f64 {
        100.0 * self.0.iter().zip(WEIGHTS).map(|(t, w)| w * t.map_or(0.5, |t| t.value)).sum::<f64>()
    }
}

/// How well `names` would work together in a team: an index 0..=100 (50: nothing speaks for or against it), or
/// from [`MIN_OUTCOMES`] outcomes of any pairs on the probability that joint work goes well.
///
/// Turning the two around changes nothing. Contributions add up to value − 50, or to value − the probability of
/// a pair that is usual in everything.
///
/// ```
/// # use twin_models::collaboration::compatibility::{Between, Measured, Side, compatibility};
/// let side = |skills: [f64; 2]| Side { skills: skills.into(), hours: Some((9.0, 17.0)), ..Side::default() };
/// let between = Between { hand_offs: Some(Measured { value: 0.9, sd: 0.0 }), ..Between::default() };
/// let known = compatibility(["ann", "bob"], "", [&side([3.0, 0.0]), &side([0.0, 3.0])], &between, &[]);
/// // 25 · 0.9 + 20 · 1 + 20 · 1 + 35 · 0.5
/// assert_eq!(known.value, Some(80.0));
/// ```
#[must_use]
pub fn compatibility(
    names: [&str; 2],
    team: &str,
    sides: [&Side; 2],
    between: &Between,
    outcomes: &[JointOutcome],
) -> Estimate {
    let own = believed(between);
    let terms = Terms::of(sides, between, &own);
    let coverage = terms.coverage();
    if coverage == 0.0 && sound(between.tie).is_none() {
        return INDEX.too_little("nothing is known of the two together");
    }
    let mut gaps: Vec<String> = NAMES
        .iter()
        .zip(terms.0)
        .filter(|(_, t)| t.is_none())
        .map(|(n, _)| format!("{n} not known"))
        .collect();
    let good = outcomes.iter().filter(|o| o.good).count();
    if outcomes.len() < MIN_OUTCOMES || good == 0 || good == outcomes.len() {
        gaps.insert(0, format!("{} joint outcomes: an index, not a probability", outcomes.len()));
        let range = bootstrap(names, sides, between, &own);
        return Estimate {
            contributions: index_parts(&terms, between, &own),
            n_effective: own.len() as f64,
            prior_share: 1.0 - coverage,
            coverage,
            confidence: 0.8 * coverage,
            gaps,
            ..INDEX.given(terms.index(), range, status(coverage >= ENOUGH))
        };
    }
    let pair = key(names[0], names[1]);
    let learnt = Learnt::of(outcomes);
    let x = learnt.design(&pair, team, sides, between);
    let (score, doubt) = (learnt.fit.score(&x), learnt.fit.doubt(&x));
    let of = |score: f64| learnt.map.apply(score);
    let mut at = learnt.fit.mean.first().copied().unwrap_or(0.0);
    let mut contributions = Vec::new();
    for (i, amount) in x.iter().skip(1) {
        let before = of(at);
        at += amount * learnt.fit.mean.get(*i).copied().unwrap_or(0.0);
        let name = FEATURES.get(i - 1).copied().unwrap_or("how the pair or its team did before");
        contributions.push(part(name, of(at) - before, Some(before), Some(of(at))));
    }
    let n = outcomes.len() as f64;
    let prior_share = MIN_OUTCOMES as f64 / (MIN_OUTCOMES as f64 + n);
    Estimate {
        contributions,
        n_effective: n,
        prior_share,
        coverage,
        confidence: (1.0 - prior_share) * coverage.max(0.2),
        gaps,
        ..INDEX.of("1", EstimateKind::Probability).given(
            of(score),
            (of(score - Z80 * doubt), of(score + Z80 * doubt)),
            status(coverage >= ENOUGH),
        )
    }
}

pub(super) fn key(a: &str, b: &str) -> [String; 2] {
    [a.min(b).to_owned(), a.max(b).to_owned()]
}

fn index_parts(terms: &Terms, between: &Between, own: &[f64]) -> Vec<Contribution> {
    let amount = |w: f64, x: f64| 100.0 * w * (x - 0.5);
    let [quality, ..] = WEIGHTS;
    let past = past(between, own).into_iter();
    let past = past.map(|(name, w, m)| part(name, amount(quality * w, m.value), Some(0.5), Some(m.value)));
    let rest = NAMES.iter().zip(terms.0).zip(WEIGHTS).skip(1);
    let rest =
        rest.filter_map(|((n, t), w)| t.map(|t| part(n, amount(w, t.value), Some(0.5), Some(t.value))));
    past.chain(rest).collect()
}

/// Past outcomes drawn anew, the rest within its errors, what is not known anywhere.
fn bootstrap(names: [&str; 2], sides: [&Side; 2], between: &Between, own: &[f64]) -> (f64, f64) {
    let [a, b] = key(names[0], names[1]);
    let draw = |i: u64| {
        let mut noise = Noise::of(seed(&[ID, &a, &b]), [i, 0, 0]);
        let mut again: Vec<f64> =
            (0..own.len()).filter_map(|_| own.get(noise.below(own.len())).copied()).collect();
        // a past of a few outcomes that are all alike is not known that well
        if let Some(last) = again.last_mut() {
            *last = noise.unit();
        }
        let mut terms = Terms::of(sides, between, &again);
        for term in &mut terms.0 {
            *term = Some(exact(match term {
                Some(t) => (t.value + t.sd * noise.normal()).clamp(0.0, 1.0),
                None => noise.unit(),
            }));
        }
        terms.index()
    };
    interval((0..DRAWS).map(draw).collect())
}

#[cfg(test)]
#[path = "compatibility_tests.rs"]
mod tests;
