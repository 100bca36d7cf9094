//! The way in: one batch, one durable step.

use super::row::{bucket_of_row, read_clock, rows_of, write_body};
use super::schema::storage;
use super::{NO_BUCKET, SqliteStore};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, HashMap};
use twin_core::event::{Event, EventBody};
use twin_core::series::encode_segment;
use twin_core::store::{Batch, Note, Outcome, Sealed, Table, bucket_of};
use twin_core::{Error, Result};

/// A blinded hash.
type Blind = [u8; 16];

impl SqliteStore {
    /// Writes a batch: all of it or nothing.
    pub(super) fn write_batch(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        if !self.writable {
            return Err(Error::Conflict("this twin is open for reading only".into()));
        }
        self.place.check()?;
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(storage)?;
        let written = self.write_all(batch).and_then(|outcomes| {
            self.db.execute_batch("COMMIT").map_err(storage)?;
            Ok(outcomes)
        });
        if written.is_err() {
            self.next.clear();
            if !self.db.is_autocommit() {
                // All or nothing; the error that led here is the one to tell.
                drop(self.db.execute_batch("ROLLBACK"));
            }
        }
        written
    }

    fn write_all(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        self.write_segments(batch)?;
        let outcomes = self.write_events(&batch.events)?;
        self.write_notes(&batch.notes)?;
        Ok(outcomes)
    }

    fn write_segments(&self, batch: &Batch) -> Result<()> {
        let mut segment = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO segment (hash, body) VALUES (?1, ?2)")
            .map_err(storage)?;
        for (hash, samples) in &batch.segments {
            let bytes = encode_segment(samples)?;
            let sealed = self.codec.seal(NO_BUCKET, &bytes)?;
            segment.execute(params![self.blinded(&hash.0), &*sealed]).map_err(storage)?;
        }
        Ok(())
    }

    fn write_events(&mut self, events: &[Sealed]) -> Result<Vec<Outcome>> {
        let mut next = std::mem::take(&mut self.next);
        let mut outcomes = Vec::with_capacity(events.len());
        // Where each new row came to stand: by bucket, the first row and the outcome of each.
        let mut written: BTreeMap<i32, (i64, Vec<usize>)> = BTreeMap::new();
        let mut insert = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO event (seq, id, record, body) VALUES (?1, ?2, ?3, ?4)")
            .map_err(storage)?;
        let mut plain = Vec::new();
        for sealed in events {
            let event = &sealed.event;
            let (record, id) = self.blinded_pair(event);
            let bucket = bucket_of(&event.content);
            let seq = match next.get(&bucket) {
                Some(seq) => *seq,
                None => self.next_row(bucket)?,
            };
            write_body(event, &sealed.bytes, &mut plain);
            let body = self.codec.seal(bucket, &plain)?;
            if insert.execute(params![seq, id, record, &*body]).map_err(storage)? == 0 {
                next.insert(bucket, seq);
                outcomes.push(self.seen_again(event, (&record, &id), bucket, &sealed.bytes)?);
                continue;
            }
            next.insert(bucket, seq + 1);
            written.entry(bucket).or_insert_with(|| (seq, Vec::new())).1.push(outcomes.len());
            if matches!(event.content.body, EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_)) {
                self.contest(&record)?;
            }
            outcomes.push(Outcome::New);
        }
        drop(insert);
        self.next = next;
        for bucket in written.keys() {
            self.mark_dirty(*bucket)?;
        }
        for (row, record, other) in self.other_versions(&written)? {
            self.mark_dirty(other)?;
            self.contest(&record)?;
            if let Some(outcome) = outcomes.get_mut(row) {
                *outcome = Outcome::NewVersion;
            }
        }
        self.any_contested = self.find_contested()?;
        Ok(outcomes)
    }

    /// The number of a bucket's next row.
    fn next_row(&self, bucket: i32) -> Result<i64> {
        let rows = rows_of(&(bucket..=bucket));
        let last: Option<i64> = self
            .db
            .prepare_cached("SELECT max(seq) FROM event WHERE seq BETWEEN ?1 AND ?2")
            .and_then(|mut s| s.query_row(params![rows.start(), rows.end()], |r| r.get(0)))
            .map_err(storage)?;
        Ok(last.map_or(*rows.start(), |last| last + 1))
    }

    /// Versions of new rows' records that were there before them: the new row's outcome, the record, the
    /// other's bucket. One walk over the index for each bucket written to.
    fn other_versions(&self, written: &BTreeMap<i32, (i64, Vec<usize>)>) -> Result<Vec<(usize, Blind, i32)>> {
        let mut found = Vec::new();
        let mut others = self
            .db
            .prepare_cached(
                "SELECT new.seq, new.record, old.seq FROM event AS new CROSS JOIN event AS old \
                 ON old.record = new.record AND old.seq <> new.seq WHERE new.seq BETWEEN ?1 AND ?2",
            )
            .map_err(storage)?;
        let mut order: HashMap<i64, usize> = HashMap::new();
        for (first, rows) in written.values() {
            order.extend((*first..).zip(rows.iter().copied()));
        }
        for (first, rows) in written.values() {
            let last = first + i64::try_from(rows.len()).unwrap_or(0) - 1;
            let pairs = others
                .query_map(params![first, last], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
                .map_err(storage)?;
            for pair in pairs {
                let (new, record, old): (i64, Blind, i64) = pair.map_err(storage)?;
                let (Some(row), before) = (order.get(&new), order.get(&old)) else { continue };
                // Of two versions in one batch the later is the new one.
                if before.is_none_or(|before| before < row) {
                    found.push((*row, record, bucket_of_row(old)));
                }
            }
        }
        Ok(found)
    }

    /// An event that is there already keeps the smaller clock. A smaller clock can make another version
    /// the winner, so all versions' days are dirty then.
    fn seen_again(
        &self,
        event: &Event,
        (record, id): (&Blind, &Blind),
        bucket: i32,
        content: &[u8],
    ) -> Result<Outcome> {
        let body: Vec<u8> = self
            .db
            .prepare_cached("SELECT body FROM event WHERE record = ?1 AND id = ?2")
            .and_then(|mut s| s.query_row(params![record, id], |r| r.get(0)))
            .map_err(storage)?;
        if read_clock(&self.codec.open(bucket, &body)?).is_none_or(|there| there <= event.clock) {
            return Ok(Outcome::Duplicate);
        }
        let mut plain = Vec::new();
        write_body(event, content, &mut plain);
        let sealed = self.codec.seal(bucket, &plain)?;
        self.db
            .prepare_cached("UPDATE event SET body = ?3 WHERE record = ?1 AND id = ?2")
            .and_then(|mut s| s.execute(params![record, id, &*sealed]))
            .map_err(storage)?;
        let mut versions =
            self.db.prepare_cached("SELECT seq FROM event WHERE record = ?1").map_err(storage)?;
        let rows = versions.query_map([record], |r| r.get::<_, i64>(0)).map_err(storage)?;
        for row in rows {
            self.mark_dirty(bucket_of_row(row.map_err(storage)?))?;
        }
        Ok(Outcome::Earlier)
    }

    fn mark_dirty(&self, bucket: i32) -> Result<()> {
        let mark = self.codec.seal(NO_BUCKET, &[1])?;
        self.db
            .prepare_cached("INSERT OR IGNORE INTO note (kind, key, body) VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute(params![Table::Dirty.number(), bucket, &*mark]))
            .map(drop)
            .map_err(storage)
    }

    fn contest(&self, record: &Blind) -> Result<()> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO contested (record) VALUES (?1)")
            .and_then(|mut s| s.execute([record]))
            .map(drop)
            .map_err(storage)
    }

    /// Is any record contested?
    pub(super) fn find_contested(&self) -> Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM contested LIMIT 1")
            .and_then(|mut s| s.exists([]))
            .map_err(storage)
    }

    /// Is a record contested?
    pub(super) fn contested_row(&self, record: &Blind) -> Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM contested WHERE record = ?1")
            .and_then(|mut s| s.query_row([record], |_| Ok(())).optional())
            .map(|row| row.is_some())
            .map_err(storage)
    }

    fn write_notes(&self, notes: &[Note]) -> Result<()> {
        let mut put = self
            .db
            .prepare_cached("INSERT OR REPLACE INTO note (kind, key, body) VALUES (?1, ?2, ?3)")
            .map_err(storage)?;
        let mut drop_note =
            self.db.prepare_cached("DELETE FROM note WHERE kind = ?1 AND key = ?2").map_err(storage)?;
        for note in notes {
            let kind = note.table.number();
            match &note.body {
                Some(body) => put
                    .execute(params![kind, note.key, &*self.codec.seal(NO_BUCKET, body)?])
                    .map_err(storage)?,
                None => drop_note.execute(params![kind, note.key]).map_err(storage)?,
            };
        }
        Ok(())
    }
}
