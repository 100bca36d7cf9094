//! Code on pages is a copy of code that runs: `cargo xtask snippets [--check]`.
//!
//! A line `<!-- snippet: examples/python/quickstart.py -->` before a fence names the file; with `#part` the lines
//! between `[part]` and `[/part]` of it.

use crate::catalogue::root;
use std::path::{Path, PathBuf};

const MARK: &str = "<!-- snippet: ";

/// Fills every marked fence, or with `check` says which are stale.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let (mut stale, mut count) = (Vec::new(), 0);
    for page in pages()? {
        let text = std::fs::read_to_string(&page).map_err(|e| format!("{}: {e}", page.display()))?;
        let shown = page.strip_prefix(root()).unwrap_or(&page).display().to_string();
        let (filled, here) = fill(&text, &root()).map_err(|why| format!("{shown}: {why}"))?;
        count += here;
        if filled != text {
            stale.push(shown);
            if !check {
                std::fs::write(&page, filled).map_err(|e| format!("{}: {e}", page.display()))?;
            }
        }
    }
    if check && !stale.is_empty() {
        return Err(format!("stale code on {}; run `cargo xtask snippets`", stale.join(", ")));
    }
    println!(
        "{count} snippets are copies of code that runs, {} pages written",
        if check { 0 } else { stale.len() }
    );
    Ok(())
}

/// The pages of the project.
fn pages() -> Result<Vec<PathBuf>, String> {
    let mut found = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The page with each marked fence filled, and how many there are.
fn fill(page: &str, root: &Path) -> Result<(String, usize), String> {
    let (mut out, mut count) = (String::new(), 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        let Some(from) = line.trim().strip_prefix(MARK).and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let fence =
            lines.next().filter(|l| l.starts_with("```")).ok_or(format!("no fence follows `{from}`"))?;
        lines.by_ref().find(|l| *l == "```").ok_or(format!("the fence of `{from}` has no end"))?;
        out += &format!("{fence}\n{}\n```\n", snippet(from, root)?);
        count += 1;
    }
    Ok((out, count))
}

/// What a mark names, without the blank lines around it.
fn snippet(from: &str, root: &Path) -> Result<String, String> {
    let (path, part) = from.split_once('#').map_or((from, None), |(path, part)| (path, Some(part)));
    let text = std::fs::read_to_string(root.join(path)).map_err(|e| format!("`{path}`: {e}"))?;
    let Some(part) = part else { return Ok(text.trim().to_owned()) };
    let (start, end) = (format!("[{part}]"), format!("[/{part}]"));
    let after = text.lines().skip_while(|line| !line.trim_end().ends_with(&start)).skip(1);
    let body: Vec<&str> = after.take_while(|line| !line.trim_end().ends_with(&end)).collect();
    if body.is_empty() {
        return Err(format!("`{path}` has no part `{part}`"));
    }
    Ok(body.join("\n").trim_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_fence_is_filled_and_nothing_else() {
        let folder = target_folder();
        std::fs::write(folder.join("a.py"), "# [x]\nprint(1)\n# [/x]\nprint(2)\n").unwrap();
        let page = "one\n<!-- snippet: a.py#x -->\n```python\nold\n```\n```sh\nkept\n```\n";
        let (filled, count) = fill(page, &folder).unwrap();
        assert_eq!(filled, page.replace("old", "print(1)"));
        assert_eq!(count, 1);
        assert!(fill("<!-- snippet: a.py#y -->\n```\n```\n", &folder).unwrap_err().contains("no part"));
        assert!(fill("<!-- snippet: b.py -->\n```\n```\n", &folder).is_err());
    }

    fn target_folder() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("snippets-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}
