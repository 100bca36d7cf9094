//! What leaves a state when time goes on.

use super::kept::Version;
use super::person::Step;
use super::state::State;
use crate::error::Result;
use crate::event::EventBody;
use crate::log::{Cutoff, DayReader, Log};
use crate::store::STANDING;
use crate::time::LocalDate;
use std::collections::BTreeSet;

/// Records that left the horizon and are still known by name.
const GONE: usize = 1024;

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
                let mut carry = self.state.carry.take().unwrap_or_default();
                carry.step(self.day(log, &mut reader, date)?);
                self.state.carry = Some(carry);
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
}

impl State {
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
