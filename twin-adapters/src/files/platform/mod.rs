//! Batches that a phone's own bridge hands over: what HealthKit or Health Connect added and deleted since the
//! bridge looked last. The form is in `docs/reference/platform-batches.md`.
//!
//! The bridge translates nothing: records keep the platform's names, units and ids, and the tables of
//! [`super::apple_health`] and [`super::health_connect`] say what they become. A batch is read whole or, where it is
//! no batch, not at all: the bridge then sends it again and keeps its anchor.
//!
//! * A single fact is deleted by its id and the source that wrote it (`unknown_origin` where that is not known),
//!   in whatever order the two come.
//! * Samples of a series keep no ids: a deletion of one is refused as `deletion_in_series`, and its span is to be
//!   read again.

mod health_connect;
mod healthkit;

use super::ReadOptions;
use super::shared::elements::Object;
use super::shared::text::head_text;
use serde::Deserialize;
use serde_json::Value;
use std::io::{BufRead, Read as _};
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// Most bytes of a batch.
const MOST: u64 = 64 << 20;
/// The version of the form.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Batch {
    humantwin_batch: String,
    version: u32,
    /// What records are of that name neither source nor device.
    device: Option<String>,
    /// The zone lived in, of records that name none.
    zone: Option<String>,
    #[serde(default)]
    added: Vec<Value>,
    #[serde(default)]
    deleted: Vec<Value>,
    /// Health Connect's answer to a token that is too old.
    #[serde(default, rename = "changesTokenExpired")]
    expired: bool,
}

/// Is this a batch?
///
/// ```
/// use twin_adapters::files::platform::matches;
/// assert!(matches(br#"{"humantwin_batch":"healthkit","version":1}"#));
/// assert!(!matches(br#"{"records":[]}"#));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    let text = head_text(head);
    let inner = text.trim_start().strip_prefix('{').map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with("\"humantwin_batch\""))
}

/// Reads a batch.
///
/// # Errors
/// `malformed` for what is no batch, `unsupported` for one of another platform, version or size, and for an expired
/// token; what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut bytes = Vec::new();
    input.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| Error::malformed("batch", e))?;
    if bytes.len() as u64 > MOST {
        return Err(Error::Unsupported("a batch of more than 64 MiB; send smaller ones".into()));
    }
    // The parser's own message may quote the text.
    let place = |e: serde_json::Error| format!("line {} column {}", e.line(), e.column());
    let batch: Batch = serde_json::from_slice(&bytes)
        .map_err(|e| Error::malformed("batch", format!("no batch from {} on", place(e))))?;
    if batch.version != VERSION {
        return Err(Error::Unsupported(format!("a batch of version {}", batch.version)));
    }
    let total = bytes.len() as u64;
    drop(bytes);
    match batch.humantwin_batch.as_str() {
        "healthkit" => healthkit::read(&batch, total, options, sink),
        "health_connect" => health_connect::read(batch, total, options, sink),
        _ => Err(Error::Unsupported("a batch of a platform that is not known".into())),
    }
}

/// The source of a record: its name, else its bundle.
fn source(record: &Object) -> Option<&str> {
    let source = record.get("source")?;
    let named = |key: &str| source.get(key).and_then(Value::as_str);
    let name = source.as_str().or_else(|| named("name")).or_else(|| named("bundle"));
    name.filter(|name| !name.trim().is_empty())
}
