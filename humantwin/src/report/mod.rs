//! One self-contained HTML page about a twin: what was measured, how much of it, and what is usual for the person.
//!
//! ```
//! # use humantwin::report::{ReportData, render};
//! # use twin_core::ZoneId;
//! let data = ReportData::new("Sample", "2026-03-02T07:00:00Z".parse()?, ZoneId::new("Europe/Paris")?,
//!     "2026-03-01".parse()?, "2026-03-02".parse()?);
//! let page = render(&data);
//! assert!(page.starts_with("<!doctype html>") && page.contains("No sleep in this span"));
//! # Ok::<(), twin_core::Error>(())
//! ```
//!
//! The page loads nothing: styles, the chart library and the numbers are inside it, and its content security
//! policy names the hashes of exactly these styles and scripts. Without scripts the cards, the strips and every
//! data table are still there. The same data give the same bytes.
//!
//! What this module does *not* do: it reads no store, no clock and no file, computes no baseline and no score, and
//! names no illness. A day without data stays a gap.

mod chart;
mod data;
mod frame;
mod html;
mod page;
mod sections;
mod strip;
mod table;
mod trace;

pub use data::{
    ActivityDay, CalendarDay, Card, CardFormat, CheckIn, Coverage, Day, DayLoad, EstimateRow, HeartDay,
    HrvDay, ImportRow, Note, NoteKind, Outlook, Percentiles, RefusedCount, ReportData, Session, SleepNight,
    SourcePiece, SourceRow, Standing, TrainingState, WhatIf, WhatIfDay, WhatIfQuantity,
};
pub(crate) use sections::{SHOWN_MODELS, WORK_MODELS};

/// The page: one HTML document that needs no network.
///
/// At most the last 400 days of the span are drawn; the page says so where days are left out. Days outside
/// `from..=to` are ignored; of two rows of one day the later one in the list counts. Values that are not finite
/// count as missing.
#[must_use]
pub fn render(data: &ReportData) -> String {
    page::render(data)
}
