//! Changed and cancelled occurrences, versions and copies.

use super::{SERIES, all, event, read_in, records, spans, warned};

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
