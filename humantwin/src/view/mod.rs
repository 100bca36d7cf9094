//! Answers: what verbs give back. Payloads, with units in the names.

mod day;
mod state;

pub use day::*;
pub use state::*;
