#![no_main]

use twin_adapters::files::fit;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    fit::read(input, options, sink)
}));
