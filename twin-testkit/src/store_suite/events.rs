//! Events: written whole, told apart, found again.

use super::{DAY, Subject, at, clock, coffee, fact, named, sealed};
use std::sync::Arc;
use twin_core::event::{Busy, CalendarEntry, ProfileStated, UnknownBody};
use twin_core::event::{ConsentGranted, EventBody, MeetingPlanned};
use twin_core::series::Samples;
use twin_core::store::{Batch, Note, Outcome, STANDING, Sealed, Table};
use twin_core::{ActorId, Error, EventId, Purpose, Result};

/// Events, segments and notes of a batch are there together, and are all a store holds.
///
/// # Errors
/// What the store returns.
pub fn a_batch_is_all_there(subject: &mut Subject) -> Result<()> {
    let samples = Arc::new(Samples::new(vec![1, 2], vec![], vec![60.0, 61.0])?);
    let event = sealed(coffee(at(DAY, 0), 80.0)?, clock(0, 0))?;
    let batch = Batch {
        events: vec![event.clone()],
        segments: vec![(samples.hash(), Arc::clone(&samples))],
        notes: vec![Note { table: Table::Meta, key: 3, body: Some(b"mark".to_vec()) }],
    };
    assert_eq!(subject.store()?.commit(&batch)?, [Outcome::New]);
    subject.again();
    assert_eq!(subject.scanned(i32::MIN, i32::MAX)?, [event.event]);
    assert_eq!(subject.store()?.segment(samples.hash())?, Some(samples));
    assert_eq!(subject.store()?.note(Table::Meta, 3)?.as_deref(), Some(&b"mark"[..]));
    assert_eq!(subject.store()?.len()?, 1);
    assert!(!subject.store()?.is_empty()?);
    Ok(())
}

/// What a visitor returns ends the visit and comes back as it was.
///
/// # Errors
/// What the store returns.
pub fn an_error_of_a_visitor_ends_the_visit(subject: &mut Subject) -> Result<()> {
    let event = sealed(named("app", "r", 1, at(DAY, 0), 1.0)?, clock(0, 0))?;
    let other = sealed(named("app", "r", 2, at(DAY, 0), 2.0)?, clock(1, 0))?;
    let key = event.event.key();
    subject.put(&[event, other])?;
    let mut seen = 0;
    let mut stop = |_: &twin_core::event::Event| {
        seen += 1;
        Err(Error::Cancelled)
    };
    assert_eq!(subject.store()?.scan(i32::MIN..=i32::MAX, &mut stop), Err(Error::Cancelled));
    assert_eq!(subject.store()?.versions(key, &mut stop), Err(Error::Cancelled));
    let mut stop = |_: i64, _: &[u8]| Err(Error::Cancelled);
    assert_eq!(subject.store()?.notes(Table::Dirty, i64::MIN..=i64::MAX, &mut stop), Err(Error::Cancelled));
    assert_eq!(seen, 2, "one event in each of the two visits");
    Ok(())
}

/// The same event again is a duplicate, in another batch and in the same one.
///
/// # Errors
/// What the store returns.
pub fn duplicates_are_told(subject: &mut Subject) -> Result<()> {
    let event = sealed(coffee(at(DAY, 0), 80.0)?, clock(5, 0))?;
    let later = Sealed { event: event.event.clone().learned(clock(6, 0)), ..event.clone() };
    assert_eq!(subject.put(&[event.clone(), event.clone()])?, [Outcome::New, Outcome::Duplicate]);
    subject.again();
    assert_eq!(subject.put(&[later, event.clone()])?, [Outcome::Duplicate, Outcome::Duplicate]);
    assert_eq!(subject.store()?.len()?, 1);
    assert_eq!(subject.scanned(DAY, DAY)?, [event.event], "a later clock changes nothing");
    Ok(())
}

/// Of one event seen twice the smaller clock is kept, whichever came first.
///
/// # Errors
/// What the store returns.
pub fn a_smaller_clock_is_kept(subject: &mut Subject) -> Result<()> {
    for content in [coffee(at(DAY, 0), 80.0)?, named("app", "r", 1, at(DAY, 1), 1.0)?] {
        let first = sealed(content.clone(), clock(5, 2))?;
        let earlier = sealed(content, clock(5, 1))?;
        assert_eq!(subject.put(std::slice::from_ref(&first))?, [Outcome::New]);
        subject.again();
        assert_eq!(subject.put(std::slice::from_ref(&earlier))?, [Outcome::Earlier]);
        subject.again();
        assert_eq!(subject.put(&[first])?, [Outcome::Duplicate]);
        subject.again();
        assert_eq!(subject.store()?.event(earlier.event.id)?, Some(earlier.event.clone()));
        assert_eq!(subject.versions(earlier.event.key())?, [earlier.event]);
    }
    assert_eq!(subject.store()?.check()?, Vec::<String>::new());
    Ok(())
}

/// Both ends of a scan belong to it, days before 1970 too; a range that is backwards holds nothing.
///
/// # Errors
/// What the store returns.
pub fn scan_ranges_are_inclusive(subject: &mut Subject) -> Result<()> {
    for (n, day) in (0_i32..).zip([-3, 0, DAY - 1, DAY, DAY, DAY + 1]) {
        subject.put(&[sealed(coffee(at(day, i64::from(n)), f64::from(n))?, clock(n.into(), 0))?])?;
    }
    subject.again();
    let days = |subject: &mut Subject, from, to| Ok::<_, Error>(subject.scanned(from, to)?.len());
    assert_eq!(days(subject, DAY, DAY)?, 2);
    assert_eq!(days(subject, DAY - 1, DAY)?, 3);
    assert_eq!(days(subject, DAY - 1, DAY + 1)?, 4);
    assert_eq!(days(subject, -3, 0)?, 2);
    assert_eq!(days(subject, -2, -1)?, 0);
    assert_eq!(days(subject, DAY + 2, i32::MAX)?, 0);
    assert_eq!(days(subject, i32::MIN, i32::MAX)?, 6);
    assert_eq!(days(subject, DAY + 1, DAY - 1)?, 0, "a backwards range");
    Ok(())
}

/// Standing facts are in the bucket [`STANDING`], whatever their time; plans are where they end.
///
/// # Errors
/// What the store returns.
pub fn standing_facts_have_a_bucket(subject: &mut Subject) -> Result<()> {
    let grant = ConsentGranted { actor: ActorId::new("coach")?, purpose: Purpose::Health, until: None };
    let profile = ProfileStated {
        born: None,
        sex: None,
        height_m: Some(1.7),
        heart_rate_max: None,
        zone: None,
        work_days: vec![0, 4],
    };
    let plan = MeetingPlanned {
        entry: CalendarEntry {
            uid: "u".into(),
            occurrence: None,
            start: at(DAY + 9, 0),
            end: at(DAY + 9, 60),
            all_day_from: None,
            all_day_until: None,
            busy: Busy::Busy,
            title: None,
            others: None,
            people: Vec::new(),
            organiser: None,
            organised_by: None,
            cancelled: None,
            declined: None,
            declined_by: Vec::new(),
            categories: Vec::new(),
            zone: None,
        },
    };
    let bodies: [EventBody; 3] = [grant.into(), profile.into(), plan.into()];
    for (n, body) in (0_u32..).zip(bodies) {
        subject.put(&[sealed(fact(at(DAY, 0), body)?, clock(0, n))?])?;
    }
    assert_eq!(subject.take_dirty()?, [i64::from(STANDING), i64::from(DAY + 9)]);
    subject.again();
    assert_eq!(subject.scanned(STANDING, STANDING)?.len(), 2);
    assert_eq!(subject.scanned(STANDING + 1, i32::MAX)?.len(), 1);
    assert_eq!(subject.scanned(DAY + 9, DAY + 9)?.len(), 1);
    Ok(())
}

/// An event is found by its id, with or without a name of its record; another id finds nothing.
///
/// # Errors
/// What the store returns.
pub fn events_are_found_by_id(subject: &mut Subject) -> Result<()> {
    let events = [
        sealed(coffee(at(DAY, 0), 80.0)?, clock(0, 0))?,
        sealed(named("app", "r", 1, at(DAY, 0), 1.0)?, clock(1, 0))?,
        sealed(named("app", "r", 2, at(DAY, 0), 1.0)?, clock(2, 0))?,
    ];
    subject.put(&events)?;
    subject.again();
    for event in &events {
        assert_eq!(subject.store()?.event(event.event.id)?.as_ref(), Some(&event.event));
    }
    assert_eq!(subject.store()?.event(EventId::of("nobody", &[]))?, None);
    // The key of a record is not the id of an event.
    let [_, first, _] = &events;
    assert_eq!(subject.store()?.event(EventId(first.event.key().0))?, None);
    Ok(())
}

/// Kinds and versions that this build does not know come back as they were.
///
/// # Errors
/// What the store returns.
pub fn unknown_kinds_survive(subject: &mut Subject) -> Result<()> {
    let body = |kind: &str, version, raw: &str| UnknownBody { kind: kind.into(), version, raw: raw.into() };
    let bodies = [
        body("garden.tree_planted", 3, r#"{"n":[1,{"a":null}],"ü":"x\u0000y"}"#),
        body("health.caffeine_consumed", 9, r#"{"cups":2}"#),
    ];
    let mut events = Vec::new();
    for (n, body) in (0_u32..).zip(bodies) {
        events.push(sealed(fact(at(DAY, n.into()), EventBody::Unknown(body))?, clock(0, n))?);
    }
    subject.put(&events)?;
    subject.again();
    for event in events {
        assert_eq!(subject.store()?.event(event.event.id)?, Some(event.event));
    }
    assert_eq!(subject.store()?.check()?, Vec::<String>::new());
    Ok(())
}

/// Names with quotes, wild cards, statements, marks above letters and 200 bytes are names like others.
///
/// # Errors
/// What the store returns.
pub fn strange_names_survive(subject: &mut Subject) -> Result<()> {
    let long = "x".repeat(200);
    let names = [
        "'",
        "\"; DROP TABLE event; --",
        "%",
        "_",
        "\\",
        "a/b",
        "日本語",
        "e\u{301}",
        "é",
        "\u{202e}",
        " ",
        &long,
    ];
    let mut events = Vec::new();
    for (n, name) in (0_u32..).zip(names) {
        events.push(sealed(named(name, name, 1, at(DAY, 0), f64::from(n))?, clock(0, n))?);
    }
    assert!(subject.put(&events)?.iter().all(|o| *o == Outcome::New), "no two names are one");
    subject.again();
    for event in events {
        assert_eq!(subject.versions(event.event.key())?, [event.event]);
    }
    Ok(())
}

/// Twenty thousand events in one step are all there; the same step again is all duplicates.
///
/// # Errors
/// What the store returns.
pub fn a_large_batch_is_taken(subject: &mut Subject) -> Result<()> {
    let mut events = Vec::new();
    for n in 0..20_000_i32 {
        events.push(sealed(coffee(at(DAY + n % 50, n.into()), f64::from(n))?, clock(0, n.unsigned_abs()))?);
    }
    assert!(subject.put(&events)?.iter().all(|o| *o == Outcome::New));
    subject.again();
    assert_eq!(subject.store()?.len()?, 20_000);
    assert_eq!(subject.scanned(DAY + 7, DAY + 7)?.len(), 400);
    assert!(subject.put(&events)?.iter().all(|o| *o == Outcome::Duplicate));
    assert_eq!(subject.store()?.len()?, 20_000);
    Ok(())
}
