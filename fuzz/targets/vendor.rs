#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::vendor;

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(shape) = vendor::matches(data) else { return Corpus::Reject };
    humantwin_fuzz::read("a", data, |input, options, sink| vendor::read(shape, input, options, sink));
    Corpus::Keep
});
