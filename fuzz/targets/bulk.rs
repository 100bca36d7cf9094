#![no_main]

use twin_adapters::files::archive;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    archive::read(input, options, sink)
}));
