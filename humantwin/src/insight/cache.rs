//! Days as people ask about them, computed once for each state of the day.

use super::facts::FactCache;
use super::{body, work, work_day};
use crate::error::Result;
use crate::view::DayView;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use twin_core::event::EventBody;
use twin_core::fold::DayState;
use twin_core::log::{Cutoff, Log};
use twin_core::sort::Gather as _;
use twin_core::store::{Note, Table};
use twin_core::{EventId, LocalDate, Timestamp};

/// Grows when a view is computed in another way; stored views of another version are made again.
const VIEW_VERSION: u32 = 4;

/// A day's bounds in the zone lived in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

/// What a view was made of; another one where that changed.
type Mark = [u8; 16];

/// Decoded views kept in memory at most: what most verbs look back on.
const KEPT: usize = 200;

/// Decoded views of the newest days that were read, each with the mark of what it was made of. Not masked.
#[derive(Debug, Default)]
pub(crate) struct Views {
    days: Mutex<BTreeMap<LocalDate, (Mark, Arc<DayView>)>>,
    /// The day that is not over yet.
    today: Mutex<Option<(LocalDate, Mark, DayView)>>,
    /// What the models of work are made of.
    pub(crate) facts: FactCache,
}

impl Views {
    /// The views of folded days in `from..=to` that hold anything, in order. Days that changed are
    /// computed and, where the store can be written, kept.
    pub(crate) fn of(&self, log: &mut Log, from: LocalDate, to: LocalDate) -> Result<Vec<Arc<DayView>>> {
        let marks = marks(log, from, to)?;
        let mut views = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        // What changed or is gone must not stay in memory either.
        views.retain(|date, (mark, _)| {
            !(from..=to).contains(date) || marks.get(date).is_some_and(|now| now == mark)
        });
        let mut missing = marks.keys().filter(|date| !views.contains_key(date)).copied();
        if let Some(first) = missing.next() {
            let stored = stored(log, first, missing.last().unwrap_or(first))?;
            let mut notes = Vec::new();
            for (date, mark) in &marks {
                if views.contains_key(date) {
                    continue;
                }
                let key = i64::from(date.days());
                let known = stored.get(&key).and_then(|bytes| bytes.split_at_checked(16));
                let known = known.filter(|(head, _)| **head == *mark);
                let view = match known.and_then(|(_, body)| cbor4ii::serde::from_slice(body).ok()) {
                    Some(view) => view,
                    None => {
                        let view = day_view(log, &log.day(*date)?, Cutoff::default())?;
                        let mut body = mark.to_vec();
                        body.extend(cbor4ii::serde::to_vec(Vec::new(), &view).unwrap_or_default());
                        notes.push(Note { table: Table::Insight, key, body: Some(body) });
                        view
                    }
                };
                views.insert(*date, (*mark, Arc::new(view)));
            }
            if !notes.is_empty() && log.store().writable() {
                log.put_notes(notes)?;
            }
        }
        let found =
            marks.keys().filter_map(|date| views.get(date)).map(|(_, view)| Arc::clone(view)).collect();
        while views.len() > KEPT {
            views.pop_first();
        }
        Ok(found)
    }

    /// The view of a day that may still change, kept in memory alone.
    pub(super) fn of_today(&self, log: &Log, date: LocalDate) -> Result<DayView> {
        let mark = marks(log, date, date)?.get(&date).copied();
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        today.take_if(|(day, known, _)| *day != date || mark != Some(*known));
        if let Some((_, _, view)) = today.as_ref() {
            return Ok(view.clone());
        }
        let view = day_view(log, &log.day(date)?, Cutoff::default())?;
        *today = mark.map(|mark| (date, mark, view.clone()));
        Ok(view)
    }
}

/// What the views of days in a span are made of.
fn marks(log: &Log, from: LocalDate, to: LocalDate) -> Result<BTreeMap<LocalDate, Mark>> {
    let salt = format!("{VIEW_VERSION}:{:?}:{:?}", log.context().person, log.context().zone_changes);
    let marks = log.day_marks(from, to)?.into_iter();
    Ok(marks.map(|(date, mark)| (date, EventId::of("view", &[&mark, salt.as_bytes()]).0)).gather())
}

/// Views as they were stored, with their marks.
fn stored(log: &Log, first: LocalDate, last: LocalDate) -> Result<BTreeMap<i64, Vec<u8>>> {
    let mut stored = BTreeMap::new();
    let keys = i64::from(first.days())..=i64::from(last.days());
    log.store().notes(Table::Insight, keys, &mut |key, bytes| {
        stored.insert(key, bytes.to_vec());
        Ok(())
    })?;
    Ok(stored)
}

/// As [`Views::of`], without keeping anything in memory.
pub(crate) fn recent_days(log: &mut Log, from: LocalDate, to: LocalDate) -> Result<Vec<DayView>> {
    Ok(Views::default().of(log, from, to)?.into_iter().map(Arc::unwrap_or_clone).collect())
}

/// The view of one folded day.
pub(crate) fn day_view(log: &Log, day: &DayState, cutoff: Cutoff) -> Result<DayView> {
    let zones = &log.context().zones;
    let (start, end) = day_bounds(log, day);
    let span = Span { start, end };
    let offset_s = offset(log, day, span);
    let night = body::night(log, day, span, offset_s);
    let (sessions, loads) = body::training(log, day, &night, cutoff)?;
    let heart = body::heart(log, day, &night, cutoff)?;
    let hrv = body::hrv(log, day, span, &night, cutoff)?;
    let (energy, stress) = work_day::energy_and_stress(day);
    let mut view = DayView {
        date: day.date,
        start,
        end,
        zone: zones.at(start).name().map(str::to_owned),
        lived_offset_s: lived_offset(day),
        nap_min: night.nap_min,
        heart,
        hrv,
        activity: body::activity(day, span, &night, offset_s),
        sessions,
        loads,
        calendar: work::calendar(log, day, span, cutoff)?,
        check_ins: work::check_ins(day),
        measurements: work::measurements(day),
        caffeine_mg: None,
        alcohol_drinks: None,
        notes: work::notes(day),
        tasks: work::tasks(day),
        work: work_day::work(day),
        energy,
        stress,
        metrics: work::metrics(day),
        sleep: night.view,
    };
    for (_, body) in day.bodies() {
        match body {
            EventBody::CaffeineConsumed(c) => *view.caffeine_mg.get_or_insert(0.0) += c.amount_mg,
            EventBody::AlcoholConsumed(a) => {
                *view.alcohol_drinks.get_or_insert(0.0) +=
                    if a.consumed { a.drinks.unwrap_or(1.0) } else { 0.0 };
            }
            _ => {}
        }
    }
    Ok(view)
}

/// Bounds of the day: of the zone where one was stated, else of the offset its facts were lived in.
fn day_bounds(log: &Log, day: &DayState) -> (Timestamp, Timestamp) {
    if !log.context().zone_changes.is_empty() {
        return log.context().zones.day_bounds(day.date);
    }
    let offset = lived_offset(day).unwrap_or(0);
    let start = Timestamp::from_secs(i64::from(day.date.days()) * 86_400 - i64::from(offset));
    (start, start.plus_secs(86_400))
}

/// Seconds east of UTC for clock hours of the day: as lived where a source says so, else as the zone has it.
fn offset(log: &Log, day: &DayState, span: Span) -> i64 {
    let zone = || log.context().zones.at(span.end).offset_at(span.end);
    i64::from(lived_offset(day).unwrap_or_else(zone))
}

/// Seconds east of UTC as the day's body and training facts were lived; calendars are written elsewhere.
fn lived_offset(day: &DayState) -> Option<i32> {
    let bodily = |b: &EventBody| {
        matches!(
            b,
            EventBody::SleepRecorded(_) | EventBody::WorkoutRecorded(_) | EventBody::MeasurementRecorded(_)
        )
    };
    day.facts.values().rev().filter(|f| bodily(&f.body)).find_map(|f| f.end_offset_s)
}
