//! Beat intervals and what straps, wrist sensors and loggers write next to them.
//!
//! Every interval is a sample of `rr_interval` in milliseconds, an instant at the beginning of its
//! beat. A file without a date begins at 2000-01-01T00:00:00Z, whatever the moment of reading, with a
//! warning `no_date`; its source is `rr_text/<file name>`, so that two such files stay apart.

mod actigraph;
mod beats;
mod empatica;
mod list;
mod logger;
mod npy;

pub(super) use actigraph::{read_actigraph, read_heartbeats};
pub(super) use empatica::{read_ibi, read_signal};
pub(super) use list::{read_holter, read_list, read_pairs};
pub(super) use logger::read as read_logger;
pub(super) use npy::read as read_npy;
