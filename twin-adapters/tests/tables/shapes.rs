//! Which shape a table has, and what damage costs.

use super::{codes, npy, options, read, samples, try_read, utf16};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, read_file, tables};
use twin_core::Code;
use twin_core::observation::Collected;

#[test]
fn every_shape_is_found_and_read_in_any_encoding() {
    for (name, shape, bytes) in samples() {
        let plain = read(name, shape, &bytes);
        assert!(!plain.facts.is_empty() || !plain.series.is_empty(), "{shape}");
        if shape == "npy" {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        for other in
            [utf16(text), format!("\u{feff}{text}").into_bytes(), text.replace("\r\n", "\n").into_bytes()]
        {
            let again = read(name, shape, &other);
            assert_eq!(again.facts, plain.facts, "{shape}");
            assert_eq!(again.series, plain.series, "{shape}");
            assert_eq!(codes(&again), codes(&plain), "{shape}");
        }
    }
}

#[test]
fn what_is_not_measurements_is_refused_with_its_reason() {
    let places: String = (1..200).map(|i| format!("{}\n", i * 301)).collect();
    let wave: String =
        (0..400).map(|i| format!("{:.0}\n", 600.0 + 100.0 * (f64::from(i) / 8.0).sin())).collect();
    for (bytes, word) in [
        (places.as_bytes(), "sampling rate"),
        (wave.as_bytes(), "raw signal"),
        (b"ISHNE1.0\x16\x6e\0\0".as_slice(), "Holter"),
        (b"# BIOSPPY HRV REPORT - v.0.4.0\n# File ; n/a\n".as_slice(), "report"),
        (b"{\n \"ar_abs\": [1, 2], \"Comment\": \"None\"}".as_slice(), "report"),
    ] {
        let error = try_read("a.csv", bytes).0.unwrap_err();
        assert_eq!(error.code(), Code::Unsupported);
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(try_read("a.csv", b" \r\n").0.unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read("a.csv", b"").0.unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read("steps.json", b"[ ]").0.unwrap(), "empty");
    for foreign in [
        b"BEGIN:VCALENDAR\r\n".as_slice(),
        b"<?xml version=\"1.0\"?>\n<HealthData>",
        b"\x0e\x10\xd9\x07\0\0\0\0.FIT\0\0",
        b"hello, world\n1,2\n",
    ] {
        assert_eq!(tables::matches(foreign), None);
    }
}

#[test]
fn a_damaged_tail_keeps_the_head() {
    let cut = br#"[{"dateTime":"2019-11-01 00:01:00","value":"7"},{"dateTime":"2019-11-01 00:0"#;
    let sink = read("steps.json", "fitbit_daily_value", cut);
    assert_eq!((sink.samples("steps").len(), codes(&sink)), (1, vec!["truncated"]));
    let bad = br#"[{"dateTime":"2019-11-01 00:01:00","value":"7"},{"dateTime"; oops}]"#;
    let sink = read("steps.json", "fitbit_daily_value", bad);
    assert_eq!((sink.samples("steps").len(), codes(&sink)), (1, vec!["damaged"]));
    let npy = npy(&[800, 810, 790]);
    let sink = read("a.npy", "npy", &npy[..npy.len() - 3]);
    assert_eq!((sink.samples("rr_interval").len(), codes(&sink)), (2, vec!["truncated"]));
    let nothing = "Id,ActivityDate,TotalSteps\n7,yesterday,1\n";
    assert_eq!(try_read("a.csv", nothing.as_bytes()).0.unwrap_err().code(), Code::Malformed);
}

#[test]
fn the_moment_of_reading_changes_nothing() {
    for (name, shape, bytes) in samples() {
        let mut later = Collected::default();
        let options = ReadOptions { now: "2031-01-01T00:00:00Z".parse().unwrap(), ..options(name) };
        read_file(&mut Cursor::new(&bytes), &options, &mut later).unwrap();
        let now = read(name, shape, &bytes);
        assert_eq!((later.facts, later.series), (now.facts, now.series), "{shape}");
    }
}
