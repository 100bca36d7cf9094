//! What the outside world writes, made observations in canonical metrics and units.
//!
//! Words: an *input* is bytes the host opened; a *sink* takes observations and refusals.
//!
//! What this crate does *not* do: it opens no file and no connection, reads no clock, knows no store
//! and no model.

pub mod files;
#[cfg(feature = "caldav")]
pub mod services;
#[cfg(feature = "work")]
pub mod work;

#[cfg(not(any(
    feature = "apple-health",
    feature = "fit",
    feature = "calendar",
    feature = "tables",
    feature = "tcx",
    feature = "gpx",
    feature = "bulk",
    feature = "events",
    feature = "vendor",
    feature = "takeout",
    feature = "health-connect",
    feature = "mapped-csv",
    feature = "work"
)))]
compile_error!("turn on at least one family of twin-adapters, such as apple-health, fit, calendar or tables");
