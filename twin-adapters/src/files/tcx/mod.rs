//! Garmin Training Center XML: activities of watches, bike computers, and services that export it.
//!
//! | in the file | becomes |
//! |---|---|
//! | `Trackpoint` | samples of `heart_rate`, `altitude`, `speed`, `power`; of `tcx:LatitudeDegrees`, `tcx:LongitudeDegrees`, `tcx:DistanceMeters`, `tcx:Cadence`, `tcx:RunCadence` as they stand; `tcx:<name>` for numbers of other extensions |
//! | cadence | also `cadence_cycling`, or `cadence_running`, which counts steps: twice the strides |
//! | `Activity`, `Transition` | `health.workout_recorded` with its laps |
//! | what of laps, activity and author has no place in it | kept messages `Lap`, `Activity`, `Author` |
//! | `Creator` | `source.device_described` |
//! | `Course`, `Workout` | refused as `not_read`: they are plans |
//!
//! - **Totals** are those of the laps: sums of distance, energy and timer time (`moving_s`), the highest heart
//!   rate, means of heart rate and power weighted by timer time. The end is that of the last lap or point.
//! - **Origins.** Source and device are `tcx/<name>-<unit id>` of the creator.
//! - **Records.** The activity's `Id` is the record's; of two files that tell of one activity the longer one holds.
//! - **Times** are UTC; one without a zone is too, with the warning `zone_inferred`.
//! - **Missing.** A heart rate of 0 is a sensor that is off. Points without a time are refused as `no_time`.
//! - **Memory.** An activity is held until its creator is known, which comes last: up to 64 MiB of samples.

mod lap;
mod reader;

use super::ReadOptions;
use super::xml::root_is;
use std::io::BufRead;
use twin_core::Result;
use twin_core::observation::Sink;

/// Do these first bytes look like the format?
///
/// ```
/// # use twin_adapters::files::tcx::matches;
/// assert!(matches(b"<?xml version=\"1.0\"?>\n<TrainingCenterDatabase>"));
/// assert!(!matches(b"<gpx>"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    root_is(head, b"TrainingCenterDatabase")
}

/// Reads a file, and of a damaged one what can be read.
///
/// # Errors
/// `malformed` when it is damaged and nothing could be read, `unsupported` when it holds no activity, and
/// what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, _options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    reader::read(input, sink)
}
