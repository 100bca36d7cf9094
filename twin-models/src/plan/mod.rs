//! Plans: who does what, when and with whom.
//!
//! Every search is anytime: it holds a plan that keeps all rules from the first step on, returns the best one
//! found, and says how much better any plan could be (`bound`) and which rule holds it back. It is counted in
//! steps and seeded: the same input, seed and steps give the same plan. A caller with a deadline passes
//! [`Budget::should_stop`]; no clock is read here.

pub mod allocation;
pub mod assignment;
pub mod balance;
pub mod learning_path;
mod order;
pub mod schedule;
pub mod team;
pub mod week;
pub mod workload;

/// How much a search may do.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    /// Steps; one tries one change of the plan, or one branch.
    pub steps: u64,
    /// Seed of the draws.
    pub seed: u64,
    /// Asked from time to time; `true` ends the search with the best plan so far.
    pub should_stop: Option<&'a dyn Fn() -> bool>,
}

impl Budget<'_> {
    /// So many steps under a seed.
    #[must_use]
    pub const fn steps(steps: u64, seed: u64) -> Self {
        Self { steps, seed, should_stop: None }
    }

    /// Whether the step with this number may still be done.
    fn allows(&self, step: u64) -> bool {
        step < self.steps && !(step.is_multiple_of(8) && self.should_stop.is_some_and(|stop| stop()))
    }
}
