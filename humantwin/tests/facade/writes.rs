//! Writing: all or nothing, the last write wins, corrections and deletions.

use super::help::{World, coffee, fact, pulse, t};
use humantwin::core::event::{
    CaffeineConsumed, EventBody, ProfileStated, SourcePrioritySet, UnknownBody, ZoneChanged,
};
use humantwin::core::{RecordId, SourceId, ZoneId};
use humantwin::{Code, HistoryQuery, Resolution};

fn values(world: &World) -> Vec<f64> {
    let query = HistoryQuery {
        metric: "heart_rate".into(),
        from: None,
        to: None,
        resolution: Resolution::Raw,
        known_at: None,
    };
    world.me.history(&query).unwrap().rows.iter().map(|r| r.value).collect()
}

fn caffeine(world: &World) -> Option<f64> {
    world.me.state(Some(t("2026-03-10T11:00:00Z")), None).unwrap().day.caffeine_mg
}

#[test]
fn facts_are_recorded_all_or_none() {
    let world = World::new();
    let (before, good) = (world.hash(), coffee("2026-03-10T08:00:00Z", 80.0));
    let no_json = UnknownBody { kind: "garden.watered".into(), version: 1, raw: "{".into() };
    let bad = [
        (coffee("2026-03-10T08:00:00Z", -1.0), Code::InvalidValue),
        (coffee("2026-03-10T08:00:00Z", f64::NAN), Code::InvalidValue),
        (coffee("2026-03-12T08:00:00Z", 80.0), Code::InvalidValue),
        (coffee("1980-03-12T08:00:00Z", 80.0), Code::InvalidValue),
        (fact("diary", "2026-03-10T08:00:00Z", EventBody::Unknown(no_json)), Code::Malformed),
    ];
    for (bad, code) in bad {
        // More facts than one step of an import has, the bad one last.
        let mut facts: Vec<_> = (0..2500).map(|n| coffee("2026-03-10T08:00:00Z", f64::from(n))).collect();
        facts.push(bad);
        assert_eq!(world.me.record(facts).unwrap_err().code, code);
        assert_eq!((world.events(), world.hash()), (0, before.clone()));
    }
    let done = world.me.record(vec![good.clone(), good.clone()]).unwrap();
    assert_eq!((done.events, done.duplicates), (1, 1));
    assert_eq!(world.me.record(vec![good]).unwrap().duplicates, 1);
    assert_eq!(world.me.record(Vec::new()).unwrap().events, 0);
}

#[test]
fn columns_are_checked() {
    let world = World::new();
    let at = t("2026-03-10T08:00:00Z").micros();
    let write = |metric: &str, unit: &str, starts: Vec<i64>, lengths: Vec<i64>, values: Vec<f64>| {
        world.me.record_series("watch", metric, unit, starts, lengths, values)
    };
    for refused in [
        write("heart_rate", "/min", vec![at], vec![], vec![]),
        write("heart_rate", "/min", vec![at], vec![1, 2], vec![60.0]),
        write("heart_rate", "/min", vec![at], vec![-1], vec![60.0]),
        write("heart_rate", "/min", vec![at], vec![], vec![f64::INFINITY]),
        write("heart_rate", "bpm", vec![at], vec![], vec![60.0]),
        write("heart rate\n", "/min", vec![at], vec![], vec![60.0]),
        write("", "/min", vec![at], vec![], vec![60.0]),
    ] {
        assert_eq!(refused.unwrap_err().code, Code::InvalidValue);
    }
    assert_eq!(world.events(), 0);
    // Impossible samples are refused one by one, with the first reason.
    let far = t("2126-01-01T00:00:00Z").micros();
    let done =
        write("heart_rate", "/min", vec![at, at + 1, far, i64::MIN], vec![], vec![60.0, 612.0, 60.0, 60.0])
            .unwrap();
    assert_eq!((done.samples, done.refused), (1, 3));
    assert!(done.refused_example.is_some());
    assert_eq!(write("heart_rate", "/min", vec![], vec![], vec![]).unwrap().events, 0);
    assert_eq!(write("vendor:Mood", "1", vec![at], vec![], vec![-1e300]).unwrap().samples, 1);
    world.hash();
}

#[test]
fn the_last_write_of_an_instant_wins() {
    let world = World::new();
    // The clock stands still, then is set back: what comes later still counts as later.
    for (n, value) in (0..12).zip([60.0, 90.0, 61.0, 89.0, 62.0, 88.0, 63.0, 87.0, 64.0, 86.0, 65.0, 60.0]) {
        if n == 6 {
            world.clock.set("2026-03-10T09:00:00Z");
        }
        pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[value]);
        assert_eq!(values(&world), [value], "write {n}");
    }
    pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[70.0, 71.0]);
    assert_eq!(values(&world), [70.0, 71.0]);
    pulse(&world.me, "watch", "2026-03-10T08:01:00Z", &[72.0]);
    assert_eq!(values(&world), [70.0, 72.0]);
    // Another source has its own say.
    pulse(&world.me, "strap", "2026-03-10T08:01:00Z", &[73.0]);
    assert_eq!(values(&world).len(), 3);
    world.hash();
}

#[test]
fn corrections_and_deletions_by_name_and_by_event() {
    let world = World::new();
    let named = humantwin::core::event::Content {
        record: Some(RecordId::new("cup-1").unwrap()),
        revision: 3,
        ..coffee("2026-03-10T08:00:00Z", 80.0)
    };
    world.me.record(vec![named, coffee("2026-03-10T09:00:00Z", 100.0)]).unwrap();
    let mut out = Vec::new();
    world.me.export(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let unnamed = text
        .lines()
        .find_map(|l| l.split("\"id\":\"").nth(1)?.split('"').next().filter(|id| id.starts_with("event:")));
    let unnamed = unnamed.unwrap();
    assert_eq!(caffeine(&world), Some(180.0));
    let cups = |mg: f64| EventBody::from(CaffeineConsumed { amount_mg: mg });
    world.me.correct("diary", "cup-1", cups(40.0), Some("decaf".into())).unwrap();
    assert_eq!(caffeine(&world), Some(140.0));
    world.me.correct("diary", unnamed, cups(10.0), None).unwrap();
    assert_eq!(caffeine(&world), Some(50.0));
    world.me.correct("diary", unnamed, cups(20.0), None).unwrap();
    assert_eq!(caffeine(&world), Some(60.0), "a correction of a correction");
    assert_eq!(world.me.correct("diary", "cup-1", cups(-1.0), None).unwrap_err().code, Code::InvalidValue);
    world.me.delete("diary", "cup-1").unwrap();
    assert_eq!(caffeine(&world), Some(20.0));
    assert_eq!(world.me.delete("diary", "cup-1").unwrap().events, 0, "it is gone already");
    world.me.delete("diary", unnamed).unwrap();
    assert_eq!(caffeine(&world), None);
    world.me.correct("diary", unnamed, cups(5.0), None).unwrap();
    assert_eq!(caffeine(&world), Some(5.0), "a correction brings a record back");
    for (source, record) in
        [("diary", "cup-2"), ("other", "cup-1"), ("diary", "event:00112233445566778899aabbccddeeff")]
    {
        assert_eq!(world.me.delete(source, record).unwrap_err().code, Code::NotFound);
        assert_eq!(world.me.correct(source, record, cups(1.0), None).unwrap_err().code, Code::NotFound);
    }
    world.hash();
}

#[test]
fn standing_facts_are_corrected_and_deleted_at_once() {
    let world = World::new();
    let zone = |name: &str| ZoneChanged { zone: ZoneId::new(name).unwrap() };
    let named = |body: EventBody, record: &str| humantwin::core::event::Content {
        record: Some(RecordId::new(record).unwrap()),
        ..fact("phone", "2026-03-01T00:00:00Z", body)
    };
    let source = |name: &str| SourceId::new(name).unwrap();
    let order = SourcePrioritySet { metric: None, order: vec![source("b"), source("a")] };
    let profile = ProfileStated {
        born: None,
        sex: None,
        height_m: None,
        heart_rate_max: None,
        zone: None,
        work_days: vec![6],
    };
    // Late in the evening of the 5th in London, the 6th in Tokyo.
    world.me.record(vec![coffee("2026-03-05T20:00:00Z", 80.0)]).unwrap();
    pulse(&world.me, "a", "2026-03-05T20:00:00Z", &[60.0]);
    pulse(&world.me, "b", "2026-03-05T20:00:00Z", &[90.0]);
    let look = || {
        let days = world.me.days("2026-03-01".parse().unwrap(), "2026-03-09".parse().unwrap()).unwrap();
        let mean = days[0].heart.as_ref().unwrap().mean_bpm.unwrap();
        (days.len(), days[0].date.to_string(), mean.round())
    };
    let plain = look();
    assert_eq!(plain, (1, "2026-03-05".into(), 60.0));
    world
        .me
        .record(vec![
            named(zone("Asia/Tokyo").into(), "zone"),
            named(order.into(), "order"),
            named(profile.into(), "p"),
        ])
        .unwrap();
    assert_eq!(look(), (1, "2026-03-06".into(), 90.0));
    world.me.correct("phone", "zone", zone("Europe/London").into(), None).unwrap();
    assert_eq!(look(), (1, "2026-03-05".into(), 90.0), "corrected");
    world.hash();
    world.me.delete("phone", "order").unwrap();
    assert_eq!(look(), plain, "deleted");
    world.me.delete("phone", "zone").unwrap();
    assert_eq!(look(), plain);
    world.hash();
}
