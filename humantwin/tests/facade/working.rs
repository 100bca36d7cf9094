//! What models say of a working life, and what each input of it changes.

use super::help::World;
use humantwin::core::estimate::EstimateStatus;
use humantwin::{Code, LocalDate, PlanKind, PlanRequest, PredictionView, Purpose, Twin};
use serde_json::{Value, json};
use std::sync::OnceLock;
use twin_testkit::{WorkOptions, write_work};

/// Days of the working life; the world's clock stands at the noon of the last.
const DAYS: u32 = 70;

/// The events of ten weeks as a rule changes them; `None` leaves one out.
fn world(rule: impl Fn(Value) -> Option<Value>) -> World {
    let last = LocalDate::from_days(20_522);
    let start = last.plus_days(1 - DAYS as i32);
    let lines = write_work(5, &WorkOptions { start, days: DAYS, offset_s: 3600, alone: true });
    let world = World::new();
    let zone = json!({ "specversion": "1.0", "id": "zone", "source": "me", "type": "person.profile_stated",
        "time": "2025-12-01T08:00:00Z", "data": { "zone": "Europe/Paris" } });
    world.me.record_json(&zone.to_string()).unwrap();
    for event in lines.lines().filter_map(|line| rule(serde_json::from_str(line).unwrap())) {
        world.me.record_json(&event.to_string()).unwrap();
    }
    world
}

fn said(twin: &Twin, model: &str) -> PredictionView {
    twin.predict(model, None, None).unwrap()
}

/// Everything the models of work say of the whole life.
fn whole() -> &'static World {
    static WHOLE: OnceLock<World> = OnceLock::new();
    WHOLE.get_or_init(|| world(Some))
}

fn values(view: &PredictionView) -> Vec<(String, Option<f64>)> {
    view.estimates.iter().map(|e| (e.name.clone(), e.estimate.value)).collect()
}

/// An answer with a value is there, and is another one without the input.
fn changes(model: &str, rule: impl Fn(Value) -> Option<Value>) {
    let with = values(&said(&whole().me, model));
    assert!(with.iter().any(|(_, value)| value.is_some()), "{model} says nothing: {with:?}");
    let without = values(&said(&world(rule).me, model));
    assert_ne!(with, without, "{model} does not hear of it");
}

fn is(event: &Value, kinds: &[&str]) -> bool {
    kinds.iter().any(|kind| event["type"] == *kind)
}

fn without(kinds: &'static [&'static str]) -> impl Fn(Value) -> Option<Value> {
    move |event| (!is(&event, kinds)).then_some(event)
}

/// Without the person's own events of a kind.
fn without_own(kind: &'static str) -> impl Fn(Value) -> Option<Value> {
    move |event| (!is(&event, &[kind]) || event["data"].get("person").is_some()).then_some(event)
}

/// Events of a kind without a field.
fn stripped(kind: &'static str, field: &'static str) -> impl Fn(Value) -> Option<Value> {
    move |mut event| {
        if is(&event, &[kind]) {
            event["data"].as_object_mut().unwrap().remove(field);
        }
        Some(event)
    }
}

macro_rules! inputs {
    ($($name:ident: $model:literal, $rule:expr;)+) => {
        $(#[test]
        fn $name() {
            changes($model, $rule);
        })+
    };
}

inputs! {
    task_times_are_heard: "task_duration", without(&["task.completed"]);
    skill_proficiency_is_heard: "daily_capacity", without_own("skill.assessed");
    energy_patterns_are_heard: "peak_windows", without(&["capacity.energy_updated"]);
    stress_indicators_are_heard: "stress_risk", without(&["capacity.stress_detected"]);
    collaboration_is_heard: "daily_capacity", without(&["collaboration.handed_off"]);
    learning_velocity_is_heard: "capacity_forecast", without(&["learning.completed"]);
    the_calendar_is_heard: "daily_capacity", without(&["collaboration.meeting_attended"]);
    deadlines_are_heard: "stress_risk", stripped("task.planned", "due");
    changes_of_the_team_are_heard: "new_ties", without(&["collaboration.team_changed"]);
    assessments_are_heard: "skill_trajectory", without_own("skill.assessed");
    learning_is_heard: "learning_methods", without(&["learning.completed"]);
    task_performance_is_heard: "mastery", without(&["task.completed", "task.check_finished"]);
    feedback_and_reviews_are_heard: "skill_gaps",
        without(&["collaboration.feedback_given", "collaboration.review_done"]);
    mentoring_is_heard: "skill_trajectory", without(&["collaboration.mentoring_session"]);
    knowledge_transfer_is_heard: "skill_transfer", stripped("skill.improved", "from_skill");
    communication_is_heard: "style_match", stripped("collaboration.message_sent", "style");
    hand_offs_are_heard: "compatibility", without(&["collaboration.handed_off"]);
    conflicts_are_heard: "conflict_risk", without(&["collaboration.feedback_given"]);
    creative_output_is_heard: "synergy", stripped("task.completed", "with");
    meetings_are_heard: "compatibility", stripped("collaboration.meeting_attended", "quality");
    shared_knowledge_is_heard: "mentoring", without(&["collaboration.mentoring_session"]);
}

/// The eighteen outputs and the models that give them.
const OUTPUTS: [(&str, &str); 18] = [
    ("optimal daily capacity", "daily_capacity"),
    ("peak performance windows", "peak_windows"),
    ("cognitive load capacity", "cognitive_load"),
    ("stress risk score", "stress_risk"),
    ("burnout prediction", "burnout_forecast"),
    ("recovery time needed", "strain_recovery"),
    ("proficiency trajectory", "skill_trajectory"),
    ("learning velocity by skill", "skill_trajectory"),
    ("optimal learning methods", "learning_methods"),
    ("transfer opportunities", "skill_transfer"),
    ("mastery timeline", "mastery"),
    ("knowledge gaps", "skill_gaps"),
    ("compatibility scores", "compatibility"),
    ("optimal team compositions", "team_composition"),
    ("style matching", "style_match"),
    ("conflict prediction and prevention", "conflict_risk"),
    ("synergy opportunities", "synergy"),
    ("mentoring potential", "mentoring"),
];

#[test]
fn every_output_is_there_with_an_interval_and_a_reason_or_a_gap() {
    for (output, model) in OUTPUTS {
        let view = said(&whole().me, model);
        let known: Vec<_> = view.estimates.iter().filter(|e| e.estimate.value.is_some()).collect();
        assert!(!known.is_empty(), "{output}: {view:?}");
        for one in known {
            let e = &one.estimate;
            // What lies beyond ten years, or never comes, has no end.
            let open = model == "mastery";
            assert!(open || (e.low <= e.value && e.value <= e.high && e.low.is_some()), "{output}: {one:?}");
            assert!((0.0..=1.0).contains(&e.confidence), "{output}: {one:?}");
        }
    }
}

#[test]
fn nothing_is_told_as_sure_of_which_nothing_is_known() {
    let more = [
        "task_duration",
        "skill_level",
        "skill_memory",
        "bkt",
        "knowledge",
        "capacity_forecast",
        "break_advice",
    ];
    let together = ["ties", "network_role", "hand_offs", "meetings", "new_ties", "learning_methods"];
    for model in OUTPUTS.iter().map(|output| output.1).chain(more).chain(together) {
        for one in said(&whole().me, model).estimates {
            let e = &one.estimate;
            let unsure = e.status == EstimateStatus::Ok && e.confidence <= 0.0;
            assert!(!unsure, "{model} {}: {e:?}", one.name);
        }
    }
}

#[test]
fn what_tells_of_others_or_of_strain_is_for_the_person_alone() {
    let world = whole();
    world.me.grant("lead", Purpose::Work, None).unwrap();
    let lead = world.other("lead", Purpose::Work);
    for model in
        ["burnout_forecast", "stress_risk", "cognitive_load", "conflict_risk", "ties", "compatibility"]
    {
        let told = said(&lead, model);
        assert!(told.estimates.iter().all(|e| e.estimate.value.is_none()), "{told:?}");
    }
    // Tasks and calendars are shared knowingly.
    assert!(said(&lead, "task_duration").estimates.iter().any(|e| e.estimate.value.is_some()));
    // What comes back from hand-offs is in none of what they are told.
    let parts = |twin: &Twin| {
        let units =
            said(twin, "daily_capacity").estimates.into_iter().find(|e| e.name == "work_units").unwrap();
        units.estimate.contributions.iter().any(|c| c.feature == "work that bounced back")
    };
    assert!(parts(&world.me) && !parts(&lead));
    // Somebody with another purpose sees none of the work.
    world.me.grant("coach", Purpose::Health, None).unwrap();
    let coach = world.other("coach", Purpose::Health);
    assert!(said(&coach, "task_duration").estimates.iter().all(|e| e.estimate.value.is_none()));
    let week = PlanKind::Week { days: None, current: vec![] };
    let request = PlanRequest { plan: week, steps: None, seed: None, at: None, known_at: None };
    assert_eq!(coach.plan(&request).unwrap_err().code, Code::ConsentRequired);
}

#[test]
fn the_past_is_told_from_what_was_known_then() {
    let world = whole();
    let then = "2026-02-17T12:00:00Z".parse().unwrap();
    let past = world.me.predict("skill_level", Some(then), None).unwrap();
    let now = said(&world.me, "skill_level");
    assert_ne!(values(&past), values(&now));
    // What is learnt later does not change what was known.
    let again = super::working::world(Some);
    let late = json!({ "specversion": "1.0", "id": "late", "source": "skills", "type": "skill.assessed",
        "time": "2026-02-16T12:00:00Z", "data": { "skill": "rust", "score": 5.0 } });
    let before = again.me.predict("skill_level", Some(then), None).unwrap();
    again.clock.set("2026-03-10T13:00:00Z");
    again.me.record_json(&late.to_string()).unwrap();
    let known =
        again.me.predict("skill_level", Some(then), Some("2026-03-10T12:30:00Z".parse().unwrap())).unwrap();
    assert_eq!(values(&before), values(&known));
    assert_ne!(values(&before), values(&again.me.predict("skill_level", Some(then), None).unwrap()));
}

#[test]
fn a_week_is_planned_within_its_rules() {
    let week = PlanKind::Week { days: Some(5), current: vec![] };
    let request = PlanRequest { plan: week, steps: Some(200), seed: None, at: None, known_at: None };
    let plan = whole().me.plan(&request).unwrap();
    assert!(!plan.blocks.is_empty() && plan.objective <= plan.bound);
    let mut blocks = plan.blocks.clone();
    blocks.sort_by_key(|b| b.start);
    for pair in blocks.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{pair:?}");
    }
    assert!(blocks.iter().all(|b| b.start >= plan.at));
    // Replanning the same moves nothing.
    let kept = PlanKind::Week { days: Some(5), current: plan.blocks.clone() };
    let again = whole().me.plan(&PlanRequest { plan: kept, ..request.clone() }).unwrap();
    assert!(again.words.iter().filter(|w| w.contains("moves to")).count() <= 2, "{:?}", again.words);
    assert_eq!(whole().me.plan(&request).unwrap(), plan);
}

#[test]
fn what_cannot_be_planned_is_refused_with_its_reason() {
    let ask = |plan: Value| {
        let request: PlanRequest = serde_json::from_value(json!({ "plan": plan })).unwrap();
        whole().me.plan(&request).map(|p| p.words).map_err(|e| (e.code, e.message))
    };
    let item =
        |name: &str, needs: &str| json!({ "name": name, "skill": "rust", "hours": 2.0, "needs": [needs] });
    let circle = json!({ "type": "learning_path", "hours": 9.0, "hours_per_week": 3.0, "items": [item("a", "b"), item("b", "a")] });
    let (code, message) = ask(circle).unwrap_err();
    assert!(code == Code::Conflict && message.contains("circle") && message.contains('a'), "{message}");
    let nobody = json!({ "type": "balance", "tasks": [{ "task": "t", "hours": 1.0 }], "people": [] });
    assert_eq!(ask(nobody).unwrap_err().0, Code::Conflict);
    let unable = json!({ "type": "balance", "tasks": [{ "task": "t", "hours": 1.0, "able": ["zoe"] }],
        "people": [{ "person": "ana", "hours": 10.0 }] });
    assert_eq!(ask(unable).unwrap_err().0, Code::Conflict);
    let odd = json!({ "type": "assign", "tasks": [{ "task": "t", "hours": -1.0 }], "people": [{ "person": "ana", "hours": 1.0 }] });
    assert_eq!(ask(odd).unwrap_err().0, Code::InvalidValue);
    assert_eq!(ask(json!({ "type": "week", "days": 0 })).unwrap_err().0, Code::InvalidValue);
    let alone = json!({ "type": "team", "size": 1, "needs": [{ "skill": "rust", "level": 50.0 }],
        "people": [{ "person": "ana", "skills": [{ "skill": "rust", "level": 60.0 }] }] });
    assert!(ask(alone).is_ok());
}

#[test]
fn people_without_a_history_get_reasons() {
    let world = World::new();
    for model in Twin::models() {
        for one in said(&world.me, model.id).estimates {
            let e = one.estimate;
            assert!(e.value.is_none_or(f64::is_finite), "{}", model.id);
            assert!(e.value.is_some() || !e.gaps.is_empty(), "{} {}", model.id, one.name);
        }
    }
}

#[test]
fn the_examples_print_what_is_said_here() {
    let world = World::new();
    world.clock.set("2026-03-02T07:00:00Z");
    let event = |id: String, kind: &str, at: &str, data: Value| json!({ "specversion": "1.0", "id": id, "source": "tracker", "type": kind, "time": at, "data": data });
    let about = |hours: f64| json!({ "kind": "bug", "estimate_s": hours * 3600.0 });
    for n in 0..12_i64 {
        let at = humantwin::Timestamp::from_secs(1_772_434_800 - (n + 1) * 86_400).to_string();
        let data = json!({ "task": format!("old-{n}"), "duration_s": 3.0 * 3600.0, "about": about(2.0) });
        world.me.record_json(&event(format!("{n}"), "task.completed", &at, data).to_string()).unwrap();
    }
    for (task, hours) in [("T-1", 2.0), ("T-2", 1.0)] {
        let data = json!({ "task": task, "about": about(hours) });
        let planned = event(task.into(), "task.planned", "2026-03-02T07:00:00Z", data);
        world.me.record_json(&planned.to_string()).unwrap();
    }
    let mut lines: String = said(&world.me, "task_duration")
        .estimates
        .iter()
        .map(|e| {
            let [value, low, high] = [e.estimate.value, e.estimate.low, e.estimate.high].map(Option::unwrap);
            format!("{}: {value:.1} h, {low:.1} to {high:.1} h\n", e.name)
        })
        .collect();
    let week = PlanKind::Week { days: Some(2), current: vec![] };
    let request = PlanRequest { plan: week, steps: None, seed: None, at: None, known_at: None };
    let plan = world.me.plan(&request).unwrap();
    let first = plan.blocks.iter().min_by_key(|b| b.start).unwrap();
    lines += &format!(
        "first {} at {}\n",
        first.task,
        first.start.to_string().chars().take(16).collect::<String>()
    );
    assert_eq!(lines, include_str!("../../../examples/work.txt"));
}
