//! One file, in WAL mode: one writer, many readers.

mod check;
mod open;
mod place;
mod read;
mod row;
mod schema;
mod tidy;
mod write;

pub use schema::FORMAT_VERSION;

use open::{blind_key, create, for_writing, lock, reader};
use place::Place;
use row::Next;
use rusqlite::{Connection, OpenFlags};
use schema::storage;
use std::fs::File;
use std::path::Path;
use twin_core::event::Event;
use twin_core::store::{Codec, PlainCodec};
use twin_core::{Error, Result};

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
    next: Next,
    place: Place,
    _writer: Option<File>,
}

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
                if path.metadata().map_or(true, |file| file.len() == 0) {
                    create(path, key)?;
                }
                let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
                    .map_err(storage)?;
                schema::version(&db)?;
                for_writing(&db)?;
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
        let mut store = Self {
            db,
            blind,
            codec,
            writable: mode == OpenMode::Write,
            any_contested: false,
            next: Next::default(),
            place: Place::of(path),
            _writer: writer,
        };
        store.any_contested = store.find_contested()?;
        Ok(store)
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
}
