#![no_main]

use twin_core::fold::DayState;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(read) = DayState::decode(data) else { return };
    let Ok(bytes) = read.encode() else { return };
    let again = DayState::decode(&bytes).expect("what was written can be read");
    assert_eq!(again.encode().expect("what was read can be written"), bytes);
});
