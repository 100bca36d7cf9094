//! No bytes make it panic.

use super::fit_builder::{Fit, T0};
use super::{BYTE, TEXT, U8, U16, U32, activity, options, read, refusals, session};
use proptest::prelude::*;
use twin_adapters::files::fit;
use twin_core::observation::Collected;

/// A file with some of everything.
fn sample() -> Vec<u8> {
    let mut part = activity();
    part.define(1, 206, &[(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, 4, TEXT)]);
    part.data(1, |b| b.u8(0).u8(5).u8(U16).text("x", 4));
    part.define_with(2, 20, &[(253, 4, U32), (3, 1, U8), (73, 4, U32)], &[(5, 2, 0)]);
    part.define(3, 20, &[(3, 1, U8), (8, 3, BYTE)]);
    part.define(5, 78, &[(0, 6, U16)]);
    for i in 0..6 {
        part.data(2, |b| b.u32(T0 + i).u8(60).u32(2000).u16(9));
        part.compressed(3, i as u8, |b| b.u8(61).u8(1).u8(2).u8(3));
        part.data(5, |b| b.u16(800).u16(810).u16(0xffff));
    }
    session(&mut part, 2, T0, 30);
    part.define(4, 55, &[(253, 4, U32), (24, 1, BYTE), (3, 4, U32)]);
    part.data(4, |b| b.u32(T0).u8(6).u32(100));
    part.define(6, 132, &[(253, 4, U32), (0, 2, U16), (6, 2, U8), (9, 4, U32), (10, 3, BYTE)]);
    part.data(6, |b| b.u32(T0).u16(5).u8(60).u8(61).u32(9).u8(1).u8(2).u8(3));
    Fit { parts: vec![part.clone(), part], header: 14 }.bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn mutated_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + bytes.len() / 2);
        let _ = fit::read(&mut &*bytes, &options(), &mut Collected::default());
    }

    #[test]
    fn arbitrary_messages_never_panic(data in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut part = activity();
        part.raw(&data);
        let _ = fit::read(&mut &*Fit::of(part).bytes(), &options(), &mut Collected::default());
        let _ = fit::read(&mut &*data, &options(), &mut Collected::default());
    }

    /// Messages with well-formed definitions of any kind, with any bytes in them.
    #[test]
    fn any_defined_message_is_read(
        messages in prop::collection::vec(
            (0_u16..400, prop::collection::vec((any::<u8>(), 1_u8..9, 0_u8..17), 1..8), any::<u64>(), any::<bool>()), 1..20),
    ) {
        let mut part = activity();
        for (number, fields, seed, big) in messages {
            part.big = big;
            let timed: Vec<_> = [(253, 4, U32)].into_iter().chain(fields).collect();
            part.define(1, number, &timed);
            let mut state = seed;
            let size: usize = timed.iter().skip(1).map(|f| usize::from(f.1)).sum();
            part.data(1, |b| (0..size).fold(b.u32(T0), |b, _| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b.u8(if seed % 3 == 0 { 0xff } else { (state >> 56) as u8 })
            }));
        }
        let all = read(&Fit::of(part).bytes());
        prop_assert!(refusals(&all).iter().all(|code| ["bad_time", "out_of_range", "no_sleep"].contains(code)));
    }
}
