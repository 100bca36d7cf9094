//! The walk through the XML: which element belongs to which, and what to do after damage.

use super::session::{Open, Session};
use super::xml::{Bounded, lenient};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, ErrorKind};
use twin_core::{Error, Result};

const FORMAT: &str = "apple health export";
const ROOT: &[u8] = b"<HealthData";
/// Deepest nesting read; the format needs five.
const MAX_DEPTH: u32 = 32;
/// Damaged places after which the rest is not worth reading.
const MAX_DAMAGE: u32 = 1_000;
const PROGRESS_STEP: u64 = 64 * 1024;

/// How bytes of XML are told as bytes of the input: `total * num / den`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub num: u64,
    pub den: u64,
}

/// Why the walk ended early.
enum Stop {
    Truncated,
    Damaged(&'static str),
    TooLarge,
}

/// Reads the whole document into the session.
pub(super) fn walk(input: &mut dyn BufRead, scale: Scale, session: &mut Session<'_>) -> Result<()> {
    let mut bounded = Bounded::new(input);
    match bounded.skip_to(ROOT) {
        Ok(true) => {}
        Ok(false) => return Err(Error::malformed(FORMAT, "no HealthData element")),
        Err(e) => return Err(Error::malformed(FORMAT, e.kind())),
    }
    let mut reader = lenient(bounded);
    let mut walker = Walker { depth: 0, open: None, closed: false };
    let mut buffer = Vec::with_capacity(4096);
    let mut told = 0;
    let mut damage = 0;
    let stop = loop {
        buffer.clear();
        let total = reader.get_ref().total();
        reader.get_mut().mark();
        if total - told >= PROGRESS_STEP {
            told = total;
            session.progress(
                (u128::from(total) * u128::from(scale.num) / u128::from(scale.den.max(1))) as u64,
            )?;
        }
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Empty(e)) => walker.start(&e, true, session)?,
            Ok(Event::Start(e)) => walker.start(&e, false, session)?,
            Ok(Event::End(e)) => walker.end(e.name().as_ref(), session)?,
            Ok(Event::Eof) => break (!walker.closed).then_some(Stop::Truncated),
            Ok(Event::Text(t)) if !t.as_ref().trim_ascii().is_empty() => {
                session.tally.warn("text_not_kept", "text between elements, which the format does not have");
            }
            Ok(_) => {}
            Err(quick_xml::Error::Io(e)) => {
                break Some(match e.kind() {
                    ErrorKind::FileTooLarge => Stop::TooLarge,
                    ErrorKind::UnexpectedEof => Stop::Truncated,
                    ErrorKind::InvalidData if reader.get_ref().total() - total > super::xml::MAX_ELEMENT => {
                        Stop::Damaged("an element longer than 1 MiB")
                    }
                    _ => Stop::Damaged("the bytes cannot be read further"),
                });
            }
            Err(_) if reader.get_ref().ended() => break (!walker.closed).then_some(Stop::Truncated),
            Err(_) => {
                damage += 1;
                if damage > MAX_DAMAGE || reader.get_ref().total() == total {
                    break Some(Stop::Damaged("what follows is no XML"));
                }
                session.tally.refuse("damaged", "element", "markup that cannot be read was left out");
                // The parser ends at its first error; a fresh one goes on after the element.
                reader = lenient(reader.into_inner());
            }
        }
        if walker.depth > MAX_DEPTH {
            break Some(Stop::Damaged("elements nested too deeply"));
        }
    };
    walker.finish(session)?;
    session.progress(
        (u128::from(reader.get_ref().total()) * u128::from(scale.num) / u128::from(scale.den.max(1))) as u64,
    )?;
    let Some(stop) = stop else { return Ok(()) };
    if session.usable == 0 {
        return Err(Error::malformed(FORMAT, "it ends before its first record"));
    }
    match stop {
        Stop::Truncated => session.tally.refuse(
            "truncated",
            "export.xml",
            "the file ends before its end; what precedes is kept",
        ),
        Stop::Damaged(why) => session.tally.refuse("damaged", "export.xml", why),
        Stop::TooLarge => {
            session.tally.refuse(
                "too_large",
                "export.xml",
                "it expands to more than an export can; what precedes is kept",
            );
        }
    }
    Ok(())
}

struct Walker {
    depth: u32,
    open: Option<Open>,
    closed: bool,
}

/// Elements that stand directly in the root, apart from records within a correlation.
fn stands_alone(name: &str, open: Option<&Open>) -> bool {
    match name {
        "Record" => !matches!(open, Some(Open::Kept(kept)) if kept.is_correlation),
        "Workout" | "Correlation" | "ActivitySummary" => true,
        _ => false,
    }
}

impl Walker {
    #[inline]
    fn start(&mut self, e: &BytesStart<'_>, empty: bool, session: &mut Session<'_>) -> Result<()> {
        let name = e.name();
        let name: &str = name.as_ref();
        if self.depth == 0 {
            self.depth = u32::from(!empty);
            self.closed = empty;
            return Ok(());
        }
        if self.depth > 1 && stands_alone(name, self.open.as_ref()) {
            session.tally.warn("salvaged", "an element without its end was closed where the next began");
            self.finish(session)?;
        }
        if self.depth == 1 {
            let open = session.open(name, e)?;
            if empty {
                if let Some(open) = open {
                    session.close(open)?;
                }
            } else {
                self.open = open;
            }
        } else if let Some(open) = &mut self.open {
            session.child(open, name, e, self.depth, empty)?;
        }
        self.depth += u32::from(!empty);
        Ok(())
    }

    #[inline]
    fn end(&mut self, name: &str, session: &mut Session<'_>) -> Result<()> {
        if name == "HealthData" {
            self.finish(session)?;
            self.depth = 0;
            self.closed = true;
        } else if self.depth > 1 {
            self.depth -= 1;
            if self.depth == 1 {
                self.finish(session)?;
            } else if let Some(open) = &mut self.open {
                open.child_ended(self.depth);
            }
        } else if self.depth == 1 {
            session.tally.warn("salvaged", "an end without its element was passed over");
        }
        Ok(())
    }

    fn finish(&mut self, session: &mut Session<'_>) -> Result<()> {
        self.depth = self.depth.min(1);
        match self.open.take() {
            Some(open) => session.close(open),
            None => Ok(()),
        }
    }
}
