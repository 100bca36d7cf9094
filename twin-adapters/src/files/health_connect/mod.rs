//! Health Connect: records and changes as its client hands them over, written as JSON.
//!
//! Accepted are `{"records": […]}`, `{"changes": […]}`, a list of records, and JSON lines of records or
//! changes. Names are those of the Kotlin classes:
//!
//! ```json
//! {"type": "HeartRateRecord", "startTime": "2026-03-01T07:00:00Z", "endTime": "2026-03-01T07:01:00Z",
//!  "startZoneOffset": "+01:00", "samples": [{"time": "2026-03-01T07:00:10Z", "beatsPerMinute": 62}],
//!  "metadata": {"id": "…", "lastModifiedTime": "2026-03-01T07:02:00Z",
//!               "dataOrigin": {"packageName": "com.example"}, "device": {"model": "Watch 5", "type": 1}}}
//! {"type": "UpsertionChange", "record": {…}}
//! {"type": "DeletionChange", "recordId": "…", "dataOrigin": {"packageName": "com.example"}}
//! ```
//!
//! A quantity is a number in the unit of [`types::KINDS`], or the object of the Kotlin class with one of
//! its `in…` properties (`{"inKilograms": 72.5}`).
//!
//! * Each app is a source, `health_connect/<package>`: raw records of several overlap.
//! * The record id and `lastModifiedTime` make the version; single values, sleep and exercise are
//!   facts that a later version replaces. Counts over spans, distances and sample lists are series, in
//!   which a later version of the same instants wins.
//! * A deletion carries the id alone. It takes effect where the bridge adds the `dataOrigin` it kept with the
//!   id; else it is refused as `unknown_origin`. Samples of a series cannot be deleted by id: a
//!   `recordType` that is one is refused as `deletion_in_series`, and the day is to be read again.
//! * `changesTokenExpired` refuses the whole answer: what was deleted since is not known, so a full read
//!   must follow.
//! * Offsets that are absent stay absent.
//!
//! The zip that the settings of a phone export holds an SQLite database; it is `unsupported`.

mod changes;
mod exercise;
mod record;
mod sleep;
mod types;

#[cfg(feature = "platform")]
pub(in crate::files) use changes::read as change;

use super::ReadOptions;
use super::shared::lists::each_listed;
use super::shared::out::Out;
use super::shared::text::head_text;
use serde_json::Value;
use std::io::BufRead;
use twin_core::Result;
use twin_core::observation::Sink;

/// Why the zip of a phone is not read, and what to do instead.
pub const DATABASE: &str = "the export of Health Connect's settings holds an SQLite database, which is not read; \
    let the app with the Health Connect bridge read the records and hand them over as JSON";

/// Is this the zip that a phone exports, or the database in it?
#[must_use]
pub fn is_database(head: &[u8]) -> bool {
    // The name stands in the header of the zip's first entry.
    let name = b"health_connect_export.db";
    let zip = head.starts_with(b"PK\x03\x04") && head.windows(name.len()).any(|w| w == name);
    zip || head.starts_with(b"SQLite format 3\0")
}

/// Is this Health Connect as JSON?
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    let text = head_text(head);
    let text = text.trim_start();
    let has = |key: &str| text.contains(key);
    text.starts_with(['{', '['])
        && (has("\"UpsertionChange\"")
            || has("\"DeletionChange\"")
            || has("\"changesTokenExpired\"")
            || (has("\"metadata\"") && has("\"dataOrigin\"")))
}

/// Reads records and changes.
///
/// # Errors
/// `unsupported` for an answer whose token has expired; `malformed` when nothing could
/// be used; what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut out = Out::new(options, sink);
    each_listed(input, &mut out, &["records", "changes"], |out, list, _, n, value| {
        let Value::Object(object) = value else {
            out.refuse("not_a_record", format!("record {n}"), "the element is no object");
            return Ok(());
        };
        changes::read(out, n, list, &object)
    })?;
    out.finish("health_connect")
}
