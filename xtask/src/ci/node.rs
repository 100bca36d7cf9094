//! The Node package: built, tested, type-checked, packed, installed in an empty project.

use super::{Outcome, call, page, strict};
use crate::catalogue::root;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn check() -> Result<Outcome, String> {
    if let Err(why) = tools() {
        return if strict() { Err(why) } else { Ok(Outcome::Skipped(why)) };
    }
    script("bindings-node/packaging/build.mjs", &["--profile", "ci"])?;
    for task in ["test", "types", "pack-all", "install-test"] {
        call(npm().args(["run", "--silent", task]))?;
    }
    Ok(Outcome::Done)
}

/// Node, npm, the pinned packages; gives the browser.
pub(super) fn tools() -> Result<PathBuf, String> {
    let browser = page::tools()?;
    let age = |path: &str| std::fs::metadata(folder().join(path)).and_then(|m| m.modified()).ok();
    if age("node_modules/.package-lock.json") < age("package.json") {
        // Versions are pinned in the manifest; a lock would name the binaries of one platform alone.
        let quiet = ["--no-audit", "--no-fund", "--no-save", "--no-package-lock", "--loglevel=error"];
        call(npm().arg("install").args(quiet))?;
    }
    Ok(browser)
}

/// Runs a script of the packages.
pub(super) fn script(path: &str, words: &[&str]) -> Result<Outcome, String> {
    call(Command::new("node").arg(root().join(Path::new(path))).args(words))
}

fn folder() -> PathBuf {
    root().join("bindings-node")
}

fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder());
    npm
}
