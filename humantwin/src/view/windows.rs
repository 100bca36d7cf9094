//! Windows of time, as people ask about them.

use twin_core::Timestamp;
use twin_macros::payload;

/// Windows over a metric or facts. A window of which nothing is known is not there; it is not zero.
#[payload(full)]
pub struct WindowsView {
    /// The ready-made windows' name, or the metric.
    pub name: String,
    /// In words.
    pub about: String,
    /// The metric, where it is one.
    pub metric: Option<String>,
    /// UCUM unit of the values.
    pub unit: String,
    /// What is said of each window: `mean` (weighted by time), `sum` or `count`.
    pub statistic: String,
    /// Windows are complete up to here: the moment of reading.
    pub watermark: Timestamp,
    /// As known at which moment, where asked for.
    pub known_at: Option<Timestamp>,
    /// What each window is held against, in `unit`.
    pub goal: Option<f64>,
    /// The windows, oldest first.
    pub windows: Vec<WindowView>,
    /// What was missing.
    pub gaps: Vec<String>,
}

/// One window.
#[payload(full)]
pub struct WindowView {
    /// Start; UTC.
    pub start: Timestamp,
    /// End, excluded; UTC. Of a session the end of its last sample.
    pub end: Timestamp,
    /// The figure, in the view's unit.
    pub value: Option<f64>,
    /// Least value; of means only.
    pub min: Option<f64>,
    /// Greatest value; of means only.
    pub max: Option<f64>,
    /// Last value by event time; of means only.
    pub last: Option<f64>,
    /// Samples or facts that touch the window.
    pub count: u64,
    /// Share of the window with a value, 0..=1; absent for instants, which have no length.
    pub coverage: Option<f64>,
    /// The window is over.
    pub complete: bool,
    /// How many writes after the first added to, corrected or withdrew what is known of the window.
    pub revision: u32,
    /// Who said it.
    pub sources: Vec<String>,
    /// Difference from the window just before, where that is known.
    pub change: Option<f64>,
    /// Means over this window and those before it.
    pub trailing: Vec<TrailingView>,
    /// The value over the goal.
    pub goal_share: Option<f64>,
}

/// A mean over the last windows.
#[payload(full)]
pub struct TrailingView {
    /// How many windows it looks back on, this one included.
    pub windows: u32,
    /// How many of them are known.
    pub known: u32,
    /// Their mean; absent where less than half of them are known.
    pub mean: Option<f64>,
}
