//! Reference pages: verbs, payloads, events, models.

use super::api::{Api, Field, Gives, Kind, Shape};
use crate::catalogue::root;
use std::collections::BTreeMap;

const HEAD: &str = "Written by `cargo xtask schema`; not to be edited.\n\n";

/// The pages by path.
pub(super) fn files(api: &Api) -> BTreeMap<String, String> {
    [("verbs", verbs(api)), ("payloads", payloads(api)), ("events", events(api)), ("models", models())]
        .map(|(name, text)| (format!("docs/reference/{name}.md"), text))
        .into()
}

fn verbs(api: &Api) -> String {
    let mut page = format!(
        "# Verbs\n\n{HEAD}The verbs of a twin, the same in every language. Names follow the language: `known_at` \
         everywhere in payloads, `recordSeries` for `record_series` where methods are written so. A verb takes one \
         request; `Timestamp` is RFC 3339 in UTC, `LocalDate` is `YYYY-MM-DD`.\n\n"
    );
    for verb in &api.verbs {
        let gives = match &verb.gives {
            Gives::View(name) => format!("a [{name}](payloads.md#{})", name.to_lowercase()),
            Gives::Text => "text".into(),
            Gives::Bytes => "bytes".into(),
        };
        page += &format!("## `{}`\n\n{}\n\nGives {gives}.", verb.name, verb.about);
        if verb.writes {
            page += " Writes.";
        }
        if verb.takes_bytes {
            page += " Takes bytes, where there is no `path`.";
        }
        page += "\n\n";
        page += &table(api.fields(&verb.request));
    }
    page
}

fn payloads(api: &Api) -> String {
    let mut page = format!(
        "# Payloads\n\n{HEAD}Everything that crosses a border, beside [events](events.md). A field marked *optional* \
         may be absent or null.\n\n"
    );
    let bodies: Vec<&str> = api.events.iter().map(|e| e.body.as_str()).collect();
    for kind in api.types.iter().filter(|t| !bodies.contains(&t.name.as_str())) {
        page += &format!("## {}\n\n", kind.name);
        if !kind.about.is_empty() {
            page += &format!("{}\n\n", kind.about);
        }
        page += &shape(&kind.shape);
    }
    page
}

fn events(api: &Api) -> String {
    let mut page = format!(
        "# Events\n\n{HEAD}A fact is a CloudEvents 1.0 object: its `type` is one of the kinds below, `time` is when \
         it happened, `source` who says so, `data` as listed.\n\n## Attributes\n\n"
    );
    page += &table(&api.envelope);
    for event in &api.events {
        let about = api.find(&event.body).map_or("", |t| t.about.as_str());
        page += &format!(
            "## `{}`\n\n{about}\n\nVersion {}, purpose `{}`.\n\n",
            event.kind, event.version, event.purpose
        );
        page += &table(api.fields(&event.body));
    }
    page
}

/// The registry, with what the cards say.
fn models() -> String {
    let mut page = format!(
        "# Models\n\n{HEAD}Each has a card with formula, source, limits and what was measured. Those with `predict` are \
         asked by their id ([how](../how-to/predict.md)); `what_if` answers \
         [`simulate`](../how-to/simulate.md); the others stand in states and windows or are there as functions in Rust. \
         Models of health are no diagnosis.\n\n| id | title | gives | unit | asked with |\n| --- | --- | --- | --- | --- |\n"
    );
    let asked = humantwin::Twin::models();
    for model in twin_models::registry::MODELS {
        let card =
            std::fs::read_to_string(root().join(format!("docs/models/{}.md", model.id))).unwrap_or_default();
        let part = |name: &str| {
            let line = card.lines().find_map(|line| line.strip_prefix(&format!("**{name}**: ")));
            line.unwrap_or_default().trim_end_matches('.').replace('|', "\\|")
        };
        let by = match model.id {
            "what_if" => "`simulate`",
            id if asked.iter().any(|m| m.id == id) => "`predict`",
            _ => "",
        };
        page += &format!(
            "| [`{0}`](../models/{0}.md) | {1} | {2} | {3} | {by} |\n",
            model.id,
            model.title,
            part("Estimates"),
            part("Units")
        );
    }
    page
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Struct(fields) => table(fields),
        Shape::Text => "A text.\n\n".into(),
        Shape::Any => "Any JSON value.\n\n".into(),
        Shape::Words(words) => {
            let rows: String = words.iter().map(|w| format!("| `{}` | {} |\n", w.word, w.about)).collect();
            format!("| word | meaning |\n| --- | --- |\n{rows}\n")
        }
        Shape::Cases(cases) => {
            let each =
                cases.iter().map(|c| format!("`type` `{}`: {}\n\n{}", c.word, c.about, table(&c.fields)));
            each.collect()
        }
    }
}

fn table(fields: &[Field]) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let row = |f: &Field| {
        let optional = if f.optional { ", optional" } else { "" };
        format!("| `{}` | {}{optional} | {} |\n", f.name, name(&f.kind), f.about.replace('|', "\\|"))
    };
    let rows: String = fields.iter().map(row).collect();
    format!("| field | type | meaning |\n| --- | --- | --- |\n{rows}\n")
}

fn name(kind: &Kind) -> String {
    match kind {
        Kind::Bool => "boolean".into(),
        Kind::Int32 | Kind::Int64 => "integer".into(),
        Kind::Float => "number".into(),
        Kind::Text => "text".into(),
        Kind::List(of) => format!("list of {}", name(of)),
        Kind::Named(name) => name.clone(),
        Kind::Json => "any".into(),
    }
}
