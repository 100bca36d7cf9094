//! Models of the body. None of them is a diagnosis.

pub mod activity;
pub mod baseline;
pub mod hrv;
pub mod sleep;
pub mod training;
