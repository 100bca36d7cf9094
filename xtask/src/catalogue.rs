//! Writes the metric catalogue as a Rust table from `metrics.csv` and `limits.csv`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const HEAD: &str = "//! Written by `cargo xtask catalogue` from `catalogue/metrics.csv` and `catalogue/limits.csv`; not to be edited.\n\n\
use super::{Aggregation, Metric, ValueKind};\n\n\
#[rustfmt::skip]\n\
pub(super) static METRICS: &[Metric] = &[\n";

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Writes the table, or with `check` says whether it is stale.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let folder = root().join("twin-core/catalogue");
    let limits: HashMap<String, csv::StringRecord> = rows(&folder.join("limits.csv"))?
        .into_iter()
        .map(|row| (row.get(0).unwrap_or_default().to_owned(), row))
        .collect();
    let mut text = HEAD.to_owned();
    let mut metrics = rows(&folder.join("metrics.csv"))?;
    metrics.sort_by(|a, b| a.get(0).cmp(&b.get(0)));
    for row in &metrics {
        let cell = |i: usize| row.get(i).unwrap_or_default().trim();
        let number = |text: &str| match text.parse::<f64>() {
            Ok(n) => format!("Some({n:?})"),
            Err(_) => "None".to_owned(),
        };
        let limit = limits.get(cell(0));
        let limit_cell = |i: usize| limit.and_then(|l| l.get(i)).unwrap_or_default().trim();
        let priority: Vec<String> =
            limit_cell(4).split(';').filter(|s| !s.is_empty()).map(|s| format!("{s:?}")).collect();
        write!(
            text,
            "    Metric {{\n        id: {:?},\n        name: {:?},\n        unit: {:?},\n        value_kind: ValueKind::{},\n        aggregation: Aggregation::{},\n        loinc: {:?},\n        healthkit: {:?},\n        health_connect: {:?},\n        garmin_fit: {:?},\n        plausible_min: {},\n        plausible_max: {},\n        hard_min: {},\n        hard_max: {},\n        hold_s: {},\n        priority: &[{}],\n    }},\n",
            cell(0),
            cell(1),
            cell(2),
            camel(cell(3)),
            camel(cell(4)),
            cell(5),
            cell(7),
            cell(8),
            cell(10),
            number(cell(14)),
            number(cell(15)),
            number(limit_cell(1)),
            number(limit_cell(2)),
            number(limit_cell(3)),
            priority.join(", "),
        )
        .map_err(|e| e.to_string())?;
    }
    text.push_str("];\n");
    let target = root().join("twin-core/src/catalogue/table.rs");
    if check {
        let there = std::fs::read_to_string(&target).unwrap_or_default();
        return if there == text {
            println!("the catalogue table is up to date: {} metrics", metrics.len());
            Ok(())
        } else {
            Err("twin-core/src/catalogue/table.rs is stale; run `cargo xtask catalogue`".into())
        };
    }
    std::fs::write(&target, text).map_err(|e| format!("{}: {e}", target.display()))?;
    println!("wrote {} metrics to twin-core/src/catalogue/table.rs", metrics.len());
    Ok(())
}

fn rows(path: &Path) -> Result<Vec<csv::StringRecord>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| format!("{}: {e}", path.display()))?;
    reader.records().collect::<Result<_, _>>().map_err(|e| format!("{}: {e}", path.display()))
}

fn camel(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}
