//! The wire form of [`EventBody`]: `{"kind": …, "version": …, "data": {…}}`.

use super::{EventBody, upcast};
use crate::MADE_SMALL;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// The body of a kind or version this build does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownBody {
    /// The kind, as it came.
    pub kind: String,
    /// The version, as it came.
    pub version: u32,
    /// The data, as JSON text.
    pub raw: String,
}

impl UnknownBody {
    pub(super) fn serialize_data<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let value: serde_json::Value = serde_json::from_str(&self.raw).map_err(serde::ser::Error::custom)?;
        Loose(&value).serialize(s)
    }
}

/// A JSON value in any format; null is an absent option, which every format can tell from an empty list.
struct Loose<'a>(&'a serde_json::Value);

impl Serialize for Loose<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            serde_json::Value::Null => s.serialize_none(),
            serde_json::Value::Array(items) => s.collect_seq(items.iter().map(Loose)),
            serde_json::Value::Object(map) => s.collect_map(map.iter().map(|(k, v)| (k, Loose(v)))),
            plain => plain.serialize(s),
        }
    }
}

/// The data alone, without kind and version.
pub(super) struct Data<'a>(pub(super) &'a EventBody);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_data(s)
    }
}

impl Serialize for EventBody {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("EventBody", 3)?;
        out.serialize_field("kind", self.kind())?;
        out.serialize_field("version", &self.version())?;
        out.serialize_field("data", &Data(self))?;
        out.end()
    }
}

/// Reads the data of one kind and version; older versions are brought up, unknown ones kept.
pub(crate) struct BodySeed<'a> {
    pub(crate) kind: &'a str,
    pub(crate) version: u32,
}

impl<'de> DeserializeSeed<'de> for BodySeed<'_> {
    type Value = EventBody;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<EventBody, D::Error> {
        let rest = match EventBody::deserialize_data(self.kind, self.version, d) {
            Ok(known) => return known,
            Err(rest) => rest,
        };
        let original = serde_json::Value::deserialize(rest)?;
        let newest =
            EventBody::KINDS.iter().find(|(kind, ..)| *kind == self.kind).map(|(_, version, _)| *version);
        if newest.is_some_and(|newest| self.version < newest) {
            let (mut version, mut data) = (self.version, original.clone());
            while let Some(next) = upcast::step(self.kind, version, data.clone()) {
                data = next;
                version += 1;
            }
            if newest == Some(version) {
                return EventBody::of_json(self.kind, version, data).map_err(D::Error::custom);
            }
        }
        Ok(EventBody::Unknown(UnknownBody {
            kind: self.kind.to_owned(),
            version: self.version,
            raw: original.to_string(),
        }))
    }
}

impl<'de> Deserialize<'de> for EventBody {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct BodyVisitor;
        impl<'de> Visitor<'de> for BodyVisitor {
            type Value = EventBody;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event body: kind, version, data")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EventBody, A::Error> {
                let (mut kind, mut version) = (None::<Cow<'de, str>>, None::<u32>);
                let (mut early, mut body) = (None::<serde_json::Value>, None);
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    match (&*key, &kind, version) {
                        ("kind", ..) => kind = Some(map.next_value()?),
                        ("version", ..) => version = Some(map.next_value()?),
                        ("data", Some(kind), Some(version)) => {
                            body = Some(map.next_value_seed(BodySeed { kind, version })?)
                        }
                        ("data", ..) => early = Some(map.next_value()?),
                        _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                if let Some(body) = body {
                    return Ok(body);
                }
                let kind = kind.ok_or_else(|| A::Error::missing_field("kind"))?;
                let early = early.ok_or_else(|| A::Error::missing_field("data"))?;
                let version = version.unwrap_or(1);
                EventBody::of_json(&kind, version, early).map_err(A::Error::custom)
            }
        }
        d.deserialize_struct("EventBody", &["kind", "version", "data"], BodyVisitor)
    }
}

impl EventBody {
    /// The body of a kind and version, of its data in JSON.
    ///
    /// # Errors
    /// Where the data is not what the kind asks for.
    pub fn of_json(kind: &str, version: u32, data: serde_json::Value) -> serde_json::Result<Self> {
        let seed = BodySeed { kind, version };
        if !MADE_SMALL {
            return seed.deserialize(data);
        }
        // The reader of texts does it too: a reader of values would be a second one of all kinds.
        let text = data.to_string();
        seed.deserialize(&mut serde_json::Deserializer::from_str(&text)).map_err(unplaced)
    }
}

/// The error without its place, which is one in another text.
fn unplaced(error: serde_json::Error) -> serde_json::Error {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    serde_json::Error::custom(said.strip_suffix(&place).unwrap_or(&said))
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for EventBody {
    fn schema_name() -> Cow<'static, str> {
        "EventBody".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "required": ["kind", "version", "data"],
            "properties": {
                "kind": { "type": "string" },
                "version": { "type": "integer", "minimum": 1 },
                "data": { "type": "object" }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CaffeineConsumed, TaskCompleted};

    #[test]
    fn bodies_round_trip_in_json_and_cbor() {
        let body = EventBody::from(CaffeineConsumed { amount_mg: 80.0 });
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(json, r#"{"kind":"health.caffeine_consumed","version":1,"data":{"amount_mg":80.0}}"#);
        assert_eq!(serde_json::from_str::<EventBody>(&json).unwrap(), body);
        let cbor = cbor4ii::serde::to_vec(Vec::new(), &body).unwrap();
        assert_eq!(cbor4ii::serde::from_slice::<EventBody>(&cbor).unwrap(), body);
    }

    #[test]
    fn data_may_come_before_kind() {
        let json = r#"{"data":{"amount_mg":80.0},"version":1,"kind":"health.caffeine_consumed"}"#;
        assert_eq!(
            serde_json::from_str::<EventBody>(json).unwrap(),
            CaffeineConsumed { amount_mg: 80.0 }.into()
        );
    }

    #[test]
    fn data_read_before_fails_as_data_read_now() {
        for data in [r#"{"amount_mg":"much"}"#, "{}", r#"{"amount_mg":null}"#, "3"] {
            let early =
                EventBody::of_json("health.caffeine_consumed", 1, serde_json::from_str(data).unwrap());
            let seed = BodySeed { kind: "health.caffeine_consumed", version: 1 };
            let now = seed.deserialize(&mut serde_json::Deserializer::from_str(data)).unwrap_err();
            assert_eq!(early.unwrap_err().to_string(), unplaced(now).to_string());
        }
    }

    #[test]
    fn old_versions_are_brought_up() {
        let json = r#"{"kind":"task.completed","version":1,"data":{"task":"T-1","duration_min":90.0}}"#;
        let body: EventBody = serde_json::from_str(json).unwrap();
        assert_eq!(body, TaskCompleted { duration_s: Some(5400.0), ..TaskCompleted::of("T-1") }.into());
    }

    #[test]
    fn unknown_kinds_and_newer_versions_survive() {
        for json in [
            r#"{"kind":"garden.tree_planted","version":3,"data":{"n":[1,{"a":null}]}}"#,
            r#"{"kind":"health.caffeine_consumed","version":9,"data":{"cups":2}}"#,
        ] {
            let body: EventBody = serde_json::from_str(json).unwrap();
            assert!(matches!(body, EventBody::Unknown(_)));
            assert_eq!(serde_json::to_string(&body).unwrap(), json);
            let cbor = cbor4ii::serde::to_vec(Vec::new(), &body).unwrap();
            assert_eq!(cbor4ii::serde::from_slice::<EventBody>(&cbor).unwrap(), body);
        }
    }
}
