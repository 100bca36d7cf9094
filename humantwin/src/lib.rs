//! An embeddable human digital twin: give it what a person's devices, calendars, tools and answers
//! say; it keeps one private, replayable twin and tells how they are.
//!
//! Start with [`Engine`]. Words: a *twin* is one person's log with its state; an *access* says who asks
//! and what for; a *view* is an answer.
//!
//! What this crate does *not* do: no diagnosis, no network, no clock of its own, no upload.

#[cfg(feature = "border")]
pub mod border;
mod engine;
mod error;
mod twin;
mod verbs;
pub mod view;
mod windows;

mod insight;
mod plan;
mod predict;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "schema")]
pub mod schema;

#[cfg(not(target_arch = "wasm32"))]
pub use engine::SystemClock;
pub use engine::{Clock, Engine, EngineOptions, FixedClock, Storage};
pub use error::{Error, Result};
pub use plan::*;
pub use predict::{CurveView, NamedEstimate, PointView, PredictionView, SpanView};
pub use twin::Twin;
pub use twin_core::{self as core, Access, Code, LocalDate, Purpose, Timestamp};
pub use verbs::*;

/// The README's program, run with the doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
