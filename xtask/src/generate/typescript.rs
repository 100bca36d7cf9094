//! TypeScript and JavaScript: types, verbs as methods, errors by code; for the Node and the browser package alike.
//!
//! The hand-written half is `bindings-wasm/twin.mjs` with its types `twin.d.ts`. The Node package gets it as
//! CommonJS, so that `import` and `require` meet the same classes.

use super::api::{Api, Field, Gives, Kind, Shape, TypeDef, VerbDef};
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = "// Written by `cargo xtask schema`; not to be edited.\n";
const TWIN: &str = include_str!("../../../bindings-wasm/twin.mjs");
const TWIN_TYPES: &str = include_str!("../../../bindings-wasm/twin.d.ts");

/// The files of both packages by path.
pub(super) fn files(api: &Api) -> BTreeMap<String, String> {
    let script = script(api);
    let types = types(api);
    [
        ("bindings-wasm/generated.mjs", script.clone()),
        ("bindings-wasm/generated.d.ts", types.clone()),
        ("bindings-node/index.mjs", esm(api)),
        ("bindings-node/generated.cjs", common(&script)),
        ("bindings-node/generated.d.ts", types),
        ("bindings-node/twin.cjs", format!("{HEAD}// From bindings-wasm/twin.mjs.\n{}", common(TWIN))),
        ("bindings-node/twin.d.ts", format!("{HEAD}// From bindings-wasm/twin.d.ts.\n{TWIN_TYPES}")),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

/// An ES module as CommonJS. It knows what our modules use: named imports on one line, exported declarations.
fn common(module: &str) -> String {
    let mut names = Vec::new();
    let mut out = String::new();
    for line in module.lines() {
        let line = if let Some((what, from)) =
            line.strip_prefix("import ").and_then(|rest| rest.trim_end_matches(';').split_once(" from "))
        {
            format!("const {what} = require({});", from.replace(".mjs", ".cjs"))
        } else if let Some(declared) = line.strip_prefix("export ") {
            let words = declared.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
            let keyword = ["async", "function", "class", "const", ""];
            names.extend(words.into_iter().find(|word| !keyword.contains(word)).map(str::to_owned));
            declared.to_owned()
        } else {
            line.to_owned()
        };
        out += &line;
        out.push('\n');
    }
    out + &format!("\nmodule.exports = {{ {} }};\n", names.join(", "))
}

/// The door of the Node package for `import`: what `require` gives, by name.
fn esm(api: &Api) -> String {
    let classes = api.errors.iter().map(|(code, _)| class(code));
    let fixed = ["Engine", "Twin", "TwinError", "ERRORS", "VERBS", "fromMicros", "toMicros"];
    let names: String =
        fixed.map(str::to_owned).into_iter().chain(classes).map(|name| format!("  {name},\n")).collect();
    format!("{HEAD}import humantwin from \"./index.cjs\";\n\nexport const {{\n{names}}} = humantwin;\n")
}

/// Error classes, the list of verbs, the verbs as methods.
fn script(api: &Api) -> String {
    let mut out = format!(
        "{HEAD}
/** What every verb fails with: a stable `code`, a sentence, and where it happened. */
export class TwinError extends Error {{
  constructor(code, message, context) {{
    super(message);
    this.code = code;
    this.context = context ?? undefined;
  }}
}}
Object.defineProperty(TwinError.prototype, \"name\", {{ value: \"TwinError\" }});
"
    );
    for (code, meaning) in &api.errors {
        let name = class(code);
        out += &format!(
            "\n/** `{code}`: {meaning}. */\nexport class {name} extends TwinError {{\n  constructor(message, context) \
             {{\n    super(\"{code}\", message, context);\n  }}\n}}\nObject.defineProperty({name}.prototype, \"name\", \
             {{ value: \"{name}\" }});\n"
        );
    }
    let classes: String =
        api.errors.iter().map(|(code, _)| format!("  {code}: {},\n", class(code))).collect();
    out +=
        &format!("\n/** The class of each code. */\nexport const ERRORS = Object.freeze({{\n{classes}}});\n");
    let verb = |v: &VerbDef| format!("  {}: \"{}\",\n", camel(&v.name), v.name);
    let verbs: String = api.verbs.iter().map(verb).collect();
    out += &format!(
        "\n/** Methods of a twin, and the verb each calls. */\nexport const VERBS = Object.freeze({{\n{verbs}}});\n"
    );
    out += "\n/** The verbs as methods; the class that extends it says how a verb is asked. */\nexport class TwinVerbs {\n";
    for v in &api.verbs {
        let lane = if matches!(v.gives, Gives::View(_)) { "json" } else { "plain" };
        let (takes, bytes) = if v.takes_bytes { ("request, bytes", ", bytes") } else { ("request", "") };
        out += &format!(
            "  {}({takes}) {{\n    return this._ask(\"{}\", \"{lane}\", request{bytes});\n  }}\n",
            camel(&v.name),
            v.name
        );
    }
    out + "}\n"
}

/// Declarations.
fn types(api: &Api) -> String {
    let given = given(api);
    let mut out = format!("{HEAD}\n{PRELUDE}");
    // Opening is written by hand, in the words of the language.
    for kind in api.types.iter().filter(|kind| kind.name != "OpenOptions") {
        out += &declared(kind, given.contains(kind.name.as_str()));
    }
    out += &events(api);
    out += &errors(api);
    out += "\n/** The verbs of a twin. */\nexport interface TwinVerbs {\n";
    out += &api.verbs.iter().map(|v| method(api, v)).collect::<String>();
    out += "}\n\n/** Methods of a twin, and the verb each calls. */\nexport declare const VERBS: Readonly<Record<keyof TwinVerbs, string>>;\n";
    out
}

const PRELUDE: &str = "declare const form: unique symbol;
/** A text of a certain form. Any text may be given; two forms do not mix. */
type Form<Name extends string> = string & { readonly [form]?: Name };
declare const unknown: unique symbol;
/** A word that this version does not know: a newer one wrote it. Every `switch` over words needs a default. */
export type UnknownWord = string & { readonly [unknown]: true };
/** As `UnknownWord`, where the word tells unions apart: a string that equals none of the known ones. */
export interface UnknownKind extends String {
  readonly [unknown]: true;
}
/** A moment, as it is given: a `Date`, or RFC 3339 text with its offset. */
export type Time = Timestamp | Date;
";

/// The types that are given, not answered: their times may be `Date`s.
fn given(api: &Api) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> = api.verbs.iter().map(|v| v.request.as_str()).collect();
    next.extend(api.events.iter().map(|e| e.body.as_str()));
    next.extend(["OpenOptions", "AccessOptions", "SeriesQuery", "WatchRequest"]);
    while let Some(name) = next.pop() {
        let Some(kind) = api.find(name) else { continue };
        if !found.insert(kind.name.as_str()) {
            continue;
        }
        let fields: Vec<&Field> = match &kind.shape {
            Shape::Struct(fields) => fields.iter().collect(),
            Shape::Cases(cases) => cases.iter().flat_map(|case| &case.fields).collect(),
            _ => Vec::new(),
        };
        next.extend(fields.into_iter().filter_map(|field| named(&field.kind)));
    }
    found
}

fn named(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Named(name) => Some(name),
        Kind::List(of) => named(of),
        _ => None,
    }
}

fn declared(kind: &TypeDef, given: bool) -> String {
    let TypeDef { name, about, shape } = kind;
    let about = doc("", about);
    match shape {
        Shape::Struct(list) if list.is_empty() => {
            format!("\n{about}export type {name} = Record<string, never>;\n")
        }
        Shape::Struct(list) => {
            format!("\n{about}export interface {name} {{\n{}}}\n", fields(list, "  ", given))
        }
        Shape::Words(words) => {
            let each: String =
                words.iter().map(|w| format!("{}  | \"{}\"\n", doc("  ", &w.about), w.word)).collect();
            format!("\n{about}export type {name} =\n{each}  | UnknownWord;\n")
        }
        Shape::Cases(cases) => {
            let each = cases.iter().map(|case| {
                let inner = fields(&case.fields, "      ", given);
                format!("{}  | {{\n      type: \"{}\";\n{inner}    }}\n", doc("  ", &case.about), case.word)
            });
            format!(
                "\n{about}export type {name} =\n{}  | {{ type: UnknownKind }};\n",
                each.collect::<String>()
            )
        }
        Shape::Text => format!("\n{about}export type {name} = Form<\"{name}\">;\n"),
        Shape::Any => format!("\n{about}export type {name} = unknown;\n"),
    }
}

fn fields(fields: &[Field], indent: &str, given: bool) -> String {
    let field = |f: &Field| {
        let (mark, null) = if f.optional { ("?", " | null | undefined") } else { ("", "") };
        format!("{}{indent}{}{mark}: {}{null};\n", doc(indent, &f.about), f.name, name(&f.kind, given))
    };
    fields.iter().map(field).collect()
}

fn name(kind: &Kind, given: bool) -> String {
    match kind {
        Kind::Bool => "boolean".into(),
        Kind::Int32 | Kind::Int64 | Kind::Float => "number".into(),
        Kind::Text => "string".into(),
        Kind::List(of) => format!("Array<{}>", name(of, given)),
        Kind::Named(name) if given && name == "Timestamp" => "Time".into(),
        Kind::Named(name) => name.clone(),
        Kind::Json => "Record<string, unknown>".into(),
    }
}

/// The union of all kinds, and what is common to them.
fn events(api: &Api) -> String {
    let attributes = fields(&api.envelope, "  ", true);
    let mut out = format!(
        "\n/** What every fact says beside its `type` and `data`. */\nexport interface EventAttributes {{\n{attributes}}}\n"
    );
    out += "\n/** The data of each event kind. */\nexport interface EventKinds {\n";
    for event in &api.events {
        let about = api.find(&event.body).map_or("", |t| t.about.as_str());
        out += &format!("{}  \"{}\": {};\n", doc("  ", about), event.kind, event.body);
    }
    out + "}

/** A fact of one kind. */
export type EventOf<Kind extends keyof EventKinds> = EventAttributes & { type: Kind; data: EventKinds[Kind] };
/** A fact of a kind that this version does not know. */
export type UnknownEvent = EventAttributes & { type: UnknownKind; data?: unknown };
/** A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds. */
export type Event = { [Kind in keyof EventKinds]: EventOf<Kind> }[keyof EventKinds] | UnknownEvent;
"
}

fn errors(api: &Api) -> String {
    let codes: String = api.errors.iter().map(|(code, _)| format!("\n  | \"{code}\"")).collect();
    let mut out = format!("\n/** Stable codes, the same in every language. */\nexport type Code ={codes};\n");
    out += "
/** What every verb fails with: a stable `code`, a sentence, and where it happened. */
export declare class TwinError extends Error {
  readonly code: Code;
  /** The verb or the file family, where that helps. */
  readonly context: string | undefined;
  constructor(code: Code, message: string, context?: string | null);
}
";
    for (code, meaning) in &api.errors {
        out += &format!(
            "\n/** {meaning} */\nexport declare class {} extends TwinError {{\n  readonly code: \"{code}\";\n  \
             constructor(message: string, context?: string | null);\n}}\n",
            class(code)
        );
    }
    let classes: String =
        api.errors.iter().map(|(code, _)| format!("  readonly {code}: typeof {};\n", class(code))).collect();
    out + &format!("\n/** The class of each code. */\nexport declare const ERRORS: {{\n{classes}}};\n")
}

/// A verb's declaration. Its request may be left out where nothing in it must be there.
fn method(api: &Api, verb: &VerbDef) -> String {
    let gives = match &verb.gives {
        Gives::View(name) => name.as_str(),
        Gives::Text => "string",
        Gives::Bytes => "Uint8Array",
    };
    let must = api.fields(&verb.request).iter().any(|f| !f.optional);
    let mark = if must { "" } else { "?" };
    let bytes = if verb.takes_bytes { ", bytes?: Uint8Array" } else { "" };
    let null = if must || !verb.takes_bytes { "" } else { " | null" };
    format!(
        "{}  {}(request{mark}: {}{null}{bytes}): Promise<{gives}>;\n",
        doc("  ", &verb.about),
        camel(&verb.name),
        verb.request
    )
}

/// A TSDoc comment, or nothing.
fn doc(indent: &str, about: &str) -> String {
    if about.is_empty() { String::new() } else { format!("{indent}/** {} */\n", about.replace("*/", "* /")) }
}

/// `consent_required` → `ConsentRequiredError`.
fn class(code: &str) -> String {
    let words = code.split('_').map(capital);
    words.collect::<String>() + "Error"
}

/// `ready_windows` → `readyWindows`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    words.next().unwrap_or_default().to_owned() + &words.map(capital).collect::<String>()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_common() {
        let module =
            "import { A, B } from \"./generated.mjs\";\nexport class C {}\nexport async function d() {}\n";
        let expected = "const { A, B } = require(\"./generated.cjs\");\nclass C {}\nasync function d() {}\n\n\
                        module.exports = { C, d };\n";
        assert_eq!(common(module), expected);
    }

    #[test]
    fn names_follow_the_language() {
        assert_eq!(camel("ready_windows"), "readyWindows");
        assert_eq!(class("consent_required"), "ConsentRequiredError");
    }
}
