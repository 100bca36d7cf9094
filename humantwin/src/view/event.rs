//! A fact as it crosses the border.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Event(Box<RawValue>);

impl Event {
    /// The fact as JSON text.
    #[must_use]
    pub fn json(&self) -> &str {
        self.0.get()
    }

    /// A fact from JSON text; `None` where it is no JSON.
    pub(crate) fn of(text: String) -> Option<Self> {
        RawValue::from_string(text).ok().map(Self)
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Event {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Event".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "description": "A fact: a CloudEvents 1.0 object." })
    }
}
