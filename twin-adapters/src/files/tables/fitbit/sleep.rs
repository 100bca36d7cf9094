//! `sleep.json`: one record a sleep, with stages, or in the older form asleep, restless, awake.

use super::super::out::{Out, origin};
use super::super::times::{Time, export};
use super::SOURCE;
use super::elements::{Object, each, number, text};
use super::rest::rest;
use serde_json::Value;
use std::io::BufRead;
use twin_core::event::{MeasurementRecorded, SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;
use twin_core::{MetricId, RecordId, Result, Timestamp};

/// Most spans of one sleep.
const MAX_SPANS: usize = 10_000;
const USED: &[&str] =
    &["logId", "startTime", "endTime", "minutesAsleep", "minutesAwake", "levels", "mainSleep", "dateOfSleep"];

/// Reads the array.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    each(input, out, one)
}

fn time(object: &Object, name: &str) -> Option<Time> {
    object.get(name).and_then(Value::as_str).and_then(export)
}

pub(super) fn one(out: &mut Out<'_>, n: u64, object: Object) -> Result<()> {
    let (Some(start), Some(end)) = (time(&object, "startTime"), time(&object, "endTime")) else {
        out.refuse("bad_time", format!("record {n}"), "a sleep without start and end that can be read");
        return Ok(());
    };
    let ((start, start_offset), (end, end_offset)) = (out.instant(start), out.instant(end));
    if end <= start {
        out.refuse("bad_time", format!("record {n}"), "the sleep ends before it starts");
        return Ok(());
    }
    let minutes = |name| number(object.get(name)).ok().flatten().filter(|m| (0.0..=1440.0).contains(m));
    let main = object.get("mainSleep").or_else(|| object.get("isMainSleep")).and_then(Value::as_bool);
    let body = SleepRecorded {
        start,
        end,
        in_bed_start: Some(start),
        in_bed_end: Some(end),
        stages: stages(out, n, &object),
        asleep_min: minutes("minutesAsleep"),
        awake_min: minutes("minutesAwake"),
        nap: main.map(|main| !main),
        vendor_score: None,
    };
    let source = origin(SOURCE);
    let id = text(object.get("logId"));
    let mut content = out.content(&source, end, Some(start_offset), body);
    content.end_offset_s = Some(end_offset);
    content.civil_date = time(&object, "dateOfSleep").map(Time::day);
    content.record = id.as_deref().map(RecordId::lossy);
    let head = content.clone();
    out.fact(content)?;
    for (name, metric, unit) in
        [("efficiency", "sleep_efficiency", "%"), ("minutesToFallAsleep", "sleep_latency", "min")]
    {
        if let Ok(Some(value)) = number(object.get(name)) {
            let mut content = head.clone();
            content.record = id.as_ref().map(|id| RecordId::lossy(&format!("{id}:{name}")));
            let metric = MetricId::lossy(metric);
            content.body =
                MeasurementRecorded { metric, value, unit: unit.into(), start: Some(start) }.into();
            out.fact(content)?;
        }
    }
    let mut kept = rest(&object, "fitbit_export", "sleep", USED);
    if let Some(levels) = object.get("levels").and_then(Value::as_object) {
        let summary = rest(levels, "fitbit_export", "sleep", &["data", "shortData"]).fields;
        kept.fields.extend(summary);
    }
    let mut content = head;
    content.record = id.map(|id| RecordId::lossy(&format!("{id}:rest")));
    content.body = kept.into();
    out.fact(content)
}

/// The spans in time order. Short awakenings lie over the main spans and cut them.
fn stages(out: &mut Out<'_>, n: u64, object: &Object) -> Vec<SleepStageSpan> {
    let levels = object.get("levels");
    let mut spans = |name: &str| -> Vec<SleepStageSpan> {
        let list =
            levels.and_then(|l| l.get(name)).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut spans = Vec::new();
        let mut bad = list.len().saturating_sub(MAX_SPANS);
        for item in list.iter().take(MAX_SPANS) {
            let start = item.get("dateTime").and_then(Value::as_str).and_then(export);
            let seconds =
                number(item.get("seconds")).ok().flatten().filter(|s| (0.0..=172_800.0).contains(s));
            let stage = match item.get("level").and_then(Value::as_str) {
                Some("wake" | "awake") => Some(SleepStage::Awake),
                Some("light") => Some(SleepStage::Light),
                Some("deep") => Some(SleepStage::Deep),
                Some("rem") => Some(SleepStage::Rem),
                Some("asleep") => Some(SleepStage::Asleep),
                Some("restless" | "unknown") => Some(SleepStage::Unknown),
                _ => None,
            };
            let (Some(start), Some(seconds), Some(stage)) = (start, seconds, stage) else {
                bad += 1;
                continue;
            };
            let start = out.instant(start).0;
            let end = start.plus_micros((seconds * 1e6) as i64);
            if end > start {
                spans.push(SleepStageSpan { start, end, stage });
            }
        }
        if bad > 0 {
            out.refuse("bad_stage", format!("record {n}"), format!("{bad} spans of `{name}` cannot be read"));
        }
        spans.order_by_key(|s| (s.start, s.end));
        spans
    };
    let (main, short) = (spans("data"), spans("shortData"));
    overlay(main, &short)
}

/// `over` wins where both speak; what overlaps within a list is cut at the next start.
fn overlay(base: Vec<SleepStageSpan>, over: &[SleepStageSpan]) -> Vec<SleepStageSpan> {
    let mut out: Vec<SleepStageSpan> = Vec::with_capacity(base.len() + 2 * over.len());
    let mut add = |start: Timestamp, end: Timestamp, stage| {
        if end <= start {
            return;
        }
        match out.last_mut() {
            Some(last) if last.end == start && last.stage == stage => last.end = end,
            _ => out.push(SleepStageSpan { start, end, stage }),
        }
    };
    let mut cuts = over.iter().peekable();
    let mut clock = Timestamp::MIN;
    let mut base = base.into_iter().peekable();
    loop {
        // The next piece of each list, from the clock on.
        while base.peek().is_some_and(|s| s.end <= clock) {
            base.next();
        }
        while cuts.peek().is_some_and(|s| s.end <= clock) {
            cuts.next();
        }
        match (base.peek(), cuts.peek()) {
            (None, None) => break,
            (Some(span), Some(cut)) if cut.start > clock && cut.start > span.start => {
                let end = span.end.min(cut.start);
                add(span.start.max(clock), end, span.stage);
                clock = end;
            }
            (_, Some(cut)) => {
                add(cut.start.max(clock), cut.end, cut.stage);
                clock = cut.end;
            }
            (Some(span), None) => {
                add(span.start.max(clock), span.end, span.stage);
                clock = span.end;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(start: i64, end: i64, stage: SleepStage) -> SleepStageSpan {
        SleepStageSpan { start: Timestamp::from_secs(start), end: Timestamp::from_secs(end), stage }
    }

    #[test]
    fn awakenings_cut_the_spans_below() {
        use SleepStage::{Awake, Deep, Light};
        let base = vec![span(0, 100, Light), span(100, 200, Deep)];
        let over = [span(30, 60, Awake), span(90, 110, Awake), span(200, 230, Awake)];
        assert_eq!(
            overlay(base, &over),
            [
                span(0, 30, Light),
                span(30, 60, Awake),
                span(60, 90, Light),
                span(90, 110, Awake),
                span(110, 200, Deep),
                span(200, 230, Awake)
            ]
        );
    }

    proptest! {
        #[test]
        fn spans_never_overlap_and_cover_the_same(
            base in prop::collection::vec((0_i64..200, 1_i64..40), 0..12),
            over in prop::collection::vec((0_i64..200, 1_i64..40), 0..12),
        ) {
            let make = |list: &[(i64, i64)], stage| {
                let mut spans: Vec<_> = list.iter().map(|(s, d)| span(*s, s + d, stage)).collect();
                spans.sort_by_key(|s| (s.start, s.end));
                spans
            };
            let (base, over) = (make(&base, SleepStage::Light), make(&over, SleepStage::Awake));
            let result = overlay(base.clone(), &over);
            prop_assert!(result.windows(2).all(|w| w[0].end <= w[1].start));
            let inside = |list: &[SleepStageSpan], t| list.iter().any(|s| s.start <= t && t < s.end);
            for second in 0..240 {
                let t = Timestamp::from_secs(second);
                let stage = result.iter().find(|s| s.start <= t && t < s.end).map(|s| s.stage);
                let expected = if inside(&over, t) { Some(SleepStage::Awake) }
                    else if inside(&base, t) { Some(SleepStage::Light) } else { None };
                prop_assert_eq!(stage, expected, "second {}", second);
            }
        }
    }
}
