use crate::engine::{Clock, poisoned};
use crate::error::Result;
use crate::insight::Views;
use crate::verbs::Watchers;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard};
use twin_core::log::Log;
use twin_core::{Access, Timestamp};

/// One person's twin, bound to an access. Cheap to clone; safe to use from several threads.
#[derive(Clone)]
pub struct Twin {
    log: Arc<Mutex<Log>>,
    clock: Arc<dyn Clock>,
    access: Access,
    watchers: Arc<Watchers>,
    views: Arc<Views>,
}

/// The log of a verb that writes. When it is let go, who watches hears of it: the fields go in this order.
pub(crate) struct Writing<'a> {
    log: MutexGuard<'a, Log>,
    _tell: Tell<'a>,
}

struct Tell<'a>(&'a Watchers);

impl Drop for Tell<'_> {
    fn drop(&mut self) {
        self.0.tell();
    }
}

impl Deref for Writing<'_> {
    type Target = Log;
    fn deref(&self) -> &Log {
        &self.log
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut Log {
        &mut self.log
    }
}

impl Twin {
    pub(crate) fn new(
        log: Arc<Mutex<Log>>,
        clock: Arc<dyn Clock>,
        access: Access,
        watchers: Arc<Watchers>,
        views: Arc<Views>,
    ) -> Self {
        Self { log, clock, access, watchers, views }
    }

    /// Who asks, and what for.
    #[must_use]
    pub const fn access(&self) -> &Access {
        &self.access
    }

    /// Opens the log for a verb: the one place where an access is checked, so that no verb can forget it.
    pub(crate) fn enter(&self) -> Result<(MutexGuard<'_, Log>, Timestamp)> {
        let log = self.log.lock().map_err(|_| poisoned())?;
        let now = log.now(self.clock.now());
        log.context().grants.check(log.twin(), &self.access, now)?;
        Ok((log, now))
    }

    /// As [`Twin::enter`], for verbs that write.
    pub(crate) fn enter_to_write(&self) -> Result<(Writing<'_>, Timestamp)> {
        let (log, now) = self.enter()?;
        Ok((Writing { log, _tell: Tell(&self.watchers) }, now))
    }

    /// The same handle with nobody watching it: what a watcher itself holds.
    pub(crate) fn alone(&self) -> Self {
        Self { watchers: Arc::default(), ..self.clone() }
    }

    /// Decoded days, of all handles of the log.
    pub(crate) fn views(&self) -> &Views {
        &self.views
    }

    /// Who watches.
    pub(crate) const fn watchers(&self) -> &Arc<Watchers> {
        &self.watchers
    }

    /// As [`Twin::enter`], for verbs that only the person's own use may call.
    pub(crate) fn enter_as_owner(&self) -> Result<(MutexGuard<'_, Log>, Timestamp)> {
        let entered = self.enter()?;
        if !self.access.is_own(entered.0.twin()) {
            return Err(self.no_grant().into());
        }
        Ok(entered)
    }

    /// As [`Twin::enter`], for the person alone, also when their own use was revoked: how they come back.
    pub(crate) fn enter_as_person(&self) -> Result<(MutexGuard<'_, Log>, Timestamp)> {
        let log = self.log.lock().map_err(|_| poisoned())?;
        let now = log.now(self.clock.now());
        if !self.access.is_own(log.twin()) {
            return Err(self.no_grant().into());
        }
        Ok((log, now))
    }

    fn no_grant(&self) -> twin_core::Error {
        twin_core::Error::ConsentRequired {
            actor: self.access.actor.to_string(),
            purpose: self.access.purpose.as_str().into(),
        }
    }

    /// The host's clock.
    #[cfg(all(feature = "border", feature = "store-sqlite"))]
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Whose twin it is.
    #[cfg(all(feature = "border", feature = "store-sqlite"))]
    pub(crate) fn person(&self) -> Result<twin_core::TwinId> {
        Ok(self.log.lock().map_err(|_| poisoned())?.twin().clone())
    }

    /// Are both handles of one log?
    pub(crate) fn same_log(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.log, &other.log)
    }

    /// An order of logs, the same for every thread.
    pub(crate) fn locks_before(&self, other: &Self) -> bool {
        Arc::as_ptr(&self.log) < Arc::as_ptr(&other.log)
    }
}
