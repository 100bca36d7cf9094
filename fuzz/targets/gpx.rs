#![no_main]

use twin_adapters::files::gpx;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    gpx::read(input, options, sink)
}));
