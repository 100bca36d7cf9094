//! Facts of work: what the models of capacity, skills and collaboration are made of.

use crate::error::Result;
use crate::predict::{Sees, work::Learnt};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use twin_core::event::EventBody;
use twin_core::fold::{DayFact, DayState};
use twin_core::log::{Cutoff, DayReader, Log};
use twin_core::sort::Gather as _;
use twin_core::{LocalDate, Purpose, Timestamp};

/// Days looked back on: twice the longest half-life of a model that is not told in years.
const BACK: i32 = 730;
/// Days ahead in which plans are looked for.
const AHEAD: i32 = 60;

/// Facts of whole days that were read, each with the mark of the day it was made of, and what was last asked for.
/// In memory only; what changed or is gone is dropped with all that was learnt of it.
#[derive(Debug, Default)]
pub(crate) struct FactCache(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    days: BTreeMap<LocalDate, Kept>,
    newest: Option<Arc<Facts>>,
}

/// A day's mark and its facts.
type Kept = (Mark, Vec<Arc<DayFact>>);
type Mark = [u8; 16];

/// Who asks, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) today: LocalDate,
    pub(crate) moment: Timestamp,
    /// Empty for now.
    pub(crate) cutoff: Cutoff,
    pub(crate) sees: Sees,
    /// Seconds east of UTC of the clock that hours are told by.
    pub(crate) offset_s: i32,
}

/// Facts up to a moment that an asker may see, with what was learnt from them alone.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) list: Vec<Arc<DayFact>>,
    pub(crate) learnt: Learnt,
    marks: BTreeMap<LocalDate, Mark>,
    sees: Sees,
    offset_s: i32,
    /// The same facts hold from the newest of them up to the first that is still to come.
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Facts {
    /// Those up to an earlier moment, of which nothing is learnt yet.
    pub(crate) fn up_to(&self, then: Timestamp) -> Self {
        Self {
            list: self.list.iter().filter(|fact| fact.at <= then).cloned().collect(),
            learnt: Learnt::default(),
            marks: BTreeMap::new(),
            sees: self.sees,
            offset_s: self.offset_s,
            from: None,
            until: None,
        }
    }

    fn answers(&self, asking: &Asking) -> bool {
        asking.cutoff == Cutoff::default()
            && (self.sees, self.offset_s) == (asking.sees, asking.offset_s)
            && self.from.is_none_or(|from| from <= asking.moment)
            && self.until.is_none_or(|until| asking.moment < until)
    }
}

impl FactCache {
    /// Facts of work up to a moment, as known at a moment, in the order of their days and times; plans also of the
    /// days ahead.
    pub(crate) fn of(&self, log: &Log, asking: Asking) -> Result<Arc<Facts>> {
        let Asking { today, moment, cutoff, sees, offset_s } = asking;
        let (from, to) = (today.plus_days(-BACK), today.plus_days(AHEAD));
        let marks: BTreeMap<LocalDate, Mark> = log.day_marks(from, to)?.into_iter().gather();
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What changed or is gone, and what was learnt of it, must not stay in memory.
        inner.newest.take_if(|newest| newest.marks != marks);
        if let Some(newest) = inner.newest.as_ref().filter(|newest| newest.answers(&asking)) {
            return Ok(Arc::clone(newest));
        }
        inner.days.retain(|date, (mark, _)| marks.get(date) == Some(mark));
        // As known then: with the zones and windows that were known then, read once for all days.
        let then = cutoff.known_at.map(|known_at| log.context_until(Some(known_at))).transpose()?;
        let mut reader = DayReader::new(log, then.as_ref().unwrap_or(log.context()), cutoff);
        let mut found = Vec::new();
        for (&date, &mark) in &marks {
            // Days that are over at the moment are the same with and without it; what was learnt later is not.
            let whole = cutoff.known_at.is_none() && (cutoff.at.is_none() || date < today);
            if !whole {
                found.extend(work_of(&reader.day(date)?));
                continue;
            }
            if let Some((_, facts)) = inner.days.get(&date) {
                found.extend_from_slice(facts);
                continue;
            }
            let facts: Vec<Arc<DayFact>> = work_of(&log.day(date)?).collect();
            found.extend_from_slice(&facts);
            inner.days.insert(date, (mark, facts));
        }
        found.retain(|fact| if fact.body.purpose() == Purpose::Work { sees.work } else { sees.companion });
        let until = found.iter().map(|fact| fact.at).filter(|at| *at > moment).min();
        found.retain(|fact| fact.at <= moment);
        let from = found.iter().map(|fact| fact.at).max();
        let learnt = Learnt::default();
        let facts = Arc::new(Facts { list: found, learnt, marks, sees, offset_s, from, until });
        if cutoff == Cutoff::default() {
            inner.newest = Some(Arc::clone(&facts));
        }
        Ok(facts)
    }
}

fn work_of(day: &DayState) -> impl Iterator<Item = Arc<DayFact>> {
    let of_work = |fact: &&DayFact| {
        matches!(fact.body.purpose(), Purpose::Work)
            || matches!(fact.body, EventBody::EnergyUpdated(_) | EventBody::StressDetected(_))
    };
    day.facts.values().filter(of_work).cloned().map(Arc::new)
}
