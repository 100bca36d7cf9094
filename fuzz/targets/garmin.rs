#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::garmin;

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(shape) = garmin::matches(data) else { return Corpus::Reject };
    humantwin_fuzz::read("a", data, |input, options, sink| garmin::read(shape, input, options, sink));
    Corpus::Keep
});
