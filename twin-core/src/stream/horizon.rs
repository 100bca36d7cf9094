//! What leaves a state: days that left the horizon, and what there is no room for.

use super::kept::{Kept, Version};
use super::output::Reason;
use super::person::{Step, dates_of};
use super::segment::Segment;
use super::settled::{Reading, Settled};
use super::state::{MAX_SAMPLES, MAX_STATE_BYTES, State};
use crate::error::Result;
use crate::event::EventBody;
use crate::id::{EventId, MethodId, MetricId, SegmentHash, SourceId};
use crate::log::{Cutoff, DayReader, Log};
use crate::series::Samples;
use crate::store::STANDING;
use crate::time::LocalDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Records that left the horizon and are still known by name.
const GONE: usize = 1024;
/// Series that were settled whole and are still known by id.
const SEEN: usize = 512;
/// A state that is squeezed is squeezed to this, so that the next calls need not.
const AFTER_SQUEEZE: usize = MAX_STATE_BYTES * 3 / 4;
/// What facts may take before days leave early; the rest is for samples.
const FACTS: usize = MAX_STATE_BYTES * 5 / 8;
/// Fewer live samples of a day than this are not cut further.
const LEAST_LIVE: usize = 64;

type Keep = BTreeMap<(LocalDate, MetricId), (i64, BTreeMap<(SourceId, Option<MethodId>), i64>)>;

impl Step<'_> {
    /// Moves the start of the horizon: steps the carry over the days before it and lets them go.
    pub(super) fn advance(&mut self, log: &Log, to: LocalDate) -> Result<()> {
        if to <= self.state.from {
            return Ok(());
        }
        let leaving: Vec<(LocalDate, bool)> =
            self.state.days.range(..to).map(|(date, mark)| (*date, mark.is_some())).collect();
        let mut reader = DayReader::new(log, log.context(), Cutoff::default());
        for (date, whole) in leaving {
            self.state.first = Some(self.state.first.map_or(date, |first| first.min(date)));
            if whole && self.state.carry.is_some() {
                let day = self.day(log, &mut reader, date)?;
                if let Some(carry) = &mut self.state.carry {
                    carry.step(&day);
                }
            } else {
                self.state.carry = None;
            }
            self.state.days.remove(&date);
        }
        self.state.settled.retain(|(date, _), _| *date >= to);
        self.state.from = to;
        self.state.leave();
        Ok(())
    }

    /// Makes the state fit, and its bytes.
    pub(super) fn squeeze(&mut self, today: LocalDate) -> Result<Vec<u8>> {
        let bytes = self.state.encode(self.twin)?;
        if bytes.len() <= MAX_STATE_BYTES && self.state.samples() <= MAX_SAMPLES {
            return Ok(bytes);
        }
        // Samples of older days first, then days too full of facts, then samples of yesterday and today.
        while let Some(date) = self.state.oldest_live(today.plus_days(-1)) {
            self.settle(date, i64::MAX)?;
            if let Some(bytes) = self.fits()? {
                return Ok(bytes);
            }
        }
        while self.state.from < today.plus_days(-1) && self.state.bytes_of_facts(self.twin)? > FACTS {
            self.leave_early(self.state.from.plus_days(1))?;
        }
        if let Some(bytes) = self.fits()? {
            return Ok(bytes);
        }
        while let Some(date) = self.state.oldest_live(LocalDate::from_days(i32::MAX)) {
            let cut = if date < today { None } else { self.middle(date)? };
            self.settle(date, cut.unwrap_or(i64::MAX))?;
            if let Some(bytes) = self.fits()? {
                return Ok(bytes);
            }
        }
        while self.state.from < today {
            self.leave_early(self.state.from.plus_days(1))?;
            if let Some(bytes) = self.fits()? {
                return Ok(bytes);
            }
        }
        while let Some(ceiling) = self.state.middle_ahead(today) {
            self.close_from(ceiling)?;
            if let Some(bytes) = self.fits()? {
                return Ok(bytes);
            }
        }
        self.state.gone.clear();
        self.state.seen.clear();
        self.close_from(self.state.from)?;
        if let Some(bytes) = self.fits()? {
            return Ok(bytes);
        }
        // Not even the standing facts have room: from here on only the full engine can answer.
        self.state.kept = Arc::default();
        self.state.windows.clear();
        self.state.carry = None;
        self.state.encode(self.twin)
    }

    fn fits(&mut self) -> Result<Option<Vec<u8>>> {
        let bytes = self.state.encode(self.twin)?;
        Ok((bytes.len() <= AFTER_SQUEEZE && self.state.samples() <= MAX_SAMPLES).then_some(bytes))
    }

    fn leave_early(&mut self, to: LocalDate) -> Result<()> {
        let log = self.log()?;
        self.advance(&log, to)
    }

    /// Gives up the days from one on.
    fn close_from(&mut self, ceiling: LocalDate) -> Result<()> {
        let log = self.log()?;
        let beyond = |v: &Version| dates_of(log.context(), v).iter().all(|d| *d >= ceiling);
        let goes: BTreeSet<_> = self
            .state
            .kept
            .records
            .iter()
            .filter(|(_, r)| !r.stands() && r.versions.iter().all(|v| v.event.deletes() && v.bucket >= ceiling.days() || !v.event.deletes() && beyond(v)))
            .map(|(key, _)| *key)
            .collect();
        drop(log);
        self.state.kept_mut().drop_records(|key, _| goes.contains(key));
        self.state.days.retain(|date, _| *date < ceiling);
        self.state.settled.retain(|(date, _), _| *date < ceiling);
        self.state.ceiling = Some(self.state.ceiling.map_or(ceiling, |known| known.min(ceiling)));
        self.needs_refold(ceiling, Reason::SqueezedOut);
        Ok(())
    }

    /// The instant that halves the live samples of a day; `None` when they are few.
    fn middle(&self, date: LocalDate) -> Result<Option<i64>> {
        let log = self.log()?;
        let mut reader = DayReader::new(&log, log.context(), Cutoff::default());
        let mut starts = Vec::new();
        for metric in self.state.live_metrics(date) {
            for stream in reader.streams(date, &metric)? {
                let upto = self.state.settled.get(&(date, metric.clone())).map_or(i64::MIN, |s| s.upto_us);
                starts.extend(stream.samples.starts_us().iter().filter(|t| **t >= upto));
            }
        }
        starts.sort_unstable();
        let (first, middle) = (starts.first(), starts.get(starts.len() / 2));
        Ok(middle.filter(|m| starts.len() > LEAST_LIVE && first < Some(*m)).copied())
    }

    /// Folds the metrics of a day for good up to an instant and lets their samples go.
    fn settle(&mut self, date: LocalDate, upto_us: i64) -> Result<()> {
        let log = self.log()?;
        let mut reader = DayReader::new(&log, log.context(), Cutoff::default());
        let mut keep: Keep = BTreeMap::new();
        let mut settled: Vec<(MetricId, Settled)> = Vec::new();
        for metric in self.state.live_metrics(date) {
            let live = reader.streams(date, &metric)?;
            // The last sample before the cut may reach over it.
            let holders = live.iter().filter_map(|s| {
                let starts = s.samples.starts_us();
                let before = starts.partition_point(|t| *t < upto_us).checked_sub(1)?;
                let name = (s.origin.source.clone(), s.origin.method.clone());
                Some((name, if upto_us == i64::MAX { upto_us } else { *starts.get(before)? }))
            });
            let holders = holders.collect();
            let known = self.state.settled.get(&(date, metric.clone()));
            let reading = Reading { context: log.context(), date, metric: &metric };
            let part = reading.settle(known, live, upto_us);
            keep.insert((date, metric.clone()), (upto_us, holders));
            settled.extend(part.map(|part| (metric, part)));
        }
        let trimmed = trim(&self.state.kept, &log, date, &keep)?;
        drop(reader);
        drop(log);
        let whole = settled.len() == keep.len() && self.state.days.get(&date) != Some(&None);
        for (metric, part) in settled.into_iter().filter(|_| whole) {
            self.state.settled.insert((date, metric), part);
        }
        if !whole {
            self.break_day(date);
        }
        self.state.take(trimmed);
        Ok(())
    }
}

/// Segments with the samples that are left of them, and how many went.
fn trim(kept: &Kept, log: &Log, date: LocalDate, keep: &Keep) -> Result<BTreeMap<SegmentHash, Samples>> {
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
        for ((start, duration, value), _) in segment.samples()?.iter().zip(flags).filter(|(_, needed)| *needed) {
            left.push(start, duration, value);
        }
        trimmed.insert(hash, left);
    }
    Ok(trimmed)
}

impl State {
    fn samples(&self) -> usize {
        self.kept.segments.values().map(Segment::count).sum()
    }

    /// Bytes of all but samples.
    fn bytes_of_facts(&mut self, twin: &crate::id::TwinId) -> Result<usize> {
        let all = self.encode(twin)?.len();
        Ok(all.saturating_sub(self.kept.segments.values().map(Segment::size).sum()))
    }

    /// The metrics of which a day has live series.
    fn live_metrics(&self, date: LocalDate) -> BTreeSet<MetricId> {
        let near = date.days() - 1..=date.days() + 1;
        let series = self.kept.versions().filter(|v| near.contains(&v.bucket));
        series
            .filter_map(|v| match &v.event.content.body {
                EventBody::SeriesWritten(s) => Some(s.metric.clone()),
                _ => None,
            })
            .filter(|m| self.settled.get(&(date, m.clone())).is_none_or(|s| s.upto_us < i64::MAX))
            .collect()
    }

    /// The oldest day before `end` that is not settled whole.
    fn oldest_live(&self, end: LocalDate) -> Option<LocalDate> {
        let series = self.kept.versions().filter(|v| matches!(v.event.content.body, EventBody::SeriesWritten(_)));
        let days: BTreeSet<i32> = series.flat_map(|v| v.bucket - 1..=v.bucket + 1).collect();
        let dates = days.into_iter().map(LocalDate::from_days).filter(|d| (self.from.plus_days(-1)..end).contains(d));
        dates.into_iter().find(|date| !self.live_metrics(*date).is_empty())
    }

    /// The middle of the days ahead that hold something.
    fn middle_ahead(&self, today: LocalDate) -> Option<LocalDate> {
        let ahead: Vec<LocalDate> = self.days.range(today.plus_days(1)..).map(|(date, _)| *date).collect();
        ahead.get(ahead.len() / 2).copied()
    }

    /// Takes trimmed segments; an event of which no sample is left goes, and is known by its id.
    fn take(&mut self, trimmed: BTreeMap<SegmentHash, Samples>) {
        let mut seen = Vec::new();
        let kept = self.kept_mut();
        kept.drop_records(|_, record| {
            let empty = |v: &Version| match &v.event.content.body {
                EventBody::SeriesWritten(s) => s.replaces != Some(true) && trimmed.get(&s.segment).is_some_and(Samples::is_empty),
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

    /// Lets go of what no held day needs.
    pub(super) fn leave(&mut self) {
        let first = self.from.days().saturating_sub(1);
        let mut gone = Vec::new();
        let leaves = self.kept.records.values().any(|r| r.last < first && !r.stands());
        if leaves {
            self.kept_mut().drop_records(|key, record| {
                let goes = record.last < first && !record.stands();
                let series = |v: &Version| matches!(v.event.content.body, EventBody::SeriesWritten(_));
                if goes && !record.versions.iter().all(series) {
                    gone.push((record.last, key.0.first_chunk::<4>().copied().unwrap_or_default()));
                }
                goes
            });
        }
        self.gone.extend(gone);
        while self.gone.len() > GONE {
            self.gone.pop_first();
        }
        self.seen.retain(|(bucket, _)| *bucket >= first);
        self.leave_windows(first);
    }

    /// Window reads that end before the first bucket held and cut nothing that is held.
    fn leave_windows(&mut self, first: i32) {
        let start = super::day_start(LocalDate::from_days(first));
        let mut goes = BTreeSet::new();
        for (key, record) in &self.kept.records {
            let [version] = record.versions.as_slice() else { continue };
            let EventBody::WindowRead(w) = &version.event.content.body else { continue };
            let cuts = |v: &Version| {
                v.bucket != STANDING
                    && v.event.content.origin.source == w.source
                    && (w.start..w.end).contains(&v.event.content.at)
            };
            if w.end <= start && !self.kept.versions().any(cuts) {
                goes.insert(*key);
                let newest = self.windows.entry(w.source.clone()).or_insert(version.event.clock);
                *newest = version.event.clock.max(*newest);
            }
        }
        if !goes.is_empty() {
            self.kept_mut().drop_records(|key, _| goes.contains(key));
        }
    }
}

fn head(id: EventId) -> [u8; 8] {
    id.0.first_chunk::<8>().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::input::Arrival;
    use super::super::output::Lane;
    use super::super::person::step;
    use super::*;
    use crate::event::{Content, Event, Origin, SeriesWritten};
    use crate::fold::DayState;
    use crate::id::TwinId;
    use crate::time::{Hlc, Timestamp};
    use proptest::prelude::*;

    const DAY_US: i64 = 86_400_000_000;
    const STEP_US: i64 = 300_000_000;

    fn arrival(metric: &str, device: &str, rows: &[(i64, i64, i64)], second: i64) -> Option<Arrival> {
        let columns = (rows.iter().map(|r| r.0).collect(), rows.iter().map(|r| r.1).collect());
        let samples = Samples::new(columns.0, columns.1, rows.iter().map(|r| r.2 as f64 / 8.0).collect()).unwrap();
        let (start, end) = samples.span()?;
        let body = SeriesWritten {
            metric: metric.parse().unwrap(),
            unit: String::new(),
            segment: samples.hash(),
            start,
            end,
            count: samples.len() as u64,
            replaces: None,
        };
        let content = Content::new(Origin::of(device.parse().unwrap()), end, body);
        let clock = Hlc { wall: Timestamp::from_secs(86_400 + second), counter: 0, node: 1 };
        let (event, bytes) = Event::seal(content, clock).unwrap();
        Some(Arrival { lane: Lane::Series, row: 0, event, bytes, samples: Some(samples) })
    }

    /// Samples of a day: metric, device, start, duration and value, in small steps so that they meet often.
    fn rows() -> impl Strategy<Value = Vec<(u8, u8, i64, i64, i64)>> {
        proptest::collection::vec((0_u8..3, 0_u8..3, 0_i64..287, 0_i64..9, 0_i64..900), 1..120)
    }

    proptest! {
        #[test]
        fn what_is_settled_and_what_follows_add_up_to_the_day(
            rows in rows(), cuts in proptest::collection::vec(0_i64..=48, 6),
        ) {
            let twin: TwinId = "p".parse().unwrap();
            let now = Timestamp::from_secs(2 * 86_400 - 1);
            let day = LocalDate::from_days(1);
            let mut states = [vec![], vec![]];
            let mut days = [vec![], vec![]];
            for (window, cut) in (0_i64..).zip(cuts) {
                let stream = |i: u8| {
                    let (metric, device) = (i / 3, i % 3);
                    // A metric nobody knows counts as an amount as soon as one sample has a length: all have.
                    let length = |r: &(u8, u8, i64, i64, i64)| match metric {
                        1 => 0,
                        metric => r.3.max(i64::from(metric / 2)) * 100_000_000,
                    };
                    let mine = rows.iter().filter(|r| (r.0, r.1, r.2 / 48) == (metric, device, window));
                    let chosen: Vec<_> = mine.map(|r| (DAY_US + r.2 * STEP_US, length(r), r.4)).collect();
                    let name = ["steps", "heart_rate", "x:unknown"][metric as usize];
                    arrival(name, ["a", "b", "c"][device as usize], &chosen, window * 10 + i64::from(i))
                };
                for (squeezed, (state, last)) in states.iter_mut().zip(&mut days).enumerate() {
                    let stepped = step(&twin, state, (0..9).filter_map(stream).collect(), now).unwrap();
                    *state = stepped.state;
                    prop_assert!(stepped.refold.is_none(), "{:?}", stepped.refold);
                    if let Some(out) = stepped.days.into_iter().find(|d| d.date == day) {
                        *last = out.payload;
                    }
                    if squeezed == 1 {
                        let mut step = Step::over(&twin, State::decode(&twin, state).unwrap());
                        step.settle(day, DAY_US + (window * 48 + cut) * STEP_US).unwrap();
                        *state = step.state.encode(&twin).unwrap();
                    }
                }
            }
            prop_assert_eq!(DayState::decode(&days[0]).unwrap(), DayState::decode(&days[1]).unwrap());
            prop_assert!(days[0] == days[1]);
        }
    }
}
