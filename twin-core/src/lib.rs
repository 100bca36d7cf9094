//! The core of humantwin: what a person's devices, calendars, tools and answers said, as one log
//! that only grows, and the state that follows from it.
//!
//! ```
//! use twin_core::event::{CaffeineConsumed, Content, Event, Origin};
//! use twin_core::{HlcClock, SourceId, Timestamp};
//!
//! let at: Timestamp = "2026-03-01T08:00:00Z".parse()?;
//! let origin = Origin::of(SourceId::new("diary")?);
//! let mut clock = HlcClock::new(1);
//! let (event, _stored) = Event::seal(Content::new(origin, at, CaffeineConsumed { amount_mg: 80.0 }), clock.tick(at))?;
//! assert_eq!(event.content.body.kind(), "health.caffeine_consumed");
//! # Ok::<(), twin_core::Error>(())
//! ```
//!
//! Words: an *observation* is what an adapter hands over; an *event* is a fact in the log; a *segment*
//! is a column of samples that an event names; the *fold* turns winning events into *day states*.
//!
//! What this crate does *not* do: it reads no clock, file, network or random source, holds no model
//! of health or work, and knows no vendor.

pub mod access;
pub mod catalogue;
mod cbor;
pub mod check;
mod error;
pub mod estimate;
pub mod event;
pub mod fold;
mod id;
pub mod log;
pub mod observation;
pub mod series;
pub mod sort;
pub mod store;
pub mod stream;
mod time;
pub mod window;

pub use access::{Access, Purpose};
pub use error::{Code, Error, Result};
pub use id::{
    ActorId, DeviceId, EventId, MAX_TEXT_ID, MethodId, MetricId, RecordId, RecordKey, SegmentHash, SourceId,
    TwinId, ZoneId,
};
pub use time::{Hlc, HlcClock, LocalDate, MICROS_PER_SECOND, Timestamp, Zone, ZoneTimeline};

/// Whether the program is made for size: WebAssembly is sent to the reader byte by byte.
const MADE_SMALL: bool = cfg!(target_family = "wasm");
