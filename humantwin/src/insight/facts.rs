//! Facts of work: what the models of capacity, skills and collaboration are made of.

use crate::error::Result;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use twin_core::event::EventBody;
use twin_core::fold::{DayFact, DayState};
use twin_core::log::{Cutoff, DayReader, Log};
use twin_core::sort::Gather as _;
use twin_core::{LocalDate, Purpose};

/// Days looked back on: twice the longest half-life of a model that is not told in years.
const BACK: i32 = 730;
/// Days ahead in which plans are looked for.
const AHEAD: i32 = 60;

/// Facts of whole days that were read, each with the mark of the day it was made of.
#[derive(Debug, Default)]
pub(crate) struct FactCache(Mutex<BTreeMap<LocalDate, Kept>>);

/// A day's mark and its facts.
type Kept = ([u8; 16], Vec<DayFact>);

impl FactCache {
    /// Facts of work up to a moment, as known at a moment, in the order of their days and times; plans also of the
    /// days ahead. `cutoff` is empty for now.
    pub(crate) fn of(&self, log: &Log, today: LocalDate, cutoff: Cutoff) -> Result<Vec<DayFact>> {
        let (from, to) = (today.plus_days(-BACK), today.plus_days(AHEAD));
        let marks: BTreeMap<LocalDate, [u8; 16]> = log.day_marks(from, to)?.into_iter().gather();
        // As known then: with the zones and windows that were known then, read once for all days.
        let then = cutoff.known_at.map(|known_at| log.context_until(Some(known_at))).transpose()?;
        let mut reader = DayReader::new(log, then.as_ref().unwrap_or(log.context()), cutoff);
        let mut found = Vec::new();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|date, (mark, _)| marks.get(date) == Some(mark));
        for (date, mark) in marks {
            // Days that are over at the moment are the same with and without it; what was learnt later is not.
            let whole = cutoff.known_at.is_none() && (cutoff.at.is_none() || date < today);
            if !whole {
                found.extend(work_of(&reader.day(date)?));
                continue;
            }
            if let Some((_, facts)) = known.get(&date) {
                found.extend(facts.iter().cloned());
                continue;
            }
            let facts: Vec<DayFact> = work_of(&log.day(date)?).collect();
            found.extend(facts.iter().cloned());
            known.insert(date, (mark, facts));
        }
        Ok(found)
    }
}

fn work_of(day: &DayState) -> impl Iterator<Item = DayFact> {
    let of_work = |fact: &&DayFact| {
        matches!(fact.body.purpose(), Purpose::Work)
            || matches!(fact.body, EventBody::EnergyUpdated(_) | EventBody::StressDetected(_))
    };
    day.facts.values().filter(of_work).cloned()
}
