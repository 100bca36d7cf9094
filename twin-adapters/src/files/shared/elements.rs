//! The elements of a JSON array, one at a time.

use super::out::Out;
use super::text::{Meter, Text};
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, BufRead};
use twin_core::{Error, Result};

/// A record of the array.
pub(crate) type Object = Map<String, Value>;

struct Elements<'o, 's, F> {
    out: &'o mut Out<'s>,
    meter: Meter,
    read: u64,
    stopped: Option<Error>,
    act: F,
}

impl<'de, F: FnMut(&mut Out<'_>, u64, Object) -> Result<()>> Visitor<'de> for &mut Elements<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        loop {
            self.meter.next_record();
            let Some(element) = array.next_element::<Value>()? else { return Ok(()) };
            self.read += 1;
            let done = if let Value::Object(object) = element {
                (self.act)(self.out, self.read, object)
            } else {
                self.out.refuse("not_a_record", format!("record {}", self.read), "the element is no object");
                Ok(())
            };
            let done = if self.read.is_multiple_of(4096) {
                done.and(self.out.progress(self.meter.passed()))
            } else {
                done
            };
            if let Err(error) = done {
                self.stopped = Some(error);
                return Err(serde::de::Error::custom("stopped"));
            }
        }
    }
}

impl<'de, F: FnMut(&mut Out<'_>, u64, Object) -> Result<()>> DeserializeSeed<'de>
    for &mut Elements<'_, '_, F>
{
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

/// Hands each record of the array with its number, from 1, to `act`. Damage ends the reading and is
/// refused; what precedes it is kept.
///
/// # Errors
/// What `act` returns.
pub(crate) fn each(
    input: &mut dyn BufRead,
    out: &mut Out<'_>,
    act: impl FnMut(&mut Out<'_>, u64, Object) -> Result<()>,
) -> Result<()> {
    let text = Text::new(input).map_err(|e| Error::malformed("json", e))?;
    let meter = text.meter();
    let mut parser = serde_json::Deserializer::from_reader(io::BufReader::with_capacity(1 << 16, text));
    let mut elements = Elements { out, meter, read: 0, stopped: None, act };
    let result = (&mut elements).deserialize(&mut parser);
    let Elements { out, read, stopped, .. } = elements;
    if let Some(error) = stopped {
        return Err(error);
    }
    if let Err(error) = result.and_then(|()| parser.end()) {
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

/// A number, also where it is written as a text; `Ok(None)` where there is none.
pub(crate) fn number(value: Option<&Value>) -> std::result::Result<Option<f64>, ()> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(n)) => n.as_f64().filter(|v| v.is_finite()).map(Some).ok_or(()),
        Some(Value::String(s)) => super::out::number(s),
        _ => Err(()),
    }
}

/// A text or a whole number as text: ids are written both ways.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}
