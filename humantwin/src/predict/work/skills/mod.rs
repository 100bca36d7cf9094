//! What the person can do, how it grows, and what to learn.

pub(crate) mod evidence;
mod levels;
mod methods;
mod role;

use crate::predict::Asked;

pub(super) use levels::{Level, levels};
pub(crate) use role::gaps_of as role_gaps;
pub(super) use role::needs;

pub(super) const ASKED: [&[Asked]; 3] = [levels::ASKED, methods::ASKED, role::ASKED];
