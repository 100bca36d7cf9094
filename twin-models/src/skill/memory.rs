//! How well a skill is remembered, and when it should be exercised again [ye2022].
//!
//! Exercising a skill is a review; its grade comes from how it went. [settles2016] fits half-lives instead; FSRS
//! needs no fit and has spacing in it.

use super::evidence::{SkillEvidence, usable};
use super::fsrs::{DEFAULT_WEIGHTS, Fsrs, Grade, Memory};
use crate::health::answer::{Answer, middle80};
use crate::stats::Draws;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "skill_memory";
/// Its version.
pub const VERSION: &str = "1";
/// Recall below which a skill is due.
pub const RETENTION: f64 = 0.9;
/// Spread of the logarithm of each weight between people. OWN.
const WEIGHT_SD: f64 = 0.15;
/// Draws of weights.
const DRAWS: usize = 64;
/// Seed of the draws.
const SEED: u64 = 24;
/// Longest wait that is told, days.
const MOST_DAYS: f64 = 3650.0;

const RECALL: Answer = Answer { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Probability };
const DUE: Answer = Answer::quantity(ID, VERSION, "d");

/// The memory of a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillMemory {
    /// The skill.
    pub skill: String,
    /// Probability that it would be recalled today, 0..=1.
    pub recall: Estimate,
    /// Days from today until recall falls below 0.9; 0 where it has.
    pub due_days: Estimate,
    /// Days from the last exercise until recall falls to 0.9.
    pub stability_days: Option<f64>,
    /// How hard it is to keep, 1..=10.
    pub difficulty: Option<f64>,
    /// Times it was exercised.
    pub exercised: u32,
}

/// Exercises: days ago and grade, oldest first.
fn exercises(skill: &str, evidence: &[SkillEvidence]) -> Vec<(f64, Grade)> {
    usable(skill, evidence).0.iter().filter_map(|(e, _)| Some((e.age_days, e.kind.grade()?))).collect()
}

/// The memory after an exercise so many days ago, from the memory before it and its age.
pub(crate) fn exercised(fsrs: &Fsrs, state: Option<(Memory, f64)>, age: f64, grade: Grade) -> (Memory, f64) {
    // FSRS counts whole days
    let next = |(memory, before): (Memory, f64)| fsrs.review(memory, (before - age).floor(), grade);
    (state.map_or_else(|| fsrs.first(grade), next), age)
}

/// The memory after the last exercise, and days since.
fn remembered(fsrs: &Fsrs, exercises: &[(f64, Grade)]) -> Option<(Memory, f64)> {
    exercises.iter().fold(None, |state, (age, grade)| Some(exercised(fsrs, state, *age, *grade)))
}

/// Probability of recall today under the default weights; `None` where the skill was never exercised.
pub(crate) fn recalled(skill: &str, evidence: &[SkillEvidence]) -> Option<f64> {
    let fsrs = Fsrs::default();
    let (memory, age) = remembered(&fsrs, &exercises(skill, evidence))?;
    Some(fsrs.recall(memory.stability, age.floor()))
}

/// Recall of a skill today and the days until it is due. Intervals are over weights drawn around the defaults.
///
/// ```
/// # use twin_models::skill::{evidence::{EvidenceKind, SkillEvidence}, memory::skill_memory};
/// let done = SkillEvidence {
///     skill: "sql".into(),
///     age_days: 10.0,
///     kind: EvidenceKind::Response { correct: true },
/// };
/// let memory = skill_memory("sql", &[done]);
/// assert!((memory.recall.value.unwrap() - 0.7744).abs() < 1e-3);
/// assert_eq!(memory.due_days.value, Some(0.0));
/// ```
#[must_use]
pub fn skill_memory(skill: &str, evidence: &[SkillEvidence]) -> SkillMemory {
    let fsrs = Fsrs::default();
    let exercises = exercises(skill, evidence);
    let at = |fsrs: &Fsrs| {
        let (memory, age) = remembered(fsrs, &exercises)?;
        let until = fsrs.interval_days(memory.stability, RETENTION, MOST_DAYS)?;
        Some((memory, fsrs.recall(memory.stability, age.floor()), (until - age.floor()).max(0.0)))
    };
    let Some((memory, recall, due)) = at(&fsrs) else {
        return SkillMemory {
            skill: skill.into(),
            recall: RECALL.too_little("the skill was not seen exercised"),
            due_days: DUE.too_little("the skill was not seen exercised"),
            stability_days: None,
            difficulty: None,
            exercised: 0,
        };
    };
    let mut draws = Draws::new(SEED);
    let mut weights = || DEFAULT_WEIGHTS.map(|w| w * (WEIGHT_SD * draws.normal()).exp());
    let (mut recalls, mut dues): (Vec<f64>, Vec<f64>) =
        (0..DRAWS).filter_map(|_| at(&Fsrs::new(weights())?)).map(|(_, recall, due)| (recall, due)).unzip();
    // the default weights are the centre, wherever the draws lie
    let around = |value: f64, draws: &mut [f64]| {
        middle80(draws).map_or((value, value), |(low, high)| (low.min(value), high.max(value)))
    };
    let n = exercises.len() as f64;
    // as many exercises as the defaults are worth. OWN
    let prior_share = 10.0 / (10.0 + n);
    let filled = |estimate: Estimate| Estimate {
        status: if exercises.len() < 3 { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: n,
        prior_share,
        ..estimate
    };
    let width = around(recall, &mut recalls);
    let confidence = 1.0 - (width.1 - width.0);
    let days = exercises.last().map_or(0.0, |e| e.0);
    let reason = Contribution {
        feature: "days since it was exercised".into(),
        amount: recall - 1.0,
        baseline: Some(0.0),
        now: Some(days),
        unit: "d".into(),
    };
    SkillMemory {
        skill: skill.into(),
        recall: Estimate { contributions: vec![reason], ..filled(RECALL.between(recall, width, confidence)) },
        due_days: filled(DUE.between(due, around(due, &mut dues), confidence)),
        stability_days: Some(memory.stability),
        difficulty: Some(memory.difficulty),
        exercised: exercises.len() as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::EvidenceKind::{self, Response, SelfRating, Taught};
    use super::*;

    fn piece(age_days: f64, kind: EvidenceKind) -> SkillEvidence {
        SkillEvidence { skill: "sql".into(), age_days, kind }
    }

    #[test]
    fn spaced_exercise_lasts_longer_than_crammed() {
        let of = |step: f64| {
            let all: Vec<SkillEvidence> =
                (0..6).map(|i| piece(step * f64::from(5 - i), Response { correct: true })).collect();
            skill_memory("sql", &all)
        };
        let (spaced, crammed) = (of(7.0), of(0.1));
        assert!(spaced.stability_days > crammed.stability_days);
        assert!(spaced.due_days.value > crammed.due_days.value);
        assert!(spaced.recall.low <= spaced.recall.value && spaced.recall.value <= spaced.recall.high);
    }

    #[test]
    fn an_exercise_resets_the_clock_and_failure_shortens_it() {
        let before = skill_memory("sql", &[piece(30.0, Response { correct: true })]);
        let with = |kind| skill_memory("sql", &[piece(30.0, Response { correct: true }), piece(0.0, kind)]);
        assert!(with(Taught { hours: 1.0 }).recall.value > before.recall.value);
        let failed = with(Response { correct: false });
        assert!(failed.stability_days < with(Response { correct: true }).stability_days);
        assert!(failed.difficulty > before.difficulty);
    }

    #[test]
    fn without_exercise_there_is_no_memory() {
        for all in [
            vec![],
            vec![piece(3.0, SelfRating { score: 80.0 })],
            vec![piece(f64::NAN, Taught { hours: 1.0 })],
        ] {
            let memory = skill_memory("sql", &all);
            assert_eq!((memory.recall.value, memory.due_days.value, memory.exercised), (None, None, 0));
        }
    }
}
