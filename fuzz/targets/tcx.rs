#![no_main]

use twin_adapters::files::tcx;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    tcx::read(input, options, sink)
}));
