#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::mapped_csv::CsvMapping;
use twin_adapters::files::read_mapped;

// The mapping, a zero byte, the table.
libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(end) = data.iter().position(|b| *b == 0) else { return Corpus::Reject };
    let Ok(Ok(mapping)) = std::str::from_utf8(&data[..end]).map(CsvMapping::read) else {
        return Corpus::Keep;
    };
    humantwin_fuzz::read("a", &data[end + 1..], |input, options, sink| {
        read_mapped(input, &mapping, options, sink).map(drop)
    });
    Corpus::Keep
});
