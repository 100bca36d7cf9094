//! When a key has something to say or to forget.

use std::collections::BTreeMap;

/// Keys by the watermark at which they are to be looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Due {
    rows: BTreeMap<i64, Vec<(u32, u64)>>,
}

impl Due {
    pub(super) fn put(&mut self, when: i64, place: u32, key: u64) {
        self.rows.entry(when).or_default().push((place, key));
    }

    /// Places and keys that are due, some more than once.
    pub(super) fn take(&mut self, watermark: i64) -> Vec<(u32, u64)> {
        let mut taken = Vec::new();
        while let Some(row) = self.rows.first_entry().filter(|row| *row.key() <= watermark) {
            taken.append(&mut row.remove());
        }
        taken
    }
}
