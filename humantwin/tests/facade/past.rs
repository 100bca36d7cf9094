//! The past as it was, and as it was known.

use super::help::{World, coffee, fact, pulse, t};
use humantwin::core::event::{CaffeineConsumed, EventBody, MeasurementRecorded, TaskStarted, ZoneChanged};
use humantwin::core::{MetricId, ZoneId};
use humantwin::{HistoryQuery, Resolution};

fn weight(at: &str, kg: f64) -> humantwin::core::event::Content {
    let metric = MetricId::new("body_weight").unwrap();
    fact("scale", at, MeasurementRecorded { metric, unit: "kg".into(), value: kg, start: None })
}

#[test]
fn the_past_shows_nothing_that_came_later() {
    let world = World::new();
    let task = TaskStarted::of("later");
    world
        .me
        .record(vec![
            coffee("2026-03-05T08:00:00Z", 80.0),
            coffee("2026-03-05T16:00:00Z", 40.0),
            weight("2026-03-05T07:00:00Z", 70.0),
            weight("2026-03-05T18:00:00Z", 71.0),
            weight("2026-03-07T18:00:00Z", 72.0),
            fact("tool", "2026-03-06T09:00:00Z", task),
        ])
        .unwrap();
    pulse(&world.me, "watch", "2026-03-05T11:58:00Z", &[60.0, 61.0, 62.0, 150.0, 151.0]);
    let noon = world.me.state(Some(t("2026-03-05T12:00:00Z")), None).unwrap();
    assert_eq!(noon.day.caffeine_mg, Some(80.0));
    assert_eq!(noon.last.iter().find(|l| l.metric == "body_weight").map(|l| l.value), Some(70.0));
    assert!(noon.open_tasks.is_empty() && noon.state_hash.is_none());
    assert_eq!((noon.days, noon.first.map(|d| d.to_string())), (1, Some("2026-03-05".into())));
    let shown = format!("{noon:?}");
    for later in ["later", "150", "151", "71.0", "72.0", "2026-03-06T09", "2026-03-07"] {
        assert!(!shown.contains(later), "{later} shows: {shown}");
    }
    let before = world.me.state(Some(t("2026-03-04T12:00:00Z")), None).unwrap();
    assert_eq!((before.days, before.first, before.newest), (0, None, None), "nothing was there yet");
    let now = world.me.state(None, None).unwrap();
    assert_eq!((now.days, now.open_tasks.len()), (3, 1));
    assert_eq!(now.last.iter().find(|l| l.metric == "body_weight").map(|l| l.value), Some(72.0));
}

#[test]
fn as_it_was_known() {
    let world = World::new();
    let monday = t("2026-03-09T12:00:00Z");
    world.clock.set("2026-03-09T08:00:00Z");
    world
        .me
        .record(vec![coffee("2026-03-09T07:00:00Z", 80.0), weight("2026-03-09T06:00:00Z", 70.0)])
        .unwrap();
    world.clock.set("2026-03-09T13:00:00Z");
    let zone = ZoneChanged { zone: ZoneId::new("Asia/Tokyo").unwrap() };
    world
        .me
        .record(vec![
            coffee("2026-03-09T07:30:00Z", 40.0),
            coffee("2026-03-01T07:30:00Z", 40.0),
            fact("phone", "2026-03-08T00:00:00Z", zone),
        ])
        .unwrap();
    let first = world.me.export(&mut Vec::new()).unwrap();
    assert_eq!(first, 5);
    let known = world.me.state(None, Some(monday)).unwrap();
    assert_eq!((known.day.caffeine_mg, known.known_at, known.at), (Some(80.0), Some(monday), monday));
    assert_eq!((known.days, known.zone.clone()), (1, None));
    assert_eq!(
        known.first.map(|d| d.to_string()),
        Some("2026-03-09".into()),
        "the first day was not known yet"
    );
    let then = world.me.state(Some(monday), None).unwrap();
    assert_eq!((then.day.caffeine_mg, then.days, then.zone.as_deref()), (Some(120.0), 2, Some("Asia/Tokyo")));
    // A correction made later changes what holds, and leaves what was known.
    world.clock.set("2026-03-10T08:00:00Z");
    world.me.record(vec![coffee("2026-03-09T09:00:00Z", 1.0)]).unwrap();
    assert_eq!(world.me.state(None, Some(monday)).unwrap(), known);
    assert_eq!(world.me.state(Some(monday), None).unwrap().day.caffeine_mg, Some(121.0));
    let nothing = world.me.state(None, Some(t("2026-03-01T00:00:00Z"))).unwrap();
    assert_eq!((nothing.days, nothing.day.caffeine_mg), (0, None));
}

#[test]
fn a_history_that_is_backwards_is_empty() {
    let world = World::new();
    world.me.record(vec![coffee("2026-03-05T08:00:00Z", 80.0)]).unwrap();
    pulse(&world.me, "watch", "2026-03-05T11:58:00Z", &[60.0]);
    for metric in ["heart_rate", "health.caffeine_consumed"] {
        for resolution in [
            humantwin::Resolution::Raw,
            humantwin::Resolution::Resolved,
            humantwin::Resolution::Every(60_000_000),
        ] {
            let query = humantwin::HistoryQuery {
                metric: metric.into(),
                from: Some(t("2026-03-09T00:00:00Z")),
                to: Some(t("2026-03-01T00:00:00Z")),
                resolution,
                known_at: None,
            };
            let view = world.me.history(&query).unwrap();
            assert!(view.rows.is_empty() && view.events.is_empty());
        }
    }
    assert!(world.me.days("2026-03-09".parse().unwrap(), "2026-03-01".parse().unwrap()).unwrap().is_empty());
}

#[test]
fn the_history_of_a_kind_says_what_holds() {
    let me = World::new().me;
    let coffee = r#"{"id":"1","source":"diary","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z",
        "data":{"amount_mg":80}}"#;
    me.record_json(coffee).unwrap();
    let said: EventBody = CaffeineConsumed { amount_mg: 60.0 }.into();
    me.correct("diary", "1", said, None).unwrap();
    let query = HistoryQuery {
        metric: "health.caffeine_consumed".into(),
        from: Some(t("2026-03-01T00:00:00Z")),
        to: Some(t("2026-03-02T00:00:00Z")),
        resolution: Resolution::Raw,
        known_at: None,
    };
    let events = me.history(&query).unwrap().events;
    assert_eq!(events.len(), 1);
    let said = events[0].json();
    assert!(
        said.contains(r#""type":"health.caffeine_consumed""#) && said.contains(r#""amount_mg":60"#),
        "{said}"
    );
}

#[test]
fn an_answer_about_another_day_is_found_by_when_it_was_given() {
    let me = World::new().me;
    let answer = r#"{"source":"diary","type":"wellbeing.check_in_answered","time":"2026-03-01T08:00:00Z",
        "data":{"instrument":"morning","about":"2026-02-01","scales":[{"scale":"mood","value":3,"min":1,"max":5}]}}"#;
    me.record_json(answer).unwrap();
    let query = HistoryQuery {
        metric: "wellbeing.check_in_answered".into(),
        from: Some(t("2026-03-01T00:00:00Z")),
        to: Some(t("2026-03-02T00:00:00Z")),
        resolution: Resolution::Raw,
        known_at: None,
    };
    assert_eq!(me.history(&query).unwrap().events.len(), 1);
}

#[test]
fn a_day_that_changed_is_seen_though_it_was_looked_at_before() {
    let world = World::new();
    let day = |n: i32| t("2026-03-08T00:00:00Z").micros() / 86_400_000_000 + i64::from(n);
    let drunk = |twin: &humantwin::Twin| {
        let date = |n| humantwin::core::LocalDate::from_days(i32::try_from(day(n)).unwrap());
        let days = twin.days(date(-1), date(1)).unwrap();
        days.iter().map(|d| (d.date.to_string(), d.caffeine_mg)).collect::<Vec<_>>()
    };
    let on = |day: &str, mg| (day.to_owned(), Some(mg));
    world.me.record(vec![coffee("2026-03-08T08:00:00Z", 80.0)]).unwrap();
    assert_eq!(drunk(&world.me), [on("2026-03-08", 80.0)]);
    assert_eq!(drunk(&world.me), drunk(&world.me));
    // Another handle of the same person writes.
    let other = world.engine.own_twin("me").unwrap();
    other.record(vec![coffee("2026-03-08T09:00:00Z", 40.0), coffee("2026-03-07T09:00:00Z", 60.0)]).unwrap();
    assert_eq!(drunk(&world.me), [on("2026-03-07", 60.0), on("2026-03-08", 120.0)]);
    assert_eq!(drunk(&other), drunk(&world.me));
}
