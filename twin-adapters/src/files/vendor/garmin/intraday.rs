//! Series of a day: heart rate, stress level, body battery.

use super::{date, offset, source, utc};
use crate::files::shared::elements::{Object, number};
use crate::files::shared::figures::{About, Figure, micros, num, object, records, text};
use crate::files::shared::out::Out;
use crate::files::shared::rest::rest;
use crate::files::vendor::Found;
use serde_json::Value;
use twin_core::Result;

const HEART: &[Figure] = &[
    ("restingHeartRate", "heart_rate_resting", "/min", 1.0),
    ("maxHeartRate", "heart_rate_max_observed", "/min", 1.0),
    ("minHeartRate", "garmin:heart_rate_min", "/min", 1.0),
];
const STRESS: &[Figure] =
    &[("avgStressLevel", "garmin:stress_mean", "1", 1.0), ("maxStressLevel", "garmin:stress_max", "1", 1.0)];

pub(super) fn heart_rate(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let time = column(o, "heartRateValueDescriptors", "timestamp", 0);
    let value = column(o, "heartRateValueDescriptors", "heartrate", 1);
    series(o, "heartRateValues", (time, value), "heart_rate", "/min", out)?;
    of_day(o, HEART, out)
}

pub(super) fn stress(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    levels(o, out)?;
    of_day(o, STRESS, out)
}

/// An episode that charged or drained the battery, with the series around it.
pub(super) fn battery_event(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    levels(o, out)?;
    let Some(event) = object(o, "event") else { return Ok(Found::Read) };
    let length = num(event, "durationInMilliseconds").filter(|d| (0.0..=1.8e8).contains(d));
    let (Some(start), Some(length)) = (utc(event, "eventStartTimeGmt"), length) else {
        out.refuse("bad_time", "body battery event", "an event without start and length");
        return Ok(Found::Read);
    };
    let kind = text(event, "eventType").unwrap_or("unknown");
    let record = format!("body_battery:{kind}:{start}");
    let end = start.plus_micros((length * 1000.0) as i64);
    let offset = num(event, "timezoneOffset").map(|ms| (ms / 1000.0) as i32);
    let about = About::moment(&source(), end, Some(record)).over(start, offset);
    about.measure_all(out, event, &[("bodyBatteryImpact", "garmin:body_battery_impact", "1", 1.0)])?;
    about.fact(out, "rest", rest(event, "garmin_connect", "body_battery_event", &["bodyBatteryImpact"]))?;
    Ok(Found::Read)
}

/// Levels below zero say why there is none.
fn levels(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let time = column(o, "stressValueDescriptorsDTOList", "timestamp", 0);
    let level = column(o, "stressValueDescriptorsDTOList", "stressLevel", 1);
    series(o, "stressValuesArray", (time, level), "stress_level", "1", out)?;
    let time = column(o, "bodyBatteryValueDescriptorsDTOList", "timestamp", 0);
    let level = column(o, "bodyBatteryValueDescriptorsDTOList", "bodyBatteryLevel", 2);
    series(o, "bodyBatteryValuesArray", (time, level), "body_energy", "%", out)
}

/// Where a column stands in the rows: the descriptors say, else where it stood before there were any.
fn column(o: &Object, descriptors: &str, name: &str, usual: usize) -> usize {
    let of = |d: &Object| {
        let key = text(d, "key").or_else(|| text(d, "bodyBatteryValueDescriptorKey"))?;
        let index = num(d, "index").or_else(|| num(d, "bodyBatteryValueDescriptorIndex"))?;
        (key == name && (0.0..64.0).contains(&index)).then_some(index as usize)
    };
    records(o, descriptors).find_map(of).unwrap_or(usual)
}

fn series(
    o: &Object,
    field: &str,
    (time, value): (usize, usize),
    metric: &str,
    unit: &str,
    out: &mut Out<'_>,
) -> Result<()> {
    let key = out.stream(metric, unit, &source());
    let offset = offset(o, "startTimestampGMT", "startTimestampLocal");
    let rows = o.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (n, row) in rows.iter().enumerate() {
        let cell = |i: usize| number(row.get(i));
        let at = cell(time).ok().flatten().and_then(|ms| micros(ms, 1e3));
        match (at, cell(value)) {
            (None, _) => out.refuse("bad_time", format!("{field} {n}"), "a row without a time"),
            (_, Ok(None)) => out.missing(),
            (_, Ok(Some(level))) if level < 0.0 => out.missing(),
            (Some(at), Ok(Some(level))) => out.sample(key, at, 0, level, offset)?,
            (_, Err(())) => out.refuse("bad_number", format!("{field} {n}"), "the value is no number"),
        }
    }
    Ok(())
}

/// Figures of the day the series are of.
fn of_day(o: &Object, figures: &[Figure], out: &mut Out<'_>) -> Result<Found> {
    let (start, end) = (utc(o, "startTimestampGMT"), utc(o, "endTimestampGMT"));
    let (Some(date), Some(start), Some(end)) = (date(o, "calendarDate"), start, end) else {
        return Ok(Found::Read);
    };
    let offset = offset(o, "startTimestampGMT", "startTimestampLocal");
    let mut about = About::moment(&source(), end, Some(format!("day:{date}"))).over(start, offset);
    about.date = Some(date);
    about.measure_all(out, o, figures)?;
    Ok(Found::Read)
}
