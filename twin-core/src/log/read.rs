//! Reading series back: raw, as stored, or resolved.

use super::Log;
use super::fold_day::{Cutoff, DayReader, buckets_of};
use crate::catalogue::{Aggregation, Metric};
use crate::error::Result;
use crate::event::{Event, EventBody};
use crate::fold::{Piece, resolve};
use crate::id::{MethodId, MetricId, SourceId};
use crate::series::Samples;
use crate::sort::OrderBy;
use crate::store::{self, Table};
use crate::time::{Hlc, LocalDate, Timestamp};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A stored sample with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    /// Start; UTC.
    pub start: Timestamp,
    /// Duration, microseconds; 0 for an instant.
    pub duration_us: i64,
    /// The value, in `unit`.
    pub value: f64,
    /// UCUM unit.
    pub unit: String,
    /// Source.
    pub source: SourceId,
    /// How it was measured.
    pub method: Option<MethodId>,
}

impl Log {
    /// Every stored sample of a metric that starts in `from..to`, also single measurements, by source
    /// and then time, as they hold after corrections and deletions, unresolved.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn raw(
        &self,
        metric: &MetricId,
        from: Timestamp,
        to: Timestamp,
        cutoff: Cutoff,
    ) -> Result<Vec<SeriesRow>> {
        let context = match cutoff.known_at {
            Some(known_at) => &self.context_until(Some(known_at))?,
            None => self.context(),
        };
        let mut rows = Vec::new();
        let mut units: BTreeMap<(SourceId, Option<MethodId>), String> = BTreeMap::new();
        let days = self.buckets_with(metric, from, to)?;
        let mut measured = Vec::new();
        let mut reader = DayReader::new(self, context, cutoff);
        for bucket in days {
            let date = LocalDate::from_days(bucket);
            for stream in reader.bucket_streams(date, metric, &mut units, &mut measured)? {
                let unit = units.get(&(stream.origin.source.clone(), stream.origin.method.clone())).cloned();
                for (start, duration_us, value) in stream.samples.iter() {
                    let start = Timestamp::from_micros(start);
                    if start >= from && start < to {
                        rows.push(SeriesRow {
                            start,
                            duration_us,
                            value,
                            unit: unit.clone().unwrap_or_default(),
                            source: stream.origin.source.clone(),
                            method: stream.origin.method.clone(),
                        });
                    }
                }
            }
        }
        rows.extend(measured.into_iter().filter(|r| r.start >= from && r.start < to));
        rows.order_by(|a, b| {
            (&a.source, &a.method, a.start, a.duration_us).cmp(&(
                &b.source,
                &b.method,
                b.start,
                b.duration_us,
            ))
        });
        Ok(rows)
    }

    /// A metric resolved over its sources in `from..to`: pieces in order, each with its source.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn resolved(
        &self,
        metric: &MetricId,
        from: Timestamp,
        to: Timestamp,
        cutoff: Cutoff,
    ) -> Result<Vec<(Piece, SourceId)>> {
        let context = match cutoff.known_at {
            Some(known_at) => &self.context_until(Some(known_at))?,
            None => self.context(),
        };
        let known = Metric::find(metric.as_str());
        let cumulative = known.is_some_and(|m| m.aggregation == Aggregation::Sum);
        let hold_us = if cumulative { 0 } else { (known.and_then(|m| m.hold_s).unwrap_or(0.0) * 1e6) as i64 };
        let mut reader = DayReader::new(self, context, cutoff);
        let mut out = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for bucket in self.buckets_with(metric, from, to)? {
            for date in super::fold_day::days_of(bucket) {
                if !seen.insert(date) {
                    continue;
                }
                let streams = reader.streams(date, metric)?;
                let columns: Vec<&Samples> = streams.iter().map(|s| &s.samples).collect();
                for piece in resolve(&columns, hold_us) {
                    let within = piece.start_us >= from.micros() && piece.start_us < to.micros();
                    if let (true, Some(stream)) = (within, streams.get(piece.stream)) {
                        out.push((piece, stream.origin.source.clone()));
                    }
                }
            }
        }
        out.order_by_key(|(p, _)| p.start_us);
        Ok(out)
    }

    /// Facts about days in a span, in order of `at`; what was deleted or replaced is not among them. A plan or an
    /// answer about a day far from its `at` is found in the span of that day: see [`Log::events_of_kind`].
    ///
    /// # Errors
    /// `storage`, `corrupt`, and what `visit` returns.
    pub fn events(
        &self,
        from: Timestamp,
        to: Timestamp,
        visit: &mut dyn FnMut(&Event) -> Result<()>,
    ) -> Result<()> {
        let day =
            |t: Timestamp| LocalDate::from_days(i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0));
        let span = |at: Timestamp| (from..to).contains(&at);
        self.events_in(buckets_of(day(from), day(to)), &|event| span(event.content.at), None, visit)
    }

    /// Facts of one kind whose `at` lies in a span, as known at a moment, in order of `at`; what was deleted or
    /// replaced is not among them. Of a corrected one this is the correction.
    ///
    /// # Errors
    /// As [`Log::events`].
    pub fn events_of_kind(
        &self,
        kind: &str,
        (from, to): (Timestamp, Timestamp),
        known_at: Option<Timestamp>,
        visit: &mut dyn FnMut(&Event) -> Result<()>,
    ) -> Result<()> {
        let day =
            |t: Timestamp| LocalDate::from_days(i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0));
        let near = store::filed_near_at(kind);
        let buckets = if near { buckets_of(day(from), day(to)) } else { i32::MIN..=i32::MAX };
        let asked = |event: &Event| {
            event.content.body.held().kind() == kind && (from..to).contains(&event.content.at)
        };
        self.events_in(buckets, &asked, known_at, visit)
    }

    /// Facts of chosen kinds whose `at` lies in a span, as known at a moment, in order of `at`; what was deleted or
    /// replaced is not among them. Of a corrected one this is the correction. Plans are found up to `ahead_days`
    /// after the span.
    ///
    /// # Errors
    /// As [`Log::events`].
    pub fn facts_where(
        &self,
        chosen: &dyn Fn(&EventBody) -> bool,
        (from, to): (Timestamp, Timestamp),
        ahead_days: i32,
        known_at: Option<Timestamp>,
        visit: &mut dyn FnMut(&Event) -> Result<()>,
    ) -> Result<()> {
        let day =
            |t: Timestamp| LocalDate::from_days(i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0));
        let buckets = buckets_of(day(from), day(to).plus_days(ahead_days));
        let asked =
            |event: &Event| chosen(event.content.body.held()) && (from..to).contains(&event.content.at);
        self.events_in(buckets, &asked, known_at, visit)
    }

    fn events_in(
        &self,
        buckets: RangeInclusive<i32>,
        asked: &dyn Fn(&Event) -> bool,
        known_at: Option<Timestamp>,
        visit: &mut dyn FnMut(&Event) -> Result<()>,
    ) -> Result<()> {
        let context = match known_at {
            Some(_) => &self.context_until(known_at)?,
            None => self.context(),
        };
        let cutoff = known_at.map(Hlc::end_of);
        let mut found = Vec::new();
        self.store.scan(buckets, &mut |event| {
            if cutoff.is_none_or(|cutoff| event.clock <= cutoff) && asked(event) {
                found.push(event.clone());
            }
            Ok(())
        })?;
        found.order_by_key(|e| (e.content.at, e.clock, e.id));
        for event in found {
            if self.wins(&event, cutoff)? && !context.cut_by_window(&event, event.key()) {
                visit(&event)?;
            }
        }
        Ok(())
    }

    /// Every event of the log with nothing left out, standing facts first, then by bucket.
    ///
    /// # Errors
    /// `storage`, `corrupt`, and what `visit` returns.
    pub fn all_events(&self, visit: &mut dyn FnMut(&Event) -> Result<()>) -> Result<()> {
        self.store.scan(i32::MIN..=i32::MAX, &mut |event| visit(event))
    }

    /// Buckets that hold samples or measurements of a metric, in order.
    fn buckets_with(&self, metric: &MetricId, from: Timestamp, to: Timestamp) -> Result<Vec<i32>> {
        let day = |t: Timestamp| i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0);
        let mut buckets = std::collections::BTreeSet::new();
        let range = day(from).saturating_sub(1).max(i32::MIN + 1)..=day(to).saturating_add(1);
        self.store.scan(range, &mut |event| {
            let of_metric = match event.content.body.held() {
                EventBody::SeriesWritten(s) => s.metric == *metric,
                EventBody::MeasurementRecorded(m) => m.metric == *metric,
                _ => false,
            };
            if of_metric {
                buckets.insert(crate::store::bucket_of(&event.content));
            }
            Ok(())
        })?;
        Ok(buckets.into_iter().collect())
    }
}

/// A stream of a metric around a day.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedStream {
    /// Source.
    pub source: SourceId,
    /// How it measured.
    pub method: Option<MethodId>,
    /// Samples of the day and the day before.
    pub samples: Samples,
}

impl Log {
    /// The streams of a metric on a day and the day before it, best first: what a night needs. Only
    /// samples that start within the hull of `within` (microseconds) are returned.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn day_streams(
        &self,
        date: LocalDate,
        metric: &MetricId,
        within: &[(i64, i64)],
        cutoff: Cutoff,
    ) -> Result<Vec<NamedStream>> {
        let (Some(from), Some(to)) = (within.iter().map(|w| w.0).min(), within.iter().map(|w| w.1).max())
        else {
            return Ok(Vec::new());
        };
        let context = match cutoff.known_at {
            Some(known_at) => &self.context_until(Some(known_at))?,
            None => self.context(),
        };
        let mut reader = DayReader::new(self, context, cutoff);
        let mut ranked = Vec::new();
        for day in [date.plus_days(-1), date] {
            for stream in reader.streams(day, metric)? {
                let rank = context.rank(metric, &stream.origin);
                let cut = stream.samples.between(Timestamp::from_micros(from), Timestamp::from_micros(to));
                ranked.push((rank, stream.origin.source, stream.origin.method, cut));
            }
        }
        ranked.order_by(|a, b| (a.0, &a.1, &a.2).cmp(&(b.0, &b.1, &b.2)));
        let mut streams: Vec<NamedStream> = Vec::new();
        for (_, source, method, samples) in ranked {
            match streams.last_mut() {
                Some(last) if last.source == source && last.method == method => last.samples.append(&samples),
                _ => streams.push(NamedStream { source, method, samples }),
            }
        }
        Ok(streams)
    }

    /// The hash of each folded day in a span: changes whenever the day does.
    ///
    /// # Errors
    /// `storage`.
    pub fn day_marks(&self, from: LocalDate, to: LocalDate) -> Result<Vec<(LocalDate, [u8; 16])>> {
        let mut marks = BTreeMap::new();
        self.store.notes(Table::Day, i64::from(from.days())..=i64::from(to.days()), &mut |key, bytes| {
            if let Some(mark) = bytes.first_chunk::<16>() {
                marks.insert(LocalDate::from_days(i32::try_from(key).unwrap_or(0)), *mark);
            }
            Ok(())
        })?;
        if !self.store.writable() && from <= to {
            for (date, day) in self.hot.range(from..=to) {
                marks.insert(*date, super::refresh::hash_of(&day.encode()?).0);
            }
        }
        Ok(marks.into_iter().collect())
    }
}
