//! A meeting: planned while it is ahead, attended when it is over, as calendar files are read.

use super::facts::{Facts, When};
use crate::files::shared::times::Time;
use twin_core::event::{CalendarEntry, MeetingAttended, MeetingPlanned};
use twin_core::{LocalDate, Result, Timestamp, Zone};

/// An occurrence of an entry.
pub(super) struct Meeting {
    /// The service's own id, and that of the occurrence.
    pub(super) record: String,
    pub(super) entry: CalendarEntry,
    /// When the plan was made.
    pub(super) made: Option<Timestamp>,
    pub(super) revision: u64,
}

impl Meeting {
    pub(super) fn told(self, facts: &mut Facts<'_>) -> Result<()> {
        let Self { record, entry, made, revision } = self;
        if entry.end < entry.start {
            facts.refuse("bad_time", "meeting", "it ends before it starts");
            return Ok(());
        }
        let now = facts.out.options.now;
        let zone = entry.zone.as_deref().and_then(|name| Zone::named(name).ok());
        let zone = zone.unwrap_or_else(|| facts.out.options.zone.clone());
        let offsets = (zone.offset_at(entry.start), zone.offset_at(entry.end));
        let day = entry.all_day_until.map(|until| until.plus_days(-1));
        if entry.end <= now {
            let when = When::at(entry.end).lived(offsets.0, offsets.1).on(day);
            let record = format!("met/{record}");
            return facts.fact(when, &record, revision, MeetingAttended { entry, quality: None });
        }
        // Without a moment of its own a plan is as old as can be: never the moment of reading, so that reading again
        // gives the same fact.
        let made = made.filter(|m| *m <= now).unwrap_or(Timestamp::from_secs(946_684_800));
        let when = When::at(made).lived(offsets.0, offsets.1).on(day);
        facts.fact(when, &format!("plan/{record}"), revision, MeetingPlanned { entry })
    }
}

/// Start and end of an entry; of whole days with the first day and the one after the last.
pub(super) struct Span {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) days: Option<(LocalDate, LocalDate)>,
}

/// Whole days in the zone handed in; at least one.
pub(super) fn days(from: Time, until: Option<Time>, facts: &Facts<'_>) -> Span {
    let from = from.day();
    let until = until.map_or(from, Time::day).max(from.plus_days(1));
    let zone = &facts.out.options.zone;
    Span { start: zone.start_of(from), end: zone.start_of(until), days: Some((from, until)) }
}

/// The instant of a reading in a zone; one with an offset of its own needs none.
pub(super) fn instant(time: Time, zone: Option<&Zone>, facts: &mut Facts<'_>) -> Timestamp {
    match (time, zone) {
        (Time::Instant(at, _), _) => at,
        (wall, Some(zone)) => {
            let us = wall.wall_us();
            zone.instant_of_local(us.div_euclid(1_000_000)).plus_micros(us.rem_euclid(1_000_000))
        }
        (wall, None) => facts.out.instant(wall).0,
    }
}
