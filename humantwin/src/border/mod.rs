//! The door for other languages: handles, verbs by name, JSON or bytes in, JSON or bytes out.
//!
//! Every binding is a thin shell around [`Door`] and [`TwinDoor`]. A verb is written once, in `verbs.rs`; its
//! request, its answer and its text reach every language through `schemas/verbs.json` and the code made of it.
//! Sensor streams take the other lane, columns: [`TwinDoor::record_series`], [`TwinDoor::series`].
//!
//! What holds for every call: a panic arrives as `internal` and the process lives on; a closed handle answers
//! `not_found`; a request that is no request of the verb is `invalid_value`, and nothing was written.

mod bytes;
mod door;
mod open;
mod request;
mod run;
mod series;
mod verbs;
mod watch;

pub use bytes::{columns_from_bytes, columns_to_bytes};
pub use door::{Door, TwinDoor};
pub use open::{AccessOptions, OpenOptions};
pub use request::*;
pub use series::{SeriesColumns, SeriesQuery};
pub use verbs::{Answer, Lane, VERBS, Verb};
#[cfg(feature = "schema")]
pub use verbs::{VerbSchema, verb_schemas};
pub use watch::WatchDoor;
