//! What a prediction looks like.

use twin_core::Timestamp;
use twin_core::estimate::Estimate;
use twin_macros::payload;

/// What a model says of the person. Nothing here is a diagnosis.
#[payload(full)]
pub struct PredictionView {
    /// The model's id.
    pub model: String,
    /// Its version.
    pub version: String,
    /// What it estimates.
    pub title: String,
    /// At which moment.
    pub at: Timestamp,
    /// What it says. An estimate without a value says by its status and `gaps` why.
    pub estimates: Vec<NamedEstimate>,
    /// What it says of the hours or days to come, or of those that were.
    pub curves: Vec<CurveView>,
    /// Stretches of time it names: peak windows, episodes.
    pub spans: Vec<SpanView>,
    /// What it says in plain words.
    pub words: Vec<String>,
}

/// An estimate with the name of what is estimated.
#[payload(full)]
pub struct NamedEstimate {
    /// What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what is usual, and
    /// with `_z` the distance from it.
    pub name: String,
    /// The estimate.
    pub estimate: Estimate,
}

/// A quantity over time.
#[payload(full)]
pub struct CurveView {
    /// What it is.
    pub name: String,
    /// UCUM unit.
    pub unit: String,
    /// Its points, in time order.
    pub points: Vec<PointView>,
}

/// A quantity at a moment.
#[payload(full)]
pub struct PointView {
    /// When.
    pub at: Timestamp,
    /// The value.
    pub value: f64,
    /// Low end of the 80 % interval.
    pub low: Option<f64>,
    /// High end of the 80 % interval.
    pub high: Option<f64>,
}

/// A stretch of time with a name.
#[payload(full)]
pub struct SpanView {
    /// What it is: `peak_window`, `anomaly`, `stress_episode` …
    pub name: String,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// Its level, in `unit`.
    pub value: Option<f64>,
    /// UCUM unit of the value.
    pub unit: Option<String>,
    /// How probable it is, 0..=1.
    pub probability: Option<f64>,
    /// In plain words.
    pub note: Option<String>,
}
