//! What to learn, in the hours there are.

use super::{LearningItemRequest, LeftOut, PlanStep, PlanView, conflict, invalid};
use crate::error::{Error, Result};
use crate::predict::work::role_gaps;
use crate::predict::{Features, NamedEstimate};
use twin_models::plan::Budget;
use twin_models::skill::path::{LearningItem, OpenGap, SkillPathError, skill_path};

pub(super) fn plan(
    features: &Features<'_>,
    hours: f64,
    hours_per_week: f64,
    items: &[LearningItemRequest],
    budget: Budget<'_>,
) -> Result<PlanView> {
    let gaps: Vec<OpenGap> = role_gaps(features)?
        .gaps
        .into_iter()
        .map(|gap| OpenGap {
            gap: gap.gap.value.unwrap_or(0.0),
            importance: gap.importance,
            skill: gap.skill,
        })
        .collect();
    let items: Vec<LearningItem> = items
        .iter()
        .map(|item| LearningItem {
            name: item.name.clone(),
            skill: item.skill.clone(),
            points: item.points,
            p_complete: item.p_complete,
            hours: item.hours,
            needs: item.needs.clone(),
            due_in_days: item.due.map(|due| -features.age_days(due)),
        })
        .collect();
    let path = skill_path(&items, &gaps, hours, hours_per_week, budget).map_err(told)?;
    let mut view = PlanView::empty();
    if gaps.is_empty() {
        view.words.push("no role was stated: there is no gap to close".into());
    }
    for step in path.steps {
        let done = features.moment().plus_secs((step.done_in_days * 86_400.0) as i64);
        view.words.push(format!("{} ({:.1} h) for `{}`", step.name, step.hours, step.skill));
        view.steps.push(PlanStep {
            hours: Some(step.hours),
            value: Some(step.value),
            done: Some(done),
            late: step.late,
            ..PlanStep::of(step.name, None)
        });
    }
    view.left_out =
        path.left_out.into_iter().map(|item| LeftOut { name: item.name, reason: item.reason }).collect();
    (view.objective, view.bound) = (path.value.value.unwrap_or(0.0), path.bound);
    view.estimates.push(NamedEstimate { name: "value".into(), estimate: path.value });
    Ok(view)
}

fn told(error: SkillPathError) -> Error {
    match error {
        SkillPathError::Cycle(_) | SkillPathError::Twice(_) => conflict(error.to_string()),
        other => invalid(other.to_string()),
    }
}
