//! What a team may create: people who differ, and who hold together [uzzi2005] [guimera2005] [uzzi2013].

use super::answer::{DRAWS, Form, interval, part, quantity, seed, share, status};
use crate::noise::Noise;
use std::collections::BTreeSet;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::{Gather as _, OrderBy};

/// Id of the model.
pub const ID: &str = "synergy";
/// Its version.
pub const VERSION: &str = "1";
/// Members that are needed.
pub const MIN_MEMBERS: usize = 3;
/// Share of repeated ties at which cohesion is best.
pub const BEST_REPEAT: f64 = 0.5;
/// Share of unusual pairs of skills that the best work has.
pub const BEST_NOVELTY: (f64, f64) = (0.1, 0.2);
/// How much of diversity novelty may take away. OWN.
const NOVELTY_SHARE: f64 = 0.2;
/// Joint works that none at all is worth, and the most points they move. OWN.
const NO_WORK: f64 = 5.0;
const MOST_SHIFT: f64 = 15.0;
/// Days after which a joint work counts half. OWN.
const HALF_LIFE_DAYS: f64 = 365.0;
const FORM: Form = Form { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };

/// A member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// Who.
    pub person: String,
    /// Level in each skill, 0 or more; the same skills for all.
    pub skills: Vec<f64>,
    /// Whether they have done such work before.
    pub incumbent: bool,
}

/// A pair that knows each other; others do not.
#[derive(Clone, Debug, PartialEq)]
pub struct PairTie {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Strength of the tie, 0..=1.
    pub strength: f64,
    /// Whether they worked on something together before.
    pub worked_together: bool,
}

/// What some of them created together.
#[derive(Clone, Debug, PartialEq)]
pub struct JointWork {
    /// Who took part.
    pub people: Vec<String>,
    /// How good it was, 0..=1.
    pub score: f64,
    /// Days since then, 0 or more.
    pub age_days: f64,
}

/// A team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SynergyTeam {
    /// Its members.
    pub members: Vec<Member>,
    /// Their ties.
    pub ties: Vec<PairTie>,
    /// The skills (by number) that each past work of the organisation needed; empty where not known.
    pub past_skills: Vec<Vec<usize>>,
    /// What members created together, in whatever company.
    pub works: Vec<JointWork>,
}

/// What a team may create.
#[derive(Clone, Debug, PartialEq)]
pub struct Synergy {
    /// `100 · 2DC / (D + C)` and what earlier works add, 0..=100; contributions add up to value − 50.
    pub score: Estimate,
    /// How much they differ, D, 0..=1.
    pub diversity: Option<f64>,
    /// How they hold together, C, 0..=1.
    pub cohesion: Option<f64>,
    /// Share of incumbents, p.
    pub incumbents: Option<f64>,
    /// Share of pairs that worked together before, q.
    pub repeated: Option<f64>,
    /// Share of pairs of the team's skills that are unusual in the organisation; absent where it is not known.
    pub novelty: Option<f64>,
}

/// The harmonic mean of two shares; 0 where both are 0.
fn harmonic(d: f64, c: f64) -> f64 {
    if d + c > 0.0 { 2.0 * d * c / (d + c) } else { 0.0 }
}

/// `1 − cosine` of two people's skills, 0..=1.
fn difference(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    let apart = if a == b { 0.0 } else { 1.0 - dot(a, b) / lengths };
    apart.clamp(0.0, 1.0)
}

/// A pair of members: how they differ, how strong their tie is, whether it is an old one.
#[derive(Clone, Copy)]
struct Couple {
    apart: f64,
    tie: f64,
    again: bool,
}

/// `(D, C, q)` of pairs.
fn measured(couples: &[Couple], novelty: Option<f64>) -> (f64, f64, f64) {
    let n = couples.len().max(1) as f64;
    // Rao's quadratic entropy of equal shares, over the most so many people can have: the mean over pairs
    let entropy = couples.iter().map(|c| c.apart).sum::<f64>() / n;
    let repeated = couples.iter().filter(|c| c.again).count() as f64 / n;
    let band = 1.0 - 4.0 * (repeated - BEST_REPEAT).powi(2);
    let cohesion = 0.5 * (couples.iter().map(|c| c.tie).sum::<f64>() / n + band);
    let (low, high) = BEST_NOVELTY;
    let fit =
        novelty.map_or(1.0, |x| if x < low { x / low } else { 1.0 - (x - high).max(0.0) / (1.0 - high) });
    (entropy * (1.0 - NOVELTY_SHARE + NOVELTY_SHARE * fit), cohesion, repeated)
}

/// Share of pairs of the skills `held` that stood together less often in past works than by chance (z below 0,
/// both skills at random among all works); absent without works that need both of some pair's skills.
fn novelty(held: &BTreeSet<usize>, past: &[Vec<usize>]) -> Option<f64> {
    let n = past.len() as f64;
    let has = |skills: &Vec<usize>, s: usize| skills.contains(&s);
    let count = |s: usize| past.iter().filter(|work| has(work, s)).count() as f64;
    let pairs = held.iter().flat_map(|a| held.range(a + 1..).map(move |b| (*a, *b)));
    let unusual: Vec<bool> = pairs
        .filter_map(|(a, b)| {
            let expected = count(a) * count(b) / n;
            let both = past.iter().filter(|work| has(work, a) && has(work, b)).count() as f64;
            (expected > 0.0).then_some(both < expected)
        })
        .collect();
    let share = unusual.iter().filter(|x| **x).count() as f64 / unusual.len().max(1) as f64;
    (!unusual.is_empty()).then_some(share)
}

/// The synergy of a team. Members without skills, or with other skills than the first, are left out.
///
/// ```
/// # use twin_models::collaboration::synergy::{Member, PairTie, SynergyTeam, synergy};
/// let member = |person: &str, skills: [f64; 3]| Member { person: person.into(), skills: skills.into(), incumbent: true };
/// let team = SynergyTeam {
///     members: vec![member("a", [1.0, 0.0, 0.0]), member("b", [0.0, 1.0, 0.0]), member("c", [0.0, 0.0, 1.0])],
///     ties: vec![PairTie { a: "a".into(), b: "b".into(), strength: 0.9, worked_together: true }],
///     ..SynergyTeam::default()
/// };
/// let known = synergy(&team);
/// // D = 1; C = (0.3 + 1 − 4 (1/3 − 1/2)²) / 2 = 0.594…
/// assert_eq!(known.diversity, Some(1.0));
/// assert!((known.score.value.unwrap() - 74.56).abs() < 0.01);
/// ```
#[must_use]
pub fn synergy(team: &SynergyTeam) -> Synergy {
    let wide = team.members.iter().map(|m| m.skills.len()).max().unwrap_or(0);
    let able = |m: &&Member| {
        let sound = m.skills.iter().all(|x| x.is_finite() && (0.0..=1e6).contains(x));
        sound && m.skills.len() == wide && m.skills.iter().any(|x| *x > 0.0)
    };
    let mut members: Vec<&Member> = team.members.iter().filter(able).collect();
    members.order_by(|a, b| a.person.cmp(&b.person));
    members.dedup_by(|a, b| a.person == b.person);
    if members.len() < MIN_MEMBERS {
        let score = FORM
            .absent(EstimateStatus::InsufficientData, vec!["fewer than three members with skills".into()]);
        return Synergy {
            score,
            diversity: None,
            cohesion: None,
            incumbents: None,
            repeated: None,
            novelty: None,
        };
    }
    let tie_of =
        |a: &str, b: &str| team.ties.iter().find(|t| (t.a == a && t.b == b) || (t.a == b && t.b == a));
    let mut couples: Vec<Couple> = Vec::new();
    for (i, a) in members.iter().enumerate() {
        for b in members.iter().skip(i + 1) {
            let tie = tie_of(&a.person, &b.person);
            couples.push(Couple {
                apart: difference(&a.skills, &b.skills),
                tie: share(tie.map(|t| t.strength)).unwrap_or(0.0),
                again: tie.is_some_and(|t| t.worked_together),
            });
        }
    }
    let held: BTreeSet<usize> = members
        .iter()
        .flat_map(|m| m.skills.iter().enumerate().filter(|(_, x)| **x > 0.0).map(|(s, _)| s))
        .gather();
    let novelty = novelty(&held, &team.past_skills);
    let (d, c, q) = measured(&couples, novelty);
    let plain = 100.0 * harmonic(d, c);
    let (shift, works) = shift(&members, &team.works, plain);
    let names: Vec<&str> = members.iter().map(|m| m.person.as_str()).collect();
    let draw = |i: u64| {
        let mut noise = Noise::of(seed(&[ID, &names.join("\n")]), [i, 0, 0]);
        let again: Vec<Couple> =
            (0..couples.len()).filter_map(|_| couples.get(noise.below(couples.len())).copied()).collect();
        let (d, c, _) = measured(&again, novelty);
        (100.0 * harmonic(d, c) + shift).clamp(0.0, 100.0)
    };
    let value = (plain + shift).clamp(0.0, 100.0);
    let mut gaps = Vec::new();
    if novelty.is_none() {
        gaps.push("skills of past works are not known: novelty does not count".to_owned());
    }
    if team.ties.is_empty() {
        gaps.push("no tie is known".into());
    }
    if members.len() < team.members.len() {
        gaps.push(format!("{} members without skills left out", team.members.len() - members.len()));
    }
    let half = harmonic(0.5, 0.5);
    let coverage =
        (1.0 + f64::from(u8::from(novelty.is_some())) + f64::from(u8::from(!team.ties.is_empty()))) / 3.0;
    Synergy {
        score: Estimate {
            contributions: vec![
                part("diversity", 100.0 * (harmonic(d, 0.5) - half), Some(0.5), Some(d)),
                part("cohesion", 100.0 * (harmonic(d, c) - harmonic(d, 0.5)), Some(0.5), Some(c)),
                part("what they created before", value - plain, None, Some(works)),
            ],
            n_effective: couples.len() as f64,
            prior_share: NO_WORK / (NO_WORK + works),
            coverage,
            confidence: coverage * 0.6 + 0.4 * works / (NO_WORK + works),
            gaps,
            ..FORM.given(value, interval((0..DRAWS).map(draw).collect()), status(coverage > 0.5))
        },
        diversity: Some(d),
        cohesion: Some(c),
        incumbents: Some(members.iter().filter(|m| m.incumbent).count() as f64 / members.len() as f64),
        repeated: Some(q),
        novelty,
    }
}

/// Points that earlier works add, and how many works that rests on: their score less the team's, by the share of
/// each work's people who are in the team, two at least; shrunk and bounded. OWN.
fn shift(members: &[&Member], works: &[JointWork], plain: f64) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for work in works {
        let (Some(score), Some(age)) = (share(Some(work.score)), quantity(Some(work.age_days), 36_525.0))
        else {
            continue;
        };
        let people: BTreeSet<&str> = work.people.iter().map(String::as_str).gather();
        let inside = members.iter().filter(|m| people.contains(m.person.as_str())).count();
        if inside >= 2 {
            let w = inside as f64 / people.len() as f64 * (-age / HALF_LIFE_DAYS).exp2();
            sum += w * (100.0 * score - plain);
            weight += w;
        }
    }
    ((sum / (weight + NO_WORK)).clamp(-MOST_SHIFT, MOST_SHIFT), weight)
}

/// Someone who may join, and what the team's synergy would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Opportunity {
    /// Who.
    pub person: String,
    /// Points that the team would gain; below 0 where it would lose.
    pub gain: f64,
    /// The team with them.
    pub with: Synergy,
}

/// Each candidate added to the team, the greatest gain first; `team.ties` and `team.works` should hold theirs, too.
/// Where the team alone has no score (two people look for a third), gains count from 0.
#[must_use]
pub fn opportunities(team: &SynergyTeam, candidates: &[Member]) -> Vec<Opportunity> {
    let now = synergy(team).score.value.unwrap_or(0.0);
    let outside = candidates.iter().filter(|c| team.members.iter().all(|m| m.person != c.person));
    let joined = outside.filter_map(|candidate| {
        let mut larger = team.clone();
        larger.members.push(candidate.clone());
        let with = synergy(&larger);
        Some(Opportunity { person: candidate.person.clone(), gain: with.score.value? - now, with })
    });
    let mut all: Vec<Opportunity> = joined.collect();
    all.order_by(|a, b| b.gain.total_cmp(&a.gain));
    all
}

#[cfg(test)]
#[path = "synergy_tests.rs"]
mod tests;
