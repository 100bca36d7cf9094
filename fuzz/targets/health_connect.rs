#![no_main]

use twin_adapters::files::health_connect;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    health_connect::read(input, options, sink)
}));
