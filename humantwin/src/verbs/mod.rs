//! The verbs of a twin, one file each.

mod consent;
mod export;
mod figures;
mod history;
#[cfg(feature = "files")]
mod import;
mod maintain;
mod merge;
mod plan;
mod predict;
#[cfg(feature = "files")]
mod receive;
mod record;
#[cfg(feature = "report")]
mod report;
mod simulate;
mod state;
#[cfg(feature = "files")]
mod sync_calendar;
mod verify;
mod watch;
mod why;
mod windows;

pub use figures::Figure;
pub use history::{HistoryQuery, HistoryRow, HistoryView, Resolution};
#[cfg(feature = "files")]
pub use import::{ImportOptions, ImportView, Progress, RefusedView};
pub use maintain::MaintainView;
pub use merge::MergeReport;
#[cfg(feature = "files")]
pub use receive::{HeaderField, ReceiveRequest, ReceivedView};
pub use record::RecordedView;
#[cfg(feature = "report")]
pub use report::ReportOptions;
pub use simulate::{BandView, PlanChange, Scenario, SimulatedQuantity, SimulationView};
#[cfg(feature = "files")]
pub use sync_calendar::{
    CalendarStart, CalendarSynced, HttpAnswer, HttpAsk, SyncCalendarRequest, SyncCalendarView,
};
pub use verify::VerifyView;
pub(crate) use watch::Watchers;
pub use watch::{Subscription, Watch, WatchChange, WatchQuery, WatchView};
pub use why::{WhyDay, WhyInput, WhyQuery, WhyView};
pub use windows::{WindowShape, WindowsQuery};
