//! Streams that are measured as they come, in constant memory.
//!
//! * [`heart_rate`]: level, spread, extremes and slope over a running window of time
//! * [`sleep`]: a night from its epochs
//! * beats: [`super::hrv::streaming`]

pub mod heart_rate;
pub mod sleep;

pub use heart_rate::{HeartRateFeatures, HeartRateWindow};
pub use sleep::{SleepEpochs, SleepTotals};
