//! The SQLite store keeps what every store promises, in plain and behind a codec, and what a file on a
//! disk must do besides.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use rusqlite::Connection;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use twin_core::event::{Content, Origin, TaskStarted};
use twin_core::series::Samples;
use twin_core::store::{Batch, Codec, EventStore, Note, Sealed, Table};
use twin_core::{Code, Error, Result, SourceId};
use twin_store::{FORMAT_VERSION, OpenMode, SqliteStore};
use twin_testkit::store_suite::{DAY, at, clock, coffee, named, sealed};

twin_testkit::event_store_tests!(plain, place, |dir: &TempDir| write(&file(dir)));
twin_testkit::event_store_tests!(behind_a_codec, place, |dir: &TempDir| {
    SqliteStore::open_with(&file(dir), OpenMode::Write, Box::new(Xor), None).unwrap()
});

/// A codec that hides without protecting: each byte is mixed with one that depends on the bucket.
struct Xor;

fn mixed(bucket: i32, bytes: &[u8]) -> Vec<u8> {
    let key = bucket.to_le_bytes();
    bytes.iter().zip(key.iter().cycle()).map(|(b, k)| b ^ k ^ 0x5a).collect()
}

impl Codec for Xor {
    fn seal<'a>(&self, bucket: i32, plain: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        let mut out = vec![0x58];
        out.extend(mixed(bucket, plain));
        Ok(out.into())
    }
    fn open<'a>(&self, bucket: i32, sealed: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        match sealed.split_first() {
            Some((0x58, body)) => Ok(mixed(bucket, body).into()),
            _ => Err(Error::Corrupt("a stored body was written by another codec".into())),
        }
    }
}

/// A codec that gives up after so many bodies.
struct Failing(AtomicU32);

impl Codec for Failing {
    fn seal<'a>(&self, bucket: i32, plain: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        if self.0.fetch_sub(1, Ordering::Relaxed) == 0 {
            return Err(Error::Storage("no key".into()));
        }
        twin_core::store::PlainCodec.seal(bucket, plain)
    }
    fn open<'a>(&self, bucket: i32, sealed: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        twin_core::store::PlainCodec.open(bucket, sealed)
    }
}

fn place() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(dir: &TempDir) -> PathBuf {
    dir.path().join("a.twin")
}

fn write(path: &Path) -> SqliteStore {
    SqliteStore::open(path, OpenMode::Write).unwrap()
}

fn code(opened: Result<SqliteStore>) -> Code {
    opened.map(|_| "it opened").unwrap_err().code()
}

const SECRET: &str = "the quarterly review with nobody";

fn filled() -> Batch {
    let samples =
        Arc::new(Samples::new((0..3000).collect(), vec![], (0..3000).map(f64::from).collect()).unwrap());
    let task = TaskStarted { title: Some(SECRET.into()), ..TaskStarted::of("T") };
    let task = Content::new(Origin::of(SourceId::new(SECRET).unwrap()), at(DAY, 0), task);
    let mut events: Vec<Sealed> = (0..200)
        .map(|n| sealed(coffee(at(DAY + n % 9, n.into()), 1.0).unwrap(), clock(0, n.unsigned_abs())).unwrap())
        .collect();
    events.push(sealed(task, clock(1, 0)).unwrap());
    events.push(sealed(named("app", SECRET, 1, at(DAY, 0), 1.0).unwrap(), clock(1, 1)).unwrap());
    let note = Note { table: Table::Refused, key: 1, body: Some(SECRET.into()) };
    Batch { events, segments: vec![(samples.hash(), samples)], notes: vec![note] }
}

/// A closed file with something in it.
fn closed() -> (TempDir, PathBuf) {
    let dir = place();
    let path = file(&dir);
    write(&path).commit(&filled()).unwrap();
    (dir, path)
}

fn everything(store: &SqliteStore) -> Vec<twin_core::event::Event> {
    let mut all = Vec::new();
    store
        .scan(i32::MIN..=i32::MAX, &mut |e| {
            all.push(e.clone());
            Ok(())
        })
        .unwrap();
    all.sort_by_key(|e| e.id);
    all
}

#[test]
fn another_layout_is_refused_and_left_alone() {
    let (_dir, path) = closed();
    for layout in [1, FORMAT_VERSION + 1, 99] {
        Connection::open(&path).unwrap().execute_batch(&format!("PRAGMA user_version = {layout}")).unwrap();
        let before = std::fs::read(&path).unwrap();
        for mode in [OpenMode::Write, OpenMode::Read] {
            assert_eq!(code(SqliteStore::open(&path, mode)), Code::Unsupported, "{layout}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn what_is_no_twin_is_refused_and_left_alone() {
    let dir = place();
    let foreign = dir.path().join("foreign");
    Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    let text = dir.path().join("text");
    std::fs::write(
        &text,
        "a diary that is no database, and long enough to hold a header of one hundred bytes. ".repeat(20),
    )
    .unwrap();
    let short = dir.path().join("short");
    std::fs::write(&short, "short").unwrap();
    let byte = dir.path().join("byte");
    std::fs::write(&byte, "x").unwrap();
    for path in [&foreign, &text, &short, &byte] {
        let before = std::fs::read(path).unwrap();
        for mode in [OpenMode::Write, OpenMode::Read] {
            assert_eq!(code(SqliteStore::open(path, mode)), Code::Corrupt, "{} {mode:?}", path.display());
        }
        assert_eq!(std::fs::read(path).unwrap(), before, "{}", path.display());
    }
}

#[test]
fn places_without_a_twin() {
    let dir = place();
    assert_eq!(code(SqliteStore::open(&file(&dir), OpenMode::Read)), Code::NotFound);
    assert!(!file(&dir).exists(), "a reader makes no file");
    assert_eq!(code(SqliteStore::open(&dir.path().join("no/such/folder"), OpenMode::Write)), Code::Storage);
    assert_eq!(code(SqliteStore::open(dir.path(), OpenMode::Write)), Code::Storage);
    assert_eq!(code(SqliteStore::open(dir.path(), OpenMode::Read)), Code::Storage);
}

#[test]
fn one_writer_many_readers() {
    let (_dir, path) = closed();
    let mut writer = write(&path);
    assert_eq!(code(SqliteStore::open(&path, OpenMode::Write)), Code::Conflict);
    let readers: Vec<_> = (0..4).map(|_| SqliteStore::open(&path, OpenMode::Read).unwrap()).collect();
    let threads: Vec<_> = readers
        .into_iter()
        .map(|mut reader| {
            std::thread::spawn(move || {
                let error = reader.commit(&filled()).unwrap_err();
                assert_eq!((error.code(), reader.writable()), (Code::Conflict, false));
                let mut least = 0;
                while least < 1200 {
                    let n = reader.len().unwrap();
                    assert!(n >= least && (n - 202) % 50 == 0, "a reader saw a part of a step: {n}");
                    least = n;
                }
            })
        })
        .collect();
    for step in 0..20 {
        let events =
            (0..50).map(|n| sealed(coffee(at(DAY + 30, step * 50 + n), 2.0).unwrap(), clock(9, 0)).unwrap());
        writer.commit(&Batch { events: events.collect(), ..Batch::default() }).unwrap();
    }
    threads.into_iter().for_each(|t| t.join().unwrap());
    drop(writer);
    drop(write(&path));
}

#[test]
fn a_failed_step_leaves_nothing() {
    // What is sealed after the segment: the facts, a mark for each of nine days, a row of a small table.
    let bodies = 202 + 9 + 1;
    for fails_at in [0, 1, 2, 50, 150, 203, bodies] {
        let dir = place();
        let codec = Box::new(Failing(AtomicU32::new(fails_at)));
        let mut store = SqliteStore::open_with(&file(&dir), OpenMode::Write, codec, None).unwrap();
        let batch = filled();
        assert_eq!(store.commit(&batch).unwrap_err(), Error::Storage("no key".into()), "{fails_at}");
        assert_eq!((store.len().unwrap(), store.segment(batch.segments[0].0).unwrap()), (0, None));
        let mut rows = 0;
        store
            .notes(Table::Dirty, i64::MIN..=i64::MAX, &mut |_, _| {
                rows += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!((rows, store.note(Table::Refused, 1).unwrap()), (0, None));
        // The handle goes on working.
        store.commit(&batch).unwrap();
        assert_eq!((store.len().unwrap(), store.check().unwrap()), (202, Vec::new()));
    }
}

#[test]
fn a_check_finds_damage_anywhere() {
    let (_dir, path) = closed();
    let sound = std::fs::read(&path).unwrap();
    let damages = [
        "UPDATE event SET body = CAST(substr(body, 1, 40) || x'00' || substr(body, 42) AS BLOB) WHERE seq = 5",
        "UPDATE event SET body = CAST(substr(body, 1, 10) AS BLOB) WHERE seq = 5",
        "UPDATE event SET body = x'' WHERE seq = 5",
        "UPDATE event SET body = (SELECT body FROM event WHERE seq = 6) WHERE seq = 5",
        "UPDATE event SET seq = seq + (1 << 32) WHERE seq = 5",
        "UPDATE event SET id = randomblob(16) WHERE seq = 5",
        "UPDATE event SET record = randomblob(16) WHERE seq = 5",
        "UPDATE event SET record = x'00' WHERE seq = 5",
        "UPDATE event SET body = 'text' WHERE seq = 5",
        "UPDATE segment SET body = CAST(substr(body, 1, length(body) / 2) AS BLOB)",
        "UPDATE segment SET body = CAST(substr(body, 1, length(body) - 1) AS BLOB)",
        "UPDATE segment SET hash = randomblob(16)",
        "UPDATE segment SET body = x'01'",
    ];
    for sql in damages {
        std::fs::write(&path, &sound).unwrap();
        // The sixth fact, whatever its number.
        let db = Connection::open(&path).unwrap();
        let row = |n: i64| -> i64 {
            let sql = "SELECT seq FROM event ORDER BY seq DESC LIMIT 1 OFFSET ?1";
            db.query_row(sql, [n], |r| r.get(0)).unwrap()
        };
        let sql = sql
            .replace("seq = 5", &format!("seq = {}", row(5)))
            .replace("seq = 6", &format!("seq = {}", row(6)));
        assert_eq!(db.execute(&sql, []).unwrap(), 1, "{sql}");
        drop(db);
        let found = write(&path).check().unwrap();
        assert_eq!(found.len(), 1, "{sql}: {found:?}");
        assert!(!found[0].contains(SECRET));
    }
    std::fs::write(&path, &sound).unwrap();
    assert_eq!(write(&path).check().unwrap(), Vec::<String>::new());
}

#[test]
fn damaged_bytes_never_end_in_a_panic() {
    let (_dir, path) = closed();
    let sound = std::fs::read(&path).unwrap();
    let look = |what: &str| {
        for mode in [OpenMode::Read, OpenMode::Write] {
            let Ok(store) = SqliteStore::open(&path, mode) else { continue };
            let scanned = store.scan(i32::MIN..=i32::MAX, &mut |_| Ok(()));
            let checked = store.check();
            let whole = scanned.is_ok() && checked.as_ref().is_ok_and(Vec::is_empty);
            assert!(!whole || store.len() == Ok(202), "{what}: damage was not noticed, and events are gone");
        }
    };
    let mut lengths = vec![1, 16, 99, 100, 4096, 8191, 8192, 8193, sound.len() - 8192, sound.len() - 1];
    lengths.extend((7001..sound.len()).step_by(7001));
    for length in lengths {
        std::fs::write(&path, &sound[..length]).unwrap();
        let truncated = SqliteStore::open(&path, OpenMode::Read);
        let noticed = truncated.and_then(|s| s.check()).map_or(true, |found| !found.is_empty());
        assert!(
            noticed || length + 8192 > sound.len(),
            "a file cut at {length} of {} passes for a whole one",
            sound.len()
        );
        look("cut");
    }
    for n in 0..60_usize {
        let mut bytes = sound.clone();
        let place = n.wrapping_mul(2_654_435_761) % bytes.len();
        let end = (place + 1 + n % 64).min(bytes.len());
        bytes[place..end].iter_mut().for_each(|b| *b ^= 0xff);
        std::fs::write(&path, &bytes).unwrap();
        look("flipped");
    }
}

#[test]
fn a_file_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, path) = closed();
    let rights = |mode| std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::remove_file(path.with_file_name("a.twin.lock")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    rights(0o500);
    if std::fs::write(dir.path().join("probe"), "").is_ok() {
        println!("skipped: this user may write anywhere, so that no file is read-only");
        rights(0o700);
        return;
    }
    let written = code(SqliteStore::open(&path, OpenMode::Write));
    let read = SqliteStore::open(&path, OpenMode::Read).and_then(|s| s.len());
    rights(0o700);
    assert_eq!((written, read), (Code::Storage, Ok(202)));
}

#[test]
fn behind_a_codec_answers_are_equal_and_the_file_is_silent() {
    let has = |dir: &TempDir, what: &str| {
        let files = std::fs::read_dir(dir.path()).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap());
        files.into_iter().any(|bytes| bytes.windows(what.len()).any(|w| w == what.as_bytes()))
    };
    let (open, hidden) = (place(), place());
    let mut plain = write(&file(&open));
    let mut coded =
        SqliteStore::open_with(&file(&hidden), OpenMode::Write, Box::new(Xor), Some([7; 32])).unwrap();
    assert_eq!(plain.commit(&filled()).unwrap(), coded.commit(&filled()).unwrap());
    assert_eq!(everything(&plain), everything(&coded));
    let (hash, samples) = filled().segments.remove(0);
    assert_eq!(coded.segment(hash).unwrap().as_ref(), Some(&samples));
    assert_eq!(coded.note(Table::Refused, 1).unwrap().unwrap(), SECRET.as_bytes());
    assert_eq!(coded.check().unwrap(), Vec::<String>::new());
    for word in [SECRET, "task.started", "caffeine"] {
        assert!(has(&open, word), "the test looks in the right place");
        assert!(!has(&hidden, word), "`{word}` shows");
    }
    drop(coded);
    let without = SqliteStore::open(&file(&hidden), OpenMode::Write).unwrap();
    let error = without.scan(i32::MIN..=i32::MAX, &mut |_| Ok(())).unwrap_err();
    assert_eq!(error.code(), Code::Corrupt);
    assert_eq!(without.check().unwrap().len(), 202 + 1, "every body and the segment");
}
