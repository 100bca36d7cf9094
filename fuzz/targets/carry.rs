#![no_main]

use twin_core::fold::Carry;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(read) = Carry::decode(data) else { return };
    let Ok(bytes) = read.encode() else { return };
    let again = Carry::decode(&bytes).expect("what was written can be read");
    assert_eq!(again.encode().expect("what was read can be written"), bytes);
});
