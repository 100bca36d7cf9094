//! Models of work: from the facts of tasks, skills and working together.

mod capacity;
pub(crate) mod tasks;

use super::Asked;

/// All of them, by family.
pub(super) const ASKED: [&[Asked]; 1] = [capacity::ASKED];
