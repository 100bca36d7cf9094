//! State bytes that are anything: an error for that person, never a panic, never much memory.

use super::run::*;
use super::world::*;
use proptest::prelude::*;
use twin_core::EventId;
use twin_core::stream::MAX_STATE_BYTES;

/// Bytes of a state whose hash fits again, so that what is behind it is met too.
fn rehashed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > 25 {
        let hash = EventId::of("stream state", &[&bytes[25..]]);
        bytes[9..25].copy_from_slice(&hash.0);
    }
    bytes
}

fn more() -> Vec<Told> {
    let fact = Told { said: Said::Fact(coffee(None, noon(9), 40.0)), clock: clock(3) };
    let series = Said::Series(block("heart_rate", "watch", noon(8), 60, &[60.0; 50]));
    vec![fact, Told { said: series, clock: clock(4) }]
}

fn survives(bytes: Vec<u8>) {
    let mut columns = Columns::default();
    more().iter().for_each(|t| columns.add(0, t));
    for moment in [now(), noon(20), noon(60)] {
        let (states, ..) = columns.apply(&["p"], std::slice::from_ref(&bytes), moment);
        assert!(states[0].len() <= MAX_STATE_BYTES.max(bytes.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(bytes.clone());
        survives(rehashed([b"HTWS\x01\x01\0\0\0".as_slice(), &[0; 16], b"\x01p", &bytes].concat()));
    }

    #[test]
    fn mutated_bytes(
        world in worlds(0..12), mutations in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut run = Run::new();
        run.batch(&world, now());
        let mut bytes = run.state;
        for (at, byte) in mutations {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(bytes.clone());
        survives(rehashed(bytes));
    }
}
