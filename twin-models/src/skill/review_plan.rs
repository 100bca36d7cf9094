//! When to review next: short steps while learning, days afterwards [ye2022].

use super::fsrs::{Fsrs, Grade, Memory};

/// Seconds of a day.
const DAY_S: f64 = 86_400.0;

/// How reviews are planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Formulas of memory.
    pub fsrs: Fsrs,
    /// Recall wanted at the next review, 0..1.
    pub retention: f64,
    /// Longest wait, days.
    pub most_days: f64,
    /// Waits while learning, s; may be empty.
    pub learning_s: Vec<f64>,
    /// Waits while learning again after a lapse, s; may be empty.
    pub relearning_s: Vec<f64>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            fsrs: Fsrs::default(),
            retention: 0.9,
            most_days: 36_500.0,
            learning_s: vec![60.0, 600.0],
            relearning_s: vec![600.0],
        }
    }
}

/// Where something stands in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being learnt, at this step.
    Learning(usize),
    /// Known, with days between reviews.
    Review,
    /// Being learnt again, at this step.
    Relearning(usize),
}

/// Something under review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// State of the memory after the last review.
    pub memory: Memory,
    /// Its stage.
    pub stage: Stage,
    /// The last review, s since any fixed moment.
    pub reviewed_s: f64,
    /// Wait until the next one, s.
    pub wait_s: f64,
}

impl Plan {
    /// The card after a review at `now_s`; `card` is `None` before the first one. `None` where the plan or the
    /// time is not sound. A review before the last one counts as on the same day.
    ///
    /// ```
    /// # use twin_models::skill::{fsrs::Grade, review_plan::{Plan, Stage}};
    /// let plan = Plan { learning_s: vec![], ..Plan::default() };
    /// let card = plan.review(None, 0.0, Grade::Good).unwrap();
    /// assert_eq!((card.stage, card.wait_s), (Stage::Review, 2.0 * 86_400.0));
    /// ```
    #[must_use]
    pub fn review(&self, card: Option<&Card>, now_s: f64, grade: Grade) -> Option<Card> {
        if !now_s.is_finite() {
            return None;
        }
        let memory = match card {
            None => self.fsrs.first(grade),
            Some(card) => {
                let days = ((now_s - card.reviewed_s) / DAY_S).floor();
                self.fsrs.review(card.memory, days, grade)
            }
        };
        let (stage, wait_s) = match card.map_or(Stage::Learning(0), |card| card.stage) {
            Stage::Learning(step) => stepped(&self.learning_s, step, grade, Stage::Learning),
            Stage::Relearning(step) => stepped(&self.relearning_s, step, grade, Stage::Relearning),
            Stage::Review if grade == Grade::Again => {
                self.relearning_s.first().map(|wait| (Stage::Relearning(0), *wait))
            }
            Stage::Review => None,
        }
        .or_else(|| {
            let days = self.fsrs.interval_days(memory.stability, self.retention, self.most_days)?;
            Some((Stage::Review, days * DAY_S))
        })?;
        Some(Card { memory, stage, reviewed_s: now_s, wait_s })
    }
}

/// The next short step, or none where the steps are done.
fn stepped(waits: &[f64], step: usize, grade: Grade, stage: fn(usize) -> Stage) -> Option<(Stage, f64)> {
    let here = waits.get(step);
    match grade {
        Grade::Again => waits.first().map(|wait| (stage(0), *wait)),
        Grade::Hard => {
            let here = *here?;
            // the first step of a hard one lies between it and the next
            let wait = match (step, waits.get(1)) {
                (0, None) => here * 1.5,
                (0, Some(next)) => 0.5 * (here + next),
                _ => here,
            };
            Some((stage(step), wait))
        }
        Grade::Good => {
            here?;
            waits.get(step + 1).map(|wait| (stage(step + 1), *wait))
        }
        Grade::Easy => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_to_days_and_a_lapse_leads_back() {
        let plan = Plan::default();
        let first = plan.review(None, 0.0, Grade::Good).unwrap();
        assert_eq!((first.stage, first.wait_s), (Stage::Learning(1), 600.0));
        let known = plan.review(Some(&first), 600.0, Grade::Good).unwrap();
        assert_eq!(known.stage, Stage::Review);
        let lapsed = plan.review(Some(&known), 600.0 + known.wait_s, Grade::Again).unwrap();
        assert_eq!((lapsed.stage, lapsed.wait_s), (Stage::Relearning(0), 600.0));
        let hard = plan.review(None, 0.0, Grade::Hard).unwrap();
        assert_eq!((hard.stage, hard.wait_s), (Stage::Learning(0), 330.0));
    }

    #[test]
    fn an_unsound_plan_or_time_has_no_answer() {
        let plan = Plan { retention: 1.5, learning_s: vec![], ..Plan::default() };
        assert_eq!(plan.review(None, 0.0, Grade::Good), None);
        assert_eq!(Plan::default().review(None, f64::NAN, Grade::Good), None);
    }
}
