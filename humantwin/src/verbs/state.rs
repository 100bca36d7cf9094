//! `state`: how the person is, at any moment, as known at any moment.

use crate::error::Result;
use crate::insight::{day_view, recent_days, rmssd_trend, usual, usual_specs};
use crate::twin::Twin;
use crate::view::{DayView, LastView, OpenTaskView, StateView};
use twin_core::catalogue::Metric;
use twin_core::fold::{Carry, from_micro};
use twin_core::log::{Cutoff, Log};
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
        let mut view = state_of(&mut log, moment, at, known_at)?;
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
        let mut days = recent_days(&mut log, from, to)?;
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
            (day.calendar, day.tasks) = (None, None);
        }
        if self.sees(Purpose::Companion).is_err() {
            day.check_ins.clear();
        }
    }
}

fn state_of(
    log: &mut Log,
    moment: Timestamp,
    at: Option<Timestamp>,
    known_at: Option<Timestamp>,
) -> Result<StateView> {
    let past = at.is_some() || known_at.is_some();
    let cutoff = Cutoff { at: past.then_some(moment), known_at };
    // As known then: in the zone that was known then, too.
    let context = known_at.map(|known_at| log.context_until(Some(known_at))).transpose()?;
    let context = context.as_ref().unwrap_or(log.context());
    let date = context.zones.date_of(moment);
    let zone =
        context.zones.at(moment).name().filter(|_| !context.zone_changes.is_empty()).map(str::to_owned);
    let from = date.plus_days(-LOOK_BACK);
    let mut first = log.extent()?.map(|(first, _)| first);
    let (mut days, day, carry) = match known_at {
        None => {
            let days = recent_days(log, from, date.plus_days(-1))?;
            let folded = if past { log.day_until(date, cutoff)? } else { log.day(date)? };
            let mut carry = log.carry_before(date)?;
            carry.step(&folded);
            (days, day_view(log, &folded, cutoff)?, carry)
        }
        // As known then: folded again from what was known.
        Some(_) => {
            let mut days = Vec::new();
            let mut carry = Carry::default();
            let mut each = first.take().unwrap_or(date);
            while each < date {
                let folded = log.day_until(each, cutoff)?;
                carry.step(&folded);
                if !folded.is_empty() {
                    first = first.or(Some(each));
                }
                if each >= from && !folded.is_empty() {
                    days.push(day_view(log, &folded, cutoff)?);
                }
                each = each.plus_days(1);
            }
            let folded = log.day_until(date, cutoff)?;
            carry.step(&folded);
            if !folded.is_empty() {
                first = first.or(Some(date));
            }
            (days, day_view(log, &folded, cutoff)?, carry)
        }
    };
    let newest = days.last().map(|d| d.date);
    days.push(day.clone());
    let unit = |metric: &str| Metric::find(metric).map(|m| m.unit.to_owned());
    Ok(StateView {
        twin: log.twin().to_string(),
        at: moment,
        known_at,
        zone,
        usual: usual_specs()
            .iter()
            .map(|spec| usual(spec, &days, date))
            .chain(rmssd_trend(&days, date))
            .collect(),
        day,
        newest,
        first: first.filter(|first| *first <= date),
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
    })
}
