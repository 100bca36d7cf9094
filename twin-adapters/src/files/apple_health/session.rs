//! What one reading holds, and the way from elements to observations.

use super::kept::Kept;
use super::kinds::Kinds;
use super::record::{Record, Routes};
use super::sleep::Spans;
use super::sources::Sources;
use super::tally::Tally;
use super::time::{Moment, moment};
use super::workout::Workout;
use crate::files::ReadOptions;
pub(super) use crate::files::xml::field;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use twin_core::event::{Content, KeptField, MessageKept, Origin, ProfileStated};
use twin_core::observation::{Observation, Sink};
use twin_core::series::SeriesBuilder;
use twin_core::{Result, SourceId, Timestamp, Zone};

/// Most zone names looked up.
const MAX_ZONES: usize = 1_024;

/// An element of the root whose children are still to come.
#[derive(Debug)]
pub(super) enum Open {
    Record(Record),
    Workout(Box<Workout>),
    Kept(Box<Kept>),
}

impl Open {
    /// A child at `depth` ended.
    pub(super) fn child_ended(&mut self, depth: u32) {
        if let Self::Workout(workout) = self {
            workout.child_ended(depth);
        }
    }
}

/// One reading of one export.
pub(super) struct Session<'s> {
    pub sink: &'s mut dyn Sink,
    pub options: &'s ReadOptions,
    pub builder: SeriesBuilder,
    pub kinds: Kinds,
    pub routes: Routes,
    pub sources: Sources,
    pub spans: Spans,
    pub tally: Tally,
    /// When the export was made.
    pub exported: Option<Moment>,
    /// Elements that gave something.
    pub usable: u64,
    /// The latest instant of any record.
    pub latest_us: i64,
    /// Files that workouts name, and who recorded them.
    pub files: BTreeMap<String, Origin>,
    profile: Option<(ProfileStated, Vec<KeptField>)>,
    zones: BTreeMap<String, Option<Zone>>,
}

impl<'s> Session<'s> {
    pub(super) fn new(options: &'s ReadOptions, sink: &'s mut dyn Sink) -> Self {
        Self {
            sink,
            options,
            builder: SeriesBuilder::new(0),
            kinds: Kinds::new(),
            routes: Routes::default(),
            sources: Sources::default(),
            spans: Spans::default(),
            tally: Tally::default(),
            exported: None,
            usable: 0,
            latest_us: i64::MIN,
            files: BTreeMap::new(),
            profile: None,
            zones: BTreeMap::new(),
        }
    }

    pub(super) fn progress(&mut self, bytes: u64) -> Result<()> {
        self.sink.progress(bytes)
    }

    /// An element directly in the root begins; `None` when it is finished or of no use.
    #[inline]
    pub(super) fn open(&mut self, name: &str, e: &BytesStart<'_>) -> Result<Option<Open>> {
        Ok(match name {
            "Record" => self.record(e)?.map(Open::Record),
            "Workout" => self.workout(e)?.map(|w| Open::Workout(Box::new(w))),
            "ExportDate" => {
                self.export_date(e);
                None
            }
            "Me" => {
                self.me(e);
                None
            }
            "ActivitySummary" => {
                self.summary(e)?;
                None
            }
            _ => Some(Open::Kept(Box::new(self.keep(name, e)))),
        })
    }

    pub(super) fn child(
        &mut self,
        open: &mut Open,
        name: &str,
        e: &BytesStart<'_>,
        depth: u32,
        empty: bool,
    ) -> Result<()> {
        match open {
            Open::Record(record) => self.record_child(record, name, e),
            Open::Workout(workout) => self.workout_child(workout, name, e, depth, empty),
            Open::Kept(kept) => {
                self.kept_child(kept, name, e, depth);
                Ok(())
            }
        }
    }

    #[inline]
    pub(super) fn close(&mut self, open: Open) -> Result<()> {
        match open {
            Open::Record(record) => self.finish_record(record),
            Open::Workout(workout) => self.finish_workout(*workout),
            Open::Kept(kept) => self.finish_kept(*kept),
        }
    }

    /// What the export itself is the source of: profile, day summaries.
    pub(super) fn own_origin() -> Origin {
        Origin::of(SourceId::lossy("apple_health"))
    }

    /// Revision of what a later export replaces.
    pub(super) fn revision(&self) -> u64 {
        self.exported.map_or(0, |m| u64::try_from(m.us / 1_000_000).unwrap_or(0))
    }

    /// The moment of what has no time of its own.
    pub(super) fn made_at(&self) -> Timestamp {
        let latest = if self.latest_us == i64::MIN { 0 } else { self.latest_us };
        Timestamp::from_micros(self.exported.map_or(latest, |m| m.us))
    }

    pub(super) fn fact(&mut self, content: Content) -> Result<()> {
        self.usable += 1;
        self.sink.accept(Observation::Fact(content))
    }

    /// Hands over a message word for word; nothing when it has no fields.
    pub(super) fn message(
        &mut self,
        origin: Origin,
        at: Timestamp,
        offset_s: Option<i32>,
        name: &str,
        fields: Vec<KeptField>,
    ) -> Result<()> {
        if fields.is_empty() {
            return Ok(());
        }
        let body = MessageKept { format: "apple_health".into(), message: name.to_owned(), fields };
        let mut content = Content::new(origin, at, body);
        content.end_offset_s = offset_s;
        self.fact(content)
    }

    /// The offset at an instant in a zone named by the record itself: the zone lived in.
    pub(super) fn lived_offset(&mut self, zone: &str, us: i64) -> Option<i32> {
        if !self.zones.contains_key(zone) {
            if self.zones.len() >= MAX_ZONES {
                return None;
            }
            self.zones.insert(zone.to_owned(), Zone::named(zone).ok());
        }
        self.zones.get(zone)?.as_ref().map(|z| z.offset_at(Timestamp::from_micros(us)))
    }

    fn export_date(&mut self, e: &BytesStart<'_>) {
        let value = e.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == "value");
        match value.and_then(|a| moment(&a.value)) {
            Some(at) => {
                self.exported = Some(at);
                let revision = self.revision();
                self.builder.set_revision(revision);
            }
            None => self.tally.refuse(
                "bad_time",
                "ExportDate",
                "the export's date cannot be read; its revision is 0",
            ),
        }
    }

    fn me(&mut self, e: &BytesStart<'_>) {
        let (profile, rest) = super::person::profile(e);
        self.usable += 1;
        self.profile = Some((profile, rest));
    }

    /// Hands over what waited for the end.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.builder.finish(self.sink)?;
        self.flush_sleep()?;
        if let Some((profile, rest)) = self.profile.take() {
            let at = self.made_at();
            if profile.born.is_some() || profile.sex.is_some() {
                self.fact(Content::new(Self::own_origin(), at, profile))?;
            }
            self.message(Self::own_origin(), at, None, "Me", rest)?;
        }
        self.tally.report(self.sink);
        Ok(())
    }

    pub(super) fn flush_sleep(&mut self) -> Result<()> {
        for episode in self.spans.take() {
            self.usable += 1;
            self.sink.accept(Observation::Fact(episode))?;
        }
        Ok(())
    }
}
