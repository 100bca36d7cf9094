//! Bytes of a text file as UTF-8, with a bound on what one record may take.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Most bytes one line or one element may have.
const MAX_RECORD: u64 = 16 << 20;

/// How far a text was read, shared with the parser that holds the [`Text`].
#[derive(Clone, Debug)]
pub(crate) struct Meter(Rc<(Cell<u64>, Cell<u64>)>);

impl Meter {
    fn new() -> Self {
        Self(Rc::new((Cell::new(0), Cell::new(MAX_RECORD))))
    }
    /// Bytes read so far.
    pub(crate) fn passed(&self) -> u64 {
        self.0.0.get()
    }
    /// A record was read to its end: the next may be as long again.
    pub(crate) fn next_record(&self) {
        self.0.1.set(MAX_RECORD);
    }
    fn take(&self, n: usize) -> io::Result<()> {
        let n = n as u64;
        self.0.0.set(self.0.0.get().saturating_add(n));
        let left = self.0.1.get();
        if n > left {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "one record is longer than 16 MiB"));
        }
        self.0.1.set(left - n);
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16 { big_endian: bool },
}

/// Reads a text without its byte order mark; UTF-16 becomes UTF-8.
pub(crate) struct Text<'a> {
    input: &'a mut dyn BufRead,
    form: Form,
    meter: Meter,
    ready: Vec<u8>,
    given: usize,
    odd: Option<u8>,
    high: Option<u16>,
}

impl<'a> Text<'a> {
    /// Looks at the first bytes of the input to find its encoding.
    pub(crate) fn new(input: &'a mut dyn BufRead) -> io::Result<Self> {
        let mut lead = Vec::with_capacity(3);
        (&mut *input).take(3).read_to_end(&mut lead)?;
        let (form, skip) = form_of(&lead);
        let mut text =
            Self { input, form, meter: Meter::new(), ready: Vec::new(), given: 0, odd: None, high: None };
        let rest = lead.get(skip..).unwrap_or_default().to_vec();
        text.take_in(&rest);
        Ok(text)
    }

    pub(crate) fn meter(&self) -> Meter {
        self.meter.clone()
    }

    fn take_in(&mut self, bytes: &[u8]) {
        let Form::Utf16 { big_endian } = self.form else {
            self.ready.extend_from_slice(bytes);
            return;
        };
        for &byte in bytes {
            let Some(first) = self.odd.take() else {
                self.odd = Some(byte);
                continue;
            };
            let unit = if big_endian {
                u16::from_be_bytes([first, byte])
            } else {
                u16::from_le_bytes([first, byte])
            };
            if let Some(high) = self.high.take() {
                if (0xDC00..0xE000).contains(&unit) {
                    char::decode_utf16([high, unit])
                        .for_each(|c| self.put(c.unwrap_or(char::REPLACEMENT_CHARACTER)));
                    continue;
                }
                self.put(char::REPLACEMENT_CHARACTER);
            }
            if (0xD800..0xDC00).contains(&unit) {
                self.high = Some(unit);
            } else {
                self.put(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
    }

    fn put(&mut self, c: char) {
        self.ready.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

impl Read for Text<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let rest = self.ready.get(self.given..).unwrap_or_default();
            if !rest.is_empty() {
                let n = rest.len().min(buffer.len());
                if let (Some(to), Some(from)) = (buffer.get_mut(..n), rest.get(..n)) {
                    to.copy_from_slice(from);
                }
                self.given += n;
                self.meter.take(n)?;
                return Ok(n);
            }
            self.ready.clear();
            self.given = 0;
            if self.form == Form::Utf8 {
                let n = self.input.read(buffer)?;
                self.meter.take(n)?;
                return Ok(n);
            }
            let chunk = self.input.fill_buf()?.to_vec();
            if chunk.is_empty() {
                return Ok(0);
            }
            self.input.consume(chunk.len());
            self.take_in(&chunk);
        }
    }
}

fn form_of(lead: &[u8]) -> (Form, usize) {
    match lead {
        [0xEF, 0xBB, 0xBF, ..] => (Form::Utf8, 3),
        [0xFF, 0xFE, ..] => (Form::Utf16 { big_endian: false }, 2),
        [0xFE, 0xFF, ..] => (Form::Utf16 { big_endian: true }, 2),
        _ => (Form::Utf8, 0),
    }
}

/// The beginning of a file as text, whatever it is.
pub(crate) fn head_text(mut head: &[u8]) -> String {
    let mut bytes = Vec::new();
    match Text::new(&mut head).and_then(|mut text| text.read_to_end(&mut bytes)) {
        Ok(_) => decode(&bytes),
        Err(_) => String::new(),
    }
}

/// UTF-8, or Latin-1 where it is not.
pub(crate) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A cut within a character at the very end is no other encoding.
        Err(e) if e.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(mut bytes: &[u8]) -> String {
        let mut out = String::new();
        Text::new(&mut bytes).unwrap().read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn byte_order_marks_and_utf_16() {
        assert_eq!(whole(b"\xEF\xBB\xBFa,b"), "a,b");
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("é,𝄞\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain("é,𝄞\n".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(whole(&little), "é,𝄞\n");
        assert_eq!(whole(&big), "é,𝄞\n");
        assert_eq!(whole(b"x"), "x");
        assert_eq!(decode(b"caf\xE9 au"), "café au");
    }
}
