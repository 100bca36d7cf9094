//! JSON lines of our own events, and tables read by a mapping.
#![cfg(all(feature = "events", feature = "mapped-csv"))]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use std::io::Cursor;
use twin_adapters::files::mapped_csv::CsvMapping;
use twin_adapters::files::{Format, ReadOptions, read_file, read_mapped};
use twin_core::event::EventBody;
use twin_core::observation::Collected;
use twin_core::series::Samples;
use twin_core::{Code, Error, Timestamp, Zone};

fn options() -> ReadOptions {
    ReadOptions {
        now: "2026-06-01T00:00:00Z".parse().unwrap(),
        zone: Zone::named("Europe/Oslo").unwrap(),
        name: "a".into(),
        subject: None,
    }
}

fn lines(bytes: &[u8]) -> (Result<&'static str, Error>, Collected) {
    let mut sink = Collected::default();
    let format = read_file(&mut Cursor::new(bytes), &options(), &mut sink).map(Format::as_str);
    (format, sink)
}

fn codes(sink: &Collected) -> Vec<&str> {
    sink.refused.iter().map(|r| r.code.as_str()).collect()
}

fn us(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().micros()
}

const COFFEE: &str = r#"{"specversion":"1.0","id":"7","source":"diary","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#;

/// A series and its columns.
fn series() -> (String, String) {
    let samples = Samples::new(vec![1_772_348_400_000_000], vec![], vec![61.5]).unwrap();
    let hash = samples.hash();
    (
        format!(
            r#"{{"specversion":"1.0","id":"event:00","source":"w","type":"series.written","time":"2026-03-01T07:00:00Z","revision":3,"startoffset":3600,"data":{{"metric":"heart_rate","unit":"/min","segment":"{hash}","start":"2026-03-01T07:00:00Z","end":"2026-03-01T07:00:00Z","count":1}}}}"#
        ),
        format!(r#"{{"segment":"{hash}","starts_us":[1772348400000000],"values":[61.5]}}"#),
    )
}

#[test]
fn lines_become_facts_and_series() {
    let (event, columns) = series();
    let (format, sink) = lines(format!("\u{feff}{COFFEE}\r\n\n{event}\n{columns}").as_bytes());
    assert_eq!(format.unwrap(), "json_lines");
    assert_eq!(sink.facts[0].record.as_ref().unwrap().as_str(), "7");
    let block = &sink.series[0];
    assert_eq!((block.revision, block.offset_s, block.samples.values()), (3, Some(3600), &[61.5][..]));
    // What does not belong together is refused, and the rest is read.
    let other = columns.replace("61.5", "62.5");
    for (text, expected) in [
        (format!("{event}\n{COFFEE}"), vec!["series_without_columns"]),
        (format!("{COFFEE}\n{event}"), vec!["series_without_columns"]),
        (format!("{COFFEE}\n{columns}"), vec!["columns_without_series"]),
        (format!("{COFFEE}\n{event}\n{other}"), vec!["wrong_samples"]),
        (format!("{COFFEE}\n{{\"specversion\":\"0.3\"}}\nrubbish"), vec!["malformed", "malformed"]),
    ] {
        let (format, sink) = lines(text.as_bytes());
        assert_eq!(format.unwrap(), "json_lines", "{text}");
        assert_eq!((codes(&sink), sink.facts.len()), (expected, 1), "{text}");
    }
    let (format, _) = lines(format!("{event}\n").as_bytes());
    assert_eq!(format.unwrap_err().code(), Code::Malformed);
}

fn mapped(mapping: &str, table: &str) -> Result<Collected, Error> {
    let mapping = CsvMapping::read(mapping)?;
    let mut sink = Collected::default();
    read_mapped(&mut Cursor::new(table.as_bytes()), &mapping, &options(), &mut sink)?;
    Ok(sink)
}

#[test]
fn columns_become_samples_measurements_and_tasks() {
    let sink = mapped(
        r#"{"source": "my_band", "time": {"column": "When"}, "length_s": 60,
            "metrics": [{"value": "Steps", "metric": "steps"},
                        {"value": "Temp F", "metric": "skin_temperature", "unit": "Cel", "multiply": 0.5, "add": -10, "single": true}]}"#,
        "When;Steps;Temp F\n2026-03-01 08:00;12;90\n2026-03-01T08:01:00Z;;x\nnever;1;1\n",
    )
    .unwrap();
    assert_eq!(sink.samples("steps"), [(us("2026-03-01T07:00:00Z"), 60_000_000, 12.0)]);
    let EventBody::MeasurementRecorded(warm) = &sink.facts[0].body else { panic!() };
    assert_eq!((warm.value, warm.unit.as_str()), (35.0, "Cel"));
    let refused: Vec<_> = sink.refused.iter().map(|r| (r.code.as_str(), r.subject.as_str())).collect();
    assert_eq!(refused, [("bad_number", "line 3 Temp F"), ("bad_time", "line 4 When")]);

    // A row for each metric, times in seconds.
    let sink = mapped(
        r#"{"source": "s", "time": {"column": "t", "format": "unix_seconds", "zone": "Asia/Tokyo"},
            "metrics": [{"value": "v", "metric_column": "m", "unit_column": "u"}]}"#,
        "t,m,u,v\n1772348400,heart_rate,/min,61\n1772348400,body_weight,lb,150\n1772348400,mood,1,3\n",
    )
    .unwrap();
    assert_eq!((sink.samples("heart_rate").len(), sink.series[0].offset_s), (1, Some(32_400)));
    assert_eq!(codes(&sink), ["unknown_unit", "unknown_metric"]);

    let sink = mapped(
        r#"{"source": "board", "record": "id", "time": {"column": "done", "format": "day_first", "zone": "Europe/Paris"},
            "fact": {"kind": "task.completed", "fields": [{"field": "task", "column": "id"}, {"field": "title", "column": "name"},
              {"field": "duration_s", "column": "hours", "kind": "number", "multiply": 3600}]}}"#,
        "id,name,hours,done\nT-1,Write,1.5,01.03.2026 17:30\nT-2,Read,,02.03.2026 09:00\n,None,1,02.03.2026 09:00\n",
    )
    .unwrap();
    let EventBody::TaskCompleted(task) = &sink.facts[0].body else { panic!() };
    assert_eq!((task.task.as_str(), task.duration_s), ("T-1", Some(5400.0)));
    assert_eq!(
        (sink.facts[0].at.micros(), sink.facts[0].record.as_ref().unwrap().as_str()),
        (us("2026-03-01T16:30:00Z"), "T-1")
    );
    assert_eq!(sink.facts.len(), 2);
    assert_eq!(
        (codes(&sink), sink.refused[0].message.as_str()),
        (vec!["bad_record"], "the row is no `task.completed`: `task` is missing")
    );
}

#[test]
fn mappings_that_cannot_be_say_why() {
    let time = r#""source": "s", "time": {"column": "t"}"#;
    for (mapping, why) in [
        ("{}".to_owned(), "missing field `source`"),
        (format!(r#"{{{time}, "metric": []}}"#), "unknown field `metric`"),
        (format!("{{{time}}}"), "at least one of them"),
        (format!(r#"{{{time}, "metrics": [{{"value": "v"}}]}}"#), "`metric` or `metric_column`"),
        (
            format!(r#"{{{time}, "metrics": [{{"value": "v", "metric": "weight"}}]}}"#),
            "a metric of the catalogue",
        ),
        (
            format!(r#"{{{time}, "metrics": [{{"value": "v", "metric": "body_weight", "unit": "lb"}}]}}"#),
            "expected `kg`",
        ),
        (format!(r#"{{{time}, "fact": {{"kind": "consent.granted"}}}}"#), "an event kind that a row can be"),
        (
            format!(r#"{{{time}, "fact": {{"kind": "task.completed", "fields": [{{"field": "task"}}]}}}}"#),
            "`column`, `text`",
        ),
        (
            r#"{"source": "s", "time": {"column": "t", "zone": "Nowhere/X"}, "metrics": [{"value": "v", "metric": "steps"}]}"#
                .to_owned(),
            "zone",
        ),
    ] {
        let error = CsvMapping::read(&mapping).unwrap_err();
        assert!(error.to_string().contains(why), "{mapping}: {error}");
    }
    let good = format!(r#"{{{time}, "metrics": [{{"value": "v", "metric": "steps"}}]}}"#);
    let error = mapped(&good, "t,w\n2026-01-01,1\n").unwrap_err();
    assert_eq!(error.to_string(), "table is malformed: no column `v`, which the mapping names");
}

proptest! {
    #[test]
    fn mutated_lines_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let (event, columns) = series();
        let mut bytes = format!("{COFFEE}\n{event}\n{columns}\n{COFFEE}\n").into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()));
        let (_, sink) = lines(&bytes);
        // Samples are taken only as the series names them.
        prop_assert!(sink.series.iter().all(|b| b.samples.values() == [61.5]));
    }

    #[test]
    fn any_table_is_read_or_refused(table in "(t,m,u,v\n)?([0-9a-z:/ ,\"\u{e9}-]{0,40}\n){0,6}", format in prop::sample::select(vec!["iso", "month_first", "day_first", "unix_seconds", "unix_milliseconds"])) {
        let mapping = format!(
            r#"{{"source": "s", "record": "m", "time": {{"column": "t", "format": "{format}"}}, "end": {{"column": "u"}},
                "metrics": [{{"value": "v", "metric": "steps"}}],
                "fact": {{"kind": "task.started", "fields": [{{"field": "task", "column": "m"}}, {{"field": "due", "column": "u", "kind": "time"}}]}}}}"#
        );
        let rows = table.lines().skip(1).filter(|l| !l.trim().is_empty()).count();
        if let Ok(sink) = mapped(&mapping, &table) {
            let said = sink.facts.len() + sink.refused.len() + sink.warnings.len() + sink.series.len();
            prop_assert!(rows == 0 || said > 0, "{rows} rows and not a word");
        }
    }

    #[test]
    fn any_mapping_text_is_read_or_refused(text in "\\PC{0,120}") {
        drop(CsvMapping::read(&text));
    }
}
