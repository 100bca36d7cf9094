use crate::error::{Error, Result};
use crate::insight::Views;
use crate::twin::Twin;
use crate::verbs::Watchers;
#[cfg(feature = "store-sqlite")]
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use twin_core::log::Log;
use twin_core::store::{EventStore, MemoryStore};
use twin_core::{Access, Code, Timestamp, TwinId};

/// Tells the engine what time it is. The engine itself reads no clock.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The clock of the operating system.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp::from_micros(since.map_or(0, |d| i64::try_from(d.as_micros()).unwrap_or(i64::MAX)))
    }
}

/// A clock that stands still: for tests, and for reading at a chosen moment.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Where a twin is kept.
pub enum Storage {
    /// In memory, as long as the engine lives.
    Memory,
    /// In one SQLite file that is made when it is not there.
    #[cfg(feature = "store-sqlite")]
    File(PathBuf),
    /// In one SQLite file that is there, for reading only; others may write to it meanwhile.
    #[cfg(feature = "store-sqlite")]
    ReadOnly(PathBuf),
    /// In a store of the host's own.
    Own(Box<dyn EventStore>),
}

/// How an engine is opened.
pub struct EngineOptions {
    /// Where the twin is kept.
    pub storage: Storage,
    /// The host's clock.
    pub clock: Arc<dyn Clock>,
    /// Names this device among those that write to one person's twin; the same at every opening.
    pub node: u64,
}

impl EngineOptions {
    /// Options with the node 1 of a single device.
    #[must_use]
    pub fn new(storage: Storage, clock: Arc<dyn Clock>) -> Self {
        Self { storage, clock, node: 1 }
    }
}

/// The engine: opened once over a store, hands out twins bound to an access.
///
/// ```
/// use humantwin::{Engine, EngineOptions, FixedClock, Storage};
/// use std::sync::Arc;
///
/// let noon = FixedClock("2026-03-01T12:00:00Z".parse()?);
/// let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(noon)))?;
/// let twin = engine.own_twin("me")?;
/// twin.record_json(r#"{"specversion":"1.0","id":"1","source":"diary","type":"health.caffeine_consumed",
///     "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#)?;
/// assert_eq!(twin.state(None, None)?.day.caffeine_mg, Some(80.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Engine {
    slot: Mutex<Slot>,
    clock: Arc<dyn Clock>,
    node: u64,
    watchers: Arc<Watchers>,
    views: Arc<Views>,
}

enum Slot {
    /// Opened, and not yet asked for a person.
    Waiting(Option<Box<dyn EventStore>>),
    Bound(Arc<Mutex<Log>>),
}

impl Engine {
    /// Opens an engine.
    ///
    /// # Errors
    /// `conflict` when another process writes to the file, `unsupported` when a newer version made
    /// it, `corrupt` when it is no twin, `not_found` when a reader finds none, `storage`.
    pub fn open(options: EngineOptions) -> Result<Self> {
        let store: Box<dyn EventStore> = match options.storage {
            Storage::Memory => Box::new(MemoryStore::new()),
            Storage::Own(store) => store,
            #[cfg(feature = "store-sqlite")]
            Storage::File(path) => {
                Box::new(twin_store::SqliteStore::open(&path, twin_store::OpenMode::Write)?)
            }
            #[cfg(feature = "store-sqlite")]
            Storage::ReadOnly(path) => {
                Box::new(twin_store::SqliteStore::open(&path, twin_store::OpenMode::Read)?)
            }
        };
        Ok(Self {
            slot: Mutex::new(Slot::Waiting(Some(store))),
            clock: options.clock,
            node: options.node,
            watchers: Arc::default(),
            views: Arc::default(),
        })
    }

    /// The twin of a person, for one access. Every verb of it is held to that access.
    ///
    /// # Errors
    /// `conflict` when the store holds another person; `invalid_value` for a bad id.
    pub fn twin(&self, person: &str, access: Access) -> Result<Twin> {
        let person = TwinId::new(person)?;
        let mut slot = self.slot.lock().map_err(|_| poisoned())?;
        let log = match &mut *slot {
            Slot::Bound(log) => Arc::clone(log),
            Slot::Waiting(store) => {
                let store = store.take().ok_or_else(|| {
                    Error::new(Code::Internal, "the engine could not open its store; open a new engine")
                })?;
                let log = Arc::new(Mutex::new(Log::open(store, person.clone(), self.node)?));
                *slot = Slot::Bound(Arc::clone(&log));
                log
            }
        };
        if *log.lock().map_err(|_| poisoned())?.twin() != person {
            return Err(Error::new(Code::Conflict, "the store holds the twin of another person"));
        }
        let (watchers, views) = (Arc::clone(&self.watchers), Arc::clone(&self.views));
        Ok(Twin::new(log, Arc::clone(&self.clock), access, watchers, views))
    }

    /// The twin of a person, for their own use.
    ///
    /// # Errors
    /// As [`Engine::twin`].
    pub fn own_twin(&self, person: &str) -> Result<Twin> {
        let access = Access::own(&TwinId::new(person)?);
        self.twin(person, access)
    }
}

pub(crate) fn poisoned() -> Error {
    Error::new(Code::Internal, "an earlier call stopped half-way; open the engine again")
}
