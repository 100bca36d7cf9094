//! The handles that bindings hold.

use super::WatchRequest;
use super::open::{AccessOptions, OpenOptions};
use super::series::{SeriesColumns, SeriesQuery};
use super::verbs::{Answer, Beside, dispatch, read};
use super::watch::{WatchDoor, Watches};
use crate::engine::{Clock, Engine};
use crate::error::{Error, Result};
use crate::twin::Twin;
use crate::verbs::{Progress, RecordedView, Subscription, WatchView};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};
use twin_core::{Access, Code};

/// An engine as bindings hold it. Cheap to clone; every clone is the same engine.
#[derive(Clone)]
pub struct Door {
    open: Arc<RwLock<Option<Arc<Open>>>>,
}

/// What is there while an engine is open: closing lets go of all of it, and of the file.
pub(super) struct Open {
    engine: Engine,
    pub(super) watches: Watches,
}

impl Door {
    /// Opens an engine: `options` is the JSON of [`OpenOptions`], `clock` the host's clock.
    ///
    /// # Errors
    /// `invalid_value` for options that are none, and as [`Engine::open`].
    pub fn open(options: &str, clock: Arc<dyn Clock>) -> Result<Self> {
        let options: OpenOptions = read("open", options)?;
        let engine = guarded(|| options.open(clock))?;
        let open = Arc::new(Open { engine, watches: Watches::default() });
        Ok(Self { open: Arc::new(RwLock::new(Some(open))) })
    }

    /// The twin of a person; `access` is the JSON of [`AccessOptions`], or nothing for their own use.
    ///
    /// # Errors
    /// As [`Engine::twin`]; `not_found` when the engine is closed.
    pub fn twin(&self, person: &str, access: &str) -> Result<TwinDoor> {
        let access = if access.trim().is_empty() { None } else { read("access", access)? };
        let access = AccessOptions::of(person, access)?;
        let door = TwinDoor { door: self.clone(), person: person.to_owned(), access };
        door.with(|_| Ok(()))?;
        Ok(door)
    }

    /// Closes the engine: later calls answer `not_found`, and the file is free when the calls under way have
    /// ended. Closing again is no error.
    pub fn close(&self) {
        drop(self.open.write().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Was it closed?
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.opened().is_err()
    }

    /// What is open, unlocked: a host may call again from within a call, and close meanwhile.
    pub(super) fn opened(&self) -> Result<Arc<Open>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let closed = || Error::new(Code::NotFound, "the engine is closed; open it again");
        open.clone().ok_or_else(closed)
    }
}

/// One person's twin as bindings hold it, bound to an access.
#[derive(Clone)]
pub struct TwinDoor {
    door: Door,
    person: String,
    access: Access,
}

impl TwinDoor {
    /// Calls a verb by name. `request` is its JSON, empty for none; `bytes` are those it takes beside it.
    ///
    /// # Errors
    /// Those of the verb; `not_found` for a verb that is none and for a closed engine; `invalid_value` for a
    /// request that is none; `internal` for a panic.
    ///
    /// ```
    /// use humantwin::border::{Answer, Door};
    /// # use humantwin::SystemClock;
    /// let door = Door::open(r#"{"now":"2026-03-01T12:00:00Z"}"#, std::sync::Arc::new(SystemClock))?;
    /// let Answer::Json(state) = door.twin("me", "")?.call("state", "", None, None)? else { panic!() };
    /// assert!(state.starts_with(r#"{"twin":"me","at":"2026-03-01T12:00:00Z""#));
    /// # Ok::<(), humantwin::Error>(())
    /// ```
    pub fn call<'a>(
        &self,
        verb: &str,
        request: &str,
        bytes: Option<&'a [u8]>,
        progress: Option<Progress<'a>>,
    ) -> Result<Answer> {
        self.with(move |twin| dispatch(twin, verb, request, Beside { bytes, progress }))
    }

    /// Records samples as columns: `starts_us` are UTC microseconds, `durations_us` empty for instants.
    ///
    /// # Errors
    /// As [`Twin::record_series`].
    pub fn record_series(
        &self,
        source: &str,
        metric: &str,
        unit: &str,
        starts_us: impl Into<Vec<i64>>,
        durations_us: impl Into<Vec<i64>>,
        values: impl Into<Vec<f64>>,
    ) -> Result<RecordedView> {
        let (starts, durations, values) = (starts_us.into(), durations_us.into(), values.into());
        self.with(|twin| twin.record_series(source, metric, unit, starts, durations, values))
    }

    /// Reads samples as columns; `query` is the JSON of [`SeriesQuery`].
    ///
    /// # Errors
    /// As [`Twin::history`].
    pub fn series(&self, query: &str) -> Result<SeriesColumns> {
        let query: SeriesQuery = read("series", query)?;
        self.with(|twin| query.run(twin))
    }

    /// Watches days or windows; `request` is the JSON of [`WatchRequest`].
    ///
    /// # Errors
    /// As [`Twin::watch`].
    pub fn watch(&self, request: &str) -> Result<WatchDoor> {
        let request: WatchRequest = read("watch", request)?;
        let watch = self.with(|twin| twin.watch(request.try_into()?))?;
        Ok(WatchDoor::new(self.door.clone(), self.door.opened()?.watches.add(watch)))
    }

    /// As [`TwinDoor::watch`], and pushes: `told` hears of the differences after each verb that wrote, as the
    /// JSON of a `WatchView`. Dropping the subscription ends it.
    ///
    /// # Errors
    /// As [`Twin::watch_with`].
    pub fn watch_with(&self, request: &str, mut told: Box<dyn FnMut(&str) + Send>) -> Result<Subscription> {
        let request: WatchRequest = read("watch", request)?;
        let told = Box::new(move |view: &WatchView| {
            if let Ok(text) = serde_json::to_string(view) {
                told(&text);
            }
        });
        self.with(|twin| twin.watch_with(request.try_into()?, told))
    }

    /// The person's id.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The engine it belongs to.
    #[must_use]
    pub const fn door(&self) -> &Door {
        &self.door
    }

    /// Runs something on the twin.
    fn with<T>(&self, run: impl FnOnce(&Twin) -> Result<T>) -> Result<T> {
        let open = self.door.opened()?;
        guarded(|| run(&open.engine.twin(&self.person, self.access.clone())?))
    }
}

/// A panic is a bug of ours: it arrives as `internal`, and the process lives on.
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        Err(Error::new(Code::Internal, "a bug in humantwin stopped this call; please report it"))
    })
}
