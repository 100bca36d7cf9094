//! One file a command.

pub(crate) mod consent;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod maintain;
pub(crate) mod merge;
pub(crate) mod plan;
pub(crate) mod predict;
pub(crate) mod report;
pub(crate) mod simulate;
pub(crate) mod state;
pub(crate) mod verify;
pub(crate) mod why;
pub(crate) mod windows;

use crate::args::{MomentArgs, TwinArgs};
use humantwin::core::{ActorId, TwinId, Zone};
use humantwin::{
    Access, Code, Engine, EngineOptions, Error, LocalDate, Purpose, Storage, SystemClock, Timestamp, Twin,
};
use std::path::Path;
use std::sync::Arc;

/// Opens a twin for writing, or for reading where writing is somebody else's at the moment.
pub(crate) fn open(args: &TwinArgs, write: bool) -> Result<Twin, Error> {
    if !write && !args.twin.exists() {
        return Err(Error::new(
            Code::NotFound,
            format!("there is no twin at `{}`; `humantwin import` makes one", args.twin.display()),
        ));
    }
    match open_as(args, Storage::File(args.twin.clone())) {
        // A reader keeps what it folds in memory and writes nothing.
        Err(error) if !write && matches!(error.code, Code::Conflict | Code::Storage) => {
            open_as(args, Storage::ReadOnly(args.twin.clone())).map_err(|_| error)
        }
        opened => opened,
    }
}

fn open_as(args: &TwinArgs, storage: Storage) -> Result<Twin, Error> {
    let mut options = EngineOptions::new(storage, Arc::new(SystemClock));
    options.node = node_of(&args.twin);
    let mut access = Access::own(&TwinId::new(&args.person)?);
    if let Some(actor) = &args.actor {
        access.actor = ActorId::new(actor)?;
    }
    if let Some(purpose) = &args.purpose {
        access.purpose = Purpose::parse(purpose)?;
    }
    Engine::open(options)?.twin(&args.person, access)
}

/// A number that stands for this file on this machine.
fn node_of(path: &Path) -> u64 {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let id = humantwin::core::EventId::of("node", &[full.as_os_str().as_encoded_bytes()]);
    id.0.first_chunk::<8>().map_or(1, |b| u64::from_le_bytes(*b))
}

/// Which edge of a day is meant.
#[derive(Clone, Copy)]
pub(crate) enum Edge {
    Start,
    /// The last instant that is still part of it.
    Last,
}

/// A moment: RFC 3339, or a day in the zone the person lived in.
pub(crate) fn moment(twin: &Twin, text: &str, edge: Edge) -> Result<Timestamp, Error> {
    // A moment first: what follows the day in it must not be lost.
    let said = match text.parse::<Timestamp>() {
        Ok(moment) => return Ok(moment),
        Err(said) => said,
    };
    let date = text.parse::<LocalDate>().ok().filter(|_| !text.contains([':', 'T', ' '])).ok_or(said)?;
    let (start, end) = twin.day_bounds(date)?;
    Ok(match edge {
        Edge::Start => start,
        Edge::Last => end.plus_micros(-1),
    })
}

/// The twin that is asked, at which moment, as known at which.
fn asked(args: &MomentArgs) -> Result<(Twin, Option<Timestamp>, Option<Timestamp>), Error> {
    let twin = open(&args.twin, false)?;
    let time = |t: &Option<String>| t.as_deref().map(|t| moment(&twin, t, Edge::Last)).transpose();
    let (at, known_at) = (time(&args.at)?, time(&args.known_at)?);
    Ok((twin, at, known_at))
}

/// This machine's zone, where it has one with a name; else UTC.
pub(crate) fn machine_zone() -> (Zone, Option<String>) {
    let zone = jiff::tz::TimeZone::system();
    match zone.iana_name().and_then(|name| Zone::named(name).ok().map(|z| (z, name.to_owned()))) {
        Some((zone, name)) => (zone, Some(name)),
        None => (Zone::utc(), None),
    }
}
