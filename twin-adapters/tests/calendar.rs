//! Calendars: what each rule of RFC 5545 becomes, broken files, and real files where they are at hand.

#![cfg(feature = "calendar")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use std::io::Cursor;
use std::path::PathBuf;
use twin_adapters::files::{ReadOptions, calendar, read_file};
use twin_core::event::{Busy, CalendarEntry, Content, EventBody};
use twin_core::observation::Collected;
use twin_core::{Code, Result, Timestamp, Zone};

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

// --- times ---------------------------------------------------------------------------------------

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

#[test]
fn floating_times_and_days_are_of_the_readers_zone() {
    let floating = all(&read_in("America/New_York", &event("DTSTART:20260301T090000\nDURATION:PT1H")));
    assert_eq!(floating[0].start.to_string(), "2026-03-01T14:00:00Z");
    assert_eq!(floating[0].zone, None);
    let seen = read_in("Europe/Paris", &event("DTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330"));
    let day = all(&seen).remove(0);
    assert_eq!(spans(std::slice::from_ref(&day)), ["2026-03-28T23:00:00Z/2026-03-29T22:00:00Z"]);
    assert_eq!(day.all_day_from.unwrap().to_string(), "2026-03-29");
    assert_eq!(day.all_day_until.unwrap().to_string(), "2026-03-30");
    assert_eq!(seen.facts[0].civil_date.unwrap().to_string(), "2026-03-29");
    assert_eq!((seen.facts[0].start_offset_s, seen.facts[0].end_offset_s), (Some(3600), Some(7200)));
}

#[test]
fn times_in_utc_are_lived_in_the_calendars_zone() {
    let lines = event("DTSTART:20260701T090000Z\nDURATION:PT1H");
    assert_eq!(read_in("Europe/Paris", &lines).facts[0].start_offset_s, Some(7200));
    let named = format!("X-WR-TIMEZONE:Asia/Tokyo\n{lines}");
    assert_eq!(read_in("Europe/Paris", &named).facts[0].start_offset_s, Some(32_400));
}

#[test]
fn old_entries_are_legitimate() {
    assert_eq!(starts("DTSTART;TZID=America/New_York:19700615T090000"), ["1970-06-15T13:00:00Z"]);
}

#[test]
fn zones_of_windows_and_of_registries() {
    let start = |id: &str| entries(&format!("DTSTART;TZID={id}:20260701T090000"))[0].start.to_string();
    assert_eq!(start("W. Europe Standard Time"), "2026-07-01T07:00:00Z");
    assert_eq!(start("Eastern Standard Time"), "2026-07-01T13:00:00Z");
    assert_eq!(start("/example.org/20050126_1/Europe/Berlin"), "2026-07-01T07:00:00Z");
    let seen = read_in("Europe/Paris", &event("DTSTART;TZID=Nowhere Time:20260701T090000"));
    assert_eq!(all(&seen)[0].start.to_string(), "2026-07-01T07:00:00Z");
    assert!(warned(&seen, "zone_unknown"));
}

const MAKEBELIEVE: &str = "BEGIN:VTIMEZONE\nTZID:Makebelieve/Isle\n\
    BEGIN:STANDARD\nDTSTART:20001029T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20261025T000000Z\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n\
    BEGIN:DAYLIGHT\nDTSTART:20000326T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n\
    TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n\
    BEGIN:STANDARD\nDTSTART:20270613T000000\nRDATE:20270613T000000\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n";

#[test]
fn zones_a_file_defines() {
    let start = |local: &str| {
        let text = format!("{}\n{MAKEBELIEVE}", event(&format!("DTSTART;TZID=Makebelieve/Isle:{local}")));
        let seen = read_in("UTC", &text);
        assert!(
            seen.refused.is_empty() && seen.warnings.is_empty(),
            "{:?} {:?}",
            seen.refused,
            seen.warnings
        );
        let entry = all(&seen).remove(0);
        assert_eq!(entry.zone, None);
        entry.start.to_string()
    };
    assert_eq!(start("20260110T090000"), "2026-01-10T08:00:00Z");
    assert_eq!(start("20260710T090000"), "2026-07-10T07:00:00Z");
    // Skipped at 02:00 on 29 March, twice at 01:00 on 25 October 2026, the last of its rule.
    assert_eq!(start("20260329T023000"), "2026-03-29T01:30:00Z");
    assert_eq!(start("20261025T013000"), "2026-10-24T23:30:00Z");
    assert_eq!(start("20261025T030000"), "2026-10-25T02:00:00Z");
    assert_eq!(start("20270614T090000"), "2027-06-14T03:30:00Z");
}

// --- repetition ----------------------------------------------------------------------------------

#[test]
fn a_series_keeps_its_clock_over_changes_in_both_directions() {
    let spring = entries(
        "DTSTART;TZID=Europe/Paris:20260322T090000\nDTEND;TZID=Europe/Paris:20260322T100000\nRRULE:FREQ=WEEKLY;COUNT=2",
    );
    assert_eq!(
        spans(&spring),
        ["2026-03-22T08:00:00Z/2026-03-22T09:00:00Z", "2026-03-29T07:00:00Z/2026-03-29T08:00:00Z"]
    );
    assert_eq!(
        starts("DTSTART;TZID=Europe/Paris:20261018T090000\nRRULE:FREQ=WEEKLY;COUNT=2"),
        ["2026-10-18T07:00:00Z", "2026-10-25T08:00:00Z"]
    );
    assert_eq!(spring[1].occurrence.as_deref(), Some("20260329T090000"));
}

#[test]
fn readings_that_clocks_skip_or_repeat() {
    assert_eq!(
        starts("DTSTART;TZID=Europe/Paris:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3"),
        ["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"]
    );
    assert_eq!(
        starts("DTSTART;TZID=Europe/Paris:20261024T023000\nRRULE:FREQ=DAILY;COUNT=3"),
        ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
    );
    // Hourly: 02:30 and 03:30 are one instant on the day clocks go forward.
    assert_eq!(
        starts("DTSTART;TZID=Europe/Paris:20260329T013000\nRRULE:FREQ=HOURLY;COUNT=4"),
        ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"]
    );
}

#[test]
fn exact_and_nominal_durations_of_a_series() {
    let last = |end: &str| {
        let lines = format!("DTSTART;TZID=Europe/Paris:20260327T220000\n{end}\nRRULE:FREQ=DAILY;COUNT=2");
        entries(&lines)[1].end.to_string()
    };
    // Ten hours, also in the night of the change, by RFC 5545 §3.8.5.3.
    assert_eq!(last("DTEND;TZID=Europe/Paris:20260328T080000"), "2026-03-29T07:00:00Z");
    assert_eq!(last("DURATION:P1D"), "2026-03-29T20:00:00Z");
}

#[test]
fn rules_of_the_standard() {
    // Examples of RFC 5545 §3.8.5.3, in New York.
    let days = |rule: &str, start: &str| -> Vec<String> {
        let lines = format!("DTSTART;TZID=America/New_York:{start}T090000\nRRULE:{rule}");
        entries(&lines).iter().map(|e| e.occurrence.clone().unwrap()[..8].to_owned()).collect()
    };
    assert_eq!(days("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "19970905"), ["19970905", "19971003", "19971107"]);
    assert_eq!(
        days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805"),
        ["19970805", "19970810", "19970819", "19970824"]
    );
    assert_eq!(
        days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805"),
        ["19970805", "19970817", "19970819", "19970831"]
    );
    assert_eq!(
        days("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904"),
        ["19970904", "19971007", "19971106"]
    );
    assert_eq!(
        days("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "19961105"),
        ["19961105", "20001107", "20041102"]
    );
    assert_eq!(
        days("FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "19970101"),
        ["19970101", "19970410", "19970719", "20000101"]
    );
    assert_eq!(
        days("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "19970512"),
        ["19970512", "19980511", "19990517"]
    );
    assert_eq!(
        days("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "20070115"),
        ["20070115", "20070130", "20070215", "20070315", "20070330"]
    );
    assert_eq!(days("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1", "19970930"), ["19970930", "19971031", "19971130"]);
    assert_eq!(days("FREQ=YEARLY;COUNT=3", "20160229"), ["20160229", "20200229", "20240229"]);
}

#[test]
fn until_in_utc_in_local_time_and_as_a_day() {
    let n = |until: &str| {
        starts(&format!("DTSTART;TZID=Asia/Tokyo:20260105T080000\nRRULE:FREQ=DAILY;UNTIL={until}")).len()
    };
    // 08:00 in Tokyo is 23:00 of the day before in UTC.
    assert_eq!(n("20260107T230000Z"), 4);
    assert_eq!(n("20260107T225959Z"), 3);
    assert_eq!(n("20260107T080000"), 3);
    assert_eq!(n("20260107"), 3);
    let days = starts("DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;UNTIL=20260107");
    assert_eq!(days, ["2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z"]);
}

#[test]
fn a_series_deleted_from_its_first_occurrence_on() {
    let seen = read_in("UTC", &event("DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;UNTIL=20260104T235959Z"));
    assert!(seen.facts.is_empty() && seen.refused.is_empty());
    assert!(warned(&seen, "empty_series"));
}

#[test]
fn endless_series_stop_a_year_and_a_day_ahead() {
    let seen = read_in("UTC", &event("DTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY"));
    let counts = seen.counts();
    assert_eq!((counts["collaboration.meeting_attended"], counts["collaboration.meeting_planned"]), (10, 13));
    let ids: std::collections::BTreeSet<_> = records(&seen).into_iter().collect();
    assert_eq!(ids.len(), 23);
    assert!(ids.contains("met/a@example.org/20260101T090000Z"));
    // Daily since 1997: some 11 000, all read.
    let seen = read_in("UTC", &event("DTSTART:19970101T090000Z\nRRULE:FREQ=DAILY"));
    assert_eq!(seen.facts.len(), 11_262);
    assert!(seen.refused.is_empty());
    let seen = read_in("UTC", &event("DTSTART:19970101T090000Z\nRRULE:FREQ=HOURLY"));
    assert_eq!(seen.facts.len(), 20_000);
    assert_eq!(codes(&seen), ["too_many_occurrences"]);
    // A single entry far ahead is kept.
    assert_eq!(starts("DTSTART:20400101T090000Z"), ["2040-01-01T09:00:00Z"]);
}

#[test]
fn several_rules_added_and_excluded_dates() {
    assert_eq!(
        starts(
            "DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;COUNT=2\nRDATE:20260301T120000Z"
        ),
        ["2026-01-05T09:00:00Z", "2026-01-12T09:00:00Z", "2026-02-05T09:00:00Z", "2026-03-01T12:00:00Z"]
    );
    assert_eq!(
        starts(
            "DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=6\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2\n\
             EXDATE:20260108T090000Z"
        ),
        ["2026-01-06T09:00:00Z", "2026-01-09T09:00:00Z", "2026-01-10T09:00:00Z"]
    );
    // Excluded: in the zone, in UTC, without a zone, as a day.
    assert_eq!(
        starts(
            "DTSTART;TZID=Europe/Paris:20260105T090000\nRRULE:FREQ=DAILY;COUNT=6\n\
             EXDATE;TZID=Europe/Paris:20260105T090000,\n 20260106T090000\n\
             EXDATE:20260107T080000Z\nEXDATE:20260108T090000\nEXDATE;VALUE=DATE:20260109"
        ),
        ["2026-01-10T08:00:00Z"]
    );
    let periods = entries(
        "DTSTART:20260105T090000Z\nDURATION:PT1H\n\
         RDATE;VALUE=PERIOD:20260106T090000Z/20260106T110000Z,20260107T090000Z/PT3H",
    );
    assert_eq!(
        spans(&periods)[1..],
        ["2026-01-06T09:00:00Z/2026-01-06T11:00:00Z", "2026-01-07T09:00:00Z/2026-01-07T12:00:00Z"]
    );
}

const SERIES: &str = "DTSTART;TZID=Europe/Paris:20260105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n\
    SUMMARY:daily\nSEQUENCE:1";

#[test]
fn a_changed_and_a_cancelled_occurrence() {
    let text = format!(
        "{}\n{}\n{}",
        event(
            "RECURRENCE-ID:20260106T080000Z\nDTSTART;TZID=Europe/Paris:20260106T150000\nDURATION:PT2H\nSUMMARY:moved"
        ),
        event(SERIES),
        event(
            "RECURRENCE-ID;TZID=Europe/Paris:20260107T090000\nDTSTART;TZID=Europe/Paris:20260107T090000\n\
             STATUS:CANCELLED"
        ),
    );
    let seen = read_in("UTC", &text);
    let found = all(&seen);
    let titles: Vec<_> = found.iter().map(|e| e.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["daily", "moved", "", "daily"]);
    assert_eq!(spans(&found)[1], "2026-01-06T14:00:00Z/2026-01-06T16:00:00Z");
    // Known by the start it had, in the clock of its series, whatever zone the change names it in.
    assert_eq!(found[1].occurrence.as_deref(), Some("20260106T090000"));
    assert_eq!(found.iter().map(|e| e.cancelled).collect::<Vec<_>>(), [None, None, Some(true), None]);
    // A change without SEQUENCE is no older than its series.
    assert!(seen.facts[1].revision >> 18 >= seen.facts[0].revision >> 18);
}

#[test]
fn a_change_of_this_and_all_that_follow() {
    let text = format!(
        "{}\n{}",
        event(SERIES),
        event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260107T090000\n\
             DTSTART;TZID=Europe/Paris:20260107T100000\nDURATION:PT30M"
        )
    );
    assert_eq!(
        spans(&all(&read_in("UTC", &text)))[1..],
        [
            "2026-01-06T08:00:00Z/2026-01-06T09:00:00Z",
            "2026-01-07T09:00:00Z/2026-01-07T09:30:00Z",
            "2026-01-08T09:00:00Z/2026-01-08T09:30:00Z",
        ]
    );
}

#[test]
fn a_change_without_its_series_stands_alone() {
    let seen = read_in("UTC", &event("RECURRENCE-ID:20260106T080000Z\nDTSTART:20260106T140000Z"));
    assert_eq!(records(&seen), ["met/a@example.org/20260106T080000Z"]);
}

#[test]
fn versions_copies_and_shared_uids() {
    let old = event("DTSTART:20260105T090000Z\nSEQUENCE:1\nSUMMARY:old");
    let new = event("DTSTART:20260105T100000Z\nSEQUENCE:2\nSUMMARY:new");
    let seen = read_in("UTC", &format!("{new}\n{old}\n{new}"));
    assert_eq!(all(&seen).iter().map(|e| e.title.clone().unwrap()).collect::<Vec<_>>(), ["new"]);
    assert!(warned(&seen, "not_kept"));
    // Two entries that a careless writer gave one UID are two.
    let seen = read_in(
        "UTC",
        &format!("{}\n{}", event("DTSTART:20260105T090000Z"), event("DTSTART:20260106T090000Z")),
    );
    assert_eq!(records(&seen), ["met/a@example.org", "met/a@example.org~20260106T090000Z"]);
}

// --- what an entry says --------------------------------------------------------------------------

#[test]
fn busy_free_and_away() {
    let busy = |lines: &str| entries(&format!("DTSTART:20260301T090000Z\n{lines}")).remove(0).busy;
    assert_eq!(busy("TRANSP:OPAQUE"), Busy::Busy);
    assert_eq!(busy("TRANSP:TRANSPARENT"), Busy::Free);
    assert_eq!(busy("STATUS:TENTATIVE"), Busy::Tentative);
    assert_eq!(busy("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:OPAQUE"), Busy::OutOfOffice);
    assert_eq!(busy("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"), Busy::Tentative);
    assert_eq!(busy("X-MICROSOFT-CDO-BUSYSTATUS:FREE"), Busy::Free);
}

#[test]
fn people_are_counted_and_never_kept() {
    let seen = read_in(
        "UTC",
        &event(
            "DTSTART:20260301T090000Z\nORGANIZER;CN=Olga Example:mailto:olga@example.org\n\
             ATTENDEE;CN=Olga Example:MAILTO:Olga@example.org\nATTENDEE;CN=Max:mailto:max@example.org\n\
             ATTENDEE;CUTYPE=ROOM:mailto:room@example.org\nATTENDEE:mailto:eva@example.org\nSTATUS:CONFIRMED\n\
             CATEGORIES:work,team\nCATEGORIES:work",
        ),
    );
    let entry = &all(&seen)[0];
    assert_eq!((entry.others, entry.organiser, entry.cancelled), (Some(2), None, Some(false)));
    assert_eq!(entry.categories, ["work", "team"]);
    let kept = format!("{:?}", seen.facts).to_lowercase();
    assert!(!kept.contains("olga") && !kept.contains("max"), "{kept}");
}

#[test]
fn a_calendar_of_cancellations() {
    let seen = read_in("UTC", &format!("METHOD:CANCEL\n{}", event("DTSTART:20260301T090000Z")));
    assert_eq!(all(&seen)[0].cancelled, Some(true));
}

#[test]
fn long_and_absent_uids_are_hashed() {
    let id = |uid: &str| {
        records(&read_in("UTC", &format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20260301T090000Z\nEND:VEVENT")))
            .remove(0)
    };
    let long = "x".repeat(300);
    assert_eq!(id(&long), id(&long));
    assert!(id(&long).len() < 64 && id(&long) != id(&"x".repeat(301)));
    assert!(id("").starts_with("met/no-uid-"));
}

// --- other components ----------------------------------------------------------------------------

#[test]
fn free_busy_times() {
    let seen = read_in(
        "UTC",
        "BEGIN:VFREEBUSY\nUID:fb\nDTSTAMP:20260101T000000Z\n\
         FREEBUSY:20260301T090000Z/PT1H,20261201T090000Z/20261201T100000Z\n\
         FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260302T090000Z/PT1H\nFREEBUSY:never\nEND:VFREEBUSY",
    );
    assert_eq!(records(&seen), ["met/fb/1", "plan/fb/2", "met/fb/3"]);
    let busy: Vec<_> = all(&seen).into_iter().map(|e| e.busy).collect();
    assert_eq!(busy, [Busy::Busy, Busy::Busy, Busy::OutOfOffice]);
    assert_eq!(codes(&seen), ["bad_time"]);
}

#[test]
fn tasks_and_journals() {
    let task = |lines: &str| {
        let lines = format!("BEGIN:VTODO\nUID:t\nDTSTAMP:20260101T000000Z\nSUMMARY:S\n{lines}\nEND:VTODO");
        read_in("UTC", &lines).facts.remove(0)
    };
    let done = task("STATUS:COMPLETED\nCOMPLETED:20260301T090000Z");
    assert_eq!((done.body.kind(), done.at.to_string()), ("task.completed", "2026-03-01T09:00:00Z".into()));
    let begun =
        task("STATUS:IN-PROCESS\nDTSTART:20260301T090000Z\nDUE:20261201T090000Z\nESTIMATED-DURATION:PT2H");
    let EventBody::TaskStarted(started) = &begun.body else { panic!("{begun:?}") };
    assert_eq!(
        (started.estimate_s, started.due.unwrap().to_string()),
        (Some(7200.0), "2026-12-01T09:00:00Z".into())
    );
    let open = task("STATUS:NEEDS-ACTION\nDTSTART:20260301T090000Z\nATTENDEE:mailto:max@example.org");
    assert_eq!(
        (open.body.kind(), open.at.to_string()),
        ("source.message_kept", "2026-01-01T00:00:00Z".into())
    );
    assert!(!format!("{open:?}").contains("max@"));
    // Completed at a time that is not known: no time is invented.
    assert_eq!(task("STATUS:COMPLETED").body.kind(), "source.message_kept");
    let journal =
        read_in("UTC", "BEGIN:VJOURNAL\nUID:j\nDTSTAMP:20260101T000000Z\nDESCRIPTION:a\\nb\nEND:VJOURNAL");
    let EventBody::MessageKept(kept) = &journal.facts[0].body else { panic!("{journal:?}") };
    assert_eq!(
        (kept.format.as_str(), kept.message.as_str(), kept.fields.len()),
        ("icalendar", "VJOURNAL", 3)
    );
}

#[test]
fn alarms_are_counted() {
    let alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDURATION:PT5M\nREPEAT:2\nEND:VALARM";
    let seen = read_in("UTC", &event(&format!("DTSTART:20260301T090000Z\n{alarm}")));
    assert_eq!(spans(&all(&seen)), ["2026-03-01T09:00:00Z/2026-03-01T09:00:00Z"]);
    assert_eq!(seen.warnings[0].message, "1 alarms are not kept");
}

// --- broken files --------------------------------------------------------------------------------

#[test]
fn a_bad_entry_costs_only_itself() {
    let bad = [
        ("DTSTART:20260231T090000Z", "bad_time"),
        ("DTSTART:20260301T250000Z", "bad_time"),
        ("DTSTART:yesterday", "bad_time"),
        ("SUMMARY:no start", "bad_time"),
        ("DTSTART:20260301T090000Z\nDTEND:20260301T080000Z", "bad_time"),
        ("DTSTART:20260301T090000Z\nDTEND:later", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:-PT1H", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:an hour", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:P999999999999999W", "bad_time"),
        ("DTSTART:20260301T090000Z\nRECURRENCE-ID:first", "bad_time"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=SOMETIMES", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;BYHOUR=265", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;COUNT=0", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=WEEKLY;BYMONTHDAY=3", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:RSCALE=HEBREW;FREQ=YEARLY", "unsupported_rule"),
    ];
    for (lines, code) in bad {
        let good = event("DTSTART:20260302T090000Z").replace("UID:a@", "UID:good@");
        let seen = read_in("UTC", &format!("{}\n{good}", event(lines)));
        assert_eq!(codes(&seen), [code], "{lines}");
        assert_eq!(seen.refused[0].subject, "VEVENT 1");
        let left: Vec<_> = all(&seen).into_iter().map(|e| e.uid).collect();
        assert_eq!(left, ["good@example.org"], "{lines}");
    }
}

#[test]
fn an_unreadable_exception_is_told_and_costs_no_other() {
    let lines =
        "DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T090000Z\nEXDATE:someday\nRDATE:";
    let seen = read_in("UTC", &event(lines));
    assert_eq!(all(&seen).len(), 2);
    assert_eq!(codes(&seen), ["bad_time"]);
}

#[test]
fn a_cut_file_keeps_what_precedes() {
    let whole = format!("BEGIN:VCALENDAR\r\n{}\r\n", event("DTSTART:20260301T090000Z").replace('\n', "\r\n"));
    let (result, seen) = try_read(whole.as_bytes(), "UTC");
    result.unwrap();
    assert_eq!((all(&seen).len(), codes(&seen)), (1, vec!["truncated"]));
    let cut = format!("{whole}BEGIN:VEVENT\r\nUID:c\r\nDTSTART:20260302T090000Z\r\nRRU");
    let (result, seen) = try_read(cut.as_bytes(), "UTC");
    result.unwrap();
    assert_eq!((all(&seen).len(), codes(&seen)), (1, vec!["truncated", "truncated"]));
}

#[test]
fn line_ends_marks_and_encodings() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:l\r\nDTSTART:20260301T09\r\n 0000Z\r\nSUMMARY:caf\u{e9}\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let forms = [
        (text.as_bytes().to_vec(), false),
        (text.replace("\r\n", "\n").into_bytes(), false),
        (text.replace("\r\n", "\r").into_bytes(), false),
        (format!("\u{feff}{text}").into_bytes(), false),
        (text.replace("\r\n", "\r\n\r\n").into_bytes(), false),
        (latin, true),
    ];
    for (bytes, warns) in forms {
        assert!(calendar::matches(&bytes), "{}", String::from_utf8_lossy(&bytes));
        let (result, seen) = try_read(&bytes, "UTC");
        result.unwrap();
        let entry = all(&seen).remove(0);
        assert_eq!(
            (entry.title.as_deref(), entry.start.to_string()),
            (Some("café"), "2026-03-01T09:00:00Z".into())
        );
        assert_eq!(warned(&seen, "encoding"), warns);
    }
}

#[test]
fn fragments_cards_and_other_things() {
    let (result, seen) = try_read(event("DTSTART:20260301T090000Z").as_bytes(), "UTC");
    result.unwrap();
    assert_eq!(all(&seen).len(), 1);
    assert!(warned(&seen, "fragment"));
    let code = |text: &str| try_read(text.as_bytes(), "UTC").0.unwrap_err().code();
    assert_eq!(code("BEGIN:VCARD\nVERSION:3.0\nN:A\nEND:VCARD\n"), Code::Unsupported);
    assert_eq!(code(""), Code::Malformed);
    assert_eq!(code("a,b\n1,2\n"), Code::Malformed);
    assert_eq!(code("BEGIN:HTML\nEND:HTML\n"), Code::Malformed);
    assert!(
        !calendar::matches(b"BEGIN:VCARD\r\n") && !calendar::matches(b"BEGIN:") && !calendar::matches(b"")
    );
    let (result, seen) = try_read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "UTC");
    result.unwrap();
    assert!(seen.facts.is_empty() && seen.refused.is_empty());
}

#[test]
fn an_entry_without_its_end_does_not_swallow_the_next() {
    let open = "BEGIN:VEVENT\nUID:open\nDTSTART:20260301T090000Z";
    let seen = read_in("UTC", &format!("{open}\n{}", event("DTSTART:20260302T090000Z")));
    assert_eq!(all(&seen).len(), 2);
}

#[test]
fn huge_lines_and_many_entries_are_bounded() {
    let seen =
        read_in("UTC", &event(&format!("DTSTART:20260301T090000Z\nDESCRIPTION:{}", "x".repeat(3 << 20))));
    assert_eq!(all(&seen).len(), 1);
    let nested = format!("{}{}", "BEGIN:VEVENT\n".repeat(20_000), "END:VEVENT\n".repeat(20_000));
    let seen = read_in("UTC", &nested);
    assert_eq!(codes(&seen).len(), 20_000);
}

#[test]
fn the_same_bytes_give_the_same_facts() {
    let text =
        format!("{}\n{}", event(SERIES), event("DTSTART:20260401T090000Z").replace("UID:a@", "UID:b@"));
    assert_eq!(read_in("UTC", &text).facts, read_in("UTC", &text).facts);
    let late: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
    let mut seen = Collected::default();
    let later = ReadOptions { now: late, ..options("UTC") };
    let bytes = String::from_utf8(sample()).unwrap();
    calendar::read(&mut Cursor::new(&bytes), &later, &mut seen).unwrap();
    assert_eq!(seen.facts, try_read(bytes.as_bytes(), "UTC").1.facts);
}

// --- real files ----------------------------------------------------------------------------------

#[test]
fn real_files_are_read_or_refused() {
    let root = std::env::var_os("HUMANTWIN_DATA")
        .map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
            PathBuf::from,
        )
        .join("calendars");
    let Ok(folders) = std::fs::read_dir(&root) else {
        eprintln!("skipped: no calendars in the data folder");
        return;
    };
    let (mut files, mut read, mut occurrences, mut refused) = (0, 0, 0, 0);
    for folder in folders {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            files += 1;
            let (result, seen) = try_read(&bytes, "Europe/Paris");
            match result {
                Ok(()) => {
                    read += 1;
                    // Nothing is both read and silent: a file with an entry gives facts or says why not.
                    let text = String::from_utf8_lossy(&bytes).to_uppercase();
                    let entry = text.lines().any(|l| l.trim_end() == "BEGIN:VEVENT");
                    assert!(
                        !entry || !seen.facts.is_empty() || !seen.refused.is_empty(),
                        "{}",
                        path.display()
                    );
                }
                Err(e) => assert!(matches!(e.code(), Code::Malformed | Code::Unsupported), "{e}"),
            }
            assert!(all(&seen).iter().all(|e| e.end >= e.start));
            assert!(seen.facts.iter().all(|f| f.at <= NOW.parse().unwrap() && f.record.is_some()));
            occurrences += all(&seen).len();
            refused += seen.refused.len();
        }
    }
    eprintln!("{files} files, {read} read, {occurrences} occurrences, {refused} refusals");
    assert!(read * 10 > files * 8, "{read} of {files} read");
    assert!(occurrences > 10_000, "{occurrences} occurrences");
}

// --- no bytes make it panic ----------------------------------------------------------------------

fn sample() -> Vec<u8> {
    let changed =
        event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T080000Z\nDTSTART:20260106T140000Z\nDURATION:PT2H");
    let todo = "BEGIN:VTODO\nUID:t\nDUE:20260401T000000Z\nCOMPLETED:20260301T090000Z\nEND:VTODO";
    let busy = "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20260101T000000Z\nFREEBUSY;FBTYPE=BUSY:20260301T090000Z/PT1H\nEND:VFREEBUSY";
    let series =
        event(&format!("{SERIES}\nRDATE;VALUE=PERIOD:20260301T090000Z/PT3H\nEXDATE:20260108T080000Z"));
    format!("BEGIN:VCALENDAR\n{MAKEBELIEVE}{series}\n{changed}\n{todo}\n{busy}\nEND:VCALENDAR\n").into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn mutated_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(try_read(&bytes, "Europe/Paris"));
    }

    #[test]
    fn digits_and_cuts_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..10), 1..32),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        let digits: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii_digit()).collect();
        for (at, digit) in changes {
            bytes[digits[at.index(digits.len())]] = b'0' + digit;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        drop(try_read(&bytes, "America/New_York"));
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let bytes = [b"BEGIN:VCALENDAR\n".as_slice(), &bytes].concat();
        let mut seen = Collected::default();
        drop(read_file(&mut Cursor::new(bytes), &options("UTC"), &mut seen));
    }
}
