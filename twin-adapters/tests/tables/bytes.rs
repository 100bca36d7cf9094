//! No bytes make it panic.

use super::{options, samples, try_read};
use proptest::prelude::*;
use std::io::Cursor;
use twin_adapters::files::tables;
use twin_core::observation::Collected;

proptest! {
    #![proptest_config(ProptestConfig::default())]
    #[test]
    fn mutated_bytes_never_panic(
        which in 0_usize..27,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let (name, shape, mut bytes) = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = try_read(name, &bytes);
        // Also when the shape was already decided.
        let shape = tables::matches(&samples().into_iter().find(|s| s.1 == shape).unwrap().2).unwrap();
        let mut sink = Collected::default();
        let _ = tables::read(shape, &mut Cursor::new(&bytes), &options(name), &mut sink);
        for block in &sink.series {
            prop_assert!(block.samples.values().iter().all(|v| v.is_finite()));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0_usize..27) {
        let _ = tables::matches(&bytes);
        let (name, _, first) = samples().swap_remove(which);
        let shape = tables::matches(&first).unwrap();
        let mut sink = Collected::default();
        let _ = tables::read(shape, &mut Cursor::new(&bytes), &options(name), &mut sink);
        let mut header = first.iter().copied().take_while(|b| *b != b'\n').chain([b'\n']).collect::<Vec<_>>();
        header.extend(&bytes);
        let _ = tables::read(shape, &mut Cursor::new(&header), &options(name), &mut sink);
    }

    #[test]
    fn intervals_come_back_in_order(values in prop::collection::vec(300_u32..2000, 60..300)) {
        // Shuffled enough not to be a curve; the first two keep it from only growing.
        let mut values = values;
        values[0] = 900;
        values[1] = 800;
        let text: String = values.iter().map(|v| format!("{}.{:03}\n", v / 1000, v % 1000)).collect();
        let (result, sink) = try_read("a.txt", text.as_bytes());
        prop_assume!(result.is_ok());
        let read: Vec<f64> = sink.samples("rr_interval").iter().map(|s| s.2).collect();
        prop_assert_eq!(read, values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
    }
}
