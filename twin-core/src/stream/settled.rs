//! A metric's day folded for good up to an instant: what lets samples go without losing the day.
//!
//! The fold of a metric is a sum over pieces of time, so that the part before an instant and the part
//! from it on add up to the whole, bit for bit. Of the part before only the sums are kept, and of each
//! stream its last sample, which may reach over the instant.

use super::bytes::{Reader, Writer, damaged};
use crate::catalogue::{Aggregation, Metric};
use crate::error::Result;
use crate::event::{Origin, Recording};
use crate::fold::{Context, DayStream, HourSum, MetricDay, Piece, Resolved, SourceDay, SourcePart, resolve};
use crate::id::{MetricId, SourceId};
use crate::log::OriginStream;
use crate::series::Samples;
use crate::time::{LocalDate, Timestamp};

/// A stream with what decides how its samples are read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stream {
    origin: Origin,
    offset_s: Option<i32>,
    /// The offset used: its own, else the zone's.
    used_s: i32,
}

/// The part of a metric's day before an instant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settled {
    /// Samples that start before this are folded in; microseconds.
    pub(super) upto_us: i64,
    bounds_us: (i64, i64),
    cumulative: bool,
    /// Best first.
    streams: Vec<Stream>,
    folded: MetricDay,
}

/// A metric's day as it is read now.
pub(super) struct Reading<'a> {
    pub(super) context: &'a Context,
    pub(super) date: LocalDate,
    pub(super) metric: &'a MetricId,
}

impl Reading<'_> {
    fn bounds(&self) -> (i64, i64) {
        let (from, to) = self.context.zones.day_bounds(self.date);
        (from.micros(), to.micros())
    }

    /// All streams, best first; live ones with their samples. `None` when what was settled would be
    /// read otherwise today.
    fn streams(&self, before: Option<&Settled>, live: Vec<OriginStream>) -> Option<Vec<(Stream, Samples)>> {
        let noon = Timestamp::from_secs(i64::from(self.date.days()) * 86_400 + 43_200);
        let home = self.context.zones.at(noon).offset_at(noon);
        let used = |offset: Option<i32>| offset.unwrap_or(home);
        if before.is_some_and(|b| b.bounds_us != self.bounds() || b.streams.iter().any(|s| used(s.offset_s) != s.used_s)) {
            return None;
        }
        let mut all: Vec<(Stream, Samples)> =
            before.into_iter().flat_map(|b| &b.streams).map(|s| (s.clone(), Samples::empty())).collect();
        for stream in live {
            let same = |s: &Stream| s.origin.source == stream.origin.source && s.origin.method == stream.origin.method;
            match all.iter_mut().find(|(s, _)| same(s)) {
                Some((known, samples)) => {
                    if stream.origin < known.origin || stream.offset_s > known.offset_s {
                        return None;
                    }
                    *samples = stream.samples;
                }
                None => {
                    let named = Stream { used_s: used(stream.offset_s), origin: stream.origin, offset_s: stream.offset_s };
                    all.push((named, stream.samples));
                }
            }
        }
        let rank = |s: &Stream| (self.context.rank(self.metric, &s.origin), s.origin.clone());
        if before.is_some_and(|b| !b.streams.is_sorted_by_key(rank)) {
            return None;
        }
        all.sort_by_cached_key(|(s, _)| rank(s));
        Some(all)
    }

    /// The metric's whole day: what is settled and what is live. `None` when they do not fit together.
    pub(super) fn whole(&self, before: &Settled, live: Vec<OriginStream>) -> Option<MetricDay> {
        let streams = self.streams(Some(before), live)?;
        let cumulative = self.cumulative(&streams) || before.cumulative;
        if cumulative != before.cumulative && !before.streams.is_empty() {
            return None;
        }
        let rest = self.part(&streams, cumulative, before.upto_us, i64::MAX);
        Some(join(before.folded.clone(), rest))
    }

    /// Settles up to an instant. `None` when what was settled does not fit.
    pub(super) fn settle(
        &self,
        before: Option<&Settled>,
        live: Vec<OriginStream>,
        upto_us: i64,
    ) -> Option<Settled> {
        let streams = self.streams(before, live)?;
        let cumulative = self.cumulative(&streams) || before.is_some_and(|b| b.cumulative);
        if before.is_some_and(|b| cumulative != b.cumulative && !b.streams.is_empty()) {
            return None;
        }
        let from = before.map_or(i64::MIN, |b| b.upto_us);
        let part = self.part(&streams, cumulative, from, upto_us);
        let folded = match before {
            Some(before) => join(before.folded.clone(), part),
            None => part,
        };
        let known = |s: &Stream, samples: &Samples| {
            before.is_some_and(|b| b.streams.contains(s)) || samples.starts_us().first().is_some_and(|t| *t < upto_us)
        };
        let streams = streams.into_iter().filter(|(s, samples)| known(s, samples)).map(|(s, _)| s).collect();
        Some(Settled { upto_us, bounds_us: self.bounds(), cumulative, streams, folded })
    }

    fn known(&self) -> Option<&'static Metric> {
        Metric::find(self.metric.as_str())
    }

    fn cumulative(&self, streams: &[(Stream, Samples)]) -> bool {
        let lengths = || streams.iter().any(|(_, s)| !s.durations_us().is_empty());
        self.known().map_or_else(lengths, |m| m.aggregation == Aggregation::Sum)
    }

    /// The fold of what starts in `from_us..to_us`, and of what reaches into it.
    fn part(&self, streams: &[(Stream, Samples)], cumulative: bool, from_us: i64, to_us: i64) -> MetricDay {
        let known = self.known();
        let hold_us = if cumulative { 0 } else { (known.and_then(|m| m.hold_s).unwrap_or(0.0) * 1e6) as i64 };
        let columns: Vec<&Samples> = streams.iter().map(|(_, s)| s).collect();
        let mut pieces = Vec::new();
        let mut reaching: Vec<SourceId> = Vec::new();
        for piece in resolve(&columns, hold_us) {
            let inside = (from_us..to_us).contains(&piece.start_us);
            let reaches = piece.start_us < from_us && piece.end_us > from_us;
            if !inside && !reaches {
                continue;
            }
            if reaches && let Some((stream, _)) = streams.get(piece.stream) {
                reaching.push(stream.origin.source.clone());
            }
            let (start_us, end_us) = (piece.start_us.max(from_us), piece.end_us.min(to_us));
            pieces.push(Piece { start_us, end_us, ..piece });
        }
        let (from, to) = (Timestamp::from_micros(from_us), Timestamp::from_micros(to_us));
        let streams: Vec<DayStream> = streams
            .iter()
            .map(|(s, samples)| DayStream {
                source: s.origin.source.clone(),
                method: s.origin.method.clone(),
                samples: samples.between(from, to),
                offset_s: s.used_s,
            })
            .collect();
        let mut resolved = Resolved::of(&pieces, &streams, cumulative);
        // What reaches in was counted where it starts.
        for source in reaching {
            resolved.n = resolved.n.saturating_sub(1);
            if let Some(part) = resolved.parts.iter_mut().find(|p| p.source == source) {
                part.n = part.n.saturating_sub(1);
            }
        }
        MetricDay { sources: streams.iter().filter_map(|s| SourceDay::of(s, known)).collect(), resolved }
    }
}

/// Two parts of a day, the earlier first. Sums that no real day reaches stay at the greatest number.
fn join(mut day: MetricDay, later: MetricDay) -> MetricDay {
    for source in later.sources {
        match day.sources.iter_mut().find(|s| s.source == source.source && s.method == source.method) {
            Some(known) => {
                known.n = known.n.saturating_add(source.n);
                known.flagged = known.flagged.saturating_add(source.flagged);
                known.sum = known.sum.saturating_add(source.sum);
                known.min = known.min.min(source.min);
                known.max = known.max.max(source.max);
                (known.last_us, known.last) = (source.last_us, source.last);
            }
            None => day.sources.push(source),
        }
    }
    day.sources.sort_by(|a, b| (&a.source, &a.method).cmp(&(&b.source, &b.method)));
    let (all, more) = (&mut day.resolved, later.resolved);
    if more.parts.is_empty() {
        return day;
    }
    if all.parts.is_empty() {
        day.resolved = more;
        return day;
    }
    if more.n > 0 {
        all.last = more.last;
    }
    all.n = all.n.saturating_add(more.n);
    all.covered_us = all.covered_us.saturating_add(more.covered_us);
    all.amount = all.amount.saturating_add(more.amount);
    all.min = all.min.min(more.min);
    all.max = all.max.max(more.max);
    for hour in more.hours {
        match all.hours.iter_mut().find(|h| h.hour == hour.hour) {
            Some(known) => {
                known.amount = known.amount.saturating_add(hour.amount);
                known.covered_us = known.covered_us.saturating_add(hour.covered_us);
            }
            None => all.hours.push(hour),
        }
    }
    all.hours.sort_by_key(|h| h.hour);
    for part in more.parts {
        match all.parts.iter_mut().find(|p| p.source == part.source) {
            Some(known) => {
                known.n = known.n.saturating_add(part.n);
                known.covered_us = known.covered_us.saturating_add(part.covered_us);
                known.amount = known.amount.saturating_add(part.amount);
            }
            None => all.parts.push(part),
        }
    }
    all.parts.sort_by(|a, b| a.source.cmp(&b.source));
    day
}

impl Settled {
    /// Does a source have a part in it?
    pub(super) fn has(&self, source: &SourceId) -> bool {
        self.streams.iter().any(|s| s.origin.source == *source)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.i64(self.upto_us);
        out.i64(self.bounds_us.0);
        out.i64(self.bounds_us.1);
        out.u64(self.cumulative.into());
        out.count(self.streams.len());
        for stream in &self.streams {
            let origin = &stream.origin;
            out.bytes(origin.source.as_str().as_bytes());
            out.option(origin.device.as_ref(), |out, d| out.bytes(d.as_str().as_bytes()));
            out.option(origin.method.as_ref(), |out, m| out.bytes(m.as_str().as_bytes()));
            out.option(origin.recording, |out, r| out.u64(r as u64));
            out.option(stream.offset_s, |out, s| out.i64(s.into()));
            out.i64(stream.used_s.into());
        }
        out.count(self.folded.sources.len());
        for s in &self.folded.sources {
            out.bytes(s.source.as_str().as_bytes());
            out.option(s.method.as_ref(), |out, m| out.bytes(m.as_str().as_bytes()));
            out.u64(s.n);
            out.u64(s.flagged);
            out.i128(s.sum);
            [s.min, s.max, s.first_us, s.last_us, s.last].into_iter().for_each(|n| out.i64(n));
        }
        let r = &self.folded.resolved;
        out.u64(r.n);
        out.i128(r.amount);
        [r.covered_us, r.min, r.max, r.last].into_iter().for_each(|n| out.i64(n));
        out.count(r.hours.len());
        for hour in &r.hours {
            out.u64(hour.hour.into());
            out.i128(hour.amount);
            out.i64(hour.covered_us);
        }
        out.count(r.parts.len());
        for part in &r.parts {
            out.bytes(part.source.as_str().as_bytes());
            out.u64(part.n);
            out.i64(part.covered_us);
            out.i128(part.amount);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self> {
        let upto_us = from.i64()?;
        let bounds_us = (from.i64()?, from.i64()?);
        let cumulative = from.u64()? != 0;
        let streams = from.list(|from| {
            let origin = Origin {
                source: from.text()?.parse()?,
                device: from.option(|from| from.text()?.parse())?,
                method: from.option(|from| from.text()?.parse())?,
                recording: from.option(|from| match from.u64()? {
                    0 => Ok(Recording::Automatic),
                    1 => Ok(Recording::Active),
                    2 => Ok(Recording::Manual),
                    _ => Err(damaged()),
                })?,
            };
            Ok(Stream { origin, offset_s: from.option(Reader::i32)?, used_s: from.i32()? })
        })?;
        let sources = from.list(|from| {
            Ok(SourceDay {
                source: from.text()?.parse()?,
                method: from.option(|from| from.text()?.parse())?,
                n: from.u64()?,
                flagged: from.u64()?,
                sum: from.i128()?,
                min: from.i64()?,
                max: from.i64()?,
                first_us: from.i64()?,
                last_us: from.i64()?,
                last: from.i64()?,
            })
        })?;
        let (n, amount) = (from.u64()?, from.i128()?);
        let (covered_us, min, max, last) = (from.i64()?, from.i64()?, from.i64()?, from.i64()?);
        let hours = from.list(|from| {
            let hour = u8::try_from(from.u64()?).map_err(|_| damaged())?;
            Ok(HourSum { hour, amount: from.i128()?, covered_us: from.i64()? })
        })?;
        let parts = from.list(|from| {
            let source = from.text()?.parse()?;
            Ok(SourcePart { source, n: from.u64()?, covered_us: from.i64()?, amount: from.i128()? })
        })?;
        let resolved = Resolved { n, covered_us, amount, min, max, last, hours, parts };
        Ok(Self { upto_us, bounds_us, cumulative, streams, folded: MetricDay { sources, resolved } })
    }
}
