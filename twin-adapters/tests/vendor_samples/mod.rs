//! What recorded answers hold, counted from their JSON alone: by walking every value and looking at names.

use serde_json::Value;
use std::collections::BTreeMap;
use twin_core::event::EventBody;
use twin_core::observation::Collected;

/// How many, and their sum in thousandths.
pub(super) type Tally = (u64, i64);

fn note(tallies: &mut BTreeMap<String, Tally>, name: &str, value: f64) {
    let tally = tallies.entry(name.to_owned()).or_default();
    tally.0 += 1;
    tally.1 += (value * 1000.0).round() as i64;
}

/// Every object of a value, outermost first.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|v| objects(v, found)),
        Value::Object(map) => {
            found.push(map);
            map.values().for_each(|v| objects(v, found));
        }
        _ => {}
    }
}

/// Rows of a list: the number in a column, where there is one from `least` on.
fn rows(list: &Value, column: usize, least: f64) -> Vec<f64> {
    let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().filter_map(|r| r.get(column)?.as_f64()).filter(|v| *v >= least).collect()
}

/// What an answer holds, by metric or event kind.
pub(super) fn expected(name: &str, value: &Value) -> BTreeMap<String, Tally> {
    let mut found = Vec::new();
    objects(value, &mut found);
    let mut t = BTreeMap::new();
    for name in [
        "heart_rate",
        "stress_level",
        "body_energy",
        "health.sleep_recorded",
        "health.workout_recorded",
        "hrv_rmssd",
        "recovery_score",
        "body_weight",
        "steps",
    ] {
        t.insert(name.to_owned(), (0, 0));
    }
    let folder = name.rsplit_once('/').map_or("", |n| n.0);
    for o in found {
        let n = |field: &str| o.get(field).and_then(Value::as_f64);
        let has = |field: &str| o.contains_key(field);
        match folder {
            "garmin_connect" => {
                for (field, column, metric) in [
                    ("heartRateValues", 1, "heart_rate"),
                    ("stressValuesArray", 1, "stress_level"),
                    ("bodyBatteryValuesArray", 2, "body_energy"),
                ] {
                    for v in o.get(field).map(|l| rows(l, column, 0.0)).unwrap_or_default() {
                        note(&mut t, metric, v);
                    }
                }
                if n("sleepStartTimestampGMT").is_some() && has("sleepTimeSeconds") {
                    note(&mut t, "health.sleep_recorded", 0.0);
                }
                if has("summaryDTO") || (has("activityId") && has("startTimeGMT")) {
                    note(&mut t, "health.workout_recorded", 0.0);
                }
                if let Some(v) = n("lastNightAvg") {
                    note(&mut t, "hrv_rmssd", v);
                }
                if let (Some(v), true) = (n("score"), has("inputContext")) {
                    note(&mut t, "recovery_score", v);
                }
                // Weighings stand in one of two lists; other places repeat them.
                for list in ["dateWeightList", "allWeightMetrics"] {
                    for w in o.get(list).and_then(Value::as_array).into_iter().flatten() {
                        note(&mut t, "body_weight", w["weight"].as_f64().unwrap() / 1000.0);
                    }
                }
                if let (Some(v), true) = (n("totalSteps"), has("wellnessStartTimeGmt")) {
                    note(&mut t, "steps", v);
                }
            }
            "withings" | "shimmer/withings" => {
                if has("measures") && n("category") == Some(1.0) && n("attrib") != Some(1.0) {
                    for m in o["measures"].as_array().unwrap() {
                        let whole = m["position"].as_f64().is_none_or(|p| p == 7.0);
                        let v =
                            m["value"].as_f64().unwrap() * 10_f64.powi(m["unit"].as_i64().unwrap() as i32);
                        match m["type"].as_i64().unwrap() {
                            1 if whole => note(&mut t, "body_weight", v),
                            11 if whole => note(&mut t, "heart_rate", v),
                            _ => {}
                        }
                    }
                }
                if let (Some(hr), true) = (o.get("hr").and_then(Value::as_object), has("state")) {
                    hr.values().for_each(|v| note(&mut t, "heart_rate", v.as_f64().unwrap()));
                }
                if has("data") && has("startdate") && has("date") {
                    note(&mut t, "health.sleep_recorded", 0.0);
                }
                if let (Some(v), true) = (n("steps"), has("is_tracker")) {
                    note(&mut t, "steps", v);
                }
            }
            "shimmer/googlefit" => {
                if let (Some("com.google.step_count.delta"), Some(v)) =
                    (o.get("dataTypeName").and_then(Value::as_str), o.get("value"))
                {
                    note(&mut t, "steps", v[0]["intVal"].as_f64().unwrap());
                }
                if let (Some("com.google.heart_rate.bpm"), Some(v)) =
                    (o.get("dataTypeName").and_then(Value::as_str), o.get("value"))
                {
                    note(&mut t, "heart_rate", v[0]["fpVal"].as_f64().unwrap());
                }
            }
            "shimmer/fitbit" => {
                // Without a length an entry is refused.
                if has("activityParentId") && has("duration") {
                    note(&mut t, "health.workout_recorded", 0.0);
                }
                if has("dateOfSleep") {
                    note(&mut t, "health.sleep_recorded", 0.0);
                }
                let fine = o.contains_key("activities-steps-intraday");
                for d in o
                    .get("activities-steps")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter(|_| !fine)
                {
                    note(&mut t, "steps", d["value"].as_str().unwrap().parse().unwrap());
                }
                for d in o.get("dataset").and_then(Value::as_array).into_iter().flatten() {
                    note(&mut t, "steps", d["value"].as_f64().unwrap());
                }
            }
            "shimmer/ihealth" => {
                if let Some(v) = n("HR").filter(|v| *v > 0.0) {
                    note(&mut t, "heart_rate", v);
                }
                if let Some(v) = n("WeightValue") {
                    note(&mut t, "body_weight", v);
                }
                if has("HoursSlept") {
                    note(&mut t, "health.sleep_recorded", 0.0);
                }
                if has("SportName") {
                    note(&mut t, "health.workout_recorded", 0.0);
                }
            }
            "shimmer/jawbone" => {
                if let Some(v) = n("weight") {
                    note(&mut t, "body_weight", v);
                }
                if has("sub_type") {
                    note(&mut t, "health.workout_recorded", 0.0);
                }
                if let (Some(v), true) =
                    (n("steps"), has("longest_active_time") || (has("bmr_day") && !has("hourly_totals")))
                {
                    note(&mut t, "steps", v);
                }
            }
            "shimmer/misfit" => {
                if has("sleepDetails") {
                    note(&mut t, "health.sleep_recorded", 0.0);
                }
                if let (Some(v), true) = (n("steps"), has("points")) {
                    note(&mut t, "steps", v);
                }
            }
            "shimmer/moves" => {
                // Summaries repeat the activities of the segments; manual ones and those of no group are workouts.
                if o.contains_key("manual") {
                    let manual = o["manual"].as_bool().unwrap();
                    if manual || !has("group") {
                        note(&mut t, "health.workout_recorded", 0.0);
                    } else if let Some(v) = n("steps") {
                        note(&mut t, "steps", v);
                    }
                }
            }
            "shimmer/runkeeper" => {
                if has("start_time") {
                    note(&mut t, "health.workout_recorded", 0.0);
                }
            }
            other => panic!("{other} has no count"),
        }
    }
    if name.contains("withings") && name.contains("sleep") && !name.contains("summary") {
        // Spans are put together to nights: not counted here.
        t.remove("health.sleep_recorded");
    }
    t
}

/// The same of what was read.
pub(super) fn counted<'a>(
    sink: &Collected,
    names: impl Iterator<Item = &'a String>,
) -> BTreeMap<String, Tally> {
    let mut t = BTreeMap::new();
    for name in names {
        t.insert(name.clone(), (0, 0));
        for (.., v) in sink.samples(name) {
            note(&mut t, name, v);
        }
        for body in sink.bodies("health.measurement_recorded") {
            if let EventBody::MeasurementRecorded(m) = body
                && m.metric.as_str() == name
            {
                note(&mut t, name, m.value);
            }
        }
        for _ in sink.bodies(name) {
            note(&mut t, name, 0.0);
        }
    }
    t
}
