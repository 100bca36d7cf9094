//! Builds the measures as they are shipped and runs them: `cargo xtask measures [--json] [--quick] …`.

use crate::catalogue::root;
use std::process::Command;

/// Passes all words on to `humantwin-benches`.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .current_dir(root())
        .args(["run", "--quiet", "--release", "--package", "humantwin-benches", "--bin", "measures", "--"])
        .args(words)
        .status()
        .map_err(|e| format!("cargo cannot be run: {e}"))?;
    if done.success() { Ok(()) } else { Err("the measures did not run to their end".into()) }
}
