//! Durable event stores. SQLite is the embedded default: one file, one writer, many readers.
//!
//! What this crate does *not* do: it knows nothing of what events mean, and it holds no ciphers; the
//! [`twin_core::store::Codec`] seam is where they come in.

#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub use sqlite::{FORMAT_VERSION, OpenMode, SqliteStore};
