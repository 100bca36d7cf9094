#![no_main]

use twin_core::series::{decode_segment, encode_segment};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(samples) = decode_segment(data) else { return };
    let bytes = encode_segment(&samples).expect("samples can be written");
    assert_eq!(decode_segment(&bytes).expect("what was written can be read").hash(), samples.hash());
});
