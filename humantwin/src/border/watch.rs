//! Watching from outside.

use super::door::{Door, guarded};
use super::request::WatchRequest;
use crate::error::{Error, Result};
use crate::verbs::{Watch, WatchQuery};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use twin_core::Code;

/// The looks of an open engine: closing it ends them.
#[derive(Default)]
pub(super) struct Watches(Mutex<Vec<Arc<Mutex<Watch>>>>);

impl Watches {
    pub(super) fn add(&self, watch: Watch) -> Weak<Mutex<Watch>> {
        let watch = Arc::new(Mutex::new(watch));
        let weak = Arc::downgrade(&watch);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(watch);
        weak
    }

    fn remove(&self, gone: &Weak<Mutex<Watch>>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|watch| !std::ptr::eq(Arc::as_ptr(watch), gone.as_ptr()));
    }
}

/// A look at a twin that remembers the look before, as bindings hold it. Dropping it ends it.
pub struct WatchDoor {
    door: Door,
    watch: Weak<Mutex<Watch>>,
}

impl WatchDoor {
    pub(super) const fn new(door: Door, watch: Weak<Mutex<Watch>>) -> Self {
        Self { door, watch }
    }

    /// What differs since the look before, as the JSON of a `WatchView`.
    ///
    /// # Errors
    /// As [`Watch::poll`]; `not_found` when the engine is closed.
    pub fn poll(&self) -> Result<String> {
        let _open = self.door.opened()?;
        let gone = || Error::new(Code::NotFound, "the watch has ended");
        let watch = self.watch.upgrade().ok_or_else(gone)?;
        let mut watch = watch.lock().map_err(|_| crate::engine::poisoned())?;
        let view = guarded(|| watch.poll())?;
        serde_json::to_string(&view)
            .map_err(|_| Error::new(Code::Internal, "an answer could not be written as JSON"))
    }
}

impl Drop for WatchDoor {
    fn drop(&mut self) {
        if let Ok(open) = self.door.opened() {
            open.watches.remove(&self.watch);
        }
    }
}

impl TryFrom<WatchRequest> for WatchQuery {
    type Error = Error;
    fn try_from(request: WatchRequest) -> Result<Self> {
        Ok(match request {
            WatchRequest::Days { figure, last } => Self::Days { figure: figure.unwrap_or_default(), last },
            WatchRequest::Windows { query } => Self::Windows(query.try_into()?),
        })
    }
}
