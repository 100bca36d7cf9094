//! Capacity: how much there is to do, and how much the person has to give.

use crate::time::Timestamp;
use twin_macros::payload;

/// The workload changed.
#[payload]
pub struct WorkloadChanged {
    /// Whose; absent: the person of the twin.
    pub person: Option<String>,
    /// Hours planned for the coming week, ≥ 0.
    pub planned_h: Option<f64>,
    /// Hours that they can or wish to work in it, ≥ 0.
    pub sustainable_h: Option<f64>,
    /// Tasks in hand.
    pub open_tasks: Option<u32>,
    /// Why.
    pub reason: Option<String>,
}

/// How much energy the person has.
#[payload]
pub struct EnergyUpdated {
    /// Energy, 0 (none) to 1 (full).
    pub energy: f64,
    /// Who says so: `self`, a device, a reaction test.
    pub by: Option<String>,
}

/// Stress was noticed, by the person or a device.
#[payload]
pub struct StressDetected {
    /// How strong, 0..=1.
    pub level: f64,
    /// What it comes from.
    pub cause: Option<String>,
    /// Who says so: `self`, a device.
    pub by: Option<String>,
}

/// Time was spent on something: a time sheet, an editor, a timer. `at` is the end.
#[payload]
pub struct TimeTracked {
    /// Start.
    pub start: Timestamp,
    /// End, at or after `start`.
    pub end: Timestamp,
    /// The task.
    pub task: Option<String>,
    /// The project.
    pub project: Option<String>,
    /// What was done: `coding`, `writing`, `meeting` …
    pub activity: Option<String>,
    /// How often it was interrupted.
    pub interruptions: Option<u32>,
}
