//! Where the readers of this family put what they read.

use super::WorkOptions;
use super::json::time;
use crate::files::ReadOptions;
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::Time;
use serde_json::Value;
use twin_core::event::{Content, EventBody, RecordDeleted};
use twin_core::observation::Sink;
use twin_core::{EventId, LocalDate, RecordId, Result, SourceId, Timestamp};

/// The person of something that names nobody: absent would be the person of the twin.
pub(super) const UNKNOWN: &str = "unknown";
/// The person of a task that nobody has.
pub(super) const UNASSIGNED: &str = "unassigned";

/// 2000-01-01: a time before it is a clock that was reset.
const FIRST_S: i64 = 946_684_800;
/// A clock that runs ahead of ours by more is wrong.
const AHEAD_S: i64 = 86_400;

/// Sink, people and counts of one delivery or file.
pub(super) struct Facts<'a> {
    pub(super) out: Out<'a>,
    source: SourceId,
    me: Vec<String>,
    /// The sender's id of this delivery, for facts that have no id of their own.
    pub(super) delivery: Option<String>,
    pub(super) accepted: u64,
    pub(super) ignored: u64,
    pub(super) refused: u64,
}

/// When a fact was, and what may be known of it.
pub(super) struct When {
    at: Timestamp,
    offsets: (Option<i32>, Option<i32>),
    date: Option<LocalDate>,
}

impl When {
    /// At this moment.
    pub(super) const fn at(at: Timestamp) -> Self {
        Self { at, offsets: (None, None), date: None }
    }

    /// The same, as lived so many seconds east of UTC at start and end.
    pub(super) const fn lived(mut self, start: i32, end: i32) -> Self {
        self.offsets = (Some(start), Some(end));
        self
    }

    /// The same, of this civil day.
    pub(super) const fn on(mut self, date: Option<LocalDate>) -> Self {
        self.date = date;
        self
    }
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        source: &str,
        read: &'a ReadOptions,
        who: &WorkOptions,
        sink: &'a mut dyn Sink,
    ) -> Self {
        Self {
            out: Out::new(read, sink),
            source: SourceId::lossy(source),
            me: who.me.iter().map(|m| m.trim().to_lowercase()).filter(|m| !m.is_empty()).collect(),
            delivery: None,
            accepted: 0,
            ignored: 0,
            refused: 0,
        }
    }

    /// Is one of these names the person of the twin?
    pub(super) fn is_me<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        names.into_iter().any(|n| self.me.iter().any(|m| *m == n.trim().to_lowercase()))
    }

    /// Is it known who the person of the twin is?
    pub(super) fn knows_me(&self) -> bool {
        !self.me.is_empty()
    }

    /// Who of several people a fact is about: the person of the twin if among them, else the first.
    pub(super) fn foremost<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
        names.clone().find(|n| self.is_me([*n])).or_else(|| names.clone().next())
    }

    /// A person by the names a service gives, best first: absent for the person of the twin.
    pub(super) fn who(&self, names: &[Option<&str>]) -> Option<String> {
        let mut names = names.iter().copied().flatten();
        if self.is_me(names.clone()) { None } else { Some(names.next().unwrap_or(UNKNOWN).to_owned()) }
    }

    /// People a message goes to. One of them may be the person of the twin, who is named as in `me`: a list
    /// has no absent names.
    pub(super) fn people<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        for name in names {
            if !people.iter().any(|p| p == name) {
                people.push(name.to_owned());
            }
        }
        people
    }

    /// The instant of a field; a time without a zone is read in the zone handed in.
    pub(super) fn time(&mut self, v: &Value, path: &str) -> Option<Timestamp> {
        time(v, path).map(|t| self.out.instant(t).0)
    }

    /// When something is due. A day alone lasts to its end, where the person is.
    pub(super) fn due(&mut self, v: &Value, paths: &[&str]) -> Option<Timestamp> {
        let told = paths.iter().find_map(|path| time(v, path))?;
        let at = self.out.instant(told).0;
        Some(match told {
            Time::Day(day) => self.out.options.zone.start_of(day.plus_days(1)).plus_micros(-1),
            _ => at,
        })
    }

    /// The first of these fields that is a time.
    pub(super) fn first_time(&mut self, v: &Value, paths: &[&str]) -> Option<Timestamp> {
        paths.iter().find_map(|path| self.time(v, path))
    }

    /// A fact about a record of the source. Of one record the highest revision holds, so that what is delivered
    /// twice is one fact.
    pub(super) fn fact(
        &mut self,
        when: When,
        record: &str,
        revision: u64,
        body: impl Into<EventBody>,
    ) -> Result<()> {
        if !self.is_possible(when.at) {
            self.refuse("bad_time", record_kind(record), "a time before 2000 or more than a day ahead");
            return Ok(());
        }
        let mut content = Content::new(origin(self.source.as_str()), when.at, body);
        content.record = Some(record_id(record));
        content.revision = revision;
        (content.start_offset_s, content.end_offset_s) = when.offsets;
        content.civil_date = when.date;
        self.accepted += 1;
        self.out.fact(content)
    }

    /// The source took a record back.
    pub(super) fn delete(&mut self, at: Timestamp, record: &str, revision: u64) -> Result<()> {
        let body = RecordDeleted { source: self.source.clone(), record: record_id(record), revision };
        if !self.is_possible(at) {
            self.refuse("bad_time", record_kind(record), "a time before 2000 or more than a day ahead");
            return Ok(());
        }
        self.accepted += 1;
        self.out.fact(Content::new(origin(self.source.as_str()), at, body))
    }

    fn is_possible(&self, at: Timestamp) -> bool {
        at.secs() >= FIRST_S && at.secs() <= self.out.options.now.secs().saturating_add(AHEAD_S)
    }

    /// Understood, and not a fact about work: why.
    pub(super) fn ignore(&mut self, kind: &str, why: &str) {
        self.ignored += 1;
        self.out.refuse("ignored", short(kind), why);
    }

    /// Read and not usable: why.
    pub(super) fn refuse(&mut self, code: &str, subject: &str, message: &str) {
        self.refused += 1;
        self.out.refuse(code, short(subject), message);
    }
}

/// What kind of record an id is of: the id itself may name people.
fn record_kind(record: &str) -> &str {
    record.split('/').next().unwrap_or_default()
}

/// Words of a foreign file are cut before they are told.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// A record's id, hashed when it is no valid id as it stands.
fn record_id(record: &str) -> RecordId {
    RecordId::new(record).unwrap_or_else(|_| {
        let hash = EventId::of("work", &[record.as_bytes()]);
        RecordId::lossy(&format!("{}/{hash}", record_kind(record)))
    })
}

/// A revision out of a moment of change; 0 where there is none.
pub(super) fn revision(changed: Option<Timestamp>) -> u64 {
    changed.map_or(0, |t| u64::try_from(t.micros()).unwrap_or(0))
}
