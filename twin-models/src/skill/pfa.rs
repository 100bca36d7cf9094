//! Performance factors: the chance of a right answer from how often a skill went right and wrong before
//! [pavlik2009], with logarithms of the counts and a level of the person [gervet2020], learnt answer by answer.
//!
//! `logit P = θ_person + β_skill + γ_skill ln(1 + right) + ρ_skill ln(1 + wrong) + δ recency`.

use crate::learn::online::{LogOdds, OnlineLogistic, Term};
use std::collections::BTreeMap;

/// Variances of the coefficients before anything is known; each is normal around 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priors {
    /// Of a person's level; 0 leaves it out.
    pub person: f64,
    /// Of a skill's level.
    pub skill: f64,
    /// Of what a right or a wrong answer is worth, all skills alike.
    pub counts: f64,
    /// Of how far a skill differs from that.
    pub skill_counts: f64,
    /// Of the weight of recent answers; 0 leaves it out.
    pub recency: f64,
    /// Of the weights of the person's counts over all skills; 0 leaves them out, above 0 it is Best-LR.
    pub totals: f64,
}

/// Chosen on ASSISTments 2015. OWN.
impl Default for Priors {
    fn default() -> Self {
        Self { person: 0.3, skill: 1.0, counts: 0.5, skill_counts: 0.1, recency: 0.5, totals: 0.0 }
    }
}

/// What is left of the weight of an answer one answer later, in the recency term. OWN.
pub const RECENCY: f64 = 0.7;

/// Answers so far of a person on a skill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Right answers.
    pub right: f64,
    /// Wrong answers.
    pub wrong: f64,
    /// Recent answers, −1..=1: right ones up, wrong ones down, 0 before the first.
    pub recent: f64,
}

impl Counts {
    /// The counts after one more answer.
    #[must_use]
    pub fn after(self, correct: bool) -> Self {
        let (hit, sign) = if correct { (1.0, 1.0) } else { (0.0, -1.0) };
        Self {
            right: self.right + hit,
            wrong: self.wrong + 1.0 - hit,
            recent: RECENCY * self.recent + (1.0 - RECENCY) * sign,
        }
    }
}

/// The model with what it learnt. People and skills are numbered by the caller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pfa {
    priors: Priors,
    model: OnlineLogistic,
    of_skill: BTreeMap<(u32, u32), Counts>,
    of_person: BTreeMap<u32, Counts>,
}

impl Pfa {
    /// A model that learnt nothing yet.
    #[must_use]
    pub fn new(priors: Priors) -> Self {
        Self { priors, ..Self::default() }
    }

    fn row(&self, person: u32, skill: u32) -> Vec<Term> {
        let p = &self.priors;
        let own = self.of_skill.get(&(person, skill)).copied().unwrap_or_default();
        let all = self.of_person.get(&person).copied().unwrap_or_default();
        let (right, wrong) = (own.right.ln_1p(), own.wrong.ln_1p());
        let terms = [
            Term::new((0, 0, 0), 1.0, 1.0),
            Term::new((1, person, 0), 1.0, p.person),
            Term::new((2, skill, 0), 1.0, p.skill),
            Term::new((3, 0, 0), right, p.counts),
            Term::new((3, 1, 0), wrong, p.counts),
            Term::new((4, skill, 0), right, p.skill_counts),
            Term::new((4, skill, 1), wrong, p.skill_counts),
            Term::new((5, 0, 0), own.recent, p.recency),
            Term::new((6, 0, 0), all.right.ln_1p(), p.totals),
            Term::new((6, 1, 0), all.wrong.ln_1p(), p.totals),
        ];
        terms.into_iter().filter(|term| term.variance > 0.0).collect()
    }

    /// Log odds of a right answer.
    #[must_use]
    pub fn predict(&self, person: u32, skill: u32) -> LogOdds {
        self.model.predict(&self.row(person, skill))
    }

    /// Learns from an answer and gives the log odds there were before it.
    ///
    /// ```
    /// # use twin_models::skill::pfa::{Pfa, Priors};
    /// let mut model = Pfa::new(Priors::default());
    /// assert_eq!(model.observe(1, 7, true).probability(), 0.5);
    /// assert!(model.predict(1, 7).probability() > model.predict(2, 7).probability());
    /// ```
    pub fn observe(&mut self, person: u32, skill: u32, correct: bool) -> LogOdds {
        let before = self.model.learn(&self.row(person, skill), 0.0, correct);
        for counts in
            [self.of_skill.entry((person, skill)).or_default(), self.of_person.entry(person).or_default()]
        {
            *counts = counts.after(correct);
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_follow_the_answers() {
        let counts = Counts::default().after(true).after(false).after(true);
        assert_eq!((counts.right, counts.wrong), (2.0, 1.0));
        assert!((counts.recent - (0.3 * 0.49 - 0.3 * 0.7 + 0.3)).abs() < 1e-12);
    }

    #[test]
    fn hard_skills_and_able_people_are_told_apart() {
        let mut model = Pfa::new(Priors::default());
        for i in 0..400_u32 {
            let (person, skill) = (i % 2, i / 2 % 2);
            model.observe(person, skill, i % 16 < 4 + 6 * person + 5 * skill);
        }
        let p = |person, skill| model.predict(person, skill).probability();
        assert!(p(1, 1) > p(0, 1) && p(0, 1) > p(0, 0) && p(1, 1) > p(1, 0));
    }

    #[test]
    fn what_is_left_out_has_no_coefficient() {
        let bare = Priors { person: 0.0, recency: 0.0, ..Priors::default() };
        assert_eq!(Pfa::new(bare).row(0, 0).len(), 6);
        assert_eq!(Pfa::new(Priors { totals: 0.5, ..Priors::default() }).row(0, 0).len(), 10);
    }
}
