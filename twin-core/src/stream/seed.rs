//! State bytes from a full log.

use super::kept::segment_of;
use super::person::Step;
use super::segment::Segment;
use super::state::State;
use crate::error::{Error, Result};
use crate::log::Log;
use crate::time::{LocalDate, Timestamp};

/// The state of a log's person at `now`: how a host starts a stream from a store, and how it goes on
/// after `needs_refold`. The same bytes that [`apply_batch`](super::apply_batch) comes to from the same events. Reads the whole
/// log once. Call [`Log::refresh`] first.
///
/// # Errors
/// `storage`, `corrupt`.
pub fn state_of(log: &Log, now: Timestamp) -> Result<Vec<u8>> {
    let from = super::horizon(now);
    let mut state = State::new();
    (state.now, state.from) = (now, from);
    state.carry = Some(log.carry_before(from)?);
    state.first = log.extent()?.map(|(first, _)| first).filter(|first| *first < from);
    for (date, mark) in log.day_marks(from, LocalDate::from_days(i32::MAX))? {
        state.days.insert(date, Some(mark));
    }
    let kept = state.kept_mut();
    log.all_events(&mut |event| {
        kept.add(event.clone(), event.content.encode()?, None);
        Ok(())
    })?;
    state.leave();
    let mut segments = Vec::new();
    for hash in state.kept.versions().filter_map(segment_of) {
        let samples = log.store().segment(hash)?;
        segments.push((hash, samples.ok_or_else(|| Error::Corrupt("a series has lost its samples".into()))?));
    }
    let kept = state.kept_mut();
    for (hash, samples) in segments {
        kept.segments.insert(hash, Segment::shared(samples));
    }
    let today = log.date_at(now);
    Step::over(log.twin(), state).squeeze(today)
}
