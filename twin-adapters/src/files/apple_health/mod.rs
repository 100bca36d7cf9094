//! Apple Health export: the zip a phone makes, or the `export.xml` in it.
//!
//! Read in one pass with bounded memory, whatever the size of the file.
//!
//! | in the export | becomes |
//! |---|---|
//! | quantity records of catalogue metrics that are series or day sums | samples |
//! | quantity records of other catalogue metrics | `health.measurement_recorded` |
//! | other quantity records | samples of `healthkit:<name>`, in the unit of the export |
//! | sleep analysis | `health.sleep_recorded`: spans of a source less than an hour apart are one episode |
//! | mindful sessions | samples of `mindful_time`, minutes |
//! | other categories | a number: samples of `healthkit:<name>`; a word: `source.message_kept`; a symptom also `health.symptom_noted` |
//! | beats of a variability record | samples of `healthkit:InstantaneousBeatsPerMinute`, and of `rr_interval` (method `beat_times_10ms`) between beats whose distance in time agrees with the rate within 10 % |
//! | workouts | `health.workout_recorded`; what has no place there in a kept message |
//! | routes | samples of `altitude`, `speed`, `healthkit:RouteLatitude`, `healthkit:RouteLongitude` …, method `gps` |
//! | electrocardiograms | samples of `ecg_waveform` and a kept message with the head |
//! | activity summaries | measurements of `healthkit:ActivitySummary…` with their civil day: the day's sum, not one more part of it |
//! | the person's characteristics | `person.profile_stated`, the rest in a kept message |
//! | correlations | kept messages; their children are read where they stand outside |
//! | all other elements | kept messages |
//!
//! - **Origins.** Source `apple_health/<source name>`; device `<name>/<model>/<hardware>`, without the
//!   address in memory that differs each time. Each device is described once. What the person typed in
//!   is `manual`.
//! - **Offsets** are those written, which may be the zone of the export and not the one lived in. Where
//!   a record names its zone (`HKTimeZone`), that one counts.
//! - **Revisions.** Samples and activity summaries carry the export's date, so that a later export wins.
//!   Other facts have no name of their own, and none that would differ between two exports: read twice,
//!   they are one fact. A sync identifier is the record's id, its version the revision.
//! - **Percentages** are fractions in the export and percent here, for vendors' metrics too.
//! - **Beats are not made RR intervals.** The export rounds each rate to a whole number per minute,
//!   which at 60 per minute is ±8 ms of an interval: noise that a reader must not hide. Who accepts it
//!   can take `60000 / rate`.
//! - **Metadata** of facts is kept in a message beside them. Of samples, whether the person typed them
//!   in and the motion context (`healthkit:HeartRateMotionContext`, 1 at rest, 2 active) are kept; other
//!   entries are counted in one warning, `metadata_not_kept`. Creation dates and software versions of
//!   sources are not kept.
//! - **Refusals** come at the end, one for each reason and type, with their count.

mod archive;
#[cfg(feature = "platform")]
mod batch;
mod ecg;
mod gpx;
mod kept;
mod kinds;
mod person;
mod record;
mod session;
mod sleep;
mod sources;
mod time;
mod units;
mod walk;
mod workout;

#[cfg(feature = "platform")]
pub(in crate::files) use batch::{Batch, WORKOUT};

use super::{Input, ReadOptions, tally, xml};
use std::io::BufRead;
use twin_core::Result;
use twin_core::observation::Sink;

/// Do these first bytes look like an export's XML?
///
/// ```
/// use twin_adapters::files::apple_health::matches;
/// assert!(matches(b"<?xml version=\"1.0\"?><!DOCTYPE HealthData [<!-- HealthKit Export -->"));
/// assert!(!matches(b"<?xml version=\"1.0\"?><gpx>"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
    head.starts_with(b"<") && (holds(b"<!DOCTYPE HealthData") || holds(b"<HealthData"))
}

/// Reads `export.xml`. Files that it names (routes) are not there to be read: each is counted in a refusal.
///
/// # Errors
/// `malformed` when it has no `HealthData` element or ends before its first record, and what the
/// sink returns to end the reading. What precedes damage is kept and the damage is a refusal.
pub fn read_xml(input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut session = session::Session::new(options, sink);
    walk::walk(input, walk::Scale { num: 1, den: 1 }, &mut session)?;
    for _ in std::mem::take(&mut session.files) {
        session.tally.refuse(
            "not_read",
            "workout-routes",
            "a route that a workout names; it is in the zip, not in export.xml",
        );
    }
    session.finish()
}

/// Is this the zip the phone makes? The input is at its start afterwards.
pub fn is_export(input: &mut dyn Input) -> bool {
    let found = archive::holds_export(input);
    input.rewind().is_ok() && found
}

/// Reads the zip the phone makes: the export, routes of workouts, electrocardiograms.
///
/// # Errors
/// `malformed` when it is no zip, `unsupported` when there is no export in it, else as [`read_xml`].
pub fn read_zip(input: &mut dyn Input, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    archive::read(input, options, sink)
}
