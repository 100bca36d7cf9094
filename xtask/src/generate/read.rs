//! From schema files to the model. What no generator could follow is an error here, not a surprise there.

use super::api::{Api, Case, EventKind, Field, Gives, Kind, Shape, TypeDef, VerbDef, Word};
use serde_json::Value;
use std::collections::BTreeMap;

type Types = BTreeMap<String, TypeDef>;

impl Api {
    /// Reads the schema files, by path.
    pub(crate) fn read(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut api = Self::default();
        let mut types = Types::new();
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("schemas/")) {
            let schema: Value = serde_json::from_str(text).map_err(|e| format!("{path}: {e}"))?;
            let told = |why: String| format!("{path}: {why}");
            match path.as_str() {
                "schemas/errors.json" => {
                    api.errors = list(&schema, "errors")
                        .map(|e| (text_of(e, "code"), text_of(e, "meaning")))
                        .collect();
                }
                "schemas/verbs.json" => api.verbs = list(&schema, "verbs").map(verb).collect(),
                "schemas/cloud_event.json" => {
                    defs(&schema, &mut types).map_err(told)?;
                    let mut fields = fields(&schema).map_err(told)?;
                    fields.retain(|f| f.name != "type" && f.name != "data");
                    api.envelope = fields;
                }
                _ => {
                    defs(&schema, &mut types).map_err(told)?;
                    let name = text_of(&schema, "title");
                    add(&mut types, &name, &schema).map_err(told)?;
                    if let Some(kind) = schema.get("x-kind").and_then(Value::as_str) {
                        let version = schema.get("x-version").and_then(Value::as_u64).unwrap_or(1);
                        api.events.push(EventKind {
                            kind: kind.into(),
                            version: u32::try_from(version).unwrap_or(1),
                            purpose: text_of(&schema, "x-purpose"),
                            body: name,
                        });
                    }
                }
            }
        }
        api.types = types.into_values().collect();
        Ok(api)
    }
}

/// The texts of a list of objects.
fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text_of(schema: &Value, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

fn verb(told: &Value) -> VerbDef {
    let is = |key: &str| told.get(key).and_then(Value::as_bool).unwrap_or(false);
    VerbDef {
        name: text_of(told, "name"),
        about: text_of(told, "about"),
        request: text_of(told, "request"),
        takes_bytes: is("takes_bytes"),
        gives: match text_of(told, "gives").as_str() {
            "text" => Gives::Text,
            "bytes" => Gives::Bytes,
            _ => Gives::View(text_of(told, "answer")),
        },
        writes: is("writes"),
    }
}

fn defs(schema: &Value, types: &mut Types) -> Result<(), String> {
    let defs = schema.get("$defs").and_then(Value::as_object);
    defs.into_iter().flatten().try_for_each(|(name, def)| add(types, name, def))
}

/// Takes a type in. `Event` is made from the kinds, not from here.
fn add(types: &mut Types, name: &str, schema: &Value) -> Result<(), String> {
    if name == "Event" {
        return Ok(());
    }
    let shape = shape(schema).map_err(|why| format!("`{name}`: {why}"))?;
    let new = TypeDef { name: name.into(), about: text_of(schema, "description"), shape };
    match types.get(name) {
        Some(old) if old.shape != new.shape => Err(format!("`{name}` has two shapes: give one another name")),
        Some(_) => Ok(()),
        None => {
            types.insert(name.into(), new);
            Ok(())
        }
    }
}

fn shape(schema: &Value) -> Result<Shape, String> {
    if let Some(cases) = schema.get("oneOf").and_then(Value::as_array) {
        let words: Option<Vec<Word>> = cases.iter().map(word).collect();
        return match words {
            Some(words) => Ok(Shape::Words(words)),
            None => cases.iter().map(case).collect::<Result<_, _>>().map(Shape::Cases),
        };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let word = |w: &Value| Some(Word { word: w.as_str()?.into(), about: String::new() });
        return words
            .iter()
            .map(word)
            .collect::<Option<_>>()
            .map(Shape::Words)
            .ok_or("an enum of no words".into());
    }
    if schema.get("anyOf").is_some() {
        return Ok(Shape::Any);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => fields(schema).map(Shape::Struct),
        Some("string") => Ok(Shape::Text),
        other => Err(format!("a type of {other:?}")),
    }
}

fn word(schema: &Value) -> Option<Word> {
    let word = schema.get("const")?.as_str()?.to_owned();
    Some(Word { word, about: text_of(schema, "description") })
}

fn case(schema: &Value) -> Result<Case, String> {
    let mut fields = fields(schema)?;
    let tag = schema.pointer("/properties/type/const").and_then(Value::as_str);
    let word = tag.ok_or("a case without its `type`")?.to_owned();
    fields.retain(|f| f.name != "type");
    Ok(Case { word, about: text_of(schema, "description"), fields })
}

fn fields(schema: &Value) -> Result<Vec<Field>, String> {
    let required: Vec<&str> = list(schema, "required").filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object);
    let each = properties.into_iter().flatten().map(|(name, schema)| {
        let (kind, nullable) = kind(schema).map_err(|why| format!("`{name}`: {why}"))?;
        let optional = nullable || !required.contains(&name.as_str());
        Ok(Field { name: name.clone(), about: text_of(schema, "description"), kind, optional })
    });
    let mut fields = each.collect::<Result<Vec<_>, String>>()?;
    fields.sort_by_key(|f| f.optional);
    Ok(fields)
}

/// The kind of a field, and whether it may be null.
fn kind(schema: &Value) -> Result<(Kind, bool), String> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        return Ok((Kind::Named(name.into()), false));
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let not_null: Vec<&Value> = any.iter().filter(|s| text_of(s, "type") != "null").collect();
        return match not_null.as_slice() {
            [one] => Ok((kind(one)?.0, not_null.len() < any.len())),
            _ => Err("one of several types: make it an enum with data".into()),
        };
    }
    let (word, nullable) = match schema.get("type") {
        Some(Value::String(word)) => (word.as_str(), false),
        Some(Value::Array(words)) => {
            let word = words.iter().filter_map(Value::as_str).find(|w| *w != "null");
            (word.unwrap_or_default(), words.iter().any(|w| w == "null"))
        }
        _ => ("", false),
    };
    let kind = match (word, text_of(schema, "format").as_str()) {
        ("boolean", _) => Kind::Bool,
        ("integer", "int32" | "uint32" | "uint8" | "uint16") => Kind::Int32,
        ("integer", _) => Kind::Int64,
        ("number", _) => Kind::Float,
        ("string", _) => Kind::Text,
        ("object", _) => Kind::Json,
        ("array", _) => {
            let items = schema.get("items").ok_or("a list of nothing")?;
            Kind::List(Box::new(self::kind(items)?.0))
        }
        _ => return Err("no generator knows this type".into()),
    };
    Ok((kind, nullable))
}
