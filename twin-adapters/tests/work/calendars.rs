//! Meetings of Google Calendar, Outlook and Zoom.

use super::{at, ignored, json_file, only, told};
use serde_json::json;
use twin_adapters::work::{Format, Service};
use twin_core::event::EventBody;

#[test]
fn events_of_google_calendar() {
    let page = json!({"kind": "calendar#events", "timeZone": "Europe/Paris", "items": [
        {"kind": "calendar#event", "id": "s_1", "iCalUID": "s@google.com", "recurringEventId": "s", "status": "confirmed",
         "summary": "Stand-up", "created": "2026-01-01T08:00:00.000Z", "updated": "2026-02-01T08:00:00.000Z",
         "originalStartTime": {"dateTime": "2026-03-02T09:00:00+01:00"},
         "start": {"dateTime": "2026-03-02T09:30:00+01:00", "timeZone": "Europe/Paris"},
         "end": {"dateTime": "2026-03-02T09:45:00+01:00", "timeZone": "Europe/Paris"},
         "organizer": {"email": "bob@example.org"},
         "attendees": [{"email": "ann@example.org", "self": true, "responseStatus": "accepted"},
            {"email": "Bob@example.org", "organizer": true}, {"email": "room@example.org", "resource": true}]},
        {"kind": "calendar#event", "id": "d", "status": "tentative", "start": {"date": "2026-12-24"},
         "end": {"date": "2026-12-26"}, "created": "2026-01-01T08:00:00.000Z"},
        {"kind": "calendar#event", "id": "m", "recurrence": ["RRULE:FREQ=DAILY"], "start": {"dateTime": "2026-03-02T09:30:00+01:00"},
         "end": {"dateTime": "2026-03-02T09:45:00+01:00"}},
        {"kind": "calendar#event", "id": "gone", "status": "cancelled", "updated": "2026-03-01T08:00:00.000Z"},
        {"kind": "calendar#event", "id": "s_2", "recurringEventId": "s", "status": "cancelled",
         "originalStartTime": {"dateTime": "2026-03-03T09:00:00+01:00"}, "updated": "2026-03-01T08:00:00.000Z"},
    ]});
    let seen = json_file(Format::GoogleCalendar, &page);
    let EventBody::MeetingAttended(met) = &seen.facts[0].body else { panic!() };
    assert_eq!((met.entry.start, met.entry.uid.as_str()), (at("2026-03-02T08:30:00Z"), "s@google.com"));
    assert_eq!(
        (met.entry.others, met.entry.people.as_slice()),
        (Some(1), &["bob@example.org".to_owned()][..])
    );
    assert_eq!((met.entry.organiser, met.entry.cancelled), (Some(false), Some(false)));
    assert_eq!(seen.facts[0].record.as_ref().unwrap().as_str(), "met/s/2026-03-02T09:00:00+01:00");
    assert_eq!((seen.facts[0].start_offset_s, met.entry.zone.as_deref()), (Some(3600), Some("Europe/Paris")));
    let EventBody::MeetingPlanned(planned) = &seen.facts[1].body else { panic!() };
    assert_eq!(planned.entry.start, at("2026-12-23T23:00:00Z"), "a day begins where the person is");
    assert_eq!(planned.entry.all_day_until.unwrap().to_string(), "2026-12-26");
    assert_eq!(ignored(&seen), ["a series is read by its instances; ask for single events"]);
    assert!(matches!(&seen.facts[2].body, EventBody::RecordDeleted(d) if d.record.as_str() == "plan/gone"));
    let EventBody::MeetingAttended(off) = &seen.facts[3].body else { panic!() };
    assert_eq!((off.entry.cancelled, off.entry.start), (Some(true), at("2026-03-03T08:00:00Z")));
}

#[test]
fn events_of_outlook() {
    let page = json!({"value": [
        {"id": "A", "iCalUId": "u", "subject": "Review", "isAllDay": false, "showAs": "oof", "isCancelled": false,
         "type": "occurrence", "seriesMasterId": "S", "createdDateTime": "2026-01-01T08:00:00Z",
         "start": {"dateTime": "2026-07-02T09:00:00.0000000", "timeZone": "W. Europe Standard Time"},
         "end": {"dateTime": "2026-07-02T10:00:00.0000000", "timeZone": "W. Europe Standard Time"},
         "organizer": {"emailAddress": {"address": "Ann@example.org"}}, "categories": ["Red"],
         "attendees": [{"type": "required", "emailAddress": {"address": "b@example.org"}},
            {"type": "resource", "emailAddress": {"address": "room@example.org"}}]},
        {"id": "M", "type": "seriesMaster", "isAllDay": false, "showAs": "busy",
         "start": {"dateTime": "2026-07-02T09:00:00.0000000", "timeZone": "UTC"},
         "end": {"dateTime": "2026-07-02T10:00:00.0000000", "timeZone": "UTC"}},
    ]});
    let seen = json_file(Format::GraphCalendar, &page);
    let met = only!(seen, MeetingAttended);
    assert_eq!(met.entry.start, at("2026-07-02T07:00:00Z"), "a zone by the name Windows has for it");
    assert_eq!((met.entry.others, met.entry.organiser), (Some(1), Some(true)));
    assert_eq!(
        (met.entry.categories.as_slice(), met.entry.busy),
        (&["Red".to_owned()][..], twin_core::event::Busy::OutOfOffice)
    );
    assert_eq!(ignored(&seen).len(), 1);
}

#[test]
fn meetings_of_zoom() {
    let ended = json!({"event": "meeting.ended", "event_ts": 1_772_440_000_000_i64, "payload": {"object": {"id": "123",
        "uuid": "x==", "topic": "T", "host_id": "ann", "start_time": "2026-03-02T09:00:00Z", "duration": 60,
        "end_time": "2026-03-02T09:50:00Z", "timezone": "America/New_York"}}});
    let met = only!(told(Service::Zoom, "", &ended), MeetingAttended);
    assert_eq!(
        (met.entry.end, met.entry.organiser, met.entry.others),
        (at("2026-03-02T09:50:00Z"), Some(true), None)
    );
    let report = json!({"id": 123, "topic": "T", "participants": [
        {"name": "Ann", "user_email": "ann@example.org", "join_time": "2026-03-02T09:01:00Z", "leave_time": "2026-03-02T09:30:00Z"},
        {"name": "Bob", "join_time": "2026-03-02T09:00:00Z", "leave_time": "2026-03-02T09:40:00Z"}]});
    let met = only!(json_file(Format::ZoomReport, &report), MeetingAttended);
    assert_eq!((met.entry.start, met.entry.end), (at("2026-03-02T09:00:00Z"), at("2026-03-02T09:40:00Z")));
    assert_eq!((met.entry.others, met.entry.people.as_slice()), (Some(1), &["Bob".to_owned()][..]));
}
