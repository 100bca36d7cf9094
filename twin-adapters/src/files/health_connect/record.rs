//! Records of figures, by the table of types.

use super::types::{Field, Form, find};
use crate::files::shared::elements::{Object, number};
use crate::files::shared::figures::{About, num, object, records, text};
use crate::files::shared::out::{Out, origin};
use crate::files::shared::rest::rest;
use crate::files::shared::times::{Time, iso};
use serde_json::Value;
use twin_core::event::{Origin, Recording};
use twin_core::{DeviceId, Result, Timestamp};

/// The source of the app that wrote a record or change.
pub(super) fn package(o: &Object) -> Option<String> {
    let metadata = object(o, "metadata").unwrap_or(o);
    let origin = metadata.get("dataOrigin")?;
    let name = origin.as_str().or_else(|| origin.get("packageName")?.as_str())?;
    (!name.trim().is_empty()).then(|| format!("health_connect/{name}"))
}

fn source(o: &Object) -> Origin {
    let mut origin = origin(package(o).as_deref().unwrap_or("health_connect"));
    let Some(metadata) = object(o, "metadata") else { return origin };
    origin.recording = match num(metadata, "recordingMethod").map(|m| m as i64) {
        Some(1) => Some(Recording::Active),
        Some(2) => Some(Recording::Automatic),
        Some(3) => Some(Recording::Manual),
        _ => None,
    };
    if let Some(device) = object(metadata, "device") {
        let words = [text(device, "manufacturer"), text(device, "model")];
        let name = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        origin.device = (!name.is_empty()).then(|| DeviceId::lossy(&name));
    }
    origin
}

/// A moment: RFC 3339 text, or milliseconds since 1970.
pub(super) fn moment(o: &Object, field: &str) -> Option<Timestamp> {
    match o.get(field)? {
        Value::String(text) => match iso(text)? {
            Time::Instant(t, _) => Some(t),
            _ => None,
        },
        Value::Number(n) => crate::files::shared::figures::micros(n.as_f64()?, 1e3),
        _ => None,
    }
}

/// Seconds east of UTC of `+01:00`, `Z`, `{"totalSeconds": 3600}` or a number of seconds; may be absent.
fn zone_offset(o: &Object, field: &str) -> Option<i32> {
    let value = o.get(field)?;
    let seconds = match value {
        Value::String(text) => match iso(&format!("2000-01-01T00:00:00{text}"))? {
            Time::Instant(_, offset) => f64::from(offset),
            _ => return None,
        },
        Value::Object(offset) => num(offset, "totalSeconds")?,
        other => number(Some(other)).ok().flatten()?,
    };
    (seconds.abs() <= 64_800.0).then_some(seconds as i32)
}

/// Who, when, which version.
///
/// Refuses the record, and gives `None`, where it has no time that can be read.
pub(super) fn about(out: &mut Out<'_>, n: u64, o: &Object) -> Option<About> {
    let (start, end) = (moment(o, "startTime"), moment(o, "endTime"));
    let (start, at) = match (start, end, moment(o, "time")) {
        (Some(start), Some(end), _) if end >= start => (Some(start), end),
        (None, None, Some(at)) => (None, at),
        _ => {
            out.refuse("bad_time", format!("record {n}"), "a record without times that can be read");
            return None;
        }
    };
    let metadata = object(o, "metadata");
    let id = metadata.and_then(|m| text(m, "id")).or_else(|| text(o, "id")).map(str::to_owned);
    let mut about = About::moment(&source(o), at, id);
    about.start = start;
    let first = zone_offset(o, "startZoneOffset").or_else(|| zone_offset(o, "zoneOffset"));
    about.offsets = (first, zone_offset(o, "endZoneOffset").or(first));
    let changed = metadata.and_then(|m| moment(m, "lastModifiedTime"));
    about.revision = changed.map_or(0, |t| t.micros().max(0).unsigned_abs() / 1000);
    Some(about)
}

/// A figure: a number, or a quantity with its property.
fn figure(o: &Object, field: &Field) -> std::result::Result<Option<f64>, ()> {
    match o.get(field.field) {
        Some(Value::Object(quantity)) => {
            let property = if field.property.is_empty() { "value" } else { field.property };
            match number(quantity.get(property))? {
                Some(value) => Ok(Some(value)),
                // A quantity in a property that is not listed would be read in a wrong unit.
                None => Err(()),
            }
        }
        other => number(other),
    }
}

pub(super) fn read(out: &mut Out<'_>, n: u64, name: &str, o: &Object) -> Result<()> {
    let Some(about) = about(out, n, o) else { return Ok(()) };
    let Some(kind) = find(name) else {
        // Nothing we have a metric for: kept word for word.
        let name = if name.is_empty() { "record" } else { name };
        return about.fact(out, "", rest(o, "health_connect", name, &["metadata", "type", "recordType"]));
    };
    if kind.form == Form::Value {
        for field in kind.fields {
            match figure(o, field) {
                Ok(Some(value)) => about.measure(out, field.metric, field.unit, value * field.factor)?,
                Ok(None) => {}
                Err(()) => out.refuse("bad_number", format!("record {n} {}", field.field), WRONG),
            }
        }
        return Ok(());
    }
    out.revise(about.revision)?;
    match kind.form {
        Form::Samples(list) => {
            for sample in records(o, list) {
                match moment(sample, "time") {
                    Some(at) => samples(out, n, sample, kind.fields, &about, (at, 0))?,
                    None => out.refuse("bad_time", format!("record {n}"), "a sample without its time"),
                }
            }
        }
        _ => {
            let start = about.start.unwrap_or(about.at);
            samples(out, n, o, kind.fields, &about, (start, about.at.micros() - start.micros()))?;
        }
    }
    Ok(())
}

const WRONG: &str = "the figure is no number, or a quantity without the property of its unit";

fn samples(
    out: &mut Out<'_>,
    n: u64,
    o: &Object,
    fields: &[Field],
    about: &About,
    (start, length_us): (Timestamp, i64),
) -> Result<()> {
    for field in fields {
        match figure(o, field) {
            Ok(Some(value)) => {
                let key = out.stream(field.metric, field.unit, &about.origin);
                out.sample(key, start, length_us, value * field.factor, about.offsets.0)?;
            }
            Ok(None) => out.missing(),
            Err(()) => out.refuse("bad_number", format!("record {n} {}", field.field), WRONG),
        }
    }
    Ok(())
}
