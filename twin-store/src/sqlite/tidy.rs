//! Upkeep in small steps, for devices that grant a moment at a time.

use super::SqliteStore;
use super::schema::storage;
use twin_core::{Error, Result};

/// Free pages given back in one step: 512 KiB.
const PAGES: u32 = 64;

impl SqliteStore {
    /// Moves what was written lately into the file's own pages, then gives free pages back, a few a step.
    /// Each step is durable by itself; a kill between or within them loses nothing.
    pub(super) fn tidy_up(&mut self, steps: u32) -> Result<bool> {
        if !self.writable {
            return Err(Error::Conflict("this twin is open for reading only".into()));
        }
        // Waits for nobody: what readers still need stays where it is.
        let (mut moved, mut waiting) = (0_i64, 0_i64);
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
                (waiting, moved) = (row.get(1)?, row.get(2)?);
                Ok(())
            })
            .map_err(storage)?;
        for _ in 0..steps {
            if self.free_pages()? == 0 {
                break;
            }
            let sql = format!("PRAGMA incremental_vacuum({PAGES})");
            let mut give = self.db.prepare(&sql).map_err(storage)?;
            let mut rows = give.query([]).map_err(storage)?;
            while rows.next().map_err(storage)?.is_some() {}
        }
        Ok(self.free_pages()? == 0 && waiting <= moved)
    }

    fn free_pages(&self) -> Result<i64> {
        self.db.query_row("PRAGMA freelist_count", [], |row| row.get(0)).map_err(storage)
    }
}
