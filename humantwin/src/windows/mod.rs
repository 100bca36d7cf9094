//! Windows over what the log resolved: ready-made ones as a table, and what feeds them.

mod compute;
mod feed;
mod ready;
mod revision;

pub(crate) use compute::{Question, windows_of};
pub(crate) use feed::{Feed, Sight};
pub(crate) use ready::{Goal, READY, Ready, Statistic};
