//! The Kotlin types, verbs and errors.

use super::api::{Api, Case, Field, Gives, Kind, Shape, TypeDef, VerbDef, Word};
use super::camel::{camel, pascal};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const HEAD: &str = "// Written by `cargo xtask schema`; not to be edited.\npackage io.github.humantwin\n\n";
const MAIN: &str = "bindings-swift-kotlin/kotlin/src/main/kotlin/io/github/humantwin";
const TEST: &str = "bindings-swift-kotlin/kotlin/src/test/kotlin/io/github/humantwin";
/// Written by hand, in `Time.kt` and `Event.kt`.
const BY_HAND: &[&str] = &["Timestamp", "LocalDate"];
const HARD_WORDS: &[&str] = &[
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

/// The files by path.
pub(super) fn files(api: &Api) -> BTreeMap<String, String> {
    [
        (format!("{MAIN}/Payloads.kt"), payloads(api)),
        (format!("{MAIN}/Events.kt"), events(api)),
        (format!("{MAIN}/Verbs.kt"), verbs(api)),
        (format!("{MAIN}/Errors.kt"), errors(api)),
        (format!("{TEST}/Dispatch.kt"), dispatch(api)),
    ]
    .into()
}

fn payloads(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import kotlinx.serialization.SerialName\nimport kotlinx.serialization.Serializable\n\
         import kotlinx.serialization.json.JsonElement\nimport kotlinx.serialization.json.JsonObject\n"
    );
    for def in api.types.iter().filter(|t| !BY_HAND.contains(&t.name.as_str())) {
        text += &match &def.shape {
            Shape::Struct(fields) => structure(api, def, fields),
            Shape::Words(words) => self::words(def, words),
            Shape::Cases(cases) => self::cases(def, cases),
            Shape::Text => format!("{}public typealias {} = String\n", doc(&def.about, "", ""), def.name),
            Shape::Any => format!("{}public typealias {} = JsonElement\n", doc(&def.about, "", ""), def.name),
        };
    }
    text
}

/// A data class; that of an event's data says so.
fn structure(api: &Api, def: &TypeDef, fields: &[Field]) -> String {
    let event = api.events.iter().find(|e| e.body == def.name);
    let made = data_class(&def.name, &def.about, fields, "");
    match event {
        None => made + "\n",
        Some(event) => {
            format!(
                "{made} : EventData {{\n    override val eventKind: String get() = \"{}\"\n}}\n",
                event.kind
            )
        }
    }
}

/// A serializable class of that name, up to its closing parenthesis.
fn data_class(name: &str, about: &str, fields: &[Field], indent: &str) -> String {
    let mut text = doc(about, "", indent) + &format!("{indent}@Serializable\n");
    if fields.is_empty() {
        return text + &format!("{indent}public data object {name}");
    }
    text += &format!("{indent}public data class {name}(\n");
    for field in fields {
        text += &doc(&field.about, "", &format!("{indent}    "));
        let _ = writeln!(
            text,
            "{indent}    @SerialName(\"{}\") val {}: {},",
            field.name,
            property(&field.name),
            typed(field)
        );
    }
    text + &format!("{indent})")
}

fn words(def: &TypeDef, words: &[Word]) -> String {
    let name = &def.name;
    let listed: Vec<&Word> = words.iter().filter(|w| w.word != "unknown").collect();
    let mut text = doc(&def.about, "", "")
        + &format!(
            "@Serializable(with = {name}.Serializer::class)\npublic sealed class {name}(public val word: String) {{\n"
        );
    for word in &listed {
        text += &doc(&word.about, "", "    ");
        let _ = writeln!(text, "    public data object {} : {name}(\"{}\")", constant(&word.word), word.word);
    }
    let about = words
        .iter()
        .find(|w| w.word == "unknown")
        .map_or("A word of a later version.", |_| "Not known, as `unknown`; or a word of a later version.");
    text += &doc(about, "", "    ");
    let _ = writeln!(text, "    public data class Unknown(val text: String) : {name}(text)\n");
    text += "    final override fun toString(): String = word\n\n    public companion object {\n";
    let _ = writeln!(
        text,
        "        /** The case of a word. */\n        public fun of(word: String): {name} = when (word) {{"
    );
    for word in &listed {
        let _ = writeln!(text, "            \"{}\" -> {}", word.word, constant(&word.word));
    }
    text += "            else -> Unknown(word)\n        }\n    }\n\n";
    let _ = writeln!(
        text,
        "    internal object Serializer : WordSerializer<{name}>(\"{name}\", {name}::word, ::of)\n}}"
    );
    text
}

fn cases(def: &TypeDef, cases: &[Case]) -> String {
    let name = &def.name;
    let mut text = doc(&def.about, "", "")
        + &format!("@Serializable(with = {name}.Serializer::class)\npublic sealed class {name} {{\n");
    for case in cases {
        text += &data_class(&pascal(&case.word), &case.about, &case.fields, "    ");
        let _ = writeln!(text, " : {name}()\n");
    }
    text += "    /** A case of a later version. */\n";
    let _ = writeln!(text, "    public data class Unknown(val raw: JsonObject) : {name}()\n");
    let _ = writeln!(
        text,
        "    internal object Serializer : CasesSerializer<{name}>() {{\n        \
         override fun write(value: {name}): JsonObject = when (value) {{"
    );
    for case in cases {
        let case_name = pascal(&case.word);
        let _ = writeln!(
            text,
            "            is {case_name} -> tagged(\"{}\", {case_name}.serializer(), value)",
            case.word
        );
    }
    text += "            is Unknown -> value.raw\n        }\n\n";
    let _ =
        writeln!(text, "        override fun read(type: String?, raw: JsonObject): {name} = when (type) {{");
    for case in cases {
        let _ = writeln!(
            text,
            "            \"{}\" -> json.decodeFromJsonElement({}.serializer(), raw)",
            case.word,
            pascal(&case.word)
        );
    }
    text + "            else -> Unknown(raw)\n        }\n    }\n}\n"
}

fn events(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import kotlinx.serialization.KSerializer\nimport kotlinx.serialization.Serializable\n\
         import kotlinx.serialization.descriptors.SerialDescriptor\nimport kotlinx.serialization.encoding.Decoder\n\
         import kotlinx.serialization.encoding.Encoder\nimport kotlinx.serialization.json.JsonElement\n\
         import kotlinx.serialization.json.JsonObject\n\n\
         /** What an event says, by its kind. */\npublic sealed interface EventData {{\n    \
         /** The event's `type`: `health.sleep_recorded`. */\n    public val eventKind: String\n}}\n\n\
         /** An event of a kind that this version does not know. */\n\
         public data class UnknownEvent(override val eventKind: String, val raw: JsonElement) : EventData\n\n\
         /** A fact: a CloudEvents 1.0 object. Its attributes are listed in the reference under events. */\n\
         @Serializable(with = EventSerializer::class)\npublic data class Event(\n"
    );
    let mut fields: Vec<&Field> = api.envelope.iter().filter(|f| !f.optional).collect();
    let optional: Vec<&Field> = api.envelope.iter().filter(|f| f.optional).collect();
    for field in &fields {
        let _ = writeln!(text, "    val {}: {},", property(&field.name), typed(field));
    }
    text += "    val data: EventData,\n";
    for field in &optional {
        let _ = writeln!(text, "    val {}: {},", property(&field.name), typed(field));
    }
    text += ") {\n    /** The event as a JSON text. */\n    \
             public fun toJson(): String = encode(serializer(), this)\n\n    \
             public companion object {\n        /** The event of a JSON text. */\n        \
             public fun fromJson(text: String): Event = decode(serializer(), text)\n    }\n}\n\n\
             @Serializable\ninternal class EventWire(\n    val type: String,\n";
    fields.extend(optional);
    for field in &fields {
        let _ = writeln!(text, "    val {}: {},", property(&field.name), typed(field));
    }
    text += "    val data: JsonElement = JsonObject(emptyMap()),\n)\n\n\
             internal object EventSerializer : KSerializer<Event> {\n    \
             override val descriptor: SerialDescriptor = EventWire.serializer().descriptor\n\n    \
             override fun serialize(encoder: Encoder, value: Event) {\n        \
             val wire = EventWire(\n            type = value.data.eventKind,\n            data = write(value.data),\n";
    for field in &fields {
        let name = property(&field.name);
        let _ = writeln!(text, "            {name} = value.{name},");
    }
    text += "        )\n        encoder.encodeSerializableValue(EventWire.serializer(), wire)\n    }\n\n    \
             override fun deserialize(decoder: Decoder): Event {\n        \
             val wire = decoder.decodeSerializableValue(EventWire.serializer())\n        \
             return Event(\n            data = read(wire.type, wire.data),\n";
    for field in &fields {
        let name = property(&field.name);
        let _ = writeln!(text, "            {name} = wire.{name},");
    }
    text += "        )\n    }\n\n    internal fun write(data: EventData): JsonElement = when (data) {\n";
    for event in &api.events {
        let _ =
            writeln!(text, "        is {0} -> json.encodeToJsonElement({0}.serializer(), data)", event.body);
    }
    text += "        is UnknownEvent -> data.raw\n    }\n\n    \
             internal fun read(kind: String, raw: JsonElement): EventData = when (kind) {\n";
    for event in &api.events {
        let _ = writeln!(
            text,
            "        \"{}\" -> json.decodeFromJsonElement({}.serializer(), raw)",
            event.kind, event.body
        );
    }
    text += "        else -> UnknownEvent(kind, raw)\n    }\n}\n\n\
             /** What an event says, for `correct`. */\npublic fun EventBody(data: EventData): EventBody =\n    \
             EventBody(data = EventSerializer.write(data), kind = data.eventKind, version = versionOf(data))\n\n\
             private fun versionOf(data: EventData): Long = when (data.eventKind) {\n";
    for event in api.events.iter().filter(|e| e.version != 1) {
        let _ = writeln!(text, "    \"{}\" -> {}", event.kind, event.version);
    }
    text + "    else -> 1\n}\n"
}

fn verbs(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import kotlinx.serialization.KSerializer\n\n\
         /** The verbs of a twin. Each fails with a [TwinException]. */\n\
         public abstract class TwinVerbs internal constructor() {{\n    \
         internal abstract fun <Q> text(verb: String, of: KSerializer<Q>, request: Q, bytes: ByteArray?, progress: \
         ((Long) -> Boolean)?): String\n\n    \
         internal abstract fun <Q> bytes(verb: String, of: KSerializer<Q>, request: Q, bytes: ByteArray?, progress: \
         ((Long) -> Boolean)?): ByteArray\n"
    );
    for verb in &api.verbs {
        let fields = api.fields(&verb.request);
        let mut params: Vec<String> =
            fields.iter().map(|f| format!("{}: {}", property(&f.name), typed(f))).collect();
        let (bytes, progress) = if verb.takes_bytes { ("bytes", "progress") } else { ("null", "null") };
        let mut about = String::new();
        for field in fields.iter().filter(|f| !f.about.is_empty()) {
            let _ = write!(about, "\n@param {} {}", camel(&field.name), field.about);
        }
        if verb.takes_bytes {
            params.push("bytes: ByteArray? = null".into());
            params.push("progress: ((Long) -> Boolean)? = null".into());
            about += "\n@param bytes What is read, where there is no path.\n\
                      @param progress Hears how many bytes are read; `false` stops the work; what was read is kept.";
        }
        let request = built_request(&verb.request, fields);
        let call = |lane: &str| {
            format!(
                "{lane}(\"{}\", {}.serializer(), {request}, {bytes}, {progress})",
                verb.name, verb.request
            )
        };
        let (gives, body) = match &verb.gives {
            Gives::View(view) => (view.as_str(), format!("decode({view}.serializer(), {})", call("text"))),
            Gives::Text => ("String", call("text")),
            Gives::Bytes => ("ByteArray", call("bytes")),
        };
        text += "\n";
        text += &doc(&verb.about, &about, "    ");
        let _ = writeln!(
            text,
            "    public fun {}({}): {gives} =\n        {body}",
            property(&verb.name),
            params.join(", ")
        );
    }
    text + "}\n"
}

fn built_request(name: &str, fields: &[Field]) -> String {
    if fields.is_empty() {
        return name.into();
    }
    let each: Vec<String> = fields.iter().map(|f| property(&f.name)).map(|n| format!("{n} = {n}")).collect();
    format!("{name}({})", each.join(", "))
}

fn errors(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}/**\n * What every verb fails with. The code is stable and the same in every language.\n *\n \
         * @property code The stable code.\n * @property context The verb or the file family, where that helps.\n */\n\
         public sealed class TwinException(public val code: String, message: String, public val context: String?) :\n    \
         RuntimeException(message) {{\n"
    );
    for (code, meaning) in &api.errors {
        text += &doc(meaning, "", "    ");
        let _ = writeln!(
            text,
            "    public class {}(message: String, context: String? = null) : TwinException(\"{code}\", message, context)\n",
            pascal(code)
        );
    }
    text += "    /** A code of a later version. */\n    public class Unknown(code: String, message: String, \
             context: String? = null) : TwinException(code, message, context)\n\n    public companion object {\n        \
             /** Every code of this version. */\n        public val codes: List<String> = listOf(\n";
    for (code, _) in &api.errors {
        let _ = writeln!(text, "            \"{code}\",");
    }
    text += "        )\n\n        /** The exception of a code. */\n        \
             public fun of(code: String, message: String, context: String? = null): TwinException = when (code) {\n";
    for (code, _) in &api.errors {
        let _ = writeln!(text, "            \"{code}\" -> {}(message, context)", pascal(code));
    }
    text + "            else -> Unknown(code, message, context)\n        }\n    }\n}\n"
}

/// For the conformance runner: verbs by name, through their typed methods.
fn dispatch(api: &Api) -> String {
    let mut text = format!(
        "{HEAD}import kotlinx.serialization.json.JsonObject\n\n\
         /** Calls the typed method of a verb; null where its types cannot say this request. */\n\
         internal fun dispatch(twin: Twin, verb: String, request: JsonObject, bytes: ByteArray?): Any? {{\n    \
         return when (verb) {{\n"
    );
    for verb in &api.verbs {
        let _ = writeln!(text, "        \"{}\" -> {{\n            {}\n        }}", verb.name, one(api, verb));
    }
    text + "        else -> null\n    }\n}\n"
}

fn one(api: &Api, verb: &VerbDef) -> String {
    let fields = api.fields(&verb.request);
    let mut args: Vec<String> =
        fields.iter().map(|f| property(&f.name)).map(|n| format!("{n} = asked.{n}")).collect();
    if verb.takes_bytes {
        args.push("bytes = bytes".into());
    }
    let call = format!("twin.{}({})", property(&verb.name), args.join(", "));
    let answer = match &verb.gives {
        Gives::View(view) => format!("encode({view}.serializer(), {call})"),
        Gives::Text | Gives::Bytes => call,
    };
    let asked = format!("typed({}.serializer(), request) ?: return null", verb.request);
    if args.iter().any(|a| a.contains("asked.")) {
        format!("val asked = {asked}\n            {answer}")
    } else {
        format!("{asked}\n            {answer}")
    }
}

/// The type of a field, with its default.
fn typed(field: &Field) -> String {
    let name = kind(&field.kind);
    if field.optional { format!("{name}? = null") } else { name }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Bool => "Boolean".into(),
        // A whole number of 32 bits may be unsigned.
        Kind::Int32 | Kind::Int64 => "Long".into(),
        Kind::Float => "Double".into(),
        Kind::Text => "String".into(),
        Kind::List(of) => format!("List<{}>", self::kind(of)),
        Kind::Named(name) => name.clone(),
        Kind::Json => "JsonElement".into(),
    }
}

/// A word as a constant is named: no type and no companion can have the name.
fn constant(word: &str) -> String {
    word.replace(['-', '.'], "_").to_uppercase()
}

fn property(name: &str) -> String {
    let name = camel(name);
    if HARD_WORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

/// A doc comment.
fn doc(about: &str, more: &str, indent: &str) -> String {
    let text =
        format!("{}{more}", about.split_whitespace().collect::<Vec<_>>().join(" ")).replace("*/", "* /");
    if text.is_empty() {
        return String::new();
    }
    if !text.contains('\n') {
        return format!("{indent}/** {text} */\n");
    }
    let lines: String = text.lines().map(|line| format!("{indent} * {line}\n")).collect();
    format!("{indent}/**\n{lines}{indent} */\n")
}
