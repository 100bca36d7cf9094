//! Who may: every verb refuses an access without a grant, and grants do what they say.

use super::help::{World, coffee, fact, pulse, t};
use humantwin::core::event::{ConsentRevoked, RecordDeleted, TaskStarted};
use humantwin::core::{ActorId, EventId, RecordId, SourceId};
use humantwin::{
    Code, HistoryQuery, ImportOptions, LocalDate, Purpose, ReportOptions, Resolution, Result, Scenario, Twin,
};
use std::io::Cursor;

fn query(metric: &str) -> HistoryQuery {
    HistoryQuery { metric: metric.into(), from: None, to: None, resolution: Resolution::Raw, known_at: None }
}

type Verb = (&'static str, fn(&Twin) -> Result<()>);

/// Every verb of a twin.
const VERBS: [Verb; 22] = [
    ("record", |w| w.record(vec![coffee("2026-03-10T08:00:00Z", 80.0)]).map(drop)),
    ("record_json", |w| {
        w.record_json(
            r#"{"specversion":"1.0","id":"1","source":"diary","type":"health.caffeine_consumed",
            "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#,
        )
        .map(drop)
    }),
    ("record_series", |w| {
        w.record_series("w", "heart_rate", "/min", vec![1_772_000_000_000_000], vec![], vec![60.0]).map(drop)
    }),
    ("correct", |w| {
        w.correct("s", "r", humantwin::core::event::CaffeineConsumed { amount_mg: 1.0 }.into(), None)
            .map(drop)
    }),
    ("delete", |w| w.delete("s", "r").map(drop)),
    ("import", |w| {
        w.import("a.csv", &mut Cursor::new(Vec::new()), &ImportOptions::default(), None).map(drop)
    }),
    ("refused", |w| w.refused(1).map(drop)),
    ("imports", |w| w.imports().map(drop)),
    ("state", |w| w.state(None, None).map(drop)),
    ("state at", |w| w.state(Some(t("2026-03-01T00:00:00Z")), None).map(drop)),
    ("state known_at", |w| w.state(None, Some(t("2026-03-01T00:00:00Z"))).map(drop)),
    ("days", |w| w.days(LocalDate::from_days(20_000), LocalDate::from_days(20_600)).map(drop)),
    ("history", |w| w.history(&query("heart_rate")).map(drop)),
    ("history of facts", |w| w.history(&query("task.started")).map(drop)),
    ("predict", |w| w.predict("sleep_debt", None, None).map(drop)),
    ("predict a private model", |w| w.predict("mood_trend", None, None).map(drop)),
    ("simulate", |w| w.simulate(&Scenario::default()).map(drop)),
    ("report", |w| w.report(&ReportOptions::default()).map(drop)),
    ("export", |w| w.export(&mut Vec::new()).map(drop)),
    ("verify", |w| w.verify().map(drop)),
    ("grant", |w| w.grant("coach", Purpose::Health, None)),
    ("revoke", |w| w.revoke("coach", None)),
];

#[test]
fn every_verb_refuses_an_access_without_a_grant() {
    let world = World::new();
    world.me.record(vec![coffee("2026-03-10T08:00:00Z", 80.0)]).unwrap();
    let before = (world.hash(), world.events());
    let strangers = [
        world.other("coach", Purpose::Health),
        world.other("coach", Purpose::OwnUse),
        world.other("me", Purpose::Health),
        world.other("ME", Purpose::OwnUse),
    ];
    for stranger in &strangers {
        for (name, verb) in VERBS {
            let error = verb(stranger).map(|()| name).unwrap_err();
            assert_eq!(error.code, Code::ConsentRequired, "{name}: {error}");
        }
    }
    assert_eq!((world.hash(), world.events()), before);
}

#[test]
fn a_grant_holds_until_its_end_or_a_revoke() {
    let world = World::new();
    let coach = world.other("coach", Purpose::Health);
    let may = |twin: &Twin| twin.state(None, None).is_ok();
    world.me.grant("coach", Purpose::Health, Some(t("2026-03-11T00:00:00Z"))).unwrap();
    assert!(may(&coach));
    assert!(!may(&world.other("coach", Purpose::Work)), "another purpose");
    assert!(!may(&world.other("trainer", Purpose::Health)), "somebody else");
    world.clock.set("2026-03-10T23:59:59Z");
    assert!(may(&coach));
    world.clock.set("2026-03-11T00:00:00Z");
    assert!(!may(&coach), "the end is excluded");
    world.me.grant("coach", Purpose::Health, None).unwrap();
    assert!(may(&coach));
    world.clock.set("2026-03-10T12:00:00Z");
    world.me.revoke("coach", Some(Purpose::Work)).unwrap();
    assert!(may(&coach));
    world.me.revoke("coach", Some(Purpose::Health)).unwrap();
    assert!(!may(&coach), "a clock that was set back brings nothing back");
    world.me.grant("coach", Purpose::Health, None).unwrap();
    world.me.revoke("coach", None).unwrap();
    assert!(!may(&coach));
}

#[test]
fn one_may_end_ones_own_use_and_come_back() {
    let world = World::new();
    world.me.record(vec![coffee("2026-03-10T08:00:00Z", 80.0)]).unwrap();
    world.me.revoke("me", Some(Purpose::OwnUse)).unwrap();
    for (name, verb) in VERBS.iter().filter(|(name, _)| !["grant", "revoke"].contains(name)) {
        assert_eq!(verb(&world.me).unwrap_err().code, Code::ConsentRequired, "{name}");
    }
    world.me.grant("me", Purpose::OwnUse, None).unwrap();
    assert_eq!(world.me.state(None, None).unwrap().day.caffeine_mg, Some(80.0));
}

#[test]
fn a_purpose_sees_what_it_is_about() {
    let world = World::new();
    let task = TaskStarted { title: Some("review".into()), ..TaskStarted::of("T-1") };
    world
        .me
        .record(vec![coffee("2026-03-10T08:00:00Z", 80.0), fact("tool", "2026-03-10T09:00:00Z", task)])
        .unwrap();
    pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[60.0, 62.0, 64.0]);
    for purpose in [Purpose::Work, Purpose::Health, Purpose::Companion, Purpose::Research, Purpose::Upkeep] {
        world.me.grant("boss", purpose, None).unwrap();
    }
    let mine = world.me.state(None, None).unwrap();
    assert!(mine.day.heart.is_some() && mine.day.tasks.is_some() && !mine.open_tasks.is_empty());
    let work = world.other("boss", Purpose::Work);
    let seen = work.state(None, None).unwrap();
    let day = work.days(mine.day.date, mine.day.date).unwrap().remove(0);
    for day in [&seen.day, &day] {
        assert!(
            day.heart.is_none() && day.caffeine_mg.is_none() && day.metrics.is_empty() && day.sleep.is_none()
        );
        assert!(day.tasks.is_some());
    }
    assert!(
        seen.usual.is_empty()
            && seen.last.is_empty()
            && seen.state_hash.is_none()
            && !seen.open_tasks.is_empty()
    );
    let text = format!("{seen:?}");
    assert!(!text.contains("80.0") && !text.contains("heart_rate") && !text.contains("watch"), "{text}");
    assert!(work.history(&query("task.started")).unwrap().events.len() == 1);
    for about in
        ["heart_rate", "health.caffeine_consumed", "series.written", "consent.granted", "no.such_kind"]
    {
        assert_eq!(work.history(&query(about)).unwrap_err().code, Code::ConsentRequired, "{about}");
    }
    let health = world.other("boss", Purpose::Health);
    let seen = health.state(None, None).unwrap();
    assert!(seen.day.heart.is_some() && seen.day.tasks.is_none() && seen.open_tasks.is_empty());
    assert_eq!(health.history(&query("heart_rate")).unwrap().rows.len(), 3);
    assert_eq!(health.history(&query("task.started")).unwrap_err().code, Code::ConsentRequired);
    for purpose in [Purpose::Companion, Purpose::Research, Purpose::Upkeep] {
        let seen = world.other("boss", purpose).state(None, None).unwrap();
        assert!(seen.day.heart.is_none() && seen.day.tasks.is_none(), "{purpose:?}");
    }
    // What only the person may, a grant does not open.
    for purpose in [Purpose::OwnUse, Purpose::Health] {
        world.me.grant("boss", purpose, None).unwrap();
        let boss = world.other("boss", purpose);
        for (name, verb) in VERBS
            .iter()
            .filter(|(n, _)| ["grant", "revoke", "export", "report", "refused", "imports"].contains(n))
        {
            assert_eq!(verb(&boss).unwrap_err().code, Code::ConsentRequired, "{name}");
        }
    }
}

#[test]
fn nobody_writes_consent_but_the_person_by_its_own_verbs() {
    let world = World::new();
    let coach = world.other("coach", Purpose::Health);
    world.me.grant("coach", Purpose::Health, None).unwrap();
    world.me.grant("helper", Purpose::Health, None).unwrap();
    world.me.revoke("coach", None).unwrap();
    let helper = world.other("helper", Purpose::Health);
    // The revoke is an event like others; its id is no secret.
    let mut out = Vec::new();
    world.me.export(&mut out).unwrap();
    let lines: Vec<serde_json::Value> =
        String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let revoke = lines.iter().find(|l| l["type"] == "consent.revoked").unwrap();
    let id = revoke["id"].as_str().unwrap();
    assert!(id.strip_prefix("event:").unwrap().parse::<EventId>().is_ok());
    let grant = ConsentRevoked { actor: ActorId::new("me").unwrap(), purpose: None };
    for twin in [&helper, &world.me] {
        let invalid = [
            twin.delete("person", id).unwrap_err(),
            twin.correct("person", id, grant.clone().into(), None).unwrap_err(),
            twin.record(vec![fact("person", "2026-03-10T08:00:00Z", grant.clone())]).unwrap_err(),
        ];
        assert!(invalid.iter().all(|e| e.code == Code::InvalidValue), "{invalid:?}");
        // A deletion recorded as a fact is kept, and lifts nothing.
        let deletion = RecordDeleted {
            source: SourceId::new("person").unwrap(),
            record: RecordId::new(id).unwrap(),
            revision: 9,
        };
        twin.record(vec![fact("person", "2026-03-10T08:00:00Z", deletion)]).unwrap();
        assert_eq!(coach.state(None, None).unwrap_err().code, Code::ConsentRequired);
    }
    world.hash();
}

#[test]
fn an_engine_holds_one_person() {
    let world = World::new();
    assert_eq!(world.engine.own_twin("somebody").map(drop).unwrap_err().code, Code::Conflict);
    assert_eq!(world.engine.own_twin("").map(drop).unwrap_err().code, Code::InvalidValue);
    assert!(world.engine.own_twin("me").is_ok());
}
