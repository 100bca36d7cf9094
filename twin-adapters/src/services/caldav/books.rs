use super::error::CaldavError;
use super::memory::{Item, Memory, Rank};
use super::notes::Notes;
use super::wire::{CaldavOptions, CaldavReport};
use crate::files::{ReadOptions, calendar};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use twin_core::event::{Content, EventBody, Origin, RecordDeleted, WindowRead};
use twin_core::observation::{Observation, Refusal, Sink};
use twin_core::sort::{Gather as _, OrderBy};
use twin_core::{Error, RecordId, Result, SourceId, Timestamp, Zone};

/// How long a series may go without being followed further; its horizon is 366 days.
const FOLLOW_S: i64 = 30 * 86_400;
/// The bits of a revision below its stamp: a deletion covers all versions of one stamp.
const BELOW_STAMP: u64 = (1 << 18) - 1;
/// Most deleted records remembered; those with the oldest stamps are forgotten first.
const MAX_GONE: usize = 10_000;

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
        let wider = memory.from.is_some_and(|old| options.from.is_none_or(|new| new < old))
            || memory.to.is_some_and(|old| options.to.is_none_or(|new| new > old));
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
        let held: BTreeSet<&RecordId> = items.flat_map(|item| &item.records).gather();
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
        gone.order();
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
