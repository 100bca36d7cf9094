//! What a state cannot answer is named, and nothing is lost.

use super::run::*;
use super::world::*;
use twin_core::event::*;
use twin_core::stream::{HORIZON_DAYS, Lane, horizon, state_of};
use twin_core::{Code, LocalDate, RecordId, Timestamp};

fn told(said: Said, s: i64) -> Told {
    Told { said, clock: clock(s) }
}

fn date(t: Timestamp) -> LocalDate {
    LocalDate::from_days((t.secs() / 86_400) as i32)
}

/// A person with a coffee a day for 30 days.
fn month() -> (Run, Vec<Told>) {
    let (mut run, mut all) = (Run::new(), vec![]);
    for day in 0..30 {
        let mut cup = told(Said::Fact(coffee(Some(&format!("c{day}")), noon(day), 80.0)), 0);
        cup.clock.wall = noon(day).plus_secs(60);
        run.batch(std::slice::from_ref(&cup), noon(day).plus_secs(60));
        all.push(cup);
    }
    (run, all)
}

fn learned(said: Said) -> Told {
    let mut told = told(said, 0);
    told.clock.wall = noon(29).plus_secs(90);
    told
}

#[test]
fn late_data_are_answered_with_the_day_and_handed_back() {
    let (mut run, _) = month();
    let before = run.state.clone();
    let now = noon(29).plus_secs(120);
    assert_eq!(horizon(now), date(noon(29)).plus_days(1 - HORIZON_DAYS));
    run.batch(&[learned(Said::Fact(coffee(None, noon(5), 40.0)))], now);
    assert_eq!(run.refolds, [(date(noon(5)), "late".to_owned())]);
    assert_eq!(run.back, 1);
    assert_ne!(run.state, before, "what was carried is not known any more");
    let (mut run, _) = month();
    run.batch(&[learned(Said::Fact(coffee(None, noon(-50), 40.0)))], now);
    assert_eq!(run.refolds, [(date(noon(-50)), "late".to_owned())], "before all that was known");
    // On the first day held it is no trouble.
    let (mut run, mut all) = month();
    all.push(learned(Said::Fact(coffee(None, noon(16), 40.0))));
    run.batch(&all[30..], now);
    assert_eq!((run.refolds.len(), run.back), (0, 0));
    run.check(&full("p", &all), LocalDate::from_days(i32::MIN)).unwrap();
}

#[test]
fn versions_of_records_that_left_are_noticed() {
    // A record is moved into the horizon, another deleted, a third corrected.
    let moved = Content { revision: 1, ..coffee(Some("c3"), noon(28), 80.0) };
    let deleted = RecordDeleted { source: source("app"), record: RecordId::new("c4").unwrap(), revision: 1 };
    let deleted = Content::new(Origin::of(source("person")), noon(29), deleted);
    for content in [moved, deleted] {
        let (mut run, _) = month();
        run.batch(&[learned(Said::Fact(content))], noon(29).plus_secs(120));
        assert_eq!(run.refolds, [(date(noon(0)), "unseen_version".to_owned())]);
    }
}

#[test]
fn a_refold_by_the_full_engine_gives_a_state_to_go_on_with() {
    let (mut run, mut all) = month();
    all.push(learned(Said::Fact(coffee(None, noon(5), 40.0))));
    let now = noon(29).plus_secs(120);
    run.batch(&all[30..], now);
    run.state = state_of(&full("p", &all), now).unwrap();
    run.days.clear();
    let mut next = told(Said::Fact(coffee(None, noon(30), 20.0)), 0);
    next.clock.wall = noon(30);
    all.push(next);
    run.batch(&all[31..], noon(30));
    assert_eq!(run.refolds.len(), 1, "{:?}", run.refolds);
    let log = full("p", &all);
    assert!(run.state == state_of(&log, noon(30)).unwrap());
    run.check(&log, date(noon(30))).unwrap();
}

#[test]
fn a_zone_told_for_a_past_day_reaches_days_that_left() {
    let (mut run, mut all) = month();
    let zone = |at| {
        Content::new(Origin::of(source("phone")), at, ZoneChanged { zone: "Asia/Tokyo".parse().unwrap() })
    };
    all.push(learned(Said::Fact(zone(noon(20)))));
    run.batch(&all[30..], noon(29).plus_secs(120));
    // The first zone ever told holds before it too.
    assert_eq!(run.refolds, [(date(noon(0)), "standing_fact".to_owned())]);
    // Days that are held are right at once.
    run.check(&full("p", &all), date(noon(17))).unwrap();
}

#[test]
fn a_flight_today_reaches_nothing_that_left() {
    let zone = |zone: &str, at| {
        let content =
            Content::new(Origin::of(source("phone")), at, ZoneChanged { zone: zone.parse().unwrap() });
        let mut told = told(Said::Fact(content), 0);
        told.clock.wall = at;
        told
    };
    let (mut run, mut all) = (Run::new(), vec![]);
    for day in 0..40 {
        let mut batch = vec![];
        for hour in [-11, -4, 3, 11] {
            let at = noon(day).plus_secs(hour * 3600);
            let mut cup = told(Said::Fact(coffee(None, at, 80.0)), 0);
            cup.clock.wall = at;
            batch.push(cup);
        }
        match day {
            0 => batch.push(zone("Europe/Paris", noon(0))),
            25 => batch.push(zone("America/New_York", noon(25))),
            32 => batch.push(zone("Asia/Tokyo", noon(32))),
            _ => {}
        }
        run.batch(&batch, noon(day).plus_secs(40_000));
        all.extend(batch);
    }
    assert_eq!((run.refolds.len(), run.back), (0, 0), "{:?}", run.refolds);
    let log = full("p", &all);
    run.check(&log, LocalDate::from_days(i32::MIN)).unwrap();
    assert!(run.state == state_of(&log, noon(39).plus_secs(40_000)).unwrap());
}

#[test]
fn days_close_at_the_persons_midnight() {
    let mut run = Run::new();
    let zone = Content::new(
        Origin::of(source("phone")),
        noon(0),
        ZoneChanged { zone: "Asia/Tokyo".parse().unwrap() },
    );
    let mut first = [told(Said::Fact(zone), 0), told(Said::Fact(coffee(None, noon(0), 80.0)), 1)];
    first.iter_mut().for_each(|t| t.clock.wall = noon(0).plus_micros(t.clock.wall.micros() % 10_000_000));
    let timers = run.batch(&first, noon(0).plus_secs(60));
    assert_eq!(timers.at_us, [noon(0).plus_secs(3 * 3600).micros()], "midnight in Tokyo is 15:00 UTC");
    let open = run.days.clone();
    run.days.clear();
    let timers = run.batch(&[], noon(0).plus_secs(3 * 3600));
    assert_eq!(run.days, open, "the day is given out once more, closed");
    assert_eq!(timers.at_us, [noon(1).plus_secs(3 * 3600).micros()]);
    run.days.clear();
    run.batch(&[], noon(0).plus_secs(4 * 3600));
    assert!(run.days.is_empty());
    // When nothing is held any more, nobody need call again.
    assert!(run.batch(&[], noon(20)).at_us.is_empty());
}

#[test]
fn one_bad_state_stops_one_person_only() {
    let said = Said::Fact(coffee(None, noon(0), 80.0));
    let mut one = Columns::default();
    ["a", "b", "c", "d"].iter().zip(0..).for_each(|(_, key)| one.add(key, &told(said.clone(), 0)));
    let people = ["a", "b", "c", "d"];
    let (states, ..) = one.apply(&people, &vec![vec![]; 4], now());
    let mut bad = states.clone();
    bad[0][4] = 9; // another version
    bad[1][40] ^= 1; // damage
    bad[2] = states[3].clone(); // somebody else's
    let mut two = Columns::default();
    for key in 0..4 {
        two.add(key, &told(Said::Fact(coffee(None, noon(1), 40.0)), 1));
        two.add(key, &told(Said::Series(block("steps", "watch", noon(1), 60, &[5.0])), 2));
    }
    let (after, outputs, timers) = two.apply(&people, &bad, now());
    assert_eq!(&after[..3], &bad[..3]);
    assert_ne!(after[3], bad[3]);
    assert_eq!((outputs.days.key, timers.key), (vec![3], vec![3]));
    let back = outputs.handed_back;
    assert_eq!(back.key, [0, 0, 0, 1, 1, 1, 2, 2, 2]);
    assert_eq!(back.row, [-1, 0, 0, -1, 1, 1, -1, 2, 2]);
    assert_eq!(&back.lane[..3], [0, Lane::Facts as u8, Lane::Series as u8]);
    for (row, code) in [(0, Code::Unsupported), (3, Code::Corrupt), (6, Code::Conflict)] {
        assert_eq!(back.code.view().get(row), Some(code.as_str().as_bytes()));
    }
}

#[test]
fn impossible_rows_come_back_with_their_reason() {
    let mut columns = Columns::default();
    let text = |mg: &str| {
        format!(
            r#"{{"specversion":"1.0","id":"7","source":"diary","type":"health.caffeine_consumed","time":"2026-03-10T08:00:00Z","data":{{"amount_mg":{mg}}}}}"#
        )
    };
    columns.json(0, &text("80"), clock(0));
    columns.json(0, &text("-80"), clock(1));
    columns.json(0, "{", clock(2));
    let mut late = clock(3);
    late.wall = now().plus_secs(3 * 86_400);
    columns.json(0, &text("40"), late);
    columns.add(0, &told(Said::Series(block("heart_rate", "watch", noon(1), 60, &[60.0, 612.0, 0.0])), 4));
    let (_, outputs, _) = columns.apply(&["p"], &[vec![]], now());
    let back = &outputs.handed_back;
    let codes: Vec<&str> =
        (0..4).map(|i| std::str::from_utf8(back.code.view().get(i).unwrap()).unwrap()).collect();
    assert_eq!(codes, ["out_of_range", "malformed", "out_of_range", "out_of_range"]);
    assert_eq!((back.row.as_slice(), back.count.as_slice()), (&[1, 2, 3, 0][..], &[1, 1, 1, 2][..]));
    assert_eq!(outputs.days.key.len(), 2);
}

#[test]
fn columns_that_do_not_fit_are_refused_whole() {
    use twin_core::stream::*;
    let keys: Binary = ["p", "p"].iter().collect();
    let states: Binary = ["", ""].iter().collect();
    let none = (FactColumns::default(), SeriesColumns::default());
    assert!(apply_batch(keys.view(), states.view(), &none.0, &none.1, now()).is_err(), "a person twice");
    let keys: Binary = ["p", "q"].iter().collect();
    let facts = FactColumns { key: &[2], ..none.0 };
    assert!(apply_batch(keys.view(), states.view(), &facts, &none.1, now()).is_err(), "a key that is none");
    let series = SeriesColumns { key: &[0], ..none.1 };
    assert!(apply_batch(keys.view(), states.view(), &none.0, &series, now()).is_err(), "columns of no rows");
}
