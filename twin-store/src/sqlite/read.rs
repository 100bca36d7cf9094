//! The way out: what the trait of stores asks for.

use super::row::{bucket_of_row, rows_of};
use super::schema::storage;
use super::{NO_BUCKET, SqliteStore};
use rusqlite::{OptionalExtension, params};
use std::ops::RangeInclusive;
use std::sync::Arc;
use twin_core::event::Event;
use twin_core::series::{Samples, decode_segment};
use twin_core::store::{Batch, EventStore, Outcome, Table, Visit};
use twin_core::{EventId, RecordKey, Result, SegmentHash};

impl EventStore for SqliteStore {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        self.write_batch(batch)
    }

    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        let mut rows =
            self.db.prepare_cached("SELECT seq, body FROM event WHERE record = ?1").map_err(storage)?;
        let mut rows = rows.query([self.blinded(&key.0)]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let body = row.get_ref(1).map_err(storage)?.as_blob().map_err(|e| storage(e.into()))?;
            visit(&self.decode(bucket_of_row(row.get(0).map_err(storage)?), body)?)?;
        }
        Ok(())
    }

    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        let mut rows = self
            .db
            .prepare_cached("SELECT seq, body FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")
            .map_err(storage)?;
        let numbers = rows_of(&buckets);
        let mut rows = rows.query(params![numbers.start(), numbers.end()]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let body = row.get_ref(1).map_err(storage)?.as_blob().map_err(|e| storage(e.into()))?;
            visit(&self.decode(bucket_of_row(row.get(0).map_err(storage)?), body)?)?;
        }
        Ok(())
    }

    fn contested(&self, key: RecordKey) -> Result<bool> {
        if self.any_contested { self.contested_row(&self.blinded(&key.0)) } else { Ok(false) }
    }

    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        let mut read = self.db.prepare_cached("SELECT body FROM segment WHERE hash = ?1").map_err(storage)?;
        let body: Option<Vec<u8>> =
            read.query_row([self.blinded(&hash.0)], |r| r.get(0)).optional().map_err(storage)?;
        body.map(|body| decode_segment(&self.codec.open(NO_BUCKET, &body)?).map(Arc::new)).transpose()
    }

    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>> {
        let mut read =
            self.db.prepare_cached("SELECT body FROM note WHERE kind = ?1 AND key = ?2").map_err(storage)?;
        let body: Option<Vec<u8>> =
            read.query_row(params![table.number(), key], |r| r.get(0)).optional().map_err(storage)?;
        body.map(|body| self.codec.open(NO_BUCKET, &body).map(std::borrow::Cow::into_owned)).transpose()
    }

    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let mut rows = self
            .db
            .prepare_cached(
                "SELECT key, body FROM note WHERE kind = ?1 AND key BETWEEN ?2 AND ?3 ORDER BY key",
            )
            .map_err(storage)?;
        let mut rows = rows.query(params![table.number(), keys.start(), keys.end()]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let body = row.get_ref(1).map_err(storage)?.as_blob().map_err(|e| storage(e.into()))?;
            visit(row.get(0).map_err(storage)?, &self.codec.open(NO_BUCKET, body)?)?;
        }
        Ok(())
    }

    fn event(&self, id: EventId) -> Result<Option<Event>> {
        // Without an index of its own: a record without a name is found by its key, others by a walk.
        let mut found = None;
        self.versions(RecordKey(id.0), &mut |event| {
            if event.id == id {
                found = Some(event.clone());
            }
            Ok(())
        })?;
        if found.is_some() {
            return Ok(found);
        }
        let row: Option<(i64, Vec<u8>)> = self
            .db
            .prepare_cached("SELECT seq, body FROM event WHERE id = ?1")
            .and_then(|mut s| s.query_row([self.blinded(&id.0)], |r| Ok((r.get(0)?, r.get(1)?))).optional())
            .map_err(storage)?;
        row.map(|(seq, body)| self.decode(bucket_of_row(seq), &body)).transpose()
    }

    fn len(&self) -> Result<u64> {
        let count: i64 =
            self.db.query_row("SELECT count(*) FROM event", [], |r| r.get(0)).map_err(storage)?;
        Ok(count.unsigned_abs())
    }

    fn tidy(&mut self, steps: u32) -> Result<bool> {
        self.tidy_up(steps)
    }

    fn check(&self) -> Result<Vec<String>> {
        self.findings()
    }

    fn writable(&self) -> bool {
        self.writable
    }
}
