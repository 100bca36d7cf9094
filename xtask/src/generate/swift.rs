//! The Swift types, verbs and errors.

use super::api::{Api, Case, Field, Gives, Kind, Shape, TypeDef, VerbDef, Word};
use super::camel::camel;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const HEAD: &str = "// Written by `cargo xtask schema`; not to be edited.\n\n";
const MAIN: &str = "bindings-swift-kotlin/swift/Sources/Humantwin";
const TEST: &str = "bindings-swift-kotlin/swift/Tests/HumantwinTests";
/// Written by hand, in `Time.swift`.
const BY_HAND: &[&str] = &["Timestamp", "LocalDate"];
const HARD_WORDS: &[&str] = &[
    "as",
    "associatedtype",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "fileprivate",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "init",
    "inout",
    "internal",
    "is",
    "let",
    "nil",
    "operator",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "self",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "throw",
    "throws",
    "true",
    "try",
    "typealias",
    "var",
    "where",
    "while",
];

/// The files by path.
pub(super) fn files(api: &Api) -> BTreeMap<String, String> {
    [
        (format!("{MAIN}/Payloads.swift"), payloads(api)),
        (format!("{MAIN}/Events.swift"), events(api)),
        (format!("{MAIN}/Verbs.swift"), verbs(api)),
        (format!("{MAIN}/Errors.swift"), errors(api)),
        (format!("{TEST}/Dispatch.swift"), dispatch(api)),
    ]
    .into()
}

fn payloads(api: &Api) -> String {
    let mut text = HEAD.trim_end().to_owned() + "\n";
    for def in api.types.iter().filter(|t| !BY_HAND.contains(&t.name.as_str())) {
        text += "\n";
        text += &match &def.shape {
            Shape::Struct(fields) => structure(def, fields),
            Shape::Words(words) => self::words(def, words),
            Shape::Cases(cases) => self::cases(def, cases),
            Shape::Text => format!("{}public typealias {} = String\n", doc(&def.about, ""), def.name),
            Shape::Any => format!("{}public typealias {} = JSONValue\n", doc(&def.about, ""), def.name),
        };
    }
    text
}

fn structure(def: &TypeDef, fields: &[Field]) -> String {
    let mut text =
        doc(&def.about, "") + &format!("public struct {}: Codable, Sendable, Equatable {{\n", def.name);
    for field in fields {
        text += &doc(&field.about, "    ");
        let _ = writeln!(text, "    public var {}: {}", property(&field.name), typed(field));
    }
    let params: Vec<String> = fields.iter().map(param).collect();
    let _ = writeln!(text, "\n    public init({}) {{", params.join(", "));
    for field in fields {
        let _ = writeln!(text, "        self.{0} = {1}", camel(&field.name), property(&field.name));
    }
    text += "    }\n";
    if !fields.is_empty() {
        text += "\n    enum CodingKeys: String, CodingKey {\n";
        for field in fields {
            let _ = writeln!(text, "        case {} = \"{}\"", property(&field.name), field.name);
        }
        text += "    }\n";
    }
    text + "}\n"
}

fn words(def: &TypeDef, words: &[Word]) -> String {
    let listed: Vec<&Word> = words.iter().filter(|w| w.word != "unknown").collect();
    let mut text = doc(&def.about, "") + &format!("public enum {}: Word {{\n", def.name);
    for word in &listed {
        text += &doc(&word.about, "    ");
        let _ = writeln!(text, "    case {}", property(&word.word));
    }
    let named = words.iter().any(|w| w.word == "unknown");
    text += if named {
        "    /// Not known, as `unknown`; or a word of a later version.\n"
    } else {
        "    /// A word of a later version.\n"
    };
    text += "    case unknown(String)\n\n    public init(word: String) {\n        switch word {\n";
    for word in &listed {
        let _ = writeln!(text, "        case \"{}\": self = .{}", word.word, camel(&word.word));
    }
    text += "        default: self = .unknown(word)\n        }\n    }\n\n    public var word: String {\n        switch self {\n";
    for word in &listed {
        let _ = writeln!(text, "        case .{}: return \"{}\"", camel(&word.word), word.word);
    }
    text + "        case .unknown(let word): return word\n        }\n    }\n}\n"
}

fn cases(def: &TypeDef, cases: &[Case]) -> String {
    let mut text =
        doc(&def.about, "") + &format!("public enum {}: Codable, Sendable, Equatable {{\n", def.name);
    for case in cases {
        text += &doc(&case.about, "    ");
        for field in &case.fields {
            let _ = writeln!(text, "    /// - Parameter {}: {}", camel(&field.name), field.about);
        }
        let fields: Vec<String> = case.fields.iter().map(param).collect();
        let fields = if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
        let _ = writeln!(text, "    case {}{fields}", property(&case.word));
    }
    text += "    /// A case of a later version.\n    case unknown(JSONValue)\n\n    \
             public init(from decoder: any Decoder) throws {\n        \
             let fields = try decoder.container(keyedBy: Key.self)\n        \
             switch try fields.decodeIfPresent(String.self, forKey: \"type\") {\n";
    for case in cases {
        let each: Vec<String> =
            case.fields.iter().map(|f| format!("{}: {}", camel(&f.name), decoded(f))).collect();
        let each = if each.is_empty() { String::new() } else { format!("({})", each.join(", ")) };
        let _ = writeln!(text, "        case \"{}\": self = .{}{each}", case.word, camel(&case.word));
    }
    text += "        default: self = .unknown(try JSONValue(from: decoder))\n        }\n    }\n\n    \
             public func encode(to encoder: any Encoder) throws {\n        \
             if case .unknown(let raw) = self { return try raw.encode(to: encoder) }\n        \
             var fields = encoder.container(keyedBy: Key.self)\n        switch self {\n";
    for case in cases {
        let names: Vec<String> = case.fields.iter().map(|f| format!("let {}", property(&f.name))).collect();
        let names = if names.is_empty() { String::new() } else { format!("({})", names.join(", ")) };
        let _ = writeln!(text, "        case .{}{names}:", camel(&case.word));
        let _ = writeln!(text, "            try fields.encode(\"{}\", forKey: \"type\")", case.word);
        for field in &case.fields {
            let _ = writeln!(text, "            {}", encoded(field));
        }
    }
    text + "        case .unknown: break\n        }\n    }\n}\n"
}

fn events(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}/// What an event says, by its kind.\npublic enum EventData: Sendable, Equatable {{\n"
    );
    for event in &api.events {
        text += &doc(api.find(&event.body).map_or("", |t| t.about.as_str()), "    ");
        let _ = writeln!(text, "    case {}({})", camel(&event.kind), event.body);
    }
    text += "    /// An event of a kind that this version does not know.\n    \
             case unknown(kind: String, raw: JSONValue)\n\n    \
             /// The event's `type`: `health.sleep_recorded`.\n    public var kind: String {\n        switch self {\n";
    for event in &api.events {
        let _ = writeln!(text, "        case .{}: return \"{}\"", camel(&event.kind), event.kind);
    }
    text += "        case .unknown(let kind, _): return kind\n        }\n    }\n\n    \
             /// The version of its form.\n    var version: Int {\n        switch self {\n";
    for event in api.events.iter().filter(|e| e.version != 1) {
        let _ = writeln!(text, "        case .{}: return {}", camel(&event.kind), event.version);
    }
    text += "        default: return 1\n        }\n    }\n\n    \
             init(kind: String, from fields: KeyedDecodingContainer<Key>) throws {\n        switch kind {\n";
    for event in &api.events {
        let _ = writeln!(
            text,
            "        case \"{}\": self = .{}(try fields.decode({}.self, forKey: \"data\"))",
            event.kind,
            camel(&event.kind),
            event.body
        );
    }
    text += "        default: self = .unknown(kind: kind, raw: try fields.decodeIfPresent(JSONValue.self, forKey: \"data\") ?? .object([:]))\n        }\n    }\n\n    \
             func encode(into fields: inout KeyedEncodingContainer<Key>) throws {\n        switch self {\n";
    for event in &api.events {
        let _ = writeln!(
            text,
            "        case .{}(let data): try fields.encode(data, forKey: \"data\")",
            camel(&event.kind)
        );
    }
    text += "        case .unknown(_, let raw): try fields.encode(raw, forKey: \"data\")\n        }\n    }\n}\n\n";
    text + &event(&api.envelope)
}

/// The event itself: attributes and data.
fn event(envelope: &[Field]) -> String {
    let mut text =
        "/// A fact: a CloudEvents 1.0 object. Its attributes are listed in the reference under events.\n\
                    public struct Event: Codable, Sendable, Equatable {\n"
            .to_owned();
    for field in envelope {
        let _ = writeln!(text, "    public var {}: {}", property(&field.name), typed(field));
    }
    text += "    /// What it says.\n    public var data: EventData\n\n";
    let (optional, required): (Vec<&Field>, Vec<&Field>) = envelope.iter().partition(|f| f.optional);
    let mut params: Vec<String> = required.iter().map(|f| param(f)).collect();
    params.push("data: EventData".into());
    params.extend(optional.iter().map(|f| param(f)));
    let _ = writeln!(text, "    public init({}) {{", params.join(", "));
    for field in envelope {
        let _ = writeln!(text, "        self.{} = {}", camel(&field.name), property(&field.name));
    }
    text += "        self.data = data\n    }\n\n    public init(from decoder: any Decoder) throws {\n        \
             let fields = try decoder.container(keyedBy: Key.self)\n";
    for field in envelope {
        let _ = writeln!(text, "        {} = {}", camel(&field.name), decoded(field));
    }
    text += "        data = try EventData(kind: try fields.decode(String.self, forKey: \"type\"), from: fields)\n    }\n\n    \
             public func encode(to encoder: any Encoder) throws {\n        \
             var fields = encoder.container(keyedBy: Key.self)\n        \
             try fields.encode(data.kind, forKey: \"type\")\n        try data.encode(into: &fields)\n";
    for field in envelope {
        let _ = writeln!(text, "        {}", encoded(field));
    }
    text + "    }\n}\n"
}

fn verbs(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import Foundation\n\n/// The verbs of a twin. Each throws a `TwinError`.\nextension Twin {{\n"
    );
    for (index, verb) in api.verbs.iter().enumerate() {
        if index > 0 {
            text += "\n";
        }
        text += &method(api, verb);
    }
    text + "}\n"
}

fn method(api: &Api, verb: &VerbDef) -> String {
    let fields = api.fields(&verb.request);
    let mut text = doc(&verb.about, "    ");
    let mut params: Vec<String> = fields.iter().map(param).collect();
    for field in fields.iter().filter(|f| !f.about.is_empty()) {
        let _ = writeln!(text, "    /// - Parameter {}: {}", camel(&field.name), field.about);
    }
    if verb.takes_bytes {
        text += "    /// - Parameter bytes: What is read, where there is no path.\n    \
                 /// - Parameter progress: Hears how many bytes are read; `false` stops the work; what was read is kept.\n";
        params.push("bytes: Data? = nil".into());
        params.push("progress: ReadProgress? = nil".into());
    }
    let each: Vec<String> =
        fields.iter().map(|f| format!("{}: {}", camel(&f.name), property(&f.name))).collect();
    let beside = if verb.takes_bytes { ", bytes: bytes, progress: progress" } else { "" };
    let (gives, lane) = match &verb.gives {
        Gives::View(view) => (view.as_str(), "view"),
        Gives::Text => ("String", "text"),
        Gives::Bytes => ("Data", "bytes"),
    };
    if verb.writes {
        text += "    @discardableResult\n";
    }
    let _ = writeln!(
        text,
        "    public func {}({}) throws -> {gives} {{\n        \
         try {lane}(\"{}\", {}({}){beside})\n    }}",
        property(&verb.name),
        params.join(", "),
        verb.name,
        verb.request,
        each.join(", ")
    );
    text
}

fn errors(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}/// What every verb throws. The code is stable and the same in every language.\n\
         public enum TwinError: Error, Sendable, Equatable {{\n"
    );
    for (code, meaning) in &api.errors {
        text += &doc(meaning, "    ");
        let _ = writeln!(text, "    case {}(message: String, context: String? = nil)", property(code));
    }
    text += "    /// A code of a later version.\n    \
             case unknown(code: String, message: String, context: String? = nil)\n\n    \
             /// Every code of this version.\n    public static let codes = [\n";
    for (code, _) in &api.errors {
        let _ = writeln!(text, "        \"{code}\",");
    }
    text += "    ]\n\n    /// The error of a code.\n    \
             public init(code: String, message: String, context: String? = nil) {\n        switch code {\n";
    for (code, _) in &api.errors {
        let _ = writeln!(
            text,
            "        case \"{code}\": self = .{}(message: message, context: context)",
            camel(code)
        );
    }
    text += "        default: self = .unknown(code: code, message: message, context: context)\n        }\n    }\n\n    \
             var parts: (code: String, message: String, context: String?) {\n        switch self {\n";
    for (code, _) in &api.errors {
        let _ = writeln!(
            text,
            "        case .{}(let message, let context): return (\"{code}\", message, context)",
            camel(code)
        );
    }
    text + "        case .unknown(let code, let message, let context): return (code, message, context)\n        }\n    }\n}\n"
}

/// For the conformance runner: verbs by name, through their typed methods.
fn dispatch(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import Foundation\n\n@testable import Humantwin\n\n\
         /// Every verb.\nlet verbs = [{}]\n\n\
         /// Calls the typed method of a verb; nil where its types cannot say this request.\n\
         func dispatch(_ twin: Twin, _ verb: String, _ request: JSONValue, _ bytes: Data?) throws -> Answer? {{\n    \
         switch verb {{\n",
        api.verbs.iter().map(|v| format!("\"{}\"", v.name)).collect::<Vec<_>>().join(", ")
    );
    for verb in &api.verbs {
        let fields = api.fields(&verb.request);
        let mut args: Vec<String> =
            fields.iter().map(|f| format!("{}: asked.{}", camel(&f.name), camel(&f.name))).collect();
        if verb.takes_bytes {
            args.push("bytes: bytes".into());
        }
        let bound = if fields.is_empty() { "_" } else { "asked" };
        let lane = match &verb.gives {
            Gives::View(_) => "view",
            Gives::Text => "text",
            Gives::Bytes => "bytes",
        };
        let _ = writeln!(
            text,
            "    case \"{0}\":\n        guard let {bound} = typed({1}.self, request) else {{ return nil }}\n        \
             return try .{lane}(twin.{2}({3}))",
            verb.name,
            verb.request,
            camel(&verb.name),
            args.join(", ")
        );
    }
    text + "    default: return nil\n    }\n}\n"
}

fn decoded(field: &Field) -> String {
    let (how, of) =
        if field.optional { ("decodeIfPresent", kind(&field.kind)) } else { ("decode", kind(&field.kind)) };
    format!("try fields.{how}({of}.self, forKey: \"{}\")", field.name)
}

fn encoded(field: &Field) -> String {
    let how = if field.optional { "encodeIfPresent" } else { "encode" };
    format!("try fields.{how}({}, forKey: \"{}\")", property(&field.name), field.name)
}

fn param(field: &Field) -> String {
    let default = if field.optional { " = nil" } else { "" };
    format!("{}: {}{default}", property(&field.name), typed(field))
}

fn typed(field: &Field) -> String {
    let name = kind(&field.kind);
    if field.optional { name + "?" } else { name }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Bool => "Bool".into(),
        Kind::Int32 => "Int".into(),
        Kind::Int64 => "Int64".into(),
        Kind::Float => "Double".into(),
        Kind::Text => "String".into(),
        Kind::List(of) => format!("[{}]", self::kind(of)),
        Kind::Named(name) => name.clone(),
        Kind::Json => "JSONValue".into(),
    }
}

fn property(name: &str) -> String {
    let name = camel(name);
    if HARD_WORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

fn doc(about: &str, indent: &str) -> String {
    let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
    if about.is_empty() { String::new() } else { format!("{indent}/// {about}\n") }
}
