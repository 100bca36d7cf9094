//! What the targets share: how bytes are read into a log, and what must hold afterwards.

use std::io::{BufReader, Cursor};
use twin_adapters::files::ReadOptions;
use twin_core::log::{Intake, Log};
use twin_core::observation::{Collected, Observation, Sink, is_host_error};
use twin_core::store::MemoryStore;
use twin_core::{Result, Timestamp, TwinId, Zone};

/// The moment at which all is read.
pub fn now() -> Timestamp {
    Timestamp::from_secs(1_780_272_000)
}

/// What a reader is told besides the bytes.
pub fn options(name: &str) -> ReadOptions {
    let zone = Zone::named("Europe/Paris").expect("a zone of the database");
    ReadOptions { now: now(), zone, name: name.into(), subject: None }
}

/// An empty log in memory.
pub fn log() -> Log {
    let twin = TwinId::new("p").expect("an id");
    Log::open(Box::new(MemoryStore::new()), twin, 1).expect("an empty store")
}

/// Reads bytes; what is accepted must go into a log and be folded there, whatever the reader ends with.
pub fn read(
    name: &str,
    bytes: &[u8],
    read: impl FnOnce(&mut BufReader<Cursor<&[u8]>>, &ReadOptions, &mut dyn Sink) -> Result<()>,
) {
    let mut seen = Collected::default();
    let mut input = BufReader::with_capacity(64 * 1024, Cursor::new(bytes));
    if let Err(error) = read(&mut input, &options(name), &mut seen) {
        assert!(!is_host_error(&error), "the host did nothing wrong: {error}");
    }
    folds(seen);
}

/// A name on the first line, then the bytes of the file: for formats in which the name is a hint.
pub fn named(data: &[u8]) -> Option<(&str, &[u8])> {
    let end = data.iter().position(|b| *b == b'\n')?;
    Some((std::str::from_utf8(&data[..end]).ok()?, &data[end + 1..]))
}

/// What an adapter accepted is taken or refused by a log, and what was taken folds.
pub fn folds(seen: Collected) {
    let mut log = log();
    let mut intake = Intake::new(&mut log, now());
    let facts = seen.facts.into_iter().map(Observation::Fact);
    for observation in facts.chain(seen.series.into_iter().map(Observation::Series)) {
        intake.accept(observation).expect("a log in memory takes or refuses");
    }
    intake.finish().expect("a log in memory takes or refuses");
    assert_eq!(findings(&mut log), Vec::<String>::new());
}

/// In what a folded log disagrees with a replay of itself.
pub fn findings(log: &mut Log) -> Vec<String> {
    log.refresh().expect("what is in the log folds");
    log.verify().expect("the store is there")
}
