//! Whether the file is still where it was opened.

use std::path::{Path, PathBuf};
use twin_core::{Error, Result};

/// A file's path, and which file stood there when it was opened.
pub(super) struct Place {
    path: PathBuf,
    file: Option<(u64, u64)>,
}

impl Place {
    /// The file that is there now.
    pub(super) fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), file: identity(path) }
    }

    /// Writing to a file that was deleted or replaced would be acknowledged and lost.
    pub(super) fn check(&self) -> Result<()> {
        if identity(&self.path) == self.file && self.file.is_some() {
            return Ok(());
        }
        Err(Error::Storage(
            "the twin's file was deleted, moved or replaced while it was open; open it again".into(),
        ))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere a file that is open cannot be deleted; that one is there is all we ask.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<(u64, u64)> {
    path.metadata().ok().map(|_| (0, 0))
}
