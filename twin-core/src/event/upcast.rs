//! Older versions of kinds, brought to the newest one step at a time.

use serde_json::Value;

/// Brings the data of `kind` from `version` one version up; `None` when no step is known.
pub(super) fn step(kind: &str, version: u32, mut data: Value) -> Option<Value> {
    match (kind, version) {
        // Version 1 counted minutes.
        ("task.completed", 1) => {
            let map = data.as_object_mut()?;
            if let Some(minutes) = map.remove("duration_min").and_then(|v| v.as_f64()) {
                map.insert("duration_s".into(), Value::from(minutes * 60.0));
            }
            Some(data)
        }
        _ => None,
    }
}
