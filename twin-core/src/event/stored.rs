//! The binary form of a [`Content`]: a CBOR list, the envelope's fields in their order, then kind, version
//! and data. Names would double its size, and it is hashed and read more often than anything else.

use super::body::{BodySeed, Data};
use super::{Content, Origin};
use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Elements of the list. Later forms may only add to its end.
const LENGTH: usize = 13;

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_tuple(LENGTH)?;
        out.serialize_element(&self.at)?;
        out.serialize_element(&self.origin.source)?;
        out.serialize_element(&self.origin.device)?;
        out.serialize_element(&self.origin.method)?;
        out.serialize_element(&self.origin.recording)?;
        out.serialize_element(&self.record)?;
        out.serialize_element(&self.revision)?;
        out.serialize_element(&self.start_offset_s)?;
        out.serialize_element(&self.end_offset_s)?;
        out.serialize_element(&self.civil_date)?;
        out.serialize_element(self.body.kind())?;
        out.serialize_element(&self.body.version())?;
        out.serialize_element(&Data(&self.body))?;
        out.end()
    }
}

/// A text that is only borrowed where it can be.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct ContentVisitor;
        impl<'de> Visitor<'de> for ContentVisitor {
            type Value = Content;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields of an event")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Content, A::Error> {
                fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(seq: &mut A) -> Result<T, A::Error> {
                    seq.next_element()?.ok_or_else(|| A::Error::custom("an event is cut short"))
                }
                let at = next(&mut seq)?;
                let origin = Origin {
                    source: next(&mut seq)?,
                    device: next(&mut seq)?,
                    method: next(&mut seq)?,
                    recording: next(&mut seq)?,
                };
                let record = next(&mut seq)?;
                let revision = next(&mut seq)?;
                let start_offset_s = next(&mut seq)?;
                let end_offset_s = next(&mut seq)?;
                let civil_date = next(&mut seq)?;
                let kind: Text<'de> = next(&mut seq)?;
                let version = next(&mut seq)?;
                let body = seq
                    .next_element_seed(BodySeed { kind: &kind.0, version })?
                    .ok_or_else(|| A::Error::custom("an event is cut short"))?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Content { at, origin, record, revision, start_offset_s, end_offset_s, civil_date, body })
            }
        }
        d.deserialize_tuple(LENGTH, ContentVisitor)
    }
}
