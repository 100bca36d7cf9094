//! What every [`EventStore`] must do, as tests: for our stores and for those of other authors.
//!
//! In a file of `tests/`:
//!
//! ```
//! use twin_core::store::MemoryStore;
//! twin_testkit::event_store_tests!(memory, MemoryStore::new);
//! ```
//!
//! A durable store also says how it is opened again; every case then looks a second time:
//!
//! ```ignore
//! twin_testkit::event_store_tests!(
//!     sqlite,
//!     || tempfile::tempdir().unwrap(),
//!     |dir| SqliteStore::open(&dir.path().join("a.twin"), OpenMode::Write).unwrap()
//! );
//! ```

mod events;
mod parts;
mod records;

pub use events::*;
pub use parts::*;
pub use records::*;

use twin_core::event::{CaffeineConsumed, Content, Event, EventBody, Origin};
use twin_core::store::{Batch, EventStore, Outcome, Sealed, Table};
use twin_core::{Hlc, RecordId, RecordKey, Result, SourceId, Timestamp};

/// A store under test. Cases call [`Subject::again`] between writing and reading.
pub struct Subject {
    store: Option<Box<dyn EventStore>>,
    reopen: Option<Box<dyn Fn() -> Box<dyn EventStore>>>,
}

impl Subject {
    /// A store that lives as long as its handle.
    pub fn new<S: EventStore + 'static>(store: S) -> Self {
        Self { store: Some(Box::new(store)), reopen: None }
    }

    /// A store that is kept in a place and can be opened there again.
    pub fn durable<P: 'static, S: EventStore + 'static>(place: P, open: impl Fn(&P) -> S + 'static) -> Self {
        let reopen: Box<dyn Fn() -> Box<dyn EventStore>> = Box::new(move || Box::new(open(&place)));
        Self { store: Some(reopen()), reopen: Some(reopen) }
    }

    /// Closes a durable store and opens it again; leaves others as they are.
    pub fn again(&mut self) {
        if let Some(reopen) = &self.reopen {
            drop(self.store.take());
            self.store = Some(reopen());
        }
    }

    /// The store.
    ///
    /// # Errors
    /// None in practice: the store is there whenever a case runs.
    pub fn store(&mut self) -> Result<&mut dyn EventStore> {
        match &mut self.store {
            Some(store) => Ok(&mut **store),
            None => Err(twin_core::Error::Storage("the store under test is closed".into())),
        }
    }

    /// Commits events.
    ///
    /// # Errors
    /// What the store returns.
    pub fn put(&mut self, events: &[Sealed]) -> Result<Vec<Outcome>> {
        self.store()?.commit(&Batch { events: events.to_vec(), ..Batch::default() })
    }

    /// Everything a scan finds, ordered by id.
    ///
    /// # Errors
    /// What the store returns.
    pub fn scanned(&mut self, from: i32, to: i32) -> Result<Vec<Event>> {
        let mut found = Vec::new();
        self.store()?.scan(from..=to, &mut |event| {
            found.push(event.clone());
            Ok(())
        })?;
        found.sort_by_key(|e| e.id);
        Ok(found)
    }

    /// All versions of a record, ordered by id.
    ///
    /// # Errors
    /// What the store returns.
    pub fn versions(&mut self, key: RecordKey) -> Result<Vec<Event>> {
        let mut found = Vec::new();
        self.store()?.versions(key, &mut |event| {
            found.push(event.clone());
            Ok(())
        })?;
        found.sort_by_key(|e| e.id);
        Ok(found)
    }

    /// The keys of a small table in the order the store gives them, with their bodies.
    ///
    /// # Errors
    /// What the store returns.
    pub fn rows(&mut self, table: Table, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>)>> {
        let mut found = Vec::new();
        self.store()?.notes(table, from..=to, &mut |key, body| {
            found.push((key, body.to_vec()));
            Ok(())
        })?;
        Ok(found)
    }

    /// The dirty buckets; they are clean afterwards.
    ///
    /// # Errors
    /// What the store returns.
    pub fn take_dirty(&mut self) -> Result<Vec<i64>> {
        let keys: Vec<i64> =
            self.rows(Table::Dirty, i64::MIN, i64::MAX)?.into_iter().map(|(k, _)| k).collect();
        let clean = |key: &i64| twin_core::store::Note { table: Table::Dirty, key: *key, body: None };
        self.store()?.commit(&Batch { notes: keys.iter().map(clean).collect(), ..Batch::default() })?;
        Ok(keys)
    }
}

/// A day that all cases count from: 2026-03-01.
pub const DAY: i32 = 20_513;

/// A moment of a day, in seconds after its start.
#[must_use]
pub fn at(day: i32, secs: i64) -> Timestamp {
    Timestamp::from_secs(i64::from(day) * 86_400 + secs)
}

/// A clock reading.
#[must_use]
pub const fn clock(secs: i64, counter: u32) -> Hlc {
    Hlc { wall: Timestamp::from_secs(1_772_000_000 + secs), counter, node: 7 }
}

/// A content of a source, sealed.
///
/// # Errors
/// When the content has no binary form.
pub fn sealed(content: Content, clock: Hlc) -> Result<Sealed> {
    let (event, bytes) = Event::seal(content, clock)?;
    Ok(Sealed { event, bytes })
}

/// An unnamed fact: so many milligrams at a moment.
///
/// # Errors
/// None for the cases of this suite.
pub fn coffee(when: Timestamp, amount_mg: f64) -> Result<Content> {
    Ok(Content::new(Origin::of(SourceId::new("diary")?), when, CaffeineConsumed { amount_mg }))
}

/// A fact that its source names, in a revision.
///
/// # Errors
/// For a name that is no record id.
pub fn named(source: &str, record: &str, revision: u64, when: Timestamp, amount_mg: f64) -> Result<Content> {
    Ok(Content {
        record: Some(RecordId::new(record)?),
        revision,
        ..Content::new(Origin::of(SourceId::new(source)?), when, CaffeineConsumed { amount_mg })
    })
}

/// A fact of any kind.
///
/// # Errors
/// None for the cases of this suite.
pub fn fact(when: Timestamp, body: impl Into<EventBody>) -> Result<Content> {
    Ok(Content::new(Origin::of(SourceId::new("tool")?), when, body))
}

/// Makes a module `$name` with a test for each promise of [`EventStore`](twin_core::store::EventStore).
///
/// `event_store_tests!(name, make)`: `make()` gives an empty store.
/// `event_store_tests!(name, place, open)`: `place()` gives a new place, `open(&place)` the store in it,
/// the same one at every call; cases then close and open the store between writing and reading.
#[macro_export]
macro_rules! event_store_tests {
    ($name:ident, $make:expr) => {
        $crate::event_store_tests!(@cases $name, || $crate::store_suite::Subject::new(($make)()));
    };
    ($name:ident, $place:expr, $open:expr) => {
        $crate::event_store_tests!(@cases $name, || $crate::store_suite::Subject::durable(($place)(), $open));
    };
    (@cases $name:ident, $subject:expr) => {
        $crate::event_store_tests!(@each $name, $subject,
            a_batch_is_all_there, an_error_of_a_visitor_ends_the_visit, duplicates_are_told,
            a_smaller_clock_is_kept, scan_ranges_are_inclusive, standing_facts_have_a_bucket,
            events_are_found_by_id, unknown_kinds_survive, strange_names_survive, a_large_batch_is_taken,
            versions_of_a_named_record, a_named_record_is_not_its_event, an_unnamed_record_and_its_deletion, a_deletion_before_its_record,
            a_correction_is_a_version, all_buckets_of_a_record_get_dirty, duplicates_dirty_nothing,
            segments_round_trip, notes_are_set_and_deleted, notes_come_in_order, tables_are_apart,
            an_empty_store_answers, nothing_is_found_in_a_sound_store
        );
    };
    (@each $name:ident, $subject:expr, $($case:ident),+) => {
        #[cfg(test)]
        mod $name {
            use super::*;
            $(#[test]
            fn $case() -> ::core::result::Result<(), $crate::store_suite::CaseError> {
                let subject = $subject;
                $crate::store_suite::$case(&mut subject())
            })+
        }
    };
}

/// What a case fails with where the store itself refuses.
pub type CaseError = twin_core::Error;
