//! Do the pure rooms build for browsers and phones?

use super::{Outcome, call, cargo, strict};
use std::process::Command;

const TARGETS: &[&str] = &["wasm32-unknown-unknown", "aarch64-linux-android", "aarch64-apple-ios"];

/// What goes everywhere: all but the native stores.
const ROOMS: &[&str] = &[
    "check",
    "--profile",
    "ci",
    "-p",
    "twin-core",
    "-p",
    "twin-models",
    "-p",
    "twin-adapters",
    "-p",
    "humantwin",
    "--no-default-features",
    "--features",
    "twin-adapters/default,humantwin/files,humantwin/report",
    "--target",
];

/// What phones have beside: the border of Swift and Kotlin, without the store, which needs a C compiler for them.
const MOBILE: &[&str] =
    &["check", "--profile", "ci", "-p", "humantwin-mobile", "--no-default-features", "--target"];

pub(super) fn check() -> Result<Outcome, String> {
    let mut missing = Vec::new();
    for target in TARGETS {
        if let Err(why) = call(Command::new("rustup").args(["--quiet", "target", "add", target])) {
            if strict() {
                return Err(why);
            }
            missing.push(*target);
            continue;
        }
        cargo(&[ROOMS, &[target]].concat())?;
        if !target.starts_with("wasm32") {
            cargo(&[MOBILE, &[target]].concat())?;
        }
        println!("builds for {target}");
    }
    if missing.is_empty() {
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Skipped(format!("rustup cannot add {}", missing.join(", "))))
}
