//! `verify`: hashes, order, and replay equals stored state.

use crate::error::Result;
use crate::twin::Twin;
use twin_macros::payload;

/// What a verification found.
#[payload(full)]
pub struct VerifyView {
    /// Is all as it should be?
    pub ok: bool,
    /// Events in the log.
    pub events: u64,
    /// Hash of the whole state; equal facts give equal hashes.
    pub state_hash: String,
    /// What is not as it should be, a line each.
    pub findings: Vec<String>,
}

impl Twin {
    /// Checks every hash, folds the whole log again and compares it with what is stored.
    ///
    /// # Errors
    /// `consent_required`, `storage`.
    pub fn verify(&self) -> Result<VerifyView> {
        let (mut log, _) = self.enter()?;
        log.refresh()?;
        let findings = log.verify()?;
        Ok(VerifyView {
            ok: findings.is_empty(),
            events: log.store().len()?,
            state_hash: log.state_hash()?,
            findings,
        })
    }
}
