//! The step inside a stream engine: equal to the full engine, bit for bit, whatever order, parts and
//! duplicates; bounded; and never upset by bytes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod bad_bytes;
mod equal;
mod leaving;
mod room;
mod run;
mod world;
