#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::read_file;

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((name, data)) = humantwin_fuzz::named(data) else { return Corpus::Reject };
    humantwin_fuzz::read(name, data, |input, options, sink| read_file(input, options, sink).map(drop));
    Corpus::Keep
});
