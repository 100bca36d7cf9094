//! Judging and correcting predictions.

pub mod calibration;
pub mod logistic;
pub mod metrics;
pub mod online;
