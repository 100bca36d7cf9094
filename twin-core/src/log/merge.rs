//! Two logs of one person become one: set union.

use super::Log;
use crate::check::AHEAD_S;
use crate::error::{Error, Result};
use crate::event::{Event, EventBody};
use crate::store::{Batch, EventStore, Outcome, Sealed};
use crate::time::Timestamp;
use std::ops::RangeInclusive;
use twin_macros::payload;

/// Events in one durable step.
const STEP: usize = 1000;
/// Samples in one durable step.
const STEP_SAMPLES: u64 = 1_000_000;
/// Every bucket, standing facts among them.
const ALL: RangeInclusive<i32> = i32::MIN..=i32::MAX;

/// What a merge did.
#[payload]
#[derive(Default)]
pub struct MergeReport {
    /// Events of the other log.
    pub seen: u64,
    /// Events that were not there before.
    pub events: u64,
    /// Samples of their series.
    pub samples: u64,
    /// Events that were there, and of which the other log knew earlier.
    pub earlier: u64,
}

impl Log {
    /// Takes over every event of another log of the same person that is not here, with the clocks of its
    /// author. Merging again does nothing; merging in any order and in any parts gives the same state.
    /// A merge that was cut short is completed by merging again.
    ///
    /// What belongs to the other device alone (its imports, what it refused) stays there.
    ///
    /// # Errors
    /// `conflict` when the logs are of two persons: other ids, or contradicting dates of birth;
    /// `invalid_value` when the other log's clock is more than a day ahead of `now`. Nothing is written then.
    /// `storage`, `corrupt`.
    ///
    /// ```
    /// use twin_core::{TwinId, Timestamp, log::{Intake, Log}, store::MemoryStore};
    /// use twin_core::event::from_cloud_event;
    ///
    /// let now: Timestamp = "2026-03-01T12:00:00Z".parse()?;
    /// let open = |node| Log::open(Box::new(MemoryStore::new()), TwinId::new("me")?, node);
    /// let (mut phone, mut watch) = (open(1)?, open(2)?);
    /// let mut intake = Intake::new(&mut watch, now);
    /// intake.fact(from_cloud_event(r#"{"specversion":"1.0","id":"1","source":"diary",
    ///     "type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#)?)?;
    /// intake.finish()?;
    /// assert_eq!(phone.merge_from(&watch, now)?.events, 1);
    /// assert_eq!(phone.merge_from(&watch, now)?.events, 0);
    /// phone.refresh()?;
    /// watch.refresh()?;
    /// assert_eq!(phone.state_hash()?, watch.state_hash()?);
    /// # Ok::<(), twin_core::Error>(())
    /// ```
    pub fn merge_from(&mut self, other: &Self, now: Timestamp) -> Result<MergeReport> {
        self.same_person(other)?;
        let newest = newest_clock(&*other.store)?;
        if newest > now.plus_secs(AHEAD_S) {
            return Err(Error::invalid("clock", newest, "at most one day ahead of this device's clock"));
        }
        let mut report = MergeReport::default();
        let mut batch = Batch::default();
        let mut samples = 0;
        other.store.scan(ALL, &mut |event| {
            report.seen += 1;
            if let EventBody::SeriesWritten(s) = &event.content.body
                && let Some(segment) = other.store.segment(s.segment)?
            {
                samples += s.count;
                batch.segments.push((s.segment, segment));
            }
            batch.events.push(Sealed { event: event.clone(), bytes: event.content.encode()? });
            if batch.events.len() >= STEP || samples >= STEP_SAMPLES {
                self.take_over(std::mem::take(&mut batch), &mut report)?;
                samples = 0;
            }
            Ok(())
        })?;
        self.take_over(batch, &mut report)?;
        Ok(report)
    }

    /// Takes in events as another log learned them.
    pub(super) fn take_over(&mut self, mut batch: Batch, report: &mut MergeReport) -> Result<()> {
        if batch.events.is_empty() {
            return Ok(());
        }
        for sealed in &batch.events {
            self.clock.observe(sealed.event.clock);
        }
        let outcomes = self.take_in(&mut batch)?;
        for (sealed, outcome) in batch.events.iter().zip(outcomes) {
            match outcome {
                Outcome::New | Outcome::NewVersion => {
                    report.events += 1;
                    report.samples += samples_of(&sealed.event);
                }
                Outcome::Earlier => report.earlier += 1,
                Outcome::Duplicate => {}
            }
        }
        Ok(())
    }

    fn same_person(&self, other: &Self) -> Result<()> {
        if self.twin != other.twin {
            return Err(Error::Conflict("the other log is of another person".into()));
        }
        match (self.context.person.born, other.context.person.born) {
            (Some(here), Some(there)) if here != there => Err(Error::Conflict(
                "the other log states another date of birth; correct it there first if it is one person's"
                    .into(),
            )),
            _ => Ok(()),
        }
    }
}

fn samples_of(event: &Event) -> u64 {
    match &event.content.body {
        EventBody::SeriesWritten(s) => s.count,
        _ => 0,
    }
}

/// The newest clock of a store's events.
fn newest_clock(store: &dyn EventStore) -> Result<Timestamp> {
    let mut newest = Timestamp::MIN;
    store.scan(ALL, &mut |event| {
        newest = newest.max(event.clock.wall);
        Ok(())
    })?;
    Ok(newest)
}
