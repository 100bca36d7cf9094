//! The state's hash covers every folded value: change any one, and it is another.

use super::help::{coffee, fact, t};
use cbor4ii::core::Value;
use humantwin::core::event::*;
use humantwin::core::fold::{Carry, DayState};
use humantwin::core::log::{Intake, Log};
use humantwin::core::observation::{Observation, SeriesBlock, Sink};
use humantwin::core::series::Samples;
use humantwin::core::store::{MemoryStore, Note, Table};
use humantwin::core::{EventId, MetricId, SourceId, TwinId};

/// Every tree that differs from `value` in one leaf, or in one entry of a list or map.
fn mutations(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => {
            let mut all = Vec::new();
            for (n, item) in items.iter().enumerate() {
                for other in mutations(item) {
                    let mut items = items.clone();
                    items[n] = other;
                    all.push(Value::Array(items));
                }
            }
            all
        }
        Value::Map(rows) => {
            let mut all = Vec::new();
            for (n, (key, item)) in rows.iter().enumerate() {
                for other in mutations(item) {
                    let mut rows = rows.clone();
                    rows[n] = (key.clone(), other);
                    all.push(Value::Map(rows));
                }
                let mut fewer = rows.clone();
                fewer.remove(n);
                all.push(Value::Map(fewer));
            }
            all
        }
        Value::Integer(n) => vec![Value::Integer(n + 1)],
        Value::Float(f) => vec![Value::Float(f + 0.5), Value::Float(f64::from_bits(f.to_bits() ^ 1))],
        Value::Bool(b) => vec![Value::Bool(!b)],
        Value::Text(text) => vec![Value::Text(format!("{text}x"))],
        Value::Bytes(bytes) => {
            let mut bytes = bytes.clone();
            match bytes.last_mut() {
                Some(last) => *last ^= 1,
                None => bytes.push(1),
            }
            vec![Value::Bytes(bytes)]
        }
        Value::Tag(tag, inner) => {
            mutations(inner).into_iter().map(|i| Value::Tag(*tag, Box::new(i))).collect()
        }
        Value::Null => vec![Value::Integer(1), Value::Text("x".into())],
        _ => Vec::new(),
    }
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Map(rows) => rows.iter().map(|(_, v)| leaves(v)).sum(),
        Value::Tag(_, inner) => leaves(inner),
        _ => 1,
    }
}

fn tree(bytes: &[u8]) -> Value {
    cbor4ii::serde::from_slice(bytes).unwrap()
}

fn bytes(tree: &Value) -> Vec<u8> {
    cbor4ii::serde::to_vec(Vec::new(), tree).unwrap()
}

/// A log with a day that has something of everything.
fn log() -> Log {
    let mut log = Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap();
    let metric = |m: &str| MetricId::new(m).unwrap();
    let stage = |stage, from: &str, to: &str| SleepStageSpan { start: t(from), end: t(to), stage };
    let sleep = SleepRecorded {
        start: t("2026-03-08T22:00:00Z"),
        end: t("2026-03-09T06:00:00Z"),
        in_bed_start: Some(t("2026-03-08T21:50:00Z")),
        in_bed_end: None,
        stages: vec![stage(SleepStage::Deep, "2026-03-08T23:00:00Z", "2026-03-09T01:00:00Z")],
        asleep_min: Some(430.0),
        awake_min: None,
        nap: Some(false),
        vendor_score: Some(80.0),
    };
    let facts = [
        coffee("2026-03-09T07:00:00Z", 80.0),
        fact("watch", "2026-03-09T06:00:00Z", sleep),
        fact(
            "scale",
            "2026-03-09T06:30:00Z",
            MeasurementRecorded {
                metric: metric("body_weight"),
                unit: "kg".into(),
                value: 70.5,
                start: None,
            },
        ),
        fact(
            "tool",
            "2026-03-09T08:00:00Z",
            TaskStarted {
                estimate_s: Some(60.0),
                due: Some(t("2026-03-12T00:00:00Z")),
                ..TaskStarted::of("T")
            },
        ),
        fact(
            "tool",
            "2026-03-09T09:00:00Z",
            TaskDelayed { task: "T".into(), due: None, reason: Some("ill".into()) },
        ),
        fact(
            "watch",
            "2026-03-09T09:00:00Z",
            MessageKept { format: "fit".into(), message: "hrv".into(), fields: Vec::new() },
        ),
        fact(
            "garden",
            "2026-03-09T09:00:00Z",
            EventBody::Unknown(UnknownBody { kind: "garden.watered".into(), version: 1, raw: "{}".into() }),
        ),
    ];
    let mut intake = Intake::new(&mut log, t("2026-03-10T12:00:00Z"));
    for content in facts {
        intake.accept(Observation::Fact(content)).unwrap();
    }
    for (source, name, unit, length) in [
        ("watch", "heart_rate", "/min", 0),
        ("strap", "heart_rate", "/min", 0),
        ("phone", "steps", "{step}", 60_000_000),
    ] {
        let starts: Vec<i64> =
            (0..100).map(|n| t("2026-03-09T10:00:00Z").micros() + n * 60_000_000).collect();
        let values = (0..100).map(|n| 60.0 + f64::from(n) / 8.0).collect();
        let samples = Samples::new(starts, vec![length; 100], values).unwrap();
        let origin =
            Origin { method: Some("m1".parse().unwrap()), ..Origin::of(SourceId::new(source).unwrap()) };
        let block = SeriesBlock {
            metric: metric(name),
            unit: unit.into(),
            origin,
            offset_s: Some(3600),
            revision: 0,
            replaces: false,
            samples,
        };
        intake.accept(Observation::Series(block)).unwrap();
    }
    let (report, _) = intake.finish().unwrap();
    assert!(report.refused.is_empty(), "{report:?}");
    log.refresh().unwrap();
    log
}

#[test]
fn of_every_value_of_a_day() {
    let mut log = log();
    let hash = log.state_hash().unwrap();
    let day = log.day("2026-03-09".parse().unwrap()).unwrap();
    let sound = day.encode().unwrap();
    let whole = tree(&sound);
    assert_eq!(bytes(&whole), sound, "the tree is the day");
    let key = i64::from(day.date.days());
    let all = mutations(&whole);
    assert!(all.len() >= leaves(&whole) && leaves(&whole) > 100, "{} of {}", all.len(), leaves(&whole));
    let row = |body: &[u8]| {
        let mut row = EventId::of("day", &[body]).0.to_vec();
        row.extend_from_slice(body);
        vec![Note { table: Table::Day, key, body: Some(row) }]
    };
    let mut seen = std::collections::BTreeSet::from([hash.clone()]);
    let mut read = 0;
    for other in &all {
        let mutated = bytes(other);
        if mutated == sound {
            panic!("a mutation that changes nothing");
        }
        log.put_notes(row(&mutated)).unwrap();
        seen.insert(log.state_hash().unwrap());
        // What is read back as a day is another day: no value is left out of its form.
        if let Ok(decoded) = DayState::decode(&mutated) {
            read += 1;
            assert!(decoded != day || decoded.encode().unwrap() == sound);
        }
    }
    assert_eq!(seen.len(), all.len() + 1, "every change has a hash of its own");
    assert!(read > 50, "most changes are days, too: {read}");
    assert!(!log.verify().unwrap().is_empty(), "a replay finds the last one");
    log.put_notes(row(&sound)).unwrap();
    assert_eq!(log.state_hash().unwrap(), hash);
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn of_every_value_that_is_carried() {
    let mut log = log();
    let hash = log.state_hash().unwrap();
    let mut rows = Vec::new();
    log.store()
        .notes(Table::Carry, i64::MIN..=i64::MAX, &mut |key, body| {
            rows.push((key, body.to_vec()));
            Ok(())
        })
        .unwrap();
    let (key, sound) = rows.pop().unwrap();
    let carry = Carry::decode(&sound).unwrap();
    assert!(!carry.open_tasks.is_empty() && !carry.last.is_empty() && carry.days > 0 && carry.facts > 0);
    let all = mutations(&tree(&sound));
    let mut changed = 0;
    for other in &all {
        let mutated = bytes(other);
        let Ok(decoded) = Carry::decode(&mutated) else { continue };
        if decoded == carry {
            continue;
        }
        changed += 1;
        log.put_notes(vec![Note { table: Table::Carry, key, body: Some(mutated) }]).unwrap();
        assert_ne!(log.state_hash().unwrap(), hash, "{decoded:?}");
        assert!(!log.verify().unwrap().is_empty());
    }
    assert!(changed >= 8, "{changed} of {}", all.len());
}

#[test]
fn of_standing_facts() {
    let mut log = log();
    let hash = log.state_hash().unwrap();
    let grant = ConsentRevoked { actor: "coach".parse().unwrap(), purpose: None };
    let mut intake = Intake::new(&mut log, t("2026-03-10T12:00:00Z"));
    intake.fact(fact("person", "2026-03-10T12:00:00Z", grant)).unwrap();
    intake.finish().unwrap();
    log.refresh().unwrap();
    assert_ne!(log.state_hash().unwrap(), hash);
}
