//! How an error speaks: one line with a code, lower case, no final period, no names of Rust types.

use humantwin::Code;

const RUST: [&str; 22] = [
    "::", "Some(", "None", "Ok(", "Err(", "Error", "Os {", "kind:", "Utf8", "ParseInt", "unwrap", "i32",
    "i64", "u8", "u32", "u64", "usize", "f64", "&str", "Vec<", "Option", "struct ",
];

/// Looks at every error that a failed run printed, and at those in its JSON.
pub(crate) fn check_words(err: &str, out: &str) {
    let lines: Vec<&str> = err.lines().filter(|l| l.starts_with("error[")).collect();
    // A verification that finds something prints what it found instead.
    assert!(!lines.is_empty() || !out.is_empty(), "a failure without a word");
    for line in lines {
        let (code, message) = line["error[".len()..].split_once("]: ").unwrap();
        assert!(Code::ALL.iter().any(|c| c.as_str() == code), "an unknown code: {line}");
        check_message(message);
    }
    for answer in out.lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok()) {
        let error =
            answer.get("error").and_then(|e| e.as_str()).map(|e| e.split_once(": ").unwrap().1.to_owned());
        let refused = answer.get("refused").and_then(|r| r.as_array()).cloned().unwrap_or_default();
        let examples = refused.iter().filter_map(|r| r["example"].as_str().map(str::to_owned));
        error.into_iter().chain(examples).for_each(|message| check_message(&message));
    }
}

/// A message, after the name of the file it is about.
pub(crate) fn check_message(message: &str) {
    let file = message.split_once(": ").filter(|(name, _)| name.contains(['.', '/']) && !name.contains('`'));
    let said = file.map_or(message, |(_, rest)| rest);
    assert!(!said.ends_with(['.', '!', '\n']), "ends in a period: {message}");
    let first = said.chars().next().unwrap();
    let name =
        said.split_whitespace().next().unwrap().chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    assert!(!first.is_uppercase() || name, "begins in upper case: {message}");
    for word in RUST {
        assert!(!said.contains(word), "names a Rust type, `{word}`: {message}");
    }
    assert!(said.len() < 300 && !said.contains('\n'), "long: {message}");
}
