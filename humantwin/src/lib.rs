//! humantwin

pub mod report;
