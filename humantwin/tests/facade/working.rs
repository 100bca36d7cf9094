//! What models say of a working life, and what each input of it changes.

use super::help::World;
use humantwin::core::estimate::{EstimateKind, EstimateStatus};
use humantwin::{Code, LocalDate, PlanKind, PlanRequest, PredictionView, Purpose, Twin};
use serde_json::{Value, json};
use std::sync::OnceLock;
use twin_testkit::{WorkOptions, write_work};

/// Days of the working life; the world's clock stands at the noon of the last.
const DAYS: u32 = 70;

/// The events of ten weeks.
fn life() -> Vec<Value> {
    let last = LocalDate::from_days(20_522);
    let start = last.plus_days(1 - DAYS as i32);
    let lines = write_work(5, &WorkOptions { start, days: DAYS, offset_s: 3600, alone: true });
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The same as a rule changes them; `None` leaves one out.
fn world(rule: impl Fn(Value) -> Option<Value>) -> World {
    let world = World::new();
    let zone = json!({ "specversion": "1.0", "id": "zone", "source": "me", "type": "person.profile_stated",
        "time": "2025-12-01T08:00:00Z", "data": { "zone": "Europe/Paris" } });
    world.me.record_json(&zone.to_string()).unwrap();
    for event in life().into_iter().filter_map(rule) {
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

/// An answer of that name has a value, and is another one without the input.
fn answer_changes(model: &str, name: &str, world: &World, other: &World) {
    let of = |world: &World| values(&said(&world.me, model)).into_iter().find(|(n, _)| n == name);
    let with = of(world).and_then(|(_, value)| value);
    assert!(with.is_some(), "{model} says nothing of {name}");
    assert_ne!(with, of(other).and_then(|(_, value)| value), "{name} of {model} does not hear of it");
}

macro_rules! named_inputs {
    ($($test:ident: $model:literal $name:literal, $rule:expr;)+) => {
        $(#[test]
        fn $test() {
            answer_changes($model, $name, whole(), &world($rule));
        })+
    };
}

named_inputs! {
    waiting_for_others_is_heard: "daily_capacity" "work_units", without_waits;
    declined_meetings_are_heard: "conflict_risk" "cem", without_answers;
    the_loads_of_others_are_heard: "conflict_risk" "ana", without_others_loads;
    unclear_roles_are_heard: "conflict_risk" "ana", without_scale("role_clarity");
    what_is_sustainable_is_heard: "burnout_forecast" "exhaustion",
        stripped("capacity.workload_changed", "sustainable_h");
}

/// Without the times that work waited to be taken up or reviewed.
fn without_waits(event: Value) -> Option<Value> {
    let event = stripped("collaboration.handed_off", "ready_at")(event)?;
    stripped("collaboration.review_done", "waited_s")(event)
}

/// Without what people answered to invitations.
fn without_answers(mut event: Value) -> Option<Value> {
    if is(&event, &["collaboration.meeting_attended"]) {
        let entry = event["data"]["entry"].as_object_mut().unwrap();
        entry.retain(|name, _| !name.starts_with("declined"));
    }
    Some(event)
}

fn without_others_loads(event: Value) -> Option<Value> {
    let others = is(&event, &["capacity.workload_changed"]) && event["data"].get("person").is_some();
    (!others).then_some(event)
}

fn without_scale(scale: &'static str) -> impl Fn(Value) -> Option<Value> {
    move |mut event| {
        if let Some(asked) = event["data"].get_mut("scales").and_then(Value::as_array_mut) {
            asked.retain(|answer| answer["scale"] != scale);
            if asked.is_empty() {
                return None;
            }
        }
        Some(event)
    }
}

#[test]
fn tasks_in_the_hands_of_others_are_their_load_where_they_say_none() {
    let shared = |event: Value| {
        let mut event = without_others_loads(event)?;
        let number = event["data"]["task"].as_str().and_then(|id| id.strip_prefix("T-")?.parse::<u32>().ok());
        if is(&event, &["task.planned"]) && number.is_some_and(|n| n % 2 == 0 && n > 20) {
            event["data"]["about"]["assignee"] = json!("ana");
        }
        Some(event)
    };
    answer_changes("conflict_risk", "ana", &world(shared), &world(without_others_loads));
}

#[test]
fn thirty_joint_outcomes_make_compatibility_a_probability() {
    let shared = |mut event: Value| {
        if is(&event, &["task.completed"]) {
            let ana = (event["data"]["duration_s"].as_f64().unwrap() as u64).is_multiple_of(2);
            event["data"]["with"] = json!([if ana { "ana" } else { "ben" }]);
        }
        Some(event)
    };
    let untold = |event: Value| {
        let event = stripped("task.completed", "rework")(shared(event)?)?;
        stripped("task.completed", "rating")(event)
    };
    let (with, without) = (world(shared), world(untold));
    answer_changes("compatibility", "ana", &with, &without);
    let kind = |world: &World| {
        let view = said(&world.me, "compatibility");
        view.estimates.into_iter().find(|e| e.name == "ana").unwrap().estimate
    };
    let (known, index) = (kind(&with), kind(&without));
    assert_eq!((known.kind, index.kind), (EstimateKind::Probability, EstimateKind::Index));
    assert!(known.n_effective >= 30.0 && known.value.is_some_and(|p| (0.0..1.0).contains(&p)), "{known:?}");
    assert!(index.gaps[0].starts_with("0 joint outcomes"), "{:?}", index.gaps);
    // Others' work is not the person's.
    let others = world(|event| {
        let mut event = shared(event)?;
        if is(&event, &["task.completed"]) {
            event["data"]["about"]["assignee"] = json!("cem");
        }
        Some(event)
    });
    assert!(kind(&others).gaps[0].starts_with("0 joint outcomes"));
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
fn what_was_learnt_goes_with_what_it_was_learnt_of() {
    const ASKED: [&str; 4] = ["style_match", "compatibility", "meetings", "team_composition"];
    let all = |world: &World| ASKED.map(|model| said(&world.me, model));
    let (world, kinds) = (world(Some), ["collaboration.message_sent", "collaboration.meeting_attended"]);
    // Asked again, and at another moment: as if never asked before.
    let first = all(&world);
    assert_eq!(first, all(&world));
    let fresh = super::working::world(Some);
    for world in [&world, &fresh] {
        world.clock.set("2026-03-10T15:00:00Z");
    }
    assert_eq!(all(&world), all(&fresh));
    assert_ne!(first, all(&world));
    // What is deleted is deleted from what was learnt, too.
    for event in life().iter().filter(|event| is(event, &kinds)) {
        world.me.delete(event["source"].as_str().unwrap(), event["id"].as_str().unwrap()).unwrap();
    }
    let without = super::working::world(|event| (!is(&event, &kinds)).then_some(event));
    without.clock.set("2026-03-10T15:00:00Z");
    assert_eq!(all(&world).map(|said| values(&said)), all(&without).map(|said| values(&said)));
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
