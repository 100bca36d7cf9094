//! Google Calendar: events as its API gives them, one or a page of them. Ask for single events: a series is only
//! read by its instances.

use super::entry::{Meeting, Span, days, instant};
use super::facts::{Facts, revision};
use super::json::{flag, id, list, text, time};
use crate::files::shared::times::Time;
use serde_json::Value;
use twin_core::event::{Busy, CalendarEntry};
use twin_core::{Result, Timestamp, Zone};

/// Reads a page of events, or one.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let zone = text(v, "/timeZone").and_then(|name| Zone::named(name).ok());
    let one = Some(v).filter(|v| text(v, "/kind") == Some("calendar#event"));
    for event in list(v, "/items").iter().chain(one) {
        self::event(event, zone.as_ref(), facts)?;
    }
    Ok(())
}

/// The moment of `start`, `end` or `originalStartTime`: the day, or the time in its zone.
fn span(e: &Value, zone: Option<&Zone>, facts: &mut Facts<'_>) -> Option<Span> {
    // A cancelled occurrence may say no more than when it would have been.
    let (first, last) = match e.pointer("/start") {
        Some(_) => ("/start", "/end"),
        None => ("/originalStartTime", "/originalStartTime"),
    };
    if let Some(from) = time(e, &format!("{first}/date")) {
        return Some(days(from, time(e, &format!("{last}/date")), facts));
    }
    let at = |path: &str, facts: &mut Facts<'_>| -> Option<Timestamp> {
        let own = text(e, &format!("{path}/timeZone")).and_then(|name| Zone::named(name).ok());
        let told: Time = time(e, &format!("{path}/dateTime"))?;
        Some(instant(told, own.as_ref().or(zone), facts))
    };
    let start = at(first, facts)?;
    Some(Span { start, end: at(last, facts)?, days: None })
}

fn event(e: &Value, zone: Option<&Zone>, facts: &mut Facts<'_>) -> Result<()> {
    let own_kind = text(e, "/eventType").unwrap_or("default").to_owned();
    let Some(own) = id(e, "/id") else {
        facts.refuse("bad_record", "event", "an event without an id");
        return Ok(());
    };
    if matches!(own_kind.as_str(), "workingLocation" | "birthday") {
        facts.ignore(&own_kind, "it is neither a meeting nor busy time");
        return Ok(());
    }
    if !list(e, "/recurrence").is_empty() {
        facts.ignore("series", "a series is read by its instances; ask for single events");
        return Ok(());
    }
    let cancelled = text(e, "/status") == Some("cancelled");
    let changed = facts.first_time(e, &["/updated", "/created"]);
    let series = text(e, "/recurringEventId").map(str::to_owned);
    let occurrence = ["/originalStartTime/dateTime", "/originalStartTime/date"];
    let occurrence = occurrence.iter().find_map(|path| text(e, path)).map(str::to_owned);
    let record = match (&series, &occurrence) {
        (Some(series), Some(key)) => format!("{series}/{key}"),
        _ => own.clone(),
    };
    let Some(span) = span(e, zone, facts) else {
        if cancelled {
            let at = changed.unwrap_or(facts.out.options.now);
            return facts.delete(at, &format!("plan/{record}"), revision(Some(at)));
        }
        facts.refuse("bad_time", "event", "an event without a start and end that can be read");
        return Ok(());
    };
    // Nothing is known of answers until one is told.
    let mut declined: Option<bool> = None;
    let (mut people, mut declined_by) = (Vec::new(), Vec::new());
    for attendee in list(e, "/attendees").iter().filter(|a| flag(a, "/resource") != Some(true)) {
        let address = text(attendee, "/email");
        let answer = text(attendee, "/responseStatus");
        let no = answer == Some("declined");
        let mine = flag(attendee, "/self") == Some(true) || facts.is_me(address);
        declined = answer.map(|_| declined == Some(true) || (mine && no)).or(declined);
        if !mine {
            let name = address.or_else(|| text(attendee, "/id")).unwrap_or("unknown").to_lowercase();
            declined_by.extend(no.then(|| name.clone()));
            people.push(name);
        }
    }
    let organiser = text(e, "/organizer/email").or_else(|| text(e, "/organizer/id"));
    let owned = flag(e, "/organizer/self").or_else(|| organiser.map(|o| facts.is_me([o])));
    let busy = match (own_kind.as_str(), text(e, "/transparency"), text(e, "/status")) {
        ("outOfOffice", ..) => Busy::OutOfOffice,
        (_, Some("transparent"), _) => Busy::Free,
        (.., Some("tentative")) => Busy::Tentative,
        _ => Busy::Busy,
    };
    let zone_name = text(e, "/start/timeZone").filter(|name| Zone::named(name).is_ok());
    let entry = CalendarEntry {
        uid: text(e, "/iCalUID").map_or_else(|| series.unwrap_or(own), str::to_owned),
        occurrence,
        start: span.start,
        end: span.end,
        all_day_from: span.days.map(|d| d.0),
        all_day_until: span.days.map(|d| d.1),
        busy,
        title: text(e, "/summary").map(str::to_owned),
        others: Some(u32::try_from(people.len()).unwrap_or(u32::MAX)),
        people,
        organiser: owned,
        organised_by: organiser.filter(|_| owned != Some(true)).map(str::to_lowercase),
        cancelled: Some(cancelled || declined == Some(true)),
        declined,
        declined_by,
        categories: if own_kind == "default" { Vec::new() } else { vec![own_kind] },
        zone: zone_name.map(str::to_owned).or_else(|| zone.and_then(Zone::name).map(str::to_owned)),
    };
    let made = facts.time(e, "/created");
    Meeting { record, entry, made, revision: revision(changed) }.told(facts)
}
