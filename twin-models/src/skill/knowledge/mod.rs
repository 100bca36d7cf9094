//! The chance that a person's next answer on a skill is right, learnt from the answers of everyone, one at a time.
//!
//! A logistic regression whose terms are levels of skill and person, counts [pavlik2009], totals [gervet2020],
//! surprises beside a rating [pelanek2016], the pattern of the latest answers, and what other skills say. Every
//! coefficient is learnt online; nothing is fitted beforehand.

mod features;
mod tracer;

pub use tracer::Tracer;

use crate::learn::online::logistic;
use crate::stats::Z80;
use features::About;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "knowledge";
/// Its version.
pub const VERSION: &str = "1";
/// Answers on a skill, of anyone, from which its own level is known well enough.
pub const MIN_ANSWERS: u32 = 30;
/// Own answers on the skill that weigh as much as what is known of others; from the variances of the person's
/// own levels at a chance of one half. OWN.
const WORTH: f64 = 10.0;

/// An answer, right or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub person: String,
    /// What was asked for.
    pub skill: String,
    /// Whether it was right.
    pub correct: bool,
}

/// The chance, 0..=1, that the next answer of a person on a skill is right, with its 80 % interval; `answers`
/// oldest first, of anyone on anything.
///
/// Absent before the first answer, provisional below [`MIN_ANSWERS`] answers on the skill. Contributions go through
/// the groups of terms one after the other, from the chance of anyone on anything.
///
/// ```
/// # use twin_models::skill::knowledge::{Answer, knowledge};
/// let answer = |person: &str, correct| Answer { person: person.into(), skill: "sums".into(), correct };
/// let answers: Vec<Answer> = (0..40).map(|i| answer(if i % 2 == 0 { "a" } else { "b" }, i % 2 == 0)).collect();
/// let (a, b) = (knowledge(&answers, "a", "sums"), knowledge(&answers, "b", "sums"));
/// assert!(a.value.unwrap() > 0.8 && b.value.unwrap() < 0.2);
/// assert_eq!(knowledge(&[], "a", "sums").value, None);
/// ```
#[must_use]
pub fn knowledge(answers: &[Answer], person: &str, skill: &str) -> Estimate {
    if answers.is_empty() {
        let gaps = vec!["no answers yet".into()];
        return Estimate {
            kind: EstimateKind::Probability,
            ..Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, gaps)
        };
    }
    let (mut people, mut skills) = (Numbers::default(), Numbers::default());
    let mut tracer = Tracer::default();
    for answer in answers {
        tracer.observe(people.of(&answer.person), skills.of(&answer.skill), answer.correct);
    }
    estimate(&tracer, people.of(person), skills.of(skill))
}

/// The same from a tracer that a caller keeps.
#[must_use]
pub fn estimate(tracer: &Tracer, person: u32, skill: u32) -> Estimate {
    let odds = tracer.predict(person, skill);
    let reach = Z80 * odds.variance.sqrt();
    let (on_skill, own) = (tracer.answers_on(skill), f64::from(tracer.answers_of(person, skill)));
    let enough = on_skill >= MIN_ANSWERS;
    let mut gaps = Vec::new();
    if !enough {
        gaps.push(format!("{on_skill} of {MIN_ANSWERS} answers on this skill"));
    }
    if own == 0.0 {
        gaps.push("no answer of this person on this skill".into());
    }
    let prior_share = WORTH / (WORTH + own);
    Estimate {
        value: Some(logistic(odds.mean)),
        low: Some(logistic(odds.mean - reach)),
        high: Some(logistic(odds.mean + reach)),
        kind: EstimateKind::Probability,
        confidence: (1.0 - prior_share) * (f64::from(on_skill) / f64::from(MIN_ANSWERS)).min(1.0),
        n_effective: own,
        prior_share,
        coverage: 1.0,
        contributions: contributions(tracer, person, skill, odds.mean),
        gaps,
        ..Estimate::absent(
            ID,
            VERSION,
            "1",
            if enough && own > 0.0 { EstimateStatus::Ok } else { EstimateStatus::Provisional },
            Vec::new(),
        )
    }
}

/// What each group of terms adds, one after the other; calibration and the level of all are the baseline.
fn contributions(tracer: &Tracer, person: u32, skill: u32, odds: f64) -> Vec<Contribution> {
    let row = tracer.row(person, skill);
    let mut parts = About::ALL.map(|about| (about, 0.0));
    for term in row.iter().filter(|term| term.key.0 > 0) {
        let about = About::of(term.key);
        for part in parts.iter_mut().filter(|part| part.0 == about) {
            part.1 += tracer.model().coefficient(term.key) * term.x;
        }
    }
    let mut at = odds - parts.iter().map(|part| part.1).sum::<f64>();
    let each = parts.iter().map(|(about, amount)| {
        let before = logistic(at);
        at += amount;
        Contribution {
            feature: about.words().into(),
            amount: logistic(at) - before,
            baseline: Some(before),
            now: Some(logistic(at)),
            unit: "1".into(),
        }
    });
    each.collect()
}

/// Numbers for names, as they come.
#[derive(Default)]
struct Numbers<'a>(BTreeMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    fn of(&mut self, name: &'a str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    fn answer(person: &str, skill: &str, correct: bool) -> Answer {
        Answer { person: person.into(), skill: skill.into(), correct }
    }

    #[test]
    fn parts_add_up_and_stay_within_bounds() {
        let answers: Vec<Answer> = (0..90)
            .map(|i| answer(["a", "b", "c"][i % 3], ["x", "y"][i / 7 % 2], i * 7 % 10 < 2 + 3 * (i % 3)))
            .collect();
        for (person, skill) in [("a", "x"), ("c", "y"), ("new", "x"), ("a", "new")] {
            let known = knowledge(&answers, person, skill);
            let (value, parts) = (known.value.unwrap(), &known.contributions);
            let sum: f64 = parts.iter().map(|c| c.amount).sum();
            assert!((parts[0].baseline.unwrap() + sum - value).abs() < 1e-12);
            assert!(0.0 < known.low.unwrap() && known.low < known.value && known.value < known.high);
            assert!(known.high.unwrap() < 1.0);
        }
    }

    #[test]
    fn too_little_is_said() {
        let none = knowledge(&[], "a", "x");
        assert_eq!((none.value, none.status), (None, EstimateStatus::InsufficientData));
        let few = knowledge(&vec![answer("a", "x", true); 29], "a", "x");
        assert_eq!((few.status, few.gaps.len()), (EstimateStatus::Provisional, 1));
        let enough = knowledge(&vec![answer("a", "x", true); 30], "a", "x");
        assert_eq!(enough.status, EstimateStatus::Ok);
        let stranger = knowledge(&vec![answer("a", "x", true); 30], "b", "x");
        assert!(stranger.prior_share == 1.0 && stranger.gaps.len() == 1);
        assert!(stranger.value < enough.value && stranger.n_effective == 0.0);
    }

    #[test]
    fn a_thousand_equal_answers_stay_a_probability() {
        for correct in [true, false] {
            let known = knowledge(&vec![answer("a", "x", correct); 1000], "a", "x");
            let p = known.value.unwrap();
            assert!((0.0..=1.0).contains(&p) && (p - f64::from(u8::from(correct))).abs() < 0.03, "{p}");
        }
    }

    #[test]
    fn learnt_chances_are_right_on_average() {
        let (mut tracer, mut noise) = (Tracer::default(), Noise::of(8, [0, 0, 0]));
        let (mut said, mut was, mut squared, n) = (0.0, 0.0, 0.0, 20_000_u32);
        for i in 0..n {
            let (person, skill) = (i / 50, i / 10 % 5);
            let truth = logistic(f64::from(person % 5) * 0.6 - f64::from(skill) * 0.5 + 0.3);
            let correct = noise.unit() < truth;
            let p = tracer.observe(person, skill, correct);
            said += p;
            was += f64::from(u8::from(correct));
            squared += (p - truth).powi(2);
        }
        assert!(((said - was) / f64::from(n)).abs() < 0.01, "{said} {was}");
        assert!((squared / f64::from(n)).sqrt() < 0.16, "{}", (squared / f64::from(n)).sqrt());
    }
}
