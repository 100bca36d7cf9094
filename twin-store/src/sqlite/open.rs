//! How the file is come by: as its one writer, or as a reader.

use super::schema::{self, storage};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use twin_core::{Code, Error, Result};

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
