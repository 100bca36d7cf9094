//! GPX 1.0 and 1.1: tracks of receivers, watches and services.
//!
//! | in the file | becomes |
//! |---|---|
//! | `trkpt`, and `wpt` with a time | samples of `gpx:lat`, `gpx:lon`, `altitude`, `heart_rate`, `power`, `speed`, `ambient_temperature`, `gpx:cad`; `gpx:<name>` for other numbers, of extensions too |
//! | cadence | also `cadence_cycling`, or `cadence_running`, which counts steps: twice the strides |
//! | `trk` | `health.workout_recorded`, where it lasts; its segments are laps where there are several |
//! | what of the track has no place in it, and the head | kept messages `trk`, `metadata` |
//! | `trkpt`, `wpt` without a time | refused as `no_time`: they say where, not when |
//! | `rte` | refused as `not_read`: a route is a plan |
//! | texts of points with a time | refused as `not_kept` |
//!
//! - **Totals** are made from the points, for the format has none: the distance is the sum of the steps between
//!   the positions of a segment on the WGS 84 ellipsoid, which is what a receiver says within about 1 %; mean and
//!   highest heart rate are those of the points. Energy, ascent and moving time are missing.
//! - **Origins.** The source is `gpx/<creator>`.
//! - **Records.** The start of the track is the record's id; of two files that tell of one track the longer one holds.
//! - **Times** are UTC; one without a zone is too, as the format says, with the warning `zone_inferred`.
//! - **Memory.** A track is held whole, up to 64 MiB of samples.

mod point;
mod reader;

use super::ReadOptions;
use super::xml::root_is;
use std::io::BufRead;
use twin_core::Result;
use twin_core::observation::Sink;

/// Do these first bytes look like the format?
///
/// ```
/// # use twin_adapters::files::gpx::matches;
/// assert!(matches(b"<?xml version=\"1.0\"?><gpx creator=\"x\">"));
/// assert!(!matches(b"<TrainingCenterDatabase>"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    root_is(head, b"gpx")
}

/// Reads a file, and of a damaged one what can be read.
///
/// # Errors
/// `malformed` when it is damaged and nothing could be read, `unsupported` when no point of it has a time,
/// and what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, _options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    reader::read(input, sink)
}
