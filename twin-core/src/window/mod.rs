//! Event-time windows: samples of many keys, in any order, into figures of spans of time.
//!
//! ```
//! use twin_core::Timestamp;
//! use twin_core::window::{KeyedWindows, WindowOptions, WindowSpec};
//!
//! let minute = 60_000_000;
//! let mut windows = KeyedWindows::new(WindowSpec::Tumbling { size_us: 5 * minute }, WindowOptions::default())?;
//! windows.push(7, Timestamp::from_secs(30), 0, 60.0)?;
//! windows.push(7, Timestamp::from_secs(400), 0, 90.0)?; // the watermark passes the first window
//! let first = windows.drain();
//! assert_eq!((first[0].revision, first[0].summary.mean()), (0, Some(60.0)));
//! windows.push(7, Timestamp::from_secs(40), 0, 70.0)?; // late, within the allowance
//! let revised = windows.drain();
//! assert_eq!((revised[0].revision, revised[0].summary.mean()), (1, Some(65.0)));
//! # Ok::<(), twin_core::Error>(())
//! ```
//!
//! Words: a *watermark* is the time up to which the stream is taken to be complete; a *pane* is the
//! piece that windows are made of, so that a sample is added once however many windows it is in; a
//! *revision* is a window's figures said again because a late sample changed them.
//!
//! Sums are of scaled integers, so that the order of arrival and the split over several operators
//! leave no trace. Source of the terms: Akidau et al., The Dataflow Model, VLDB 2015.

mod drain;
mod due;
mod exchange;
mod held;
mod hot;
mod index;
mod mark;
mod merge;
mod operator;
mod partial;
mod place;
mod plan;
mod said;
mod say;
mod sketch;
mod slot;
mod spans;
mod spec;
mod state;

pub use operator::{KeyedWindows, LateSample};
pub use partial::{Partial, Summary, WindowResult};
pub use sketch::QuantileSketch;
pub use spec::{CalendarUnit, Watermark, WindowOptions, WindowSpec};
pub use state::STATE_VERSION;
