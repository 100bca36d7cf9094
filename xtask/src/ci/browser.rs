//! The browser package: built small, held to its size, tested in a headless browser, installed.

use super::{Outcome, call, node, strict};
use crate::catalogue::root;
use std::process::Command;

pub(super) fn check() -> Result<Outcome, String> {
    let browser = match tools() {
        Ok(browser) => browser,
        Err(why) if strict() => return Err(why),
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    node::script("bindings-wasm/packaging/build.mjs", &[])?;
    node::script("bindings-node/packaging/build.mjs", &["--profile", "ci"])?;
    node::script("bindings-node/packaging/pack.mjs", &[])?;
    node::script("bindings-wasm/packaging/pack.mjs", &[])?;
    let test = root().join("bindings-wasm/test/browser.mjs");
    call(Command::new("node").arg(test).env("CHROMIUM", browser))?;
    node::script("bindings-node/packaging/install_test.mjs", &["--wasm"])
}

fn tools() -> Result<std::path::PathBuf, String> {
    let browser = node::tools()?;
    call(Command::new("rustup").args(["--quiet", "target", "add", "wasm32-unknown-unknown"]))?;
    Ok(browser)
}
