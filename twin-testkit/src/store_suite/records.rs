//! Records: versions, corrections, deletions, and what they make dirty.

use super::{DAY, Subject, at, clock, coffee, fact, named, sealed};
use twin_core::event::{CaffeineConsumed, Content, RecordCorrected, RecordDeleted};
use twin_core::store::{Outcome, Table};
use twin_core::{EventId, RecordId, RecordKey, Result, SourceId, Timestamp};

fn deletion(source: &str, record: &str, revision: u64, when: Timestamp) -> Result<Content> {
    fact(when, RecordDeleted { source: SourceId::new(source)?, record: RecordId::new(record)?, revision })
}

fn id_name(id: EventId) -> String {
    format!("event:{id}")
}

/// Versions of a record are found under its key, and only its own; one version is not contested.
///
/// # Errors
/// What the store returns.
pub fn versions_of_a_named_record(subject: &mut Subject) -> Result<()> {
    let first = sealed(named("app", "r", 1, at(DAY, 0), 1.0)?, clock(0, 0))?;
    let second = sealed(named("app", "r", 2, at(DAY, 0), 2.0)?, clock(1, 0))?;
    let other = sealed(named("app", "s", 1, at(DAY, 0), 1.0)?, clock(2, 0))?;
    let namesake = sealed(named("bpp", "r", 1, at(DAY, 0), 1.0)?, clock(3, 0))?;
    let key = first.event.key();
    assert_eq!(subject.put(&[first.clone(), other.clone(), namesake.clone()])?, [Outcome::New; 3]);
    assert!(!subject.store()?.contested(key)?);
    subject.again();
    assert_eq!(subject.put(std::slice::from_ref(&second))?, [Outcome::NewVersion]);
    subject.again();
    assert!(subject.store()?.contested(key)?);
    let mut both = vec![first.event, second.event];
    both.sort_by_key(|e| e.id);
    assert_eq!(subject.versions(key)?, both);
    for single in [other, namesake] {
        assert!(!subject.store()?.contested(single.event.key())?);
        assert_eq!(subject.versions(single.event.key())?, [single.event]);
    }
    assert_eq!(subject.versions(RecordKey([0; 16]))?, []);
    assert!(!subject.store()?.contested(RecordKey([0; 16]))?);
    Ok(())
}

/// A record without a name is deleted by its event's id.
///
/// # Errors
/// What the store returns.
pub fn an_unnamed_record_and_its_deletion(subject: &mut Subject) -> Result<()> {
    let event = sealed(coffee(at(DAY, 0), 80.0)?, clock(0, 0))?;
    let bystander = sealed(coffee(at(DAY, 1), 80.0)?, clock(0, 1))?;
    let gone = sealed(deletion("diary", &id_name(event.event.id), 0, at(DAY, 9))?, clock(1, 0))?;
    assert_eq!(gone.event.key(), event.event.key());
    subject.put(&[event.clone(), bystander.clone()])?;
    subject.again();
    assert_eq!(subject.put(std::slice::from_ref(&gone))?, [Outcome::NewVersion]);
    subject.again();
    assert_eq!(subject.versions(event.event.key())?.len(), 2);
    assert!(subject.store()?.contested(event.event.key())?);
    assert!(!subject.store()?.contested(bystander.event.key())?);
    Ok(())
}

/// A record that has a name is not found by its event's id.
///
/// # Errors
/// What the store returns.
pub fn a_named_record_is_not_its_event(subject: &mut Subject) -> Result<()> {
    let event = sealed(named("app", "r", 1, at(DAY, 0), 1.0)?, clock(0, 0))?;
    let stray = sealed(deletion("app", &id_name(event.event.id), 9, at(DAY, 9))?, clock(1, 0))?;
    subject.put(std::slice::from_ref(&event))?;
    subject.again();
    assert_eq!(subject.put(std::slice::from_ref(&stray))?, [Outcome::New]);
    assert_eq!(subject.versions(event.event.key())?, [event.event]);
    assert_eq!(subject.versions(stray.event.key())?, [stray.event]);
    Ok(())
}

/// A deletion may come before what it deletes: from another device, or from a file read first.
///
/// # Errors
/// What the store returns.
pub fn a_deletion_before_its_record(subject: &mut Subject) -> Result<()> {
    let unnamed = sealed(coffee(at(DAY, 0), 80.0)?, clock(5, 0))?;
    let named = sealed(named("app", "r", 1, at(DAY + 2, 0), 1.0)?, clock(5, 1))?;
    let gone = [
        sealed(deletion("diary", &id_name(unnamed.event.id), 0, at(DAY + 5, 9))?, clock(1, 0))?,
        sealed(deletion("app", "r", 1, at(DAY + 6, 9))?, clock(1, 1))?,
    ];
    assert_eq!(subject.put(&gone)?, [Outcome::New; 2], "there is nothing else of these records yet");
    subject.take_dirty()?;
    subject.again();
    assert_eq!(subject.put(&[unnamed.clone(), named.clone()])?, [Outcome::NewVersion; 2]);
    let dirty = [DAY, DAY + 2, DAY + 5, DAY + 6].map(i64::from);
    assert_eq!(subject.take_dirty()?, dirty, "buckets of the deletions, too");
    subject.again();
    for event in [unnamed, named] {
        let key = event.event.key();
        assert!(subject.store()?.contested(key)?);
        assert_eq!(subject.versions(key)?.len(), 2);
    }
    Ok(())
}

/// A correction is a version of the record it aims at, in the same step or a later one.
///
/// # Errors
/// What the store returns.
pub fn a_correction_is_a_version(subject: &mut Subject) -> Result<()> {
    let event = sealed(coffee(at(DAY, 0), 80.0)?, clock(0, 0))?;
    let correct = |revision: u64| -> Result<_> {
        let body = RecordCorrected {
            source: SourceId::new("diary")?,
            record: RecordId::new(id_name(event.event.id))?,
            revision,
            replacement: Box::new(CaffeineConsumed { amount_mg: 60.0 }.into()),
            reason: Some("half a cup".into()),
        };
        sealed(fact(at(DAY, 0), body)?, clock(1, 0))
    };
    assert_eq!(subject.put(&[event.clone(), correct(1)?])?, [Outcome::New, Outcome::NewVersion]);
    subject.again();
    assert_eq!(subject.put(&[correct(2)?])?, [Outcome::NewVersion]);
    subject.again();
    let versions = subject.versions(event.event.key())?;
    assert_eq!(versions.len(), 3);
    assert_eq!(versions.iter().map(twin_core::event::Event::revision).max(), Some(2));
    assert!(subject.store()?.contested(event.event.key())?);
    Ok(())
}

/// With a new version the buckets of all versions are marked in the same step.
///
/// # Errors
/// What the store returns.
pub fn all_buckets_of_a_record_get_dirty(subject: &mut Subject) -> Result<()> {
    for (revision, day) in [(1, DAY), (2, DAY + 10), (3, DAY + 20)] {
        subject.put(&[sealed(named("app", "r", revision, at(day, 0), 1.0)?, clock(0, 0))?])?;
        subject.again();
    }
    subject.put(&[sealed(coffee(at(DAY + 40, 0), 1.0)?, clock(0, 1))?])?;
    subject.take_dirty()?;
    subject.put(&[sealed(named("app", "r", 4, at(DAY + 30, 0), 1.0)?, clock(0, 0))?])?;
    subject.again();
    assert_eq!(subject.take_dirty()?, [DAY, DAY + 10, DAY + 20, DAY + 30].map(i64::from));
    Ok(())
}

/// What was there already makes no day dirty; a note of the caller in the same step holds.
///
/// # Errors
/// What the store returns.
pub fn duplicates_dirty_nothing(subject: &mut Subject) -> Result<()> {
    let event = sealed(coffee(at(DAY, 0), 80.0)?, clock(0, 0))?;
    subject.put(std::slice::from_ref(&event))?;
    assert_eq!(subject.take_dirty()?, [i64::from(DAY)]);
    subject.again();
    assert_eq!(subject.put(&[event])?, [Outcome::Duplicate]);
    subject.again();
    assert_eq!(subject.rows(Table::Dirty, i64::MIN, i64::MAX)?, []);
    Ok(())
}
