//! The engine's handle.

use crate::error::Result;
use crate::twin::BorderTwin;
use humantwin::SystemClock;
use humantwin::border::Door;
use std::sync::Arc;

/// An engine, open until it is shut.
#[derive(uniffi::Object)]
pub struct BorderEngine(Door);

#[uniffi::export]
impl BorderEngine {
    /// Opens an engine; `options` is the JSON of `OpenOptions`, empty for none.
    ///
    /// # Errors
    /// As `Door::open`.
    #[uniffi::constructor]
    pub fn open(options: String) -> Result<Arc<Self>> {
        let options = if options.is_empty() { "{}" } else { &options };
        Ok(Arc::new(Self(Door::open(options, Arc::new(SystemClock))?)))
    }

    /// The twin of a person; `access` is the JSON of `AccessOptions`, empty for their own use.
    ///
    /// # Errors
    /// As `Door::twin`.
    pub fn twin(&self, person: String, access: String) -> Result<Arc<BorderTwin>> {
        Ok(Arc::new(BorderTwin(self.0.twin(&person, &access)?)))
    }

    /// Closes it; closing again is no error.
    pub fn shut(&self) {
        self.0.close();
    }

    /// Was it closed?
    pub fn is_shut(&self) -> bool {
        self.0.is_closed()
    }
}
