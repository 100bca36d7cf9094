//! The scenarios of `conformance/scenarios`, through the door for other languages.
//!
//! `HUMANTWIN_BLESS=1 cargo test -p humantwin --test scenarios` writes down what the verbs answer now; the
//! difference is then read before it goes in.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use humantwin::border::{Answer, Door, TwinDoor, WatchDoor};
use humantwin::{Result, SystemClock};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Default)]
struct Run {
    twins: BTreeMap<String, TwinDoor>,
    watches: BTreeMap<String, WatchDoor>,
    folder: PathBuf,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/scenarios")
}

fn text<'a>(step: &'a Value, key: &str) -> &'a str {
    step[key].as_str().unwrap_or_default()
}

/// An object as a request; nothing as no text.
fn request(of: &Value) -> String {
    if of.is_null() { String::new() } else { of.to_string() }
}

impl Run {
    /// What a step answers, for those that answer.
    fn step(&mut self, step: &Value) -> Option<Result<Answer>> {
        let json = |view: &str| Answer::Json(view.to_owned());
        if let Some(name) = step["open"].as_str() {
            let door = Door::open(&request(&step["options"]), Arc::new(SystemClock)).unwrap();
            let person = step["person"].as_str().unwrap_or("me");
            self.twins.insert(name.into(), door.twin(person, &request(&step["access"])).unwrap());
        } else if let Some(of) = step["twin_of"].as_str() {
            let twin = &self.twins[of];
            let other = twin.door().twin(twin.person(), &request(&step["access"])).unwrap();
            self.twins.insert(text(step, "as").into(), other);
        } else if let Some(name) = step["close"].as_str() {
            self.twins[name].door().close();
        } else if let Some(name) = step["poll"].as_str() {
            return Some(self.watches[name].poll().map(|view| json(&view)));
        } else {
            let twin = &self.twins[text(step, "on")];
            if let Some(verb) = step["verb"].as_str() {
                let bytes = self.bytes(step);
                return Some(twin.call(verb, &request(&step["request"]), bytes.as_deref(), None));
            } else if step["watch"].is_object() {
                self.watches.insert(text(step, "as").into(), twin.watch(&request(&step["watch"])).unwrap());
            } else if step["series_in"].is_object() {
                let s = &step["series_in"];
                let ints =
                    |key: &str| -> Vec<i64> { serde_json::from_value(s[key].clone()).unwrap_or_default() };
                let values: Vec<f64> = serde_json::from_value(s["values"].clone()).unwrap();
                let (source, metric, unit) = (text(s, "source"), text(s, "metric"), text(s, "unit"));
                let done =
                    twin.record_series(source, metric, unit, ints("starts_us"), ints("durations_us"), values);
                return Some(done.map(|view| json(&serde_json::to_string(&view).unwrap())));
            } else if step["series_out"].is_object() {
                return Some(twin.series(&request(&step["series_out"])).map(|c| {
                    json(
                        &json!({"unit": c.unit, "starts_us": c.starts_us, "durations_us": c.durations_us,
                        "values": c.values})
                        .to_string(),
                    )
                }));
            } else {
                panic!("a step of no kind: {step}");
            }
        }
        None
    }

    fn bytes(&self, step: &Value) -> Option<Vec<u8>> {
        if let Some(file) = step["file"].as_str() {
            return Some(std::fs::read(self.folder.join(file)).unwrap());
        }
        let of = step["packed"].as_str()?;
        let Answer::Bytes(packed) = self.twins[of].call("pack", "", None, None).unwrap() else { panic!() };
        Some(packed)
    }
}

/// What a step must say, as it is now.
fn answered(answer: &Result<Answer>, step: &Value) -> Map<String, Value> {
    let mut map = Map::new();
    match answer {
        Err(error) => {
            map.insert("error".into(), json!({"code": error.code.as_str(), "message": error.message}));
        }
        Ok(Answer::Json(text)) => {
            map.insert("expect".into(), serde_json::from_str(text).unwrap());
        }
        Ok(Answer::Text(text)) if step["expect_has"].is_array() => {
            let has = step["expect_has"].as_array().unwrap();
            let there: Vec<&Value> =
                has.iter().filter(|part| text.contains(part.as_str().unwrap())).collect();
            map.insert("expect_has".into(), json!(there));
        }
        Ok(Answer::Text(text)) => {
            map.insert("expect_text".into(), json!(text));
        }
        Ok(Answer::Bytes(_)) => panic!("bytes are compared by what `merge` makes of them"),
    }
    map
}

/// Equal as answers are: a null is an absent key, numbers within 1e-9.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys());
            keys.into_iter().all(|k| same(a.get(k).unwrap_or(&Value::Null), b.get(k).unwrap_or(&Value::Null)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
        }
        (a, b) => a == b,
    }
}

#[test]
fn every_scenario_holds() {
    let bless = std::env::var_os("HUMANTWIN_BLESS").is_some();
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|e| e == "json"));
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    for path in names {
        let mut scenario: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let mut run = Run { folder: folder(), ..Run::default() };
        for (n, step) in scenario["steps"].as_array_mut().unwrap().iter_mut().enumerate() {
            let Some(answer) = run.step(step) else { continue };
            for (key, now) in answered(&answer, step) {
                if bless {
                    let map = step.as_object_mut().unwrap();
                    ["expect", "error", "expect_text"].iter().for_each(|k| drop(map.remove(*k)));
                    map.insert(key, now);
                } else {
                    assert!(same(&step[&key], &now), "{}, step {n}, `{key}`: {}", path.display(), json!(now));
                }
            }
        }
        if bless {
            std::fs::write(&path, serde_json::to_string_pretty(&scenario).unwrap() + "\n").unwrap();
        }
    }
}
