//! A plan of work days: which task in which quarters of an hour, with breaks, lunch, deadlines and a day's capacity.
//!
//! A plan is worth `100 Σ value · load · energy of its slots − late − switches − fragments + focus − after hours −
//! moves`, at the prices of [`Weights`]. Always kept: no overlap, working time, what comes first comes first, a break
//! after 90 minutes of work, lunch, a day's capacity, locked tasks.

mod clash;
mod late;
mod problem;
mod reasons;
mod search;
mod state;
mod worth;

use super::Budget;
pub use clash::Clash;
pub use problem::{Block, Lunch, Slot, WeekError, WeekProblem, Weights, WorkTask};
pub use reasons::Reason;

/// Id of the model.
pub const ID: &str = "work_plan";
/// Its version.
pub const VERSION: &str = "2";
/// Slots of 15 minutes that work may go on without a break: 90 minutes.
pub const FOCUS_SLOTS: usize = 6;
/// Slots of a lunch: 30 minutes.
pub const LUNCH_SLOTS: usize = 2;
/// Blocks shorter than this are fragments: 30 minutes.
pub const FRAGMENT_SLOTS: usize = 2;

/// A plan of work days.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekPlan {
    /// What is done when, by time. A task without length has a block that ends where it starts.
    pub blocks: Vec<Block>,
    /// Tasks that found no place, and what binds them.
    pub unplaced: Vec<Unplaced>,
    /// For each task with a deadline, how likely it is missed.
    pub deadlines: Vec<Deadline>,
    /// What the plan is worth.
    pub objective: f64,
    /// No plan is worth more.
    pub bound: f64,
    /// Tasks that are elsewhere than in the current plan.
    pub moves: Vec<Move>,
    /// Locked tasks whose order could not be kept: what they wait for found no place before them.
    pub warnings: Vec<Clash>,
}

/// A task that found no place.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// Its id.
    pub task: String,
    /// What binds it.
    pub reason: Reason,
}

/// How a deadline stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Id of the task.
    pub task: String,
    /// Slots that the plan ends after the deadline; absent where the task found no place.
    pub late_slots: Option<usize>,
    /// Probability that it is missed, 0..=1: that the task takes more than its planned slots and the free working
    /// slots until the deadline. What it waits for is taken to end as planned.
    pub p_late: f64,
}

/// A task that is elsewhere than in the current plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Its id.
    pub task: String,
    /// Its first slot in the current plan.
    pub from: usize,
    /// Its first slot now; absent where it found no place.
    pub to: Option<usize>,
    /// Slots of work that are elsewhere now, or gone.
    pub slots: usize,
    /// Why it could not stay; absent where it could, and is worth more elsewhere.
    pub reason: Option<Reason>,
}

/// Plans work days: insertion by worth, then taking out and putting in again under cooling [shaw1998]; from the
/// current plan and from none, so that few tasks move without need. The same problem, seed and steps give the same
/// plan.
///
/// ```
/// use twin_models::plan::{Budget, week::{Slot, WeekProblem, WorkTask, work_plan}};
/// let slot = |energy| Slot { working: true, energy, ..Slot::default() };
/// let task = |id: &str, value| WorkTask { id: id.into(), q50: 1.0, q80: 1.0, value, ..WorkTask::default() };
/// let problem = WeekProblem {
///     slots_per_day: 4,
///     slots: [0.5, 0.9, 0.7, 0.1].map(slot).to_vec(),
///     tasks: vec![task("mail", 1.0), task("report", 3.0)],
///     daily_capacity: vec![4],
///     ..WeekProblem::default()
/// };
/// let plan = work_plan(&problem, Budget::steps(200, 1)).unwrap();
/// let report = plan.blocks.iter().find(|b| b.task == "report").unwrap();
/// assert_eq!((report.start, report.end), (1, 2));
/// assert!((plan.objective - (3.0 * 90.0 + 70.0 - 15.0)).abs() < 1e-9);
/// ```
///
/// # Errors
/// On input that does not fit or is no number, tasks that wait for each other, and locked tasks that clash: these
/// are named.
pub fn work_plan(problem: &WeekProblem, budget: Budget<'_>) -> Result<WeekPlan, WeekError> {
    let week = problem::Week::of(problem)?;
    let clashes = clash::clashes(&week);
    if !clashes.is_empty() {
        return Err(WeekError::Infeasible { clashes });
    }
    let best = search::search(&week, budget);
    let objective = worth::worth(&week, &best);
    Ok(WeekPlan {
        blocks: best.reported(),
        unplaced: reasons::unplaced(&week, &best),
        deadlines: late::deadlines(&week, &best),
        objective: objective + 0.0,
        // An empty sum is −0.
        bound: worth::bound(&week).max(objective) + 0.0,
        moves: reasons::moves(&week, &best),
        warnings: clash::warnings(&week, &best),
    })
}

#[cfg(test)]
mod tests;
