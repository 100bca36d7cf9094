//! What a store must do: keep the log, its segments, and small rebuildable tables.
//!
//! A store shows the least in plain (`design.md`, rule 13): a blind index of records, time buckets,
//! and bodies behind a [`Codec`]. It knows nothing of what events mean.

mod codec;
mod memory;

pub use codec::{Codec, PlainCodec};
pub use memory::MemoryStore;

use crate::error::Result;
use crate::event::{Content, Event, EventBody};
use crate::id::{EventId, RecordKey, SegmentHash};
use crate::series::Samples;
use crate::time::{LocalDate, Timestamp};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The bucket of standing facts: what shapes how all days are read (profile, zone, priorities, consent …).
pub const STANDING: i32 = i32::MIN;

/// An event with its content's stored form.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The event.
    pub event: Event,
    /// [`Content::encode`] of its content.
    pub bytes: Vec<u8>,
}

/// What one atomic, durable step writes.
#[derive(Debug, Default)]
pub struct Batch {
    /// Events.
    pub events: Vec<Sealed>,
    /// Segments that the events name.
    pub segments: Vec<(SegmentHash, Arc<Samples>)>,
    /// Rows of the small tables.
    pub notes: Vec<Note>,
}

/// A row of a small table; no body deletes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The table.
    pub table: Table,
    /// The row.
    pub key: i64,
    /// What it holds.
    pub body: Option<Vec<u8>>,
}

/// The small tables beside the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The store's own facts: format, node, twin.
    Meta,
    /// Buckets whose days are to be folded again.
    Dirty,
    /// Folded days, by date; rebuildable.
    Day,
    /// What goes from each day to the next, by date; rebuildable.
    Carry,
    /// What models said of days, by date; rebuildable.
    Insight,
    /// Imports, by sequence.
    Import,
    /// Refused records, by sequence.
    Refused,
    /// How often a day was folded anew, by date: what this device saw, no part of the state.
    Revision,
    /// Small segments of a bucket, joined; a cache.
    Chunk,
    /// Buckets with small segments: 1 where some are to be joined, 0 where they are.
    Joining,
}

impl Table {
    /// All tables with their stable numbers.
    pub const ALL: [Self; 10] = [
        Self::Meta,
        Self::Dirty,
        Self::Day,
        Self::Insight,
        Self::Import,
        Self::Refused,
        Self::Carry,
        Self::Revision,
        Self::Chunk,
        Self::Joining,
    ];

    /// The stable number.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Meta => 0,
            Self::Dirty => 1,
            Self::Day => 2,
            Self::Insight => 3,
            Self::Import => 4,
            Self::Refused => 5,
            Self::Carry => 6,
            Self::Revision => 7,
            Self::Chunk => 8,
            Self::Joining => 9,
        }
    }
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new, the only version of its record.
    New,
    /// It is new, and its record has other versions.
    NewVersion,
    /// It was there.
    Duplicate,
    /// It was there; its clock was later and is now this one.
    Earlier,
}

/// Visits events; an error ends the visit and is passed on.
pub type Visit<'a> = &'a mut dyn FnMut(&Event) -> Result<()>;

/// A log with its segments and small tables. One writer, many readers.
pub trait EventStore: Send {
    /// Writes a batch: all of it or nothing, and on return it survives a loss of power.
    /// An event that is there already stays as it is, but for a smaller clock. With a new event or clock the
    /// buckets of all versions of its record become rows of [`Table::Dirty`] in the same step.
    ///
    /// # Errors
    /// `storage` when the disk refuses, `conflict` when somebody else writes.
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>>;

    /// Visits all versions of a record, in no particular order.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()>;

    /// Visits the events of buckets (see [`bucket_of`]), in no particular order.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()>;

    /// Has a record more than one version?
    ///
    /// # Errors
    /// `storage`.
    fn contested(&self, key: RecordKey) -> Result<bool>;

    /// The samples of a segment.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>>;

    /// A row of a small table.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>>;

    /// Visits rows of a small table in order of key.
    ///
    /// # Errors
    /// `storage`, `corrupt`, and what `visit` returns.
    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()>;

    /// The event of an id.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    fn event(&self, id: EventId) -> Result<Option<Event>>;

    /// Tidies up in about so many small steps: gives back room and shortens what is read at the next
    /// opening. Nothing that was written changes. Returns whether all is tidy.
    ///
    /// # Errors
    /// `storage`, `conflict`.
    fn tidy(&mut self, steps: u32) -> Result<bool> {
        let _ = steps;
        Ok(true)
    }

    /// Number of events.
    ///
    /// # Errors
    /// `storage`.
    fn len(&self) -> Result<u64>;

    /// Is the log empty?
    ///
    /// # Errors
    /// `storage`.
    fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Looks for damage: hashes of bodies and segments, and what the medium itself can tell.
    /// Returns a line for each finding.
    ///
    /// # Errors
    /// `storage`.
    fn check(&self) -> Result<Vec<String>>;

    /// May this handle write?
    fn writable(&self) -> bool {
        true
    }
}

/// The bucket an event is found in: [`STANDING`], or the UTC day it concerns. The civil day it is
/// folded into is at most one day away.
#[must_use]
pub fn bucket_of(content: &Content) -> i32 {
    if is_standing(content.body.held()) {
        return STANDING;
    }
    if let Some(date) = stated_date(content) {
        return date.days();
    }
    let day = |t: Timestamp| i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0);
    match content.body.held() {
        EventBody::SeriesWritten(s) => day(s.start),
        EventBody::MeetingPlanned(m) => day(m.entry.end),
        _ => day(content.at),
    }
}

/// Is a fact of this kind filed under the day of its `at`, or at most a day from it? Plans, answers and standing
/// facts are about other days than the one they were made on.
pub(crate) fn filed_near_at(kind: &str) -> bool {
    let known = EventBody::KINDS.iter().any(|(k, ..)| *k == kind);
    let elsewhere = ["collaboration.meeting_", "wellbeing.", "person.", "consent.", "source.", "record."];
    known && !elsewhere.iter().any(|start| kind.starts_with(start))
}

fn is_standing(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::ProfileStated(_)
            | EventBody::ZoneChanged(_)
            | EventBody::ConsentGranted(_)
            | EventBody::ConsentRevoked(_)
            | EventBody::DeviceDescribed(_)
            | EventBody::SourcePrioritySet(_)
            | EventBody::WindowRead(_)
    )
}

/// The civil day an event says it is about, where it says so.
#[must_use]
pub fn stated_date(content: &Content) -> Option<LocalDate> {
    let stated = match content.body.held() {
        EventBody::CheckInAnswered(c) => c.about,
        EventBody::MeetingAttended(m) => m.entry.all_day_from,
        EventBody::MeetingPlanned(m) => m.entry.all_day_from,
        EventBody::SeriesWritten(_) => return None,
        _ => None,
    };
    stated.or(content.civil_date)
}
