//! Instances to plan: seeded, in the form of the reference vectors of schedules, teams and the like.

use crate::Failure;
use crate::life::Draws;
use serde_json::{Value, json};
use std::path::Path;

/// Kinds of plans; also the names of the files of reference vectors.
pub(crate) const KINDS: [&str; 5] = ["schedule", "assignment", "balance", "team", "learning_path"];
/// Instances of each kind.
const EACH: usize = 10;

/// Something to plan.
pub(crate) struct Instance {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// As in the reference vectors.
    pub(crate) input: Value,
}

/// All generated instances; the same every time.
pub(crate) fn generated() -> Vec<Instance> {
    let of = |kind: &'static str, i: usize| {
        let mut draw = Draw(Draws(0x5EED + 1009 * i as u64 + kind.len() as u64));
        let input = match kind {
            "schedule" => schedule(&mut draw, i),
            "assignment" => assignment(&mut draw, i),
            "balance" => balance(&mut draw, i),
            "team" => team(&mut draw, i),
            _ => learning_path(&mut draw, i),
        };
        Instance { kind, name: format!("{kind}/generated/{i}"), input }
    };
    KINDS.into_iter().flat_map(|kind| (0..EACH).map(move |i| of(kind, i))).collect()
}

/// The instances of the reference vectors in a folder.
pub(crate) fn vectors(folder: &Path) -> Result<Vec<Instance>, Failure> {
    let mut all = Vec::new();
    for kind in KINDS {
        let text = std::fs::read_to_string(folder.join(format!("{kind}.json")))?;
        let file: Value = serde_json::from_str(&text)?;
        let cases = file.get("cases").and_then(Value::as_array).ok_or("vectors without cases")?;
        for (i, case) in cases.iter().enumerate() {
            let input = case.get("input").ok_or("a case without input")?.clone();
            all.push(Instance { kind, name: format!("{kind}/vectors/{i}"), input });
        }
    }
    Ok(all)
}

/// Draws of whole numbers and of chances.
struct Draw(Draws);

impl Draw {
    fn between(&mut self, low: usize, high: usize) -> usize {
        low + (self.0.unit() * (high - low + 1) as f64) as usize
    }

    fn chance(&mut self, p: f64) -> bool {
        self.0.unit() < p
    }

    fn list<T>(&mut self, n: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..n).map(|_| one(self)).collect()
    }
}

/// 30 to 60 tasks over 5 to 10 days of 16 slots, more work than time in some.
fn schedule(draw: &mut Draw, i: usize) -> Value {
    const DAY: [i64; 16] = [78, 84, 87, 88, 87, 86, 83, 80, 77, 75, 73, 71, 68, 66, 62, 57];
    let days = 5 + i * 5 / (EACH - 1);
    let slots = 16 * days;
    let busy: Vec<usize> = (0..slots).filter(|_| draw.chance(0.2)).collect();
    let tasks = draw.list(30 + i * 30 / (EACH - 1), |draw| {
        json!({
            "dur": draw.between(1, 5),
            "deadline": draw.between(16, slots),
            "value": draw.between(1, 9),
            "load": draw.between(1, 3),
        })
    });
    let energy: Vec<i64> = DAY.iter().copied().cycle().take(slots).collect();
    json!({"slots_per_day": 16, "days": days, "busy": busy, "energy": energy, "tasks": tasks})
}

/// 100 to 300 tasks and as many people or a few more; costs in hundredths.
fn assignment(draw: &mut Draw, i: usize) -> Value {
    let rows = 100 + i * 200 / (EACH - 1);
    let columns = rows + draw.between(0, 20);
    let cost = draw.list(rows, |draw| draw.list(columns, |draw| draw.between(100, 9999) as f64 / 100.0));
    json!({"cost": cost})
}

/// 60 to 150 tasks on 8 to 20 people who can do about three of four.
fn balance(draw: &mut Draw, i: usize) -> Value {
    let (tasks, people) = (60 + i * 90 / (EACH - 1), 8 + i * 12 / (EACH - 1));
    let hours = draw.list(tasks, |draw| draw.between(1, 12));
    // from much time to hardly enough
    let mean = hours.iter().sum::<usize>() / people;
    let capacity = draw.list(people, |draw| draw.between(mean * 7 / 10, mean * 14 / 10).max(12));
    let mut can_do = draw.list(people, |draw| draw.list(tasks, |draw| u8::from(draw.chance(0.72))));
    for task in 0..tasks {
        // nobody would leave no plan
        let able = draw.between(0, people - 1);
        if let Some(cell) = can_do.get_mut(able).and_then(|row| row.get_mut(task)) {
            *cell = 1;
        }
    }
    json!({"hours": hours, "capacity": capacity, "can_do": can_do})
}

/// Teams of 5 to 8 of 40 to 80 people with 6 skills.
fn team(draw: &mut Draw, i: usize) -> Value {
    let people = 40 + i * 40 / (EACH - 1);
    let skills = draw.list(people, |draw| draw.list(6, |draw| draw.between(0, 5)));
    let need = draw.list(6, |draw| draw.between(2, 5));
    let mut chemistry = vec![vec![0_i64; people]; people];
    for a in 0..people {
        for b in 0..a {
            let points = (draw.0.around(8.0, 12.0)).round() as i64;
            for (x, y) in [(a, b), (b, a)] {
                if let Some(cell) = chemistry.get_mut(x).and_then(|row| row.get_mut(y)) {
                    *cell = points;
                }
            }
        }
    }
    let load = draw.list(people, |draw| draw.between(0, 60));
    json!({"skills": skills, "need": need, "chemistry": chemistry, "load": load, "team_size": 5 + i * 3 / (EACH - 1)})
}

/// 60 to 150 items, each after up to three earlier ones; hours for two in five.
fn learning_path(draw: &mut Draw, i: usize) -> Value {
    let items = 60 + i * 90 / (EACH - 1);
    let value = draw.list(items, |draw| draw.between(1, 30));
    let hours = draw.list(items, |draw| draw.between(1, 11));
    let needs = |item: usize, draw: &mut Draw| {
        let count = if item == 0 { 0 } else { draw.between(0, 3).saturating_sub(1) };
        let from = item.saturating_sub(25);
        let mut needs = draw.list(count, |draw| draw.between(from, item - 1));
        needs.sort_unstable();
        needs.dedup();
        needs
    };
    let prereq: Vec<Vec<usize>> = (0..items).map(|item| needs(item, draw)).collect();
    let budget = hours.iter().sum::<usize>() * 2 / 5;
    json!({"value": value, "hours": hours, "prereq": prereq, "budget": budget})
}
