//! Models of what a person can do in a time: how long tasks take, and what the coming weeks hold.

pub mod conjugate;
pub mod duration;
pub mod ets;
pub mod local_level;
pub mod random_intercept;
pub mod weekly;
