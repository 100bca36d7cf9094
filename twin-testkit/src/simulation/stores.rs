//! Where the devices of a world keep their logs: what is closed can be opened again.

use std::ops::RangeInclusive;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use twin_core::event::Event;
use twin_core::series::Samples;
use twin_core::store::{Batch, EventStore, MemoryStore, Outcome, Table, Visit};
use twin_core::{EventId, RecordKey, Result, SegmentHash};

/// Opens the store of a device, by its number; what was written to it before is there.
pub type OpenStore<'a> = &'a dyn Fn(usize) -> Result<Box<dyn EventStore>>;

/// Stores in memory, one for each device.
pub fn in_memory() -> impl Fn(usize) -> Result<Box<dyn EventStore>> {
    let kept: Vec<Kept> = (0..8).map(|_| Kept::default()).collect();
    move |device| Ok(Box::new(kept.get(device).cloned().unwrap_or_default()))
}

/// A store in memory that outlives its log.
#[derive(Clone, Default)]
struct Kept(Arc<RwLock<MemoryStore>>);

impl Kept {
    fn read(&self) -> RwLockReadGuard<'_, MemoryStore> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EventStore for Kept {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).commit(batch)
    }
    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        self.read().versions(key, visit)
    }
    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        self.read().scan(buckets, visit)
    }
    fn contested(&self, key: RecordKey) -> Result<bool> {
        self.read().contested(key)
    }
    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        self.read().segment(hash)
    }
    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>> {
        self.read().note(table, key)
    }
    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        self.read().notes(table, keys, visit)
    }
    fn event(&self, id: EventId) -> Result<Option<Event>> {
        self.read().event(id)
    }
    fn len(&self) -> Result<u64> {
        self.read().len()
    }
    fn check(&self) -> Result<Vec<String>> {
        self.read().check()
    }
}
