//! Which way of learning brings this person most for an hour, and which to try next [chapelle2011].

use super::method_fit::{Effect, Row, effects};
use crate::health::answer::Answer;
use crate::stats::{Draws, interval80, mean, sd};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::{Gather as _, OrderBy};

/// Id of the model.
pub const ID: &str = "learning_methods";
/// Its version.
pub const VERSION: &str = "1";
/// Methods that are always weighed, with what is expected of each in spreads of gains: practice spread over time is of
/// high use, reading again of low [dunlosky2013]; the figures are OWN.
pub const METHODS: [(&str, f64); 7] = [
    ("pair work", 0.0),
    ("course", 0.0),
    ("reading", -0.1),
    ("project", 0.0),
    ("mentoring", 0.0),
    ("spaced practice", 0.2),
    ("practice testing", 0.2),
];
/// Own episodes with a method from which its effect is the person's own.
pub const MIN_EPISODES: usize = 5;
/// Share of suggestions that go to all methods alike.
pub const EXPLORE: f64 = 0.1;
/// Draws of the probability to be best.
const DRAWS: usize = 512;
/// Spread of a method with a person that is known from the prior alone: `√(0.3² + 0.2²)`.
const PRIOR_SD: f64 = 0.360_555_127_546_398_9;
/// Longest episode that is believed, h. OWN.
const MAX_HOURS: f64 = 500.0;

const ANSWER: Answer = Answer { id: ID, version: VERSION, unit: "{score}/h", kind: EstimateKind::Quantity };

/// A stretch of learning with one method and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// The method; one of [`METHODS`] or any other.
    pub method: String,
    /// The skill.
    pub skill: String,
    /// Hours spent, above 0, at most 500.
    pub hours: f64,
    /// Points gained over the four weeks after it began, −100..=100.
    pub gain: f64,
    /// Level before, points.
    pub prior_level: Option<f64>,
    /// Points a week before.
    pub velocity: Option<f64>,
    /// Whether it is this person's; others show what a method does in general.
    pub own: bool,
    /// Probability with which the method was suggested, if it was followed; from [`MethodEffect::p_suggested`].
    pub chance: Option<f64>,
}

/// What a method brings.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodEffect {
    /// The method.
    pub method: String,
    /// Points an hour, for this person; contributions are what is usual, the method, and the person, from the mean of
    /// all episodes. An association, not proof.
    pub per_hour: Estimate,
    /// Probability that it is the best, 0..=1.
    pub p_best: f64,
    /// Probability with which it is suggested, at least a tenth over the number of methods.
    pub p_suggested: f64,
    /// Own episodes with it.
    pub episodes: u32,
}

/// Methods, the most promising first.
#[derive(Clone, Debug, PartialEq)]
pub struct LearningMethods {
    /// One a method.
    pub methods: Vec<MethodEffect>,
    /// The one to try next: drawn with the probabilities above.
    pub suggested: String,
}

/// What each method of learning brings for an hour and which to try next, drawn under a seed.
///
/// Without two usable episodes that differ there are no figures, but still a suggestion, from what is expected of
/// methods. Episodes with impossible numbers are left out and counted.
///
/// ```
/// # use twin_models::skill::methods::{Episode, learning_methods};
/// let episode = |method: &str, gain| Episode {
///     method: method.into(),
///     skill: "sql".into(),
///     hours: 10.0,
///     gain,
///     prior_level: None,
///     velocity: None,
///     own: true,
///     chance: None,
/// };
/// let mut all = vec![episode("project", 6.0); 10];
/// all.extend(vec![episode("course", 2.0); 10]);
/// let found = learning_methods(&all, 7);
/// assert_eq!(found.methods[0].method, "project");
/// let gain = found.methods[0].per_hour.value.unwrap();
/// assert!(gain > 0.45 && gain < 0.6);
/// ```
#[must_use]
pub fn learning_methods(episodes: &[Episode], seed: u64) -> LearningMethods {
    let used: Vec<&Episode> = episodes.iter().filter(|e| believed(e)).collect();
    let mut names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
    let known: BTreeSet<&str> = names.iter().copied().gather();
    let others: BTreeSet<&str> = used.iter().map(|e| e.method.as_str()).gather();
    names.extend(others.difference(&known));
    let rates: Vec<f64> = used.iter().map(|e| e.gain / e.hours).collect();
    let scale = mean(&rates).zip(sd(&rates).filter(|s| *s > 1e-9));
    let rows = scale.map_or_else(Vec::new, |(centre, spread)| rows(&used, &names, centre, spread));
    let nothing = Effect { usual: 0.0, method: 0.0, person: 0.0, sd: PRIOR_SD, own_sd: PRIOR_SD };
    let effects = effects(&rows, names.len()).unwrap_or_else(|| vec![nothing; names.len()]);
    let prior = |name: &str| METHODS.iter().find(|(n, _)| *n == name).map_or(0.0, |(_, m)| *m);
    let whole: Vec<(f64, f64)> =
        names.iter().zip(&effects).map(|(n, e)| (prior(n) + e.method + e.person, e.own_sd)).collect();
    let mut draws = Draws::new(seed);
    let best = p_best(&whole, &mut draws);
    let share = |p: f64| (1.0 - EXPLORE) * p + EXPLORE / names.len() as f64;
    let suggested = drawn(&best.iter().map(|p| share(*p)).collect::<Vec<_>>(), &mut draws);
    let left_out = episodes.len() - used.len();
    let mut methods: Vec<MethodEffect> = Vec::new();
    for ((name, effect), p) in names.iter().zip(&effects).zip(&best) {
        let own = used.iter().filter(|e| e.own && e.method == *name).count();
        methods.push(MethodEffect {
            method: (*name).into(),
            per_hour: scale.map_or_else(
                || ANSWER.too_little("fewer than two episodes with different gains"),
                |scale| per_hour(scale, prior(name), effect, own, (used.len(), left_out)),
            ),
            p_best: *p,
            p_suggested: share(*p),
            episodes: own as u32,
        });
    }
    let suggested = names.get(suggested).map_or_else(String::new, |name| (*name).into());
    methods.order_by(|a, b| b.p_best.total_cmp(&a.p_best));
    LearningMethods { methods, suggested }
}

fn believed(e: &Episode) -> bool {
    e.hours > 0.0
        && e.hours <= MAX_HOURS
        && (-100.0..=100.0).contains(&e.gain)
        && e.chance.is_none_or(|p| p > 0.0 && p <= 1.0)
        && [e.prior_level, e.velocity].into_iter().flatten().all(f64::is_finite)
}

/// Episodes on the standardised scale; a missing covariate is its mean.
fn rows(used: &[&Episode], names: &[&str], centre: f64, spread: f64) -> Vec<Row> {
    let standard = |of: fn(&Episode) -> Option<f64>| {
        let there: Vec<f64> = used.iter().filter_map(|e| of(e)).collect();
        let (middle, wide) = (mean(&there).unwrap_or(0.0), sd(&there).unwrap_or(0.0));
        used.iter().map(move |e| of(e).filter(|_| wide > 1e-9).map_or(0.0, |x| (x - middle) / wide))
    };
    let covariates = standard(|e| e.prior_level)
        .zip(standard(|e| e.velocity))
        .zip(standard(|e| Some(e.hours.ln())))
        .map(|((level, velocity), hours)| [level, velocity, hours]);
    let mut skills = BTreeMap::new();
    used.iter()
        .zip(covariates)
        .filter_map(|(e, covariates)| {
            let method = names.iter().position(|n| *n == e.method)?;
            let next = skills.len();
            let skill = *skills.entry(e.skill.as_str()).or_insert(next);
            let expected = METHODS.iter().find(|(n, _)| *n == e.method).map_or(0.0, |(_, m)| *m);
            let y = (e.gain / e.hours - centre) / spread - expected;
            Some(Row { y, covariates, method, skill, own: e.own, chance: e.chance })
        })
        .collect()
}

fn per_hour(
    (centre, spread): (f64, f64),
    prior: f64,
    effect: &Effect,
    own: usize,
    (used, left_out): (usize, usize),
) -> Estimate {
    let value = centre + spread * (effect.usual + prior + effect.method + effect.person);
    let part = |feature: &str, amount: f64| Contribution {
        feature: feature.into(),
        amount: spread * amount,
        baseline: Some(centre),
        now: None,
        unit: "{score}/h".into(),
    };
    let mut gaps = vec!["an association, not proof that the method is the cause".to_owned()];
    if own < MIN_EPISODES {
        gaps.push(format!("{own} of {MIN_EPISODES} own episodes with this method"));
    }
    if left_out > 0 {
        gaps.push(format!("{left_out} episodes could not be used"));
    }
    let share = (effect.own_sd / PRIOR_SD).clamp(0.0, 1.0);
    Estimate {
        status: if own < MIN_EPISODES { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: own as f64,
        prior_share: share * share,
        coverage: used as f64 / (used + left_out).max(1) as f64,
        contributions: vec![
            part("usual, corrected for who chose what", effect.usual),
            part("the method", prior + effect.method),
            part("the method with this person", effect.person),
        ],
        gaps,
        ..ANSWER.between(value, interval80(value, spread * effect.sd), 1.0 - share)
    }
}

/// How often each is the best of draws.
fn p_best(all: &[(f64, f64)], draws: &mut Draws) -> Vec<f64> {
    let mut wins = vec![0.0; all.len()];
    for _ in 0..DRAWS {
        let tries: Vec<f64> = all.iter().map(|(mean, sd)| mean + sd * draws.normal()).collect();
        let best = tries.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        if let Some((best, _)) = best {
            crate::cells::add(&mut wins, best, 1.0 / DRAWS as f64);
        }
    }
    wins
}

/// One of the numbers, drawn with these probabilities.
fn drawn(shares: &[f64], draws: &mut Draws) -> usize {
    let mut left = draws.unit() * shares.iter().sum::<f64>();
    for (i, share) in shares.iter().enumerate() {
        left -= share;
        if left <= 0.0 {
            return i;
        }
    }
    shares.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn episode(method: &str, gain: f64) -> Episode {
        Episode {
            method: method.into(),
            skill: "sql".into(),
            hours: 10.0,
            gain,
            prior_level: None,
            velocity: None,
            own: true,
            chance: None,
        }
    }

    #[test]
    fn following_suggestions_loses_a_third_less_than_trying_all_alike() {
        let (people, rounds) = (12, 150);
        let (mut lost, mut alike) = (0.0, 0.0);
        for person in 0..people {
            let mut draws = Draws::new(100 + person);
            let truth: Vec<f64> =
                METHODS.iter().map(|(_, m)| m + 0.3 * draws.normal() + 0.2 * draws.normal()).collect();
            let best = truth.iter().copied().fold(f64::MIN, f64::max);
            alike += f64::from(rounds) * (best - mean(&truth).unwrap());
            let mut all: Vec<Episode> = Vec::new();
            for round in 0..rounds {
                let found = learning_methods(&all, 1000 * person + round as u64);
                let at = METHODS.iter().position(|(n, _)| *n == found.suggested).unwrap();
                lost += best - truth[at];
                let effect = found.methods.iter().find(|m| m.method == found.suggested).unwrap();
                all.push(Episode {
                    chance: Some(effect.p_suggested),
                    ..episode(METHODS[at].0, 4.0 + 2.0 * (truth[at] + draws.normal()))
                });
            }
        }
        println!("regret {lost:.1} against {alike:.1}: {:.2} less", 1.0 - lost / alike);
        assert!(lost < 0.7 * alike, "{lost} {alike}");
    }

    #[test]
    fn who_chose_what_is_corrected_for() {
        // beginners gain more and read; the advanced take courses; the methods do the same
        let mut draws = Draws::new(6);
        let all: Vec<Episode> = (0..300)
            .map(|_| {
                let level = 50.0 + 15.0 * draws.normal();
                let reads = draws.unit() < 1.0 / (1.0 + ((level - 50.0) / 10.0).exp());
                let gain = 5.0 - 0.15 * (level - 50.0) + draws.normal();
                let method = if reads { "pair work" } else { "course" };
                Episode { prior_level: Some(level), ..episode(method, gain) }
            })
            .collect();
        let found = learning_methods(&all, 1);
        let of =
            |name: &str| found.methods.iter().find(|m| m.method == name).unwrap().per_hour.value.unwrap();
        let naive = |name: &str| {
            let gains: Vec<f64> = all.iter().filter(|e| e.method == name).map(|e| e.gain / 10.0).collect();
            mean(&gains).unwrap()
        };
        let (raw, adjusted) = (naive("pair work") - naive("course"), of("pair work") - of("course"));
        println!("raw {raw:.3} adjusted {adjusted:.3}");
        assert!(raw > 0.2 && adjusted.abs() < 0.2 * raw, "{raw} {adjusted}");
    }

    #[test]
    fn parts_add_up_and_every_method_keeps_a_chance() {
        let mut all = vec![episode("reading", 1.0), episode("reading", 3.0), episode("own way", 4.0)];
        all.push(Episode { own: false, ..episode("project", 7.0) });
        let found = learning_methods(&all, 3);
        assert_eq!(found.methods.len(), METHODS.len() + 1);
        let centre = (0.1 + 0.3 + 0.4 + 0.7) / 4.0;
        for method in &found.methods {
            let parts: f64 = method.per_hour.contributions.iter().map(|c| c.amount).sum();
            assert!((method.per_hour.value.unwrap() - centre - parts).abs() < 1e-12);
            assert!(method.p_suggested >= EXPLORE / 8.0 - 1e-12);
            assert_eq!(method.per_hour.status, EstimateStatus::Provisional);
        }
        assert!((found.methods.iter().map(|m| m.p_suggested).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(learning_methods(&all, 3), found);
    }

    #[test]
    fn bad_input_has_no_figures_but_a_suggestion() {
        let none = learning_methods(&[], 1);
        assert!(none.methods.iter().all(|m| m.per_hour.value.is_none()) && !none.suggested.is_empty());
        for bad in [f64::NAN, f64::INFINITY, 0.0, 10_000.0] {
            let all = [Episode { hours: bad, ..episode("course", 1.0) }, episode("course", f64::NAN)];
            assert_eq!(learning_methods(&all, 1).methods[0].per_hour.value, None);
        }
        let same = learning_methods(&vec![episode("course", 2.0); 9], 1);
        assert_eq!(same.methods[0].per_hour.status, EstimateStatus::InsufficientData);
        let odd = Episode { prior_level: Some(f64::NAN), ..episode("course", 1.0) };
        let some = learning_methods(&[odd, episode("course", 1.0), episode("reading", 2.0)], 1);
        assert!(some.methods.iter().all(|m| m.per_hour.value.is_some_and(f64::is_finite)));
    }
}
