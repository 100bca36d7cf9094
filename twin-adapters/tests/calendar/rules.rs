//! Rules of repetition, their ends, added and excluded dates.

use super::{codes, entries, event, read_in, records, spans, starts, warned};

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
