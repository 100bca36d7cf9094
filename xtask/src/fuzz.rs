//! Every parser of foreign bytes and every decoder against bytes that grow out of seeds:
//! `cargo xtask fuzz [--seconds N] [TARGET…]`.

use crate::catalogue::root;
use crate::ci::{call, cargo, target};
use std::process::Command;

/// How long each target runs without `--seconds` and without `FUZZ_SECONDS`.
const SECONDS: u32 = 600;
/// Longest input, most memory and longest time of one input; more of either is a finding.
const LIMITS: [&str; 3] = ["-max_len=65536", "-rss_limit_mb=2048", "-timeout=10"];

/// Runs the targets named, all without names, one after the other; the first finding ends it.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let stated = std::env::var("FUZZ_SECONDS").ok().and_then(|n| n.parse().ok());
    let (mut seconds, mut names) = (stated.unwrap_or(SECONDS), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if *word == "--seconds" {
            let number = words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
            seconds = number.ok_or("`--seconds` wants a number of seconds above 0")?;
        } else {
            names.push((*word).to_owned());
        }
    }
    let all = targets()?;
    if let Some(name) = names.iter().find(|name| !all.contains(name)) {
        return Err(format!("there is no target `{name}`; there are {}", all.join(", ")));
    }
    let version = Command::new(env!("CARGO")).args(["fuzz", "--version"]).output();
    if !version.is_ok_and(|o| o.status.success()) {
        cargo(&["install", "--locked", "cargo-fuzz"])?;
    }
    for name in if names.is_empty() { all } else { names } {
        println!("── {name}, {seconds} s");
        fuzz(&name, seconds)?;
    }
    Ok(())
}

/// The names of all targets.
fn targets() -> Result<Vec<String>, String> {
    let folder = root().join("fuzz/targets");
    let listed = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let stem = |entry: std::fs::DirEntry| Some(entry.path().file_stem()?.to_str()?.to_owned());
    let mut names: Vec<String> = listed.flatten().filter_map(stem).collect();
    names.sort();
    Ok(names)
}

/// Runs a target. What it finds on the way is kept beside what is built, the seeds stay as they are.
fn fuzz(name: &str, seconds: u32) -> Result<(), String> {
    let found = target().join("fuzz/corpus").join(name);
    std::fs::create_dir_all(&found).map_err(|e| format!("{}: {e}", found.display()))?;
    let mut run = Command::new(env!("CARGO"));
    // No sanitizer: there is no unsafe code of ours, and stable Rust is enough.
    run.args(["fuzz", "run", "--fuzz-dir", "fuzz", "--sanitizer", "none", name]);
    run.arg(&found).arg(root().join("fuzz/corpus").join(name));
    run.arg("--").args(LIMITS).arg(format!("-max_total_time={seconds}"));
    call(&mut run)
        .map(drop)
        .map_err(|why| format!("{why}\ntarget `{name}` found bytes that break it, in fuzz/artifacts/{name}"))
}
