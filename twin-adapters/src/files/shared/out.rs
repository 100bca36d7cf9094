//! Where the readers of this family put what they read.

use super::super::ReadOptions;
use super::times::Time;
use std::collections::HashSet;
use std::io;
use twin_core::catalogue::Metric;
use twin_core::event::{Content, EventBody, Origin};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::series::{SeriesBuilder, StreamKey};
use twin_core::{Error, LocalDate, MetricId, Result, SourceId, Timestamp};

/// Sink, series and counts of one file.
pub(crate) struct Out<'a> {
    pub(crate) options: &'a ReadOptions,
    sink: &'a mut dyn Sink,
    builder: SeriesBuilder,
    told: HashSet<&'static str>,
    kept: u64,
    refused: u64,
    missing: u64,
}

impl<'a> Out<'a> {
    pub(crate) fn new(options: &'a ReadOptions, sink: &'a mut dyn Sink) -> Self {
        Self {
            options,
            sink,
            builder: SeriesBuilder::default(),
            told: HashSet::new(),
            kept: 0,
            refused: 0,
            missing: 0,
        }
    }

    /// The stream of a metric: a catalogue metric takes the catalogue's unit.
    pub(crate) fn stream(&mut self, metric: &str, unit: &str, origin: &Origin) -> StreamKey {
        let unit = Metric::find(metric).map_or(unit, |m| m.unit);
        self.builder.stream(&MetricId::lossy(metric), unit, origin)
    }

    pub(crate) fn sample(
        &mut self,
        key: StreamKey,
        start: Timestamp,
        duration_us: i64,
        value: f64,
        offset_s: Option<i32>,
    ) -> Result<()> {
        self.kept += 1;
        self.builder.push(key, start.micros(), duration_us.max(0), value, offset_s, self.sink)
    }

    /// A figure that stands for a whole civil day, 23, 24 or 25 hours long.
    pub(crate) fn day_sample(&mut self, key: StreamKey, day: LocalDate, value: f64) -> Result<()> {
        self.inferred();
        let (start, end) = self.options.zone.day_bounds(day);
        let offset = self.options.zone.offset_at(start);
        self.sample(key, start, end.micros() - start.micros(), value, Some(offset))
    }

    pub(crate) fn fact(&mut self, content: Content) -> Result<()> {
        self.kept += 1;
        self.sink.accept(Observation::Fact(content))
    }

    /// A fact at a moment, with the offset there and the civil day as written.
    pub(crate) fn content(
        &self,
        origin: &Origin,
        at: Timestamp,
        offset_s: Option<i32>,
        body: impl Into<EventBody>,
    ) -> Content {
        let mut content = Content::new(origin.clone(), at, body);
        content.start_offset_s = offset_s;
        content.end_offset_s = offset_s;
        content
    }

    pub(crate) fn refuse(&mut self, code: &str, subject: impl Into<String>, message: impl Into<String>) {
        self.refused += 1;
        self.sink.refuse(Refusal::new(code, subject, message));
    }

    /// A row that could not be used.
    pub(crate) fn refuse_line(&mut self, code: &str, line: u64, message: &str) {
        self.refuse(code, format!("line {line}"), message);
    }

    /// What was read is the source's sign for "nothing measured".
    pub(crate) fn missing(&mut self) {
        self.missing += 1;
    }

    pub(crate) fn warn_once(&mut self, code: &'static str, message: &str) {
        if self.told.insert(code) {
            self.sink.warn(Warning::new(code, message));
        }
    }

    pub(crate) fn progress(&mut self, bytes: u64) -> Result<()> {
        self.sink.progress(bytes)
    }

    fn inferred(&mut self) {
        self.warn_once("zone_inferred", "the file writes times without a zone; the zone handed in was used");
    }

    /// The instant of a time and the offset there; a wall clock is read in the zone handed in.
    pub(crate) fn instant(&mut self, time: Time) -> (Timestamp, i32) {
        if let Time::Instant(t, offset) = time {
            return (t, offset);
        }
        self.inferred();
        let wall = time.wall_us();
        let t = self
            .options
            .zone
            .instant_of_local(wall.div_euclid(1_000_000))
            .plus_micros(wall.rem_euclid(1_000_000));
        (t, self.options.zone.offset_at(t))
    }

    /// The input ended early: what precedes is kept.
    pub(crate) fn damaged(&mut self, error: &io::Error, records: u64) {
        let code = match error.kind() {
            io::ErrorKind::UnexpectedEof => "truncated",
            _ => "damaged",
        };
        self.refuse(code, format!("after record {records}"), format!("the rest could not be read: {error}"));
    }

    /// Observations handed over so far, and values that say nothing was measured.
    pub(crate) const fn read_so_far(&self) -> u64 {
        self.kept + self.missing
    }

    /// The revision of the samples to come; those so far are handed over.
    ///
    /// # Errors
    /// What the sink returns.
    pub(crate) fn revise(&mut self, revision: u64) -> Result<()> {
        self.builder.finish(self.sink)?;
        self.builder.set_revision(revision);
        Ok(())
    }

    /// Hands over what is left.
    ///
    /// # Errors
    /// `malformed` when something was refused and nothing was usable.
    pub(crate) fn finish(mut self, what: &'static str) -> Result<()> {
        self.builder.finish(self.sink)?;
        if self.missing > 0 {
            let count = self.missing;
            self.sink.warn(Warning::new(
                "missing",
                format!("{count} values say that nothing was measured or answered"),
            ));
        }
        if self.kept == 0 && self.missing == 0 && self.refused > 0 {
            return Err(Error::malformed(what, "no record could be used; see the refusals"));
        }
        Ok(())
    }
}

/// An origin of which only the source is known.
pub(crate) fn origin(source: &str) -> Origin {
    Origin::of(SourceId::lossy(source))
}

/// A number of a cell: `Ok(None)` where the cell says nothing.
pub(crate) fn number(cell: &str) -> std::result::Result<Option<f64>, ()> {
    let cell = cell.trim();
    if cell.is_empty()
        || ["nan", "null", "na", "n/a", "none", "-"].iter().any(|w| cell.eq_ignore_ascii_case(w))
    {
        return Ok(None);
    }
    cell.parse::<f64>().ok().filter(|v| v.is_finite()).map(Some).ok_or(())
}
