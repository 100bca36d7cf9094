//! What the command does when files, disks and moments are bad: it says so in one line with a code, keeps
//! what it acknowledged, and goes on from there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise, and says what it skipped"
)]

mod disks;
mod files;
mod stops;
mod tool;
mod words;
