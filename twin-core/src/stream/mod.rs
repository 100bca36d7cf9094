//! The twin inside a stream engine: one pure step over columns.
//!
//! [`apply_batch`] takes people, their states and new events, and gives new states, the days that changed
//! and timers. It holds the last 14 days of a person in at most 64 KiB and answers with the full
//! engine's own bytes; what it cannot answer it names in `needs_refold` and never guesses.
//!
//! Columns are plain slices in Arrow layout, so that Arrow arrays are handed over without a copy; see
//! `docs/how-to/stream-engines.md`.

mod batch;
mod binary;
mod bytes;
mod columns;
mod horizon;
mod input;
mod kept;
mod output;
mod person;
mod reach;
mod seed;
mod segment;
mod settled;
mod settled_bytes;
mod squeeze;
mod state;
mod trim;

pub use batch::apply_batch;
pub use binary::{Binary, BinaryView, Bitmap, Nullable};
pub use columns::{Clocks, FactColumns, SeriesColumns};
pub use output::{DayRows, HandedBack, Lane, Outputs, Reason, RefoldRows, Timers};
pub use seed::state_of;
pub use state::MAX_STATE_BYTES;

use crate::fold::Context;
use crate::time::{LocalDate, Timestamp};
use kept::Version;

/// Days that are held, today included.
pub const HORIZON_DAYS: i32 = 14;

/// The first civil day that is held at a moment: 13 days before the moment's UTC day.
#[must_use]
pub fn horizon(now: Timestamp) -> LocalDate {
    let today = i32::try_from(now.secs().div_euclid(86_400)).unwrap_or(0);
    LocalDate::from_days(today).plus_days(1 - HORIZON_DAYS)
}

/// The start of a UTC day.
fn day_start(date: LocalDate) -> Timestamp {
    Timestamp::from_secs(i64::from(date.days()) * 86_400)
}

/// Where a series is cut for a civil day, microseconds: by the offset it was lived in, else by the zone.
fn day_span(context: &Context, version: &Version, date: LocalDate) -> (i64, i64) {
    let (from, to) = match version.event.content.start_offset_s {
        Some(offset) => {
            let midnight = day_start(date).plus_secs(-i64::from(offset));
            (midnight, midnight.plus_secs(86_400))
        }
        None => context.zones.day_bounds(date),
    };
    (from.micros(), to.micros())
}

/// The how-to's program, run with the doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/how-to/stream-engines.md")]
struct HowTo;
