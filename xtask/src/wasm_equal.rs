//! Is the state the same, bit for bit, natively and in WebAssembly? `cargo xtask wasm-equal [--worlds N]`.

use crate::catalogue::root;
use crate::ci::{Outcome, call, cargo, strict, target};
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-wasip1";
/// Worlds of the gate.
const WORLDS: &str = "256";
const EXAMPLE: [&str; 7] = ["build", "--profile", "ci", "-p", "twin-testkit", "--example", "world_hashes"];

/// As a step of the gate.
pub(crate) fn step() -> Result<Outcome, String> {
    compare(WORLDS)
}

/// As a task.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let worlds = match words {
        [] => WORLDS,
        ["--worlds", count] => count,
        _ => return Err("usage: cargo xtask wasm-equal [--worlds N]".into()),
    };
    match compare(worlds)? {
        Outcome::Done => Ok(()),
        Outcome::Skipped(why) => Err(why),
    }
}

fn compare(worlds: &str) -> Result<Outcome, String> {
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    if !node.is_ok_and(|status| status.success()) {
        return missing("node is missing");
    }
    if let Err(why) = call(Command::new("rustup").args(["--quiet", "target", "add", TARGET])) {
        return missing(&why);
    }
    cargo(&EXAMPLE)?;
    cargo(&[&EXAMPLE[..], &["--target", TARGET]].concat())?;
    let native = lines(Command::new(target().join("ci/examples/world_hashes")).arg(worlds))?;
    let program = target().join(TARGET).join("ci/examples/world_hashes.wasm");
    let run = root().join("conformance/wasm/run.mjs");
    let wasm = lines(Command::new("node").arg("--no-warnings").arg(run).arg(program).arg(worlds))?;
    if let Some((here, there)) = native.iter().zip(&wasm).find(|(here, there)| here != there) {
        return Err(format!("states differ\n  native {here}\n  wasm   {there}"));
    }
    if native.len() != wasm.len() || native.is_empty() {
        return Err(format!("{} worlds natively, {} in WebAssembly", native.len(), wasm.len()));
    }
    println!("{} worlds: the same state natively and on {TARGET}", native.len());
    Ok(Outcome::Done)
}

fn missing(why: &str) -> Result<Outcome, String> {
    if strict() { Err(why.into()) } else { Ok(Outcome::Skipped(why.into())) }
}

fn lines(command: &mut Command) -> Result<Vec<String>, String> {
    let output = command.output().map_err(|e| format!("`{command:?}`: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{command:?}` ended with {}: {said}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
