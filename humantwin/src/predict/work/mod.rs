//! Models of work: from the facts of tasks, skills and working together.

mod capacity;
mod skills;
pub(crate) mod tasks;
mod together;
mod week;
pub(crate) mod what_if;

pub(crate) use skills::role_gaps;
pub(crate) use together::{LEVEL_POINTS, named};
pub(crate) use week::{OpenTask, WorkWeek};

use super::Asked;

/// All of them, by family.
pub(super) fn asked() -> impl Iterator<Item = &'static [Asked]> {
    capacity::ASKED.into_iter().chain(skills::ASKED).chain(together::ASKED)
}
