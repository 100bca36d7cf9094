//! What is known about a person and a skill before an answer, as terms of a regression.

use crate::learn::online::{Key, Term};
use crate::skill::elo::{Rating, Uncertainty, update};
use std::collections::BTreeMap;

/// How fast ability and difficulty move. OWN.
const SPEED: Uncertainty = Uncertainty { a: 0.8, b: 0.05 };
/// What is left of an answer one answer later, in short and long memory of a skill and of a person. OWN.
const SKILL_MEMORY: [f64; 2] = [0.7, 0.9];
const PERSON_MEMORY: [f64; 2] = [0.85, 0.97];
/// Last other skills that are asked what they say of this one. OWN.
const OTHERS: usize = 5;

/// What a term speaks of; the reasons of an estimate are summed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Skill,
    Person,
    Answers,
    Recent,
    Others,
}

impl About {
    pub(super) const ALL: [Self; 5] = [Self::Skill, Self::Person, Self::Answers, Self::Recent, Self::Others];

    pub(super) const fn of(key: Key) -> Self {
        match key.0 {
            0..10 => Self::Skill,
            10..20 => Self::Person,
            20..30 => Self::Answers,
            30..40 => Self::Recent,
            _ => Self::Others,
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Skill => "how hard the skill is",
            Self::Person => "answers on all skills",
            Self::Answers => "right and wrong answers on the skill",
            Self::Recent => "latest answers",
            Self::Others => "skills practised before",
        }
    }
}

/// The last answers as bits, newest lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pattern {
    bits: u32,
    n: u32,
}

impl Pattern {
    fn push(&mut self, correct: bool) {
        self.bits = self.bits << 1 | u32::from(correct);
        self.n = self.n.saturating_add(1);
    }

    /// The last `length` answers as one number; shorter histories have numbers of their own.
    fn last(self, length: u32) -> u32 {
        let length = length.min(self.n);
        1 << length | self.bits & ((1 << length) - 1)
    }
}

/// A person on a skill.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OnSkill {
    right: f64,
    wrong: f64,
    pattern: Pattern,
    recent: [f64; 2],
    /// The person's answers when the skill was last asked.
    last_at: u32,
}

impl OnSkill {
    pub(super) const fn answers(&self) -> u32 {
        self.pattern.n
    }
}

/// A person over all skills.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Person {
    right: f64,
    wrong: f64,
    pattern: Pattern,
    ability: Rating,
    /// Recent surprises, right answers where wrong ones were likely up.
    surprise: [f64; 2],
    /// The skills, the latest last, with the surprise of the answers on each.
    order: Vec<(u32, f64)>,
    /// Answers in a row on the latest skill.
    run: u32,
    pub(super) skills: BTreeMap<u32, OnSkill>,
}

impl Person {
    /// The terms of an answer on a skill. Variances were chosen on ASSISTments 2015. OWN.
    pub(super) fn row(&self, person: u32, skill: u32) -> Vec<Term> {
        let new = OnSkill::default();
        let on = self.skills.get(&skill).unwrap_or(&new);
        let n = on.pattern.n;
        let newest = on.pattern.bits & 1;
        let latest = self.order.last().map(|o| o.0);
        let run = if latest == Some(skill) { self.run } else { 0 };
        let gap = if n == 0 { 0 } else { 32 - (self.pattern.n - on.last_at).leading_zeros() };
        let odds = ((self.right + 2.2) / (self.wrong + 0.8)).ln() - 1.0;
        let [short, long] = on.recent;
        let [soon, late] = self.surprise;
        let mut row = vec![
            Term::new((0, 0, 0), 1.0, 1.0),
            Term { drift: 1e-6, ..Term::new((1, skill, 0), 1.0, 0.5) },
            Term { drift: 3e-4, ..Term::new((10, person, 0), 1.0, 0.3) },
            Term::new((11, 0, 0), self.right.ln_1p(), 0.3),
            Term::new((11, 1, 0), self.wrong.ln_1p(), 0.3),
            Term::new((11, 2, 0), odds, 0.3),
            Term::new((12, self.pattern.last(4), 0), 1.0, 0.1),
            Term::new((13, 0, 0), soon, 0.5),
            Term::new((13, 1, 0), late, 0.5),
            Term::new((14, self.pattern.n.min(40) / 4, 0), 1.0, 0.1),
            Term { drift: 1e-3, ..Term::new((20, person, skill), 1.0, 0.1) },
            Term::new((21, 0, 0), on.right.ln_1p(), 0.3),
            Term::new((21, 1, 0), on.wrong.ln_1p(), 0.3),
            Term::new((22, skill, 0), on.right.ln_1p(), 0.05),
            Term::new((22, skill, 1), on.wrong.ln_1p(), 0.05),
            Term::new((23, n.min(20), 0), 1.0, 0.1),
            Term::new((24, skill, n.min(12)), 1.0, 0.02),
            Term::new((30, on.pattern.last(5), 0), 1.0, 0.2),
            Term::new((31, skill, on.pattern.last(3)), 1.0, 0.05),
            Term::new((32, 0, 0), short, 0.3),
            Term::new((32, 1, 0), long, 0.3),
            Term::new((33, gap.min(9), 0), 1.0, 0.1),
            Term::new((33, gap.min(9), 1 + newest), 1.0, 0.1),
            Term::new((34, run.min(15), 0), 1.0, 0.1),
        ];
        if let Some(before) = latest.filter(|before| *before != skill) {
            row.push(Term::new((40 + (self.pattern.bits & 1) as u8, before, skill), 1.0, 0.05));
        }
        for &(other, surprise) in self.order.iter().rev().filter(|o| o.0 != skill).take(OTHERS) {
            row.push(Term::new((42, other, skill), surprise, 0.05));
            row.push(Term::new((43, 0, 0), surprise, 0.05));
        }
        row
    }

    /// Takes an answer in. `difficulty` is that of the skill, and is moved.
    pub(super) fn observe(&mut self, skill: u32, correct: bool, difficulty: &mut Rating) {
        let hit = f64::from(u8::from(correct));
        let surprise = hit - update(&mut self.ability, difficulty, hit, SPEED);
        for (memory, keep) in self.surprise.iter_mut().zip(PERSON_MEMORY) {
            *memory = keep * *memory + (1.0 - keep) * 4.0 * surprise;
        }
        if self.order.last().is_some_and(|o| o.0 == skill) {
            self.run += 1;
        } else {
            let old = self.order.iter().position(|o| o.0 == skill).map(|at| self.order.remove(at));
            self.order.push((skill, old.map_or(0.0, |o| o.1)));
            self.run = 1;
        }
        if let Some(last) = self.order.last_mut() {
            last.1 = 0.7 * last.1 + 0.6 * surprise;
        }
        let on = self.skills.entry(skill).or_default();
        for (memory, keep) in on.recent.iter_mut().zip(SKILL_MEMORY) {
            *memory = keep * *memory + (1.0 - keep) * (2.0 * hit - 1.0);
        }
        on.right += hit;
        on.wrong += 1.0 - hit;
        on.pattern.push(correct);
        on.last_at = self.pattern.n;
        self.right += hit;
        self.wrong += 1.0 - hit;
        self.pattern.push(correct);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_other_lengths_differ() {
        let mut pattern = Pattern::default();
        assert_eq!(pattern.last(3), 1);
        for correct in [true, false, true, true] {
            pattern.push(correct);
        }
        assert_eq!((pattern.last(2), pattern.last(3), pattern.last(9)), (0b111, 0b1011, 0b11011));
    }

    #[test]
    fn a_skill_that_comes_back_is_latest_again() {
        let (mut person, mut difficulty) = (Person::default(), Rating::default());
        for skill in [4, 5, 5, 4] {
            person.observe(skill, true, &mut difficulty);
        }
        let order: Vec<u32> = person.order.iter().map(|o| o.0).collect();
        assert_eq!((order, person.run, person.skills[&4].answers()), (vec![5, 4], 1, 2));
    }
}
