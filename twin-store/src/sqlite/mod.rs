//! One file, in WAL mode: one writer, many readers.

mod schema;

pub use schema::FORMAT_VERSION;

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use schema::storage;
use std::fs::{File, TryLockError};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use twin_core::event::{Event, EventBody};
use twin_core::series::{Samples, decode_segment, encode_segment};
use twin_core::store::{Batch, Codec, EventStore, Note, Outcome, PlainCodec, Table, Visit, bucket_of};
use twin_core::{Code, Error, EventId, Hlc, RecordKey, Result, SegmentHash, Timestamp};

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// The one writer; the file is made when it is not there.
    Write,
    /// One of many readers; the file must be there.
    Read,
}

/// An event store in one SQLite file.
///
/// What the file shows in plain: blind (keyed) hashes of record and event, the UTC day a fact concerns,
/// sizes. Bodies, segments and folded days go through the [`Codec`].
pub struct SqliteStore {
    db: Connection,
    blind: [u8; 32],
    codec: Box<dyn Codec>,
    writable: bool,
    any_contested: bool,
    _writer: Option<File>,
}

/// A row of the log: blind id, blind record, bucket, sealed body.
type Cells = ([u8; 16], [u8; 16], i32, Vec<u8>);

/// Bytes of a stored body before the content: the clock.
const CLOCK: usize = 20;
/// Bucket given to the codec for segments and small tables.
const NO_BUCKET: i32 = 0;

impl SqliteStore {
    /// Opens or makes the file at `path`, bodies in plain.
    ///
    /// # Errors
    /// `conflict` when another process writes to it, `unsupported` when a newer version made it,
    /// `corrupt` when it is no twin, `not_found` when a reader finds no file, `storage`.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self> {
        Self::open_with(path, mode, Box::new(PlainCodec), None)
    }

    /// As [`SqliteStore::open`] with a codec for bodies and, for a new file, the key of its blind index;
    /// without one the key is made from the operating system's randomness.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open_with(
        path: &Path,
        mode: OpenMode,
        codec: Box<dyn Codec>,
        key: Option<[u8; 32]>,
    ) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        schema::not_foreign(path)?;
        let (db, writer) = match mode {
            OpenMode::Write => {
                let writer = lock(path)?;
                let db = Connection::open_with_flags(
                    path,
                    flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
                )
                .map_err(storage)?;
                schema::version(&db)?;
                // A new file gets pages that suit compressed columns; then each commit is synced.
                db.execute_batch(
                    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; \
                     PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = 2000;",
                )
                .map_err(storage)?;
                schema::migrate(&db)?;
                (db, Some(writer))
            }
            OpenMode::Read => {
                if !path.exists() {
                    return Err(Error::NotFound("there is no twin at this path".into()));
                }
                let db = reader(path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
                db.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 268435456;")
                    .map_err(storage)?;
                if schema::version(&db)? != FORMAT_VERSION {
                    return Err(Error::Unsupported(
                        "the twin has an older layout; open it once for writing to bring it up".into(),
                    ));
                }
                (db, None)
            }
        };
        db.set_prepared_statement_cache_capacity(32);
        let blind = blind_key(&db, key, writer.is_some())?;
        let any_contested =
            db.query_row("SELECT EXISTS (SELECT 1 FROM contested)", [], |r| r.get(0)).map_err(storage)?;
        Ok(Self { db, blind, codec, writable: mode == OpenMode::Write, any_contested, _writer: writer })
    }

    fn blinded(&self, bytes: &[u8]) -> [u8; 16] {
        blake3::keyed_hash(&self.blind, bytes).as_bytes().first_chunk().copied().unwrap_or_default()
    }

    /// Record and event id behind one hash; for records without a name of their own they are the same.
    fn blinded_pair(&self, event: &Event) -> ([u8; 16], [u8; 16]) {
        let id = self.blinded(&event.id.0);
        let key = event.key();
        (if key.0 == event.id.0 { id } else { self.blinded(&key.0) }, id)
    }

    fn decode(&self, bucket: i32, body: &[u8]) -> Result<Event> {
        let plain = self.codec.open(bucket, body)?;
        let (clock, content) = plain
            .split_at_checked(CLOCK)
            .ok_or_else(|| Error::Corrupt("a stored event is cut short".into()))?;
        let clock = read_clock(clock).ok_or_else(|| Error::Corrupt("a stored event is cut short".into()))?;
        Event::from_stored(content, clock)
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

    fn write(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        let mut any_contested = self.any_contested;
        let mut outcomes = Vec::with_capacity(batch.events.len());
        {
            let mut segment = self
                .db
                .prepare_cached("INSERT OR IGNORE INTO segment (hash, body) VALUES (?1, ?2)")
                .map_err(storage)?;
            for (hash, samples) in &batch.segments {
                let bytes = encode_segment(samples)?;
                let sealed = self.codec.seal(NO_BUCKET, &bytes)?;
                segment.execute(params![self.blinded(&hash.0), &*sealed]).map_err(storage)?;
            }
            let mut insert = self
                .db
                .prepare_cached(
                    "INSERT OR IGNORE INTO event (id, record, bucket, body) VALUES (?1, ?2, ?3, ?4)",
                )
                .map_err(storage)?;
            let mut dirty = self
                .db
                .prepare_cached("INSERT OR IGNORE INTO note (kind, key, body) VALUES (?1, ?2, ?3)")
                .map_err(storage)?;
            let mut plain = Vec::new();
            let mut last_dirty = None;
            // Where each new row came to stand, and which outcome is its.
            let mut written: Vec<(i64, usize)> = Vec::with_capacity(batch.events.len());
            for sealed in &batch.events {
                let event = &sealed.event;
                let (record, id) = self.blinded_pair(event);
                let bucket = bucket_of(&event.content);
                plain.clear();
                write_clock(event.clock, &mut plain);
                plain.extend_from_slice(&sealed.bytes);
                let body = self.codec.seal(bucket, &plain)?;
                if insert.execute(params![id, record, bucket, &*body]).map_err(storage)? == 0 {
                    outcomes.push(self.seen_again(event, &record, &id, bucket, &sealed.bytes)?);
                    continue;
                }
                let mark = self.codec.seal(NO_BUCKET, &[1])?;
                let mut mark_dirty = |bucket: i32| {
                    dirty.execute(params![Table::Dirty.number(), bucket, &*mark]).map(drop).map_err(storage)
                };
                if last_dirty != Some(bucket) {
                    mark_dirty(bucket)?;
                    last_dirty = Some(bucket);
                }
                written.push((self.db.last_insert_rowid(), outcomes.len()));
                if matches!(event.content.body, EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_)) {
                    self.contest(&record)?;
                    any_contested = true;
                }
                outcomes.push(Outcome::New);
            }
            if let Some((first, _)) = written.first() {
                let mark = self.codec.seal(NO_BUCKET, &[1])?;
                for (seq, record, bucket) in self.earlier_versions(*first)? {
                    dirty.execute(params![Table::Dirty.number(), bucket, &*mark]).map_err(storage)?;
                    self.contest(&record)?;
                    any_contested = true;
                    let index = written.binary_search_by_key(&seq, |w| w.0).ok().and_then(|i| written.get(i));
                    if let Some(outcome) = index.and_then(|w| outcomes.get_mut(w.1)) {
                        *outcome = Outcome::NewVersion;
                    }
                }
            }
        }
        self.write_notes(&batch.notes)?;
        self.any_contested = any_contested;
        Ok(outcomes)
    }

    fn contested_row(&self, record: &[u8; 16]) -> Result<bool> {
        self.db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM contested WHERE record = ?1)")
            .and_then(|mut s| s.query_row([record], |r| r.get(0)))
            .map_err(storage)
    }

    fn contest(&self, record: &[u8; 16]) -> Result<()> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO contested (record) VALUES (?1)")
            .and_then(|mut s| s.execute([record]))
            .map(drop)
            .map_err(storage)
    }

    /// Earlier versions of the records of rows from `first` on: the row, its record, the other's bucket.
    /// One walk over the index for a whole batch.
    fn earlier_versions(&self, first: i64) -> Result<Vec<(i64, [u8; 16], i32)>> {
        let mut earlier = self
            .db
            .prepare_cached(
                "SELECT new.seq, new.record, old.bucket FROM event AS new CROSS JOIN event AS old \
                 ON old.record = new.record AND old.seq < new.seq WHERE new.seq >= ?1",
            )
            .map_err(storage)?;
        let rows = earlier.query_map([first], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).map_err(storage)?;
        rows.collect::<Result<_, _>>().map_err(storage)
    }

    /// An event that is there already keeps the smaller clock.
    fn seen_again(
        &self,
        event: &Event,
        record: &[u8; 16],
        id: &[u8; 16],
        bucket: i32,
        content: &[u8],
    ) -> Result<Outcome> {
        let body: Vec<u8> = self
            .db
            .prepare_cached("SELECT body FROM event WHERE record = ?1 AND id = ?2")
            .and_then(|mut s| s.query_row(params![record, id], |r| r.get(0)))
            .map_err(storage)?;
        let there = self.codec.open(bucket, &body)?;
        let clock = there.get(..CLOCK).and_then(read_clock);
        if clock.is_none_or(|there| there <= event.clock) {
            return Ok(Outcome::Duplicate);
        }
        let mut plain = Vec::with_capacity(CLOCK + content.len());
        write_clock(event.clock, &mut plain);
        plain.extend_from_slice(content);
        let sealed = self.codec.seal(bucket, &plain)?;
        self.db
            .prepare_cached("UPDATE event SET body = ?3 WHERE record = ?1 AND id = ?2")
            .and_then(|mut s| s.execute(params![record, id, &*sealed]))
            .map_err(storage)?;
        Ok(Outcome::Earlier)
    }
}

impl EventStore for SqliteStore {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        if !self.writable {
            return Err(Error::Conflict("this twin is open for reading only".into()));
        }
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(storage)?;
        let written = self.write(batch).and_then(|outcomes| {
            self.db.execute_batch("COMMIT").map_err(storage)?;
            Ok(outcomes)
        });
        if written.is_err() && !self.db.is_autocommit() {
            // All or nothing; the error that led here is the one to tell.
            drop(self.db.execute_batch("ROLLBACK"));
        }
        written
    }

    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        let mut rows =
            self.db.prepare_cached("SELECT bucket, body FROM event WHERE record = ?1").map_err(storage)?;
        let mut rows = rows.query([self.blinded(&key.0)]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let body = row.get_ref(1).map_err(storage)?.as_blob().map_err(|e| storage(e.into()))?;
            visit(&self.decode(row.get(0).map_err(storage)?, body)?)?;
        }
        Ok(())
    }

    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        let mut rows = self
            .db
            .prepare_cached("SELECT bucket, body FROM event WHERE bucket BETWEEN ?1 AND ?2 ORDER BY bucket")
            .map_err(storage)?;
        let mut rows = rows.query(params![buckets.start(), buckets.end()]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let body = row.get_ref(1).map_err(storage)?.as_blob().map_err(|e| storage(e.into()))?;
            visit(&self.decode(row.get(0).map_err(storage)?, body)?)?;
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
        let row: Option<(i32, Vec<u8>)> = self
            .db
            .prepare_cached("SELECT bucket, body FROM event WHERE id = ?1")
            .and_then(|mut s| s.query_row([self.blinded(&id.0)], |r| Ok((r.get(0)?, r.get(1)?))).optional())
            .map_err(storage)?;
        row.map(|(bucket, body)| self.decode(bucket, &body)).transpose()
    }

    fn len(&self) -> Result<u64> {
        let count: i64 =
            self.db.query_row("SELECT count(*) FROM event", [], |r| r.get(0)).map_err(storage)?;
        Ok(count.unsigned_abs())
    }

    fn check(&self) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        let verdict: String =
            self.db.query_row("PRAGMA integrity_check(5)", [], |r| r.get(0)).map_err(storage)?;
        if verdict != "ok" {
            findings.push("the database file is damaged".to_owned());
        }
        let mut rows = self.db.prepare("SELECT seq, id, record, bucket, body FROM event").map_err(storage)?;
        let mut rows = rows.query([]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let seq: i64 = row.get(0).map_err(storage)?;
            // A cell of another type or length is damage like any other.
            let cells = || Ok::<Cells, rusqlite::Error>((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
            let Ok((id, record, bucket, body)) = cells() else {
                findings.push(format!("event {seq} does not have the form of an event"));
                continue;
            };
            match self.decode(bucket, &body) {
                Ok(event)
                    if self.blinded_pair(&event) != (record, id) || bucket_of(&event.content) != bucket =>
                {
                    findings.push(format!("event {seq} does not match its hash"));
                }
                Ok(_) => {}
                Err(error) => findings.push(format!("event {seq}: {error}")),
            }
        }
        let mut rows = self.db.prepare("SELECT hash, body FROM segment").map_err(storage)?;
        let mut rows = rows.query([]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let cells = || Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?));
            let Ok((hash, body)): Result<([u8; 16], Vec<u8>), _> = cells() else {
                findings.push("a segment does not have the form of a segment".to_owned());
                continue;
            };
            let samples = self.codec.open(NO_BUCKET, &body).and_then(|plain| decode_segment(&plain));
            match samples {
                Ok(samples) if self.blinded(&samples.hash().0) == hash => {}
                Ok(_) => findings.push("a segment does not match its hash".to_owned()),
                Err(error) => findings.push(error.to_string()),
            }
        }
        Ok(findings)
    }

    fn writable(&self) -> bool {
        self.writable
    }
}

/// Opens for reading. Beside a writer readers share its index of the newest pages; where none is there and
/// none can be made (a medium that cannot be written), the file is read as it lies.
fn reader(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let db = Connection::open_with_flags(path, flags).map_err(storage)?;
    let Err(refused) = schema::version(&db) else { return Ok(db) };
    let mut newest = path.as_os_str().to_owned();
    newest.push("-wal");
    let rest = std::fs::metadata(PathBuf::from(newest)).map_or(0, |m| m.len());
    if refused.code() != Code::Storage || rest > 0 || !path.is_file() {
        return Err(refused);
    }
    let mut uri = String::from("file:");
    for byte in
        std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).as_os_str().as_encoded_bytes()
    {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push_str("?immutable=1");
    let db = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(storage)?;
    schema::version(&db).map(|_| db)
}

/// The right to write, held as long as the handle lives; the operating system takes it back from a
/// process that was killed.
fn lock(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(name))
        .map_err(|e| Error::Storage(format!("the twin's folder cannot be written: {}", e.kind())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Error::Conflict("another process is writing to this twin; try again when it is done".into()))
        }
        Err(TryLockError::Error(e)) => {
            Err(Error::Storage(format!("the twin cannot be locked: {}", e.kind())))
        }
    }
}

fn blind_key(db: &Connection, given: Option<[u8; 32]>, writer: bool) -> Result<[u8; 32]> {
    let fresh = match given {
        Some(key) => key.to_vec(),
        None => db.query_row("SELECT randomblob(32)", [], |r| r.get(0)).map_err(storage)?,
    };
    let key = if writer {
        schema::secret(db, "blind", &fresh)?
    } else {
        db.query_row("SELECT value FROM secret WHERE name = 'blind'", [], |r| r.get(0)).map_err(storage)?
    };
    key.try_into().map_err(|_| Error::Corrupt("the twin's index key is damaged".into()))
}

fn write_clock(clock: Hlc, out: &mut Vec<u8>) {
    out.extend_from_slice(&clock.wall.micros().to_le_bytes());
    out.extend_from_slice(&clock.counter.to_le_bytes());
    out.extend_from_slice(&clock.node.to_le_bytes());
}

fn read_clock(bytes: &[u8]) -> Option<Hlc> {
    let (wall, rest) = bytes.split_first_chunk::<8>()?;
    let (counter, rest) = rest.split_first_chunk::<4>()?;
    let (node, _) = rest.split_first_chunk::<8>()?;
    Some(Hlc {
        wall: Timestamp::from_micros(i64::from_le_bytes(*wall)),
        counter: u32::from_le_bytes(*counter),
        node: u64::from_le_bytes(*node),
    })
}
