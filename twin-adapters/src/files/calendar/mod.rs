//! iCalendar (RFC 5545): meetings that took place and meetings ahead, tasks, free-busy times.
//!
//! - `scan`: bytes to text, and what the parser does not tell: components cut off, numbers out of range.
//! - `zones`: zones by IANA name, by Windows name, and zones a file defines itself.
//! - `moment`: dates, wall-clock readings and instants.
//! - `rules`: recurrence rules to wall-clock readings.
//! - `timing`, `series`: an entry with its repetitions, exceptions and changes, to occurrences.
//! - `entry`: an occurrence to a fact.
//! - `other`: tasks, free-busy times, journals.
//!
//! What becomes of a file:
//!
//! | component | fact | record id |
//! | --- | --- | --- |
//! | `VEVENT`, ended at `options.now` | `MeetingAttended`, at its end | `met/<uid>[/<occurrence>]` |
//! | `VEVENT`, still ahead or running | `MeetingPlanned`, at the moment the plan was made | `plan/<uid>[/<occurrence>]` |
//! | `VFREEBUSY` period | as `VEVENT` | `met\|plan/<uid>/<number of the period>` |
//! | `VTODO` completed, begun | `TaskCompleted`, `TaskStarted` | `done/<uid>`, `started/<uid>` |
//! | `VTODO` otherwise, `VJOURNAL` | `MessageKept`, without people | `kept/<uid>` |
//! | alarms and other components | counted in a warning | |
//!
//! Where an entry does not say when it was made, or names a moment still ahead, its own time stands for it once
//! that is past, and 1970 before: never the moment of reading, so that reading again gives the same fact.
//!
//! A rule is followed from its beginning to 366 days after `options.now` (endless rules are cut there) and
//! to 20 000 occurrences (refused as `too_many_occurrences` from there on). The revision of a fact is
//! `SEQUENCE` in the upper 12 bits, the seconds of the newest of `LAST-MODIFIED`, `DTSTAMP` and `CREATED` in
//! the next 34, so that of two exports the newer wins, and 18 bits of the fact's hash: files that contradict
//! each other with one stamp give the same state in any order. A changed occurrence has at least the revision of
//! its series. Names and addresses of people are counted, never kept.
//!
//! Where a rule meets a clock change, a reading that is skipped is taken as after the change and one that
//! happens twice as the first (RFC 5545 §3.3.5); a duration given by `DTEND` is the same exact duration for all
//! occurrences, one given by `DURATION` is nominal (§3.8.5.3).

mod entry;
mod moment;
mod other;
mod rules;
mod scan;
mod series;
mod timing;
mod zones;

use super::ReadOptions;
use calcard::icalendar::{ICalendar, ICalendarComponentType as Type};
use calcard::{Entry, Parser};
use moment::Scene;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use twin_core::observation::{Refusal, Sink, Warning};
use twin_core::{Error, Result};

/// Largest file read: it is held in memory as a whole, because a zone may be defined after its use and a change
/// may stand far from its series.
const MAX_BYTES: u64 = 64 << 20;

/// The source of all facts of calendars.
#[cfg(feature = "caldav")]
pub(crate) fn source() -> twin_core::SourceId {
    entry::origin().source
}

/// Do these first bytes look like the format? A calendar, or a single component of one; no contact card.
///
/// ```
/// use twin_adapters::files::calendar::matches;
/// assert!(matches(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
/// assert!(!matches(b"BEGIN:VCARD\r\nVERSION:3.0\r\n"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    const FIRST: [&[u8]; 6] = [b"VCALENDAR", b"VEVENT", b"VTODO", b"VJOURNAL", b"VFREEBUSY", b"VTIMEZONE"];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.split(|b| matches!(b, b'\n' | b'\r')).any(|line| {
        line.get(..6).is_some_and(|begin| begin.eq_ignore_ascii_case(b"BEGIN:"))
            && line
                .get(6..)
                .is_some_and(|name| FIRST.iter().any(|f| f.eq_ignore_ascii_case(name.trim_ascii())))
    })
}

/// Reads a calendar of up to 64 MiB.
///
/// An entry with an unreadable start, end, duration or rule is refused alone (`bad_time`, `bad_rule`), as is the
/// component in which the file breaks off (`truncated`). Times without a zone, and those of a zone that neither
/// the file nor the zone database knows, are read in `options.zone`.
///
/// # Errors
/// `malformed` when there is no component to read, `unsupported` for contact cards and larger files, and what
/// the sink returns.
pub fn read(input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut bytes = Vec::new();
    if let Err(e) = input.take(MAX_BYTES + 1).read_to_end(&mut bytes) {
        if bytes.is_empty() {
            return Err(Error::malformed("calendar", e));
        }
        sink.refuse(Refusal::new(
            "damaged",
            "calendar",
            "the file cannot be read to its end; what precedes is kept",
        ));
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::Unsupported(
            "a calendar file of more than 64 MiB; export fewer years at once".into(),
        ));
    }
    let length = bytes.len() as u64;
    let text = scan::decode(bytes, sink);
    let outline = scan::outline(&text);
    let calendars = parse(&text, sink)?;
    let scene = Scene::new(&calendars, options, sink);
    let cut = outline.fitting(&calendars);
    if outline.broken_off {
        sink.refuse(Refusal::new(
            "truncated",
            "calendar",
            "the file breaks off inside a component; what precedes is kept",
        ));
    }
    let passed = series::read(&calendars, &cut, &scene, sink)?;
    let passed = passed.merge(other::read(&calendars, &cut, &scene, sink)?);
    passed.tell(&calendars, &scene, sink);
    sink.progress(length)
}

/// The calendars of a text. Single components without a calendar around them count, contact cards do not.
fn parse(text: &str, sink: &mut dyn Sink) -> Result<Vec<ICalendar>> {
    let (mut calendars, mut cards, mut stray, mut bare) = (Vec::new(), 0_u64, 0_u64, 0_u64);
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let root = calendar.components.first().map(|c| &c.component_type);
                bare += u64::from(root.is_some_and(|t| *t != Type::VCalendar));
                calendars.push(calendar);
            }
            Entry::VCard(_) => cards += 1,
            Entry::Eof => break,
            Entry::TooManyComponents => {
                sink.refuse(Refusal::new("damaged", "calendar", "too many components; the rest is not read"));
                break;
            }
            _ => stray += 1,
        }
    }
    let known = |c: &ICalendar| c.components.iter().any(|c| !matches!(c.component_type, Type::Other(_)));
    if !calendars.iter().any(known) {
        return Err(if cards > 0 {
            Error::Unsupported("contact cards hold nothing that humantwin reads".into())
        } else {
            Error::malformed("calendar", "no calendar component found")
        });
    }
    if cards > 0 {
        sink.refuse(Refusal::new("not_a_calendar", "VCARD", format!("{cards} contact cards are not read")));
    }
    if stray > 0 {
        sink.warn(Warning::new("stray_lines", format!("{stray} lines outside of any component are skipped")));
    }
    if bare > 0 {
        sink.warn(Warning::new("fragment", format!("{bare} components stand outside of a calendar")));
    }
    Ok(calendars)
}

/// What was passed over on purpose, by kind; told once at the end.
#[derive(Default)]
struct Passed(BTreeMap<&'static str, u64>);

impl Passed {
    fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    fn merge(mut self, other: Self) -> Self {
        for (what, n) in other.0 {
            *self.0.entry(what).or_default() += n;
        }
        self
    }

    fn tell(mut self, calendars: &[ICalendar], scene: &Scene<'_>, sink: &mut dyn Sink) {
        for component in calendars.iter().flat_map(|c| &c.components) {
            match component.component_type {
                Type::VCalendar | Type::VEvent | Type::VTodo | Type::VJournal | Type::VFreebusy => {}
                Type::VTimezone | Type::Standard | Type::Daylight => {}
                Type::VAlarm => self.count("alarms are not kept"),
                Type::VAvailability | Type::Available => self.count("availability components are not kept"),
                Type::Participant | Type::VLocation | Type::VResource | Type::VStatus => {
                    self.count("components about people, places and resources are not kept");
                }
                Type::Other(_) => self.count("components of unknown kinds are not kept"),
            }
        }
        for (what, n) in self.0 {
            sink.warn(Warning::new("not_kept", format!("{n} {what}")));
        }
        let unknown = scene.unknown_zones();
        if unknown > 0 {
            sink.warn(Warning::new(
                "zone_unknown",
                format!(
                    "{unknown} times name a zone that is not known; they are read in the zone of the reader"
                ),
            ));
        }
    }
}
