//! Packed logs and saved states that somebody else wrote, their hashes right.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use twin_core::event::{CaffeineConsumed, Content, Event, Origin};
use twin_core::log::{Log, PACK_MAGIC};
use twin_core::store::MemoryStore;
use twin_core::window::{KeyedWindows, WindowOptions, WindowSpec};
use twin_core::{Code, Error, SourceId, Timestamp, TwinId};

/// A packed log with one event of a stored form.
fn pack(stored: &[u8]) -> Vec<u8> {
    let record = |tag: u8, body: &[u8]| [&[tag], &(body.len() as u32).to_le_bytes()[..], body].concat();
    let event = [&[0; 20], stored].concat();
    let mut bytes = [PACK_MAGIC.as_slice(), &record(b'p', b"p"), &record(b'e', &event)].concat();
    let hash = blake3::hash(&bytes);
    bytes.extend(record(b'z', hash.as_bytes()));
    bytes
}

fn merge(stored: &[u8]) -> (Result<u64, Error>, Log) {
    let mut log = Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap();
    let merged = log.merge_bytes(&pack(stored), Timestamp::from_secs(1_772_000_000)).map(|r| r.events);
    log.refresh().unwrap();
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());
    (merged, log)
}

#[test]
fn an_event_in_another_form_is_refused_and_not_renamed() {
    let origin = Origin::of(SourceId::new("diary").unwrap());
    let at = Timestamp::from_secs(1_771_000_000);
    let stored = Content::new(origin, at, CaffeineConsumed { amount_mg: 80.0 }).encode().unwrap();
    let (merged, log) = merge(&stored);
    assert_eq!(merged.unwrap(), 1);
    assert!(log.store().event(Event::id_of(&stored)).unwrap().is_some());
    // The same fact, its first length written in a byte more.
    let head = stored[0];
    let longer = [&[head & 0xe0 | 24, head & 0x1f], &stored[1..]].concat();
    assert_eq!(Content::decode(&longer).unwrap(), Content::decode(&stored).unwrap());
    let (merged, log) = merge(&longer);
    assert_eq!(merged.unwrap_err().code(), Code::Unsupported);
    assert!(log.store().is_empty().unwrap());
}

#[test]
fn a_window_state_with_values_beyond_any_is_corrupt() {
    const HEAD: usize = 22;
    let spec = WindowSpec::Session { gap_us: 60_000_000 };
    let options = WindowOptions { hold_us: Some(60_000_000), ..WindowOptions::default() };
    let mut windows = KeyedWindows::new(spec.clone(), options.clone()).unwrap();
    windows.push(7, Timestamp::from_secs(1_771_000_000), 0, 60.25).unwrap();
    let saved = windows.save().unwrap();
    assert!(KeyedWindows::restore(spec.clone(), options.clone(), &saved).is_ok());
    let value = 60.25_f64.to_be_bytes();
    let places: Vec<usize> = (HEAD..saved.len() - 7).filter(|at| saved[*at..at + 8] == value).collect();
    // Least, greatest, last, and the sample itself.
    assert_eq!(places.len(), 4);
    for at in places {
        let mut bytes = saved.clone();
        bytes[at..at + 8].copy_from_slice(&1e300_f64.to_be_bytes());
        let hash = blake3::hash(&bytes[HEAD..]);
        bytes[6..HEAD].copy_from_slice(&hash.as_bytes()[..16]);
        let error = KeyedWindows::restore(spec.clone(), options.clone(), &bytes).unwrap_err();
        assert_eq!(error.code(), Code::Corrupt, "byte {at}");
    }
}
