use serde::{Deserialize, Serialize};
use twin_core::Timestamp;
use twin_core::estimate::Estimate;

/// One training session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Start; UTC.
    pub start: Timestamp,
    /// The sport, snake_case: `running`.
    pub sport: String,
    /// Duration, minutes.
    pub duration_min: Option<f64>,
    /// Distance, km.
    pub distance_km: Option<f64>,
    /// Mean heart rate, per minute.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Load, in units of `load_method`.
    pub load: Option<f64>,
    /// How the load was computed.
    pub load_method: String,
    /// Who recorded it.
    pub source: String,
}

/// Something the person noted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// When; UTC.
    pub at: Timestamp,
    /// What sort.
    pub kind: NoteKind,
    /// The words, as noted.
    pub text: String,
    /// How much, in `unit`.
    pub amount: Option<f64>,
    /// Unit of `amount`: `mg`, `drinks`, `of 10`.
    #[serde(default)]
    pub unit: String,
}

/// Sorts of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A symptom, in the person's words.
    Symptom,
    /// Caffeine.
    Caffeine,
    /// Alcohol.
    Alcohol,
    /// Anything else.
    Other,
}

/// A source and what came from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceRow {
    /// The source.
    pub source: String,
    /// Device, where named.
    pub device: String,
    /// Kind: `watch`, `phone`, `calendar`, `diary` …
    pub kind: String,
    /// What it gave, in words people read: `Heart rate`, `Steps`.
    pub gave: Vec<String>,
    /// First sample or event; UTC.
    pub first: Option<Timestamp>,
    /// Last sample or event; UTC.
    pub last: Option<Timestamp>,
    /// Number of samples and events.
    pub samples: u64,
    /// Share of the span's days with data, 0..=1.
    pub coverage: Option<f64>,
}

/// How much of each day a family of metrics covers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The family: `Sleep`, `Heart rate`.
    pub family: String,
    /// Share covered, 0..=1, for each day from the report's `from` to its `to`; absent: nothing was expected or known.
    pub share_by_day: Vec<Option<f64>>,
}

/// An estimate and its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EstimateRow {
    /// Name for people: `Readiness`.
    pub title: String,
    /// The estimate.
    pub estimate: Estimate,
}

/// One import: what was read and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportRow {
    /// File or feed, as far as the owner wants it named.
    pub name: String,
    /// Format: `fit`, `gpx`, `ics`.
    pub format: String,
    /// Events kept.
    pub events: u64,
    /// Samples kept.
    pub samples: u64,
    /// Known already.
    pub duplicates: u64,
    /// Refused, by code.
    pub refused: Vec<RefusedCount>,
}

/// How many were refused for one reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefusedCount {
    /// Code: `out_of_range`, `truncated`.
    pub code: String,
    /// How many.
    pub count: u64,
    /// The reason in a few words, without personal data.
    pub reason: String,
}
