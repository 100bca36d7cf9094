//! A document element by element: the path is always known, damage costs only what is damaged.

use super::{Bounded, MAX_ELEMENT, lenient, text};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, ErrorKind};
use twin_core::Result;

/// Deepest nesting read; the formats need about ten.
const MAX_DEPTH: usize = 64;
/// Damaged places after which the rest is not worth reading.
const MAX_DAMAGE: u32 = 1_000;
/// Longest text of an element.
const MAX_TEXT: usize = 1 << 20;
const PROGRESS_STEP: u64 = 64 * 1024;

/// Who is told of the elements. Names come without their namespace prefix.
pub(in crate::files) trait Elements {
    /// An element begins; it is the last of the path.
    fn open(&mut self, path: &[String], element: &BytesStart<'_>) -> Result<()>;

    /// The last element of the path ends. `text` is what it says after its last child, untrimmed.
    fn close(&mut self, path: &[String], text: &str) -> Result<()>;

    /// Markup that cannot be read was left out.
    fn damaged(&mut self);

    /// So many bytes were consumed.
    fn progress(&mut self, bytes: u64) -> Result<()>;
}

/// How a document ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::files) enum End {
    /// With the end of its root.
    Whole,
    /// Before the end of its root.
    Truncated,
    /// Where it could not be read further.
    Damaged(&'static str),
    /// Where it had expanded to more than it may.
    TooLarge,
}

/// Reads a document to its end. Entities that it declares are never expanded.
///
/// # Errors
/// Only what the visitor returns.
pub(in crate::files) fn elements(input: &mut dyn BufRead, visitor: &mut dyn Elements) -> Result<End> {
    let mut reader = lenient(Bounded::new(input));
    let mut buffer = Vec::with_capacity(4096);
    let mut walk = Walk { path: Vec::new(), text: String::new(), closed: false };
    let (mut told, mut damage) = (0, 0);
    let end = loop {
        buffer.clear();
        let total = reader.get_ref().total();
        reader.get_mut().mark();
        if total - told >= PROGRESS_STEP {
            told = total;
            visitor.progress(total)?;
        }
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) => walk.start(&e, visitor)?,
            Ok(Event::Empty(e)) => {
                walk.start(&e, visitor)?;
                walk.end(local(e.name().0), visitor)?;
            }
            Ok(Event::End(e)) => walk.end(local(e.name().0), visitor)?,
            Ok(Event::Text(t)) => walk.say(&t, visitor),
            Ok(Event::CData(t)) => walk.say(&t, visitor),
            Ok(Event::GeneralRef(r)) => {
                let raw: &str = &r;
                walk.say(&text(&format!("&{raw};")), visitor);
            }
            Ok(Event::Eof) => break walk.ended(),
            Ok(_) => {}
            Err(quick_xml::Error::Io(e)) => {
                break match e.kind() {
                    ErrorKind::FileTooLarge => End::TooLarge,
                    ErrorKind::UnexpectedEof => End::Truncated,
                    _ if reader.get_ref().total() - total > MAX_ELEMENT => {
                        End::Damaged("an element longer than 1 MiB")
                    }
                    _ => End::Damaged("the bytes cannot be read further"),
                };
            }
            Err(_) if reader.get_ref().ended() => break walk.ended(),
            Err(_) => {
                damage += 1;
                if damage > MAX_DAMAGE || reader.get_ref().total() == total {
                    break End::Damaged("what follows is no XML");
                }
                visitor.damaged();
                // The parser ends at its first error; a fresh one goes on after the element.
                reader = lenient(reader.into_inner());
            }
        }
        if walk.path.len() > MAX_DEPTH {
            break End::Damaged("elements nested too deeply");
        }
    };
    visitor.progress(reader.get_ref().total())?;
    Ok(end)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

struct Walk {
    path: Vec<String>,
    text: String,
    closed: bool,
}

impl Walk {
    fn start(&mut self, e: &BytesStart<'_>, visitor: &mut dyn Elements) -> Result<()> {
        self.text.clear();
        self.path.push(local(e.name().0).to_owned());
        visitor.open(&self.path, e)
    }

    /// Ends the innermost element of this name and those left open in it; an end without a start is passed over.
    fn end(&mut self, name: &str, visitor: &mut dyn Elements) -> Result<()> {
        if !self.path.iter().any(|open| open == name) {
            return Ok(());
        }
        while let Some(last) = self.path.last() {
            let found = last == name;
            visitor.close(&self.path, &self.text)?;
            self.text.clear();
            self.path.pop();
            if found {
                break;
            }
        }
        self.closed |= self.path.is_empty();
        Ok(())
    }

    fn say(&mut self, text: &str, visitor: &mut dyn Elements) {
        if self.text.len() + text.len() > MAX_TEXT {
            visitor.damaged();
        } else {
            self.text.push_str(text);
        }
    }

    fn ended(&self) -> End {
        if self.closed && self.path.is_empty() { End::Whole } else { End::Truncated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told(Vec<String>, u32);

    impl Elements for Told {
        fn open(&mut self, path: &[String], _: &BytesStart<'_>) -> Result<()> {
            self.0.push(format!("<{}", path.join("/")));
            Ok(())
        }
        fn close(&mut self, path: &[String], text: &str) -> Result<()> {
            self.0.push(format!("{}={}", path.join("/"), text.trim()));
            Ok(())
        }
        fn damaged(&mut self) {
            self.1 += 1;
        }
        fn progress(&mut self, _: u64) -> Result<()> {
            Ok(())
        }
    }

    fn told(bytes: &[u8]) -> (Told, End) {
        let mut visitor = Told::default();
        let end = elements(&mut &*bytes, &mut visitor).unwrap();
        (visitor, end)
    }

    #[test]
    fn paths_texts_and_prefixes() {
        let bytes = b"\xef\xbb\xbf<?xml version='1.0'?><a:r><b>x &amp; <![CDATA[<y>]]></b><c/></a:r>";
        let (visitor, end) = told(bytes);
        assert_eq!(visitor.0, ["<r", "<r/b", "r/b=x & <y>", "<r/c", "r/c=", "r="]);
        assert_eq!((visitor.1, end), (0, End::Whole));
    }

    #[test]
    fn damage_costs_what_is_damaged() {
        let (visitor, end) = told(b"<r><b>1</b><n>\xff\xfe</n><b>2</b></x></r>");
        assert!(visitor.0.contains(&"r/b=1".to_owned()) && visitor.0.contains(&"r/b=2".to_owned()));
        assert_eq!((visitor.1, end), (1, End::Whole));
        assert_eq!(told(b"<r><b>1</b><b>").1, End::Truncated);
        assert_eq!(told(b"").1, End::Truncated);
        assert_eq!(told("<r>".repeat(100).as_bytes()).1, End::Damaged("elements nested too deeply"));
    }

    #[test]
    fn entities_are_not_expanded() {
        let bomb = b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><r>&b;&b;</r>";
        assert_eq!(told(bomb).0.0, ["<r", "r=&b;&b;"]);
        let long = [&b"<r>"[..], &vec![b'x'; 3 << 20], b"</r>"].concat();
        assert_eq!(told(&long).1, End::Damaged("an element longer than 1 MiB"));
    }
}
