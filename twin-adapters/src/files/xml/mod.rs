//! XML from strangers: a reader with bounds, attribute texts, and a walk past damage.

#[cfg(any(feature = "gpx", feature = "tcx"))]
mod walk;

#[cfg(any(feature = "gpx", feature = "tcx"))]
pub(super) use walk::{Elements, End, elements};

#[cfg(feature = "apple-health")]
use quick_xml::events::BytesStart;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use twin_core::event::KeptField;

/// Longest element, with all its attributes.
pub(super) const MAX_ELEMENT: u64 = 1 << 20;
#[cfg(feature = "apple-health")]
/// Most that may come before the root element.
const MAX_PROLOG: u64 = 4 << 20;

/// Most bytes handed out at once.
const PIECE: usize = 256 * 1024;

/// Counts bytes, and refuses an element that has no end.
pub(super) struct Bounded<'a> {
    inner: &'a mut dyn BufRead,
    /// Bytes handed out before the input goes on: the root's name, which the search consumed.
    pending: &'static [u8],
    total: u64,
    mark: u64,
    ended: bool,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(inner: &'a mut dyn BufRead) -> Self {
        Self { inner, pending: b"", total: 0, mark: 0, ended: false }
    }

    /// Bytes consumed so far.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The input came to its end.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// A new element begins.
    pub(super) fn mark(&mut self) {
        self.mark = self.total;
    }

    #[cfg(feature = "apple-health")]
    /// Skips to the root element. What precedes it (the document type, which several versions of the
    /// phone write with errors in it) is not needed, and no entity it declares is known afterwards.
    pub(super) fn skip_to(&mut self, root: &'static [u8]) -> io::Result<bool> {
        let mut matched = 0;
        loop {
            let buffer = self.inner.fill_buf()?;
            if buffer.is_empty() || self.total > MAX_PROLOG {
                return Ok(false);
            }
            let mut used = 0;
            for byte in buffer {
                used += 1;
                if root.get(matched) == Some(byte) {
                    matched += 1;
                    if matched == root.len() {
                        break;
                    }
                } else {
                    matched = usize::from(root.first() == Some(byte));
                }
            }
            self.inner.consume(used);
            self.total += used as u64;
            if matched == root.len() {
                self.pending = root;
                return Ok(true);
            }
        }
    }
}

/// A parser that does not ask for matching ends; the walk sees to that.
pub(super) fn lenient(input: Bounded<'_>) -> quick_xml::Reader<Bounded<'_>> {
    let mut reader = quick_xml::Reader::from_reader(input);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Bounded<'_> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.pending.is_empty() {
            return Ok(self.pending);
        }
        if self.total - self.mark > MAX_ELEMENT {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "an element longer than 1 MiB"));
        }
        let buffer = self.inner.fill_buf()?;
        self.ended = buffer.is_empty();
        // An input in memory is one buffer: pieces of it keep the bound.
        Ok(buffer.get(..PIECE).unwrap_or(buffer))
    }

    #[inline]
    fn consume(&mut self, n: usize) {
        if self.pending.is_empty() {
            self.inner.consume(n);
            self.total += n as u64;
        } else {
            self.pending = self.pending.get(n..).unwrap_or_default();
        }
    }
}

#[cfg(any(feature = "gpx", feature = "tcx"))]
/// Is the root of these first bytes of XML an element of this name, with or without a prefix?
pub(super) fn root_is(head: &[u8], name: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.starts_with(b"<")
        && head
            .windows(name.len() + 1)
            .any(|w| w.strip_suffix(name).is_some_and(|before| matches!(before, b"<" | b":")))
}

/// A text with the five named entities and numeric ones replaced; unknown ones stay as written.
pub(super) fn text(raw: &str) -> Cow<'_, str> {
    if raw.contains('&') {
        quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
    } else {
        Cow::Borrowed(raw)
    }
}

/// A field of a kept message: a number where the text is one, else the text.
pub(super) fn field(name: impl Into<String>, raw: &str, unit: Option<&str>) -> KeptField {
    crate::files::kept::field(name, &text(raw), unit)
}

#[cfg(feature = "apple-health")]
/// The next `name="value"` of an element's attributes and what follows it; `None` at the end, and for
/// forms that are rarer than this one.
#[inline]
fn next_attribute(rest: &str) -> Option<(&str, &str, &str)> {
    // Names are short: one byte after the other. Values are long: a search for the quote.
    let rest = rest.trim_ascii_start();
    let (name, rest) = rest.split_at_checked(rest.bytes().position(|b| b == b'=')?)?;
    let (value, rest) = rest.strip_prefix("=\"")?.split_once('"')?;
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())).then_some((name, value, rest))
}

#[cfg(feature = "apple-health")]
/// Calls for each attribute, in order; `false` when some cannot be read.
#[inline]
pub(super) fn attributes<'a>(e: &'a BytesStart<'_>, mut each: impl FnMut(&'a str, &'a str)) -> bool {
    let mut rest: &str = e.attributes_raw();
    while let Some((name, value, after)) = next_attribute(rest) {
        each(name, value);
        rest = after;
    }
    if rest.trim_ascii().is_empty() {
        return true;
    }
    for attribute in e.attributes().with_checks(false) {
        match attribute.map(|a| (a.key.0, a.value)) {
            Ok((name, Cow::Borrowed(value))) => each(name, value),
            _ => return false,
        }
    }
    true
}

#[cfg(all(test, feature = "apple-health"))]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_across_buffers() {
        for capacity in 1..20 {
            let mut input =
                io::BufReader::with_capacity(capacity, &b"<?xml?><!DOCTYPE Heal [<!E>]><<Root a='1'/>"[..]);
            let mut bounded = Bounded::new(&mut input);
            assert!(bounded.skip_to(b"<Root").unwrap());
            let mut rest = String::new();
            bounded.read_to_string(&mut rest).unwrap();
            assert_eq!(rest, "<Root a='1'/>");
        }
        assert!(!Bounded::new(&mut &b"<Other/>"[..]).skip_to(b"<Root").unwrap());
    }

    #[test]
    fn attributes_of_any_form() {
        for (tag, expected, whole) in [
            ("r a=\"1\" b=\"x y\"", "a=1;b=x y;", true),
            ("r a = '1'\n b=\"2\"", "a=1;b=2;", true),
            ("r", "", true),
            ("r a=\"1\" b=\"2", "", false),
            ("r a=\"1\" b", "", false),
        ] {
            let mut seen = String::new();
            let e = BytesStart::from_content(tag, 1);
            assert_eq!(attributes(&e, |k, v| seen += &format!("{k}={v};")), whole, "{tag}");
            assert!(seen.ends_with(expected), "{tag}: {seen}");
        }
    }

    #[test]
    fn entities_are_the_predefined_ones_only() {
        assert_eq!(text("a &lt;b&gt; &amp; &#233;"), "a <b> & é");
        assert_eq!(text("&bomb;"), "&bomb;");
    }
}
