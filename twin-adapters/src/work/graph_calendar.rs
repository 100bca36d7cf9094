//! Outlook's calendar, through Microsoft Graph: events as its API gives them, one or a page of them. Read the
//! calendar's view: a series is only read by its occurrences.

use super::entry::{Meeting, Span, days, instant};
use super::facts::{Facts, revision};
use super::json::{flag, id, list, text, time};
use serde_json::Value;
use twin_core::event::{Busy, CalendarEntry};
use twin_core::{Result, Zone};

/// Reads a page of events, or one.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let one = Some(v).filter(|v| v.pointer("/start/dateTime").is_some());
    for event in list(v, "/value").iter().chain(one) {
        self::event(event, facts)?;
    }
    Ok(())
}

/// A zone by its IANA name, or by the name Windows has for it.
fn zone(name: &str) -> Option<Zone> {
    Zone::named(name).ok().or_else(|| of_windows(name))
}

#[cfg(feature = "calendar")]
fn of_windows(name: &str) -> Option<Zone> {
    use std::str::FromStr as _;
    let known = calcard::common::timezone::Tz::from_str(name).ok()?;
    Zone::named(&known.name()?).ok()
}

#[cfg(not(feature = "calendar"))]
const fn of_windows(_: &str) -> Option<Zone> {
    None
}

fn span(e: &Value, facts: &mut Facts<'_>) -> Option<Span> {
    let (start, end) = (time(e, "/start/dateTime")?, time(e, "/end/dateTime")?);
    if flag(e, "/isAllDay") == Some(true) {
        return Some(days(start, Some(end), facts));
    }
    let mut at = |told, path: &str| {
        let name = text(e, path);
        let zone = name.and_then(zone);
        if name.is_some() && zone.is_none() {
            facts.out.warn_once("zone_unknown", "a zone that is not known; the zone handed in was used");
        }
        instant(told, zone.as_ref(), facts)
    };
    Some(Span { start: at(start, "/start/timeZone"), end: at(end, "/end/timeZone"), days: None })
}

fn event(e: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let Some(own) = id(e, "/id") else {
        facts.refuse("bad_record", "event", "an event without an id");
        return Ok(());
    };
    if e.pointer("/@removed").is_some() {
        let now = facts.out.options.now;
        return facts.delete(now, &format!("plan/{own}"), revision(Some(now)));
    }
    if text(e, "/type") == Some("seriesMaster") {
        facts.ignore("series", "a series is read by its occurrences; read the calendar's view");
        return Ok(());
    }
    let Some(span) = span(e, facts) else {
        facts.refuse("bad_time", "event", "an event without a start and end that can be read");
        return Ok(());
    };
    let address = |v: &Value, path: &str| text(v, path).map(str::to_lowercase);
    let organiser = address(e, "/organizer/emailAddress/address");
    let mut people: Vec<String> = Vec::new();
    let owned = flag(e, "/isOrganizer").or_else(|| organiser.as_deref().map(|o| facts.is_me([o])));
    let organised_by = organiser.filter(|o| owned != Some(true) && !facts.is_me([o.as_str()]));
    // The list may leave out who organises.
    people.extend(organised_by.clone());
    let mut answered = text(e, "/responseStatus/response").is_some_and(|a| a != "none");
    let mut declined_by: Vec<String> = Vec::new();
    for attendee in list(e, "/attendees").iter().filter(|a| text(a, "/type") != Some("resource")) {
        let Some(name) = address(attendee, "/emailAddress/address") else { continue };
        let answer = text(attendee, "/status/response");
        answered |= answer.is_some_and(|a| a != "none");
        if !facts.is_me([name.as_str()]) && !people.contains(&name) {
            declined_by.extend((answer == Some("declined")).then(|| name.clone()));
            people.push(name);
        }
    }
    let busy = match text(e, "/showAs") {
        Some("free" | "workingElsewhere") => Busy::Free,
        Some("tentative") => Busy::Tentative,
        Some("oof") => Busy::OutOfOffice,
        _ => Busy::Busy,
    };
    let declined = text(e, "/responseStatus/response") == Some("declined");
    let series = text(e, "/seriesMasterId").is_some();
    let zoned = text(e, "/originalStartTimeZone").or_else(|| text(e, "/start/timeZone"));
    let changed = facts.first_time(e, &["/lastModifiedDateTime", "/createdDateTime"]);
    let entry = CalendarEntry {
        uid: text(e, "/iCalUId").map_or_else(|| own.clone(), str::to_owned),
        occurrence: text(e, "/originalStart")
            .map(str::to_owned)
            .or_else(|| text(e, "/start/dateTime").filter(|_| series).map(str::to_owned)),
        start: span.start,
        end: span.end,
        all_day_from: span.days.map(|d| d.0),
        all_day_until: span.days.map(|d| d.1),
        busy,
        title: text(e, "/subject").map(str::to_owned),
        others: Some(u32::try_from(people.len()).unwrap_or(u32::MAX)),
        people,
        organiser: owned,
        organised_by,
        cancelled: Some(flag(e, "/isCancelled") == Some(true) || declined),
        declined: answered.then_some(declined),
        declined_by,
        categories: list(e, "/categories").iter().filter_map(|c| text(c, "")).map(str::to_owned).collect(),
        zone: zoned.and_then(zone).and_then(|z| z.name().map(str::to_owned)).filter(|_| span.days.is_none()),
    };
    let made = facts.time(e, "/createdDateTime");
    Meeting { record: own, entry, made, revision: revision(changed) }.told(facts)
}
