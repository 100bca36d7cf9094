//! Columns in Arrow layout: views of what a host hands over, and what it gets back.

use crate::error::{Error, Result};
use crate::id::TwinId;
use crate::time::{Hlc, Timestamp};

/// Bits, least significant first, as Arrow keeps validity and Booleans.
#[derive(Clone, Copy, Debug)]
pub struct Bitmap<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The bit of row 0; not 0 for a slice of a longer array.
    pub offset: usize,
}

impl Bitmap<'_> {
    /// The bit of a row; `false` past the end.
    #[must_use]
    pub fn get(&self, row: usize) -> bool {
        let bit = self.offset.saturating_add(row);
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }
}

/// A view of Arrow `Binary` or `Utf8`: row `i` is `data[offsets[i]..offsets[i + 1]]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BinaryView<'a> {
    /// One more than rows, never falling. An array of no rows may have none.
    pub offsets: &'a [i32],
    /// All rows' bytes.
    pub data: &'a [u8],
    /// Which rows are there; absent when all are.
    pub validity: Option<Bitmap<'a>>,
}

impl<'a> BinaryView<'a> {
    /// Rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Has it no rows?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row's bytes; `None` for a null and past the end.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&'a [u8]> {
        if self.validity.is_some_and(|bits| !bits.get(row)) {
            return None;
        }
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row.checked_add(1)?)?).ok()?;
        self.data.get(start..end)
    }

    /// A row's text; `None` for a null and past the end.
    pub(super) fn text(&self, field: &'static str, row: usize) -> Result<Option<&'a str>> {
        let Some(bytes) = self.get(row) else { return Ok(None) };
        let text = std::str::from_utf8(bytes).map_err(|_| Error::malformed(field, "it is not UTF-8"))?;
        Ok(Some(text))
    }

    fn check(&self, name: &str, rows: usize) -> Result<()> {
        same_length(name, self.len(), rows)?;
        check_offsets(name, self.offsets, self.data.len())
    }
}

/// A column of fixed width with validity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nullable<'a, T> {
    /// The values; what stands at a null is not read.
    pub values: &'a [T],
    /// Which rows are there; absent when all are.
    pub validity: Option<Bitmap<'a>>,
}

impl<T: Copy> Nullable<'_, T> {
    pub(super) fn get(&self, row: usize) -> Option<T> {
        if self.validity.is_some_and(|bits| !bits.get(row)) {
            return None;
        }
        self.values.get(row).copied()
    }
}

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
    sorted.sort_unstable();
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

fn check_offsets(name: &str, offsets: &[i32], data: usize) -> Result<()> {
    let rising = offsets.is_sorted() && offsets.first().is_none_or(|first| *first >= 0);
    let within = offsets.last().is_none_or(|end| usize::try_from(*end).is_ok_and(|end| end <= data));
    if rising && within {
        return Ok(());
    }
    Err(Error::invalid(name, "offsets that fall or leave the data", "offsets that never fall, within the data"))
}

fn same_length(name: &str, there: usize, rows: usize) -> Result<()> {
    if there == rows {
        return Ok(());
    }
    Err(Error::invalid(name, there, format!("{rows} rows")))
}

/// An Arrow `Binary` or `Utf8` array that is being built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// One more than rows; the first is 0.
    pub offsets: Vec<i32>,
    /// All rows' bytes.
    pub data: Vec<u8>,
}

impl Default for Binary {
    fn default() -> Self {
        Self { offsets: vec![0], data: Vec::new() }
    }
}

impl Binary {
    /// Adds a row.
    ///
    /// # Errors
    /// `invalid_value` when the column would exceed 2 GiB.
    pub fn push(&mut self, row: &[u8]) -> Result<()> {
        let end = i32::try_from(self.data.len() + row.len())
            .map_err(|_| Error::invalid("column", "more than 2 GiB", "fewer people in a call"))?;
        self.data.extend_from_slice(row);
        self.offsets.push(end);
        Ok(())
    }

    /// The column to read from.
    #[must_use]
    pub fn view(&self) -> BinaryView<'_> {
        BinaryView { offsets: &self.offsets, data: &self.data, validity: None }
    }
}

impl<T: AsRef<[u8]>> FromIterator<T> for Binary {
    /// A column of rows; rows that no longer fit into 2 GiB become empty, so check long input with [`Binary::push`].
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut column = Self::default();
        for row in rows {
            if column.push(row.as_ref()).is_err() {
                column.offsets.push(column.offsets.last().copied().unwrap_or(0));
            }
        }
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_of_longer_arrays_are_read_where_they_start() {
        let bits = Bitmap { bytes: &[0b0000_1000], offset: 2 };
        assert_eq!([bits.get(0), bits.get(1), bits.get(2), bits.get(900)], [false, true, false, false]);
        let view = BinaryView { offsets: &[3, 5, 5, 9], data: b"xxxabcdefg", validity: Some(bits) };
        assert_eq!((view.len(), view.get(0), view.get(1), view.get(3)), (3, None, Some(&b""[..]), None));
        let all = BinaryView { validity: None, ..view };
        assert_eq!((all.get(0), all.get(2)), (Some(&b"ab"[..]), Some(&b"cdef"[..])));
    }

    #[test]
    fn offsets_that_lie_are_refused() {
        for offsets in [&[0, 3, 2][..], &[-1, 2], &[0, 99]] {
            let view = BinaryView { offsets, data: b"abc", validity: None };
            assert!(view.check("column", view.len()).is_err(), "{offsets:?}");
            assert!((0..4).all(|row| view.get(row).is_none_or(|r| r.len() <= 3)));
        }
    }
}
