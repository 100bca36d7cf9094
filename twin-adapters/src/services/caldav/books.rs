use super::error::CaldavError;
use super::wire::{CaldavOptions, CaldavReport};
use crate::files::{ReadOptions, calendar};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use twin_core::event::{CalendarEntry, Content, EventBody, Origin, RecordDeleted, WindowRead};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::{Error, RecordId, Result, SourceId, Timestamp, Zone};

/// Version of the state's form.
const VERSION: u32 = 1;
/// How long a series may go without being followed further; its horizon is 366 days.
const FOLLOW_S: i64 = 30 * 86_400;
/// The bits of a revision below its stamp: a deletion covers all versions of one stamp.
const BELOW_STAMP: u64 = (1 << 18) - 1;
/// Most deleted records remembered; those with the oldest stamps are forgotten first.
const MAX_GONE: usize = 10_000;

/// What is kept between syncs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    version: u32,
    /// The server.
    pub(super) origin: String,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    /// By path.
    pub(super) calendars: BTreeMap<String, Calendar>,
    /// Records told, and the last of those deleted.
    records: BTreeMap<RecordId, Known>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Calendar {
    pub(super) token: Option<String>,
    /// By path.
    pub(super) items: BTreeMap<String, Item>,
}

/// An object of a calendar.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) etag: Option<String>,
    /// From then on its facts are others, though it is the same.
    due: Option<Timestamp>,
    /// It has occurrences outside of `from` and `to`.
    outside: bool,
    records: BTreeSet<RecordId>,
}

/// A revision. JSON numbers do not hold all of its bits everywhere: it is written as a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Rank(u64);

impl From<Rank> for String {
    fn from(rank: Rank) -> Self {
        format!("{:x}", rank.0)
    }
}

impl TryFrom<String> for Rank {
    type Error = std::num::ParseIntError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&text, 16).map(Self)
    }
}

/// Revisions of a record.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Known {
    /// As an object gave it last.
    read: Rank,
    /// The highest that was told; one that comes after has to be above it.
    told: Rank,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    gone: bool,
}

impl Known {
    /// What holds when an object gives this revision now; stamps may be old, the server's order counts.
    fn next(old: Option<Self>, read: Rank) -> Self {
        let told = match old {
            Some(old) if read == old.read && !old.gone => old.told,
            Some(old) if read <= old.told => Rank(old.told.0.saturating_add(1)),
            _ => read,
        };
        Self { read, told, gone: false }
    }
}

impl Memory {
    /// The state of a last report, empty without one.
    pub(super) fn of(state: Option<&str>, origin: &str) -> Result<Self, CaldavError> {
        let Some(state) = state else {
            return Ok(Self { version: VERSION, origin: origin.to_owned(), ..Self::default() });
        };
        let memory: Self =
            serde_json::from_str(state).map_err(|_| Error::malformed("state", "it is no state of a sync"))?;
        if memory.version != VERSION {
            return Err(Error::Unsupported(format!("a state of version {}", memory.version)).into());
        }
        if memory.origin != origin {
            let wanted = "the state of a sync with this server; without a state everything is read";
            return Err(Error::invalid("state", "one of another server", wanted).into());
        }
        Ok(memory)
    }
}

/// The memory and what this sync did to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Books {
    pub(super) memory: Memory,
    pub(super) report: CaldavReport,
    /// `from` or `to` were moved outwards since the last sync.
    wider: bool,
    /// Records that an object no longer shows; another may.
    lost: BTreeSet<RecordId>,
    /// Warnings are told once.
    warned: BTreeSet<String>,
    /// Something could not be had or read.
    incomplete: bool,
}

impl Books {
    pub(super) fn new(mut memory: Memory, options: &CaldavOptions) -> Self {
        let later =
            |old: Option<Timestamp>, new: Option<Timestamp>| old.is_some_and(|o| new.is_none_or(|n| n > o));
        let earlier =
            |old: Option<Timestamp>, new: Option<Timestamp>| old.is_some_and(|o| new.is_none_or(|n| n < o));
        let wider = earlier(memory.from, options.from) || later(memory.to, options.to);
        (memory.from, memory.to) = (options.from, options.to);
        let report = CaldavReport { full: true, ..CaldavReport::default() };
        Self { memory, report, wider, ..Self::default() }
    }

    fn items(&mut self, calendar: &str) -> &mut BTreeMap<String, Item> {
        &mut self.memory.calendars.entry(calendar.to_owned()).or_default().items
    }

    /// Is the object at this path the one that was read?
    pub(super) fn has(&self, calendar: &str, path: &str, etag: Option<&str>) -> bool {
        let item = self.memory.calendars.get(calendar).and_then(|c| c.items.get(path));
        etag.is_some() && item.is_some_and(|i| i.etag.as_deref() == etag)
    }

    /// Objects that are to be read again though they are the same.
    pub(super) fn due(&self, calendar: &str, now: Timestamp) -> Vec<String> {
        let items = self.memory.calendars.get(calendar).map(|c| &c.items);
        let due = |item: &Item| item.due.is_some_and(|at| at <= now) || (self.wider && item.outside);
        items.into_iter().flatten().filter(|(_, item)| due(item)).map(|(path, _)| path.clone()).collect()
    }

    /// An object is gone.
    pub(super) fn remove(&mut self, calendar: &str, path: &str) {
        if let Some(item) = self.items(calendar).remove(path) {
            self.lose(item);
        }
    }

    /// All objects of a calendar that a whole listing does not show are gone.
    pub(super) fn keep_only(&mut self, calendar: &str, seen: &BTreeSet<String>) {
        let gone: Vec<String> =
            self.items(calendar).keys().filter(|path| !seen.contains(*path)).cloned().collect();
        for path in gone {
            self.remove(calendar, &path);
        }
    }

    /// All calendars of the server are these; others are gone.
    pub(super) fn keep_calendars(&mut self, found: &[String]) {
        let all = std::mem::take(&mut self.memory.calendars);
        let (kept, gone): (BTreeMap<_, _>, BTreeMap<_, _>) = all.into_iter().partition(|(path, _)| {
            found.iter().any(|f| f.trim_end_matches('/') == path.trim_end_matches('/'))
        });
        self.memory.calendars = kept;
        gone.into_values().flat_map(|c| c.items.into_values()).for_each(|item| self.lose(item));
    }

    fn lose(&mut self, item: Item) {
        self.lost.extend(item.records);
    }

    /// An object could not be had; the next sync asks again.
    pub(super) fn missed(&mut self, calendar: &str, path: &str, now: Timestamp, sink: &mut dyn Sink) {
        let item = self.items(calendar).entry(path.to_owned()).or_default();
        (item.etag, item.due) = (None, Some(now));
        self.refuse(
            "not_answered",
            "the server did not give an object that it lists; the next sync asks again",
            sink,
        );
    }

    /// Something read that cannot be used.
    pub(super) fn refuse(&mut self, code: &str, message: &str, sink: &mut dyn Sink) {
        self.report.ignored += 1;
        self.incomplete = true;
        sink.refuse(Refusal::new(code, "caldav", message));
    }

    /// Reads the body of an object and hands over what is new in it.
    pub(super) fn read(
        &mut self,
        at: (&str, &str),
        etag: Option<String>,
        body: &str,
        options: &CaldavOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        let (calendar, path) = at;
        let same = self.has(calendar, path, etag.as_deref());
        let old = self.items(calendar).get(path).cloned().unwrap_or_default();
        let reading = ReadOptions {
            now: options.now,
            zone: Zone::of(&options.zone)?,
            name: String::new(),
            subject: None,
        };
        let mut notes = Notes {
            sink,
            options,
            known: &self.memory.records,
            own: &old.records,
            same,
            shown: BTreeMap::new(),
            warned: &mut self.warned,
            item: Item { etag, ..Item::default() },
            upserts: 0,
            ignored: 0,
            refused: false,
            stopped: false,
        };
        if let Err(error) = calendar::read(&mut Cursor::new(body.as_bytes()), &reading, &mut notes) {
            if notes.stopped {
                return Err(error.into());
            }
            notes.refuse(Refusal::from(&error));
            notes.ignored += 1;
        }
        let Notes { upserts, ignored, refused, shown, mut item, .. } = notes;
        self.report.upserts += upserts;
        self.report.ignored += ignored;
        self.incomplete |= refused;
        item.records.extend(shown.keys().cloned());
        self.memory.records.extend(shown);
        if body.contains("RRULE") || body.contains("RDATE") {
            let follow = options.now.plus_secs(FOLLOW_S);
            item.due = Some(item.due.map_or(follow, |due| due.min(follow)));
        }
        for record in old.records {
            // What was only not understood is not gone, and a plan that became a meeting goes with it.
            if refused || successor(&record).is_some_and(|next| item.records.contains(&next)) {
                item.records.insert(record);
            } else if !item.records.contains(&record) {
                self.lost.insert(record);
            }
        }
        self.items(calendar).insert(path.to_owned(), item);
        Ok(())
    }

    /// A calendar is read.
    pub(super) fn count(&mut self, full: bool) {
        self.report.calendars += 1;
        self.report.full &= full;
    }

    /// Ends the sync: deletes what no object shows any more.
    pub(super) fn close(
        &mut self,
        options: &CaldavOptions,
        sink: &mut dyn Sink,
    ) -> Result<CaldavReport, CaldavError> {
        let source = calendar::source();
        let items = self.memory.calendars.values().flat_map(|c| c.items.values());
        let held: BTreeSet<&RecordId> = items.flat_map(|item| &item.records).collect();
        let seen = held.iter().flat_map(|r| [Some((*r).clone()), predecessor(r)]).flatten().collect();
        for record in self.lost.iter().filter(|record| !held.contains(record)) {
            let Some(known) = self.memory.records.get_mut(record) else { continue };
            (known.told, known.gone) = (Rank(known.told.0 | BELOW_STAMP), true);
            let body =
                RecordDeleted { source: source.clone(), record: record.clone(), revision: known.told.0 };
            // A deletion has no time of its own: told again it must be the same fact.
            tell(&source, Timestamp::from_secs(0), body, sink)?;
            self.report.deleted += 1;
        }
        self.lost.clear();
        if options.only_source && self.report.full {
            let window = WindowRead {
                source: source.clone(),
                start: Timestamp::MIN,
                end: options.now.plus_secs(1),
                complete: !self.incomplete,
                scope: Vec::new(),
                seen,
            };
            tell(&source, options.now, window, sink)?;
        }
        let mut gone: Vec<Rank> = self.memory.records.values().filter(|k| k.gone).map(|k| k.told).collect();
        gone.sort_unstable();
        if let Some(oldest) = gone.len().checked_sub(MAX_GONE).and_then(|i| gone.get(i)) {
            self.memory.records.retain(|_, known| !known.gone || known.told >= *oldest);
        }
        self.report.state = serde_json::to_string(&self.memory).map_err(|e| Error::malformed("state", e))?;
        Ok(self.report.clone())
    }
}

fn tell(source: &SourceId, at: Timestamp, body: impl Into<EventBody>, sink: &mut dyn Sink) -> Result<()> {
    sink.accept(Observation::Fact(Content::new(Origin::of(source.clone()), at, body)))
}

/// The record that a plan or a begun task becomes.
fn successor(record: &RecordId) -> Option<RecordId> {
    other(record, [("plan/", "met/"), ("started/", "done/")])
}

fn predecessor(record: &RecordId) -> Option<RecordId> {
    other(record, [("met/", "plan/"), ("done/", "started/")])
}

fn other(record: &RecordId, pairs: [(&str, &str); 2]) -> Option<RecordId> {
    let renamed = |(from, to): (&str, &str)| Some(format!("{to}{}", record.as_str().strip_prefix(from)?));
    RecordId::new(pairs.into_iter().find_map(renamed)?).ok()
}

/// What the reader of one object says, on its way to the host.
struct Notes<'a> {
    sink: &'a mut dyn Sink,
    options: &'a CaldavOptions,
    /// What was told, by any object.
    known: &'a BTreeMap<RecordId, Known>,
    /// What this one showed before.
    own: &'a BTreeSet<RecordId>,
    /// It is the object that was read before.
    same: bool,
    shown: BTreeMap<RecordId, Known>,
    warned: &'a mut BTreeSet<String>,
    item: Item,
    upserts: u64,
    ignored: u64,
    refused: bool,
    /// The host ended the reading.
    stopped: bool,
}

impl Notes<'_> {
    fn tell(&mut self, fact: Content) -> Result<()> {
        self.sink.accept(Observation::Fact(fact)).inspect_err(|_| self.stopped = true)
    }

    fn wanted(&self, fact: &Content) -> bool {
        let (start, end) = entry(fact).map_or((fact.at, fact.at), |e| (e.start, e.end));
        self.options.from.is_none_or(|from| end > from) && self.options.to.is_none_or(|to| start < to)
    }
}

fn entry(fact: &Content) -> Option<&CalendarEntry> {
    match &fact.body {
        EventBody::MeetingPlanned(m) => Some(&m.entry),
        EventBody::MeetingAttended(m) => Some(&m.entry),
        _ => None,
    }
}

impl Sink for Notes<'_> {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        // The reader of calendars makes facts with records, and nothing else.
        let Observation::Fact(mut fact) = observation else { return Ok(()) };
        let Some(record) = fact.record.clone() else { return self.tell(fact) };
        // What was told is kept up with, also where it moves out of the window.
        if !self.own.contains(&record) && !self.wanted(&fact) {
            self.item.outside = true;
            self.ignored += 1;
            return Ok(());
        }
        if matches!(fact.body, EventBody::MeetingPlanned(_)) {
            let over = entry(&fact).map_or(self.options.now, |e| e.end);
            self.item.due = Some(self.item.due.map_or(over, |due| due.min(over)));
        }
        let read = Rank(fact.revision);
        let old = self.known.get(&record).copied();
        let known = match old {
            // Read again only because time went by: nothing new unless it is above what was told.
            Some(old) if self.same && !old.gone && read <= old.told => old,
            _ => {
                let known = Known::next(old, read);
                fact.revision = known.told.0;
                self.tell(fact)?;
                self.upserts += 1;
                known
            }
        };
        self.shown.insert(record, known);
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.refused = true;
        self.sink.refuse(refusal);
    }

    fn warn(&mut self, warning: Warning) {
        if self.warned.insert(format!("{} {}", warning.code, warning.message)) {
            self.sink.warn(warning);
        }
    }
}
