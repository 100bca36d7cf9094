//! Where readings go: streams of samples, facts, and counts of what could not be used.

use std::collections::{BTreeMap, HashSet};
use twin_core::event::{Content, EventBody, MeasurementRecorded, Origin};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::series::{SeriesBuilder, StreamKey};
use twin_core::{MetricId, Result, Timestamp};

/// Most streams of samples in one file: a bound on memory, far above what devices write.
const MAX_STREAMS: usize = 4096;

/// Most samples held before they are handed over: about 100 MB.
const MAX_GATHERED: usize = 4 << 20;

/// Gathers samples and hands over facts.
pub(super) struct Out<'a> {
    pub(super) sink: &'a mut dyn Sink,
    samples: SeriesBuilder,
    streams: HashSet<(String, String)>,
    /// Samples gathered since everything was last handed over.
    gathered: usize,
    /// Seconds east of UTC, as lived.
    pub(super) offset_s: Option<i32>,
    refused: BTreeMap<(&'static str, &'static str), u64>,
    warned: BTreeMap<&'static str, u64>,
}

impl<'a> Out<'a> {
    pub(super) fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            samples: SeriesBuilder::new(0),
            streams: HashSet::new(),
            gathered: 0,
            offset_s: None,
            refused: BTreeMap::new(),
            warned: BTreeMap::new(),
        }
    }

    /// The stream of a metric; `None` when the file holds too many.
    pub(super) fn stream(&mut self, metric: &str, unit: &str, origin: &Origin) -> Option<StreamKey> {
        let name = (metric.to_owned(), unit.to_owned());
        if self.streams.len() >= MAX_STREAMS && !self.streams.contains(&name) {
            self.refuse("too_many_fields", "record");
            return None;
        }
        self.streams.insert(name);
        Some(self.samples.stream(&MetricId::lossy(metric), unit, origin))
    }

    /// Adds a sample that lasts `duration_us`.
    #[inline]
    pub(super) fn sample(
        &mut self,
        key: StreamKey,
        start_us: i64,
        duration_us: i64,
        value: f64,
    ) -> Result<()> {
        if !value.is_finite() {
            self.refuse("out_of_range", "record");
            return Ok(());
        }
        self.gathered += 1;
        if self.gathered > MAX_GATHERED {
            self.gathered = 0;
            self.samples.finish(self.sink)?;
        }
        self.samples.push(key, start_us, duration_us, value, self.offset_s, self.sink)
    }

    pub(super) fn fact(&mut self, origin: &Origin, at: Timestamp, body: impl Into<EventBody>) -> Result<()> {
        let mut content = Content::new(origin.clone(), at, body);
        content.start_offset_s = self.offset_s;
        content.end_offset_s = self.offset_s;
        self.sink.accept(Observation::Fact(content))
    }

    /// A single measured value.
    pub(super) fn measurement(
        &mut self,
        origin: &Origin,
        at: Timestamp,
        metric: &str,
        value: f64,
        unit: &str,
    ) -> Result<()> {
        let (metric, unit) = (MetricId::lossy(metric), unit.to_owned());
        self.fact(origin, at, MeasurementRecorded { metric, value, unit, start: None })
    }

    /// Counts a refusal; told at the end.
    pub(super) fn refuse(&mut self, code: &'static str, subject: &'static str) {
        *self.refused.entry((code, subject)).or_default() += 1;
    }

    /// Counts something odd that lost nothing.
    pub(super) fn warn(&mut self, code: &'static str) {
        *self.warned.entry(code).or_default() += 1;
    }

    /// Hands over what is left, then refusals and oddities in order of their codes.
    pub(super) fn finish(mut self) -> Result<()> {
        self.samples.finish(self.sink)?;
        for ((code, subject), count) in self.refused {
            let why = match code {
                "bad_time" => "holds no time, or one that counts from when the device was switched on",
                "too_many_fields" => "is beyond the most that one file may hold",
                "out_of_range" => "is no finite number",
                _ => "could not be used",
            };
            // one by one: the sink counts
            for _ in 0..count {
                self.sink.refuse(Refusal::new(code, subject, format!("a `{subject}` {why}")));
            }
        }
        for (code, count) in self.warned {
            let what = match code {
                "zero_heart_rate" => "heart rates of 0 are missing: the sensor was off",
                "kept_without_time" => "records hold no time of their own; they are kept as messages",
                "steps_without_start" => {
                    "step counters began before the file; they count from their first reading"
                }
                "other_person" => "messages of other persons were passed over, as asked",
                _ => "oddities",
            };
            self.sink.warn(Warning::new(code, format!("{count} {what}")));
        }
        Ok(())
    }
}
