//! Runs the reference vectors against the formulas: `cargo xtask vectors [--dir DIR] [--json]`.
//!
//! A file is `{model, cases: [{id?, input, expected: {name: {value, rtol, atol}}}]}`. What has no tolerance is
//! information and not a test. Some files have tolerances for all cases instead; where a case then expects a list,
//! the list is one output called `all`. A new formula is one entry in a room of [`formulas`].

mod compare;
mod formulas;

use crate::catalogue::root;
use formulas::Rule;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What became of the outputs of one case.
#[derive(Default)]
struct Tally {
    passed: Vec<String>,
    failed: Vec<(String, String)>,
    missing: Vec<String>,
}

/// Runs every `*.json` below the directory; an error if any output is wrong or nothing was found.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let as_json = args.contains(&"--json");
    let given = args.iter().position(|a| *a == "--dir").map(|i| args.get(i + 1));
    let dir = match given {
        Some(Some(dir)) => PathBuf::from(dir),
        Some(None) => return Err("`--dir` needs a directory".into()),
        None => std::env::var_os("HUMANTWIN_VECTORS")
            .map_or_else(|| root().join("../shared/vectors"), PathBuf::from),
    };
    let mut paths = Vec::new();
    json_files(&dir, &mut paths)?;
    paths.sort();
    let (mut files, mut totals) = (Vec::new(), [0_usize; 3]);
    for path in &paths {
        let name = path.strip_prefix(&dir).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(path).map_err(|e| format!("{name}: {e}"))?;
        let file: Value = serde_json::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
        let cases = run_file(&file).ok_or_else(|| format!("{name}: no `model` with `cases`"))?;
        let of_file = add(cases.iter().map(|(_, t)| [t.passed.len(), t.failed.len(), t.missing.len()]));
        totals = add([totals, of_file].into_iter());
        if !as_json {
            print_file(&name, of_file, &cases);
        }
        files.push(file_json(&name, of_file, &cases));
    }
    let [passed, failed, missing] = totals;
    if as_json {
        let whole = json!({ "passed": passed, "failed": failed, "missing": missing, "files": files });
        println!("{}", serde_json::to_string_pretty(&whole).map_err(|e| e.to_string())?);
    } else {
        println!("vectors: {passed} passed, {failed} failed, {missing} missing in {} files", paths.len());
    }
    match (failed, paths.len()) {
        (0, 1..) => Ok(()),
        (0, _) => Err("no vector files found; set HUMANTWIN_VECTORS or give --dir".into()),
        _ => Err(format!("{failed} outputs differ from their vectors")),
    }
}

fn json_files(dir: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            json_files(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "json") {
            out.push(path);
        }
    }
    Ok(())
}

fn run_file(file: &Value) -> Option<Vec<(String, Tally)>> {
    let model = file.get("model")?.as_str()?;
    let cases = file.get("cases")?.as_array()?;
    Some(cases.iter().enumerate().map(|(i, case)| run_case(model, i, case, file.get("tolerance"))).collect())
}

fn run_case(model: &str, index: usize, case: &Value, tolerance: Option<&Value>) -> (String, Tally) {
    let id = case.get("id").and_then(Value::as_str).map_or_else(|| index.to_string(), str::to_owned);
    let mut tally = Tally::default();
    let all = ["all".to_owned()];
    let expected: Vec<(&String, &Value)> = match case.get("expected") {
        Some(Value::Object(outputs)) => outputs.iter().collect(),
        Some(list @ Value::Array(_)) => all.iter().map(|name| (name, list)).collect(),
        _ => {
            tally.missing.push("expected".into());
            return (id, tally);
        }
    };
    for (name, rule) in expected {
        let own_rule = rule.get("value").is_some();
        if own_rule && rule.get("rtol").is_none() && rule.get("max_ratio").is_none() {
            continue; // information
        }
        let Some(formula) = formulas::find(model, name) else {
            tally.missing.push(name.clone());
            continue;
        };
        if matches!(formula.rule, Rule::Information) {
            continue;
        }
        // some files have one tolerance for all
        let of_file = |key: &str| tolerance.and_then(|t| t.get(key)).and_then(Value::as_f64).unwrap_or(0.0);
        let (abs, rel) = formula.rule.keys();
        let ruled;
        let rule = if own_rule {
            rule
        } else {
            ruled = json!({ "value": rule, "atol": of_file(abs), "rtol": of_file(rel) });
            &ruled
        };
        match (formula.run)(case) {
            Some(got) => match compare::by(formula, &got, rule, name.contains("_rle")) {
                Ok(()) => tally.passed.push(name.clone()),
                Err(why) => tally.failed.push((name.clone(), why)),
            },
            None => tally.failed.push((name.clone(), "the input of the case was not understood".into())),
        }
    }
    (id, tally)
}

fn add(counts: impl Iterator<Item = [usize; 3]>) -> [usize; 3] {
    counts.fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z])
}

fn print_file(name: &str, [passed, failed, missing]: [usize; 3], cases: &[(String, Tally)]) {
    println!("{name}: {passed} passed, {failed} failed, {missing} missing");
    for (id, t) in cases {
        if t.passed.is_empty() && t.failed.is_empty() {
            continue;
        }
        println!("  {id}: {} passed, {} failed, {} missing", t.passed.len(), t.failed.len(), t.missing.len());
        for (output, why) in &t.failed {
            println!("    {output}: {why}");
        }
    }
}

fn file_json(name: &str, [passed, failed, missing]: [usize; 3], cases: &[(String, Tally)]) -> Value {
    let cases: Vec<Value> = cases
        .iter()
        .map(|(id, t)| {
            let failed: Vec<Value> =
                t.failed.iter().map(|(o, why)| json!({ "output": o, "why": why })).collect();
            json!({ "id": id, "passed": t.passed, "failed": failed, "missing": t.missing })
        })
        .collect();
    json!({ "file": name, "passed": passed, "failed": failed, "missing": missing, "cases": cases })
}
