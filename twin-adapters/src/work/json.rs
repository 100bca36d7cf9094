//! Fields of JSON by their path (`/issue/fields/summary`): absent, null and blank are all "not there".

use crate::files::shared::elements::number;
use crate::files::shared::times::{Time, iso};
use serde_json::Value;

/// A text that is not blank.
pub(super) fn text<'a>(v: &'a Value, path: &str) -> Option<&'a str> {
    v.pointer(path)?.as_str().map(str::trim).filter(|t| !t.is_empty())
}

/// An id, written as a text or as a whole number.
pub(super) fn id(v: &Value, path: &str) -> Option<String> {
    match v.pointer(path)? {
        Value::String(s) if !s.trim().is_empty() => Some(s.trim().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// A number, also where it is written as a text.
pub(super) fn num(v: &Value, path: &str) -> Option<f64> {
    number(v.pointer(path)).ok().flatten()
}

/// Yes or no.
pub(super) fn flag(v: &Value, path: &str) -> Option<bool> {
    v.pointer(path)?.as_bool()
}

/// The elements of a list.
pub(super) fn list<'a>(v: &'a Value, path: &str) -> &'a [Value] {
    v.pointer(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A time as services write it, also `2013-12-03 17:15:43 UTC`.
pub(super) fn time(v: &Value, path: &str) -> Option<Time> {
    told_time(text(v, path)?)
}

/// As [`time`], of a text.
pub(super) fn told_time(text: &str) -> Option<Time> {
    match text.strip_suffix("UTC") {
        Some(clock) => iso(&format!("{}Z", clock.trim_end())),
        None => iso(text),
    }
}

/// The fields of a number of objects in a list that are there.
pub(super) fn each<'a>(v: &'a Value, list_path: &str, path: &'a str) -> impl Iterator<Item = &'a str> {
    list(v, list_path).iter().filter_map(move |item| text(item, path))
}
