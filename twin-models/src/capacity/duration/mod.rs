//! How long a task will take, from the estimate of it and how estimates turned out before.
//!
//! On the log scale crossed effects: `ln hours = β0 + β1 ln estimate + β2 (ln estimate − ln 7)² + person + kind +
//! subtype + project + requester + priority + e`, each effect normal around 0 and shrunk towards it [gelman2007],
//! `e` heavy-tailed [west1984], spreads by empirical Bayes. That is of tasks that did not take exactly what was
//! estimated; how often they do, and how the others scatter, is told by finished tasks that are alike.
//!
//! [`DurationModel`] learns the tasks of many people one by one. [`task_duration`] answers from a list of one
//! person's finished tasks.

mod alike;
mod effects;
mod model;
mod side;
mod single;
#[cfg(test)]
mod tests;

pub use model::{DurationModel, Durations, Multiplier};
pub use side::LEVELS;
pub use single::task_duration;

/// Id of the model.
pub const ID: &str = "task_duration";
/// Its version.
pub const VERSION: &str = "3";
/// Finished tasks from which an answer is the person's own.
pub const MIN_TASKS: usize = 5;
/// Age at which a finished task counts half, days.
pub const HALF_LIFE_DAYS: f64 = effects::HALF_LIFE_DAYS;
/// Estimates are centred at a working day, h.
const CENTRE_H: f64 = 7.0;
/// Longest task or estimate that is believed, h: a working year. OWN.
const MAX_H: f64 = 2000.0;

/// A task as it stands before it is done. An empty name is unknown; all unknown ones count as alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Estimated hours, above 0.
    pub estimate_h: Option<f64>,
    /// Who does it.
    pub person: String,
    /// Its kind.
    pub kind: String,
    /// Its kind, more closely.
    pub subtype: String,
    /// Its project.
    pub project: String,
    /// Who asked for it.
    pub requester: String,
    /// Its priority.
    pub priority: String,
}

/// A task that the person finished.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finished {
    /// The task.
    pub task: Task,
    /// Hours it took, above 0.
    pub actual_h: f64,
    /// Days since then, at least 0.
    pub age_days: f64,
}

/// Hours that can be.
fn believed(hours: f64) -> bool {
    hours > 0.0 && hours <= MAX_H
}
