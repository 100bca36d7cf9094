//! Memory and its reviews.

use super::{Formula, number, numbers, of};
use serde_json::{Value, json};
use twin_models::skill::fsrs::{Fsrs, Grade};
use twin_models::skill::review_plan::{Card, Plan, Stage};

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[of("FSRS-6 scheduler", "all", reviews)];

fn reviews(case: &Value) -> Option<Value> {
    let plan = Plan {
        fsrs: Fsrs::new(numbers(case, "parameters")?.try_into().ok()?)?,
        retention: number(case, "desired_retention")?,
        most_days: number(case, "maximum_interval_days")?,
        learning_s: numbers(case, "learning_steps_s")?,
        relearning_s: numbers(case, "relearning_steps_s")?,
    };
    let mut card: Option<Card> = None;
    let mut out = Vec::new();
    for review in case.get("input")?.get("reviews")?.as_array()? {
        let [grade, at] = review.as_array()?.as_slice() else { return None };
        let (grade, at) = (grade_of(grade.as_u64()?)?, at.as_f64()?);
        let recall = card
            .map_or(0.0, |c| plan.fsrs.recall(c.memory.stability, ((at - c.reviewed_s) / 86_400.0).floor()));
        let next = plan.review(card.as_ref(), at, grade)?;
        let (state, step) = match next.stage {
            Stage::Learning(step) => (1, Some(step)),
            Stage::Review => (2, None),
            Stage::Relearning(step) => (3, Some(step)),
        };
        out.push(json!({
            "S": next.memory.stability, "D": next.memory.difficulty, "R_before": recall,
            "state": state, "step": step, "due_s": next.wait_s,
        }));
        card = Some(next);
    }
    Some(Value::Array(out))
}

const fn grade_of(number: u64) -> Option<Grade> {
    match number {
        1 => Some(Grade::Again),
        2 => Some(Grade::Hard),
        3 => Some(Grade::Good),
        4 => Some(Grade::Easy),
        _ => None,
    }
}
