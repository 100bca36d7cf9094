//! Which room may import which, after the table in `ARCHITECTURE.md`; what pure rooms may not touch.

mod rooms;
mod source;

use crate::catalogue::root;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Fails with every import that is not allowed.
pub(crate) fn run() -> Result<(), String> {
    let root = root();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(&root)
        .output()
        .map_err(|e| format!("cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))?;
    let mut findings = rooms::check(&metadata);
    let mut count = 0;
    for room in source::PURE {
        for file in rust_files(&root.join(room).join("src"))? {
            let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            let shown = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
            findings.extend(source::check(&shown, &text));
            count += 1;
        }
    }
    if findings.is_empty() {
        println!("rooms import what they may; {count} files of pure rooms touch nothing outside");
        return Ok(());
    }
    Err(format!("{} findings\n  {}", findings.len(), findings.join("\n  ")))
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
