#![no_main]

use twin_adapters::files::platform;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    platform::read(input, options, sink)
}));
