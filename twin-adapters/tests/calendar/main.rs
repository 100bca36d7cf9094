//! Calendars: what each rule of RFC 5545 becomes, broken files, and real files where they are at hand.

#![cfg(feature = "calendar")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod broken;
mod bytes;
mod changes;
mod entry;
mod real;
mod rules;
mod times;
mod zones;

use std::io::Cursor;
use twin_adapters::files::{ReadOptions, calendar};
use twin_core::event::{CalendarEntry, Content, EventBody};
use twin_core::observation::Collected;
use twin_core::{Result, Zone};

const NOW: &str = "2026-11-01T00:00:00Z";

fn options(zone: &str) -> ReadOptions {
    let zone = Zone::named(zone).unwrap();
    ReadOptions { now: NOW.parse().unwrap(), zone, name: "a.ics".into(), subject: None }
}

fn try_read(bytes: &[u8], zone: &str) -> (Result<()>, Collected) {
    let mut seen = Collected::default();
    let result = calendar::read(&mut Cursor::new(bytes), &options(zone), &mut seen);
    (result, seen)
}

/// Reads lines between the marks of a calendar.
fn read_in(zone: &str, lines: &str) -> Collected {
    let text =
        format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}\nEND:VCALENDAR\n", lines.trim()).replace('\n', "\r\n");
    let (result, seen) = try_read(text.as_bytes(), zone);
    result.unwrap();
    seen
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:a@example.org\nDTSTAMP:20260102T030405Z\n{}\nEND:VEVENT", lines.trim())
}

/// The entries of one event's lines.
fn entries(lines: &str) -> Vec<CalendarEntry> {
    let seen = read_in("UTC", &event(lines));
    assert!(seen.refused.is_empty(), "{:?}", seen.refused);
    all(&seen)
}

fn entry_of(fact: &Content) -> Option<&CalendarEntry> {
    match &fact.body {
        EventBody::MeetingAttended(m) => Some(&m.entry),
        EventBody::MeetingPlanned(m) => Some(&m.entry),
        _ => None,
    }
}

fn all(seen: &Collected) -> Vec<CalendarEntry> {
    seen.facts.iter().filter_map(entry_of).cloned().collect()
}

fn starts(lines: &str) -> Vec<String> {
    entries(lines).iter().map(|e| e.start.to_string()).collect()
}

fn spans(entries: &[CalendarEntry]) -> Vec<String> {
    entries.iter().map(|e| format!("{}/{}", e.start, e.end)).collect()
}

fn codes(seen: &Collected) -> Vec<&str> {
    seen.refused.iter().map(|r| r.code.as_str()).collect()
}

fn records(seen: &Collected) -> Vec<String> {
    seen.facts.iter().map(|f| f.record.clone().unwrap().as_str().to_owned()).collect()
}

fn warned(seen: &Collected, code: &str) -> bool {
    seen.warnings.iter().any(|w| w.code == code)
}

const MAKEBELIEVE: &str = "BEGIN:VTIMEZONE\nTZID:Makebelieve/Isle\n\
    BEGIN:STANDARD\nDTSTART:20001029T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20261025T000000Z\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n\
    BEGIN:DAYLIGHT\nDTSTART:20000326T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n\
    TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n\
    BEGIN:STANDARD\nDTSTART:20270613T000000\nRDATE:20270613T000000\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n";

const SERIES: &str = "DTSTART;TZID=Europe/Paris:20260105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n\
    SUMMARY:daily\nSEQUENCE:1";

fn sample() -> Vec<u8> {
    let changed =
        event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T080000Z\nDTSTART:20260106T140000Z\nDURATION:PT2H");
    let todo = "BEGIN:VTODO\nUID:t\nDUE:20260401T000000Z\nCOMPLETED:20260301T090000Z\nEND:VTODO";
    let busy = "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20260101T000000Z\nFREEBUSY;FBTYPE=BUSY:20260301T090000Z/PT1H\nEND:VFREEBUSY";
    let series =
        event(&format!("{SERIES}\nRDATE;VALUE=PERIOD:20260301T090000Z/PT3H\nEXDATE:20260108T080000Z"));
    format!("BEGIN:VCALENDAR\n{MAKEBELIEVE}{series}\n{changed}\n{todo}\n{busy}\nEND:VCALENDAR\n").into_bytes()
}
