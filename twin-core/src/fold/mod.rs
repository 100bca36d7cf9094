//! From winning events to days, and from day to day: pure, total, without a clock.
//!
//! Numbers are scaled integers (millionths) with wide sums, so that any order and any split gives the
//! same bytes. [`FOLD_VERSION`] names the rules; stored days of another version are folded again.

mod carry;
mod context;
mod day;
mod metric;
mod resolve;
mod scaled;

pub use carry::{Carry, LastValue, OpenTask};
pub use context::{Context, Person, Stream};
pub use day::{DayFact, DayState, FactKey};
pub(crate) use metric::DayStream;
pub use metric::{HourSum, MetricDay, Resolved, SourceDay, SourcePart};
pub use resolve::{Piece, resolve};
pub use scaled::{Micro, from_micro, to_micro};

/// The version of the fold's rules; part of every state hash.
pub const FOLD_VERSION: u32 = 1;
