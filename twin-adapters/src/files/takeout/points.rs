//! Points of a stream. Times are nanoseconds of UTC, as numbers or as text.

use super::types::kind;
use crate::files::shared::elements::{Object, number};
use crate::files::shared::figures::{object, text};
use crate::files::shared::lists::each_listed;
use crate::files::shared::out::{Out, origin};
use serde_json::Value;
use std::io::BufRead;
use twin_core::event::Origin;
use twin_core::{DeviceId, Result, Timestamp};

pub(super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each_listed(input, out, &["Data Points", "point"], |out, list, head, n, record| match record {
        Value::Object(point) if !list.is_empty() => one(out, head, n, &point),
        // What stands beside the list names the stream.
        Value::Object(_) => Ok(()),
        _ => {
            out.refuse("not_a_record", format!("record {n}"), "the element is no object");
            Ok(())
        }
    })
}

/// A time in nanoseconds, exact to the microsecond.
pub(super) fn nanos(o: &Object, field: &str) -> Option<Timestamp> {
    let ns = match o.get(field)? {
        Value::Number(n) => n.as_i64()?,
        Value::String(s) => s.parse().ok()?,
        _ => return None,
    };
    Some(Timestamp::from_micros(ns.div_euclid(1000)))
}

/// The source of a stream `raw:type:app:maker:model:…`; merged streams of the service are `google_fit`.
fn source(stream: &str) -> Origin {
    let parts: Vec<&str> = stream.split(':').collect();
    let app = parts.get(2).copied().unwrap_or_default();
    let device = match (parts.get(3), parts.get(4)) {
        (Some(maker), Some(model)) if parts.len() >= 6 => Some(format!("{maker} {model}")),
        _ => None,
    };
    let merged = parts.first() == Some(&"derived") && app == "com.google.android.gms" && device.is_none();
    let mut origin = if merged || app.is_empty() {
        origin("google_fit")
    } else {
        let device = device.as_ref().map_or_else(String::new, |d| format!("/{d}"));
        origin(&format!("google_fit/{app}{device}"))
    };
    origin.device = device.as_deref().map(DeviceId::lossy);
    if stream.ends_with("user_input") {
        origin.recording = Some(twin_core::event::Recording::Manual);
    }
    origin
}

fn one(out: &mut Out<'_>, head: &Object, n: u64, o: &Object) -> Result<()> {
    let stream = text(head, "Data Source").or_else(|| text(head, "dataSourceId"));
    let stream = stream.or_else(|| text(o, "originDataSourceId")).unwrap_or_default();
    let Some(name) = text(o, "dataTypeName").or_else(|| stream.split(':').nth(1)) else {
        out.refuse("bad_record", format!("record {n}"), "a point without its type");
        return Ok(());
    };
    let (Some(start), Some(end)) = (nanos(o, "startTimeNanos"), nanos(o, "endTimeNanos")) else {
        out.refuse("bad_time", format!("record {n}"), "a point without start and end that can be read");
        return Ok(());
    };
    if name.contains("location") {
        out.warn_once("places_not_read", "points with a place were left out");
        return Ok(());
    }
    let own = format!("google_fit:{}", name.trim_start_matches("com.google.").replace('.', "_"));
    let known = kind(name);
    let origin = source(stream);
    let values = o.get("fitValue").or_else(|| o.get("value")).and_then(Value::as_array);
    let mut any = false;
    for (i, value) in values.map(Vec::as_slice).unwrap_or_default().iter().enumerate().take(16) {
        let Some(value) = value.as_object() else { continue };
        // Takeout wraps the value once more.
        let value = object(value, "value").unwrap_or(value);
        let figure = number(value.get("fpVal").or_else(|| value.get("intVal")));
        let metric = match known {
            Some(kind) => kind.1.get(i).copied(),
            None if i == 0 => Some(own.as_str()),
            None => None,
        };
        match (metric, figure) {
            (Some(metric), Ok(Some(figure))) => {
                let (unit, factor) = known.map_or(("1", 1.0), |k| (k.2, k.3));
                let key = out.stream(metric, unit, &origin);
                any = true;
                let length = end.micros() - start.micros();
                let offset = out.options.zone.offset_at(start);
                out.sample(key, start, length, figure * factor, Some(offset))?;
            }
            (_, Err(())) => out.refuse("bad_number", format!("record {n}"), "the value is no number"),
            // Circumstances of a value, such as the meal of a glucose, have no metric.
            (None, _) | (_, Ok(None)) => {}
        }
    }
    if !any {
        out.missing();
    }
    Ok(())
}
