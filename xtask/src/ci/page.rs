//! The report in a headless browser: `humantwin/tests/report_page.mjs`.

use super::{Outcome, built, call, strict, target};
use crate::catalogue::root;
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub(super) fn check() -> Result<Outcome, String> {
    let browser = match tools() {
        Ok(browser) => browser,
        Err(why) if strict() => return Err(why),
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    let folder = target().join("report-page");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    if !folder.join("node_modules/playwright-core").is_dir() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
        if let Err(why) = call(npm.arg(&folder).arg("playwright-core")) {
            return if strict() { Err(why) } else { Ok(Outcome::Skipped(why)) };
        }
    }
    let report = folder.join("report.html");
    let sample = built(
        "examples/report_sample",
        &["build", "--profile", "ci", "-p", "humantwin", "--example", "report_sample"],
    )?;
    call(Command::new(sample).arg(&report))?;
    // A module finds its packages beside itself.
    let script = folder.join("report_page.mjs");
    std::fs::copy(root().join("humantwin/tests/report_page.mjs"), &script).map_err(|e| e.to_string())?;
    call(Command::new("node").arg(script).arg(&report).env("CHROMIUM", browser))
}

/// The browser, installed with node and npm where this machine lets us.
pub(super) fn tools() -> Result<PathBuf, String> {
    let missing: Vec<&str> = [("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| !answers(program))
        .map(|(_, package)| package)
        .chain(browser().is_none().then_some("chromium"))
        .collect();
    if !missing.is_empty() {
        let why = format!("{} missing and cannot be installed through apt-get", missing.join(", "));
        let apt = |args: &[&str]| {
            call(
                Command::new("apt-get")
                    .args(args)
                    .env("DEBIAN_FRONTEND", "noninteractive")
                    .stdout(Stdio::null()),
            )
        };
        apt(&["update", "-qq"]).map_err(|_| why.clone())?;
        apt(&[&["install", "-y", "-qq", "--no-install-recommends"], missing.as_slice()].concat())
            .map_err(|_| why)?;
    }
    browser().ok_or_else(|| "no chromium is found; CHROMIUM names one".into())
}

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.exists())
}

fn answers(program: &str) -> bool {
    let mut version = Command::new(program);
    version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}
