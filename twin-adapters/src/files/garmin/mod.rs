//! JSON of Garmin's account export: summaries of activities, nights, and the health status.
//!
//! | file | becomes |
//! |---|---|
//! | `*_summarizedActivities.json` | `health.workout_recorded`, record `activity/<id>` |
//! | `*_sleepData.json` | `health.sleep_recorded` with minutes asleep and awake: the export has no times of stages; record `sleep/<start>` |
//! | `*_healthStatusData.json` | measurements `garmin:health_status_<type>` with their civil day |
//!
//! All numbers and texts of a record are also kept in a message. The source is `garmin`. Distances and heights of
//! activities are in cm, durations in ms, as the export writes them; its `calories` stay in the message, for their unit
//! is documented nowhere. Nights that were not measured have no times and are refused as `no_time`. The recordings
//! (`UploadedFiles_*.zip`) are read by their own family ([`super::archive`]). Records are read one at a time; one of more than 16 MiB is damage.

mod activity;
mod records;
mod wellness;

use super::ReadOptions;
use super::kept::field;
use super::tally::Tally;
use serde_json::{Map, Value};
use std::io::BufRead;
use twin_core::event::{KeptField, MessageKept, Origin};
use twin_core::observation::{Observation, Sink};
use twin_core::{Error, Result, SourceId};

/// Most fields of one kept message.
const MAX_FIELDS: usize = 1_000;

type Object = Map<String, Value>;
/// Why a record could not be used: code, message.
type Why = (&'static str, &'static str);

/// A file of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Summaries of activities.
    Activities,
    /// Nights.
    Sleep,
    /// The health status of days.
    HealthStatus,
}

impl Shape {
    /// The stable word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activities => "garmin_activities",
            Self::Sleep => "garmin_sleep",
            Self::HealthStatus => "garmin_health_status",
        }
    }
}

/// The file that these first bytes belong to, if any.
///
/// ```
/// # use twin_adapters::files::garmin::{matches, Shape};
/// assert_eq!(matches(b"[{\"summarizedActivitiesExport\":[]}]"), Some(Shape::Activities));
/// assert_eq!(matches(b"[{\"dateTime\":1}]"), None);
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> Option<Shape> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let has = |key: &str| {
        head.windows(key.len() + 2)
            .any(|w| w.strip_prefix(b"\"").and_then(|w| w.strip_suffix(b"\"")) == Some(key.as_bytes()))
    };
    if !head.starts_with(b"[") {
        None
    } else if has("summarizedActivitiesExport") {
        Some(Shape::Activities)
    } else if has("dailySleepDTO") {
        // The nights of the service's own answers are read as those.
        None
    } else if has("calendarDate") && has("sleepStartTimestampGMT") {
        Some(Shape::Sleep)
    } else {
        (has("calendarDate") && has("metrics") && (has("HRV") || has("SPO2") || has("RESPIRATION")))
            .then_some(Shape::HealthStatus)
    }
}

/// Reads a file, and of a damaged one what precedes the damage.
///
/// # Errors
/// `malformed` when no record of it can be used, and what the sink returns to end the reading.
pub fn read(
    shape: Shape,
    input: &mut dyn BufRead,
    _options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let start = input.fill_buf().map_err(|e| Error::malformed("JSON", e.kind()))?;
    let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    input.consume(mark);
    let (mut tally, mut used, mut sent) = (Tally::default(), 0_u64, 0_u64);
    let whole = records::each(shape, input, &mut |record| {
        sent += 1;
        let facts = match record {
            Value::Object(record) => match shape {
                Shape::Activities => activity::facts(&record),
                Shape::Sleep => wellness::sleep(&record),
                Shape::HealthStatus => wellness::health_status(&record),
            },
            _ => Err(("not_a_record", "an element that is no object")),
        };
        match facts {
            Ok(facts) => {
                used += 1;
                facts.into_iter().try_for_each(|fact| sink.accept(Observation::Fact(fact)))?;
            }
            Err((code, why)) => tally.refuse(code, shape.as_str(), why),
        }
        Ok(())
    })?;
    if !whole {
        tally.refuse("damaged", "file", "the JSON ends early or is none; what precedes is kept");
    }
    tally.report(sink);
    if used == 0 && (sent > 0 || !whole) {
        return Err(Error::malformed("JSON", "no record of it can be used"));
    }
    Ok(())
}

fn origin() -> Origin {
    Origin::of(SourceId::lossy("garmin"))
}

fn number(record: &Object, key: &str) -> Option<f64> {
    record.get(key)?.as_f64().filter(|v| v.is_finite())
}

/// All numbers, texts and truth values of a record, word for word; the names of nested ones are joined by dots.
/// Of more than a thousand, the last field says how many were left out.
fn kept(message: &str, record: &Object) -> MessageKept {
    fn walk(prefix: &str, value: &Value, into: &mut Vec<KeptField>, left_out: &mut u64) {
        let text = match value {
            Value::Null => return,
            Value::Bool(b) => b.to_string(),
            Value::Number(n) => n.to_string(),
            Value::String(s) => s.clone(),
            Value::Array(all) => {
                for (i, v) in all.iter().enumerate() {
                    walk(&format!("{prefix}[{i}]"), v, into, left_out);
                }
                return;
            }
            Value::Object(all) => {
                for (key, v) in all {
                    walk(&format!("{prefix}.{key}"), v, into, left_out);
                }
                return;
            }
        };
        if into.len() < MAX_FIELDS {
            into.push(field(prefix, &text, None));
        } else {
            *left_out += 1;
        }
    }
    let (mut fields, mut left_out) = (Vec::new(), 0);
    record.iter().for_each(|(key, value)| walk(key, value, &mut fields, &mut left_out));
    if left_out > 0 {
        fields.push(field("fields left out", &left_out.to_string(), None));
    }
    MessageKept { format: "garmin".into(), message: message.into(), fields }
}
