//! What a host hands over: facts and series as columns in Arrow layout.

use super::binary::{BinaryView, Bitmap, Nullable, check_offsets, same_length};
use crate::error::{Error, Result};
use crate::id::TwinId;
use crate::sort::OrderBy;
use crate::time::{Hlc, Timestamp};

/// When each row was learned: three columns of one length.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clocks<'a> {
    /// Wall time, UTC microseconds (Arrow `Timestamp(µs)` or `Int64`).
    pub wall_us: &'a [i64],
    /// Events within one reading (`UInt32`).
    pub counter: &'a [u32],
    /// The device that wrote (`UInt64`).
    pub node: &'a [u64],
}

impl Clocks<'_> {
    pub(super) fn get(&self, row: usize) -> Option<Hlc> {
        Some(Hlc {
            wall: Timestamp::from_micros(*self.wall_us.get(row)?),
            counter: *self.counter.get(row)?,
            node: *self.node.get(row)?,
        })
    }

    fn check(&self, name: &str, rows: usize) -> Result<()> {
        same_length(name, self.wall_us.len(), rows)?;
        same_length(name, self.counter.len(), rows)?;
        same_length(name, self.node.len(), rows)
    }
}

/// Facts: one row an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct FactColumns<'a> {
    /// Whose: the row of `keys` (`Int32`).
    pub key: &'a [i32],
    /// When each was learned.
    pub clock: Clocks<'a>,
    /// The event: a CloudEvents JSON text, or [`Content::encode`](crate::event::Content::encode)'s bytes.
    pub content: BinaryView<'a>,
}

/// Series: one row a block of samples of one metric from one origin.
#[derive(Clone, Copy, Debug, Default)]
pub struct SeriesColumns<'a> {
    /// Whose: the row of `keys` (`Int32`).
    pub key: &'a [i32],
    /// When each was learned.
    pub clock: Clocks<'a>,
    /// Source (`Utf8`).
    pub source: BinaryView<'a>,
    /// Device (`Utf8`, nullable; no offsets at all: none).
    pub device: BinaryView<'a>,
    /// Method (`Utf8`, nullable; no offsets at all: none).
    pub method: BinaryView<'a>,
    /// How it was recorded: `automatic`, `active`, `manual` (`Utf8`, nullable; no offsets at all: none).
    pub recording: BinaryView<'a>,
    /// Metric (`Utf8`).
    pub metric: BinaryView<'a>,
    /// UCUM unit (`Utf8`).
    pub unit: BinaryView<'a>,
    /// Seconds east of UTC as lived (`Int32`, nullable; empty: none).
    pub offset_s: Nullable<'a, i32>,
    /// The source's revision (`UInt64`; empty: 0).
    pub revision: &'a [u64],
    /// Withdraws older samples of its span (`Boolean`; absent: none does).
    pub replaces: Option<Bitmap<'a>>,
    /// Row `i` holds samples `sample_offsets[i]..sample_offsets[i + 1]`: the offsets of an Arrow
    /// `List<Struct<start, duration, value>>`.
    pub sample_offsets: &'a [i32],
    /// Starts of all samples, UTC microseconds.
    pub starts_us: &'a [i64],
    /// Durations of all samples, microseconds; empty when all are instants.
    pub durations_us: &'a [i64],
    /// Values of all samples.
    pub values: &'a [f64],
}

impl FactColumns<'_> {
    pub(super) fn check(&self, keys: usize) -> Result<()> {
        let rows = self.key.len();
        check_keys("facts.key", self.key, keys)?;
        self.clock.check("facts.clock", rows)?;
        self.content.check("facts.content", rows)
    }
}

impl SeriesColumns<'_> {
    pub(super) fn check(&self, keys: usize) -> Result<()> {
        let rows = self.key.len();
        check_keys("series.key", self.key, keys)?;
        self.clock.check("series.clock", rows)?;
        self.source.check("series.source", rows)?;
        self.metric.check("series.metric", rows)?;
        self.unit.check("series.unit", rows)?;
        for (name, column) in [
            ("series.device", self.device),
            ("series.method", self.method),
            ("series.recording", self.recording),
        ] {
            if !column.offsets.is_empty() {
                column.check(name, rows)?;
            }
        }
        if !self.offset_s.values.is_empty() {
            same_length("series.offset_s", self.offset_s.values.len(), rows)?;
        }
        if !self.revision.is_empty() {
            same_length("series.revision", self.revision.len(), rows)?;
        }
        if let Some(bits) = self.replaces {
            let there = bits.bytes.len().saturating_mul(8).saturating_sub(bits.offset);
            if there < rows {
                return Err(Error::invalid("series.replaces", there, format!("at least {rows} bits")));
            }
        }
        same_length("series.sample_offsets", self.sample_offsets.len().saturating_sub(1), rows)?;
        check_offsets("series.sample_offsets", self.sample_offsets, self.values.len())?;
        same_length("series.starts_us", self.starts_us.len(), self.values.len())?;
        if !self.durations_us.is_empty() {
            same_length("series.durations_us", self.durations_us.len(), self.values.len())?;
        }
        Ok(())
    }
}

/// Checks the people of a call: ids, none twice, as many as states.
pub(super) fn check_people(keys: BinaryView<'_>, states: BinaryView<'_>) -> Result<Vec<TwinId>> {
    keys.check("keys", keys.len())?;
    states.check("states", keys.len())?;
    let mut people = Vec::with_capacity(keys.len());
    for row in 0..keys.len() {
        let text = keys.text("keys", row)?.unwrap_or_default();
        people.push(TwinId::new(text)?);
    }
    let mut sorted: Vec<&TwinId> = people.iter().collect();
    sorted.order();
    if sorted.is_sorted_by(|a, b| a < b) {
        Ok(people)
    } else {
        Err(Error::invalid("keys", "a person twice", "each person once in a call"))
    }
}

fn check_keys(name: &str, column: &[i32], keys: usize) -> Result<()> {
    match column.iter().find(|k| usize::try_from(**k).map_or(true, |k| k >= keys)) {
        Some(bad) => Err(Error::invalid(name, bad, format!("a row of `keys`, below {keys}"))),
        None => Ok(()),
    }
}
