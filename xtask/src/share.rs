//! How much of the project is written by hand for single languages: `cargo xtask share`.

use crate::catalogue::root;
use std::path::Path;

/// The rooms below the bindings.
const BELOW: &[&str] = &[
    "twin-core",
    "twin-macros",
    "twin-models",
    "twin-adapters",
    "twin-store",
    "twin-testkit",
    "humantwin",
    "cli",
];
const BINDINGS: &[&str] = &["bindings-python", "bindings-node", "bindings-wasm", "bindings-swift-kotlin"];
/// Hand-written lines of bindings over lines below, at most.
const MOST: f64 = 0.15;
const SOURCES: &[&str] = &["rs", "py", "pyi", "js", "mjs", "cjs", "ts", "swift", "kt", "kts", "c", "h"];
/// What is neither library nor binding.
const BESIDE: &[&str] =
    &["tests", "test", "Tests", "benches", "examples", "target", "node_modules", "build", ".build", ".venv"];
const GENERATED: &str = "Written by `cargo xtask schema`";

/// Prints the share; too much is an error.
pub(crate) fn run() -> Result<(), String> {
    let count = |rooms: &[&str], text: &str| -> Result<usize, String> {
        let mut all = 0;
        for room in rooms {
            let lines = lines(&root().join(room))?;
            println!("{lines:>7}  {room}");
            all += lines;
        }
        println!("{all:>7}  {text}");
        Ok(all)
    };
    let below = count(BELOW, "lines below the bindings, without tests and generated files")?;
    let bindings = count(BINDINGS, "lines of bindings, written by hand")?;
    #[expect(clippy::cast_precision_loss, reason = "a ratio of line counts")]
    let share = bindings as f64 / below as f64;
    println!("{:>6.1} %  (at most {:.0} %)", share * 100.0, MOST * 100.0);
    if share > MOST { Err("too much is written by hand in the bindings".into()) } else { Ok(()) }
}

/// Lines of source below a folder, without tests and generated files.
fn lines(folder: &Path) -> Result<usize, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(0) };
    let mut all = 0;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            all += if BESIDE.contains(&name.as_str()) { 0 } else { lines(&path)? };
        } else if path.extension().is_some_and(|e| SOURCES.iter().any(|s| e == *s)) {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let generated = text.lines().take(5).any(|line| line.contains(GENERATED));
            // The tests of a Rust file stand at its end.
            let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            all += if generated { 0 } else { body.lines().count() };
        }
    }
    Ok(all)
}
