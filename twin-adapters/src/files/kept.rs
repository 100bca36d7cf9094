//! Fields of messages kept word for word.

use twin_core::event::{KeptField, KeptValue};

/// A field of a kept message: a number where the text is one, else the text.
pub(super) fn field(name: impl Into<String>, text: &str, unit: Option<&str>) -> KeptField {
    let value = match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(n), _) if n.to_string() == *text => KeptValue::Integer(n),
        (_, Ok(x)) if x.is_finite() && text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
            KeptValue::Number(x)
        }
        _ => KeptValue::Text(text.to_owned()),
    };
    KeptField { name: name.into(), value, unit: unit.map(str::to_owned) }
}
