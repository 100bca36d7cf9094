//! Columns as bytes, for borders that carry nothing else cheaply (Swift, Kotlin).
//!
//! Little-endian: the number of samples and of durations (0, or as many) as `u32` each, then the starts (`i64`),
//! the durations (`i64`), the values (`f64`).

use super::series::SeriesColumns;
use crate::error::{Error, Result};
use twin_core::Code;

/// Writes columns as bytes; the unit goes its own way.
///
/// ```
/// use humantwin::border::{SeriesColumns, columns_from_bytes, columns_to_bytes};
/// let columns = SeriesColumns { starts_us: vec![1, 2], values: vec![60.0, 61.5], ..Default::default() };
/// assert_eq!(columns_from_bytes(&columns_to_bytes(&columns))?, columns);
/// # Ok::<(), humantwin::Error>(())
/// ```
#[must_use]
pub fn columns_to_bytes(columns: &SeriesColumns) -> Vec<u8> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let (starts, durations) = (&columns.starts_us, &columns.durations_us);
    let mut bytes = Vec::with_capacity(8 + 8 * (2 * starts.len() + durations.len()));
    bytes.extend(count(starts.len()));
    bytes.extend(count(durations.len()));
    bytes.extend(starts.iter().flat_map(|v| v.to_le_bytes()));
    bytes.extend(durations.iter().flat_map(|v| v.to_le_bytes()));
    bytes.extend(columns.values.iter().flat_map(|v| v.to_le_bytes()));
    bytes
}

/// Reads columns from bytes.
///
/// # Errors
/// `invalid_value` when they are not of this form.
pub fn columns_from_bytes(bytes: &[u8]) -> Result<SeriesColumns> {
    let wrong = || Error::new(Code::InvalidValue, "these bytes are no columns");
    let (head, body) = bytes.split_first_chunk::<8>().ok_or_else(wrong)?;
    let [a, b, c, d, e, f, g, h] = *head;
    let samples = u32::from_le_bytes([a, b, c, d]) as usize;
    let durations = u32::from_le_bytes([e, f, g, h]) as usize;
    let (words, rest) = body.as_chunks::<8>();
    let whole = samples.checked_mul(2).and_then(|n| n.checked_add(durations));
    if !rest.is_empty() || whole != Some(words.len()) {
        return Err(wrong());
    }
    let (starts, words) = words.split_at_checked(samples).ok_or_else(wrong)?;
    let (durations, values) = words.split_at_checked(durations).ok_or_else(wrong)?;
    Ok(SeriesColumns {
        unit: String::new(),
        starts_us: starts.iter().map(|w| i64::from_le_bytes(*w)).collect(),
        durations_us: durations.iter().map(|w| i64::from_le_bytes(*w)).collect(),
        values: values.iter().map(|w| f64::from_le_bytes(*w)).collect(),
    })
}
