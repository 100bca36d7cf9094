//! What models of work make of single facts: their day and hour, whom they tie, whose task it was.

use super::help::World;
use humantwin::core::estimate::Estimate;
use humantwin::{Code, PlanRequest, PlanView, Twin};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// A twin at home in Paris, at a moment; `12:00Z` of Tuesday, 10 March 2026 unless told otherwise.
fn at(now: &str) -> World {
    let world = World::new();
    world.clock.set(now);
    tell(&world, "person.profile_stated", "2026-01-01T08:00:00Z", json!({ "zone": "Europe/Paris" }));
    world
}

fn now() -> World {
    at("2026-03-10T12:00:00Z")
}

fn tell(world: &World, kind: &str, time: &str, data: Value) {
    static TOLD: AtomicU32 = AtomicU32::new(0);
    let id = TOLD.fetch_add(1, Ordering::Relaxed).to_string();
    let event = json!({ "specversion": "1.0", "id": id, "source": "diary", "type": kind, "time": time, "data": data });
    world.me.record_json(&event.to_string()).unwrap();
}

fn meeting(uid: &str, start: &str, end: &str, people: &[&str], more: Value) -> Value {
    let mut entry =
        json!({ "uid": uid, "start": start, "end": end, "busy": "busy", "title": uid, "people": people });
    entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "entry": entry })
}

fn tracked(world: &World, start: &str, end: &str) {
    tell(world, "capacity.time_tracked", end, json!({ "start": start, "end": end, "project": "site" }));
}

fn estimate(twin: &Twin, model: &str, name: &str) -> Option<Estimate> {
    let said = twin.predict(model, None, None).unwrap();
    said.estimates.into_iter().find(|e| e.name == name).map(|e| e.estimate)
}

/// The part of a feature: its usual value, and what it is now.
fn part(estimate: &Estimate, feature: &str) -> (Option<f64>, Option<f64>) {
    let part = estimate.contributions.iter().find(|c| c.feature == feature).unwrap();
    (part.baseline, part.now)
}

fn plan(twin: &Twin, plan: Value) -> Result<PlanView, Code> {
    let request: PlanRequest = serde_json::from_value(json!({ "plan": plan })).unwrap();
    twin.plan(&request).map_err(|e| e.code)
}

#[test]
fn a_plan_after_the_change_of_clocks_stays_where_its_clock_says() {
    // Friday; clocks go forward on Sunday. What is planned for 14:00 on Monday is still planned for 14:00.
    let world = at("2026-03-27T17:00:00Z");
    tell(
        &world,
        "task.planned",
        "2026-03-27T08:00:00Z",
        json!({ "task": "T-1", "about": { "estimate_s": 900.0 } }),
    );
    let block = json!({ "task": "T-1", "start": "2026-03-30T12:00:00Z", "end": "2026-03-30T12:30:00Z" });
    let plan = plan(&world.me, json!({ "type": "week", "days": 4, "current": [block] })).unwrap();
    let starts: Vec<String> = plan.blocks.iter().map(|b| b.start.to_string()).collect();
    assert_eq!(starts, ["2026-03-30T12:00:00Z"], "{plan:?}");
}

#[test]
fn hours_before_the_change_of_clocks_are_those_of_that_day() {
    let world = at("2026-03-30T10:00:00Z");
    // Friday from 16:00 to 17:00, and today.
    tracked(&world, "2026-03-27T15:00:00Z", "2026-03-27T16:00:00Z");
    tracked(&world, "2026-03-30T08:00:00Z", "2026-03-30T09:00:00Z");
    let load = estimate(&world.me, "cognitive_load", "load").unwrap();
    // Twenty minutes after hours are usual among people, worth seven days; on one day there were none.
    assert_eq!(part(&load, "work after hours"), (Some(17.5), Some(0.0)));
}

#[test]
fn time_tracked_past_midnight_lies_on_both_days() {
    let world = now();
    // From 23:00 to 01:30 in Paris.
    tracked(&world, "2026-03-09T22:00:00Z", "2026-03-10T00:30:00Z");
    let load = estimate(&world.me, "cognitive_load", "load").unwrap();
    assert_eq!(part(&load, "work after hours").1, Some(90.0));
}

#[test]
fn what_was_heard_of_this_morning_was_not_in_hand_yesterday() {
    let world = now();
    for day in ["05", "06", "09", "10"] {
        let [start, end] = ["08", "09"].map(|hour| format!("2026-03-{day}T{hour}:00:00Z"));
        tracked(&world, &start, &end);
    }
    tell(&world, "task.planned", "2026-03-10T09:00:00Z", json!({ "task": "T-1" }));
    let load = estimate(&world.me, "cognitive_load", "load").unwrap();
    // Four tasks are usual among people, worth seven days; on three days there was none.
    let (usual, now) = part(&load, "work in progress");
    assert!((usual.unwrap() - 2.8).abs() < 1e-9 && now == Some(1.0), "{usual:?} {now:?}");
}

#[test]
fn a_task_that_is_overdue_still_has_its_place() {
    let world = at("2026-03-10T08:00:00Z");
    let task = json!({ "task": "T-1", "due": "2026-03-08T16:00:00Z", "about": { "estimate_s": 3600.0 } });
    tell(&world, "task.planned", "2026-03-05T08:00:00Z", task);
    let plan = plan(&world.me, json!({ "type": "week", "days": 2 })).unwrap();
    assert!(plan.blocks.iter().any(|b| b.task == "T-1"), "{plan:?}");
    assert!(plan.words.iter().any(|w| w.contains("`T-1` is overdue")), "{:?}", plan.words);
}

#[test]
fn meetings_that_were_called_off_and_tasks_of_others_tie_nobody() {
    let world = now();
    let (start, end) = ("2026-03-09T09:00:00Z", "2026-03-09T10:00:00Z");
    let off = meeting("off", start, end, &["zoe"], json!({ "cancelled": true }));
    tell(&world, "collaboration.meeting_attended", end, off);
    let theirs = json!({ "task": "T-1", "with": ["cem"], "about": { "assignee": "ben" }, "rating": 0.9 });
    tell(&world, "task.completed", end, theirs);
    let held = meeting("held", start, end, &["ana", "ben"], json!({}));
    tell(&world, "collaboration.meeting_attended", end, held);
    let said = world.me.predict("ties", None, None).unwrap();
    let others: Vec<&str> = said.estimates.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(others, ["ana", "ben"]);
}

#[test]
fn a_task_that_somebody_unknown_reports_as_done_stays_the_persons() {
    let world = now();
    let mine = json!({ "task": "T-1", "about": { "kind": "bug", "estimate_s": 3600.0 } });
    tell(&world, "task.planned", "2026-03-09T08:00:00Z", mine);
    let done = json!({ "task": "T-1", "duration_s": 7200.0, "about": { "assignee": "unknown", "requester": "unknown" } });
    tell(&world, "task.completed", "2026-03-10T09:00:00Z", done);
    tell(
        &world,
        "task.planned",
        "2026-03-10T10:00:00Z",
        json!({ "task": "T-2", "about": { "kind": "bug", "estimate_s": 3600.0 } }),
    );
    let hours = estimate(&world.me, "task_duration", "T-2").unwrap();
    assert!(hours.n_effective > 0.0, "{hours:?}");
}

#[test]
fn a_meeting_ties_all_who_were_there_alike() {
    let world = now();
    let end = "2026-03-10T11:00:00Z";
    let held = meeting("held", "2026-03-10T10:00:00Z", end, &["ana", "ben", "cem", "eva"], json!({}));
    tell(&world, "collaboration.meeting_attended", end, held);
    // Every tie is the usual one.
    let tie = estimate(&world.me, "ties", "ana").unwrap().value.unwrap();
    assert!((tie - (1.0 - (-1.0_f64).exp())).abs() < 1e-9, "{tie}");
}

#[test]
fn what_another_has_with_a_third_is_no_conflict_with_the_person() {
    let risk = |third: bool| {
        let world = now();
        for week in 0..8 {
            let time = humantwin::Timestamp::from_secs(1_773_140_400 - week * 7 * 86_400).to_string();
            for (from, to) in [(Some("ben"), vec![]), (None, vec!["ben"])] {
                tell(
                    &world,
                    "collaboration.message_sent",
                    &time,
                    json!({ "from": from, "to": to, "channel": "chat" }),
                );
            }
            if third && week < 3 {
                let back =
                    json!({ "task": format!("T-{week}"), "from": "ben", "to": "cem", "returned": true });
                tell(&world, "collaboration.handed_off", &time, back);
                let review = json!({ "item": format!("P-{week}"), "author": "cem", "reviewer": "ben", "outcome": "rejected" });
                tell(&world, "collaboration.review_done", &time, review);
            }
        }
        estimate(&world.me, "conflict_risk", "ben").unwrap().value
    };
    assert!(risk(false).is_some());
    assert_eq!(risk(true), risk(false));
}

#[test]
fn an_index_of_a_meeting_is_a_share_where_people_are_compared() {
    let world = now();
    let (start, end) = ("2026-03-09T09:00:00Z", "2026-03-09T11:00:00Z");
    let mut held = meeting("weekly", start, end, &["ana"], json!({}));
    held["quality"] = json!({ "agenda": true, "on_time": false, "decisions": 0 });
    tell(&world, "collaboration.meeting_attended", end, held);
    let worth = estimate(&world.me, "meetings", "weekly").unwrap();
    let value = worth.value.unwrap();
    assert!(worth.unit == "{score}" && (30.0..70.0).contains(&value), "{worth:?}");
    let together = estimate(&world.me, "compatibility", "ana").unwrap();
    let (_, told) = part(&together, "meetings");
    assert!(together.unit == "{score}" && (told.unwrap() - value / 100.0).abs() < 1e-9, "{together:?}");
}

#[test]
fn a_tie_outweighs_a_point_of_skill_in_a_team() {
    let skill = |level: f64| json!([{ "skill": "rust", "level": level }]);
    let team = json!({ "type": "team", "size": 2, "needs": [{ "skill": "rust", "level": 80.0 }], "people": [
        { "person": "me", "skills": skill(10.0), "must": true, "ties": [{ "person": "ana", "tie": 1.0 }] },
        { "person": "ana", "skills": skill(60.0) },
        { "person": "ben", "skills": skill(61.0) },
    ] });
    let plan = plan(&now().me, team).unwrap();
    let who: Vec<&str> = plan.steps.iter().filter_map(|s| s.who.as_deref()).collect();
    assert_eq!(who, ["me", "ana"], "{plan:?}");
    assert!(plan.words.iter().any(|w| w.contains("`rust` is 20 short")), "{:?}", plan.words);
    assert!(plan.words.iter().any(|w| w.contains("best at `rust`")), "{:?}", plan.words);
}

#[test]
fn a_task_worth_less_than_nothing_cannot_be_given() {
    let assign = |value: f64| {
        json!({ "type": "assign", "tasks": [{ "task": "t", "hours": 1.0, "value": value }],
            "people": [{ "person": "ana", "hours": 4.0 }] })
    };
    let world = now();
    assert!(plan(&world.me, assign(2.0)).is_ok());
    assert_eq!(plan(&world.me, assign(-5.0)), Err(Code::InvalidValue));
}
