//! What the sources of pure rooms may not name: the outside world, and each other's vendors.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Rooms without clock, file, network, environment, thread or runtime.
pub(super) const PURE: &[&str] = &["twin-core", "twin-models", "twin-adapters"];

/// Neighbouring names that may not occur in a path.
const BANNED: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "thread"],
    &["std", "process"],
    &["SystemTime", "now"],
    &["Instant", "now"],
    &["tokio"],
    &["async_std"],
    &["smol"],
];

/// Every path in `text` that a pure room may not name, outside `#[cfg(test)]`.
pub(super) fn check(file: &str, text: &str) -> Vec<String> {
    let tokens: TokenStream = match text.parse() {
        Ok(tokens) => tokens,
        Err(e) => return vec![format!("{file}: cannot be read as Rust: {e}")],
    };
    let mut paths = Vec::new();
    walk(tokens, &[], &mut paths);
    let vendor = vendor_of(file);
    let mut findings: Vec<String> = paths
        .iter()
        .filter(|path| BANNED.iter().any(|banned| names(path, banned)) || foreign(path, vendor))
        .map(|path| format!("{file}: may not name `{}`", path.join("::")))
        .collect();
    findings.dedup();
    findings
}

fn names(path: &[String], banned: &[&str]) -> bool {
    match banned {
        // A crate is named by the head of a path.
        [one] => path.first().is_some_and(|head| head == one),
        _ => {
            path.windows(banned.len()).any(|part| part.iter().map(String::as_str).eq(banned.iter().copied()))
        }
    }
}

/// `twin-adapters/src/files/<vendor>/…`
fn vendor_of(file: &str) -> Option<&str> {
    let (vendor, _) = file.strip_prefix("twin-adapters/src/files/")?.split_once('/')?;
    Some(vendor)
}

/// Does a vendor's module name another vendor's? `platform` may: its batches go through the tables of the exports.
fn foreign(path: &[String], vendor: Option<&str>) -> bool {
    const VENDORS: &[&str] = &["apple_health", "calendar", "fit", "tables"];
    let (Some(own), [first, second, third, ..]) = (vendor, path) else { return false };
    first == "crate"
        && second == "files"
        && third != own
        && own != "platform"
        && VENDORS.contains(&third.as_str())
}

/// Collects the paths of `tokens`; `{a, b::c}` after `::` goes on with `prefix`.
fn walk(tokens: TokenStream, prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut path: Vec<String> = prefix.to_vec();
    // 0: the path is at rest, 1: after one colon, 2: after two.
    let mut colons = 0;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(p) if p.as_char() == ':' => colons += 1,
            TokenTree::Punct(p) if p.as_char() == '#' && is_test(tokens.peek()) => {
                // The attribute, then the item it belongs to: up to its block or semicolon.
                for skipped in tokens.by_ref() {
                    match skipped {
                        TokenTree::Group(g) if g.delimiter() == Delimiter::Brace => break,
                        TokenTree::Punct(p) if p.as_char() == ';' => break,
                        _ => {}
                    }
                }
            }
            TokenTree::Ident(name) => {
                if colons != 2 && path.len() > prefix.len() {
                    paths.push(std::mem::replace(&mut path, prefix.to_vec()));
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Group(group) => {
                if colons == 2 && group.delimiter() == Delimiter::Brace {
                    walk(group.stream(), &path, paths);
                    path = prefix.to_vec();
                } else {
                    end(&mut path, prefix, paths);
                    walk(group.stream(), &[], paths);
                }
                colons = 0;
            }
            _ => {
                end(&mut path, prefix, paths);
                colons = 0;
            }
        }
    }
    end(&mut path, prefix, paths);
}

fn end(path: &mut Vec<String>, prefix: &[String], paths: &mut Vec<Vec<String>>) {
    if path.len() > prefix.len() {
        paths.push(std::mem::replace(path, prefix.to_vec()));
    }
}

/// Is this the bracket of `#[cfg(test)]`?
fn is_test(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Bracket
        && g.stream().to_string().split_whitespace().collect::<String>() == "cfg(test)")
}

#[cfg(test)]
mod tests {
    use super::check;

    const VIOLATING: &str = r#"
//! std::fs in words is fine.
use std::{collections::BTreeMap, fs::File, net};
use crate::files::fit::wire;

/// `std::env` in words is fine, and "std::thread" in a text too.
fn clock() -> u64 {
    let text = "std::thread::spawn";
    let now = std::time::SystemTime::now();
    tokio::spawn(async { std::env::var("HOME") });
    let version = env!("CARGO_PKG_VERSION");
    let a: std::fmt::Result = Ok(());
    0
}

#[cfg(test)]
mod tests {
    use std::fs;
}
fn after() { std::thread::yield_now() }
"#;

    #[test]
    fn what_reaches_outside_is_named() {
        assert_eq!(
            check("twin-adapters/src/files/tables/rows.rs", VIOLATING),
            [
                "std::fs::File",
                "std::net",
                "crate::files::fit::wire",
                "std::time::SystemTime::now",
                "tokio::spawn",
                "std::env::var",
                "std::thread::yield_now",
            ]
            .map(|path| format!("twin-adapters/src/files/tables/rows.rs: may not name `{path}`"))
        );
    }

    #[test]
    fn a_vendor_may_name_itself() {
        assert!(check("twin-adapters/src/files/fit/part.rs", "use crate::files::fit::wire;").is_empty());
        assert!(check("twin-adapters/src/files/open.rs", "use crate::files::fit::wire;").is_empty());
    }
}
