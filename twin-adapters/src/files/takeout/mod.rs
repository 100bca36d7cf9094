//! Google Fit: its folder in Google Takeout, and data sets of its service.
//!
//! | file | what is read |
//! | --- | --- |
//! | `All Data/*.json`, a data set `{dataSourceId, point}` | points of one stream |
//! | `All Sessions/*.json` | workouts, and sleeps with their stages |
//! | `Daily activity metrics/*.csv` | days, and quarters of an hour |
//!
//! The same steps stand in several streams: raw from each device and app, and merged. Each stream is a
//! source of its own, `google_fit/<app>/<device>`, merged ones `google_fit`, and tables
//! `google_fit/daily`, so that nothing is added up twice. Points with a place are not read.

mod points;
mod sessions;
mod tables;
mod types;

use super::ReadOptions;
use super::shared::out::Out;
use super::shared::text::head_text;
use std::io::BufRead;
use twin_core::Result;
use twin_core::observation::Sink;

/// A shape of Google Fit's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Points of a stream.
    Points,
    /// One session.
    Session,
    /// A table of days, or of a day's quarters of an hour.
    Daily,
}

impl Shape {
    /// The stable word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Points => "google_fit_points",
            Self::Session => "google_fit_session",
            Self::Daily => "google_fit_daily",
        }
    }
}

/// The shape these first bytes have, if known.
#[must_use]
pub fn matches(head: &[u8]) -> Option<Shape> {
    let text = head_text(head);
    let text = text.trim_start();
    if text.starts_with('{') {
        let has = |key: &str| text.contains(key);
        if has("\"Data Source\"") || (has("\"dataSourceId\"") && has("\"minStartTimeNs\"")) {
            return Some(Shape::Points);
        }
        return (has("\"fitnessActivity\"") && has("\"startTime\"")).then_some(Shape::Session);
    }
    let header = text.lines().next().unwrap_or_default();
    let timed = header.starts_with("Date,") || header.starts_with("Start time,End time,");
    let known = ["Move Minutes count", "Heart Points", "Heart Minutes", "Step count", "Calories (kcal)"];
    (timed && known.iter().any(|name| header.contains(name))).then_some(Shape::Daily)
}

/// Reads a file of a shape.
///
/// # Errors
/// `malformed` when nothing could be used, `unsupported` for a table of a day whose date only its name
/// could tell, and what the sink returns to end the reading.
pub fn read(shape: Shape, input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut out = Out::new(options, sink);
    match shape {
        Shape::Points => points::read(input, &mut out)?,
        Shape::Session => sessions::read(input, &mut out)?,
        Shape::Daily => tables::read(input, &mut out)?,
    }
    out.finish(shape.as_str())
}
