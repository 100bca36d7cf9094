//! What models say of a twin: an answer or the reason why there is none, the past as it was, and for whom.

use super::help::{World, fact, pulse, t};
use super::person::{DAYS, NOON, columns, date, day, event, facts, minute, profile};
use humantwin::core::event::{CheckInAnswered, ScaleAnswer};
use humantwin::{Code, PlanChange, PredictionView, Purpose, Scenario, SimulationView, Timestamp, Twin};
use serde_json::{Value, json};

const PRIVATE: [&str; 22] = [
    "mood_trend",
    "burnout_risk",
    "wellness",
    "stress_recovery",
    "stress_now",
    "stress_load",
    "break_advice",
    "burnout_forecast",
    "cognitive_load",
    "compatibility",
    "conflict_risk",
    "hand_offs",
    "meetings",
    "mentoring",
    "network_role",
    "new_ties",
    "strain_recovery",
    "stress_risk",
    "style_match",
    "synergy",
    "team_composition",
    "ties",
];

fn record(world: &World, facts: &[Value]) {
    for fact in facts {
        world.me.record_json(&fact.to_string()).unwrap();
    }
}

fn recorded(facts: &[Value]) -> World {
    let world = World::new();
    record(&world, facts);
    world
}

/// Ten weeks with all samples.
fn person() -> World {
    person_without("nothing")
}

fn person_without(kind: &str) -> World {
    let mut facts = facts(DAYS);
    facts.retain(|fact| fact["type"] != kind);
    let world = recorded(&facts);
    for c in columns() {
        world.me.record_series(c.source, c.metric, c.unit, c.starts_us, c.durations_us, c.values).unwrap();
    }
    world
}

fn said(twin: &Twin, model: &str) -> PredictionView {
    twin.predict(model, None, None).unwrap()
}

fn all(world: &World) -> Vec<PredictionView> {
    Twin::models().iter().map(|model| said(&world.me, model.id)).collect()
}

/// A number that is none is written as null; optional fields that are absent are not written at all, so a null
/// stands for a number that is none.
fn no_nulls(value: &Value, path: &str) {
    match value {
        Value::Null => panic!("{path} is no number"),
        Value::Array(list) => list.iter().for_each(|v| no_nulls(v, path)),
        Value::Object(map) => map.iter().for_each(|(key, v)| no_nulls(v, &format!("{path}.{key}"))),
        _ => {}
    }
}

/// A value that makes sense, or the reason why there is none.
fn sound(view: &PredictionView) {
    let name = format!("{} {view:?}", view.model);
    no_nulls(&serde_json::to_value(view).unwrap(), &view.model);
    assert!(!view.estimates.is_empty(), "{name}");
    for named in &view.estimates {
        let e = &named.estimate;
        assert_eq!((&e.model, &e.version), (&view.model, &view.version), "{}", named.name);
        let shares = [e.confidence, e.coverage, e.prior_share];
        assert!(shares.iter().all(|x| (0.0..=1.0).contains(x)), "{}: {e:?}", named.name);
        assert!(e.n_effective.is_finite() && e.n_effective >= 0.0, "{}: {e:?}", named.name);
        match e.value {
            Some(value) => {
                let (low, high) = (e.low.unwrap_or(value), e.high.unwrap_or(value));
                assert!(low <= value && value <= high, "{} {}: {e:?}", view.model, named.name);
            }
            None => {
                assert!(e.gaps.iter().any(|gap| !gap.is_empty()), "{} {}: {e:?}", view.model, named.name);
                assert!(e.low.is_none() && e.high.is_none() && e.confidence == 0.0, "{e:?}");
            }
        }
    }
    for span in &view.spans {
        assert!(span.start <= span.end, "{name}");
    }
    for curve in &view.curves {
        assert!(curve.points.is_sorted_by_key(|p| p.at), "{name}");
    }
}

/// Every model and the plain what-if answer soundly.
fn all_sound(world: &World) -> Vec<PredictionView> {
    let views = all(world);
    views.iter().for_each(sound);
    let outlook = world.me.simulate(&scenario(Vec::new())).unwrap();
    no_nulls(&serde_json::to_value(&outlook).unwrap(), "simulate");
    unchanged(&outlook);
    views
}

fn scenario(changes: Vec<PlanChange>) -> Scenario {
    Scenario { changes, days: Some(3), draws: Some(20), ..Scenario::default() }
}

fn early() -> PlanChange {
    PlanChange::SleepAt { days: vec![1, 2, 3], bed: "22:00".into(), wake: "06:30".into() }
}

/// Without a change there is no difference at all.
fn unchanged(view: &SimulationView) {
    assert!(view.reasons.is_empty(), "{view:?}");
    for q in &view.quantities {
        assert_eq!(q.plan, q.changed, "{}", q.name);
        assert!(q.difference.iter().all(|b| [b.low, b.value, b.high] == [0.0; 3]), "{}: {q:?}", q.name);
    }
}

fn answering(views: &[PredictionView]) -> Vec<&str> {
    let any = |v: &&PredictionView| v.estimates.iter().any(|e| e.estimate.value.is_some());
    views.iter().filter(any).map(|v| v.model.as_str()).collect()
}

#[test]
fn of_nobody_nothing_personal_is_said() {
    let views = all_sound(&World::new());
    // What holds for everybody may be said, and says that it is nobody's own.
    for named in views.iter().flat_map(|v| &v.estimates) {
        let e = &named.estimate;
        assert!(e.value.is_none() || e.prior_share == 1.0, "{}: {e:?}", named.name);
    }
}

#[test]
fn of_one_day_there_is_an_answer_or_a_reason() {
    let first: Vec<Value> = std::iter::once(profile()).chain(day(0)).collect();
    let views = all_sound(&recorded(&first));
    assert!(answering(&views).contains(&"sleep_night"));
}

#[test]
fn of_ten_weeks_nearly_every_model_has_something_to_say() {
    let world = person();
    let views = all_sound(&world);
    // Models of work have a life of their own: `working.rs`.
    let of_body = Twin::models().into_iter().filter(|m| m.health && m.id != "stress_risk");
    let silent: Vec<&str> = of_body.map(|m| m.id).filter(|id| !answering(&views).contains(id)).collect();
    // No night of beats or heart rate, no reading of today, no window of the last minutes with a heart rate often
    // enough, and no rise above the day's mean that is left after the episode.
    assert_eq!(silent, ["hrv_night", "hrv_spot", "resting_hr", "stress_now", "stress_recovery"], "silent");
}

#[test]
fn after_forty_days_without_anything_it_is_sound() {
    let known: Vec<Value> = std::iter::once(profile()).chain((40..DAYS).rev().flat_map(day)).collect();
    let views = all_sound(&recorded(&known));
    let silent = ["sleep_night", "recovery_index", "sleep_score", "stress_now"];
    assert!(silent.iter().all(|id| !answering(&views).contains(id)), "of today nothing is known");
    // And with last night behind the gap.
    let views = all_sound(&recorded(&known.into_iter().chain(day(0)).collect::<Vec<_>>()));
    assert!(answering(&views).contains(&"sleep_night"));
}

#[test]
fn a_clock_that_jumps_breaks_nothing() {
    let world = person();
    for at in ["2026-03-10T11:59:59Z", "2025-11-01T00:00:00Z", "1970-01-01T00:00:00Z", "2027-06-01T23:30:00Z"]
    {
        world.clock.set(at);
        all_sound(&world);
    }
    world.clock.set(NOON);
    assert_eq!(said(&world.me, "sleep_debt"), said(&person().me, "sleep_debt"));
}

#[test]
fn days_that_are_all_alike_give_no_spread_of_zero() {
    let world = World::new();
    record(&world, &[profile()]);
    for back in 0..DAYS {
        let woke = minute(date(back), 360);
        let (start, d) = (minute(date(back), -90), date(back));
        let night = json!({ "start": start, "end": woke, "asleep_min": 430 });
        let mut facts = vec![event(&format!("n{d}"), "ring", "health.sleep_recorded", woke, &night)];
        let same = [
            ("heart_rate_resting", 55.0, "/min"),
            ("hrv_rmssd", 50.0, "ms"),
            ("respiratory_rate", 14.0, "/min"),
            ("skin_temperature_deviation", 0.0, "K"),
            ("body_weight", 70.0, "kg"),
        ];
        for (metric, value, unit) in same {
            let data = json!({ "metric": metric, "value": value, "unit": unit });
            facts.push(event(&format!("{metric}{d}"), "ring", "health.measurement_recorded", woke, &data));
        }
        let scales: Vec<Value> =
            ["readiness", "fatigue", "mood", "stress", "soreness", "sleep_quality", "energy", "exhaustion"]
                .iter()
                .map(|s| json!({ "scale": s, "value": 3, "min": 1, "max": 5, "higher_is_better": true }))
                .collect();
        let data = json!({ "instrument": "morning", "scales": scales });
        facts.push(event(&format!("c{d}"), "diary", "wellbeing.check_in_answered", woke, &data));
        if back > 0 {
            let (start, end) = (minute(date(back), 1020), minute(date(back), 1080));
            let run = json!({ "start": start, "end": end, "sport": "running", "perceived_exertion": 5 });
            facts.push(event(&format!("w{d}"), "watch", "health.workout_recorded", end, &run));
        }
        record(&world, &facts);
    }
    pulse(&world.me, "watch", "2026-03-10T10:00:00Z", &[60.0; 110]);
    let views = all_sound(&world);
    for id in ["sleep_debt", "recovery_index", "training_form", "readiness"] {
        assert!(answering(&views).contains(&id), "{id}");
    }
}

#[test]
fn the_widest_values_that_are_let_in_are_borne() {
    let world = World::new();
    record(&world, &[profile()]);
    let widest = |metric: &str, unit: &str, high: f64, low: f64, back: i32| {
        let wide = [high, low];
        // The widest that is let in: refused values are narrowed until they are.
        for shrink in 0..12 {
            let value = wide[back as usize % 2] / 2_f64.powi(shrink);
            let data = json!({ "metric": metric, "value": value, "unit": unit });
            let id = format!("{metric}{back}");
            let fact = event(&id, "ring", "health.measurement_recorded", minute(date(back), 400), &data);
            if world.me.record_json(&fact.to_string()).is_ok() {
                return;
            }
        }
    };
    for back in 0..60 {
        let woke = minute(date(back), if back % 2 == 0 { 1 } else { 715 });
        let start = minute(date(back), if back % 2 == 0 { 0 } else { -700 });
        let night =
            json!({ "start": start, "end": woke, "asleep_min": if back % 2 == 0 { 0.5 } else { 1400.0 } });
        record(&world, &[event(&format!("n{back}"), "ring", "health.sleep_recorded", woke, &night)]);
        widest("heart_rate_resting", "/min", 300.0, 20.0, back);
        widest("hrv_rmssd", "ms", 1000.0, 0.001, back);
        widest("respiratory_rate", "/min", 120.0, 1.0, back);
        widest("skin_temperature_deviation", "K", 20.0, -20.0, back);
        widest("body_weight", "kg", 700.0, 2.0, back);
        let data = json!({ "amount_mg": 5000 });
        record(&world, &[event(&format!("k{back}"), "diary", "health.caffeine_consumed", woke, &data)]);
        let data = json!({ "drinks": 50, "consumed": true });
        record(&world, &[event(&format!("a{back}"), "diary", "health.alcohol_consumed", woke, &data)]);
        if back > 0 {
            let end = minute(date(back), 1430);
            let start = minute(date(back), 715);
            let run = json!({ "start": start, "end": end, "sport": "running", "perceived_exertion": 10 });
            record(&world, &[event(&format!("w{back}"), "watch", "health.workout_recorded", end, &run)]);
        }
        let body = CheckInAnswered {
            instrument: "morning".into(),
            scales: ["readiness", "mood", "energy", "fatigue", "exhaustion"]
                .map(|scale| ScaleAnswer {
                    scale: scale.into(),
                    value: f64::from(back % 2) * 1e9,
                    min: 0.0,
                    max: 1e9,
                    higher_is_better: None,
                })
                .to_vec(),
            about: None,
            note: None,
        };
        world.me.record(vec![fact("diary", &minute(date(back), 718).to_string(), body)]).unwrap();
    }
    pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[25.0, 240.0].repeat(115));
    all_sound(&world);
}

/// Was the same before and after: asked for as known then, a later fact changes nothing.
#[test]
fn what_was_said_then_stays_said() {
    let world = World::new();
    let then = minute(date(20), 720);
    world.clock.set(&then.to_string());
    let (before, after): (Vec<Value>, Vec<Value>) = facts(DAYS)
        .into_iter()
        .partition(|f| f["time"].as_str().unwrap().parse::<Timestamp>().unwrap() <= then);
    record(&world, &before);
    let told = all(&world);
    let outlook = world.me.simulate(&scenario(vec![early()])).unwrap();
    world.clock.set(NOON);
    record(&world, &after);
    // A night of before that moment that came late.
    let late = json!({ "metric": "heart_rate_resting", "value": 90, "unit": "/min" });
    record(&world, &[event("late", "other", "health.measurement_recorded", minute(date(21), 500), &late)]);
    let again = |known_at| -> Vec<PredictionView> {
        let ask = |model| world.me.predict(model, Some(then), known_at).unwrap();
        Twin::models().iter().map(|m| ask(m.id)).collect()
    };
    for (told, again) in told.iter().zip(again(Some(then))) {
        assert_eq!(*told, again);
    }
    let asked = Scenario { at: Some(then), known_at: Some(then), ..scenario(vec![early()]) };
    assert_eq!(world.me.simulate(&asked).unwrap(), outlook);
    // What happened later is not used either way.
    let later = again(None);
    let debt = |views: &[PredictionView]| views.iter().find(|v| v.model == "sleep_debt").cloned();
    assert_eq!(debt(&later), debt(&told));
    assert_ne!(said(&world.me, "sleep_debt").estimates, debt(&told).unwrap().estimates);
}

#[test]
fn others_are_told_what_their_grant_opens() {
    let world = person();
    let coach = world.other("coach", Purpose::Health);
    let refused = |twin: &Twin| {
        let asked = [
            twin.predict("sleep_debt", None, None).map(drop),
            twin.predict("mood_trend", None, None).map(drop),
            twin.simulate(&Scenario::default()).map(drop),
        ];
        asked.into_iter().all(|r| r.unwrap_err().code == Code::ConsentRequired)
    };
    assert!(refused(&coach));
    world.me.grant("coach", Purpose::Health, None).unwrap();
    world.me.grant("boss", Purpose::Work, None).unwrap();
    let boss = world.other("boss", Purpose::Work);
    let empty = World::new();
    // What one says of oneself is for a companion: health sees the same twin without it.
    let unsaid = person_without("wellbeing.check_in_answered");
    for model in Twin::models() {
        let theirs = said(&coach, model.id);
        let masked = |view: &PredictionView| {
            view.estimates.len() == 1
                && serde_json::to_value(&view.estimates[0].estimate).unwrap()["status"] == "masked"
        };
        assert_eq!(masked(&theirs), PRIVATE.contains(&model.id), "{}", model.id);
        assert!(masked(&theirs) || theirs == said(&unsaid.me, model.id), "{}: {theirs:?}", model.id);
        assert_eq!(masked(&said(&boss, model.id)), PRIVATE.contains(&model.id), "{}", model.id);
        // Nothing of health is used for who may see work only.
        let (text, values) = {
            let view = said(&boss, model.id);
            let known =
                view.estimates.iter().any(|e| e.estimate.value.is_some_and(|_| e.estimate.prior_share < 1.0));
            (format!("{view:?}"), known)
        };
        assert!(!values, "{}: {text}", model.id);
    }
    let theirs = boss.simulate(&scenario(Vec::new())).unwrap();
    let nobodys = empty.me.simulate(&scenario(Vec::new())).unwrap();
    assert_eq!((theirs.quantities, theirs.gaps), (nobodys.quantities, nobodys.gaps));
    assert_eq!(
        coach.simulate(&scenario(vec![early()])).unwrap(),
        world.me.simulate(&scenario(vec![early()])).unwrap()
    );
    world.me.revoke("coach", None).unwrap();
    assert!(refused(&coach));
}

#[test]
fn the_same_seed_gives_the_same_draws_and_another_others() {
    let world = person();
    let run = |seed| world.me.simulate(&Scenario { seed: Some(seed), ..scenario(vec![early()]) }).unwrap();
    assert_eq!(run(1), world.me.simulate(&scenario(vec![early()])).unwrap());
    assert_eq!(run(7), run(7));
    assert_ne!(run(1).quantities, run(2).quantities);
    let outlook = world.me.simulate(&scenario(Vec::new())).unwrap();
    unchanged(&outlook);
    assert_eq!(outlook.quantities.len(), 10, "{:?}", outlook.gaps);
    // An earlier night pays off debt, on every day that follows it.
    let debt = run(1).quantities.into_iter().find(|q| q.name == "sleep_debt").unwrap();
    assert!(debt.difference.iter().all(|b| b.value < 0.0), "{debt:?}");
}

#[test]
fn what_is_no_question_is_refused() {
    let world = World::new();
    let refused = |s: Scenario| world.me.simulate(&s).unwrap_err().code;
    let change = |c: PlanChange| refused(scenario(vec![c]));
    let numbers = [
        change(PlanChange::Train { day: 1, load: f64::NAN }),
        change(PlanChange::Train { day: 1, load: -1.0 }),
        change(PlanChange::Alcohol { day: 1, drinks: f64::INFINITY }),
        change(PlanChange::Caffeine { day: 1, at: "08:00".into(), amount_mg: -1.0 }),
        change(PlanChange::Caffeine { day: 1, at: "8".into(), amount_mg: 1.0 }),
        refused(Scenario { days: Some(0), ..Scenario::default() }),
        refused(Scenario { draws: Some(5001), ..Scenario::default() }),
    ];
    assert_eq!(numbers, [Code::InvalidValue; 7]);
    assert_eq!(world.me.predict("", None, None).unwrap_err().code, Code::NotFound);
    // Days that are not simulated are no changes of it; none breaks it.
    let far = PlanChange::RestDay { day: u32::MAX };
    let none = PlanChange::SleepAt { days: Vec::new(), bed: "22:00".into(), wake: "22:00".into() };
    for c in [far, none, PlanChange::Train { day: 0, load: 1e300 }] {
        no_nulls(
            &serde_json::to_value(person().me.simulate(&scenario(vec![c])).unwrap()).unwrap(),
            "simulate",
        );
    }
}

/// The lines that the examples of every language print.
#[test]
fn the_examples_print_what_is_said_here() {
    let world = World::new();
    world.clock.set("2026-03-01T12:00:00Z");
    let nights: Vec<Value> = (0..21)
        .map(|back| {
            let woke = t("2026-03-01T06:30:00Z").plus_secs(-86_400 * back);
            let data =
                json!({ "start": woke.plus_secs(-23_400), "end": woke, "asleep_min": 350 + 10 * (back % 4) });
            event(&format!("n{back}"), "ring", "health.sleep_recorded", woke, &data)
        })
        .collect();
    record(&world, &nights);
    let debt = said(&world.me, "sleep_debt").estimates.remove(0).estimate;
    let [value, low, high] = [debt.value, debt.low, debt.high].map(Option::unwrap);
    let plan = Scenario { changes: vec![early()], days: Some(3), ..Scenario::default() };
    let outlook = world.me.simulate(&plan).unwrap();
    let owed = outlook.quantities.iter().find(|q| q.name == "sleep_debt").unwrap();
    let (usual, changed) = (owed.plan[2].value, owed.changed[2].value);
    let lines = format!(
        "you owe {value:.1} h of sleep, {low:.1} to {high:.1} h\n\
         in three days {usual:.1} h as usual, {changed:.1} h when in bed by ten\n"
    );
    assert_eq!(lines, include_str!("../../../examples/predict.txt"));
}
