//! Files people can export. The format is found from the bytes, never from the name alone.

#[cfg(feature = "apple-health")]
pub mod apple_health;
#[cfg(feature = "bulk")]
pub mod archive;
#[cfg(feature = "calendar")]
pub mod calendar;
#[cfg(feature = "fit")]
pub mod fit;
#[cfg(feature = "bulk")]
pub mod garmin;
#[cfg(feature = "gpx")]
pub mod gpx;
#[cfg(feature = "health-connect")]
pub mod health_connect;
#[cfg(feature = "events")]
pub mod json_lines;
#[cfg(feature = "mapped-csv")]
pub mod mapped_csv;
#[cfg(feature = "platform")]
pub mod platform;
#[cfg(feature = "bulk")]
pub mod strava;
#[cfg(feature = "tables")]
pub mod tables;
#[cfg(feature = "takeout")]
pub mod takeout;
#[cfg(feature = "tcx")]
pub mod tcx;
#[cfg(feature = "vendor")]
pub mod vendor;

mod input;
#[cfg(any(feature = "apple-health", feature = "bulk", feature = "gpx", feature = "tcx"))]
mod kept;
mod open;
#[cfg(any(feature = "bulk", feature = "calendar", feature = "gpx", feature = "tcx"))]
mod rank;
#[cfg(any(
    feature = "tables",
    feature = "events",
    feature = "vendor",
    feature = "takeout",
    feature = "health-connect",
    feature = "mapped-csv",
    feature = "work"
))]
pub(crate) mod shared;
#[cfg(any(feature = "apple-health", feature = "bulk", feature = "gpx", feature = "tcx"))]
mod tally;
#[cfg(any(feature = "bulk", feature = "gpx", feature = "tcx"))]
mod track;
#[cfg(any(feature = "apple-health", feature = "gpx", feature = "tcx"))]
mod xml;

pub use input::{Counted, Input};
#[cfg(feature = "mapped-csv")]
pub use open::read_mapped;
pub use open::{Format, detect, read_file};

use twin_core::{Timestamp, Zone};

/// What a reader is told besides the bytes.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The moment of reading: plans after it are plans, times more than a day after it are refused.
    pub now: Timestamp,
    /// The zone of times that are written without one.
    pub zone: Zone,
    /// The file's name without its folder: a hint, never proof of the format.
    pub name: String,
    /// Read only this person of a file that holds several; absent reads all, each as a source of its own.
    pub subject: Option<String>,
}
