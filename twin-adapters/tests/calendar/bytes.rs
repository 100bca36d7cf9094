//! No bytes make it panic.

use super::{options, sample, try_read};
use proptest::prelude::*;
use std::io::Cursor;
use twin_adapters::files::read_file;
use twin_core::observation::Collected;

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn mutated_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(try_read(&bytes, "Europe/Paris"));
    }

    #[test]
    fn digits_and_cuts_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..10), 1..32),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        let digits: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii_digit()).collect();
        for (at, digit) in changes {
            bytes[digits[at.index(digits.len())]] = b'0' + digit;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        drop(try_read(&bytes, "America/New_York"));
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let bytes = [b"BEGIN:VCALENDAR\n".as_slice(), &bytes].concat();
        let mut seen = Collected::default();
        drop(read_file(&mut Cursor::new(bytes), &options("UTC"), &mut seen));
    }
}
