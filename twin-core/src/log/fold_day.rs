//! Folding one day from the store: winners, streams, segments.

use super::Log;
use super::join::is_small;
use crate::error::Result;
use crate::event::{Content, Event, EventBody, Origin, SeriesWritten};
use crate::fold::DayStream;
use crate::fold::{Context, DayState, Stream};
use crate::id::{MethodId, MetricId, SegmentHash, SourceId};
use crate::series::{Samples, SegmentVersion, merge_segments};
use crate::sort::OrderBy;
use crate::store::stated_date;
use crate::time::{Hlc, LocalDate, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Where a reading of the past stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cutoff {
    /// Nothing that happened after this.
    pub at: Option<Timestamp>,
    /// Nothing that we learned after this.
    pub known_at: Option<Timestamp>,
}

/// One stream of a metric on a day: samples with the offset they were lived in.
pub(crate) struct OriginStream {
    pub(crate) origin: Origin,
    pub(crate) samples: Samples,
    pub(crate) offset_s: Option<i32>,
}

/// Folds days one after the other, keeping the buckets they share.
pub struct DayReader<'a> {
    log: &'a Log,
    context: &'a Context,
    cutoff: Cutoff,
    /// Winners with the civil day they belong to.
    buckets: BTreeMap<i32, Vec<(LocalDate, Event)>>,
    segments: HashMap<SegmentHash, (i32, Arc<Samples>)>,
    /// Buckets with many small segments that had to be read one by one.
    pub(super) loose: BTreeSet<i32>,
}

impl<'a> DayReader<'a> {
    /// A reader up to a cutoff, with the standing facts to use.
    #[must_use]
    pub fn new(log: &'a Log, context: &'a Context, cutoff: Cutoff) -> Self {
        let (buckets, segments, loose) = Default::default();
        Self { log, context, cutoff, buckets, segments, loose }
    }

    /// Folds a day.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn day(&mut self, date: LocalDate) -> Result<DayState> {
        self.load(date)?;
        let mut day = DayState::empty(date);
        let mut series = Vec::new();
        for (lived, event) in
            self.buckets.range(date.days() - 1..=date.days() + 1).flat_map(|(_, events)| events)
        {
            if matches!(event.content.body, EventBody::SeriesWritten(_)) {
                series.push(event);
            } else if *lived == date {
                day.add(event);
            }
        }
        let mut by_metric: BTreeMap<MetricId, Vec<&Event>> = BTreeMap::new();
        for event in series {
            if let EventBody::SeriesWritten(s) = &event.content.body {
                by_metric.entry(s.metric.clone()).or_default().push(event);
            }
        }
        for (metric, events) in by_metric {
            let mut streams = streams_of(self.log, self.context, &self.segments, date, &events, self.cutoff)?;
            streams.order_by_cached_key(|s| (self.context.rank(&metric, &s.origin), s.origin.clone()));
            let home = i64::from(self.context.zones.at(noon(date)).offset_at(noon(date)));
            let folded: Vec<DayStream> = streams
                .into_iter()
                .map(|s| DayStream {
                    source: s.origin.source,
                    method: s.origin.method,
                    samples: s.samples,
                    offset_s: s.offset_s.unwrap_or(home as i32),
                })
                .collect();
            day.set_metric(metric, &folded);
        }
        Ok(day)
    }

    /// The streams of one metric on a day, best first.
    pub(crate) fn streams(&mut self, date: LocalDate, metric: &MetricId) -> Result<Vec<OriginStream>> {
        self.load(date)?;
        let events: Vec<&Event> = self
            .buckets
            .range(date.days() - 1..=date.days() + 1)
            .flat_map(|(_, events)| events)
            .map(|(_, event)| event)
            .filter(|e| matches!(&e.content.body, EventBody::SeriesWritten(s) if s.metric == *metric))
            .collect();
        let mut streams = streams_of(self.log, self.context, &self.segments, date, &events, self.cutoff)?;
        streams.order_by_cached_key(|s| (self.context.rank(metric, &s.origin), s.origin.clone()));
        Ok(streams)
    }

    /// Brings in the winners of the buckets around a day, and lets go of those before.
    fn load(&mut self, date: LocalDate) -> Result<()> {
        let (from, to) = (date.days() - 1, date.days() + 1);
        self.buckets.retain(|bucket, _| (from..=to).contains(bucket));
        self.segments.retain(|_, (bucket, _)| (from..=to).contains(bucket));
        let cutoff = self.cutoff.known_at.map(Hlc::end_of);
        for bucket in from..=to {
            if self.buckets.contains_key(&bucket) {
                continue;
            }
            let mut events = Vec::new();
            self.log.store.scan(bucket..=bucket, &mut |event| {
                let known = cutoff.is_none_or(|cutoff| event.clock <= cutoff);
                let happened = self.cutoff.at.is_none_or(|at| begins(&event.content) <= at);
                if known && happened {
                    events.push(event.clone());
                }
                Ok(())
            })?;
            let mut winners = Vec::with_capacity(events.len());
            for event in events {
                if self.log.wins(&event, cutoff)? && !self.context.cut_by_window(&event, event.key()) {
                    winners.push((date_in(self.context, &event.content), event));
                }
            }
            self.load_segments(bucket, &winners)?;
            self.buckets.insert(bucket, winners);
        }
        Ok(())
    }

    /// Brings in the segments that a bucket's events name: from its chunks, and what is not in them one
    /// by one.
    fn load_segments(&mut self, bucket: i32, winners: &[(LocalDate, Event)]) -> Result<()> {
        let named = || {
            winners.iter().filter_map(|(_, event)| match &event.content.body {
                EventBody::SeriesWritten(s) => Some(s),
                _ => None,
            })
        };
        let small = named().filter(|s| is_small(s.count)).map(|s| s.segment);
        let mut loose: HashSet<SegmentHash> = small.filter(|s| !self.segments.contains_key(s)).collect();
        // A day with few has no chunk, or one that is not worth a look.
        if loose.len() >= self.log.join_from.max(1) {
            let all = loose.len();
            // Whatever is wrong with a chunk, its segments are there one by one.
            for samples in self.log.chunks(bucket).unwrap_or_default().into_iter().flatten() {
                let hash = samples.hash();
                if loose.remove(&hash) {
                    self.segments.insert(hash, (bucket, Arc::new(samples)));
                }
            }
            if self.log.worth_joining(loose.len(), all - loose.len()) {
                self.loose.insert(bucket);
            }
        }
        for written in named() {
            if !self.segments.contains_key(&written.segment)
                && let Some(samples) = segment_of(self.log, written)?
            {
                self.segments.insert(written.segment, (bucket, samples));
            }
        }
        Ok(())
    }
}

/// The samples of a series; a tombstone has none and needs no segment.
fn segment_of(log: &Log, written: &SeriesWritten) -> Result<Option<Arc<Samples>>> {
    if written.count == 0 { Ok(Some(Arc::default())) } else { log.store.segment(written.segment) }
}

/// From when on an event may be read: a series from its first sample on, all else from its `at`.
fn begins(content: &Content) -> Timestamp {
    match &content.body {
        EventBody::SeriesWritten(s) => s.start,
        _ => content.at,
    }
}

fn noon(date: LocalDate) -> Timestamp {
    Timestamp::from_secs(i64::from(date.days()) * 86_400 + 43_200)
}

/// The civil day a fact belongs to: the one it states, the one of the offset lived in, else the zone's.
pub(crate) fn date_in(context: &Context, content: &Content) -> LocalDate {
    if let Some(date) = stated_date(content) {
        return date;
    }
    let (at, offset) = match content.body.held() {
        EventBody::MeetingPlanned(m) => (m.entry.end, content.end_offset_s),
        _ => (content.at, content.end_offset_s),
    };
    match offset {
        Some(offset) => LocalDate::from_days((at.secs() + i64::from(offset)).div_euclid(86_400) as i32),
        None => context.zones.date_of(at),
    }
}

impl Log {
    /// The civil day a fact belongs to.
    #[must_use]
    pub fn date_of(&self, content: &Content) -> LocalDate {
        date_in(&self.context, content)
    }
}

/// The merged streams of one metric's segments, cut to a day. Segments of a stream may state different
/// offsets: they are merged before they are cut, so that no sample counts on two days.
fn streams_of(
    log: &Log,
    context: &Context,
    cache: &HashMap<SegmentHash, (i32, Arc<Samples>)>,
    date: LocalDate,
    events: &[&Event],
    cutoff: Cutoff,
) -> Result<Vec<OriginStream>> {
    type Told<'a> = (&'a Event, &'a SeriesWritten, Arc<Samples>);
    let mut groups: BTreeMap<Stream, Vec<Told<'_>>> = BTreeMap::new();
    for event in events {
        let EventBody::SeriesWritten(written) = &event.content.body else { continue };
        let samples = match cache.get(&written.segment) {
            Some((_, samples)) => Arc::clone(samples),
            None => match segment_of(log, written)? {
                Some(samples) => samples,
                None => continue,
            },
        };
        let Origin { source, method, .. } = &event.content.origin;
        groups.entry((source.clone(), method.clone())).or_default().push((event, written, samples));
    }
    let lived = |event: &Event| match event.content.start_offset_s {
        Some(offset) => {
            let midnight = Timestamp::from_secs(i64::from(date.days()) * 86_400 - i64::from(offset));
            (midnight, midnight.plus_secs(86_400))
        }
        None => context.zones.day_bounds(date),
    };
    let mut streams = Vec::new();
    for segments in groups.into_values() {
        let days: Vec<_> = segments.iter().map(|(event, ..)| lived(event)).collect();
        let (Some(from), Some(to)) = (days.iter().map(|d| d.0).min(), days.iter().map(|d| d.1).max()) else {
            continue;
        };
        let to = cutoff.at.map_or(to, |at| to.min(at.plus_micros(1)));
        let mut origin: Option<&Origin> = None;
        let mut versions = Vec::with_capacity(segments.len());
        for ((event, written, samples), within) in segments.into_iter().zip(days) {
            let cut = samples.between(from, to);
            let cut = match cutoff.at {
                Some(at) => cut.ended_by(at),
                None => cut,
            };
            if cut.is_empty() && written.replaces != Some(true) {
                continue;
            }
            // Which of a source's devices names the stream must not depend on the order of arrival.
            let own = &event.content.origin;
            origin = Some(origin.map_or(own, |named| named.min(own)));
            versions.push(SegmentVersion {
                revision: event.content.revision,
                clock: event.clock,
                hash: written.segment,
                replaces: (written.replaces == Some(true)).then_some((written.start, written.end)),
                within: Some(within),
                offset_s: event.content.start_offset_s,
                samples: cut,
            });
        }
        let merged = merge_segments(versions);
        if let Some(origin) = origin.filter(|_| !merged.samples.is_empty()) {
            let (origin, offset_s) = (origin.clone(), merged.offset_s);
            streams.push(OriginStream { origin, offset_s, samples: merged.samples });
        }
    }
    Ok(streams)
}

/// The bucket range in which a day's facts can be found.
#[must_use]
pub(crate) fn buckets_of(from: LocalDate, to: LocalDate) -> std::ops::RangeInclusive<i32> {
    from.days() - 1..=to.days() + 1
}

/// Days that facts of a bucket can be folded into.
pub(crate) fn days_of(bucket: i32) -> impl Iterator<Item = LocalDate> {
    (bucket.saturating_sub(1)..=bucket.saturating_add(1)).map(LocalDate::from_days)
}

impl DayReader<'_> {
    /// The streams of one metric in one bucket, whole, and its single measurements.
    pub(crate) fn bucket_streams(
        &mut self,
        bucket: LocalDate,
        metric: &MetricId,
        units: &mut BTreeMap<(SourceId, Option<MethodId>), String>,
        measured: &mut Vec<super::SeriesRow>,
    ) -> Result<Vec<OriginStream>> {
        self.load(bucket)?;
        let mut groups: BTreeMap<(SourceId, Option<MethodId>), (Origin, Vec<SegmentVersion>)> =
            BTreeMap::new();
        let around = self.buckets.range(bucket.days() - 1..=bucket.days());
        for (own, event) in
            around.flat_map(|(b, events)| events.iter().map(move |(_, e)| (*b == bucket.days(), e)))
        {
            let origin = &event.content.origin;
            match event.content.body.held() {
                // What replaced samples of the day before may reach into this one: it only withdraws here.
                EventBody::SeriesWritten(s) if s.metric == *metric && (own || s.replaces == Some(true)) => {
                    let key = (origin.source.clone(), origin.method.clone());
                    units.entry(key.clone()).or_insert_with(|| s.unit.clone());
                    let Some((_, samples)) = self.segments.get(&s.segment) else { continue };
                    let samples = match self.cutoff.at {
                        _ if !own => Samples::empty(),
                        Some(at) => Samples::clone(samples).ended_by(at),
                        None => Samples::clone(samples),
                    };
                    groups.entry(key).or_insert_with(|| (origin.clone(), Vec::new())).1.push(
                        SegmentVersion {
                            revision: event.content.revision,
                            clock: event.clock,
                            hash: s.segment,
                            replaces: (s.replaces == Some(true)).then_some((s.start, s.end)),
                            within: None,
                            offset_s: None,
                            samples,
                        },
                    );
                }
                EventBody::MeasurementRecorded(m) if own && m.metric == *metric => {
                    let start = m.start.unwrap_or(event.content.at);
                    measured.push(super::SeriesRow {
                        start,
                        duration_us: event.content.at.micros() - start.micros(),
                        value: m.value,
                        unit: m.unit.clone(),
                        source: origin.source.clone(),
                        method: origin.method.clone(),
                    });
                }
                _ => {}
            }
        }
        Ok(groups
            .into_values()
            .map(|(origin, segments)| OriginStream {
                origin,
                offset_s: None,
                samples: merge_segments(segments).samples,
            })
            .collect())
    }
}
