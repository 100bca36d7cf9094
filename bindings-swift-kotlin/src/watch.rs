//! Watching, asked and told.

use crate::error::Result;
use humantwin::Subscription;
use humantwin::border::WatchDoor;
use std::sync::{Mutex, PoisonError};

/// A look at a twin that remembers the look before.
#[derive(uniffi::Object)]
pub struct BorderWatch(pub(crate) WatchDoor);

/// Hears of what changed.
#[uniffi::export(callback_interface)]
pub trait Told: Send + Sync {
    /// The differences, as the JSON of a `WatchView`.
    fn changed(&self, view: String);
}

/// Tells until it is stopped or let go.
#[derive(uniffi::Object)]
pub struct BorderSubscription(Mutex<Option<Subscription>>);

#[uniffi::export]
impl BorderWatch {
    /// What differs since the look before, as the JSON of a `WatchView`.
    ///
    /// # Errors
    /// As `WatchDoor::poll`.
    pub fn poll(&self) -> Result<String> {
        Ok(self.0.poll()?)
    }
}

#[uniffi::export]
impl BorderSubscription {
    /// Nothing is told any more; stopping again is no error.
    pub fn stop(&self) {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(told);
    }
}

impl BorderSubscription {
    pub(crate) const fn new(told: Subscription) -> Self {
        Self(Mutex::new(Some(told)))
    }
}
