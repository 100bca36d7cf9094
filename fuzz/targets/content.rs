#![no_main]

use twin_core::event::Content;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(content) = Content::decode(data) else { return };
    let Ok(bytes) = content.encode() else { return };
    let again = Content::decode(&bytes).expect("what was written can be read");
    assert_eq!(again.encode().expect("what was read can be written"), bytes);
});
