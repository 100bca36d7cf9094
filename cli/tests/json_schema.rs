//! What `--json` prints is what `schemas/` says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use twin_testkit::{Person, SimOptions};

/// The JSON lines that the command prints; what it exits with does not matter here.
fn told(args: &[&str]) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_humantwin")).args(args).env("TZ", "Europe/Paris").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty(), "{args:?} printed nothing: {}", String::from_utf8_lossy(&output.stderr));
    lines
}

/// Fails with the first difference from `schemas/views/<view>.json`; a field that the schema does not name is one.
fn conforms(view: &str, answer: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../schemas/views/{view}.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    if let Err(difference) = check(&schema, &schema, answer, view) {
        panic!("{difference}");
    }
}

/// The part of JSON Schema that our schemas are written in; a word that is not known here fails.
fn check(root: &Value, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    let words = schema.as_object().ok_or_else(|| format!("{place}: the schema is no object"))?;
    for (word, rule) in words {
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => {}
            "$ref" => {
                let target = rule.as_str().and_then(|r| r.strip_prefix('#')).and_then(|r| root.pointer(r));
                check(root, target.ok_or_else(|| format!("{place}: {rule} leads nowhere"))?, value, place)?;
            }
            "type" => {
                let is = |name: &Value| match name.as_str().unwrap_or_default() {
                    "null" => value.is_null(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "string" => value.is_string(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    _ => false,
                };
                if !rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is)) {
                    return Err(format!("{place}: {value} is not of type {rule}"));
                }
            }
            "enum" if !rule.as_array().unwrap().contains(value) => {
                return Err(format!("{place}: {value} is not in {rule}"));
            }
            "const" if rule != value => return Err(format!("{place}: {value} is not {rule}")),
            "enum" | "const" => {}
            "minimum" if value.as_f64() < rule.as_f64() => {
                return Err(format!("{place}: {value} is under {rule}"));
            }
            "maximum" if value.as_f64() > rule.as_f64() => {
                return Err(format!("{place}: {value} is over {rule}"));
            }
            "minLength" if value.as_str().map(str::len) < rule.as_u64().map(|n| n as usize) => {
                return Err(format!("{place}: {value} is too short"));
            }
            "minimum" | "maximum" | "minLength" | "maxLength" | "pattern" => {}
            "required" => {
                for name in rule.as_array().unwrap().iter().map(|n| n.as_str().unwrap()) {
                    value.get(name).ok_or_else(|| format!("{place}: `{name}` is missing"))?;
                }
            }
            "properties" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    let rule = rule.get(name).ok_or_else(|| format!("{place}: `{name}` is not declared"))?;
                    check(root, rule, inner, &format!("{place}.{name}"))?;
                }
            }
            "items" => {
                for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, inner, &format!("{place}[{i}]"))?;
                }
            }
            "anyOf" | "oneOf" => {
                let tried: Vec<_> =
                    rule.as_array().unwrap().iter().map(|r| check(root, r, value, place)).collect();
                if tried.iter().all(Result::is_err) {
                    return tried.into_iter().next().unwrap();
                }
            }
            other => return Err(format!("{place}: this test does not know `{other}`")),
        }
    }
    Ok(())
}

#[test]
fn answers_are_as_the_schemas_say() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    let options = SimOptions { days: 15, ..SimOptions::default() };
    for (name, bytes) in Person::simulate(7, &options).unwrap().write_files() {
        std::fs::write(files.join(name), bytes).unwrap();
    }
    std::fs::write(files.join("no_format.bin"), [7; 64]).unwrap();
    let (twin, files) = (folder.path().join("me.twin"), files.display().to_string());
    let twin = twin.to_str().unwrap();

    let imports = told(&["import", twin, &files, "--zone", "Europe/Paris", "--json"]);
    imports.iter().for_each(|view| conforms("ImportView", view));
    assert!(imports.iter().any(|view| view["events"].as_u64() > Some(0)), "nothing was imported");
    assert!(imports.iter().any(|view| view["error"].is_string()), "a file of no format was read");

    let day = options.start.plus_days(3).to_string();
    let state = told(&["state", twin, "--at", &day, "--json"]);
    conforms("StateView", &state[0]);
    assert_eq!(state[0]["day"]["date"], day);
    conforms("DayView", &state[0]["day"]);

    for metric in ["heart_rate", "steps", "collaboration.meeting_attended"] {
        conforms("HistoryView", &told(&["history", twin, metric, "--json"])[0]);
    }
    let steps = told(&["history", twin, "heart_rate", "--every", "1h", "--json"]);
    conforms("HistoryView", &steps[0]);
    assert!(!steps[0]["rows"].as_array().unwrap().is_empty());

    for name in
        ["heart_rate_5min", "steps_hourly", "energy_daily", "sleep_quality_trend", "interaction_frequency"]
    {
        let windows = told(&["windows", twin, name, "--json"]);
        conforms("WindowsView", &windows[0]);
        assert!(!windows[0]["windows"].as_array().unwrap().is_empty(), "{name}");
    }
    let sliding =
        told(&["windows", twin, "--metric", "heart_rate", "--sliding", "10m/5m", "--to", &day, "--json"]);
    conforms("WindowsView", &sliding[0]);
    let goal = told(&["windows", twin, "monthly_goal", "--metric", "steps", "--goal", "250000", "--json"]);
    assert!(goal[0]["windows"][0]["goal_share"].as_f64() > Some(0.0));

    conforms("VerifyView", &told(&["verify", twin, "--json"])[0]);
}

#[test]
fn the_check_itself_can_fail() {
    let wrong = |answer: Value| std::panic::catch_unwind(|| conforms("VerifyView", &answer)).is_err();
    let right = serde_json::json!({ "ok": true, "events": 1, "state_hash": "00", "findings": [] });
    conforms("VerifyView", &right);
    for (field, value) in [("ok", Value::from("yes")), ("events", Value::Null), ("new_field", Value::from(1))]
    {
        let mut answer = right.clone();
        answer[field] = value;
        assert!(wrong(answer), "{field}");
    }
}
