use super::moment::{DAY_S, Form, Moment, offset_of};
use super::rules;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty as Property, ICalendarValue,
};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::str::FromStr;
use twin_core::observation::{Refusal, Sink};
use twin_core::sort::OrderBy;
use twin_core::{LocalDate, Timestamp, Zone};

/// A zone a calendar uses.
#[derive(Clone, Debug)]
pub(super) struct CalZone {
    rules: Rules,
    /// The IANA name, when the calendar means one.
    pub(super) name: Option<String>,
}

#[derive(Clone, Debug)]
enum Rules {
    Known(Zone),
    Defined(Rc<Changes>),
}

impl CalZone {
    /// A zone the calendar does not name.
    pub(super) const fn floating(zone: Zone) -> Self {
        Self { rules: Rules::Known(zone), name: None }
    }

    fn named(zone: Zone) -> Self {
        let name = zone.name().map(str::to_owned);
        Self { rules: Rules::Known(zone), name }
    }

    pub(super) fn offset_at(&self, at: Timestamp) -> i32 {
        match &self.rules {
            Rules::Known(zone) => zone.offset_at(at),
            Rules::Defined(changes) => changes.offset_at(at.secs()),
        }
    }

    pub(super) fn instant_of_local(&self, local_s: i64) -> Timestamp {
        match &self.rules {
            Rules::Known(zone) => zone.instant_of_local(local_s),
            Rules::Defined(changes) => Timestamp::from_secs(changes.instant_of_local(local_s)),
        }
    }

    pub(super) fn start_of(&self, date: LocalDate) -> Timestamp {
        match &self.rules {
            Rules::Known(zone) => zone.start_of(date),
            Rules::Defined(_) => self.instant_of_local(i64::from(date.days()) * DAY_S),
        }
    }

    /// The reading of the zone's clocks at an instant.
    pub(super) fn local_of(&self, at: Timestamp) -> i64 {
        at.secs() + i64::from(self.offset_at(at))
    }
}

/// A zone as a file defines it: instants from which an offset holds.
#[derive(Clone, Debug, Default)]
struct Changes {
    before: i32,
    changes: Vec<(i64, i32)>,
}

impl Changes {
    fn offset_at(&self, at: i64) -> i32 {
        let after = self.changes.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).and_then(|i| self.changes.get(i)).map_or(self.before, |(_, offset)| *offset)
    }

    /// As `Zone::instant_of_local`: a reading that happens twice is the first, one that is skipped is read with
    /// the offset before the change.
    fn instant_of_local(&self, local_s: i64) -> i64 {
        let before = self.offset_at(local_s - DAY_S);
        let after = self.offset_at(local_s + DAY_S);
        [before, after]
            .into_iter()
            .map(|offset| (local_s - i64::from(offset), offset))
            .filter(|(at, offset)| self.offset_at(*at) == *offset)
            .map(|(at, _)| at)
            .min()
            .unwrap_or(local_s - i64::from(before))
    }
}

/// The zones of a file, by the name it uses.
pub(super) struct Zones<'a> {
    defined: BTreeMap<&'a str, CalZone>,
}

impl<'a> Zones<'a> {
    /// The zones that calendars define, followed up to `last` (seconds since 1970).
    pub(super) fn new(calendars: &'a [ICalendar], last: i64, sink: &mut dyn Sink) -> Self {
        let mut defined = BTreeMap::new();
        let mut unreadable = 0_u64;
        for calendar in calendars {
            for zone in
                calendar.components.iter().filter(|c| c.component_type == ICalendarComponentType::VTimezone)
            {
                let Some(id) =
                    zone.property(&Property::Tzid).and_then(|e| e.values.first()).and_then(|v| v.as_text())
                else {
                    unreadable += 1;
                    continue;
                };
                if known(id).is_some() || defined.contains_key(id) {
                    continue;
                }
                match located(zone).or_else(|| definition(zone, calendar, last)) {
                    Some(zone) => drop(defined.insert(id, zone)),
                    None => unreadable += 1,
                }
            }
        }
        if unreadable > 0 {
            sink.refuse(Refusal::new(
                "bad_zone",
                "VTIMEZONE",
                format!("{unreadable} zone definitions cannot be read"),
            ));
        }
        Self { defined }
    }

    /// The zone of a name: of the zone database, else as the file defines it, else by a guess at the name.
    pub(super) fn find(&self, id: &str) -> Option<CalZone> {
        known(id).or_else(|| self.defined.get(id).cloned()).or_else(|| guessed(id))
    }
}

/// A name of the zone database, alone or after a registry's prefix (`/example.org/v1/Europe/Paris`), or one of
/// Windows (`W. Europe Standard Time`).
fn known(id: &str) -> Option<CalZone> {
    let id = id.trim().trim_matches('"');
    if let Ok(zone) = Zone::named(id) {
        return Some(CalZone::named(zone));
    }
    let parts: Vec<&str> = id.split('/').collect();
    let tail = |n: usize| parts.get(parts.len().checked_sub(n)?..).map(|p| p.join("/"));
    if parts.len() > 2
        && let Some(zone) = [3, 2].into_iter().filter_map(tail).find_map(|name| Zone::named(&name).ok())
    {
        return Some(CalZone::named(zone));
    }
    // Names like `(UTC+01:00) Berlin` give an offset only: a definition in the file is better.
    if id.starts_with('(') { None } else { guessed(id) }
}

fn guessed(id: &str) -> Option<CalZone> {
    let name = Tz::from_str(id).ok()?.name()?.into_owned();
    Zone::named(&name).ok().map(CalZone::named)
}

/// The place a definition names beside its own rules.
fn located(zone: &ICalendarComponent) -> Option<CalZone> {
    zone.entries
        .iter()
        .find(|e| matches!(&e.name, Property::Other(name) if name.eq_ignore_ascii_case("X-LIC-LOCATION")))
        .and_then(|e| e.values.first())
        .and_then(|v| v.as_text())
        .and_then(|place| Zone::named(place).ok())
        .map(CalZone::named)
}

/// Follows the rules of a definition.
fn definition(zone: &ICalendarComponent, calendar: &ICalendar, last: i64) -> Option<CalZone> {
    let mut changes: Vec<(i64, i32, i32)> = Vec::new();
    for part in zone.component_ids.iter().filter_map(|id| calendar.component_by_id(*id)) {
        if !matches!(part.component_type, ICalendarComponentType::Standard | ICalendarComponentType::Daylight)
        {
            continue;
        }
        let offset = |name| match part.property(name)?.values.first()? {
            ICalendarValue::PartialDateTime(value) => offset_of(value),
            _ => None,
        };
        let (from, to) = (offset(&Property::Tzoffsetfrom)?, offset(&Property::Tzoffsetto)?);
        let start = Moment::of_property(part, &Property::Dtstart)?;
        for local in onsets(part, &start, from, last)? {
            changes.push((local - i64::from(from), from, to));
        }
    }
    changes.order();
    let before = changes.first().map(|(_, from, _)| *from)?;
    let changes = changes.into_iter().map(|(at, _, to)| (at, to)).collect();
    Some(CalZone { rules: Rules::Defined(Rc::new(Changes { before, changes })), name: None })
}

/// The wall-clock readings, in the offset before, at which an offset begins to hold.
fn onsets(part: &ICalendarComponent, start: &Moment, from: i32, last: i64) -> Option<Vec<i64>> {
    let local = |m: &Moment| if m.form == Form::Utc { m.local_s + i64::from(from) } else { m.local_s };
    let mut onsets = vec![local(start)];
    for entry in &part.entries {
        match (&entry.name, entry.values.as_slice()) {
            (Property::Rrule, [ICalendarValue::RecurrenceRule(rule)]) => {
                let until = match &rule.until {
                    Some(until) => local(&Moment::of(until, None)?),
                    None => last,
                };
                onsets.extend(rules::expand(rule, local(start), until.min(last)).ok()?.starts);
            }
            (Property::Rrule, _) => return None,
            (Property::Rdate, values) => {
                for value in values {
                    if let ICalendarValue::PartialDateTime(value) = value {
                        onsets.push(local(&Moment::of(value, None)?));
                    }
                }
            }
            _ => {}
        }
    }
    onsets.order();
    onsets.dedup();
    Some(onsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_kinds() {
        let name = |id: &str| known(id).and_then(|z| z.name);
        assert_eq!(name("Europe/Paris").as_deref(), Some("Europe/Paris"));
        assert_eq!(name("/example.org/20050126_1/Europe/Berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(name("/example.org/America/Argentina/Salta").as_deref(), Some("America/Argentina/Salta"));
        assert_eq!(name("W. Europe Standard Time").as_deref(), Some("Europe/Berlin"));
        assert_eq!(name("Makebelieve/Nowhere"), None);
    }

    #[test]
    fn readings_in_a_defined_zone() {
        // One hour forward at 1 000 000, back at 20 000 000.
        let zone = Changes { before: 0, changes: vec![(1_000_000, 3600), (20_000_000, 0)] };
        assert_eq!(zone.instant_of_local(999_999), 999_999);
        assert_eq!(zone.instant_of_local(1_001_800), 1_001_800);
        assert_eq!(zone.instant_of_local(1_003_600), 1_000_000);
        assert_eq!(zone.instant_of_local(20_001_800), 19_998_200);
        assert_eq!(zone.instant_of_local(20_003_600), 20_003_600);
    }
}
