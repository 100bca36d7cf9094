//! Nights and the health status.

use super::{Object, Why, kept, number, origin};
use crate::files::rank::ranked;
use crate::files::track::moment;
use serde_json::Value;
use twin_core::event::{Content, MeasurementRecorded, SleepRecorded};
use twin_core::{LocalDate, MetricId, RecordId, Timestamp};

fn time(record: &Object, key: &str) -> Option<Timestamp> {
    record.get(key)?.as_str().and_then(moment).map(|m| m.at)
}

fn day(record: &Object) -> Option<LocalDate> {
    record.get("calendarDate")?.as_str()?.get(..10)?.parse().ok()
}

pub(super) fn sleep(record: &Object) -> Result<Vec<Content>, Why> {
    let times = time(record, "sleepStartTimestampGMT").zip(time(record, "sleepEndTimestampGMT"));
    let (start, end) =
        times.filter(|(start, end)| start < end).ok_or(("no_time", "a night that was not measured"))?;
    let minutes = |key: &str| number(record, key).filter(|s| (0.0..=86_400.0).contains(s)).map(|s| s / 60.0);
    let stages = ["deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds"];
    let asleep = stages.iter().filter_map(|key| minutes(key)).reduce(|a, b| a + b);
    let score = record.get("sleepScores").and_then(Value::as_object).and_then(|s| number(s, "overallScore"));
    let body = SleepRecorded {
        start,
        end,
        in_bed_start: None,
        in_bed_end: None,
        stages: Vec::new(),
        asleep_min: asleep.filter(|m| *m <= 1440.0),
        awake_min: minutes("awakeSleepSeconds"),
        nap: None,
        vendor_score: score.filter(|s| (0.0..=100.0).contains(s)),
    };
    let mut night = Content::new(origin(), end, body);
    night.record = Some(RecordId::lossy(&format!("sleep/{start}")));
    night.civil_date = day(record);
    let mut message = Content::new(origin(), end, kept("sleepData", record));
    message.civil_date = day(record);
    Ok(vec![ranked(night, 0), message])
}

/// One measurement for each metric that has a number, at the end of the day it is about.
pub(super) fn health_status(record: &Object) -> Result<Vec<Content>, Why> {
    let day = day(record).ok_or(("bad_time", "a day without its date"))?;
    let at: Timestamp =
        format!("{day}T23:59:59Z").parse().map_err(|_| ("bad_time", "a day without its date"))?;
    let metrics = record.get("metrics").and_then(Value::as_array);
    let measured = metrics.into_iter().flatten().filter_map(|metric| {
        let metric = metric.as_object()?;
        let word = metric.get("type")?.as_str()?.to_lowercase();
        let value = number(metric, "value")?;
        let metric = MetricId::lossy(&format!("garmin:health_status_{word}"));
        let body = MeasurementRecorded { metric, value, unit: "1".into(), start: None };
        let mut content = Content::new(origin(), at, body);
        content.civil_date = Some(day);
        Some(content)
    });
    let mut facts: Vec<Content> = measured.take(100).collect();
    let mut message = Content::new(origin(), at, kept("healthStatus", record));
    message.civil_date = Some(day);
    facts.push(message);
    Ok(facts)
}
