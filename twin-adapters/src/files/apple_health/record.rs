//! Records: by far the most of an export, so nothing is allocated for one whose kind is known.

use super::kinds::{Kind, own, short, snake};
use super::session::{Session, field};
use super::sleep::{Span, stage};
use super::time::{Moment, beat, moment};
use super::xml::{attributes, text};
use quick_xml::events::BytesStart;
use std::collections::HashMap;
use twin_core::event::{Content, KeptField, MeasurementRecorded, Origin, Recording, SymptomNoted};
use twin_core::series::StreamKey;
use twin_core::{MethodId, MetricId, RecordId, Result, Timestamp};

/// Most combinations of type, unit, source and device.
const MAX_ROUTES: usize = 16_384;
/// Two beats are neighbours when their distance and the rate disagree by no more than this share.
const LARGEST_DISAGREEMENT: f64 = 0.10;
/// Most metadata entries kept of one element.
pub(super) const MAX_ENTRIES: usize = 512;

/// What is known of records that share type, unit, source and device.
#[derive(Debug)]
struct Route {
    identifier: String,
    kind: Kind,
    origin: Origin,
    /// Streams of measured and of typed-in values.
    streams: [Option<StreamKey>; 2],
    motion: Option<StreamKey>,
    beats: Option<StreamKey>,
    intervals: Option<StreamKey>,
}

impl Route {
    fn origin(&self, manual: bool) -> Origin {
        let mut origin = self.origin.clone();
        origin.recording = manual.then_some(Recording::Manual);
        origin
    }
}

/// All routes, by the texts of the export.
#[derive(Debug, Default)]
pub(super) struct Routes {
    by_text: HashMap<String, usize>,
    all: Vec<Route>,
    /// The texts of this record, and of the record before: most records come in runs.
    scratch: String,
    last: (String, usize),
}

/// A record whose attributes are read and whose children may be still to come.
#[derive(Debug)]
pub(super) struct Record {
    route: usize,
    start: Moment,
    end: Moment,
    value: f64,
    /// The value of categories.
    word: String,
    manual: bool,
    motion: u8,
    lived: Option<(i32, i32)>,
    record_id: Option<String>,
    version: u64,
    metadata: Vec<KeptField>,
    last_beat_us: Option<i64>,
}

#[derive(Default)]
struct Attributes<'a> {
    kind: &'a str,
    unit: &'a str,
    value: Option<&'a str>,
    source: &'a str,
    device: &'a str,
    start: &'a str,
    end: &'a str,
}

impl<'a> Attributes<'a> {
    /// `None` when the attributes cannot be read.
    #[inline]
    fn of(e: &'a BytesStart<'_>) -> Option<Self> {
        let mut all = Self::default();
        attributes(e, |name, value| all.put(name, value)).then_some(all)
    }

    #[inline]
    fn put(&mut self, name: &str, value: &'a str) {
        match name {
            "type" => self.kind = value,
            "unit" => self.unit = value,
            "value" => self.value = Some(value),
            "sourceName" => self.source = value,
            "device" => self.device = value,
            "startDate" => self.start = value,
            "endDate" => self.end = value,
            _ => {} // creationDate and sourceVersion say nothing of the person
        }
    }
}

/// Start and end, the end at or after the start.
pub(super) fn span(start: &str, end: &str) -> Option<(Moment, Moment)> {
    let from = moment(start)?;
    let to = if end == start || end.is_empty() { from } else { moment(end)? };
    (to.us >= from.us).then_some((from, to))
}

impl Session<'_> {
    /// Reads a record's attributes.
    #[inline]
    pub(super) fn record(&mut self, e: &BytesStart<'_>) -> Result<Option<Record>> {
        let Some(a) = Attributes::of(e) else {
            self.tally.refuse("damaged", "Record", "its attributes cannot be read");
            return Ok(None);
        };
        let Some((start, end)) = span(a.start, a.end) else {
            self.tally.refuse(
                "bad_time",
                short(a.kind),
                "no date of the years 1900 to 2199, or an end before the start",
            );
            return Ok(None);
        };
        let Some(route) = self.route(&a, start)? else {
            self.tally.refuse(
                "too_many_sources",
                short(a.kind),
                "more sources and types than an export can have",
            );
            return Ok(None);
        };
        self.latest_us = self.latest_us.max(end.us);
        let mut value = f64::NAN;
        let mut word = String::new();
        match self.routes.all.get(route).map(|r| &r.kind) {
            Some(Kind::Sleep | Kind::Category) => word = text(a.value.unwrap_or_default()).into_owned(),
            Some(Kind::Minutes { .. }) => {}
            Some(Kind::UnknownUnit) => {
                self.tally.refuse("unknown_unit", short(a.kind), "a unit that this metric is not known in");
                return Ok(None);
            }
            _ => match a.value.and_then(|v| v.parse::<f64>().ok()).filter(|v| v.is_finite()) {
                Some(v) => value = v,
                None => {
                    self.tally.refuse(
                        "bad_value",
                        short(a.kind),
                        "no value, or one that is no finite number",
                    );
                    return Ok(None);
                }
            },
        }
        Ok(Some(Record {
            route,
            start,
            end,
            value,
            word,
            manual: false,
            motion: 0,
            lived: None,
            record_id: None,
            version: 0,
            metadata: Vec::new(),
            last_beat_us: None,
        }))
    }

    fn route(&mut self, a: &Attributes<'_>, start: Moment) -> Result<Option<usize>> {
        let routes = &mut self.routes;
        routes.scratch.clear();
        for part in [a.kind, a.unit, a.source, super::sources::device_tail(a.device)] {
            routes.scratch.push_str(part);
            routes.scratch.push('\n');
        }
        if routes.scratch == routes.last.0 && !routes.all.is_empty() {
            return Ok(Some(routes.last.1));
        }
        if let Some(index) = routes.by_text.get(&routes.scratch) {
            routes.last.0.clone_from(&routes.scratch);
            routes.last.1 = *index;
            return Ok(Some(*index));
        }
        if routes.all.len() >= MAX_ROUTES {
            return Ok(None);
        }
        let kind = self.kinds.of(&text(a.kind), &text(a.unit));
        let origin = self.sources.origin(a.source, a.device, Timestamp::from_micros(start.us), self.sink)?;
        let route = Route {
            identifier: text(a.kind).into_owned(),
            kind,
            origin,
            streams: [None; 2],
            motion: None,
            beats: None,
            intervals: None,
        };
        let index = routes.all.len();
        routes.all.push(route);
        routes.by_text.insert(routes.scratch.clone(), index);
        Ok(Some(index))
    }

    /// Reads a child of a record: metadata, or a beat of a variability record.
    pub(super) fn record_child(&mut self, record: &mut Record, name: &str, e: &BytesStart<'_>) -> Result<()> {
        match name {
            "MetadataEntry" => self.record_metadata(record, e),
            "InstantaneousBeatsPerMinute" => return self.beat(record, e),
            "HeartRateVariabilityMetadataList" => {}
            other => {
                for attribute in e.attributes().with_checks(false).flatten() {
                    self.keep_entry(record, &format!("{other}.{}", attribute.key.0), &attribute.value);
                }
            }
        }
        Ok(())
    }

    fn record_metadata(&mut self, record: &mut Record, e: &BytesStart<'_>) {
        let (key, value) = entry(e);
        match key {
            "HKWasUserEntered" => record.manual = value == "1",
            "HKMetadataKeyHeartRateMotionContext" => record.motion = value.parse().unwrap_or(0),
            "HKTimeZone" | "HKMetadataKeyTimeZone" => {
                let start = self.lived_offset(value, record.start.us);
                let end = self.lived_offset(value, record.end.us);
                match start.zip(end) {
                    Some(lived) => record.lived = Some(lived),
                    None => self.keep_entry(record, key, value),
                }
            }
            "HKMetadataKeySyncIdentifier" if self.is_fact(record) => {
                record.record_id = Some(text(value).into_owned())
            }
            "HKMetadataKeySyncVersion" if self.is_fact(record) => record.version = value.parse().unwrap_or(0),
            _ => self.keep_entry(record, key, value),
        }
    }

    pub(super) fn is_fact(&self, record: &Record) -> bool {
        matches!(self.routes.all.get(record.route).map(|r| &r.kind), Some(Kind::Measurement { .. }))
    }

    /// Facts keep their metadata; of samples it is counted.
    fn keep_entry(&mut self, record: &mut Record, key: &str, value: &str) {
        let series =
            matches!(self.routes.all.get(record.route).map(|r| &r.kind), Some(Kind::Series { .. }) | None);
        if series {
            self.tally.warn("metadata_not_kept", "metadata of samples, which series do not hold");
        } else if record.metadata.len() < MAX_ENTRIES {
            record.metadata.push(field(text(key).into_owned(), value, None));
        } else {
            self.tally.refuse(
                "too_many_fields",
                "MetadataEntry",
                "more metadata than is kept of one element",
            );
        }
    }

    fn beat(&mut self, record: &mut Record, e: &BytesStart<'_>) -> Result<()> {
        let (mut bpm, mut time) = (None, None);
        attributes(e, |name, text| match name {
            "bpm" => bpm = text.parse::<f64>().ok().filter(|b| b.is_finite()),
            "time" => time = beat(text, record.start, record.end.us),
            _ => {}
        });
        let (Some(bpm), Some(us)) = (bpm, time) else {
            let code = if bpm.is_none() { "bad_value" } else { "bad_time" };
            self.tally.refuse(
                code,
                "InstantaneousBeatsPerMinute",
                "a beat without a rate, or with a time that is not near its record",
            );
            return Ok(());
        };
        let Some(route) = self.routes.all.get_mut(record.route) else { return Ok(()) };
        let key = match route.beats {
            Some(key) => key,
            None => {
                let metric = own("InstantaneousBeatsPerMinute");
                *route.beats.insert(self.builder.stream(&metric, "count/min", &route.origin))
            }
        };
        let offset = record.lived.map_or(record.start.offset_s, |l| l.0);
        self.builder.push(key, us, 0, bpm, Some(offset), self.sink)?;
        // Times of beats have a resolution of 10 ms; their distance is an interval where the rate agrees.
        let last = record.last_beat_us.replace(us);
        let Some((last, rr_ms)) = last.map(|last| (last, (us - last) as f64 / 1e3)) else { return Ok(()) };
        if bpm <= 0.0 || (rr_ms - 60_000.0 / bpm).abs() > LARGEST_DISAGREEMENT * rr_ms {
            return Ok(());
        }
        let Some(route) = self.routes.all.get_mut(record.route) else { return Ok(()) };
        let key = match route.intervals {
            Some(key) => key,
            None => {
                let method = Some(MethodId::lossy("beat_times_10ms"));
                let origin = Origin { method, ..route.origin.clone() };
                *route.intervals.insert(self.builder.stream(&MetricId::lossy("rr_interval"), "ms", &origin))
            }
        };
        self.builder.push(key, last, 0, rr_ms, Some(offset), self.sink)
    }

    /// Hands the record over.
    #[inline]
    pub(super) fn finish_record(&mut self, mut record: Record) -> Result<()> {
        let Some(route) = self.routes.all.get_mut(record.route) else { return Ok(()) };
        self.usable += 1;
        let (start_us, duration) = (record.start.us, record.end.us - record.start.us);
        let (start_offset, end_offset) = record.lived.unwrap_or((record.start.offset_s, record.end.offset_s));
        match &route.kind {
            Kind::Series { metric, unit, conversion } => {
                let value = conversion.of(record.value);
                if !value.is_finite() {
                    self.tally.refuse(
                        "bad_value",
                        short(&route.identifier),
                        "a value that is no finite number in the metric's unit",
                    );
                    return Ok(());
                }
                let Some(slot) = route.streams.get_mut(usize::from(record.manual)) else { return Ok(()) };
                let key = match slot {
                    Some(key) => *key,
                    None => {
                        let mut origin = route.origin.clone();
                        origin.recording = record.manual.then_some(Recording::Manual);
                        *slot.insert(self.builder.stream(metric, unit, &origin))
                    }
                };
                self.builder.push(key, start_us, duration, value, Some(start_offset), self.sink)?;
                if record.motion != 0 {
                    let key = match route.motion {
                        Some(key) => key,
                        None => *route.motion.insert(self.builder.stream(
                            &own("HeartRateMotionContext"),
                            "1",
                            &route.origin,
                        )),
                    };
                    self.builder.push(
                        key,
                        start_us,
                        duration,
                        f64::from(record.motion),
                        Some(start_offset),
                        self.sink,
                    )?;
                }
                return Ok(());
            }
            Kind::Minutes { metric } => {
                let metric = metric.clone();
                let key = self.builder.stream(&metric, "min", &route.origin(record.manual));
                let minutes = duration as f64 / 60e6;
                self.builder.push(key, start_us, duration, minutes, Some(start_offset), self.sink)?;
            }
            Kind::Measurement { metric, unit, conversion } => {
                let value = conversion.of(record.value);
                let body = MeasurementRecorded {
                    metric: metric.clone(),
                    value,
                    unit: (*unit).to_owned(),
                    start: (duration > 0).then(|| Timestamp::from_micros(start_us)),
                };
                if !value.is_finite() {
                    self.tally.refuse(
                        "bad_value",
                        short(&route.identifier),
                        "a value that is no finite number in the metric's unit",
                    );
                    return Ok(());
                }
                let mut content =
                    Content::new(route.origin(record.manual), Timestamp::from_micros(record.end.us), body);
                if let Some(id) = &record.record_id {
                    content.record = Some(RecordId::lossy(&format!("{}/{id}", short(&route.identifier))));
                    content.revision = record.version;
                }
                content.start_offset_s = Some(start_offset);
                content.end_offset_s = Some(end_offset);
                self.sink.accept(twin_core::observation::Observation::Fact(content))?;
            }
            Kind::Sleep => match stage(&record.word).filter(|_| duration > 0) {
                Some(stage) => {
                    let span = Span {
                        start_us,
                        end_us: record.end.us,
                        start_offset_s: start_offset,
                        end_offset_s: end_offset,
                        stage,
                    };
                    self.spans.push(&route.origin, record.manual, span);
                }
                None => record.metadata.insert(0, field("value", &record.word, None)),
            },
            Kind::Category => return self.category(record, start_offset, end_offset),
            Kind::UnknownUnit => return Ok(()),
        }
        if self.spans.is_full() {
            self.flush_sleep()?;
        }
        self.rest(record, end_offset)
    }

    /// A category: a number becomes a sample, a word is kept as it is.
    fn category(&mut self, mut record: Record, start_offset: i32, end_offset: i32) -> Result<()> {
        let Some(route) = self.routes.all.get(record.route) else { return Ok(()) };
        let number = match record.word.as_str() {
            "HKCategoryValueAppleStandHourStood" => Some(1.0),
            "HKCategoryValueAppleStandHourIdle" => Some(0.0),
            word => word.parse::<f64>().ok().filter(|v| v.is_finite()),
        };
        if let Some(value) = number {
            let metric: MetricId = own(&route.identifier);
            let key = self.builder.stream(&metric, "1", &route.origin(record.manual));
            let duration = record.end.us - record.start.us;
            self.builder.push(key, record.start.us, duration, value, Some(start_offset), self.sink)?;
            return self.rest(record, end_offset);
        }
        let severity = record
            .word
            .strip_prefix("HKCategoryValueSeverity")
            .or(record.word.strip_prefix("HKCategoryValuePresence"));
        if severity.is_some_and(|s| s != "NotPresent") {
            let body = SymptomNoted {
                symptom: snake(short(&route.identifier)),
                severity: None,
                start: Some(Timestamp::from_micros(record.start.us)),
            };
            let mut content =
                Content::new(route.origin(record.manual), Timestamp::from_micros(record.end.us), body);
            content.start_offset_s = Some(start_offset);
            content.end_offset_s = Some(end_offset);
            self.sink.accept(twin_core::observation::Observation::Fact(content))?;
        }
        record.metadata.insert(0, field("value", &record.word, None));
        self.rest(record, end_offset)
    }

    /// Keeps what of a record has no place in its fact.
    fn rest(&mut self, mut record: Record, offset: i32) -> Result<()> {
        if record.metadata.is_empty() {
            return Ok(());
        }
        let Some(route) = self.routes.all.get(record.route) else { return Ok(()) };
        let (origin, name) = (route.origin(record.manual), short(&route.identifier).to_owned());
        if record.end.us > record.start.us {
            record.metadata.push(field(
                "startDate",
                &Timestamp::from_micros(record.start.us).to_string(),
                None,
            ));
        }
        self.message(origin, Timestamp::from_micros(record.end.us), Some(offset), &name, record.metadata)
    }
}

/// Key and raw value of a metadata entry.
pub(super) fn entry<'a>(e: &'a BytesStart<'_>) -> (&'a str, &'a str) {
    let (mut key, mut value) = ("", "");
    attributes(e, |name, text| match name {
        "key" => key = text,
        "value" => value = text,
        _ => {}
    });
    (key, value)
}
