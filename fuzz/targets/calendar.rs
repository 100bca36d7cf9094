#![no_main]

use twin_adapters::files::calendar;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    calendar::read(input, options, sink)
}));
