//! The contract of the verbs: who may, all or nothing, the past as it was, equal facts equal state.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod access;
mod errors;
mod files;
mod hash;
mod help;
mod merging;
mod past;
#[path = "../../examples/sample_person/mod.rs"]
mod person;
mod predicting;
mod reporting;
mod watching;
mod windows;
mod working;
mod working_facts;
mod writes;
