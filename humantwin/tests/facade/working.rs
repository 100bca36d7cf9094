//! What models say of a working life, and what each input of it changes.

use super::help::World;
use humantwin::PredictionView;
use serde_json::Value;
use twin_testkit::{WorkOptions, write_work};

/// Days of the working life; the world's clock stands at its last noon.
const DAYS: u32 = 70;

/// The events of ten weeks that a rule keeps.
pub(super) fn events(keep: impl Fn(&Value) -> bool) -> Vec<Value> {
    let last = humantwin::LocalDate::from_days(20_522);
    let start = last.plus_days(1 - DAYS as i32);
    let lines = write_work(5, &WorkOptions { start, days: DAYS, offset_s: 3600, meetings: true });
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).filter(|e| keep(e)).collect()
}

fn world(keep: impl Fn(&Value) -> bool) -> World {
    let world = World::new();
    for event in events(keep) {
        world.me.record_json(&event.to_string()).unwrap();
    }
    world
}

fn said(world: &World, model: &str) -> PredictionView {
    world.me.predict(model, None, None).unwrap()
}

#[test]
fn open_tasks_have_a_duration() {
    let said = said(&world(|_| true), "task_duration");
    assert_eq!(said.estimates.len(), 6);
    for one in &said.estimates {
        let e = &one.estimate;
        assert!(one.name.starts_with("T-") && e.low < e.value && e.value < e.high, "{one:?}");
    }
}
