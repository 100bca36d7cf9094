//! What a record says that has no field of its own: kept word for word.

use super::elements::Object;
use serde_json::Value;
use twin_core::event::{KeptField, KeptValue, MessageKept};

/// Most fields kept of one record, and characters of one text.
const MAX_FIELDS: usize = 200;
const MAX_TEXT: usize = 400;

/// All scalars of a record but those named, nested names joined by dots.
pub(crate) fn rest(object: &Object, format: &str, message: &str, used: &[&str]) -> MessageKept {
    let mut fields = Vec::new();
    for (name, value) in object.iter().filter(|(name, _)| !used.contains(&name.as_str())) {
        walk(name.clone(), value, 0, &mut fields);
    }
    MessageKept { format: format.into(), message: message.into(), fields }
}

fn walk(name: String, value: &Value, depth: usize, fields: &mut Vec<KeptField>) {
    if fields.len() >= MAX_FIELDS || depth > 4 {
        return;
    }
    let value = match value {
        Value::Null => return,
        Value::Bool(b) => KeptValue::Integer(i64::from(*b)),
        Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(i), _) => KeptValue::Integer(i),
            (None, Some(f)) if f.is_finite() => KeptValue::Number(f),
            _ => KeptValue::Text(n.to_string()),
        },
        Value::String(s) => KeptValue::Text(s.chars().take(MAX_TEXT).collect()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| walk(format!("{name}.{i}"), v, depth + 1, fields));
            return;
        }
        Value::Object(map) => {
            map.iter().for_each(|(k, v)| walk(format!("{name}.{k}"), v, depth + 1, fields));
            return;
        }
    };
    fields.push(KeptField { name, value, unit: None });
}
