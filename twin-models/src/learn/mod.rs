//! Judging and correcting predictions.

pub mod calibration;
pub mod metrics;
