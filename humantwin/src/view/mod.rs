//! Answers: what verbs give back. Payloads, with units in the names.

mod day;
mod state;
mod windows;

pub use day::*;
pub use state::*;
pub use windows::*;
