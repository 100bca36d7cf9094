//! The tables, and how an older file becomes a newer one.

use rusqlite::{Connection, OptionalExtension};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use twin_core::{Error, Result};

/// The version of the file's layout. A newer file is refused, an older one is brought up.
pub const FORMAT_VERSION: i64 = 2;

/// `humantwin` in the first bytes of the file, so that tools can tell what it is: "htw1".
const APPLICATION_ID: i64 = 0x6874_7731;

/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Steps from one version to the next; step `n` makes version `n + 1`.
const STEPS: &[&str] = &[
    // Layout 1 was never released; see `version`.
    "",
    "
    CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        record BLOB NOT NULL,
        body BLOB NOT NULL
    );
    CREATE UNIQUE INDEX event_record ON event (record, id);
    CREATE TABLE contested (record BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE segment (hash BLOB PRIMARY KEY, body BLOB NOT NULL);
    CREATE TABLE note (kind INTEGER NOT NULL, key INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
    CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"];

pub(super) fn storage(e: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    match e.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Storage(
            "the disk is full; what was acknowledged before is kept, make room and go on".into(),
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::Conflict("another process is writing to this twin; try again when it is done".into())
        }
        Some(ErrorCode::NotADatabase) => Error::Corrupt("the file is not a twin".into()),
        Some(ErrorCode::DatabaseCorrupt) => {
            Error::Corrupt("the twin's file is damaged; restore a backup".into())
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::Storage("the twin's file cannot be opened or written; check its folder and rights".into())
        }
        _ => Error::Storage(format!("the store refused: {e}")),
    }
}

/// Refuses a file that is no database before anything is written to it or beside it. The library itself
/// takes a file of a single byte for an empty one.
pub(super) fn not_foreign(path: &Path) -> Result<()> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut head));
    if read.is_ok() && !head.is_empty() && head != MAGIC {
        return Err(Error::Corrupt("the file is not a twin".into()));
    }
    Ok(())
}

/// The layout's version of an open file; 0 for a new one.
pub(super) fn version(db: &Connection) -> Result<i64> {
    let version: i64 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(storage)?;
    let application: i64 = db.query_row("PRAGMA application_id", [], |r| r.get(0)).map_err(storage)?;
    let tables: i64 =
        db.query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0)).map_err(storage)?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(Error::Corrupt("the file is a database, but not a twin".into()));
    }
    if version == 1 {
        return Err(Error::Unsupported(
            "the twin was made before the first release, in a layout that is not read any more; import its files into a new one".into(),
        ));
    }
    if version > FORMAT_VERSION {
        return Err(Error::Unsupported(format!(
            "the twin was written by a newer humantwin (layout {version}, this one reads up to {FORMAT_VERSION}); update humantwin to open it"
        )));
    }
    Ok(version)
}

/// Brings a file up to the newest layout, one durable step at a time.
pub(super) fn migrate(db: &Connection) -> Result<()> {
    let from = version(db)?;
    for (step, sql) in STEPS.iter().enumerate().skip(usize::try_from(from).unwrap_or(0)) {
        let next = step + 1;
        db.execute_batch(&format!(
            "BEGIN IMMEDIATE; {sql} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {next}; COMMIT;"
        ))
        .map_err(storage)?;
    }
    Ok(())
}

/// A value of the store's own, made once.
pub(super) fn secret(db: &Connection, name: &str, fresh: &[u8]) -> Result<Vec<u8>> {
    let there = db
        .query_row("SELECT value FROM secret WHERE name = ?1", [name], |r| r.get::<_, Vec<u8>>(0))
        .optional()
        .map_err(storage)?;
    if let Some(there) = there {
        return Ok(there);
    }
    db.execute("INSERT INTO secret (name, value) VALUES (?1, ?2)", (name, fresh)).map_err(storage)?;
    Ok(fresh.to_vec())
}
