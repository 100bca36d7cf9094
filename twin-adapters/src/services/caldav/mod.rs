//! CalDAV (RFC 4791): the calendars of a server, kept up with by sync tokens (RFC 6578).
//!
//! - `wire`: what crosses: options, requests, answers, the report.
//! - `address`: where requests may go, and paths in one spelling.
//! - `ask`: the bodies of requests.
//! - `multistatus`: the answers, as far as they matter here.
//! - `memory`: what is kept between syncs.
//! - `books`, `notes`: objects to facts and deletions.
//! - `machine`, `discovery`, `round`: which request is next; the way to the calendars; one calendar's turn.
//! - `error`: what a server's answer means for the host.
//!
//! The engine opens no connection: [`Caldav::next`] says what to ask, the host asks it with the HTTP client and the
//! credentials it has, [`Caldav::accept`] takes the answer, until [`Step::Done`].
//!
//! What becomes of an entry is what becomes of it in a file ([`crate::files::calendar`]): the same source, the same
//! record ids, so that a calendar that is both imported and synced counts once. Beyond that:
//!
//! | the server | the twin |
//! | --- | --- |
//! | an object is new or another | its facts; what it no longer shows is deleted |
//! | an object is gone (a member with 404, absent from a whole listing) | its records are deleted, unless another object shows them |
//! | an object is the same, but a meeting of it is over or its series is followed further | it is asked for again |
//! | the sync token is refused | everything is listed; bodies are asked for where the `ETag` is another |
//! | no `sync-collection`, or an answer to it without a token | as above, each time |
//!
//! A meeting that was planned stays known as a plan when it is over, as with files, and goes with its meeting.
//! Changes count in the server's order: where an object is another but its stamps are not newer, its revision is
//! raised above the one known. Deleting a record deletes it up to the stamp that was read.

mod address;
mod ask;
mod books;
mod discovery;
mod error;
mod machine;
mod memory;
mod multistatus;
mod notes;
mod round;
mod wire;

pub use error::CaldavError;
pub use machine::Caldav;
pub use wire::{CaldavOptions, CaldavReport, HttpHeader, HttpRequest, HttpResponse, Step};
