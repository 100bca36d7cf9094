//! Models of what a person can do in a time: how long tasks take, what a day and the coming weeks hold, and what it
//! costs the person.

pub mod breaks;
pub mod burnout;
pub mod conjugate;
pub mod daily;
pub mod duration;
pub mod ets;
pub mod forecast;
mod gated;
pub mod load;
pub mod local_level;
pub mod peaks;
pub mod random_intercept;
pub mod strain;
pub mod stress;
pub mod weekly;
