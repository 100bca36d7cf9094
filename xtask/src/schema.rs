//! Writes `schemas/`: JSON Schema of every event kind, of the envelope, of every answer; the error codes.

use crate::catalogue::root;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use twin_core::Code;
use twin_core::event::{EventBody, cloud_event_schema};

/// Writes the files, or with `check` says which are stale.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let root = root();
    let files = files()?;
    let mut stale = leftovers(&root, &files)?;
    for (path, text) in &files {
        let target = root.join(path);
        if std::fs::read_to_string(&target).unwrap_or_default() != *text {
            stale.push(path.clone());
            if !check {
                write(&target, text)?;
            }
        }
    }
    if check && !stale.is_empty() {
        return Err(format!(
            "stale: {}; run `cargo xtask schema` and review the difference",
            stale.join(", ")
        ));
    }
    println!("{} schema files are up to date, {} written", files.len(), if check { 0 } else { stale.len() });
    Ok(())
}

/// Every file by its path from the root.
fn files() -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for (kind, schema) in EventBody::schemas() {
        let (_, version, purpose) = EventBody::KINDS
            .iter()
            .find(|(k, ..)| *k == kind)
            .ok_or_else(|| format!("`{kind}` has no version"))?;
        let mut schema = schema.to_value();
        if let Some(map) = schema.as_object_mut() {
            map.insert("x-kind".into(), json!(kind));
            map.insert("x-version".into(), json!(version));
            map.insert("x-purpose".into(), json!(purpose.as_str()));
        }
        files.insert(format!("schemas/events/{kind}.v{version}.json"), pretty(&schema)?);
    }
    files.insert("schemas/cloud_event.json".into(), pretty(&cloud_event_schema().to_value())?);
    for (name, schema) in humantwin::schema::views() {
        files.insert(format!("schemas/views/{name}.json"), pretty(&schema.to_value())?);
    }
    let verbs = humantwin::border::verb_schemas();
    for verb in &verbs {
        let (name, schema) = &verb.request;
        files.insert(format!("schemas/requests/{name}.json"), pretty(&schema.clone().to_value())?);
        if let Some((name, schema)) = &verb.answer {
            files.insert(format!("schemas/views/{name}.json"), pretty(&schema.clone().to_value())?);
        }
    }
    files.insert("schemas/verbs.json".into(), pretty(&verb_list(&verbs))?);
    for (name, schema) in humantwin::schema::inputs() {
        files.insert(format!("schemas/{name}.json"), pretty(&schema.to_value())?);
    }
    let codes: Vec<Value> =
        Code::ALL.iter().map(|code| json!({ "code": code.as_str(), "meaning": code.meaning() })).collect();
    files.insert("schemas/errors.json".into(), pretty(&json!({ "errors": codes }))?);
    files.insert("docs/reference/errors.md".into(), errors_page()?);
    files.extend(crate::generate::files(&files)?);
    Ok(files)
}

/// The verbs, with the names of their requests and answers.
fn verb_list(verbs: &[humantwin::border::VerbSchema]) -> Value {
    let each = verbs.iter().map(|v| {
        json!({
            "name": v.verb.name,
            "about": v.about.lines().map(str::trim).collect::<Vec<_>>().join(" "),
            "request": v.request.0,
            "takes_bytes": v.verb.takes_bytes,
            "gives": v.verb.gives.as_str(),
            "answer": v.answer.as_ref().map(|(name, _)| name),
            "writes": v.verb.writes,
        })
    });
    json!({ "verbs": each.collect::<Vec<_>>() })
}

const ERRORS_HEAD: &str = "# Error codes

Written by `cargo xtask schema`; not to be edited.

Every verb fails with one `humantwin::Error { code, message, context }`. The code is stable and the same in every
language; the message is a sentence for people, holds no personal data and may change. The command prints
`error[code]: message` and exits with 1 (2 for bad usage).

| code | meaning |
| --- | --- |
";

fn errors_page() -> Result<String, String> {
    let mut page = ERRORS_HEAD.to_owned();
    for code in Code::ALL {
        writeln!(page, "| `{code}` | {} |", code.meaning()).map_err(|e| e.to_string())?;
    }
    Ok(page)
}

/// Schemas that nothing writes any more. Older versions of a known kind stay: events are forever.
fn leftovers(root: &Path, files: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for folder in ["schemas", "schemas/events", "schemas/requests", "schemas/views"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let name = entry.map_err(|e| e.to_string())?.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            if name.ends_with(".json") && !files.contains_key(&path) && !older(&name) {
                found.push(format!("{path} (remove it: nothing writes it)"));
            }
        }
    }
    Ok(found)
}

/// Is this the schema of an older version of a kind we know?
fn older(name: &str) -> bool {
    let version_of = |name: &str| {
        let (kind, version) = name.strip_suffix(".json")?.rsplit_once(".v")?;
        Some((kind.to_owned(), version.parse::<u32>().ok()?))
    };
    version_of(name).is_some_and(|(kind, version)| {
        EventBody::KINDS.iter().any(|(known, newest, _)| *known == kind && version < *newest)
    })
}

fn pretty(value: &Value) -> Result<String, String> {
    serde_json::to_string_pretty(&sorted(value)).map(|text| text + "\n").map_err(|e| e.to_string())
}

/// The same with keys in order, whatever map another crate's features give us.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: BTreeMap<&String, Value> = map.iter().map(|(key, inner)| (key, sorted(inner))).collect();
            map.into_iter().map(|(key, inner)| (key.clone(), inner)).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(sorted).collect::<Vec<_>>().into(),
        plain => plain.clone(),
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_code_has_its_place() {
        let files = files().unwrap();
        for (kind, version, _) in EventBody::KINDS {
            assert!(files.contains_key(&format!("schemas/events/{kind}.v{version}.json")), "{kind}");
        }
        let errors: Value = serde_json::from_str(&files["schemas/errors.json"]).unwrap();
        assert_eq!(errors["errors"].as_array().unwrap().len(), Code::ALL.len());
        let day: Value = serde_json::from_str(&files["schemas/views/DayView.json"]).unwrap();
        assert!(day["required"].as_array().unwrap().contains(&json!("date")));
    }

    #[test]
    fn older_versions_stay() {
        assert!(older("task.completed.v1.json"));
        assert!(!older("task.completed.v2.json"));
        assert!(!older("task.vanished.v1.json"));
    }
}
