//! Answers: what verbs give back. Payloads, with units in the names.

mod day;
mod event;
mod state;
mod windows;
mod work;

pub use day::*;
pub use event::Event;
pub use state::*;
pub use windows::*;
pub use work::WorkView;
