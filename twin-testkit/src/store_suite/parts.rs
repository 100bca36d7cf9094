//! Segments, small tables, and what a store says of itself.

use super::{DAY, Subject, at, clock, coffee, sealed};
use std::sync::Arc;
use twin_core::series::Samples;
use twin_core::store::{Batch, Note, Table};
use twin_core::{EventId, RecordKey, Result, SegmentHash};

fn set(table: Table, key: i64, body: &[u8]) -> Note {
    Note { table, key, body: Some(body.to_vec()) }
}

fn notes(subject: &mut Subject, notes: Vec<Note>) -> Result<()> {
    subject.store()?.commit(&Batch { notes, ..Batch::default() }).map(drop)
}

/// Columns come back bit for bit: lengths, zero, the smallest and largest numbers, no samples at all.
///
/// # Errors
/// What the store returns.
pub fn segments_round_trip(subject: &mut Subject) -> Result<()> {
    let many: Vec<i64> = (0..5000).map(|n| n * 1_000_003).collect();
    let wild: Vec<f64> =
        (0..5000_u64).map(|n| f64::from_bits(0x3ff0_0000_0000_0000 | (n * 0x9_e377_9b97))).collect();
    let columns = [
        Samples::empty(),
        Samples::new(vec![7], vec![], vec![-0.0])?,
        Samples::new(vec![1, 1, 2], vec![0, 5, 0], vec![0.1, 0.1 + 0.2, f64::MIN_POSITIVE / 2.0])?,
        Samples::new(vec![i64::MIN, 0, i64::MAX], vec![], vec![f64::MAX, f64::MIN, 5e-324])?,
        Samples::new(vec![0, 60], vec![60, i64::MAX], vec![1.0, 2.0])?,
        Samples::new(many.clone(), vec![500; 5000], wild.clone())?,
        Samples::new(many, vec![], wild)?,
    ];
    let columns: Vec<Arc<Samples>> = columns.into_iter().map(Arc::new).collect();
    let segments = columns.iter().map(|s| (s.hash(), Arc::clone(s))).collect();
    let batch = Batch { segments, ..Batch::default() };
    subject.store()?.commit(&batch)?;
    subject.store()?.commit(&batch)?;
    subject.again();
    for samples in columns {
        let back = subject.store()?.segment(samples.hash())?;
        assert_eq!(back.as_ref().map(|s| s.hash()), Some(samples.hash()), "every bit");
        assert_eq!(back.as_deref().map(Samples::durations_us), Some(samples.durations_us()));
        assert_eq!(back.map(|s| s.values().iter().any(|v| v.to_bits() == 1 << 63)), Some(false), "one zero");
    }
    assert_eq!(subject.store()?.segment(SegmentHash::of("none", &[]))?, None);
    assert_eq!(subject.store()?.len()?, 0, "segments are no events");
    assert_eq!(subject.store()?.check()?, Vec::<String>::new());
    Ok(())
}

/// A row is set, overwritten and deleted; an empty body is a body; the last of one step holds.
///
/// # Errors
/// What the store returns.
pub fn notes_are_set_and_deleted(subject: &mut Subject) -> Result<()> {
    let long = vec![0xa5; 300_000];
    notes(subject, vec![set(Table::Day, 1, b"one"), set(Table::Day, 2, b""), set(Table::Day, 3, &long)])?;
    subject.again();
    assert_eq!(subject.store()?.note(Table::Day, 1)?.as_deref(), Some(&b"one"[..]));
    assert_eq!(subject.store()?.note(Table::Day, 2)?.as_deref(), Some(&b""[..]));
    assert_eq!(subject.store()?.note(Table::Day, 3)?, Some(long));
    let deletion = |key| Note { table: Table::Day, key, body: None };
    notes(subject, vec![set(Table::Day, 1, b"uno"), deletion(2), deletion(99)])?;
    notes(subject, vec![set(Table::Day, 3, b"a"), deletion(3), deletion(4), set(Table::Day, 4, b"b")])?;
    subject.again();
    let expected = [(1, b"uno".to_vec()), (4, b"b".to_vec())];
    assert_eq!(subject.rows(Table::Day, i64::MIN, i64::MAX)?, expected);
    assert_eq!(subject.store()?.note(Table::Day, 3)?, None);
    Ok(())
}

/// Rows come in order of key, both ends included, over the whole range of keys.
///
/// # Errors
/// What the store returns.
pub fn notes_come_in_order(subject: &mut Subject) -> Result<()> {
    let keys = [5, i64::MIN, -1, 0, i64::MAX, -5, 4];
    notes(subject, keys.iter().map(|k| set(Table::Carry, *k, &k.to_le_bytes())).collect())?;
    subject.again();
    let mut found = |from, to| -> Result<Vec<i64>> {
        let rows = subject.rows(Table::Carry, from, to)?;
        assert!(rows.iter().all(|(key, body)| body == &key.to_le_bytes()));
        Ok(rows.into_iter().map(|(key, _)| key).collect())
    };
    assert_eq!(found(i64::MIN, i64::MAX)?, [i64::MIN, -5, -1, 0, 4, 5, i64::MAX]);
    assert_eq!(found(-5, 4)?, [-5, -1, 0, 4]);
    assert_eq!(found(4, 4)?, [4]);
    assert_eq!(found(6, 7)?, [0_i64; 0]);
    assert_eq!(found(5, 4)?, [0_i64; 0], "a backwards range");
    Ok(())
}

/// Rows of one table are not rows of another, and the tables' numbers are theirs alone.
///
/// # Errors
/// What the store returns.
pub fn tables_are_apart(subject: &mut Subject) -> Result<()> {
    notes(subject, Table::ALL.iter().map(|t| set(*t, 1, &t.number().to_le_bytes())).collect())?;
    subject.again();
    for table in Table::ALL {
        assert_eq!(subject.rows(table, i64::MIN, i64::MAX)?, [(1, table.number().to_le_bytes().to_vec())]);
    }
    Ok(())
}

/// A store with nothing in it answers everything, with nothing.
///
/// # Errors
/// What the store returns.
pub fn an_empty_store_answers(subject: &mut Subject) -> Result<()> {
    assert_eq!(subject.store()?.commit(&Batch::default())?, []);
    subject.again();
    assert_eq!((subject.store()?.len()?, subject.store()?.is_empty()?), (0, true));
    assert_eq!(subject.scanned(i32::MIN, i32::MAX)?, []);
    assert_eq!(subject.versions(RecordKey([7; 16]))?, []);
    assert!(!subject.store()?.contested(RecordKey([7; 16]))?);
    assert_eq!(subject.store()?.event(EventId([7; 16]))?, None);
    for table in Table::ALL {
        assert_eq!(subject.store()?.note(table, 0)?, None);
        assert_eq!(subject.rows(table, i64::MIN, i64::MAX)?, []);
    }
    assert_eq!(subject.store()?.check()?, Vec::<String>::new());
    assert!(subject.store()?.writable());
    Ok(())
}

/// A check of a store that was written through its own door finds nothing.
///
/// # Errors
/// What the store returns.
pub fn nothing_is_found_in_a_sound_store(subject: &mut Subject) -> Result<()> {
    let samples = Arc::new(Samples::new(vec![1, 2], vec![1, 1], vec![60.0, 61.0])?);
    for n in 0..100_u32 {
        let event = sealed(coffee(at(DAY, n.into()), f64::from(n))?, clock(0, n))?;
        let batch = Batch {
            events: vec![event],
            segments: vec![(samples.hash(), Arc::clone(&samples))],
            notes: vec![set(Table::Import, n.into(), b"{}")],
        };
        subject.store()?.commit(&batch)?;
    }
    subject.again();
    assert_eq!(subject.store()?.check()?, Vec::<String>::new());
    assert_eq!(subject.store()?.len()?, 100);
    Ok(())
}
