//! Zones: the reader's, names of registries and of Windows, those that a file defines.

use super::{MAKEBELIEVE, all, entries, event, read_in, spans, starts, warned};

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
