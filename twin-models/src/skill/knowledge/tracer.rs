//! The state behind the answers of many people: who answered what, and what was learnt from it.

use super::features::Person;
use crate::learn::online::{LogOdds, OnlineLogistic, Term, logistic};
use crate::skill::elo::Rating;
use std::collections::BTreeMap;

/// Variances of shift and stretch of the last calibration. OWN.
const CALIBRATION: [f64; 2] = [0.01, 0.01];
/// What they win back with each answer. OWN.
const CALIBRATION_DRIFT: f64 = 1e-6;

/// Predicts answers and learns from them, one at a time. People and skills are numbered by the caller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracer {
    model: OnlineLogistic,
    calibration: OnlineLogistic,
    people: BTreeMap<u32, Person>,
    /// Difficulty of a skill; its `n` counts answers.
    skills: BTreeMap<u32, Rating>,
}

impl Tracer {
    /// The terms of an answer.
    pub(super) fn row(&self, person: u32, skill: u32) -> Vec<Term> {
        self.people.get(&person).unwrap_or(&Person::default()).row(person, skill)
    }

    pub(super) const fn model(&self) -> &OnlineLogistic {
        &self.model
    }

    /// Answers on a skill, of everyone.
    #[must_use]
    pub fn answers_on(&self, skill: u32) -> u32 {
        self.skills.get(&skill).map_or(0, |s| s.n)
    }

    /// Answers of a person on a skill.
    #[must_use]
    pub fn answers_of(&self, person: u32, skill: u32) -> u32 {
        self.people.get(&person).and_then(|p| p.skills.get(&skill)).map_or(0, |s| s.answers())
    }

    /// Log odds of a right answer after calibration, and how unsure they are.
    #[must_use]
    pub fn predict(&self, person: u32, skill: u32) -> LogOdds {
        self.calibrated(self.model.predict(&self.row(person, skill)))
    }

    fn calibrated(&self, raw: LogOdds) -> LogOdds {
        let odds = flattened(raw);
        let mean = odds + self.calibration.predict(&calibration_row(odds)).mean;
        LogOdds { mean, variance: raw.variance }
    }

    /// Learns from an answer and gives the probability of a right one there was before it, 0..=1.
    ///
    /// ```
    /// # use twin_models::skill::knowledge::Tracer;
    /// let mut tracer = Tracer::default();
    /// assert_eq!(tracer.observe(1, 7, true), 0.5);
    /// assert!(tracer.probability(1, 7) > 0.55);
    /// ```
    pub fn observe(&mut self, person: u32, skill: u32, correct: bool) -> f64 {
        let row = self.row(person, skill);
        let odds = flattened(self.model.learn(&row, 0.0, correct));
        let said = self.calibration.learn(&calibration_row(odds), odds, correct);
        let difficulty = self.skills.entry(skill).or_default();
        self.people.entry(person).or_default().observe(skill, correct, difficulty);
        logistic(said.mean)
    }

    /// Probability of a right answer, 0..=1.
    #[must_use]
    pub fn probability(&self, person: u32, skill: u32) -> f64 {
        logistic(self.predict(person, skill).mean)
    }
}

/// Log odds of the probability in which the doubt is averaged out.
fn flattened(raw: LogOdds) -> f64 {
    let p = raw.probability().clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

fn calibration_row(odds: f64) -> [Term; 2] {
    let [shift, stretch] = CALIBRATION;
    let term = |i, x, variance| Term { drift: CALIBRATION_DRIFT, ..Term::new((0, i, 0), x, variance) };
    [term(0, 1.0, shift), term(1, odds, stretch)]
}
