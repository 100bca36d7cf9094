//! Two twins of one person become one, and why a figure is not what it was.

use super::help::{World, coffee, fact, pulse, t};
use humantwin::core::RecordId;
use humantwin::core::event::{ProfileStated, RecordDeleted, WindowRead, WorkoutRecorded};
use humantwin::{Code, Twin, WhyQuery};

fn packed(twin: &Twin) -> Vec<u8> {
    let mut bytes = Vec::new();
    twin.pack(&mut bytes).unwrap();
    bytes
}

fn named(record: &str, at: &str, mg: f64) -> humantwin::core::event::Content {
    let mut content = coffee(at, mg);
    content.record = Some(RecordId::new(record).unwrap());
    content
}

/// A phone with pulse and coffee, a laptop that deletes one coffee and read a window that lacks another.
fn two() -> (World, World) {
    let (phone, laptop) = (World::new(), World::new());
    let source = coffee("2026-03-05T08:00:00Z", 1.0).origin.source;
    phone
        .me
        .record(vec![
            named("kept", "2026-03-05T08:00:00Z", 80.0),
            named("deleted", "2026-03-05T09:00:00Z", 40.0),
            named("unseen", "2026-03-05T10:00:00Z", 20.0),
        ])
        .unwrap();
    pulse(&phone.me, "watch", "2026-03-05T11:58:00Z", &[60.0, 61.0, 62.0]);
    laptop.clock.set("2026-03-10T13:00:00Z");
    let gone =
        RecordDeleted { source: source.clone(), record: RecordId::new("deleted").unwrap(), revision: 0 };
    let window = WindowRead {
        source,
        start: t("2026-03-05T00:00:00Z"),
        end: t("2026-03-06T00:00:00Z"),
        complete: true,
        seen: ["kept", "deleted"].map(|r| RecordId::new(r).unwrap()).to_vec(),
        scope: Vec::new(),
    };
    let mut told = vec![coffee("2026-03-06T08:00:00Z", 5.0)];
    told.push(fact("laptop", "2026-03-06T08:00:00Z", gone));
    told.push(fact("laptop", "2026-03-06T09:00:00Z", window));
    laptop.me.record(told).unwrap();
    (phone, laptop)
}

#[test]
fn deletions_and_windows_hold_in_any_order() {
    let (phone, laptop) = two();
    let before = packed(&phone.me);
    let report = phone.me.merge(&laptop.me).unwrap();
    assert_eq!((report.seen, report.events), (3, 3));
    let report = laptop.me.merge_bytes(&before).unwrap();
    assert_eq!((report.seen, report.events, report.samples), (4, 4, 3));
    assert_eq!(phone.hash(), laptop.hash());
    assert_eq!(phone.me.state(Some(t("2026-03-05T23:00:00Z")), None).unwrap().day.caffeine_mg, Some(80.0));
    let again = phone.me.merge(&laptop.me).unwrap();
    assert_eq!((again.events, again.earlier, phone.events()), (0, 0, 7));
    assert_eq!(phone.me.merge(&phone.me.clone()).unwrap().seen, 0, "a twin holds itself");
}

#[test]
fn two_persons_stay_two() {
    let (phone, _) = two();
    let before = (phone.hash(), phone.events());
    let profile = |born: &str| ProfileStated {
        born: Some(born.parse().unwrap()),
        sex: None,
        height_m: None,
        heart_rate_max: None,
        zone: None,
        work_days: Vec::new(),
    };
    let other = World::new();
    other.me.record(vec![fact("app", "2026-03-01T00:00:00Z", profile("1980-01-01"))]).unwrap();
    // Nothing here contradicts it: it is taken, and then another's is not.
    let mine = World::new();
    mine.me.record(vec![fact("app", "2026-03-01T00:00:00Z", profile("1991-05-05"))]).unwrap();
    for refused in [mine.me.merge(&other.me), mine.me.merge_bytes(&packed(&other.me))] {
        assert_eq!(refused.unwrap_err().code, Code::Conflict);
    }
    let stranger = World::new();
    let stranger = stranger.engine.own_twin("you");
    assert!(stranger.is_err(), "an engine is bound to one person");
    assert_eq!((phone.hash(), phone.events()), before);
    assert_eq!(mine.events(), 1);
}

#[test]
fn damaged_bytes_are_refused_whole() {
    let (phone, laptop) = two();
    let sound = packed(&phone.me);
    let before = (laptop.hash(), laptop.events());
    for cut in [0, 1, 7, 8, 9, 20, sound.len() / 2, sound.len() - 33, sound.len() - 1] {
        let error = laptop.me.merge_bytes(&sound[..cut]).unwrap_err();
        assert!(matches!(error.code, Code::Corrupt | Code::Unsupported), "{cut}: {error}");
    }
    for at in (0..sound.len()).step_by(13) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x41;
        let error = laptop.me.merge_bytes(&bytes).unwrap_err();
        assert!(matches!(error.code, Code::Corrupt | Code::Unsupported), "{at}: {error}");
    }
    let mut longer = sound.clone();
    longer.push(0);
    assert_eq!(laptop.me.merge_bytes(&longer).unwrap_err().code, Code::Corrupt);
    assert_eq!((laptop.hash(), laptop.events()), before);
    // A clock that runs ahead would outrank everything said here for years.
    laptop.clock.set("2026-03-01T00:00:00Z");
    let early = World::new();
    early.clock.set("2026-03-01T00:00:00Z");
    assert_eq!(early.me.merge_bytes(&sound).unwrap_err().code, Code::InvalidValue);
    assert_eq!(early.events(), 0);
}

#[test]
fn why_a_figure_is_not_what_it_was() {
    let world = World::new();
    world
        .me
        .record(vec![coffee("2026-03-08T08:00:00Z", 80.0), named("c", "2026-03-09T08:00:00Z", 80.0)])
        .unwrap();
    let known = t("2026-03-10T12:00:00Z");
    let asked = |score: &str| world.me.why(&WhyQuery { score: score.into(), since: known }).unwrap();
    assert_eq!((asked("").learned, asked("").days.len()), (0, 0));

    world.clock.set("2026-03-11T08:00:00Z");
    let ride: WorkoutRecorded = serde_json::from_str(
        r#"{"start":"2026-03-09T17:00:00Z","end":"2026-03-09T18:00:00Z","sport":"cycling","perceived_exertion":5}"#,
    )
    .unwrap();
    world.me.record(vec![fact("fit/garmin", "2026-03-09T18:00:00Z", ride)]).unwrap();
    let view = asked("load");
    assert_eq!(view.days.len(), 1);
    let day = &view.days[0];
    assert_eq!((day.date.to_string().as_str(), day.revision), ("2026-03-09", 2));
    let load = &day.changed[0];
    assert_eq!((load.name.as_str(), load.before, load.after), ("loads[session_rpe].load", None, Some(300.0)));
    let input = &day.inputs[0];
    assert_eq!((input.how.as_str(), input.late, input.source.as_str()), ("new", true, "fit/garmin"));
    assert!(day.text.contains("health.workout_recorded of fit/garmin arrived late"), "{}", day.text);
    assert!(asked("steps").days.is_empty());

    world.me.delete("diary", "c").unwrap();
    let view = asked("caffeine_mg");
    assert_eq!((view.days.len(), view.learned), (1, 2));
    assert_eq!((view.days[0].changed[0].before, view.days[0].changed[0].after), (Some(80.0), None));
    assert_eq!(view.days[0].revision, 3, "coffee, then the ride, then without the coffee");
    assert!(view.days[0].text.contains("took something back"), "{}", view.days[0].text);
}
