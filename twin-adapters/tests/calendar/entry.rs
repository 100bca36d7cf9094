//! What an entry says besides its times, and other components.

use super::{all, codes, entries, event, read_in, records, spans};
use twin_core::event::{Busy, EventBody};

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
