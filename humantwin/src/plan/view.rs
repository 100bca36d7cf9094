//! What a plan looks like.

use super::PlanBlock;
use crate::predict::NamedEstimate;
use twin_core::Timestamp;
use twin_macros::payload;

/// A plan, and why it is so.
#[payload(full)]
pub struct PlanView {
    /// From which moment on.
    pub at: Timestamp,
    /// Stretches of time, in order; of a plan of days.
    pub blocks: Vec<PlanBlock>,
    /// What is done, by whom, in which order.
    pub steps: Vec<PlanStep>,
    /// What found no place, and which rule holds it back.
    pub left_out: Vec<LeftOut>,
    /// Numbers of the plan with their intervals.
    pub estimates: Vec<NamedEstimate>,
    /// What the plan is worth, in the points of its kind.
    pub objective: f64,
    /// No plan is worth more; where less is better (the fullest person), no plan has less.
    pub bound: f64,
    /// In plain words.
    pub words: Vec<String>,
}

/// A step of a plan.
#[payload(full)]
pub struct PlanStep {
    /// What: a task, an item, a project, a team.
    pub name: String,
    /// Who.
    pub who: Option<String>,
    /// Hours it takes.
    pub hours: Option<f64>,
    /// What it is worth.
    pub value: Option<f64>,
    /// When it is done.
    pub done: Option<Timestamp>,
    /// It is done after it is due.
    pub late: bool,
}

/// Something that found no place.
#[payload(full)]
pub struct LeftOut {
    /// What.
    pub name: String,
    /// Which rule holds it back.
    pub reason: String,
}

impl PlanView {
    /// A plan without anything in it.
    pub(super) fn empty() -> Self {
        let (blocks, steps, left_out, estimates, words) = Default::default();
        let at = Timestamp::MIN;
        Self { at, blocks, steps, left_out, estimates, objective: 0.0, bound: 0.0, words }
    }
}

impl PlanStep {
    /// Somebody does something.
    pub(super) fn of(name: impl Into<String>, who: Option<String>) -> Self {
        Self { name: name.into(), who, hours: None, value: None, done: None, late: false }
    }
}
