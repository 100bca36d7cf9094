//! A metric's day folded for good up to an instant: what lets samples go without losing the day.
//!
//! The fold of a metric is a sum over pieces of time, so that the part before an instant and the part
//! from it on add up to the whole, bit for bit. Of the part before only the sums are kept, and of each
//! stream its last sample, which may reach over the instant.

use crate::catalogue::{Aggregation, Metric};
use crate::event::Origin;
use crate::fold::{Context, DayStream, MetricDay, Piece, Resolved, SourceDay, resolve};
use crate::id::{MetricId, SourceId};
use crate::log::OriginStream;
use crate::series::Samples;
use crate::sort::OrderBy;
use crate::time::{LocalDate, Timestamp};

/// A stream with what decides how its samples are read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stream {
    pub(super) origin: Origin,
    pub(super) offset_s: Option<i32>,
    /// The offset used: its own, else the zone's.
    pub(super) used_s: i32,
}

/// The part of a metric's day before an instant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settled {
    /// Samples that start before this are folded in; microseconds.
    pub(super) upto_us: i64,
    pub(super) bounds_us: (i64, i64),
    pub(super) cumulative: bool,
    /// Best first.
    pub(super) streams: Vec<Stream>,
    pub(super) folded: MetricDay,
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
        if before.is_some_and(|b| {
            b.bounds_us != self.bounds() || b.streams.iter().any(|s| used(s.offset_s) != s.used_s)
        }) {
            return None;
        }
        let mut all: Vec<(Stream, Samples)> =
            before.into_iter().flat_map(|b| &b.streams).map(|s| (s.clone(), Samples::empty())).collect();
        for stream in live {
            let same = |s: &Stream| {
                s.origin.source == stream.origin.source && s.origin.method == stream.origin.method
            };
            match all.iter_mut().find(|(s, _)| same(s)) {
                Some((known, samples)) => {
                    if stream.origin < known.origin || stream.offset_s > known.offset_s {
                        return None;
                    }
                    *samples = stream.samples;
                }
                None => {
                    let named = Stream {
                        used_s: used(stream.offset_s),
                        origin: stream.origin,
                        offset_s: stream.offset_s,
                    };
                    all.push((named, stream.samples));
                }
            }
        }
        let rank = |s: &Stream| (self.context.rank(self.metric, &s.origin), s.origin.clone());
        if before.is_some_and(|b| !b.streams.is_sorted_by_key(rank)) {
            return None;
        }
        all.order_by_cached_key(|(s, _)| rank(s));
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
            before.is_some_and(|b| b.streams.contains(s))
                || samples.starts_us().first().is_some_and(|t| *t < upto_us)
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
    day.sources.order_by(|a, b| (&a.source, &a.method).cmp(&(&b.source, &b.method)));
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
    all.hours.order_by_key(|h| h.hour);
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
    all.parts.order_by(|a, b| a.source.cmp(&b.source));
    day
}

impl Settled {
    /// Does a source have a part in it?
    pub(super) fn has(&self, source: &SourceId) -> bool {
        self.streams.iter().any(|s| s.origin.source == *source)
    }
}
