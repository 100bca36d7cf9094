//! What Swift and Kotlin wrap.
//!
//! Handles, errors and bytes: a verb goes by its name with a JSON text, samples as little-endian columns
//! ([`humantwin::border::columns_to_bytes`]). The typed methods that people call are generated from the schemas,
//! in `swift/` and `kotlin/`; nothing here knows a verb, an event or a metric by name.
//!
//! ```
//! use humantwin_mobile::BorderEngine;
//! let engine = BorderEngine::open(r#"{"now":"2026-03-01T12:00:00Z"}"#.into())?;
//! let state = engine.twin("me".into(), String::new())?.call("state".into(), String::new(), None, None)?;
//! assert!(state.starts_with(r#"{"twin":"me","at":"2026-03-01T12:00:00Z""#));
//! # Ok::<(), humantwin_mobile::BorderError>(())
//! ```

mod bytes;
mod engine;
mod error;
mod twin;
mod watch;

pub use bytes::Bytes;
pub use engine::BorderEngine;
pub use error::BorderError;
pub use twin::{BorderColumns, BorderTwin, Progress};
pub use watch::{BorderSubscription, BorderWatch, Told};

uniffi::setup_scaffolding!();
