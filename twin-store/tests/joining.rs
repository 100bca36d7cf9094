//! Small segments joined into chunks: few to decode, in steps of bounded work, and no answer changes; also
//! not where a chunk is damaged or gone.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use rusqlite::Connection;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use twin_core::event::{Event, Origin};
use twin_core::log::{Cutoff, Intake, Log};
use twin_core::observation::{Observation, SeriesBlock, Sink};
use twin_core::series::Samples;
use twin_core::store::{Batch, EventStore, MemoryStore, Outcome, Table, Visit};
use twin_core::{EventId, LocalDate, MetricId, RecordKey, Result, SegmentHash, SourceId, Timestamp, TwinId};
use twin_store::{OpenMode, SqliteStore};

/// 2026-03-02 (UTC).
const DAY: i32 = 20_514;
/// Segments joined in one step, at most.
const STEP: u64 = 1024;

/// What was decoded: segments one by one, and chunks.
#[derive(Clone, Default)]
struct Decoded(Arc<[AtomicU64; 2]>);

impl Decoded {
    fn add(&self, what: usize) {
        self.0.get(what).unwrap().fetch_add(1, Ordering::Relaxed);
    }
    fn taken(&self) -> (u64, u64) {
        let [segments, chunks] = &*self.0;
        (segments.swap(0, Ordering::Relaxed), chunks.swap(0, Ordering::Relaxed))
    }
}

/// A store that counts.
struct Counting<S> {
    inner: S,
    decoded: Decoded,
}

impl<S: EventStore> EventStore for Counting<S> {
    fn commit(&mut self, batch: &Batch) -> Result<Vec<Outcome>> {
        self.inner.commit(batch)
    }
    fn versions(&self, key: RecordKey, visit: Visit<'_>) -> Result<()> {
        self.inner.versions(key, visit)
    }
    fn scan(&self, buckets: RangeInclusive<i32>, visit: Visit<'_>) -> Result<()> {
        self.inner.scan(buckets, visit)
    }
    fn contested(&self, key: RecordKey) -> Result<bool> {
        self.inner.contested(key)
    }
    fn segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        self.decoded.add(0);
        self.inner.segment(hash)
    }
    fn note(&self, table: Table, key: i64) -> Result<Option<Vec<u8>>> {
        self.inner.note(table, key)
    }
    fn notes(
        &self,
        table: Table,
        keys: RangeInclusive<i64>,
        visit: &mut dyn FnMut(i64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        self.inner.notes(table, keys, &mut |key, body| {
            if table == Table::Chunk {
                self.decoded.add(1);
            }
            visit(key, body)
        })
    }
    fn event(&self, id: EventId) -> Result<Option<Event>> {
        self.inner.event(id)
    }
    fn len(&self) -> Result<u64> {
        self.inner.len()
    }
    fn check(&self) -> Result<Vec<String>> {
        self.inner.check()
    }
}

fn open(store: impl EventStore + 'static) -> Log {
    Log::open(Box::new(store), TwinId::new("me").unwrap(), 1).unwrap()
}

fn file(path: &Path) -> SqliteStore {
    SqliteStore::open(path, OpenMode::Write).unwrap()
}

fn heart_rate() -> MetricId {
    MetricId::new("heart_rate").unwrap()
}

fn second(n: i64) -> Timestamp {
    Timestamp::from_secs(i64::from(DAY) * 86_400 + n)
}

/// A strap that tells every second by itself.
fn tell(log: &mut Log, seconds: RangeInclusive<i64>) {
    let mut intake = Intake::new(log, second(*seconds.end() + 1));
    for n in seconds {
        let value = 60.0 + (n / 30 % 9) as f64;
        let block = SeriesBlock {
            metric: heart_rate(),
            unit: "/min".into(),
            origin: Origin::of(SourceId::new("strap").unwrap()),
            offset_s: Some(0),
            revision: 0,
            replaces: false,
            samples: Samples::new(vec![second(n).micros()], vec![], vec![value]).unwrap(),
        };
        intake.accept(Observation::Series(block)).unwrap();
    }
    assert!(intake.finish().unwrap().0.refused.is_empty());
}

/// All upkeep; rounds of one step.
fn maintained(log: &mut Log) -> u32 {
    let mut rounds = 1;
    while !log.maintain(1).unwrap().done {
        rounds += 1;
        assert!(rounds < 1000, "upkeep does not come to an end");
    }
    rounds
}

/// Everything that can be asked of the day.
fn answers(log: &mut Log) -> (String, String) {
    log.refresh().unwrap();
    let cutoffs = [(None, None), (Some(second(700)), None), (None, Some(second(800)))];
    let mut told = String::new();
    for (at, known_at) in cutoffs {
        let cutoff = Cutoff { at, known_at };
        let day = log.day_until(LocalDate::from_days(DAY), cutoff).unwrap();
        let raw = log.raw(&heart_rate(), second(0), second(86_400), cutoff).unwrap();
        let resolved = log.resolved(&heart_rate(), second(0), second(86_400), cutoff).unwrap();
        told += &format!("{day:?}{raw:?}{resolved:?}");
    }
    (log.state_hash().unwrap(), told)
}

fn read(log: &Log) {
    let all = Cutoff { at: Some(second(90_000)), known_at: None };
    assert!(!log.day_until(LocalDate::from_days(DAY), all).unwrap().is_empty());
}

fn packed(log: &Log) -> Vec<u8> {
    let mut bytes = Vec::new();
    log.pack(&mut |part| {
        bytes.extend_from_slice(part);
        Ok(())
    })
    .unwrap();
    bytes
}

/// A day of 10,000 segments, counted.
fn counted(store: impl EventStore + 'static, plain: impl EventStore + 'static) {
    let decoded = Decoded::default();
    let mut log = open(Counting { inner: store, decoded: decoded.clone() });
    let mut without = open(plain);
    for part in 0..10 {
        // Learned in parts, so that the past is another one.
        tell(&mut log, part * 1000..=part * 1000 + 999);
        tell(&mut without, part * 1000..=part * 1000 + 999);
    }
    log.refresh().unwrap();
    decoded.taken();
    read(&log);
    assert_eq!(decoded.taken(), (10_000, 0), "segments and chunks decoded before");

    let mut rounds = 0;
    loop {
        let round = log.maintain(1).unwrap();
        let (segments, chunks) = decoded.taken();
        assert!(segments <= STEP && chunks <= 1, "one step decodes {segments} segments, {chunks} chunks");
        assert_eq!(segments, round.joined as u64);
        if round.done {
            break;
        }
        rounds += 1;
        assert!(rounds <= 12, "10,000 segments in steps of {STEP}");
    }
    read(&log);
    assert_eq!(decoded.taken(), (0, 1), "segments and chunks decoded after");
    assert_eq!(answers(&mut log), answers(&mut without));
    assert_eq!(packed(&log), packed(&without), "what is carried elsewhere");
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());

    // A few that come later are read beside the chunk; many are joined with it.
    for (more, loose) in [(1, 1), (62, 63), (1, 0)] {
        let from = i64::try_from(log.store().len().unwrap()).unwrap();
        tell(&mut log, from..=from + more - 1);
        tell(&mut without, from..=from + more - 1);
        maintained(&mut log);
        decoded.taken();
        read(&log);
        assert_eq!(decoded.taken(), (loose, 1), "after {more} more");
    }
    assert_eq!(answers(&mut log), answers(&mut without));
}

#[test]
fn a_day_of_10_000_segments_is_one_to_decode() {
    counted(MemoryStore::new(), MemoryStore::new());
    let dir = tempfile::tempdir().unwrap();
    counted(file(&dir.path().join("a.twin")), file(&dir.path().join("b.twin")));
}

#[test]
fn a_day_of_one_a_second_takes_a_few_chunks_of_bounded_size() {
    let decoded = Decoded::default();
    let mut log = open(Counting { inner: MemoryStore::new(), decoded: decoded.clone() });
    tell(&mut log, 0..=39_999);
    log.refresh().unwrap();
    maintained(&mut log);
    decoded.taken();
    read(&log);
    assert_eq!(decoded.taken(), (0, 3), "40,000 segments in chunks of 16,384");
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());
}

/// A file with a joined day, closed in the middle of its upkeep again and again.
fn joined(path: &Path) -> (String, String) {
    let mut log = open(file(path));
    tell(&mut log, 0..=1499);
    let before = answers(&mut log);
    drop(log);
    for rounds in 0.. {
        let mut log = open(file(path));
        let done = log.maintain(1).unwrap().done;
        assert_eq!(log.verify().unwrap(), Vec::<String>::new(), "after {rounds} rounds");
        if done {
            break;
        }
        assert!(rounds < 20, "what was done is kept");
    }
    before
}

#[test]
fn a_damaged_chunk_is_found_left_aside_and_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.twin");
    let before = joined(&path);
    let sound = std::fs::read(&path).unwrap();
    let damages = [
        (
            "UPDATE note SET body = CAST(substr(body, 1, 99) || x'00ff' || substr(body, 102) AS BLOB) WHERE kind = 8",
            1,
        ),
        ("UPDATE note SET body = CAST(substr(body, 1, length(body) / 2) AS BLOB) WHERE kind = 8", 1),
        ("UPDATE note SET body = x'' WHERE kind = 8", 1),
        ("UPDATE note SET body = x'00' WHERE kind = 8", 1),
        ("UPDATE note SET body = x'0002' || randomblob(40) WHERE kind = 8", 1),
        ("UPDATE note SET body = 'text' WHERE kind = 8", 1),
        ("UPDATE note SET body = (SELECT body FROM segment LIMIT 1) WHERE kind = 8", 1),
        // What is not there is no damage.
        ("DELETE FROM note WHERE kind = 8", 0),
        ("UPDATE note SET key = key + 1 WHERE kind = 8", 0),
    ];
    for (sql, findings) in damages {
        std::fs::write(&path, &sound).unwrap();
        let db = Connection::open(&path).unwrap();
        assert_eq!(db.execute(sql, []).unwrap(), 1, "{sql}");
        drop(db);
        let mut log = open(SqliteStore::open(&path, OpenMode::Read).unwrap());
        assert_eq!(answers(&mut log), before, "{sql}");
        let found = log.verify().unwrap();
        assert_eq!(found.len(), findings, "{sql}: {found:?}");
        assert!(found.iter().all(|f| f.contains("joined samples")), "{sql}: {found:?}");
        drop(log);

        let decoded = Decoded::default();
        let mut log = open(Counting { inner: file(&path), decoded: decoded.clone() });
        maintained(&mut log);
        assert_eq!(log.verify().unwrap(), Vec::<String>::new(), "{sql}");
        decoded.taken();
        read(&log);
        assert_eq!(decoded.taken(), (0, 1), "{sql}");
        assert_eq!(answers(&mut log), before, "{sql}");
    }
}

#[test]
fn a_damaged_segment_is_not_hidden_by_a_chunk() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.twin");
    let mut log = open(file(&path));
    tell(&mut log, 0..=99);
    log.refresh().unwrap();
    drop(log);
    let db = Connection::open(&path).unwrap();
    // One of them says what another said.
    let other = "UPDATE segment SET body = (SELECT body FROM segment WHERE rowid = 8) WHERE rowid = 7";
    assert_eq!(db.execute(other, []).unwrap(), 1);
    drop(db);
    let mut log = open(file(&path));
    assert_eq!(log.maintain(8).unwrap().joined, 99, "the damaged one is not taken for sound");
    let found = log.verify().unwrap();
    assert!(found.contains(&"a segment does not match its hash".to_owned()), "{found:?}");
}
