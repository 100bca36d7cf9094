//! Sessions: one workout or sleep a file.

use super::types::{kind, sport};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, records, text};
use crate::files::shared::lists::each_listed;
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::iso;
use serde_json::Value;
use std::io::BufRead;
use twin_core::Result;
use twin_core::event::{NamedQuantity, SleepRecorded, SleepStage, SleepStageSpan, WorkoutRecorded};
use twin_core::sort::OrderBy;

pub(super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each_listed(input, out, &[], |out, _, _, n, record| match record {
        Value::Object(session) => one(out, n, &session),
        _ => {
            out.refuse("not_a_record", format!("record {n}"), "the element is no object");
            Ok(())
        }
    })
}

fn one(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let (Some(start), Some(end)) = (text(o, "startTime").and_then(iso), text(o, "endTime").and_then(iso))
    else {
        out.refuse("bad_time", format!("record {n}"), "a session without start and end that can be read");
        return Ok(());
    };
    let ((start, first), (end, last)) = (out.instant(start), out.instant(end));
    if end < start {
        out.refuse("bad_time", format!("record {n}"), "the session ends before it starts");
        return Ok(());
    }
    let name = text(o, "fitnessActivity").unwrap_or("unknown");
    let record = text(o, "id").map_or_else(|| format!("session:{name}:{}", start.secs()), str::to_owned);
    let mut about = About::moment(&origin("google_fit"), end, Some(record)).over(start, Some(first));
    about.offsets.1 = Some(last);
    if name.starts_with("sleep") {
        let stages = stages(o, out);
        let body = SleepRecorded {
            start,
            end,
            in_bed_start: None,
            in_bed_end: None,
            stages,
            asleep_min: None,
            awake_min: None,
            nap: None,
            vendor_score: None,
        };
        return about.fact(out, "", body);
    }
    let (sport, sub_sport) = sport(name);
    let mut body = WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport,
        title: text(o, "name").map(|t| t.chars().take(100).collect()),
        moving_s: text(o, "duration").and_then(|d| d.strip_suffix('s')?.parse().ok()),
        distance_m: None,
        energy_kcal: None,
        heart_rate_mean: None,
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m: None,
        perceived_exertion: None,
        statistics: Vec::new(),
        laps: Vec::new(),
    };
    body.moving_s = body.moving_s.filter(|s: &f64| (0.0..=2e6).contains(s));
    for figure in records(o, "aggregate").take(64) {
        let Some(metric) = text(figure, "metricName") else { continue };
        let Some(value) = num(figure, "floatValue").or_else(|| num(figure, "intValue")) else { continue };
        match metric {
            "com.google.distance.delta" if value >= 0.0 => body.distance_m = Some(value),
            "com.google.calories.expended" if value >= 0.0 => body.energy_kcal = Some(value),
            "com.google.heart_rate.summary" if value > 0.0 => body.heart_rate_mean = Some(value),
            _ => body.statistics.push(NamedQuantity {
                name: metric.trim_start_matches("com.google.").chars().take(80).collect(),
                value,
                unit: kind(metric).map_or("1", |k| k.2).into(),
            }),
        }
    }
    about.fact(out, "", body)
}

fn stages(o: &Object, out: &mut Out<'_>) -> Vec<SleepStageSpan> {
    let mut spans: Vec<SleepStageSpan> = Vec::new();
    for segment in records(o, "segment").take(10_000) {
        let (Some(start), Some(end)) =
            (text(segment, "startTime").and_then(iso), text(segment, "endTime").and_then(iso))
        else {
            out.refuse("bad_stage", "segment", "a segment without start and end that can be read");
            continue;
        };
        let (start, end) = (out.instant(start).0, out.instant(end).0);
        let name = text(segment, "fitnessActivity").unwrap_or_default();
        let stage = match name.rsplit('.').next().unwrap_or_default() {
            "light" => SleepStage::Light,
            "deep" => SleepStage::Deep,
            "rem" => SleepStage::Rem,
            "awake" => SleepStage::Awake,
            "sleep" | "sleeping" => SleepStage::Asleep,
            "out_of_bed" => SleepStage::OutOfBed,
            _ => SleepStage::Unknown,
        };
        if end > start {
            spans.push(SleepStageSpan { start, end, stage });
        }
    }
    spans.order_by_key(|s| (s.start, s.end));
    let starts: Vec<_> = spans.iter().skip(1).map(|s| s.start).collect();
    for (span, next) in spans.iter_mut().zip(starts) {
        span.end = span.end.min(next);
    }
    spans.retain(|s| s.end > s.start);
    spans
}
