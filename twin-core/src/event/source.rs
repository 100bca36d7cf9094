//! Sources and records: devices, priorities, series, corrections, deletions, window reads.

use super::EventBody;
use crate::id::{DeviceId, MetricId, RecordId, SegmentHash, SourceId};
use crate::time::Timestamp;
use twin_macros::payload;

/// Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample.
#[payload]
pub struct SeriesWritten {
    /// What was measured.
    pub metric: MetricId,
    /// UCUM unit of the values; the catalogue's unit for catalogue metrics.
    pub unit: String,
    /// The samples' hash.
    pub segment: SegmentHash,
    /// Start of the first sample; UTC.
    pub start: Timestamp,
    /// End of the last sample; UTC.
    pub end: Timestamp,
    /// Number of samples; 0 for a tombstone.
    pub count: u64,
    /// Older samples of the same source and metric that start in `start..=end` are withdrawn.
    pub replaces: Option<bool>,
}

/// What is known of a device or source.
#[payload]
pub struct DeviceDescribed {
    /// The device; absent when the source is the device.
    pub device: Option<DeviceId>,
    /// What kind of thing it is; decides whose samples win where devices overlap.
    pub kind: DeviceKind,
    /// Maker.
    pub manufacturer: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Software version.
    pub software: Option<String>,
}

/// Kinds of devices.
#[payload]
pub enum DeviceKind {
    /// Chest strap.
    Strap,
    /// Watch or band.
    Watch,
    /// Ring.
    Ring,
    /// Phone.
    Phone,
    /// Scale.
    Scale,
    /// Bike computer and other sport instruments.
    SportComputer,
    /// Medical or laboratory instrument.
    Instrument,
    /// Entered by hand.
    Manual,
    /// Not known.
    Unknown,
}

/// Whose samples win where sources overlap, best first.
#[payload]
pub struct SourcePrioritySet {
    /// The metric; absent for all.
    pub metric: Option<MetricId>,
    /// Sources, best first; sources not named come after, in their usual order.
    pub order: Vec<SourceId>,
}

/// A record of a source was wrong; this is what it should have said.
#[payload]
pub struct RecordCorrected {
    /// Source of the record.
    pub source: SourceId,
    /// The record.
    pub record: RecordId,
    /// Above the revision it replaces.
    pub revision: u64,
    /// What holds instead.
    pub replacement: Box<EventBody>,
    /// Why.
    pub reason: Option<String>,
}

/// A record of a source is no more.
#[payload]
pub struct RecordDeleted {
    /// Source of the record.
    pub source: SourceId,
    /// The record.
    pub record: RecordId,
    /// The revision that is deleted; it and all below are gone.
    pub revision: u64,
}

/// A source was read over a span of time.
#[payload]
pub struct WindowRead {
    /// The source.
    pub source: SourceId,
    /// Start of the span; UTC.
    pub start: Timestamp,
    /// End of the span, excluded; UTC.
    pub end: Timestamp,
    /// Read to its end: what the source no longer shows is deleted. A window cut short deletes nothing.
    pub complete: bool,
    /// Event kinds or metrics that were asked for; empty for all.
    pub scope: Vec<String>,
    /// The records seen.
    pub seen: Vec<RecordId>,
}

/// A message of a source that has no form of its own here, kept word for word.
#[payload]
pub struct MessageKept {
    /// The format: `fit`, `apple_health` …
    pub format: String,
    /// The message's own name there.
    pub message: String,
    /// Its fields, in order.
    pub fields: Vec<KeptField>,
}

/// One field of a kept message.
#[payload]
pub struct KeptField {
    /// The field's name.
    pub name: String,
    /// Its value: a number, or the text of one of many numbers.
    pub value: KeptValue,
    /// Its unit, as the source writes it.
    pub unit: Option<String>,
}

/// A value of a kept message.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum KeptValue {
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Several numbers.
    Numbers(Vec<f64>),
}
