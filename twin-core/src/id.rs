//! Names and ids: newtypes over short texts and 128-bit hashes, never bare strings.

use crate::error::{Error, Result};
use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Longest text id, in bytes.
pub const MAX_TEXT_ID: usize = 200;

/// Is there a control character (U+0000..=U+001F, U+007F..=U+009F)?
fn has_control(text: &str) -> bool {
    if text.is_ascii() {
        text.bytes().any(|b| b.is_ascii_control())
    } else {
        text.chars().any(char::is_control)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $field:literal) => {
        $(#[$doc])*
        ///
        /// Not empty, at most 200 bytes, no control characters.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(CompactString);

        impl $name {
            #[doc = concat!("Checks and makes a `", stringify!($name), "`.")]
            ///
            /// # Errors
            /// `invalid_value` when empty, too long or with control characters.
            pub fn new(text: impl AsRef<str>) -> Result<Self> {
                let text = text.as_ref();
                if text.is_empty() || text.len() > MAX_TEXT_ID || has_control(text) {
                    return Err(Error::invalid($field, format_args!("a text of {} bytes", text.len()),
                        "1..=200 bytes without control characters"));
                }
                Ok(Self(CompactString::from(text)))
            }

            /// The nearest valid id: control characters become spaces, what is too long is cut,
            /// an empty text becomes `unknown`. For names that devices chose.
            #[must_use]
            pub fn lossy(text: &str) -> Self {
                let clean: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                let mut end = clean.len().min(MAX_TEXT_ID);
                while !clean.is_char_boundary(end) { end -= 1; }
                let cut = clean.get(..end).unwrap_or_default().trim_end();
                Self(CompactString::from(if cut.is_empty() { "unknown" } else { cut }))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str { self.0.as_str() }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:?}", self.0.as_str()) }
        }
        impl FromStr for $name {
            type Err = Error;
            fn from_str(s: &str) -> Result<Self> { Self::new(s) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = CompactString::deserialize(d)?;
                if text.is_empty() || text.len() > MAX_TEXT_ID || has_control(&text) {
                    return Err(serde::de::Error::custom(concat!($field, " is not 1..=200 bytes without control characters")));
                }
                Ok(Self(text))
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "minLength": 1, "maxLength": 200 })
            }
        }
    };
}

text_id!(
    /// The person a twin is of: a host's own opaque name for them.
    TwinId, "twin");
text_id!(
    /// Who recorded something: an app, a service, a file family (`apple_health/Watch`, `fit/garmin-1234`).
    SourceId, "source");
text_id!(
    /// A device a source wrote through.
    DeviceId, "device");
text_id!(
    /// A source's own name of one record.
    RecordId, "record");
text_id!(
    /// How a value was measured, where that changes its meaning (`rmssd_5min`, `ecg`, `wrist_ppg`).
    MethodId, "method");
text_id!(
    /// A metric: an id of the catalogue (`heart_rate`) or a vendor's own (`healthkit:DietaryZinc`).
    MetricId, "metric");
text_id!(
    /// Who asks: the person, an app, another person.
    ActorId, "actor");
text_id!(
    /// An IANA time zone name (`Europe/Paris`). Checked against the zone database when used.
    ZoneId, "zone");

/// Hashes of texts up to this length are made in one call.
const AT_ONCE: usize = 512;

fn hash_of(domain: &str, parts: &[&[u8]]) -> [u8; 32] {
    let all = || std::iter::once(domain.as_bytes()).chain(parts.iter().copied());
    let mut short = [0_u8; AT_ONCE];
    let mut end = 0;
    for part in all() {
        let Some(slot) = short.get_mut(end..end + 8 + part.len()) else {
            let mut hasher = blake3::Hasher::new();
            for part in all() {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
            return hasher.finalize().into();
        };
        let (length, text) = slot.split_at_mut(8);
        length.copy_from_slice(&(part.len() as u64).to_le_bytes());
        text.copy_from_slice(part);
        end += 8 + part.len();
    }
    blake3::hash(short.get(..end).unwrap_or_default()).into()
}

/// Without a jump, so that many are made at once.
const fn digit(nibble: u8) -> u8 {
    b'0' + nibble + (nibble > 9) as u8 * (b'a' - b'0' - 10)
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// Parts are hashed with their lengths, so that (`ab`, `c`) and (`a`, `bc`) differ.
            #[must_use]
            pub fn of(domain: &str, parts: &[&[u8]]) -> Self {
                Self(hash_of(domain, parts).first_chunk().copied().unwrap_or_default())
            }

            fn read(hex: &str) -> Option<Self> {
                let mut id = [0_u8; $bytes];
                if hex.len() != 2 * $bytes {
                    return None;
                }
                for (byte, pair) in id.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
                    let &[high, low] = pair else { return None };
                    *byte = nibble(high)? << 4 | nibble(low)?;
                }
                Some(Self(id))
            }

            fn hex(&self) -> [u8; 2 * $bytes] {
                let mut hex = [0; 2 * $bytes];
                for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
                    pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
                }
                hex
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(std::str::from_utf8(&self.hex()).unwrap_or_default())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
        impl FromStr for $name {
            type Err = Error;
            fn from_str(s: &str) -> Result<Self> {
                let bad = || Error::invalid("id", format_args!("a text of {} bytes", s.len()), concat!("the hexadecimal form of ", $bytes, " bytes"));
                Self::read(s).ok_or_else(bad)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(std::str::from_utf8(&self.hex()).unwrap_or_default())
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("the hexadecimal form of ", $bytes, " bytes"))
                    }
                    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<$name, E> {
                        s.parse().map_err(E::custom)
                    }
                }
                d.deserialize_str(Visitor)
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]+$" })
            }
        }
    };
}

hash_id!(
    /// The id of an event: the first 128 bits of the BLAKE3 hash of its content, so that the same
    /// fact read on two devices is one event.
    EventId, 16);
hash_id!(
    /// The key of a record: hash of (source, record id). Events with one key are versions of one fact.
    RecordKey, 16);
hash_id!(
    /// The hash of a column segment's samples.
    SegmentHash, 16);

impl EventId {
    /// The id of a content in its stored form.
    #[must_use]
    pub fn of_content(content: &[u8]) -> Self {
        Self(first_16(&blake3::keyed_hash(b"humantwin 1: the id of an event.", content)))
    }
}

fn first_16(hash: &blake3::Hash) -> [u8; 16] {
    hash.as_bytes().first_chunk().copied().unwrap_or_default()
}

impl RecordKey {
    /// The key of a source's record. A record without an id of its own is named `event:<event id>`.
    #[must_use]
    pub fn named(source: &SourceId, record: &RecordId) -> Self {
        if let Some(id) = record.as_str().strip_prefix("event:").and_then(|hex| hex.parse::<EventId>().ok()) {
            return Self(id.0);
        }
        // Ids hold no control characters, so a zero byte parts them. Most pairs are one block of the hash.
        const KEY: &[u8; 32] = b"humantwin 1: the key of a record";
        let (source, record) = (source.as_str().as_bytes(), record.as_str().as_bytes());
        let mut pair = [0; 2 * MAX_TEXT_ID + 1];
        let end = source.len() + 1 + record.len();
        if let Some(slot) = pair.get_mut(..source.len()) {
            slot.copy_from_slice(source);
        }
        if let Some(slot) = pair.get_mut(source.len() + 1..end) {
            slot.copy_from_slice(record);
        }
        Self(first_16(&blake3::keyed_hash(KEY, pair.get(..end).unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ids_are_checked() {
        assert!(SourceId::new("").is_err());
        assert!(SourceId::new("a\nb").is_err());
        assert!(SourceId::new("x".repeat(201)).is_err());
        assert_eq!(SourceId::lossy("  Jo\u{7}'s Watch ").as_str(), "Jo 's Watch");
        assert_eq!(SourceId::lossy("").as_str(), "unknown");
        assert!(serde_json::from_str::<SourceId>("\"\"").is_err());
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(EventId::of("t", &[b"ab", b"c"]), EventId::of("t", &[b"a", b"bc"]));
    }

    #[test]
    fn hash_ids_round_trip() {
        let id = EventId::of("t", &[b"x"]);
        assert_eq!(id.to_string().parse::<EventId>().unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<EventId>(&json).unwrap(), id);
        assert!("zz".parse::<EventId>().is_err());
    }
}
