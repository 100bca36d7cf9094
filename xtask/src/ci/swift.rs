//! The Swift package: `bindings-swift-kotlin/swift/check.sh`.

use super::{Outcome, strict, target};
use crate::catalogue::root;
use std::process::Command;

/// How a script says that its tools cannot be had.
const NO_TOOLS: i32 = 77;

pub(super) fn check() -> Result<Outcome, String> {
    script(
        "bindings-swift-kotlin/swift/check.sh",
        "there is no Swift, and none can be installed here (it takes root and Debian)",
    )
}

/// Runs a language's script; `missing` is why it is skipped where its tools cannot be had.
pub(super) fn script(path: &str, missing: &str) -> Result<Outcome, String> {
    let mut command = Command::new("sh");
    command.arg(root().join(path)).current_dir(root()).env("CARGO_TARGET_DIR", target());
    let status = command.status().map_err(|e| format!("{path}: {e}"))?;
    match status.code() {
        Some(0) => Ok(Outcome::Done),
        Some(NO_TOOLS) if !strict() => Ok(Outcome::Skipped(missing.into())),
        Some(NO_TOOLS) => Err(missing.into()),
        _ => Err(format!("`{path}` ended with {status}")),
    }
}
