//! The verbs of a twin, one file each.

mod consent;
mod export;
mod history;
#[cfg(feature = "files")]
mod import;
mod record;
#[cfg(feature = "report")]
mod report;
mod state;
mod verify;
mod windows;

pub use history::{HistoryQuery, HistoryView, Resolution};
#[cfg(feature = "files")]
pub use import::{ImportOptions, ImportView, Progress, RefusedView};
pub use record::RecordedView;
#[cfg(feature = "report")]
pub use report::ReportOptions;
pub use verify::VerifyView;
pub use windows::{WindowShape, WindowsQuery};
