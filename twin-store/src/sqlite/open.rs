//! How the file is come by: as its one writer, or as a reader.

use super::schema::{self, storage};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use twin_core::{Code, Error, Result};

/// Makes a new file, whole or not at all: made under another name, synced, then given its own. A power cut
/// in between leaves nothing that looks like a twin and is none.
pub(super) fn create(path: &Path, key: Option<[u8; 32]>) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    let failed = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::StorageFull => Error::Storage(
            "the disk is full; what was acknowledged before is kept, make room and go on".into(),
        ),
        kind => Error::Storage(format!("the twin's folder cannot be written: {kind}")),
    };
    // What an earlier try left behind.
    for ending in ["", "-wal", "-shm"] {
        let mut left = fresh.as_os_str().to_owned();
        left.push(ending);
        if Path::new(&left).exists() {
            std::fs::remove_file(&left).map_err(failed)?;
        }
    }
    let flags =
        OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let made = Connection::open_with_flags(&fresh, flags).map_err(storage).and_then(|db| {
        for_writing(&db)?;
        schema::migrate(&db)?;
        blind_key(&db, key, true)?;
        db.close().map_err(|(_, e)| storage(e))
    });
    let made = made.and_then(|()| {
        File::open(&fresh).and_then(|file| file.sync_all()).map_err(failed)?;
        std::fs::rename(&fresh, path).map_err(failed)?;
        // Where a folder can be synced, its new name is safe too.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
        Ok(())
    });
    if made.is_err() {
        drop(std::fs::remove_file(&fresh));
    }
    made
}

/// Pages that suit compressed columns; each commit is synced.
pub(super) fn for_writing(db: &Connection) -> Result<()> {
    db.execute_batch(
        "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; \
         PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384; \
         PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = 2000;",
    )
    .map_err(storage)
}

/// How often the right to write is asked for again.
const TRIES: u32 = 10;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// Opens for reading. Beside a writer readers share its index of the newest pages; where none is there and
/// none can be made (a medium that cannot be written), the file is read as it lies.
pub(super) fn reader(path: &Path, flags: OpenFlags) -> Result<Connection> {
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
pub(super) fn lock(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(name))
        .map_err(|e| Error::Storage(format!("the twin's folder cannot be written: {}", e.kind())))?;
    // A writer that has just ended, or a program it was starting, may hold the right for a moment longer.
    let mut tried = file.try_lock();
    for _ in 0..TRIES {
        if !matches!(tried, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(PAUSE);
        tried = file.try_lock();
    }
    match tried {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Error::Conflict("another process is writing to this twin; try again when it is done".into()))
        }
        Err(TryLockError::Error(e)) => {
            Err(Error::Storage(format!("the twin cannot be locked: {}", e.kind())))
        }
    }
}

pub(super) fn blind_key(db: &Connection, given: Option<[u8; 32]>, writer: bool) -> Result<[u8; 32]> {
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
