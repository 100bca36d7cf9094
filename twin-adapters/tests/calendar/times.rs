//! When an entry is: starts, ends, plans and what is over.

use super::{entries, entry_of, event, options, read_in, records};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, calendar};
use twin_core::event::Busy;
use twin_core::observation::Collected;

#[test]
fn a_meeting_that_is_over() {
    let seen = read_in(
        "Europe/Paris",
        &event(
            "DTSTART;TZID=Europe/Paris:20260301T090000\nDTEND;TZID=Europe/Paris:20260301T100000\n\
             SUMMARY:Plan\\, then do\nLAST-MODIFIED:20260201T000000Z\nSEQUENCE:2",
        ),
    );
    assert_eq!(seen.facts.len(), 1);
    let fact = &seen.facts[0];
    assert_eq!(fact.body.kind(), "collaboration.meeting_attended");
    assert_eq!(fact.at.to_string(), "2026-03-01T09:00:00Z");
    assert_eq!(records(&seen), ["met/a@example.org"]);
    assert_eq!((fact.start_offset_s, fact.end_offset_s), (Some(3600), Some(3600)));
    assert_eq!(fact.revision >> 18, (2 << 34) + 1_769_904_000);
    let entry = entry_of(fact).unwrap();
    assert_eq!(entry.title.as_deref(), Some("Plan, then do"));
    assert_eq!(entry.zone.as_deref(), Some("Europe/Paris"));
    assert_eq!((entry.occurrence.as_deref(), entry.others, &entry.busy), (None, Some(0), &Busy::Busy));
    assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
}

#[test]
fn a_meeting_ahead_is_a_plan_of_when_it_was_made() {
    let at = |lines: &str| {
        let seen =
            read_in("UTC", &format!("BEGIN:VEVENT\nUID:b\nDTSTART:20261224T090000Z\n{lines}\nEND:VEVENT"));
        assert_eq!(seen.facts[0].body.kind(), "collaboration.meeting_planned");
        assert_eq!(records(&seen), ["plan/b"]);
        seen.facts[0].at.to_string()
    };
    let all = "LAST-MODIFIED:20260803T000000Z\nDTSTAMP:20260802T000000Z\nCREATED:20260801T000000Z";
    assert_eq!(at(all), "2026-08-03T00:00:00Z");
    assert_eq!(at("DTSTAMP:20260802T000000Z\nCREATED:20260801T000000Z"), "2026-08-02T00:00:00Z");
    assert_eq!(at("CREATED:20260801T000000Z"), "2026-08-01T00:00:00Z");
    // Not the moment of reading: every import would make another version of the plan.
    assert_eq!(at("X-NONE:1"), "1970-01-01T00:00:00Z");
    // A clock ahead of the reader's does not make a plan of the future.
    assert_eq!(at("LAST-MODIFIED:20270101T000000Z"), "1970-01-01T00:00:00Z");
}

#[test]
fn entries_that_no_one_dated_are_the_same_whenever_they_are_read() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VJOURNAL\r\nUID:a\r\nDTSTART:20200102T030405Z\r\nEND:VJOURNAL\r\n\
        BEGIN:VTODO\r\nUID:b\r\nSUMMARY:b\r\nEND:VTODO\r\n\
        BEGIN:VEVENT\r\nUID:c\r\nDTSTART:20991231T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let read_at = |now: &str| {
        let mut seen = Collected::default();
        let options = ReadOptions { now: now.parse().unwrap(), ..options("UTC") };
        calendar::read(&mut Cursor::new(text), &options, &mut seen).unwrap();
        seen.facts
    };
    let facts = read_at("2026-01-01T00:00:00Z");
    assert_eq!(facts, read_at("2026-01-01T00:00:01Z"));
    let mut at: Vec<_> = facts.iter().map(|fact| fact.at.to_string()).collect();
    at.sort();
    assert_eq!(at, ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2020-01-02T03:04:05Z"]);
}

#[test]
fn a_meeting_that_runs_is_still_a_plan() {
    let kind = |end: &str| {
        let seen = read_in("UTC", &event(&format!("DTSTART:20261031T230000Z\nDTEND:{end}")));
        seen.facts[0].body.kind().to_owned()
    };
    assert_eq!(kind("20261101T000001Z"), "collaboration.meeting_planned");
    assert_eq!(kind("20261101T000000Z"), "collaboration.meeting_attended");
}

#[test]
fn ends_durations_and_neither() {
    let ends = |lines: &str| entries(lines)[0].end.to_string();
    assert_eq!(ends("DTSTART:20260301T090000Z\nDURATION:PT1H30M"), "2026-03-01T10:30:00Z");
    assert_eq!(ends("DTSTART:20260301T090000Z"), "2026-03-01T09:00:00Z");
    assert_eq!(ends("DTSTART;VALUE=DATE:20260301"), "2026-03-02T00:00:00Z");
    assert_eq!(ends("DTSTART;VALUE=DATE:20260301\nDURATION:P2D"), "2026-03-03T00:00:00Z");
    assert_eq!(ends("DTSTART;VALUE=DATE:20260301\nDTEND;VALUE=DATE:20260301"), "2026-03-02T00:00:00Z");
    assert_eq!(
        ends("DTSTART:20260301T090000Z\nDTEND;TZID=Asia/Tokyo:20260301T190000"),
        "2026-03-01T10:00:00Z"
    );
}

#[test]
fn durations_over_a_clock_change() {
    // The night to 29 March 2026 has one hour less in Paris; a day of duration is a day of the calendar there,
    // 24 hours are 24 hours.
    let end = |length: &str| {
        let lines = format!("DTSTART;TZID=Europe/Paris:20260328T120000\nDURATION:{length}");
        entries(&lines)[0].end.to_string()
    };
    assert_eq!(end("P1D"), "2026-03-29T10:00:00Z");
    assert_eq!(end("PT24H"), "2026-03-29T11:00:00Z");
}
