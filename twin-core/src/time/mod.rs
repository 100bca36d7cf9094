//! Time: UTC instants, civil days in a zone, and the hybrid logical clock.
//!
//! A day always means a [`LocalDate`] in a [`crate::ZoneId`]; it has 23, 24 or 25 hours.

mod date;
mod hlc;
mod timestamp;
mod zone;

pub use date::LocalDate;
pub use hlc::{Hlc, HlcClock};
pub use timestamp::{MICROS_PER_SECOND, Timestamp};
pub use zone::{Zone, ZoneTimeline};
