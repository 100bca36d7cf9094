//! The gate: what must hold before a change goes in.

mod browser;
mod kotlin;
mod node;
mod page;
mod python;
mod swift;
mod targets;

use crate::catalogue::{self, root};
use crate::{arch, plots, schema, share, snippets, vectors, wasm_equal};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How a step went.
pub(crate) enum Outcome {
    /// It held.
    Done,
    /// It could not run here, and why.
    Skipped(String),
}

type Step = (&'static str, fn() -> Result<Outcome, String>);

const CHECK: &[Step] = &[
    ("format", || cargo(&["fmt", "--all", "--check"])),
    ("lints", || {
        cargo(&["clippy", "--workspace", "--all-targets", "--profile", "ci", "--", "-D", "warnings"])
    }),
    ("rooms", || arch::run().map(|()| Outcome::Done)),
    ("code on pages", || snippets::run(true).map(|()| Outcome::Done)),
    ("share of bindings", || share::run().map(|()| Outcome::Done)),
    ("catalogue", || catalogue::run(true).map(|()| Outcome::Done)),
    ("schemas", || schema::run(true).map(|()| Outcome::Done)),
    ("pictures", || plots::run(true, &[]).map(|()| Outcome::Done)),
];

const REST: &[Step] = &[
    ("tests", tests),
    ("Node", node::check),
    ("browser", browser::check),
    ("Python", python::check),
    ("Swift", swift::check),
    ("Kotlin", kotlin::check),
    ("other targets", targets::check),
    ("same state in WebAssembly", wasm_equal::step),
    ("vectors", reference_values),
    ("corpus", corpus),
    ("demo", demo),
    ("report page", page::check),
];

/// The quick part.
pub(crate) fn check() -> Result<(), String> {
    steps(&[CHECK])
}

/// The whole gate, or the steps that are named.
pub(crate) fn run(only: &[&str]) -> Result<(), String> {
    if only.is_empty() {
        return steps(&[CHECK, REST]);
    }
    let all = || CHECK.iter().chain(REST);
    if let Some(strange) = only.iter().find(|name| !all().any(|(n, _)| n == *name)) {
        let names: Vec<&str> = all().map(|(n, _)| *n).collect();
        return Err(format!("there is no step `{strange}`; there are: {}", names.join(", ")));
    }
    let named: Vec<Step> = all().filter(|(n, _)| only.contains(n)).copied().collect();
    steps(&[&named])
}

/// Runs steps in order; the first that fails ends it.
pub(crate) fn steps(parts: &[&[Step]]) -> Result<(), String> {
    let start = Instant::now();
    let mut skipped = Vec::new();
    for (name, step) in parts.iter().copied().flatten() {
        println!("── {name}");
        let began = Instant::now();
        let outcome = step().map_err(|why| format!("step `{name}` failed: {why}"))?;
        let seconds = began.elapsed().as_secs_f64();
        match outcome {
            Outcome::Done => println!("── {name}: ok, {seconds:.0} s"),
            Outcome::Skipped(why) => {
                println!("── {name}: SKIPPED: {why}");
                skipped.push(*name);
            }
        }
    }
    let total = start.elapsed().as_secs();
    println!("── all steps hold, {} min {:02} s", total / 60, total % 60);
    if !skipped.is_empty() {
        println!("── NOT RUN HERE: {}", skipped.join(", "));
    }
    Ok(())
}

/// Runs cargo in the root.
pub(crate) fn cargo(args: &[&str]) -> Result<Outcome, String> {
    call(Command::new(env!("CARGO")).args(args))
}

/// Runs a command in the root; a failure names it.
pub(crate) fn call(command: &mut Command) -> Result<Outcome, String> {
    let words: Vec<String> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| Path::new(word).file_name().unwrap_or(word).to_string_lossy().into_owned())
        .collect();
    let shown = words.join(" ");
    if command.get_current_dir().is_none() {
        command.current_dir(root());
    }
    let status = command.status().map_err(|e| format!("`{shown}`: {e}"))?;
    if status.success() { Ok(Outcome::Done) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program that the tests built, built now where it is missing.
pub(crate) fn built(path: &str, build: &[&str]) -> Result<PathBuf, String> {
    let program = target().join("ci").join(path);
    if !program.exists() {
        cargo(build)?;
    }
    Ok(program)
}

/// Must everything run, or is what cannot be installed skipped?
pub(crate) fn strict() -> bool {
    std::env::var("CI").is_ok_and(|v| v == "true")
}

/// A folder named by a variable, or beside the checkout; `None` when it is not there.
pub(crate) fn shared(variable: &str, name: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let path = named.unwrap_or_else(|| root().join("../shared").join(name));
    path.is_dir().then_some(path)
}

/// All tests of Rust, with a real calendar server on this machine where there is a Python to run it in.
fn tests() -> Result<Outcome, String> {
    const TEST: [&str; 4] = ["test", "--workspace", "--profile", "ci"];
    if !strict() && Command::new("python3").args(["-c", "import ensurepip"]).output().is_err() {
        cargo(&TEST)?;
        return Ok(Outcome::Skipped("of calendars only: there is no Python to run Radicale in".into()));
    }
    let mut command = Command::new("sh");
    command.arg("twin-adapters/tests/caldav/run.sh").arg(env!("CARGO")).args(TEST);
    call(command.env("CARGO_TARGET_DIR", target()))
}

fn reference_values() -> Result<Outcome, String> {
    let Some(folder) = shared("HUMANTWIN_VECTORS", "vectors") else {
        return Ok(Outcome::Skipped("there is no folder of vectors; HUMANTWIN_VECTORS names one".into()));
    };
    let folder = folder.to_string_lossy().into_owned();
    vectors::run(&["--dir", &folder]).map(|()| Outcome::Done)
}

/// Real recordings against independent readers.
fn corpus() -> Result<Outcome, String> {
    let script = root().join("conformance/corpus/check.py");
    if !script.exists() {
        return Ok(Outcome::Skipped("conformance/corpus/check.py is not there".into()));
    }
    let Some(data) = shared("HUMANTWIN_DATA", "data") else {
        return Ok(Outcome::Skipped("there is no folder of recordings; HUMANTWIN_DATA names one".into()));
    };
    let program = built("humantwin", &["build", "--profile", "ci", "-p", "humantwin-cli"])?;
    call(Command::new("python3").arg(script).arg("--bin").arg(program).env("HUMANTWIN_DATA", data))
}

/// The demo ends well, and its report is there.
fn demo() -> Result<Outcome, String> {
    let program = built("humantwin", &["build", "--profile", "ci", "-p", "humantwin-cli"])?;
    let folder = target().join("demo");
    call(Command::new(program).args(["demo", "-o"]).arg(&folder))?;
    let report = folder.join("report.html");
    let size = std::fs::metadata(&report).map_err(|e| format!("{}: {e}", report.display()))?.len();
    if size < 20_000 {
        return Err(format!("the demo's report has only {size} bytes"));
    }
    Ok(Outcome::Done)
}
