//! Python: `TypedDict`s, one method per verb, one class per error code.

mod methods;

use super::api::{Api, Case, Field, Gives, Kind, Shape, TypeDef};
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "bindings-python/python/humantwin";
const HEAD: &str = "# Written by `cargo xtask schema`; not to be edited.\n";

/// Words that Python keeps for itself, where they name fields.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Built-in errors that a code is one of, too.
const ALSO: &[(&str, &str)] =
    &[("invalid_value", "ValueError"), ("malformed", "ValueError"), ("not_found", "LookupError")];

/// The files by path.
pub(super) fn files(api: &Api) -> BTreeMap<String, String> {
    [("types", types(api)), ("_verbs", methods::page(api)), ("_errors", errors(api))]
        .map(|(name, text)| (format!("{FOLDER}/{name}.py"), text))
        .into()
}

const TYPES_HEAD: &str = r#""""Everything that crosses the border, as the types of plain dicts.

Times in answers are RFC 3339 text (`Timestamp`), days ``YYYY-MM-DD`` (`LocalDate`). What you give may be an aware
`datetime` (`Instant`) or a `date` (`Day`) as well. A field that is not required may be left out or be None.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Instant: TypeAlias = str | datetime
"""A moment as you give it: an aware `datetime`, or RFC 3339 text."""

Day: TypeAlias = str | date
"""A civil day as you give it: a `date`, or ``YYYY-MM-DD``."""
"#;

const UNKNOWN: &str = r#"

class UnknownEvent(Envelope):
    """A kind that this version does not know. It is kept as it came."""

    type: str
    data: NotRequired[dict[str, Any]]
"#;

fn types(api: &Api) -> String {
    let answers = answers(api);
    // What is written as a call comes last: it needs its parts, classes do not.
    let (mut aliases, mut classes, mut calls) = (String::new(), String::new(), String::new());
    let mut names: Vec<String> = vec!["Instant".into(), "Day".into()];
    for kind in &api.types {
        let given = !answers.contains(&kind.name);
        match &kind.shape {
            Shape::Struct(fields) if fields.iter().any(is_keyword) => {
                calls += &call(&kind.name, &kind.about, fields, given);
            }
            Shape::Struct(fields) => classes += &class(&kind.name, &kind.about, fields, given, None),
            Shape::Text => aliases += &alias(kind, "str"),
            Shape::Any => aliases += &alias(kind, "Any"),
            Shape::Words(words) => {
                let each: String = words.iter().map(|w| format!("    \"{}\",\n", w.word)).collect();
                aliases += &alias(kind, &format!("Literal[\n{each}]"));
            }
            Shape::Cases(cases) => {
                for case in cases {
                    let name = case_name(kind, case);
                    classes += &class(&name, &case.about, &case.fields, given, Some(&case.word));
                    names.push(name);
                }
                let each: Vec<String> = cases.iter().map(|c| case_name(kind, c)).collect();
                calls += &union(&kind.name, &kind.about, &each);
            }
        }
        names.push(kind.name.clone());
    }
    let about = "What every event says beside `type` and `data`.";
    classes += &class("Envelope", about, &api.envelope, true, None);
    let mut events = Vec::new();
    for event in &api.events {
        let about = api.find(&event.body).map_or("", |t| t.about.as_str());
        let name = format!("{}Event", event.body);
        classes += &format!(
            "\n\nclass {name}(Envelope):\n{}\n    type: Literal[\"{}\"]\n    data: {}\n",
            docstring(about, 4),
            event.kind,
            event.body
        );
        events.push(name);
    }
    classes += UNKNOWN;
    calls += &union("Event", "A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds.", &events);
    let known_or_not = ["Event".into(), "UnknownEvent".into()];
    calls += &union("AnyEvent", "A fact as an export may hold it: of a newer version too.", &known_or_not);
    names.extend(events);
    names.extend(["Envelope", "UnknownEvent", "Event", "AnyEvent"].map(String::from));
    let names = all(names);
    format!("{HEAD}{TYPES_HEAD}{aliases}{classes}\n{calls}{names}")
}

/// The types that answers are made of: their times are text.
fn answers(api: &Api) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let given = api.verbs.iter().filter_map(|v| match &v.gives {
        Gives::View(name) => Some(name.clone()),
        Gives::Text | Gives::Bytes => None,
    });
    let mut todo: Vec<String> = given.chain(["WatchView".into()]).collect();
    while let Some(name) = todo.pop() {
        let fields: Vec<&Field> = match api.find(&name).map(|t| &t.shape) {
            Some(Shape::Struct(fields)) => fields.iter().collect(),
            Some(Shape::Cases(cases)) => cases.iter().flat_map(|c| &c.fields).collect(),
            _ => Vec::new(),
        };
        if found.insert(name) {
            todo.extend(fields.into_iter().filter_map(|f| named(&f.kind)));
        }
    }
    found
}

fn named(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Named(name) => Some(name.clone()),
        Kind::List(of) => named(of),
        _ => None,
    }
}

fn case_name(kind: &TypeDef, case: &Case) -> String {
    let base = kind.name.strip_suffix("Request").unwrap_or(&kind.name);
    format!("{base}{}", camel(&case.word))
}

fn camel(word: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    word.split('_').filter_map(part).collect()
}

fn is_keyword(field: &Field) -> bool {
    KEYWORDS.contains(&field.name.as_str())
}

/// A `TypedDict` with a field that is a keyword: a class cannot say it.
fn call(name: &str, about: &str, fields: &[Field], given: bool) -> String {
    let row = |field: &Field| format!("        \"{}\": \"{}\",\n", field.name, field_type(field, given));
    let rows: String = fields.iter().map(row).collect();
    let text = docstring(about, 0);
    format!("\n{name} = TypedDict(\n    \"{name}\",\n    {{\n{rows}    }},\n)\n{text}")
}

/// A `TypedDict`; `tag` is the word of a case.
fn class(name: &str, about: &str, fields: &[Field], given: bool, tag: Option<&str>) -> String {
    let mut rows = tag.map(|word| format!("    type: Literal[\"{word}\"]\n")).unwrap_or_default();
    for field in fields {
        rows += &format!("    {}: {}\n{}", field.name, field_type(field, given), docstring(&field.about, 4));
    }
    let about = docstring(about, 4);
    let gap = if about.is_empty() || rows.is_empty() { "" } else { "\n" };
    let rows = if about.is_empty() && rows.is_empty() { "    pass\n".into() } else { rows };
    format!("\n\nclass {name}(TypedDict):\n{about}{gap}{rows}")
}

fn field_type(field: &Field, given: bool) -> String {
    let kind = type_of(&field.kind, given);
    match (field.optional, given) {
        (false, _) => kind,
        (true, false) => format!("NotRequired[{kind}]"),
        (true, true) => format!("NotRequired[{kind} | None]"),
    }
}

/// A type; `given` by the caller, who has more ways to say a time or a list.
fn type_of(kind: &Kind, given: bool) -> String {
    match kind {
        Kind::Bool => "bool".into(),
        Kind::Int32 | Kind::Int64 => "int".into(),
        Kind::Float => "float".into(),
        Kind::Text => "str".into(),
        Kind::List(of) if given => format!("Sequence[{}]", type_of(of, given)),
        Kind::List(of) => format!("list[{}]", type_of(of, given)),
        Kind::Named(name) if given && name == "Timestamp" => "Instant".into(),
        Kind::Named(name) if given && name == "LocalDate" => "Day".into(),
        // What is read may come from a newer version.
        Kind::Named(name) if !given && name == "Event" => "AnyEvent".into(),
        Kind::Named(name) => name.clone(),
        Kind::Json => "Any".into(),
    }
}

fn alias(kind: &TypeDef, of: &str) -> String {
    format!("\n{}: TypeAlias = {of}\n{}", kind.name, docstring(&kind.about, 0))
}

fn union(name: &str, about: &str, of: &[String]) -> String {
    let text = docstring(about, 0);
    // As the formatter lays it out in its 110 columns.
    match of.join(" | ") {
        line if name.len() + ": TypeAlias = ".len() + line.len() <= 110 => {
            format!("\n{name}: TypeAlias = {line}\n{text}")
        }
        line if line.len() <= 106 => format!("\n{name}: TypeAlias = (\n    {line}\n)\n{text}"),
        _ => format!("\n{name}: TypeAlias = (\n    {}\n)\n{text}", of.join("\n    | ")),
    }
}

fn all(mut names: Vec<String>) -> String {
    names.sort_unstable();
    let rows: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    format!("\n__all__ = [\n{rows}]\n")
}

/// One class for each code.
fn errors(api: &Api) -> String {
    let mut page = format!(
        "{HEAD}\"\"\"One class for each error code.\"\"\"\n\nfrom __future__ import annotations\n\n\
         from ._error import TwinError\n"
    );
    let mut names = vec!["InvalidTypeError".to_owned()];
    for (code, meaning) in &api.errors {
        let name = format!("{}Error", camel(code));
        let also = ALSO.iter().find(|(of, _)| of == code).map(|(_, base)| format!(", {base}"));
        page += &format!(
            "\n\nclass {name}(TwinError{}):\n{}\n    code = \"{code}\"\n",
            also.unwrap_or_default(),
            docstring(&sentence(meaning), 4)
        );
        if code == "invalid_value" {
            let about =
                docstring("A value of a type that says nothing here; its code is `invalid_value`.", 4);
            page += &format!("\n\nclass InvalidTypeError({name}, TypeError):\n{about}");
        }
        names.push(name);
    }
    // Between the last class and the list.
    page += "\n";
    page + &all(names)
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// A text as a docstring, in lines of at most 100 letters.
fn docstring(text: &str, indent: usize) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "'");
    let space = " ".repeat(indent);
    match wrapped(&text, 96 - indent).as_slice() {
        [] => String::new(),
        [line] => format!("{space}\"\"\"{line}\"\"\"\n"),
        lines => {
            let rows: Vec<String> = lines.iter().map(|line| format!("{space}{line}\n")).collect();
            format!("{space}\"\"\"{}{space}\"\"\"\n", rows.concat().trim_start())
        }
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
