//! What systems around the twin did. Shown in history, and folded into nothing else.

use twin_macros::payload;

/// A twin was made.
#[payload]
pub struct TwinCreated {
    /// By which product.
    pub product: Option<String>,
}

/// A prediction was shown or used.
#[payload]
pub struct PredictionMade {
    /// The model.
    pub model: String,
    /// Its version.
    pub version: String,
    /// What was estimated.
    pub name: String,
    /// The value; absent where there was none.
    pub value: Option<f64>,
    /// Low end of the 80 % interval.
    pub low: Option<f64>,
    /// High end of the 80 % interval.
    pub high: Option<f64>,
    /// UCUM unit.
    pub unit: Option<String>,
}

/// A model was changed.
#[payload]
pub struct ModelUpdated {
    /// The model.
    pub model: String,
    /// The version now.
    pub version: String,
    /// The version before.
    pub before: Option<String>,
    /// Why.
    pub reason: Option<String>,
}
