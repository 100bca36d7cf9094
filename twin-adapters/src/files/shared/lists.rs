//! Records in lists of one or more JSON objects: `{"head": …, "points": [{…}, …]}`, or a line each.

use super::elements::Object;
use super::out::Out;
use super::text::{Meter, Text};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::io::{self, BufRead};
use twin_core::{Error, Result};

/// Takes a record: the list it is in (empty: the record stands alone), what the object said before the
/// list, its number from 1.
pub(crate) trait Take: FnMut(&mut Out<'_>, &str, &Object, u64, Value) -> Result<()> {}
impl<F: FnMut(&mut Out<'_>, &str, &Object, u64, Value) -> Result<()>> Take for F {}

struct Walk<'o, 's, F> {
    out: &'o mut Out<'s>,
    lists: &'static [&'static str],
    meter: Meter,
    read: u64,
    stopped: Option<Error>,
    act: F,
}

impl<F: Take> Walk<'_, '_, F> {
    /// Hands one record over; `false` when the reading is to end.
    fn hand(&mut self, list: &str, head: &Object, record: Value) -> bool {
        self.read += 1;
        let mut done = (self.act)(self.out, list, head, self.read, record);
        if self.read.is_multiple_of(4096) {
            done = done.and_then(|()| self.out.progress(self.meter.passed()));
        }
        match done {
            Ok(()) => true,
            Err(error) => {
                self.stopped = Some(error);
                false
            }
        }
    }
}

/// A list of records within an object, or at the top.
struct List<'w, 'o, 's, F> {
    walk: &'w mut Walk<'o, 's, F>,
    name: &'w str,
    head: &'w Object,
}

impl<'de, F: Take> DeserializeSeed<'de> for List<'_, '_, '_, F> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de, F: Take> Visitor<'de> for List<'_, '_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> std::result::Result<(), A::Error> {
        loop {
            self.walk.meter.next_record();
            let Some(record) = array.next_element::<Value>()? else { return Ok(()) };
            if !self.walk.hand(self.name, self.head, record) {
                return Err(A::Error::custom("stopped"));
            }
        }
    }
}

impl<'de, F: Take> DeserializeSeed<'de> for &mut Walk<'_, '_, F> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de, F: Take> Visitor<'de> for &mut Walk<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with lists of records, or a list of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> std::result::Result<(), A::Error> {
        List { walk: self, name: "", head: &Object::new() }.visit_seq(array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut head = Object::new();
        let mut listed = false;
        while let Some(key) = map.next_key::<String>()? {
            if self.lists.contains(&key.as_str()) {
                listed = true;
                map.next_value_seed(List { walk: self, name: &key, head: &head })?;
            } else {
                head.insert(key, map.next_value()?);
            }
        }
        // What the object says beside its lists.
        if (!listed || !head.is_empty()) && !self.hand("", &Object::new(), Value::Object(head)) {
            return Err(A::Error::custom("stopped"));
        }
        Ok(())
    }
}

/// Hands over each record of the named lists or of a list at the top, and after them what an object says
/// beside its lists; several texts may follow each other. Damage ends the reading and is refused;
/// what precedes it is kept.
///
/// # Errors
/// What `act` returns.
pub(crate) fn each_listed(
    input: &mut dyn BufRead,
    out: &mut Out<'_>,
    lists: &'static [&'static str],
    act: impl Take,
) -> Result<()> {
    let text = Text::new(input).map_err(|e| Error::malformed("json", e))?;
    let meter = text.meter();
    let mut parser = serde_json::Deserializer::from_reader(io::BufReader::with_capacity(1 << 16, text));
    let mut walk = Walk { out, lists, meter, read: 0, stopped: None, act };
    let result = loop {
        walk.meter.next_record();
        if let Err(error) = (&mut walk).deserialize(&mut parser) {
            break Err(error);
        }
        // Only space to the end, or another text.
        match parser.end() {
            Ok(()) => break Ok(()),
            Err(error) if error.is_io() => break Err(error),
            Err(_) => {}
        }
    };
    let Walk { out, read, stopped, .. } = walk;
    if let Some(error) = stopped {
        return Err(error);
    }
    if let Err(error) = result {
        let kind = if error.is_eof() {
            io::ErrorKind::UnexpectedEof
        } else {
            error.io_error_kind().unwrap_or(io::ErrorKind::InvalidData)
        };
        // The parser's own message may quote the text.
        let place = format!("line {} column {}", error.line(), error.column());
        out.damaged(&io::Error::new(kind, format!("no JSON from {place} on")), read);
    }
    Ok(())
}
