//! How engines and twins are opened from outside.

use crate::engine::{Clock, Engine, EngineOptions, FixedClock, Storage};
use crate::error::{Error, Result};
use std::sync::Arc;
use twin_core::{Access, ActorId, Code, Purpose, Timestamp, TwinId};
use twin_macros::payload;

/// How an engine is opened.
#[payload]
#[derive(Default)]
#[serde(deny_unknown_fields)]
pub struct OpenOptions {
    /// The twin's file, made when it is not there; default: in memory. Not in a browser.
    pub path: Option<String>,
    /// Only to read a file that is there, beside a writer.
    pub read_only: Option<bool>,
    /// Names this device among those that write to one person's twin, the same at every opening; default: 1.
    pub node: Option<i64>,
    /// The clock stands still at this moment: for tests, and to replay a past. Default: the host's clock.
    pub now: Option<Timestamp>,
}

/// Who asks, and what for.
#[payload]
#[serde(deny_unknown_fields)]
pub struct AccessOptions {
    /// Who asks.
    pub actor: String,
    /// What for.
    pub purpose: Purpose,
}

impl OpenOptions {
    /// Opens the engine; `clock` is the host's.
    pub(super) fn open(self, clock: Arc<dyn Clock>) -> Result<Engine> {
        let storage = self.storage()?;
        let clock = match self.now {
            Some(now) => Arc::new(FixedClock(now)),
            None => clock,
        };
        let node = self.node.unwrap_or(1);
        let node = u64::try_from(node).map_err(|_| {
            Error::new(Code::InvalidValue, format!("value of `node` is {node}, expected 0 or more"))
        })?;
        Engine::open(EngineOptions { storage, clock, node })
    }

    fn storage(&self) -> Result<Storage> {
        match (&self.path, self.read_only.unwrap_or(false)) {
            (None, false) => Ok(Storage::Memory),
            (None, true) => Err(Error::new(Code::InvalidValue, "`read_only` needs a `path`")),
            #[cfg(feature = "store-sqlite")]
            (Some(path), false) => Ok(Storage::File(path.into())),
            #[cfg(feature = "store-sqlite")]
            (Some(path), true) => Ok(Storage::ReadOnly(path.into())),
            #[cfg(not(feature = "store-sqlite"))]
            (Some(_), _) => Err(Error::new(
                Code::Unsupported,
                "there are no files here: leave `path` out, and keep what `pack` gives",
            )),
        }
    }
}

impl AccessOptions {
    /// The access; the person's own use where nothing is said.
    pub(super) fn of(person: &str, options: Option<Self>) -> Result<Access> {
        match options {
            None => Ok(Access::own(&TwinId::new(person)?)),
            Some(said) => Ok(Access::new(ActorId::new(&said.actor)?, said.purpose)),
        }
    }
}
