//! `merge` and `pack`: two logs of one person become one, from a twin or from bytes.

use crate::error::Result;
use crate::twin::Twin;
use std::io::Write;
pub use twin_core::log::MergeReport;

impl Twin {
    /// Takes over every event of another twin of the same person that is not here: set union. Merging
    /// again does nothing; any order and any parts give the same state. Deletions and window reads of the
    /// other hold here too.
    ///
    /// # Errors
    /// `conflict` when the twins are of two persons: other ids, or contradicting dates of birth;
    /// `invalid_value` when the other's clock is more than a day ahead; `consent_required` unless both are
    /// bound to the person's own use; `storage`, `corrupt`. What was refused left nothing behind.
    pub fn merge(&self, other: &Self) -> Result<MergeReport> {
        if self.same_log(other) {
            return Ok(MergeReport::default());
        }
        // Two threads that merge two twins into each other lock them in one order.
        let (mut here, there, now) = if self.locks_before(other) {
            let (here, now) = self.enter_as_owner()?;
            (here, other.enter_as_owner()?.0, now)
        } else {
            let (there, _) = other.enter_as_owner()?;
            let (here, now) = self.enter_as_owner()?;
            (here, there, now)
        };
        let done = here.merge_from(&there, now);
        drop((here, there));
        self.watchers().tell();
        Ok(done?)
    }

    /// Writes the whole log as bytes: to carry it to another device, or out of a browser and back.
    /// [`Twin::merge_bytes`] reads them. They are not encrypted.
    ///
    /// # Errors
    /// `consent_required` unless bound to the person's own use; `storage`, `corrupt`.
    pub fn pack(&self, out: &mut dyn Write) -> Result<()> {
        let (log, _) = self.enter_as_owner()?;
        let failed = |e: std::io::Error| {
            twin_core::Error::Storage(format!("the packed log cannot be written: {}", e.kind()))
        };
        log.pack(&mut |bytes| out.write_all(bytes).map_err(failed))?;
        Ok(out.flush().map_err(failed)?)
    }

    /// Merges a packed log of the same person. All of its bytes are checked before anything is written.
    ///
    /// # Errors
    /// `unsupported` when they are no packed log, `corrupt` when they are damaged or cut short, and as
    /// [`Twin::merge`].
    ///
    /// ```
    /// use humantwin::{Engine, EngineOptions, FixedClock, Storage};
    /// use std::sync::Arc;
    ///
    /// let open = || Engine::open(EngineOptions::new(Storage::Memory,
    ///     Arc::new(FixedClock("2026-03-01T12:00:00Z".parse().unwrap()))))?.own_twin("me");
    /// let (phone, laptop) = (open()?, open()?);
    /// phone.record_json(r#"{"specversion":"1.0","id":"1","source":"diary","type":"health.caffeine_consumed",
    ///     "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#)?;
    /// let mut bytes = Vec::new();
    /// phone.pack(&mut bytes)?;
    /// assert_eq!(laptop.merge_bytes(&bytes)?.events, 1);
    /// assert_eq!(laptop.verify()?.state_hash, phone.verify()?.state_hash);
    /// # Ok::<(), humantwin::Error>(())
    /// ```
    pub fn merge_bytes(&self, bytes: &[u8]) -> Result<MergeReport> {
        let (mut log, now) = self.enter_as_owner()?;
        let done = log.merge_bytes(bytes, now);
        drop(log);
        self.watchers().tell();
        Ok(done?)
    }
}
