//! What leaves a state because there is no room: samples first, oldest first, then days.

use super::kept::Version;
use super::output::Reason;
use super::person::{Step, dates_of};
use super::segment::Segment;
use super::settled::{Reading, Settled};
use super::state::{MAX_SAMPLES, MAX_STATE_BYTES, State};
use super::trim::{Keep, trim};
use crate::error::Result;
use crate::event::EventBody;
use crate::id::MetricId;
use crate::log::{Cutoff, DayReader};
use crate::sort::{Gather as _, OrderBy};
use crate::time::LocalDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A state that is squeezed is squeezed to this, so that the next calls need not.
const AFTER_SQUEEZE: usize = MAX_STATE_BYTES * 3 / 4;
/// What facts may take before days leave early; the rest is for samples.
const FACTS: usize = MAX_STATE_BYTES * 5 / 8;
/// Fewer live samples of a day than this are not cut further.
const LEAST_LIVE: usize = 64;

impl Step<'_> {
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
            // Of a day under way the newest samples stay: what follows them must find them.
            let cut = if date < today { Some(i64::MAX) } else { self.middle(date)? };
            let Some(cut) = cut else { break };
            self.settle(date, cut)?;
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
            .filter(|(_, r)| {
                !r.stands()
                    && r.versions.iter().all(|v| {
                        v.event.deletes() && v.bucket >= ceiling.days() || !v.event.deletes() && beyond(v)
                    })
            })
            .map(|(key, _)| *key)
            .gather();
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
        starts.order();
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
            .gather()
    }

    /// The oldest day before `end` that is not settled whole.
    fn oldest_live(&self, end: LocalDate) -> Option<LocalDate> {
        let series =
            self.kept.versions().filter(|v| matches!(v.event.content.body, EventBody::SeriesWritten(_)));
        let days: BTreeSet<i32> = series.flat_map(|v| v.bucket - 1..=v.bucket + 1).gather();
        let dates =
            days.into_iter().map(LocalDate::from_days).filter(|d| (self.from.plus_days(-1)..end).contains(d));
        dates.into_iter().find(|date| !self.live_metrics(*date).is_empty())
    }

    /// The middle of the days ahead that hold something.
    fn middle_ahead(&self, today: LocalDate) -> Option<LocalDate> {
        let ahead: Vec<LocalDate> = self.days.range(today.plus_days(1)..).map(|(date, _)| *date).collect();
        ahead.get(ahead.len() / 2).copied()
    }
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
    use crate::series::Samples;
    use crate::time::{Hlc, Timestamp};
    use proptest::prelude::*;

    const DAY_US: i64 = 86_400_000_000;
    const STEP_US: i64 = 300_000_000;

    fn arrival(metric: &str, device: &str, rows: &[(i64, i64, i64)], second: i64) -> Option<Arrival> {
        let columns = (rows.iter().map(|r| r.0).collect(), rows.iter().map(|r| r.1).collect());
        let samples =
            Samples::new(columns.0, columns.1, rows.iter().map(|r| r.2 as f64 / 8.0).collect()).unwrap();
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
