#![no_main]

use twin_adapters::files::json_lines;

libfuzzer_sys::fuzz_target!(|data: &[u8]| humantwin_fuzz::read("a", data, |input, options, sink| {
    json_lines::read(input, options, sink)
}));
