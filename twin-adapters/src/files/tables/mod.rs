//! To be filled.
use super::ReadOptions;
use std::io::BufRead;
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// A known shape of a table or JSON file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// RR intervals as text.
    RrText,
}

impl Shape {
    /// The stable word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        "rr_text"
    }
}

/// The shape these first bytes have, if known.
#[must_use]
pub fn matches(_head: &[u8]) -> Option<Shape> {
    None
}

/// Reads a file of a shape.
///
/// # Errors
/// As `read_file`.
pub fn read(_shape: Shape, _input: &mut dyn BufRead, _options: &ReadOptions, _sink: &mut dyn Sink) -> Result<()> {
    Err(Error::Unsupported("not built".into()))
}
