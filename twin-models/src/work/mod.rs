//! Models of work.

pub mod calendar_load;
