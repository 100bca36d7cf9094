//! What one more fact costs must not grow with what is there: counted in calls to the store, not in time.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use humantwin_benches::{SPACING_S, facts};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use twin_core::event::Event;
use twin_core::log::{Intake, Log};
use twin_core::series::Samples;
use twin_core::store::{Batch, EventStore, MemoryStore, Outcome, Table, Visit};
use twin_core::{EventId, RecordKey, Result, SegmentHash, Timestamp, TwinId};

/// Reads a store answers: calls, and events and rows visited.
#[derive(Clone, Default)]
struct Reads(Arc<AtomicU64>);

impl Reads {
    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn taken(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

struct Counting {
    inner: MemoryStore,
    reads: Reads,
}

impl EventStore for Counting {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        self.inner.commit(batch)
    }
    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        self.reads.add();
        self.inner.versions(key, &mut |event| {
            self.reads.add();
            visit(event)
        })
    }
    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        self.reads.add();
        self.inner.scan(buckets, &mut |event| {
            self.reads.add();
            visit(event)
        })
    }
    fn contested(&self, key: RecordKey) -> Result<bool> {
        self.reads.add();
        self.inner.contested(key)
    }
    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        self.reads.add();
        self.inner.segment(hash)
    }
    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>> {
        self.reads.add();
        self.inner.note(table, key)
    }
    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        self.reads.add();
        self.inner.notes(table, keys, &mut |key, bytes| {
            self.reads.add();
            visit(key, bytes)
        })
    }
    fn event(&self, id: EventId) -> Result<Option<Event>> {
        self.reads.add();
        self.inner.event(id)
    }
    fn len(&self) -> Result<u64> {
        self.inner.len()
    }
    fn check(&self) -> Result<Vec<String>> {
        self.inner.check()
    }
}

fn take(log: &mut Log, facts: Vec<twin_core::event::Content>) {
    let mut intake = Intake::new(log, Timestamp::from_secs(2_500_000_000));
    facts.into_iter().try_for_each(|fact| intake.fact(fact)).unwrap();
    intake.finish().unwrap();
}

/// Reads of one commit and its refresh, and days folded, with so many days before it.
fn one_more_day(days: usize) -> (u64, u64, usize) {
    let a_day = 86_400 / SPACING_S as usize;
    let reads = Reads::default();
    let store = Counting { inner: MemoryStore::new(), reads: reads.clone() };
    let mut log = Log::open(Box::new(store), TwinId::new("me").unwrap(), 1).unwrap();
    let mut all = facts(days * a_day + 1).unwrap();
    let last = all.pop().unwrap();
    take(&mut log, all);
    log.refresh().unwrap();
    reads.taken();
    take(&mut log, vec![last]);
    let commit = reads.taken();
    let folded = log.refresh().unwrap().folded;
    (commit, reads.taken(), folded)
}

#[test]
fn one_event_costs_the_same_after_many_days() {
    let (few, many) = (one_more_day(20), one_more_day(160));
    assert_eq!(few.0, many.0, "reads of a commit");
    assert!(many.1 <= few.1 + few.1 / 5, "reads of a refresh: {} after 20 days, {} after 160", few.1, many.1);
}

#[test]
fn one_new_event_folds_its_own_days_only() {
    let (_, reads, folded) = one_more_day(60);
    assert!((1..=3).contains(&folded), "{folded} days");
    assert!(reads > 0);
}

#[test]
fn a_replay_of_twice_the_days_reads_twice_as_much() {
    let work = |days: usize| {
        let reads = Reads::default();
        let store = Counting { inner: MemoryStore::new(), reads: reads.clone() };
        let mut log = Log::open(Box::new(store), TwinId::new("me").unwrap(), 1).unwrap();
        take(&mut log, facts(days * 100).unwrap());
        reads.taken();
        log.refresh().unwrap();
        reads.taken() as f64
    };
    let ratio = work(200) / work(100);
    assert!((1.8..2.2).contains(&ratio), "{ratio}");
}
