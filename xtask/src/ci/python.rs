//! The Python package: `bindings-python/tests/run.sh` with what it needs.

use super::{Outcome, call, strict, target};
use crate::catalogue::root;
use std::process::{Command, Stdio};

/// A Python that can make environments, as the script needs it.
const ABLE: &str = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";

pub(super) fn check() -> Result<Outcome, String> {
    let missing: Vec<&str> = [("python3", "-c", ABLE, "python3-venv"), ("node", "--version", "", "nodejs")]
        .into_iter()
        .filter(|(program, option, more, _)| !runs(program, option, more))
        .map(|(.., package)| package)
        .collect();
    if !missing.is_empty()
        && let Err(why) = install(&missing)
    {
        return if strict() { Err(why) } else { Ok(Outcome::Skipped(why)) };
    }
    let script = root().join("bindings-python/tests/run.sh");
    call(Command::new("sh").arg(script).env("CARGO_TARGET_DIR", target()))
}

fn runs(program: &str, option: &str, more: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(option).stdout(Stdio::null()).stderr(Stdio::null());
    if !more.is_empty() {
        command.arg(more);
    }
    command.status().is_ok_and(|status| status.success())
}

/// Installs Debian packages, as root or through sudo.
fn install(packages: &[&str]) -> Result<(), String> {
    let sudo: &[&str] = if runs("sudo", "-n", "true") { &["sudo", "-n"] } else { &[] };
    let why = format!("{} missing and cannot be installed through apt-get", packages.join(", "));
    for words in
        [&["update", "-qq"][..], &[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat()]
    {
        let line = [sudo, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], words].concat();
        let (program, args) = line.split_first().ok_or_else(|| why.clone())?;
        call(Command::new(program).args(args).stdout(Stdio::null())).map_err(|_| why.clone())?;
    }
    Ok(())
}
