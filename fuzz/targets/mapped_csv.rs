#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::files::mapped_csv::CsvMapping;
use twin_adapters::files::read_mapped;

const SAMPLES: &str = r#"{"source": "s", "time": {"column": "t"}, "end": {"column": "e"}, "metrics": [
    {"value": "v", "metric_column": "m", "unit_column": "u"}, {"value": "w", "metric": "body_weight", "single": true}]}"#;
const FACTS: &str = r#"{"source": "s", "record": "id", "time": {"column": "t", "format": "day_first"},
    "fact": {"kind": "task.completed", "fields": [{"field": "task", "column": "id"},
        {"field": "duration_s", "column": "v", "kind": "number", "multiply": 3600}]}}"#;

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((which, table)) = data.split_first() else { return Corpus::Reject };
    let text = if which % 2 == 0 { SAMPLES } else { FACTS };
    let mapping = CsvMapping::read(text).expect("a mapping");
    humantwin_fuzz::read("a", table, |input, options, sink| {
        read_mapped(input, &mapping, options, sink).map(drop)
    });
    Corpus::Keep
});
