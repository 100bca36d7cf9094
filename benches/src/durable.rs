//! Durable appends on SQLite beside a raw prepared insert of the same rows.

use crate::events::{facts, now};
use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use rusqlite::{Connection, params};
use std::path::Path;
use twin_core::TwinId;
use twin_core::event::Event;
use twin_core::log::{Intake, Log};
use twin_core::store::bucket_of;
use twin_store::{OpenMode, SqliteStore};

/// Facts in one durable step; what [`Intake`] writes at a time.
const BATCH: usize = 1000;
const PRAGMAS: &str = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456; \
    PRAGMA wal_autocheckpoint = 2000;";
const TABLE: &str = "CREATE TABLE event (seq INTEGER PRIMARY KEY, id BLOB NOT NULL, record BLOB NOT NULL, \
    bucket INTEGER NOT NULL, body BLOB NOT NULL); CREATE UNIQUE INDEX event_record ON event (record, id);";

pub(crate) fn sqlite_log(path: &Path) -> Result<Log, Failure> {
    Ok(Log::open(Box::new(SqliteStore::open(path, OpenMode::Write)?), TwinId::new("me")?, 1)?)
}

struct Row {
    id: [u8; 16],
    record: [u8; 16],
    bucket: i32,
    body: Vec<u8>,
}

fn raw(rows: &[Row], index: &str) -> Result<f64, Failure> {
    let dir = tempfile::tempdir()?;
    let mut file = 0;
    median_cpu(
        || {
            file += 1;
            let db = Connection::open(dir.path().join(format!("raw{file}.db")))?;
            db.execute_batch(PRAGMAS)?;
            db.execute_batch(TABLE)?;
            db.execute_batch(index)?;
            Ok(db)
        },
        |db| {
            for batch in rows.chunks(BATCH) {
                db.execute_batch("BEGIN IMMEDIATE")?;
                {
                    let mut insert = db.prepare_cached(
                        "INSERT INTO event (id, record, bucket, body) VALUES (?1, ?2, ?3, ?4)",
                    )?;
                    for row in batch {
                        insert.execute(params![row.id, row.record, row.bucket, row.body])?;
                    }
                }
                db.execute_batch("COMMIT")?;
            }
            Ok(())
        },
    )
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let count = options.count(100_000);
    let rate = |seconds: f64| count as f64 / seconds;
    let dir = tempfile::tempdir()?;
    let mut file = 0;
    let ours = rate(median_cpu(
        || {
            file += 1;
            Ok((sqlite_log(&dir.path().join(format!("ours{file}.db")))?, facts(count)?))
        },
        |(mut log, facts)| {
            let mut intake = Intake::new(&mut log, now());
            for fact in facts {
                intake.fact(fact)?;
            }
            intake.finish()?;
            Ok(log)
        },
    )?);

    let mut clock = twin_core::HlcClock::new(1);
    let mut rows = Vec::with_capacity(count);
    for fact in facts(count)? {
        let (event, bytes) = Event::seal(fact, clock.tick(now()))?;
        let mut body = vec![0; 21];
        body.extend_from_slice(&bytes);
        rows.push(Row { id: event.id.0, record: event.key().0, bucket: bucket_of(&event.content), body });
    }
    let size = rows.iter().map(|r| r.body.len()).sum::<usize>() / count;
    let unique = rate(raw(&rows, "")?);
    let both = rate(raw(&rows, "CREATE INDEX event_bucket ON event (bucket);")?);
    Ok(vec![
        Line::new("durable append, batches of 1,000", "SQLite, synced, one core", ours, "events/s")
            .against("raw prepared insert, unique index", unique)
            .ratio_at_least(0.7, 0.85)
            .note(format!("bodies of {size} bytes; checks, encoding and hashes included")),
        Line::new("– beside raw with our second index", "SQLite, synced, one core", ours, "events/s")
            .against("raw prepared insert, both indexes", both),
    ])
}
