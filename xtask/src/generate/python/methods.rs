//! One method for each verb.

use super::super::api::{Api, Field, Gives, Kind, VerbDef};
use super::{HEAD, KEYWORDS, docstring, named, type_of, wrapped};
use std::collections::BTreeSet;

const IMPORTS: &str = "\"\"\"One method for each verb.\"\"\"

from __future__ import annotations

from collections.abc import Callable, Sequence

from ._calls import Calls
from ._columns import Columns
from ._native import Frame
";

/// Reading samples: the other lane, with the same query for both forms.
const SERIES: &[(&str, &str, &str)] = &[
    ("series", "Columns", "Samples of a metric as numpy columns."),
    ("series_frame", "Frame", "Samples of a metric as an Arrow stream, for pandas, polars, pyarrow."),
];

/// A parameter of a method.
struct Param {
    name: String,
    kind: String,
    about: String,
    optional: bool,
}

/// A method: what it takes, the request made of it, the call.
struct Method {
    name: String,
    about: String,
    params: Vec<Param>,
    gives: String,
    /// What is called, with what precedes the request: `_json("state", `.
    call: String,
    /// Rows of the request.
    request: Vec<String>,
    /// Arguments after the request.
    after: &'static str,
}

/// The file with the methods.
pub(super) fn page(api: &Api) -> String {
    let mut used = BTreeSet::new();
    let mut methods: Vec<Method> = api.verbs.iter().map(|verb| of_verb(api, verb, &mut used)).collect();
    let query = api.fields("SeriesQuery");
    methods.extend(SERIES.iter().map(|(name, gives, about)| Method {
        name: (*name).into(),
        about: (*about).into(),
        params: params(query, &mut used),
        gives: (*gives).into(),
        call: format!("_{name}("),
        request: query.iter().map(row).collect(),
        after: "",
    }));
    let types: String = used.iter().map(|name| format!("    {name},\n")).collect();
    let text: String = methods.iter().map(written).collect();
    format!(
        "{HEAD}{IMPORTS}from .types import (\n{types})\nfrom ._wire import File, one_or_many\n\n\n\
         class Verbs(Calls):\n    \"\"\"The verbs of a twin.\"\"\"\n\n    __slots__ = ()\n{text}"
    )
}

fn of_verb(api: &Api, verb: &VerbDef, used: &mut BTreeSet<String>) -> Method {
    let mut fields = api.fields(&verb.request).to_vec();
    let (call, gives) = match &verb.gives {
        Gives::View(view) => {
            used.insert(view.clone());
            ("_json", view.clone())
        }
        Gives::Text => ("_text", "str".into()),
        Gives::Bytes => ("_bytes", "bytes".into()),
    };
    let mut method = Method {
        name: verb.name.clone(),
        about: verb.about.clone(),
        params: Vec::new(),
        gives,
        call: format!("{call}(\"{}\", ", verb.name),
        request: Vec::new(),
        after: "",
    };
    if verb.takes_bytes {
        // A path, or the bytes themselves: one parameter.
        fields.retain(|field| field.name != "path");
        let about = "A path, the bytes themselves, or another twin.";
        method.params.push(param("file", "File", about, false));
        method.after = ", file";
    }
    if let [Field { name, about, kind: Kind::List(of), .. }] = fields.as_slice() {
        // A list and nothing else: one item will do.
        used.extend(named(of));
        let one = type_of(of, true);
        method.params.push(param(name, &format!("{one} | Sequence[{one}]"), about, false));
        method.request.push(format!("\"{name}\": one_or_many({name})"));
    } else {
        method.params.extend(params(&fields, used));
        method.request.extend(fields.iter().map(row));
    }
    if verb.name == "import" {
        // A keyword of Python.
        method.name = "import_file".into();
        let about = "Is told the bytes read so far; answering False stops, keeping what was read.";
        method.params.push(param("progress", "Callable[[int], object]", about, true));
        method.after = ", file, progress";
    }
    method
}

fn param(name: &str, kind: &str, about: &str, optional: bool) -> Param {
    Param { name: name.into(), kind: kind.into(), about: about.into(), optional }
}

fn params(fields: &[Field], used: &mut BTreeSet<String>) -> Vec<Param> {
    let each = fields.iter().map(|field| {
        let kind = type_of(&field.kind, true);
        if named(&field.kind).is_some() {
            used.insert(kind.trim_start_matches("Sequence[").trim_end_matches(']').to_owned());
        }
        param(&parameter(&field.name), &kind, &field.about, field.optional)
    });
    each.collect()
}

/// `from` is a keyword: `from_`.
fn parameter(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.into() }
}

fn row(field: &Field) -> String {
    format!("\"{}\": {}", field.name, parameter(&field.name))
}

fn written(method: &Method) -> String {
    let Method { name, about, params, gives, call, request, after } = method;
    let mut star = false;
    let mut lines = String::new();
    for Param { name, kind, optional, .. } in params {
        if *optional && !star {
            lines += "        *,\n";
            star = true;
        }
        let (or_none, default) = if *optional { (" | None", " = None") } else { ("", "") };
        lines += &format!("        {name}: {kind}{or_none}{default},\n");
    }
    let head = match params.is_empty() {
        true => format!("    def {name}(self) -> {gives}:\n"),
        false => format!("    def {name}(\n        self,\n{lines}    ) -> {gives}:\n"),
    };
    let rows: String = request.iter().map(|row| format!("            {row},\n")).collect();
    let given = if rows.is_empty() { "{}".into() } else { format!("{{\n{rows}        }}") };
    let mut body = format!("        request: dict[str, object] = {given}\n");
    body += &match call.starts_with("_json") {
        true => {
            format!("        told: {gives} = self.{call}request{after})\n        return told\n")
        }
        false => format!("        return self.{call}request{after})\n"),
    };
    format!("\n{head}{}{body}", document(about, params))
}

/// The docstring, with the parameters under their heading.
fn document(about: &str, params: &[Param]) -> String {
    if params.is_empty() {
        return docstring(about, 8);
    }
    let mut text = String::new();
    for (i, line) in wrapped(about, 88).iter().enumerate() {
        text += &format!("        {}{line}\n", if i == 0 { "\"\"\"" } else { "" });
    }
    text += "\n        Parameters\n        ----------\n";
    for param in params {
        text += &format!("        {}\n", param.name);
        for line in wrapped(&param.about.replace('\\', "\\\\"), 84) {
            text += &format!("            {line}\n");
        }
    }
    text + "        \"\"\"\n"
}
