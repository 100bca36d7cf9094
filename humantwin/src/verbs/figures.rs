//! The figures of a day by name, and where two readings of a day differ.

use crate::error::{Error, Result};
use crate::view::DayView;
use serde_json::Value;
use std::collections::BTreeMap;
use twin_core::Code;
use twin_core::sort::OrderBy;
use twin_macros::payload;

/// A figure that differs between two readings of a day.
#[payload(full)]
pub struct Figure {
    /// Its path in a `DayView`; an item of a list is named by what it is about: `loads[edwards].load`.
    pub name: String,
    /// Before; absent where it was not known.
    pub before: Option<f64>,
    /// After; absent where it is not known any more.
    pub after: Option<f64>,
}

/// Short names, and what they stand for.
const SHORT: &[(&str, &[&str])] = &[
    ("load", &["loads["]),
    ("sleep", &["sleep."]),
    ("sleep_duration", &["sleep.asleep_min"]),
    ("sleep_efficiency", &["sleep.efficiency"]),
    ("resting_heart_rate", &["heart.resting.value"]),
    ("rmssd", &["hrv.rmssd.value"]),
    ("steps", &["activity.steps"]),
    ("distance", &["activity.distance_m"]),
    ("energy", &["activity.active_energy_kcal"]),
    ("meetings", &["calendar.meetings", "calendar.meeting_h"]),
    ("weight", &["measurements[body_weight]"]),
];

/// Fields by which an item of a list is known.
const NAMES: &[&str] = &["metric", "method", "scale", "source", "kind", "sport", "hour"];

/// The figures that differ and go by `score`; all that differ when it is empty.
pub(super) fn figures(before: &DayView, after: &DayView, score: &str) -> Result<Vec<Figure>> {
    let (before, after) = (flat(before)?, flat(after)?);
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.order();
    names.dedup();
    let differ = |name: &&&String| before.get(**name) != after.get(**name) && goes_by(name, score);
    Ok(names
        .iter()
        .filter(differ)
        .map(|name| Figure {
            name: (*name).clone(),
            before: before.get(*name).copied(),
            after: after.get(*name).copied(),
        })
        .collect())
}

fn goes_by(name: &str, score: &str) -> bool {
    if score.is_empty() || name == score || name.rsplit('.').next() == Some(score) {
        return true;
    }
    match SHORT.iter().find(|(short, _)| *short == score) {
        Some((_, paths)) => paths
            .iter()
            .any(|path| name == *path || (path.ends_with(['[', '.', ']']) && name.starts_with(path))),
        None => name.contains(&format!("[{score}]")) || name.starts_with(&format!("{score}.")),
    }
}

/// Every number of a day by its path.
fn flat(day: &DayView) -> Result<BTreeMap<String, f64>> {
    let value = serde_json::to_value(day)
        .map_err(|e| Error::new(Code::Internal, format!("a day has no JSON form: {e}")))?;
    let mut out = BTreeMap::new();
    walk("", &value, &mut out);
    Ok(out)
}

fn walk(path: &str, value: &Value, out: &mut BTreeMap<String, f64>) {
    match value {
        Value::Number(n) => {
            out.extend(n.as_f64().map(|n| (path.to_owned(), n)));
        }
        Value::Object(map) => {
            for (key, inner) in map {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(&path, inner, out);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = NAMES.iter().find_map(|name| item.get(name)).map(|v| match v {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                let mut full = format!("{path}[{}]", name.unwrap_or_else(|| index.to_string()));
                if out.keys().any(|k| k.starts_with(&full)) {
                    full = format!("{full}[{index}]");
                }
                walk(&full, item, out);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::goes_by;

    #[test]
    fn figures_go_by_short_names_metrics_and_paths() {
        for (name, score) in [
            ("loads[edwards].load", "load"),
            ("sleep.asleep_min", "sleep_duration"),
            ("sleep.asleep_min", "sleep.asleep_min"),
            ("sleep.asleep_min", "asleep_min"),
            ("metrics[heart_rate].mean", "heart_rate"),
            ("activity.steps", ""),
        ] {
            assert!(goes_by(name, score), "{name} by {score}");
        }
        assert!(!goes_by("activity.steps_by_hour[9].value", "sleep"));
        assert!(!goes_by("sleep.deep_min", "sleep_duration"));
    }
}
