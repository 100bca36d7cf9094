#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::tables;

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((name, data)) = humantwin_fuzz::named(data) else { return Corpus::Reject };
    let Some(shape) = tables::matches(data) else { return Corpus::Reject };
    humantwin_fuzz::read(name, data, |input, options, sink| tables::read(shape, input, options, sink));
    Corpus::Keep
});
