//! The gate's long forms: many cases, many kills, fuzzing, one large file, all measures.

use crate::ci::{Outcome, built, call, cargo, steps, target};
use std::io::{BufWriter, Write as _};
use std::process::{Child, Command};
use std::time::Duration;

/// Bytes of the large export.
const LARGE: u64 = 1_000_000_000;
/// Most memory an import may take, KiB.
const MEMORY_KIB: u64 = 100_000;

/// Runs them all; takes some hours, most of them fuzzing.
pub(crate) fn run() -> Result<(), String> {
    steps(&[&[
        ("licences and advisories", licences),
        ("tests, 10,000 cases and 1,000 kills", tests),
        ("planted faults", || crate::faults::run(&[]).map(|()| Outcome::Done)),
        ("fuzzing, 600 s a target", || crate::fuzz::run(&[]).map(|()| Outcome::Done)),
        ("1 GB Apple export", large_export),
        ("measures, 5-year twin among them", || cargo(&["xtask", "measures"])),
    ]])
}

fn licences() -> Result<Outcome, String> {
    let there = Command::new("cargo-deny").arg("--version").output().is_ok_and(|o| o.status.success());
    if !there {
        cargo(&["install", "--locked", "cargo-deny"])?;
    }
    cargo(&["deny", "check"])
}

fn tests() -> Result<Outcome, String> {
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--workspace", "--profile", "ci", "--", "--include-ignored"]);
    for (name, many) in [("PROPTEST_CASES", "10000"), ("KILLS", "1000")] {
        tests.env(name, std::env::var(name).unwrap_or_else(|_| many.into()));
    }
    call(&mut tests)
}

/// Writes a large export, imports it, and watches the memory.
fn large_export() -> Result<Outcome, String> {
    let folder = target().join("long");
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let (export, twin) = (folder.join("export.xml"), folder.join("large.twin"));
    for ending in ["", "-wal", "-shm", ".lock"] {
        drop(std::fs::remove_file(folder.join(format!("large.twin{ending}"))));
    }
    let mut out = BufWriter::new(std::fs::File::create(&export).map_err(failed)?);
    let bytes = twin_testkit::write_apple_export(&mut out, LARGE, 7).map_err(|e| e.to_string())?;
    out.flush().map_err(failed)?;
    drop(out);
    let program = built("humantwin", &["build", "--profile", "ci", "-p", "humantwin-cli"])?;
    let mut import = Command::new(&program);
    let child =
        import.arg("import").arg(&twin).arg(&export).args(["--zone", "UTC"]).spawn().map_err(failed)?;
    let (ended, peak) = watch(child)?;
    std::fs::remove_file(&export).map_err(failed)?;
    println!("{bytes} bytes, at most {} MB of memory", peak / 1000);
    if !ended {
        return Err("the import ended with an error".into());
    }
    if peak > MEMORY_KIB {
        return Err(format!("the import took {peak} KiB, at most {MEMORY_KIB} are allowed"));
    }
    call(Command::new(&program).arg("verify").arg(&twin))
}

/// Waits for a program; whether it ended well, and its peak memory in KiB where the system tells.
fn watch(mut child: Child) -> Result<(bool, u64), String> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(ended) = child.try_wait().map_err(|e| e.to_string())? {
            return Ok((ended.success(), peak));
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(200));
    }
}
