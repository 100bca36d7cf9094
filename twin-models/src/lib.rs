//! Models of body and work: pure functions of samples and parameters, each with its source.
//!
//! ```
//! use twin_models::health::hrv::time_domain;
//! let hrv = time_domain(&[800.0, 810.0, 790.0]).unwrap();
//! assert_eq!(hrv.rmssd_ms, Some(15.811388300841896));
//! ```
//!
//! Vocabulary
//! * *NN interval*: the time between two normal heartbeats, artefacts removed; *RR* is the raw one.
//! * *era*: a stretch of one source and method, within which values may be compared.
//! * *baseline*: what is usual for this person, never for people in general.
//! * *formula* and *gate*: a formula answers for any input that defines it; a gate above it asks for
//!   enough data and answers with an [`Estimate`](twin_core::estimate::Estimate) or its absence.
//!
//! What this crate does not do: it reads no clock, file or network, keeps no state and gives no
//! diagnosis. Days are cut by the caller, who knows the person's time zone.

pub mod capacity;
mod cells;
pub mod collaboration;
pub mod emotion;
pub mod health;
pub mod learn;
mod noise;
pub mod plan;
pub mod registry;
pub mod simulate;
pub mod skill;
pub mod special;
pub mod stats;
pub mod trees;
pub mod work;
