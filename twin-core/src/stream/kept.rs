//! The events a state holds: the versions that can still win, and the samples behind them.

use super::segment::Segment;
use crate::error::{Error, Result};
use crate::event::{Event, EventBody};
use crate::id::{EventId, RecordKey, SegmentHash};
use crate::series::Samples;
use crate::sort::Gather as _;
use crate::store::{Batch, EventStore, Outcome, STANDING, Table, Visit, bucket_of};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A version of a record.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) event: Event,
    /// The content's stored form.
    pub(super) bytes: Vec<u8>,
    pub(super) bucket: i32,
    /// Have samples of it been folded for good and let go?
    pub(super) trimmed: bool,
}

impl Version {
    /// The version without its bytes: to tell which days it touches.
    fn told(&self) -> Self {
        Self { event: self.event.clone(), bytes: Vec::new(), bucket: self.bucket, trimmed: self.trimmed }
    }
}

/// What is known of a record: its last day, and the versions that rank highest by revision and
/// deletion. More than one only where just the clock decides, which a duplicate can still lower.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The newest bucket of any version ever seen; [`STANDING`] is the least.
    pub(super) last: i32,
    pub(super) versions: Vec<Version>,
}

impl Record {
    pub(super) fn stands(&self) -> bool {
        self.versions.iter().any(|v| v.bucket == STANDING)
    }
}

/// What adding an event did.
pub(super) enum Added {
    /// It is there already, or a higher version is.
    Nothing,
    /// Days of these events may have changed: of the event itself and of other versions; without their bytes.
    Touched(Vec<Version>),
}

/// Events by record, and segments by hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) records: BTreeMap<RecordKey, Record>,
    pub(super) segments: BTreeMap<SegmentHash, Segment>,
}

impl Kept {
    /// Adds an event. The outcome does not depend on the order in which events are added.
    pub(super) fn add(&mut self, event: Event, bytes: Vec<u8>, samples: Option<Samples>) -> Added {
        let bucket = bucket_of(&event.content);
        let record = self
            .records
            .entry(event.key())
            .or_insert_with(|| Record { last: STANDING, versions: Vec::new() });
        record.last = record.last.max(bucket);
        if let Some(there) = record.versions.iter_mut().find(|v| v.event.id == event.id) {
            if event.clock >= there.event.clock {
                return Added::Nothing;
            }
            there.event = there.event.clone().learned(event.clock);
            return Added::Touched(record.versions.iter().map(Version::told).collect());
        }
        let rank = |e: &Event| (e.revision(), e.deletes());
        let best = record.versions.iter().filter(|v| !consent(&v.event)).map(|v| rank(&v.event)).max();
        if !consent(&event) && best.is_some_and(|best| rank(&event) < best) {
            return Added::Nothing;
        }
        let mut touched: Vec<Version> = record.versions.iter().map(Version::told).collect();
        if !consent(&event) {
            let new = rank(&event);
            record.versions.retain(|v| consent(&v.event) || rank(&v.event) == new);
        }
        if let (EventBody::SeriesWritten(written), Some(samples)) = (&event.content.body, samples) {
            // One that was trimmed for another event is made whole again: too many samples do no harm.
            if self.segments.get(&written.segment).is_none_or(|there| there.count() < samples.len()) {
                self.segments.insert(written.segment, Segment::new(samples));
            }
        }
        let version = Version { event, bytes, bucket, trimmed: false };
        touched.push(version.told());
        let place = record.versions.partition_point(|v| v.event.id < version.event.id);
        record.versions.insert(place, version);
        let lost = touched.iter().any(|v| matches!(v.event.content.body, EventBody::SeriesWritten(_)));
        if lost && touched.len() > 1 {
            self.drop_unnamed_segments();
        }
        Added::Touched(touched)
    }

    pub(super) fn versions(&self) -> impl Iterator<Item = &Version> {
        self.records.values().flat_map(|r| &r.versions)
    }

    /// Lets go of the records that `goes` names, and of segments that nothing names any more.
    pub(super) fn drop_records(&mut self, mut goes: impl FnMut(&RecordKey, &Record) -> bool) {
        let before = self.records.len();
        self.records.retain(|key, record| !goes(key, record));
        if self.records.len() < before {
            self.drop_unnamed_segments();
        }
    }

    fn drop_unnamed_segments(&mut self) {
        if self.segments.is_empty() {
            return;
        }
        let named: std::collections::BTreeSet<SegmentHash> = self.versions().filter_map(segment_of).gather();
        self.segments.retain(|hash, _| named.contains(hash));
    }
}

/// The segment a version names.
pub(super) fn segment_of(version: &Version) -> Option<SegmentHash> {
    match &version.event.content.body {
        EventBody::SeriesWritten(s) => Some(s.segment),
        _ => None,
    }
}

/// Consent is ended by consent alone, never by rank.
fn consent(event: &Event) -> bool {
    matches!(event.content.body, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_))
}

/// A store to fold from: what is kept, and nothing may be written.
pub(super) struct Shelf(pub(super) Arc<Kept>);

impl EventStore for Shelf {
    fn commit(&mut self, _batch: &Batch) -> Result<Vec<Outcome>> {
        Err(Error::Storage("a state is not written through its log".into()))
    }

    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        self.0.records.get(&key).into_iter().flat_map(|r| &r.versions).map(|v| &v.event).try_for_each(visit)
    }

    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        self.0.versions().filter(|v| buckets.contains(&v.bucket)).map(|v| &v.event).try_for_each(visit)
    }

    fn contested(&self, key: RecordKey) -> Result<bool> {
        Ok(self.0.records.get(&key).is_some_and(|r| r.versions.len() > 1))
    }

    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        self.0.segments.get(&hash).map(Segment::samples).transpose()
    }

    fn note(&self, _table: Table, _key: i64) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn notes(
        &self,
        _table: Table,
        _keys: RangeInclusive<i64>,
        _visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        Ok(())
    }

    fn event(&self, id: EventId) -> Result<Option<Event>> {
        Ok(self.0.versions().map(|v| &v.event).find(|e| e.id == id).cloned())
    }

    fn len(&self) -> Result<u64> {
        Ok(self.0.versions().count() as u64)
    }

    fn check(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    fn writable(&self) -> bool {
        false
    }
}
