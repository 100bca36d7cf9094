//! Arrow's layouts: bits, texts and bytes with offsets, values with validity.

use crate::error::{Error, Result};

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

    pub(super) fn check(&self, name: &str, rows: usize) -> Result<()> {
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

pub(super) fn check_offsets(name: &str, offsets: &[i32], data: usize) -> Result<()> {
    let rising = offsets.is_sorted() && offsets.first().is_none_or(|first| *first >= 0);
    let within = offsets.last().is_none_or(|end| usize::try_from(*end).is_ok_and(|end| end <= data));
    if rising && within {
        return Ok(());
    }
    Err(Error::invalid(
        name,
        "offsets that fall or leave the data",
        "offsets that never fall, within the data",
    ))
}

pub(super) fn same_length(name: &str, there: usize, rows: usize) -> Result<()> {
    if there == rows {
        return Ok(());
    }
    Err(Error::invalid(name, there, format!("{rows} rows")))
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
