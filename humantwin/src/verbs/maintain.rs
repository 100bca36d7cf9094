//! `maintain`: upkeep in small steps.

use crate::error::Result;
use crate::twin::Twin;
use twin_macros::payload;

/// What a round of upkeep did.
#[payload(full)]
pub struct MaintainView {
    /// Nothing is left to do.
    pub done: bool,
    /// Days folded.
    pub folded: u64,
    /// Small segments of samples joined, so that they are read faster.
    pub joined: u64,
}

impl Twin {
    /// Does some of the work that waits, at most about `steps` small steps of a few milliseconds: folds
    /// days that something late reached, joins the many small segments of a source that writes second by
    /// second, moves what was written lately into the file's own pages, gives free room back. For phones:
    /// call it while the system grants time, until `done`. Every step is durable by itself; what a kill
    /// interrupts is done the next time. Nothing depends on it: an answer that needs a day folded folds
    /// it, and segments that are not joined are read one by one.
    ///
    /// # Errors
    /// `consent_required`, `conflict` for a twin opened for reading, `storage`, `corrupt`.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, Storage};
    /// # let noon = FixedClock("2026-03-01T12:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// let twin = engine.own_twin("me")?;
    /// while !twin.maintain(8)?.done {}
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn maintain(&self, steps: u32) -> Result<MaintainView> {
        let (mut log, _) = self.enter()?;
        let round = log.maintain(steps)?;
        Ok(MaintainView { done: round.done, folded: round.folded as u64, joined: round.joined as u64 })
    }
}
