//! What was said of one span of time, by key.

use super::partial::Partial;
use std::collections::BTreeMap;

/// The figures of a key.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) partial: Partial,
    pub(super) place: u32,
    /// As it was said last; `None` where it never was.
    pub(super) revision: Option<u32>,
}

/// Rows by key. Nearly all come at once and in order, when the watermark passes the span: they stand in
/// columns. Keys that come later stand beside them.
#[derive(Clone, Debug, Default)]
pub(super) struct SaidRows {
    keys: Vec<u64>,
    rows: Vec<Known>,
    later: BTreeMap<u64, Known>,
}

impl SaidRows {
    /// Makes room for so many rows, where there are none yet.
    pub(super) fn make_room(&mut self, rows: usize) {
        if self.keys.is_empty() {
            self.keys.reserve_exact(rows);
            self.rows.reserve_exact(rows);
        }
    }

    /// The row of a key.
    pub(super) fn get_mut(&mut self, key: u64) -> Option<&mut Known> {
        if self.is_beyond(key) {
            return None;
        }
        match self.keys.binary_search(&key) {
            Ok(row) => self.rows.get_mut(row),
            Err(_) => self.later.get_mut(&key),
        }
    }

    /// Adds the row of a key that has none.
    pub(super) fn insert(&mut self, key: u64, known: Known) {
        if self.is_beyond(key) {
            self.keys.push(key);
            self.rows.push(known);
        } else {
            self.later.insert(key, known);
        }
    }

    /// Is a key greater than all that there are?
    fn is_beyond(&self, key: u64) -> bool {
        self.keys.last().is_none_or(|last| *last < key)
            && self.later.last_key_value().is_none_or(|l| *l.0 < key)
    }

    /// All keys and rows, in no order.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, &Known)> {
        let later = self.later.iter().map(|(key, known)| (*key, known));
        self.keys.iter().copied().zip(&self.rows).chain(later)
    }
}
