//! The days up to a moment, as known at a moment: what states and predictions are made of.

use super::{Views, day_view};
use crate::error::Result;
use crate::view::DayView;
use std::sync::Arc;
use twin_core::fold::{Carry, Person};
use twin_core::log::{Cutoff, Log};
use twin_core::{LocalDate, Timestamp};

/// What was gathered.
pub(crate) struct Gathered {
    pub(crate) moment: Timestamp,
    /// The moment's day in the zone lived in.
    pub(crate) date: LocalDate,
    /// That zone, where one was stated.
    pub(crate) zone: Option<String>,
    /// Its seconds east of UTC at the moment.
    pub(crate) offset_s: i32,
    pub(crate) person: Person,
    pub(crate) cutoff: Cutoff,
    /// Days with anything in them, oldest first, up to the day before.
    pub(crate) past: Vec<Arc<DayView>>,
    /// The day so far.
    pub(crate) today: DayView,
    /// What every day before left standing, where it was made on the way.
    carry: Option<Carry>,
    /// First day with anything in it.
    pub(crate) first: Option<LocalDate>,
}

/// Gathers the last `look_back` days up to a moment: now, where neither `at` nor `known_at` is given.
pub(crate) fn gather(
    log: &mut Log,
    views: &Views,
    moment: Timestamp,
    at: Option<Timestamp>,
    known_at: Option<Timestamp>,
    look_back: i32,
) -> Result<Gathered> {
    let cutoff = Cutoff { at: (at.is_some() || known_at.is_some()).then_some(moment), known_at };
    // As known then: in the zone that was known then, too.
    let context = known_at.map(|known_at| log.context_until(Some(known_at))).transpose()?;
    let context = context.as_ref().unwrap_or(log.context());
    let (date, lived) = (context.zones.date_of(moment), context.zones.at(moment));
    let zone = lived.name().filter(|_| !context.zone_changes.is_empty()).map(str::to_owned);
    let (offset_s, person) = (lived.offset_at(moment), context.person.clone());
    let from = date.plus_days(-look_back);
    let (past, today, carry, first) = match known_at {
        None => {
            let first = log.extent()?.map(|(first, _)| first);
            let past = views.of(log, from, date.plus_days(-1))?;
            let today = match at {
                Some(_) => day_view(log, &log.day_until(date, cutoff)?, cutoff)?,
                None => views.of_today(log, date)?,
            };
            (past, today, None, first)
        }
        Some(_) => refolded(log, from, date, cutoff)?,
    };
    let first = first.filter(|first| *first <= date);
    Ok(Gathered { moment, date, zone, offset_s, person, cutoff, past, today, carry, first })
}

impl Gathered {
    /// What every day so far left standing.
    pub(crate) fn carry(&self, log: &Log) -> Result<Carry> {
        if let Some(carry) = &self.carry {
            return Ok(carry.clone());
        }
        let mut carry = log.carry_before(self.date)?;
        let cut = self.cutoff.at.is_some();
        carry.step(&if cut { log.day_until(self.date, self.cutoff)? } else { log.day(self.date)? });
        Ok(carry)
    }
}

/// The days before, the day itself, what they left standing, and the first of them.
type Refolded = (Vec<Arc<DayView>>, DayView, Option<Carry>, Option<LocalDate>);

/// As known then: folded again from what was known.
fn refolded(log: &mut Log, from: LocalDate, date: LocalDate, cutoff: Cutoff) -> Result<Refolded> {
    let (mut past, mut carry, mut first) = (Vec::new(), Carry::default(), None);
    let mut each = log.extent()?.map_or(date, |(first, _)| first);
    while each < date {
        let folded = log.day_until(each, cutoff)?;
        carry.step(&folded);
        if !folded.is_empty() {
            first = first.or(Some(each));
            if each >= from {
                past.push(Arc::new(day_view(log, &folded, cutoff)?));
            }
        }
        each = each.plus_days(1);
    }
    let folded = log.day_until(date, cutoff)?;
    carry.step(&folded);
    if !folded.is_empty() {
        first = first.or(Some(date));
    }
    Ok((past, day_view(log, &folded, cutoff)?, Some(carry), first))
}
