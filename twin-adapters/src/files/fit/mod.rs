//! To be filled.
use super::ReadOptions;
use std::io::BufRead;
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// Do these first bytes look like the format?
#[must_use]
pub fn matches(_head: &[u8]) -> bool {
    false
}

/// Reads a file.
///
/// # Errors
/// As `read_file`.
pub fn read(_input: &mut dyn BufRead, _options: &ReadOptions, _sink: &mut dyn Sink) -> Result<()> {
    Err(Error::Unsupported("not built".into()))
}
