//! Events at the border: CloudEvents 1.0 in JSON.

use super::body::{BodySeed, Data};
use super::{Content, Event, EventBody, Origin, Recording};
use crate::error::{Error, Result};
use crate::id::{DeviceId, MethodId, RecordId, SourceId, TwinId};
use crate::time::{LocalDate, Timestamp};
use serde::de::DeserializeSeed;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The CloudEvents form: required attributes, then ours as extension attributes.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "CloudEvent"))]
struct CloudEvent<'a> {
    #[serde(borrow, default = "newest_spec")]
    specversion: Cow<'a, str>,
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    subject: Option<Cow<'a, str>>,
    time: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kindversion: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recordedat: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<RecordId>,
    #[serde(default, skip_serializing_if = "is_zero")]
    revision: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    startoffset: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endoffset: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    civildate: Option<LocalDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<DeviceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<MethodId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording: Option<Recording>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Map<String, serde_json::Value>>"))]
    data: Option<&'a RawValue>,
}

const fn newest_spec() -> Cow<'static, str> {
    Cow::Borrowed("1.0")
}

/// JSON Schema of the envelope that [`from_cloud_event`] reads.
#[cfg(feature = "schema")]
#[must_use]
pub fn cloud_event_schema() -> schemars::Schema {
    schemars::schema_for!(CloudEvent<'_>)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// Where and why a text was not read, in words of the wire: neither types of the code nor values of the person.
fn unread(what: &'static str, error: &serde_json::Error) -> Error {
    let said = error.to_string();
    let named = ["missing field `", "duplicate field `"].iter().find_map(|start| {
        let name = said.strip_prefix(start)?.split('`').next()?;
        Some(format!("{start}{name}`"))
    });
    let why = named.unwrap_or_else(|| {
        let why = if error.is_data() { "a value of the wrong kind or range" } else { "no JSON" };
        format!("{why} at line {} column {}", error.line(), error.column())
    });
    Error::malformed(what, why)
}

/// Reads one CloudEvents 1.0 JSON text. `type` is the kind, `source` the source, `time` the event's
/// `at`; `kindversion` (default: the newest), `record`, `revision`, `startoffset`, `endoffset`
/// (seconds east of UTC), `civildate`, `device`, `method`, `recording` are extension attributes.
/// Without `specversion` it is 1.0, without `id` it is the same fact whenever it says the same.
/// The `id` is the producer's: it becomes the record when no `record` is given, so that an event sent
/// twice is one event.
///
/// # Errors
/// `malformed` when it is not such a JSON text; `unsupported` for another `specversion`.
///
/// ```
/// let text = r#"{"specversion":"1.0","id":"7","source":"diary","type":"health.caffeine_consumed",
///   "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#;
/// let content = twin_core::event::from_cloud_event(text)?;
/// assert_eq!(content.record.unwrap().as_str(), "7");
/// # Ok::<(), twin_core::Error>(())
/// ```
pub fn from_cloud_event(text: &str) -> Result<Content> {
    let raw: CloudEvent<'_> = serde_json::from_str(text).map_err(|e| unread("cloud event", &e))?;
    if raw.specversion != "1.0" {
        return Err(Error::Unsupported("only CloudEvents of `specversion` 1.0 are read".into()));
    }
    let newest =
        || EventBody::KINDS.iter().find(|(kind, ..)| *kind == raw.kind).map_or(1, |(_, version, _)| *version);
    let version = raw.kindversion.unwrap_or_else(newest);
    let data = raw.data.map_or("{}", RawValue::get);
    let seed = BodySeed { kind: &raw.kind, version };
    let body = seed
        .deserialize(&mut serde_json::Deserializer::from_str(data))
        .map_err(|e| unread("cloud event data", &e))?;
    let record = match raw.record {
        Some(record) => Some(record),
        None if raw.id.is_empty() || raw.id.starts_with("event:") => None,
        None => Some(RecordId::new(&raw.id)?),
    };
    Ok(Content {
        at: raw.time,
        origin: Origin {
            source: SourceId::new(&raw.source)?,
            device: raw.device,
            method: raw.method,
            recording: raw.recording,
        },
        record,
        revision: raw.revision,
        start_offset_s: raw.startoffset,
        end_offset_s: raw.endoffset,
        civil_date: raw.civildate,
        body,
    })
}

/// Writes an event as one CloudEvents 1.0 JSON text without line breaks.
///
/// # Errors
/// `malformed` when a kept unknown body is no JSON.
pub fn to_cloud_event(twin: &TwinId, event: &Event) -> Result<String> {
    let json = |e: serde_json::Error| Error::malformed("event", e);
    let content = &event.content;
    let data = serde_json::to_string(&Data(&content.body)).map_err(json)?;
    let data: &RawValue = serde_json::from_str(&data).map_err(json)?;
    let record = content.record.as_ref();
    let origin = &content.origin;
    let cloud = CloudEvent {
        specversion: "1.0".into(),
        // A record's own id stays its id, so that what is exported can be imported as the same event.
        id: record.map_or_else(|| Cow::Owned(format!("event:{}", event.id)), |r| r.as_str().into()),
        source: origin.source.as_str().into(),
        kind: content.body.kind().into(),
        subject: Some(twin.as_str().into()),
        time: content.at,
        kindversion: Some(content.body.version()),
        recordedat: Some(event.clock.wall),
        // An id of this form would be taken for that of an event without a record.
        record: record.filter(|r| r.as_str().starts_with("event:")).cloned(),
        revision: content.revision,
        startoffset: content.start_offset_s,
        endoffset: content.end_offset_s,
        civildate: content.civil_date,
        device: origin.device.clone(),
        method: origin.method.clone(),
        recording: origin.recording,
        data: Some(data),
    };
    serde_json::to_string(&cloud).map_err(json)
}
