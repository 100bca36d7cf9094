//! The log of one person: takes facts in, keeps days folded, reads any moment back.

mod fold_day;
mod intake;
mod join;
mod learned;
mod merge;
mod pack;
mod read;
mod refresh;
mod verify;

pub use fold_day::{Cutoff, DayReader};
pub(crate) use fold_day::{OriginStream, date_in};
pub use intake::{Intake, IntakeReport, RefusedCount};
pub use learned::{How, Learned};
pub use merge::MergeReport;
pub use pack::MAGIC as PACK_MAGIC;
pub use read::{NamedStream, SeriesRow};
pub use refresh::Refreshed;

use crate::error::{Error, Result};
use crate::event::{Content, Event, EventBody};
use crate::fold::{Context, DayState, FOLD_VERSION};
use crate::id::TwinId;
use crate::store::{Batch, EventStore, Note, STANDING, Table, bucket_of};
use crate::time::{Hlc, HlcClock, LocalDate, Timestamp};
use join::{JOIN_FROM, Join};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of [`Table::Meta`].
mod meta {
    pub(super) const TWIN: i64 = 1;
    pub(super) const FOLD: i64 = 2;
    pub(super) const CLOCK: i64 = 3;
    pub(super) const CARRY_FROM: i64 = 4;
}

/// One person's log over a store.
pub struct Log {
    store: Box<dyn EventStore>,
    twin: TwinId,
    clock: HlcClock,
    context: Context,
    /// Days that are folded and current, whatever the store's rows say.
    hot: BTreeMap<LocalDate, DayState>,
    /// The day whose segments are being joined.
    joining: Option<Join>,
    join_from: usize,
    /// From which bucket on the chunks are still to be looked at.
    looked_at: Option<i64>,
}

/// What a round of upkeep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Maintained {
    /// Days folded.
    pub folded: usize,
    /// Small segments joined into chunks.
    pub joined: usize,
    /// Nothing is left to do.
    pub done: bool,
}

/// How many days are kept folded in memory.
const HOT_DAYS: usize = 16;

impl Log {
    /// Opens the log of `twin`. `node` names this device, the same at every opening.
    ///
    /// # Errors
    /// `conflict` when the store holds another person; `storage`, `corrupt`.
    pub fn open(mut store: Box<dyn EventStore>, twin: TwinId, node: u64) -> Result<Self> {
        let mut notes = Vec::new();
        match store.note(Table::Meta, meta::TWIN)? {
            Some(there) if there != twin.as_str().as_bytes() => {
                return Err(Error::Conflict("the store holds the twin of another person".into()));
            }
            Some(_) => {}
            None => {
                notes.push(Note { table: Table::Meta, key: meta::TWIN, body: Some(twin.as_str().into()) })
            }
        }
        let mut clock = HlcClock::new(node);
        if let Some(bytes) = store.note(Table::Meta, meta::CLOCK)? {
            clock.observe(read_clock(&bytes).unwrap_or(Hlc::ZERO));
        }
        let other_rules =
            store.note(Table::Meta, meta::FOLD)?.as_deref() != Some(&FOLD_VERSION.to_le_bytes()[..]);
        let interrupted = store.note(Table::Dirty, i64::from(STANDING))?.is_some();
        if other_rules || interrupted {
            // Other rules folded these days, or a standing fact was not yet carried into them. A day that
            // had been empty has no row: every bucket with events counts, too.
            let mut buckets = BTreeSet::new();
            store.notes(Table::Day, i64::MIN..=i64::MAX, &mut |day, _| {
                buckets.insert(day);
                Ok(())
            })?;
            store.scan(STANDING + 1..=i32::MAX, &mut |event| {
                buckets.insert(i64::from(bucket_of(&event.content)));
                Ok(())
            })?;
            notes.extend(buckets.into_iter().map(|key| Note {
                table: Table::Dirty,
                key,
                body: Some(vec![1]),
            }));
            notes.push(Note {
                table: Table::Meta,
                key: meta::FOLD,
                body: Some(FOLD_VERSION.to_le_bytes().into()),
            });
            notes.push(Note { table: Table::Dirty, key: i64::from(STANDING), body: None });
        }
        if !notes.is_empty() && store.writable() {
            store.commit(&Batch { notes, ..Batch::default() })?;
        }
        let mut log = Self {
            store,
            twin,
            clock,
            context: Context::default(),
            hot: BTreeMap::new(),
            joining: None,
            join_from: JOIN_FROM,
            looked_at: Some(i64::MIN),
        };
        log.context = log.context_until(None)?;
        Ok(log)
    }

    /// The person.
    #[must_use]
    pub const fn twin(&self) -> &TwinId {
        &self.twin
    }

    /// The standing facts in force.
    #[must_use]
    pub const fn context(&self) -> &Context {
        &self.context
    }

    /// The store, to read from.
    #[must_use]
    pub fn store(&self) -> &dyn EventStore {
        &*self.store
    }

    /// The larger of the host's clock and the newest clock seen.
    #[must_use]
    pub fn now(&self, host: Timestamp) -> Timestamp {
        host.max(self.clock.last().wall)
    }

    /// The standing facts as known at a moment.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn context_until(&self, known_at: Option<Timestamp>) -> Result<Context> {
        let mut events: Vec<Event> = Vec::new();
        let cutoff = known_at.map(Hlc::end_of);
        self.store.scan(STANDING..=STANDING, &mut |event| {
            if cutoff.is_none_or(|cutoff| event.clock <= cutoff) {
                events.push(event.clone());
            }
            Ok(())
        })?;
        let mut winners = Vec::with_capacity(events.len());
        for event in events {
            if !self.wins(&event, cutoff)? {
                continue;
            }
            winners.push(match &event.content.body {
                EventBody::RecordCorrected(c) => {
                    let corrected =
                        Content { body: (*c.replacement).clone(), ..Content::clone(&event.content) };
                    event.saying(corrected)
                }
                _ => event,
            });
        }
        Ok(Context::of(winners))
    }

    /// Does some of the work that waits, in small durable steps: folds dirty days, joins small segments,
    /// then tidies the store.
    ///
    /// A step folds a few days, or joins at most about a thousand segments of one day and metric with at
    /// most one chunk of 16,384 segments or 131,072 samples.
    ///
    /// # Errors
    /// `storage`, `corrupt`, `conflict`.
    pub fn maintain(&mut self, steps: u32) -> Result<Maintained> {
        let days = usize::try_from(steps).unwrap_or(usize::MAX).saturating_mul(4);
        let refreshed = self.refresh_at_most(days)?;
        let mut done = Maintained { folded: refreshed.folded, ..Maintained::default() };
        if refreshed.left {
            return Ok(done);
        }
        let used = u32::try_from(refreshed.folded.div_ceil(4)).unwrap_or(u32::MAX);
        let steps = steps.saturating_sub(used).max(1);
        let joined = self.join(steps)?;
        done.joined = joined.segments;
        let steps = steps.saturating_sub(joined.steps).max(1);
        if joined.left || self.look_at_chunks(steps)? {
            return Ok(done);
        }
        done.done = self.store.tidy(steps)?;
        Ok(done)
    }

    /// Writes rows of the small tables: what models said of days, what an import did.
    ///
    /// # Errors
    /// `storage`, `conflict`.
    pub fn put_notes(&mut self, notes: Vec<Note>) -> Result<()> {
        self.store.commit(&Batch { notes, ..Batch::default() }).map(drop)
    }

    /// Is this event the version of its record that holds?
    fn wins(&self, event: &Event, cutoff: Option<Hlc>) -> Result<bool> {
        if event.deletes() {
            return Ok(false);
        }
        // Consent is ended by consent alone: nobody lifts a revoke by deleting or correcting it.
        if matches!(event.content.body, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_)) {
            return Ok(true);
        }
        let key = event.key();
        if !self.store.contested(key)? {
            return Ok(true);
        }
        let mut best = (event.revision(), event.deletes(), event.clock, event.id);
        let mut wins = true;
        self.store.versions(key, &mut |other| {
            let rank = (other.revision(), other.deletes(), other.clock, other.id);
            if cutoff.is_none_or(|cutoff| other.clock <= cutoff) && rank > best {
                best = rank;
                wins = false;
            }
            Ok(())
        })?;
        Ok(wins)
    }
}

fn read_clock(bytes: &[u8]) -> Option<Hlc> {
    cbor4ii::serde::from_slice(bytes).ok()
}

fn write_clock(clock: Hlc) -> Vec<u8> {
    cbor4ii::serde::to_vec(Vec::new(), &clock).unwrap_or_default()
}
