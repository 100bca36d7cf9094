//! Plans of work: from what is asked and what the twin knows to the searches of `twin-models`.

mod give;
mod learning;
mod people;
mod request;
mod view;
mod week;

pub use request::*;
pub use view::*;

use crate::error::{Error, Result};
use crate::predict::Features;
use twin_core::Code;
use twin_models::plan::Budget;

/// Makes one plan.
pub(crate) fn plan(features: &Features<'_>, asked: &PlanRequest) -> Result<PlanView> {
    let steps = match asked.steps.unwrap_or(STEPS) {
        n if (1..=MOST_STEPS).contains(&n) => n,
        n => return Err(invalid(format!("`steps` is {n}, expected 1..={MOST_STEPS}"))),
    };
    let budget = Budget::steps(u64::from(steps), u64::from(asked.seed.unwrap_or(1)));
    let mut view = match &asked.plan {
        PlanKind::Week { days, current } => week::plan(features, *days, current, budget),
        PlanKind::LearningPath { hours, hours_per_week, items } => {
            learning::plan(features, *hours, *hours_per_week, items, budget)
        }
        PlanKind::Team { teams, size, needs, most_of_unit, people } => {
            let wish = people::Wish { teams: *teams, size: *size, needs, most_of_unit: *most_of_unit };
            people::plan(&wish, people, budget)
        }
        PlanKind::Assign { tasks, people } => give::assign(tasks, people),
        PlanKind::Balance { tasks, people } => give::balance(tasks, people, budget),
        PlanKind::Allocate { projects, capacity, fits } => give::allocate(projects, capacity, *fits, budget),
    }?;
    view.at = features.moment();
    Ok(view)
}

/// Steps of a search, unless asked otherwise: a fraction of a second.
const STEPS: u32 = 1_000;
/// Most steps.
const MOST_STEPS: u32 = 10_000_000;

/// What was asked cannot be planned: a value is out of range.
fn invalid(why: impl Into<String>) -> Error {
    Error::new(Code::InvalidValue, why)
}

/// What was asked cannot be planned: rules exclude each other.
fn conflict(why: impl Into<String>) -> Error {
    Error::new(Code::Conflict, why)
}
