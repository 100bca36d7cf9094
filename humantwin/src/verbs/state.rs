//! `state`: how the person is, at any moment, as known at any moment.

use crate::error::Result;
use crate::insight::{Gathered, gather, rmssd_trend, usual, usual_specs};
use crate::twin::Twin;
use crate::view::{DayView, LastView, OpenTaskView, StateView};
use std::sync::Arc;
use twin_core::catalogue::Metric;
use twin_core::fold::{Carry, from_micro};
use twin_core::{LocalDate, Purpose, Timestamp};

/// Days looked back on for what is usual: the 28-day windows, their gap, and a source's overlap.
const LOOK_BACK: i32 = 100;

impl Twin {
    /// The state now, or at a past moment, or as it was known at a past moment. A moment in the past
    /// shows nothing that came after it.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn state(&self, at: Option<Timestamp>, known_at: Option<Timestamp>) -> Result<StateView> {
        let (mut log, now) = self.enter()?;
        log.refresh()?;
        let moment = at.or(known_at).unwrap_or(now);
        let gathered = gather(&mut log, self.views(), moment, at, known_at, LOOK_BACK)?;
        let carry = gathered.carry(&log)?;
        let mut view = state_view(log.twin().to_string(), known_at, gathered, &carry);
        if at.is_none() && known_at.is_none() {
            view.state_hash = Some(log.state_hash()?);
        }
        self.mask(&mut view);
        Ok(view)
    }

    /// Days as people ask about them, oldest first; days of which nothing is known are left out.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn days(&self, from: LocalDate, to: LocalDate) -> Result<Vec<DayView>> {
        let (mut log, _) = self.enter()?;
        log.refresh()?;
        let days = self.views().of(&mut log, from, to)?.into_iter();
        let mut days: Vec<DayView> = days.map(Arc::unwrap_or_clone).collect();
        days.iter_mut().for_each(|day| self.mask_day(day));
        Ok(days)
    }

    /// First and last instant of a civil day, in the zone lived in; the end is the next day's start.
    ///
    /// # Errors
    /// `consent_required`.
    pub fn day_bounds(&self, date: LocalDate) -> Result<(Timestamp, Timestamp)> {
        Ok(self.enter()?.0.context().zones.day_bounds(date))
    }

    /// Leaves what the access is not about out of an answer.
    fn mask(&self, view: &mut StateView) {
        self.mask_day(&mut view.day);
        if self.sees(Purpose::Health).is_err() {
            view.usual.clear();
            view.last.clear();
        }
        if self.sees(Purpose::Work).is_err() {
            view.open_tasks.clear();
        }
        if self.sees(Purpose::OwnUse).is_err() {
            view.state_hash = None;
        }
    }

    pub(crate) fn mask_day(&self, day: &mut DayView) {
        if self.sees(Purpose::Health).is_err() {
            (day.sleep, day.nap_min, day.heart, day.hrv, day.activity) = (None, None, None, None, None);
            (day.caffeine_mg, day.alcohol_drinks) = (None, None);
            day.sessions.clear();
            day.loads.clear();
            day.measurements.clear();
            day.notes.clear();
            day.metrics.clear();
        }
        if self.sees(Purpose::Work).is_err() {
            (day.calendar, day.tasks, day.work) = (None, None, None);
        }
        if self.sees(Purpose::Companion).is_err() {
            day.check_ins.clear();
            (day.energy, day.stress) = (None, None);
        }
    }
}

fn state_view(twin: String, known_at: Option<Timestamp>, gathered: Gathered, carry: &Carry) -> StateView {
    let Gathered { date, past, today, .. } = gathered;
    let newest = past.last().map(|d| d.date);
    let mut past: Vec<DayView> = past.into_iter().map(Arc::unwrap_or_clone).collect();
    past.push(today.clone());
    let unit = |metric: &str| Metric::find(metric).map(|m| m.unit.to_owned());
    StateView {
        twin,
        at: gathered.moment,
        known_at,
        zone: gathered.zone,
        usual: usual_specs()
            .iter()
            .map(|spec| usual(spec, &past, date))
            .chain(rmssd_trend(&past, date))
            .collect(),
        day: today,
        newest,
        first: gathered.first,
        days: carry.days,
        last: carry
            .last
            .iter()
            .map(|(metric, last)| LastView {
                metric: metric.to_string(),
                value: from_micro(last.value),
                unit: unit(metric.as_str()),
                at: last.at,
                source: last.source.to_string(),
            })
            .collect(),
        open_tasks: carry
            .open_tasks
            .iter()
            .map(|(task, open)| OpenTaskView {
                task: task.clone(),
                since: open.since,
                due: open.due,
                delays: open.delays,
            })
            .collect(),
        state_hash: None,
    }
}
