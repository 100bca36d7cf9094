//! The records of a file, one at a time.

use super::Shape;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use twin_core::{Error, Result};

/// Largest record: real ones come to some kilobytes.
const MAX_RECORD: u64 = 16 << 20;

/// Hands each record to `act`. `Ok(false)` when the text is damaged or ends early; what precedes was handed over.
///
/// # Errors
/// What `act` returns.
pub(super) fn each(
    shape: Shape,
    input: &mut dyn Read,
    act: &mut dyn FnMut(Value) -> Result<()>,
) -> Result<bool> {
    let left = Cell::new(MAX_RECORD);
    let mut records = Records { act, left: &left, stopped: None };
    let mut parser = serde_json::Deserializer::from_reader(Limited { inner: input, left: &left });
    let whole = match shape {
        Shape::Activities => Chunks(&mut records).deserialize(&mut parser),
        Shape::Sleep | Shape::HealthStatus => Array(&mut records).deserialize(&mut parser),
    };
    let whole = whole.and_then(|()| parser.end());
    records.stopped.map_or(Ok(whole.is_ok()), Err)
}

/// Ends with an error when a record is too large.
struct Limited<'a> {
    inner: &'a mut dyn Read,
    left: &'a Cell<u64>,
}

impl Read for Limited<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        let left = self.left.get().checked_sub(n as u64);
        self.left
            .set(left.ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, "a record is too large"))?);
        Ok(n)
    }
}

struct Records<'a> {
    act: &'a mut dyn FnMut(Value) -> Result<()>,
    left: &'a Cell<u64>,
    stopped: Option<Error>,
}

impl Records<'_> {
    fn take<E: serde::de::Error>(&mut self, record: Value) -> std::result::Result<(), E> {
        self.left.set(MAX_RECORD);
        (self.act)(record).map_err(|error| {
            self.stopped = Some(error);
            E::custom("stopped")
        })
    }
}

/// An array of records.
struct Array<'r, 'a>(&'r mut Records<'a>);

impl<'de> DeserializeSeed<'de> for Array<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Array<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of records")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> std::result::Result<(), A::Error> {
        while let Some(record) = array.next_element::<Value>()? {
            self.0.take(record)?;
        }
        Ok(())
    }
}

/// An array of objects whose `summarizedActivitiesExport` is the array of records.
struct Chunks<'r, 'a>(&'r mut Records<'a>);
struct Chunk<'r, 'a>(&'r mut Records<'a>);

impl<'de> DeserializeSeed<'de> for Chunks<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Chunks<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of exports")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> std::result::Result<(), A::Error> {
        while array.next_element_seed(Chunk(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Chunk<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Chunk<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "summarizedActivitiesExport" {
                found = true;
                map.next_value_seed(Array(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err(A::Error::custom("no activities")) }
    }
}
