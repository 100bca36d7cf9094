use super::memory::{Item, Known, Rank};
use super::wire::CaldavOptions;
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::{CalendarEntry, Content, EventBody};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::{RecordId, Result};

/// What the reader of one object says, on its way to the host.
pub(super) struct Notes<'a> {
    pub(super) sink: &'a mut dyn Sink,
    pub(super) options: &'a CaldavOptions,
    /// What was told, by any object.
    pub(super) known: &'a BTreeMap<RecordId, Known>,
    /// What this one showed before.
    pub(super) own: &'a BTreeSet<RecordId>,
    /// It is the object that was read before.
    pub(super) same: bool,
    pub(super) shown: BTreeMap<RecordId, Known>,
    pub(super) warned: &'a mut BTreeSet<String>,
    pub(super) item: Item,
    pub(super) upserts: u64,
    pub(super) ignored: u64,
    pub(super) refused: bool,
    /// The host ended the reading.
    pub(super) stopped: bool,
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
