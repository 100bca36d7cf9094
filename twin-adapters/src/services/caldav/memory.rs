use super::error::CaldavError;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::{Error, RecordId, Result, Timestamp};

/// Version of the state's form.
const VERSION: u32 = 1;

/// What is kept between syncs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    version: u32,
    /// The server.
    pub(super) origin: String,
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
    /// By path.
    pub(super) calendars: BTreeMap<String, Calendar>,
    /// Records told, and the last of those deleted.
    pub(super) records: BTreeMap<RecordId, Known>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Calendar {
    pub(super) token: Option<String>,
    /// By path.
    pub(super) items: BTreeMap<String, Item>,
}

/// An object of a calendar.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) etag: Option<String>,
    /// From then on its facts are others, though it is the same.
    pub(super) due: Option<Timestamp>,
    /// It has occurrences outside of `from` and `to`.
    pub(super) outside: bool,
    pub(super) records: BTreeSet<RecordId>,
}

/// A revision. JSON numbers do not hold all of its bits everywhere: it is written as a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Rank(pub(super) u64);

impl From<Rank> for String {
    fn from(rank: Rank) -> Self {
        format!("{:x}", rank.0)
    }
}

impl TryFrom<String> for Rank {
    type Error = std::num::ParseIntError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&text, 16).map(Self)
    }
}

/// Revisions of a record.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Known {
    /// As an object gave it last.
    pub(super) read: Rank,
    /// The highest that was told; one that comes after has to be above it.
    pub(super) told: Rank,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) gone: bool,
}

impl Known {
    /// What holds when an object gives this revision now; stamps may be old, the server's order counts.
    pub(super) fn next(old: Option<Self>, read: Rank) -> Self {
        let told = match old {
            Some(old) if read == old.read && !old.gone => old.told,
            Some(old) if read <= old.told => Rank(old.told.0.saturating_add(1)),
            _ => read,
        };
        Self { read, told, gone: false }
    }
}

impl Memory {
    /// The state of a last report, empty without one.
    pub(super) fn of(state: Option<&str>, origin: &str) -> Result<Self, CaldavError> {
        let Some(state) = state else {
            return Ok(Self { version: VERSION, origin: origin.to_owned(), ..Self::default() });
        };
        let memory: Self =
            serde_json::from_str(state).map_err(|_| Error::malformed("state", "it is no state of a sync"))?;
        if memory.version != VERSION {
            return Err(Error::Unsupported(format!("a state of version {}", memory.version)).into());
        }
        if memory.origin != origin {
            let wanted = "the state of a sync with this server; without a state everything is read";
            return Err(Error::invalid("state", "one of another server", wanted).into());
        }
        Ok(memory)
    }
}
