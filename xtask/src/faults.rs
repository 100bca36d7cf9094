//! Does the simulation notice what is wrong? Each patch of `conformance/faults/` plants one fault in a copy of
//! the tree, and the simulation test must fail there: `cargo xtask faults [NAME…]`.

use crate::catalogue::root;
use crate::ci::{call, target};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Worlds that a fault may take at most.
const WORLDS: &str = "10000";
/// What the simulation is built from.
const ROOMS: [&str; 4] = ["twin-core", "twin-macros", "twin-store", "twin-testkit"];

/// What is built of the copy lies apart: cargo tells a faulty room from the real one by its place alone.
fn built() -> PathBuf {
    target().join("faults").join("target")
}

/// Plants the faults whose names contain one of the words, all without words.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let patches = patches(words)?;
    let tree = target().join("faults").join("tree");
    copy(&tree)?;
    if let Some(worlds) = worlds_until_caught(&tree)? {
        return Err(format!(
            "without any fault the simulation fails after {worlds} worlds: run it and see why"
        ));
    }
    println!("{:<44} caught after", "fault");
    let mut missed = Vec::new();
    for patch in patches {
        let name = patch.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        copy(&tree)?;
        let mut apply = Command::new("git");
        apply.current_dir(&tree).args(["apply", "--whitespace=nowarn"]).arg(&patch);
        call(apply.env("GIT_CEILING_DIRECTORIES", target()))
            .map_err(|e| format!("fault {name} no longer applies: {e}"))?;
        match worlds_until_caught(&tree)? {
            Some(worlds) => println!("{name:<44} {worlds} worlds"),
            None => {
                println!("{name:<44} NOT CAUGHT in {WORLDS} worlds");
                missed.push(name);
            }
        }
    }
    std::fs::remove_dir_all(&tree).map_err(|e| format!("{}: {e}", tree.display()))?;
    if missed.is_empty() { Ok(()) } else { Err(format!("faults not caught: {}", missed.join(", "))) }
}

fn patches(words: &[&str]) -> Result<Vec<PathBuf>, String> {
    let folder = root().join("conformance/faults");
    let listed = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let wanted = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        path.extension() == Some(OsStr::new("patch"))
            && (words.is_empty() || words.iter().any(|w| name.contains(w)))
    };
    let mut patches: Vec<PathBuf> = listed.filter_map(|e| Some(e.ok()?.path())).filter(wanted).collect();
    patches.sort();
    if patches.is_empty() { Err("there is no such fault".into()) } else { Ok(patches) }
}

/// A fresh copy of what the simulation is built from, as it lies here.
fn copy(tree: &Path) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", tree.display());
    if tree.exists() {
        std::fs::remove_dir_all(tree).map_err(failed)?;
    }
    std::fs::create_dir_all(tree).map_err(failed)?;
    for room in ROOMS {
        copy_folder(&root().join(room), &tree.join(room)).map_err(failed)?;
    }
    std::fs::copy(root().join("Cargo.lock"), tree.join("Cargo.lock")).map_err(failed)?;
    std::fs::write(tree.join("Cargo.toml"), manifest()?).map_err(failed)
}

/// The workspace's manifest with only these rooms as members.
fn manifest() -> Result<String, String> {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).map_err(|e| format!("Cargo.toml: {e}"))?;
    let (head, rest) = text.split_once("members = [").ok_or("Cargo.toml lists no members")?;
    let (_, rest) = rest.split_once(']').ok_or("Cargo.toml lists no members")?;
    let (_, rest) = rest.split_once("\n[").ok_or("Cargo.toml has one section only")?;
    Ok(format!("{head}members = {ROOMS:?}\n\n[{rest}"))
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&source, &copy)?;
        } else if source.extension() != Some(OsStr::new("proptest-regressions")) {
            // Failures kept from earlier runs would be lived first.
            std::fs::copy(source, copy)?;
        }
    }
    Ok(())
}

/// How many worlds it took until the simulation failed; `None` when it did not.
fn worlds_until_caught(tree: &Path) -> Result<Option<u64>, String> {
    let test = |more: &[&str]| {
        let mut test = Command::new(env!("CARGO"));
        test.current_dir(tree).args([
            "test",
            "--profile",
            "ci",
            "-p",
            "twin-testkit",
            "--test",
            "simulation",
        ]);
        test.args(more).env("CARGO_TARGET_DIR", built());
        test.env("PROPTEST_CASES", WORLDS).env("PROPTEST_MAX_SHRINK_ITERS", "0").env("RUST_BACKTRACE", "0");
        test.output().map_err(|e| format!("cargo cannot be run: {e}"))
    };
    let built = test(&["--no-run"])?;
    if !built.status.success() {
        return Err(format!(
            "the tree does not build with the fault:\n{}",
            String::from_utf8_lossy(&built.stderr)
        ));
    }
    let ran = test(&["--", "the_engine_does_as_specified"])?;
    if ran.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    let passed = said.lines().find_map(|line| line.trim().strip_prefix("successes: ")?.parse::<u64>().ok());
    passed
        .map(|passed| Some(passed + 1))
        .ok_or_else(|| format!("the simulation ended without a finding:\n{said}"))
}
