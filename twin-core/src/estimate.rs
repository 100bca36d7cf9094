//! The one form every estimate has.

use crate::time::Timestamp;
use twin_macros::payload;

/// A number with all that one needs to trust it, or not: unit, interval, confidence, reasons, gaps.
///
/// Nothing here is a diagnosis.
#[payload]
pub struct Estimate {
    /// The value; absent where it cannot be given honestly.
    pub value: Option<f64>,
    /// UCUM unit.
    pub unit: String,
    /// Low end of the 80 % interval.
    pub low: Option<f64>,
    /// High end of the 80 % interval.
    pub high: Option<f64>,
    /// Confidence, 0..=1.
    pub confidence: f64,
    /// What sort of number it is.
    pub kind: EstimateKind,
    /// Whether and why it can be given.
    pub status: EstimateStatus,
    /// Effective number of observations behind it.
    pub n_effective: f64,
    /// Share of it that comes from the population and not from the person, 0..=1.
    pub prior_share: f64,
    /// Share of the input that was there, 0..=1.
    pub coverage: f64,
    /// The newest input.
    pub as_of: Option<Timestamp>,
    /// What moved it, adding up to value minus baseline.
    pub contributions: Vec<Contribution>,
    /// What was missing.
    pub gaps: Vec<String>,
    /// The model.
    pub model: String,
    /// The model's version.
    pub version: String,
}

/// Sorts of numbers.
#[payload]
pub enum EstimateKind {
    /// A quantity with a unit.
    Quantity,
    /// A probability, 0..=1.
    Probability,
    /// A score of our own making.
    Index,
}

/// Whether an estimate can be given.
#[payload]
pub enum EstimateStatus {
    /// It can.
    Ok,
    /// It can, on little data.
    Provisional,
    /// Too little data.
    InsufficientData,
    /// The newest input is too old.
    Stale,
    /// The asker may not see it.
    Masked,
    /// An input is outside what the model was made for.
    OutOfRangeInput,
    /// The model declines.
    Abstained,
}

/// One reason for an estimate.
#[payload]
pub struct Contribution {
    /// The input.
    pub feature: String,
    /// By how much it moved the value, in the estimate's unit.
    pub amount: f64,
    /// The person's usual value.
    pub baseline: Option<f64>,
    /// The value now.
    pub now: Option<f64>,
    /// UCUM unit of `baseline` and `now`.
    pub unit: String,
}

impl Estimate {
    /// An estimate that cannot be given, and why.
    #[must_use]
    pub fn absent(model: &str, version: &str, unit: &str, status: EstimateStatus, gaps: Vec<String>) -> Self {
        Self {
            value: None,
            unit: unit.into(),
            low: None,
            high: None,
            confidence: 0.0,
            kind: EstimateKind::Quantity,
            status,
            n_effective: 0.0,
            prior_share: 0.0,
            coverage: 0.0,
            as_of: None,
            contributions: Vec::new(),
            gaps,
            model: model.into(),
            version: version.into(),
        }
    }
}
