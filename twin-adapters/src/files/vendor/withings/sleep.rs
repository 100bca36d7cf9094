//! Sleep: spans of stages with their series, and summaries of nights.

use super::{offset, revision, source, zone};
use crate::files::shared::elements::{Object, number};
use crate::files::shared::figures::{About, Figure, micros, num, object, seconds, text};
use crate::files::shared::out::Out;
use crate::files::shared::times::{Time, iso};
use twin_core::event::{Origin, SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;
use twin_core::{Result, Timestamp};

/// Series within a span, by the second: metric and unit.
const SERIES: &[(&str, &str, &str)] = &[
    ("hr", "heart_rate", "/min"),
    ("rr", "respiratory_rate", "/min"),
    ("snoring", "withings:snoring", "s"),
    ("sdnn_1", "hrv_sdnn", "ms"),
    ("rmssd", "hrv_rmssd", "ms"),
];
const NIGHT: &[Figure] = &[
    ("lightsleepduration", "sleep_light", "min", 1.0 / 60.0),
    ("deepsleepduration", "sleep_deep", "min", 1.0 / 60.0),
    ("remsleepduration", "sleep_rem", "min", 1.0 / 60.0),
    ("wakeupduration", "sleep_awake", "min", 1.0 / 60.0),
    ("durationtosleep", "sleep_latency", "min", 1.0 / 60.0),
    ("sleep_efficiency", "sleep_efficiency", "%", 100.0),
    ("wakeupcount", "sleep_awakenings", "1", 1.0),
    ("hr_average", "heart_rate_sleep_mean", "/min", 1.0),
    ("hr_min", "heart_rate_sleep_lowest", "/min", 1.0),
    ("hr_max", "withings:sleep_heart_rate_max", "/min", 1.0),
    ("rr_average", "respiratory_rate", "/min", 1.0),
    ("rr_min", "withings:sleep_respiration_min", "/min", 1.0),
    ("rr_max", "withings:sleep_respiration_max", "/min", 1.0),
    ("breathing_disturbances_intensity", "breathing_disturbance_index", "1", 1.0),
    ("apnea_hypopnea_index", "withings:apnea_hypopnea_index", "1", 1.0),
    ("sleep_score", "sleep_score", "1", 1.0),
    ("waso", "withings:sleep_waso", "min", 1.0 / 60.0),
    ("durationtowakeup", "withings:sleep_time_to_get_up", "min", 1.0 / 60.0),
    ("nb_rem_episodes", "withings:sleep_rem_episodes", "1", 1.0),
    ("out_of_bed_count", "withings:sleep_out_of_bed", "1", 1.0),
    ("snoring", "withings:sleep_snoring", "min", 1.0 / 60.0),
    ("snoringepisodecount", "withings:sleep_snoring_episodes", "1", 1.0),
];
/// Spans further apart are of two sleeps.
const GAP_S: i64 = 3600;

/// Spans and the values within them, gathered from an answer whose spans need not be in order.
#[derive(Default)]
pub(super) struct Gathered {
    spans: Vec<(Origin, SleepStageSpan)>,
    /// Whose, which of [`SERIES`], when, how much.
    values: Vec<(Origin, usize, Timestamp, f64)>,
}

/// Takes a span of one stage with its series.
pub(super) fn span(o: &Object, gathered: &mut Gathered, out: &mut Out<'_>) {
    let origin = source(o);
    for (i, (field, ..)) in SERIES.iter().enumerate() {
        for (second, value) in object(o, field).into_iter().flatten() {
            let at = second.parse::<f64>().ok().and_then(|s| micros(s, 1e6));
            match (at, number(Some(value))) {
                (Some(at), Ok(Some(value))) => gathered.values.push((origin.clone(), i, at, value)),
                (_, Ok(None)) => out.missing(),
                _ => out.refuse("bad_number", *field, "a value or its time is no number"),
            }
        }
    }
    let stage = match num(o, "state").map(|s| s as i64) {
        Some(0) => SleepStage::Awake,
        Some(1) => SleepStage::Light,
        Some(2) => SleepStage::Deep,
        Some(3) => SleepStage::Rem,
        Some(4 | 5) => SleepStage::Asleep,
        _ => SleepStage::Unknown,
    };
    match (seconds(o, "startdate"), seconds(o, "enddate")) {
        (Some(start), Some(end)) if end > start => {
            gathered.spans.push((origin, SleepStageSpan { start, end, stage }));
        }
        _ => out.refuse("bad_time", "sleep", "a span without start and end that can be read"),
    }
}

/// Hands over the series, and the spans put together to sleeps. Of spans that overlap the earlier ends
/// where the later begins.
pub(super) fn nights(gathered: Gathered, body: &Object, out: &mut Out<'_>) -> Result<()> {
    let Gathered { mut spans, mut values } = gathered;
    values.order_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    for (origin, i, at, value) in &values {
        let Some((_, metric, unit)) = SERIES.get(*i) else { continue };
        let key = out.stream(metric, unit, origin);
        out.sample(key, *at, 0, *value, None)?;
    }
    spans.order_by(|a, b| (&a.0, a.1.start, a.1.end).cmp(&(&b.0, b.1.start, b.1.end)));
    let mut night: Vec<SleepStageSpan> = Vec::new();
    let mut of: Option<Origin> = None;
    for (origin, span) in spans {
        let far = night.last().is_some_and(|last| span.start.secs() - last.end.secs() > GAP_S);
        if of.as_ref() != Some(&origin) || far {
            one(of.as_ref(), std::mem::take(&mut night), body, out)?;
            of = Some(origin);
        }
        if let Some(last) = night.last_mut() {
            last.end = last.end.min(span.start);
            if last.end <= last.start {
                night.pop();
            }
        }
        night.push(span);
    }
    one(of.as_ref(), night, body, out)
}

fn one(origin: Option<&Origin>, stages: Vec<SleepStageSpan>, body: &Object, out: &mut Out<'_>) -> Result<()> {
    let (Some(origin), Some(start), Some(end)) =
        (origin, stages.first().map(|s| s.start), stages.last().map(|s| s.end))
    else {
        return Ok(());
    };
    let zone = zone(&Object::new(), body);
    let mut about = About::moment(origin, end, Some(format!("stages:{}", start.secs())));
    about.offsets = (offset(zone.as_ref(), start), offset(zone.as_ref(), end));
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
    about.fact(out, "", body)
}

/// The summary of a night.
pub(super) fn summary(o: &Object, body: &Object, out: &mut Out<'_>) -> Result<()> {
    let (Some(start), Some(end), Some(data)) =
        (seconds(o, "startdate"), seconds(o, "enddate"), object(o, "data"))
    else {
        out.refuse("bad_time", "sleep summary", "a night without start and end that can be read");
        return Ok(());
    };
    let mut origin = source(o);
    if origin.device.is_none() {
        origin.device = num(o, "model_id").map(|m| twin_core::DeviceId::lossy(&format!("model {m:.0}")));
    }
    let zone = zone(o, body);
    let record = num(o, "id").map_or_else(|| start.secs().to_string(), |id| format!("{id:.0}"));
    let mut about = About::moment(&origin, end, Some(format!("sleep:{record}")));
    about.offsets = (offset(zone.as_ref(), start), offset(zone.as_ref(), end));
    about.date = text(o, "date").and_then(iso).map(Time::day);
    about.revision = revision(o);
    let minutes = |field| num(data, field).map(|s| s / 60.0).filter(|m| (0.0..=2880.0).contains(m));
    let staged = || {
        let parts = ["lightsleepduration", "deepsleepduration", "remsleepduration"];
        let known: Vec<f64> = parts.into_iter().filter_map(minutes).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    };
    let night = SleepRecorded {
        start,
        end,
        in_bed_start: Some(start),
        in_bed_end: Some(end),
        stages: Vec::new(),
        asleep_min: minutes("total_sleep_time").or_else(staged),
        awake_min: minutes("wakeupduration"),
        nap: None,
        vendor_score: num(data, "sleep_score").filter(|s| (0.0..=100.0).contains(s)),
    };
    about.fact(out, "", night)?;
    about.start = Some(start);
    about.measure_all(out, data, NIGHT)
}
