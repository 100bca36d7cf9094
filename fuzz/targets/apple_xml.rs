#![no_main]

use twin_adapters::files::apple_health;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    apple_health::read_xml(input, options, sink)
}));
