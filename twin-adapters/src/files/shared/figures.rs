//! Figures of a JSON record: read by name, handed over as measurements of one moment or span.

use super::elements::{Object, number};
use super::out::Out;
use serde_json::Value;
use twin_core::catalogue::Metric;
use twin_core::event::{Content, EventBody, MeasurementRecorded, Origin};
use twin_core::{LocalDate, MetricId, RecordId, Result, Timestamp};

/// A field of a record: its name, the metric, the unit of vendors' own metrics, and the factor to it.
pub(crate) type Figure = (&'static str, &'static str, &'static str, f64);

/// The number of a field; `None` where it is absent, null or none.
pub(crate) fn num(object: &Object, field: &str) -> Option<f64> {
    number(object.get(field)).ok().flatten()
}

/// The text of a field; empty texts are none.
pub(crate) fn text<'a>(object: &'a Object, field: &str) -> Option<&'a str> {
    object.get(field).and_then(Value::as_str).filter(|t| !t.trim().is_empty())
}

/// The object of a field.
pub(crate) fn object<'a>(object: &'a Object, field: &str) -> Option<&'a Object> {
    object.get(field).and_then(Value::as_object)
}

/// The records of a list, without what is no object.
pub(crate) fn records<'a>(object: &'a Object, field: &str) -> impl Iterator<Item = &'a Object> {
    let list = object.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_object)
}

/// Seconds since 1970, also with a fraction or as text.
pub(crate) fn seconds(object: &Object, field: &str) -> Option<Timestamp> {
    micros(num(object, field)?, 1e6)
}

/// Milliseconds since 1970.
pub(crate) fn millis(object: &Object, field: &str) -> Option<Timestamp> {
    micros(num(object, field)?, 1e3)
}

/// A number of some unit of time since 1970; `None` where it is no time at all.
pub(crate) fn micros(value: f64, factor: f64) -> Option<Timestamp> {
    let us = value * factor;
    (us.abs() < 9e15).then(|| Timestamp::from_micros(us.round() as i64))
}

/// What a figure is about: who, when, and which record.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) origin: Origin,
    /// Start of the span measured; absent for a moment.
    pub(crate) start: Option<Timestamp>,
    pub(crate) at: Timestamp,
    /// Seconds east of UTC as lived, at the start and at the end.
    pub(crate) offsets: (Option<i32>, Option<i32>),
    pub(crate) date: Option<LocalDate>,
    /// The source's id; absent where the content is the id.
    pub(crate) record: Option<String>,
    pub(crate) revision: u64,
}

impl About {
    pub(crate) fn moment(origin: &Origin, at: Timestamp, record: Option<String>) -> Self {
        Self {
            origin: origin.clone(),
            start: None,
            at,
            offsets: (None, None),
            date: None,
            record,
            revision: 0,
        }
    }

    /// A civil day in the zone handed in: over the day, known at its end.
    pub(crate) fn day(origin: &Origin, date: LocalDate, record: &str, out: &mut Out<'_>) -> Self {
        let (start, start_offset) = out.instant(super::times::Time::Day(date));
        let (end, end_offset) = out.instant(super::times::Time::Day(date.plus_days(1)));
        Self {
            origin: origin.clone(),
            start: Some(start),
            at: end,
            offsets: (Some(start_offset), Some(end_offset)),
            date: Some(date),
            record: Some(format!("{record}:{date}")),
            revision: 0,
        }
    }

    /// The same over a span with one offset.
    pub(crate) fn over(mut self, start: Timestamp, offset_s: Option<i32>) -> Self {
        self.start = Some(start);
        self.offsets = (offset_s, offset_s);
        self
    }

    /// A fact; `part` tells it from others of the record.
    pub(crate) fn fact(&self, out: &mut Out<'_>, part: &str, body: impl Into<EventBody>) -> Result<()> {
        let mut content = Content::new(self.origin.clone(), self.at, body);
        (content.start_offset_s, content.end_offset_s) = self.offsets;
        content.civil_date = self.date;
        content.revision = self.revision;
        content.record = self.record.as_ref().map(|record| match part {
            "" => RecordId::lossy(record),
            part => RecordId::lossy(&format!("{record}:{part}")),
        });
        out.fact(content)
    }

    /// A measurement; metrics of the catalogue take its unit.
    pub(crate) fn measure(&self, out: &mut Out<'_>, metric: &str, unit: &str, value: f64) -> Result<()> {
        let unit = Metric::find(metric).map_or(unit, |m| m.unit).into();
        let body = MeasurementRecorded { metric: MetricId::lossy(metric), value, unit, start: self.start };
        self.fact(out, metric, body)
    }

    /// Every figure of the record that is there.
    pub(crate) fn measure_all(&self, out: &mut Out<'_>, object: &Object, figures: &[Figure]) -> Result<()> {
        for (field, metric, unit, factor) in figures {
            if let Some(value) = num(object, field) {
                self.measure(out, metric, unit, value * factor)?;
            }
        }
        Ok(())
    }

    /// Every cumulative figure of the record that is there, as samples over the span.
    pub(crate) fn amounts(&self, out: &mut Out<'_>, object: &Object, figures: &[Figure]) -> Result<()> {
        let start = self.start.unwrap_or(self.at);
        for (field, metric, unit, factor) in figures {
            if let Some(value) = num(object, field) {
                let key = out.stream(metric, unit, &self.origin);
                let length = self.at.micros() - start.micros();
                out.sample(key, start, length, value * factor, self.offsets.0)?;
            }
        }
        Ok(())
    }
}
