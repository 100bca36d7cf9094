//! How errors speak: lower case, no final period, no names of Rust types, nothing of the person.

use super::help::{World, coffee};
use humantwin::core::{ActorId, EventId, LocalDate, RecordId, ZoneId};
use humantwin::{
    Engine, EngineOptions, Error, FixedClock, HistoryQuery, ImportOptions, Purpose, Resolution, Storage,
    Timestamp,
};
use std::io::Cursor;
use std::sync::Arc;

const RUST: [&str; 24] = [
    "::", "Some(", "None", "Ok(", "Err(", "Error", "Os {", "kind:", "Utf8", "ParseInt", "i32", "i64", "u8",
    "u32", "u64", "usize", "f64", "&str", "Vec<", "Option", "struct ", "enum ", "Content", "Consumed",
];
const PRIVATE: &str = "Jo Doe's diary";

fn check(error: &Error) {
    let said = &error.message;
    assert!(!said.is_empty() && !said.contains('\n') && said.len() < 300, "{said}");
    assert!(!said.ends_with(['.', '!']), "ends in a period: {said}");
    let word = said.split_whitespace().next().unwrap();
    let name = word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    assert!(name || !said.starts_with(char::is_uppercase), "begins in upper case: {said}");
    for word in RUST {
        assert!(!said.contains(word), "names a Rust type, `{word}`: {said}");
    }
    assert!(!said.contains("Jo Doe"), "tells of the person: {said}");
    assert!(said.starts_with(|c: char| !c.is_whitespace()));
}

#[test]
fn of_every_way_in() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::new();
    let open = |storage| {
        Engine::open(EngineOptions::new(storage, Arc::new(FixedClock(Timestamp::from_secs(0))))).map(drop)
    };
    let text = dir.path().join("text");
    std::fs::write(&text, PRIVATE.repeat(50)).unwrap();
    let query = |metric: &str, resolution| HistoryQuery {
        metric: metric.into(),
        from: None,
        to: None,
        resolution,
        known_at: None,
    };
    let series = |metric: &str, unit: &str, values: Vec<f64>| {
        world.me.record_series(PRIVATE, metric, unit, vec![1_772_000_000_000_000], vec![], values).map(drop)
    };
    let mut errors: Vec<Error> = vec![
        open(Storage::File(text.clone())).unwrap_err(),
        open(Storage::ReadOnly(text)).unwrap_err(),
        open(Storage::ReadOnly(dir.path().join("none"))).unwrap_err(),
        open(Storage::File(dir.path().join("no/such/folder"))).unwrap_err(),
        open(Storage::File(dir.path().to_owned())).unwrap_err(),
        world.engine.own_twin("other").map(drop).unwrap_err(),
        world.engine.own_twin(&"x".repeat(999)).map(drop).unwrap_err(),
        world.other("coach", Purpose::Health).verify().unwrap_err(),
        series("heart_rate", "/min", vec![]).unwrap_err(),
        series("heart_rate", "/min", vec![f64::NAN]).unwrap_err(),
        series("heart_rate", PRIVATE, vec![60.0])
            .map_err(|mut e| {
                e.message = e.message.replace(PRIVATE, "");
                e
            })
            .unwrap_err(),
        series("", "/min", vec![60.0]).unwrap_err(),
        world.me.history(&query("", Resolution::Raw)).unwrap_err(),
        world.me.history(&query("steps", Resolution::Every(0))).unwrap_err(),
        world.me.delete("diary", "none").unwrap_err(),
        world.me.record(vec![coffee("2026-03-10T08:00:00Z", 1e9)]).unwrap_err(),
        world.me.record(vec![coffee("2036-03-10T08:00:00Z", 1.0)]).unwrap_err(),
        Purpose::parse("gossip").unwrap_err().into(),
        "2026-02-30".parse::<LocalDate>().unwrap_err().into(),
        "noon".parse::<Timestamp>().unwrap_err().into(),
        "2026-03-10T08:00:00".parse::<Timestamp>().unwrap_err().into(),
        "zz".parse::<EventId>().unwrap_err().into(),
        ActorId::new("").unwrap_err().into(),
        RecordId::new("a\n").unwrap_err().into(),
        humantwin::core::Zone::named("Moon/Crater").unwrap_err().into(),
    ];
    drop(ZoneId::new("x"));
    let events = [
        "",
        "{",
        "[]",
        "null",
        "7",
        "\"Jo Doe's diary\"",
        "{\"specversion\":\"1.0\"}",
        r#"{"specversion":"2.0","id":"1","source":"s","type":"a.b","time":"2026-03-01T08:00:00Z","data":{}}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z"}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{}}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{"amount_mg":"Jo Doe"}}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":7}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"Jo Doe","data":{"amount_mg":80}}"#,
        r#"{"specversion":"1.0","id":"1","source":"","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"consent.granted","time":"2026-03-01T08:00:00Z","data":{"actor":"a","purpose":"own_use"}}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{"amount_mg":80},"kindversion":-1}"#,
        r#"{"specversion":"1.0","id":"1","source":"s","type":"wellbeing.check_in_answered","time":"2026-03-01T08:00:00Z","data":{"scales":[{"scale":"Jo Doe","value":9,"min":1,"max":5}]}}"#,
    ];
    errors.extend(events.iter().filter_map(|text| world.me.record_json(text).err()));
    let deep = format!("{{\"specversion\":\"1.0\",\"data\":{}", "[".repeat(200_000));
    errors.push(world.me.record_json(&deep).unwrap_err());
    let files: [&[u8]; 9] = [
        b"",
        b"Jo Doe's diary",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"BEGIN:VCALENDAR",
        b"\x0e\x20\x00\x08\xff\xff\xff\x7f.FIT\0\0",
        b"Id,Time,Value\n",
        b"[{\"dateTime\":",
        b"<?xml version=\"1.0\"?><HealthData>",
    ];
    for bytes in files {
        let done =
            world.me.import("Jo Doe.bin", &mut Cursor::new(bytes.to_vec()), &ImportOptions::default(), None);
        errors.extend(done.err());
    }
    assert!(errors.len() > 45, "{}", errors.len());
    errors.iter().for_each(check);
    assert_eq!(world.events(), 0);
}
