#![no_main]

use twin_adapters::files::strava;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    strava::read(input, options, sink)
}));
