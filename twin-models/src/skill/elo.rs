//! Logistic Elo of people and tasks with a step that shrinks with experience [pelanek2016].

use std::collections::BTreeMap;

/// How fast ratings move: `K(n) = a / (1 + b n)` after n outcomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// First step, above 0.
    pub a: f64,
    /// How fast steps shrink, at least 0.
    pub b: f64,
}

impl Default for Uncertainty {
    fn default() -> Self {
        Self { a: 1.8, b: 0.05 }
    }
}

impl Uncertainty {
    /// The step after `n` outcomes.
    #[must_use]
    pub fn step(&self, n: u32) -> f64 {
        self.a / (1.0 + self.b * f64::from(n))
    }
}

/// A rating and how many outcomes are behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rating {
    /// Ability or difficulty, log odds.
    pub value: f64,
    /// Outcomes so far.
    pub n: u32,
}

/// Probability of success of an ability against a difficulty, both in log odds.
#[must_use]
pub fn p_success(ability: f64, difficulty: f64) -> f64 {
    1.0 / (1.0 + (difficulty - ability).exp())
}

/// Moves both ratings by one outcome (1 success, 0 failure, anything between for part of it) and gives the
/// probability of success there was before. What is not finite moves nothing.
///
/// ```
/// # use twin_models::skill::elo::{Rating, Uncertainty, update};
/// let (mut person, mut task) = (Rating::default(), Rating::default());
/// assert_eq!(update(&mut person, &mut task, 1.0, Uncertainty::default()), 0.5);
/// assert_eq!((person.value, task.value), (0.9, -0.9));
/// ```
pub fn update(person: &mut Rating, task: &mut Rating, outcome: f64, speed: Uncertainty) -> f64 {
    let p = p_success(person.value, task.value);
    let surprise = outcome.clamp(0.0, 1.0) - p;
    let (up, down) = (speed.step(person.n) * surprise, speed.step(task.n) * surprise);
    if up.is_finite() && down.is_finite() {
        person.value += up;
        task.value -= down;
        person.n = person.n.saturating_add(1);
        task.n = task.n.saturating_add(1);
    }
    p
}

/// Ratings of many people and tasks by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Urnings {
    /// Abilities.
    pub people: BTreeMap<u64, Rating>,
    /// Difficulties.
    pub tasks: BTreeMap<u64, Rating>,
    /// How fast they move.
    pub speed: Uncertainty,
}

impl Urnings {
    /// One outcome; gives the probability of success there was before.
    pub fn observe(&mut self, person: u64, task: u64, outcome: f64) -> f64 {
        let person = self.people.entry(person).or_default();
        update(person, self.tasks.entry(task).or_default(), outcome, self.speed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_person_rises_above() {
        let mut all = Urnings::default();
        for i in 0..50 {
            all.observe(1, i % 5, 1.0);
            all.observe(2, i % 5, 0.0);
        }
        assert!(all.people[&1].value > all.people[&2].value + 2.0);
        assert_eq!(all.people[&1].n, 50);
    }

    #[test]
    fn what_is_not_a_number_moves_nothing() {
        let (mut person, mut task) = (Rating::default(), Rating::default());
        update(&mut person, &mut task, f64::NAN, Uncertainty::default());
        assert_eq!((person, task), (Rating::default(), Rating::default()));
    }
}
