use super::{Batch, EventStore, Outcome, Table, Visit, bucket_of};
use crate::error::Result;
use crate::event::Event;
use crate::id::{EventId, RecordKey, SegmentHash};
use crate::series::Samples;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Takes the first eight bytes of what is already a hash.
#[derive(Default)]
struct FirstEight(u64);

impl Hasher for FirstEight {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk::<8>() {
            self.0 = u64::from_le_bytes(*first);
        }
    }
    fn write_usize(&mut self, _length: usize) {}
}

type HashKeyed<K, V> = HashMap<K, V, BuildHasherDefault<FirstEight>>;

/// A store in memory: for browsers, tests and stream engines.
#[derive(Default)]
pub struct MemoryStore {
    events: Vec<Event>,
    ids: HashKeyed<EventId, u32>,
    /// Records whose key is not their event's own id.
    named: HashKeyed<RecordKey, u32>,
    /// Further versions, of contested records only.
    versions: BTreeMap<RecordKey, Vec<u32>>,
    buckets: BTreeMap<i32, Vec<u32>>,
    segments: HashKeyed<SegmentHash, Arc<Samples>>,
    notes: BTreeMap<(Table, i64), Vec<u8>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn get(&self, index: u32) -> Option<&Event> {
        self.events.get(index as usize)
    }

    /// The first version of an event's record.
    fn first_of(&self, event: &Event) -> Option<u32> {
        let key = event.key();
        // What names its own record aims at no other's id, which need not be looked up then.
        if event.is_named() { self.named.get(&key).copied() } else { self.first(key) }
    }

    /// The first version of a record. An event's id is its record's key only where it has no name.
    fn first(&self, key: RecordKey) -> Option<u32> {
        let nameless = |i: &&u32| self.get(**i).is_some_and(|event| event.key() == key);
        self.named.get(&key).or_else(|| self.ids.get(&EventId(key.0)).filter(nameless)).copied()
    }

    fn dirty(&mut self, bucket: i32) {
        self.notes.entry((Table::Dirty, i64::from(bucket))).or_insert_with(|| vec![1]);
    }

    fn dirty_versions(&mut self, key: RecordKey) {
        let all = self.versions.get(&key).into_iter().flatten();
        let buckets: Vec<i32> = all.filter_map(|i| self.get(*i)).map(|e| bucket_of(&e.content)).collect();
        buckets.into_iter().for_each(|bucket| self.dirty(bucket));
    }

    /// `marked` is a bucket that is dirty already: most events lie in the one of the event before.
    fn add(&mut self, event: &Event, marked: &mut Option<i32>) -> Outcome {
        if let Some(there) = self.ids.get(&event.id).and_then(|i| self.events.get_mut(*i as usize)) {
            if event.clock >= there.clock {
                return Outcome::Duplicate;
            }
            there.clock = event.clock;
            self.dirty(bucket_of(&event.content));
            self.dirty_versions(event.key());
            return Outcome::Earlier;
        }
        let index = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        let key = event.key();
        let first = self.first_of(event);
        self.ids.insert(event.id, index);
        let bucket = bucket_of(&event.content);
        self.buckets.entry(bucket).or_default().push(index);
        if *marked != Some(bucket) {
            self.dirty(bucket);
            *marked = Some(bucket);
        }
        self.events.push(event.clone());
        match first {
            Some(first) => {
                self.versions.entry(key).or_insert_with(|| vec![first]).push(index);
                self.dirty_versions(key);
                Outcome::NewVersion
            }
            None => {
                if key.0 != event.id.0 {
                    self.named.insert(key, index);
                }
                Outcome::New
            }
        }
    }
}

impl EventStore for MemoryStore {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        for (hash, samples) in &batch.segments {
            self.segments.entry(*hash).or_insert_with(|| Arc::clone(samples));
        }
        for note in &batch.notes {
            match &note.body {
                Some(body) => drop(self.notes.insert((note.table, note.key), body.clone())),
                None => drop(self.notes.remove(&(note.table, note.key))),
            }
        }
        self.events.reserve(batch.events.len());
        let mut marked = None;
        Ok(batch.events.iter().map(|sealed| self.add(&sealed.event, &mut marked)).collect())
    }

    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        if let Some(all) = self.versions.get(&key) {
            return all.iter().filter_map(|i| self.get(*i)).try_for_each(visit);
        }
        self.first(key).and_then(|i| self.get(i)).into_iter().try_for_each(visit)
    }

    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        if buckets.is_empty() {
            return Ok(());
        }
        self.buckets
            .range(buckets)
            .flat_map(|(_, rows)| rows)
            .filter_map(|i| self.get(*i))
            .try_for_each(visit)
    }

    fn contested(&self, key: RecordKey) -> Result<bool> {
        Ok(self.versions.contains_key(&key))
    }

    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        Ok(self.segments.get(&hash).cloned())
    }

    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>> {
        Ok(self.notes.get(&(table, key)).cloned())
    }

    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let (from, to) = keys.into_inner();
        if from > to {
            return Ok(());
        }
        self.notes.range((table, from)..=(table, to)).try_for_each(|((_, key), body)| visit(*key, body))
    }

    fn event(&self, id: EventId) -> Result<Option<Event>> {
        Ok(self.ids.get(&id).and_then(|i| self.get(*i)).cloned())
    }

    fn len(&self) -> Result<u64> {
        Ok(self.events.len() as u64)
    }

    fn check(&self) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        for event in &self.events {
            if Event::id_of(&event.content.encode()?) != event.id {
                findings.push(format!("event {} does not match its hash", event.id));
            }
        }
        for (hash, samples) in &self.segments {
            if samples.hash() != *hash {
                findings.push(format!("segment {hash} does not match its hash"));
            }
        }
        Ok(findings)
    }
}
