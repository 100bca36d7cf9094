//! Daily resting heart rates of the people in a folder.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use twin_core::LocalDate;

/// One person's recording: a slot a day, oldest first.
pub(super) struct Person {
    pub(super) rates: Vec<Option<f64>>,
    /// Made of the recording, so that a person's draws do not depend on who else is there.
    pub(super) seed: u64,
}

/// Everyone with more than six weeks of days, by folder name; a rate of 0 is a missing one.
pub(super) fn resting_heart_rates(dir: &Path) -> Result<Vec<Person>, String> {
    let study = dir.join("wearable_selfreport/pmdata");
    let entries = std::fs::read_dir(&study).map_err(|e| format!("wearable_selfreport/pmdata: {e}"))?;
    let mut folders: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()).collect();
    folders.sort();
    let mut people = Vec::new();
    for folder in folders {
        let Ok(text) = std::fs::read_to_string(folder.join("fitbit/resting_heart_rate.json")) else {
            continue;
        };
        let rows: Vec<Value> = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        people.extend(person(&rows).filter(|p| p.rates.len() > 42));
    }
    if people.is_empty() { Err("nobody there has resting heart rates".into()) } else { Ok(people) }
}

fn person(rows: &[Value]) -> Option<Person> {
    let row = |row: &Value| {
        let day = row.get("dateTime")?.as_str()?.get(..10).and_then(day_number)?;
        Some((day, row.get("value")?.get("value")?.as_f64().filter(|bpm| *bpm > 0.0)))
    };
    let by_day: BTreeMap<i32, Option<f64>> = rows.iter().filter_map(row).collect();
    let (first, last) = (*by_day.keys().next()?, *by_day.keys().next_back()?);
    let rates: Vec<Option<f64>> = (first..=last).map(|day| by_day.get(&day).copied().flatten()).collect();
    let mix = |seed: u64, bpm: &f64| (seed ^ bpm.to_bits()).wrapping_mul(0x0100_0000_01b3);
    let seed = rates.iter().flatten().fold(0xcbf2_9ce4_8422_2325, mix);
    Some(Person { rates, seed })
}

/// Days since an origin, of `YYYY-MM-DD`.
fn day_number(date: &str) -> Option<i32> {
    let mut parts = date.split('-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(LocalDate::new(year, month, day).ok()?.days())
}
