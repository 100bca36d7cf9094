//! Lets samples go that a settled day does not need any more.

use super::kept::{Kept, Version};
use super::segment::Segment;
use super::state::State;
use crate::error::Result;
use crate::event::EventBody;
use crate::id::{EventId, MethodId, MetricId, SegmentHash, SourceId};
use crate::log::Log;
use crate::series::Samples;
use crate::time::LocalDate;
use std::collections::BTreeMap;

/// Series that were settled whole and are still known by id.
const SEEN: usize = 512;
/// Of a day's metric: up to where it is settled, and from where on each stream is still needed.
pub(super) type Keep = BTreeMap<(LocalDate, MetricId), (i64, BTreeMap<(SourceId, Option<MethodId>), i64>)>;

/// Segments with the samples that are left of them, and how many went.
pub(super) fn trim(
    kept: &Kept,
    log: &Log,
    date: LocalDate,
    keep: &Keep,
) -> Result<BTreeMap<SegmentHash, Samples>> {
    let mut needed: BTreeMap<SegmentHash, Vec<bool>> = BTreeMap::new();
    for version in kept.versions() {
        let EventBody::SeriesWritten(s) = &version.event.content.body else { continue };
        let Some(segment) = kept.segments.get(&s.segment) else { continue };
        let samples = segment.samples()?;
        let (from, to) = super::day_span(log.context(), version, date);
        let origin = &version.event.content.origin;
        let rule = keep.get(&(date, s.metric.clone()));
        let least = rule.map(|(upto, holders)| {
            holders.get(&(origin.source.clone(), origin.method.clone())).copied().unwrap_or(*upto)
        });
        let flags = needed.entry(s.segment).or_insert_with(|| vec![false; samples.len()]);
        for (flag, start) in flags.iter_mut().zip(samples.starts_us()) {
            let settled = least.is_some_and(|least| (from..to).contains(start) && *start < least);
            *flag |= !settled;
        }
    }
    let mut trimmed = BTreeMap::new();
    for (hash, flags) in needed {
        if flags.iter().all(|needed| *needed) {
            continue;
        }
        let Some(segment) = kept.segments.get(&hash) else { continue };
        let mut left = Samples::empty();
        for ((start, duration, value), _) in
            segment.samples()?.iter().zip(flags).filter(|(_, needed)| *needed)
        {
            left.push(start, duration, value);
        }
        trimmed.insert(hash, left);
    }
    Ok(trimmed)
}

impl State {
    /// Takes trimmed segments; an event of which no sample is left goes, and is known by its id.
    pub(super) fn take(&mut self, trimmed: BTreeMap<SegmentHash, Samples>) {
        let mut seen = Vec::new();
        let kept = self.kept_mut();
        kept.drop_records(|_, record| {
            let empty = |v: &Version| match &v.event.content.body {
                EventBody::SeriesWritten(s) => {
                    s.replaces != Some(true) && trimmed.get(&s.segment).is_some_and(Samples::is_empty)
                }
                _ => false,
            };
            let goes = !record.versions.is_empty() && record.versions.iter().all(empty);
            if goes {
                seen.extend(record.versions.iter().map(|v| (v.bucket, head(v.event.id))));
            }
            goes
        });
        for version in kept.records.values_mut().flat_map(|r| &mut r.versions) {
            if let EventBody::SeriesWritten(s) = &version.event.content.body {
                version.trimmed |= trimmed.contains_key(&s.segment);
            }
        }
        for (hash, samples) in trimmed {
            if let Some(segment) = kept.segments.get_mut(&hash) {
                *segment = Segment::new(samples);
            }
        }
        self.seen.extend(seen);
        while self.seen.len() > SEEN {
            self.seen.pop_first();
        }
    }
}

fn head(id: EventId) -> [u8; 8] {
    id.0.first_chunk::<8>().copied().unwrap_or_default()
}
