//! Sleep, heart, movement and training of a day.

use super::Span;
use crate::error::Result;
use crate::view::{ActivityView, HeartView, HourView, HrvView, LoadView, NightView, SessionView, ShareView};
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_core::event::{EventBody, Origin, Sex, SleepRecorded, SleepStage, WorkoutRecorded};
use twin_core::fold::{DayState, MetricDay};
use twin_core::log::{Cutoff, Log};
use twin_core::sort::OrderBy;
use twin_core::{LocalDate, MetricId, SourceId, Timestamp};
use twin_models::health::activity::{Hour, activity_day};
use twin_models::health::baseline::resting_hr::night_resting_hr;
use twin_models::health::hrv::window::{night_rmssd, spot_rmssd};
use twin_models::health::sleep::{Night, NightInput, Session, SleepState, Span as SleepSpan, nights_of_day};
use twin_models::health::training::{
    LoadMethod, SessionInput, TrimpWeight, held, hr_max_by_age, session_load,
};

/// The main sleep of a day, and when the person slept.
pub(super) struct NightOf {
    pub(super) view: Option<NightView>,
    pub(super) nap_min: Option<f64>,
    /// Spans asleep, microseconds, ascending.
    pub(super) asleep: Vec<(i64, i64)>,
    pub(super) wake_us: Option<i64>,
}

/// The main sleep, from the best source that recorded one.
pub(super) fn night(log: &Log, day: &DayState, span: Span, offset_s: i64) -> NightOf {
    let mut by_source: BTreeMap<SourceId, (Origin, Vec<&SleepRecorded>)> = BTreeMap::new();
    for (content, body) in day.bodies() {
        if let EventBody::SleepRecorded(sleep) = body {
            let entry = by_source.entry(content.origin.source.clone());
            entry.or_insert_with(|| (content.origin.clone(), Vec::new())).1.push(sleep);
        }
    }
    let none = NightOf { view: None, nap_min: None, asleep: Vec::new(), wake_us: None };
    let metric = MetricId::lossy("sleep_session");
    let best = by_source.into_iter().min_by_key(|(source, (origin, sleeps))| {
        let staged = sleeps.iter().any(|s| !s.stages.is_empty());
        (
            log.context().rank(&metric, origin).0,
            !staged,
            log.context().rank(&metric, origin).1,
            source.clone(),
        )
    });
    let Some((source, (_, sleeps))) = best else { return none };
    let (spans, sessions) = night_input(&sleeps);
    let edge = |t: Timestamp| t.micros();
    let input = NightInput { spans: &spans, sessions: &sessions };
    // Facts of the day end on it, also where a flight moved its bounds.
    let from = edge(span.start).min(sleeps.iter().map(|s| edge(s.end)).min().unwrap_or(i64::MAX));
    let to =
        edge(span.end).max(sleeps.iter().map(|s| edge(s.in_bed_end.unwrap_or(s.end)) + 1).max().unwrap_or(0));
    let (main, naps) = nights_of_day(&input, from, to);
    let Some(main) = main else { return none };
    let nap_s: f64 = naps.iter().filter_map(|n| n.tst_s).sum();
    let sleep_of = |s: &SleepSpan| s.state.is_asleep().then_some((s.start_us, s.end_us));
    let mut asleep: Vec<(i64, i64)> = spans.iter().filter_map(sleep_of).collect();
    if asleep.is_empty() {
        asleep.push((main.onset_us, main.offset_us));
    }
    asleep.retain(|(s, e)| *s >= main.start_us && *e <= main.end_us);
    asleep.order();
    NightOf {
        nap_min: (!naps.is_empty()).then_some(nap_s / 60.0),
        wake_us: Some(main.offset_us),
        view: Some(night_view(&main, &source, offset_s)),
        asleep,
    }
}

fn night_input(sleeps: &[&SleepRecorded]) -> (Vec<SleepSpan>, Vec<Session>) {
    let (mut spans, mut sessions) = (Vec::new(), Vec::new());
    for sleep in sleeps {
        let span = |start: Timestamp, end: Timestamp, state| SleepSpan {
            start_us: start.micros(),
            end_us: end.micros(),
            state,
        };
        for stage in &sleep.stages {
            let state = match stage.stage {
                SleepStage::Light => SleepState::Light,
                SleepStage::Deep => SleepState::Deep,
                SleepStage::Rem => SleepState::Rem,
                SleepStage::Asleep => SleepState::Asleep,
                SleepStage::Awake | SleepStage::AwakeInBed | SleepStage::OutOfBed => SleepState::Awake,
                SleepStage::InBed => SleepState::InBed,
                SleepStage::Unknown => continue,
            };
            spans.push(span(stage.start, stage.end, state));
        }
        if let (Some(start), Some(end)) = (sleep.in_bed_start, sleep.in_bed_end) {
            spans.push(span(start, end, SleepState::InBed));
        }
        if sleep.stages.is_empty() {
            let asleep_s = sleep.asleep_min.map(|m| m * 60.0);
            sessions.push(Session { start_us: sleep.start.micros(), end_us: sleep.end.micros(), asleep_s });
        }
    }
    (spans, sessions)
}

fn night_view(night: &Night, source: &SourceId, offset_s: i64) -> NightView {
    let minutes = |s: Option<f64>| s.map(|s| s / 60.0);
    let t = Timestamp::from_micros;
    let local = night.midpoint_us + offset_s * 1_000_000;
    NightView {
        start: t(night.start_us),
        end: t(night.end_us),
        onset: t(night.onset_us),
        wake: t(night.offset_us),
        bed_known: night.bed_known,
        in_bed_min: night.tib_s / 60.0,
        asleep_min: minutes(night.tst_s),
        latency_min: minutes(night.sol_s),
        waso_min: minutes(night.waso_s),
        efficiency: night.efficiency,
        awakenings: night.awakenings,
        light_min: minutes(night.light_s),
        deep_min: minutes(night.deep_s),
        rem_min: minutes(night.rem_s),
        midpoint_h: local.rem_euclid(86_400_000_000) as f64 / 3.6e9,
        source: source.to_string(),
        estimate: night.tst_estimate(),
    }
}

/// Samples of the best stream of a metric on a day, with its source and method.
struct Best {
    t_us: Vec<i64>,
    values: Vec<f64>,
    source: SourceId,
    method: Option<String>,
}

fn best_stream(
    log: &Log,
    date: LocalDate,
    metric: &str,
    within: &[(i64, i64)],
    cutoff: Cutoff,
) -> Result<Option<Best>> {
    let metric = MetricId::new(metric)?;
    let mut best: Option<Best> = None;
    for stream in log.day_streams(date, &metric, within, cutoff)? {
        let inside = |t: i64| within.iter().any(|(s, e)| (*s..*e).contains(&t));
        let (mut t_us, mut values) = (Vec::new(), Vec::new());
        for (start, _, value) in stream.samples.iter().filter(|(s, ..)| inside(*s)) {
            t_us.push(start);
            values.push(value);
        }
        // Streams come best first; a worse one counts only where the better ones say nothing here.
        if best.is_none() && !values.is_empty() {
            best = Some(Best {
                t_us,
                values,
                source: stream.source,
                method: stream.method.map(|m| m.to_string()),
            });
        }
    }
    Ok(best)
}

/// Heart rate of the day and of the night.
pub(super) fn heart(log: &Log, day: &DayState, night: &NightOf, cutoff: Cutoff) -> Result<Option<HeartView>> {
    let folded = day.metrics.get(&MetricId::lossy("heart_rate"));
    let mut view = HeartView {
        mean_bpm: folded.and_then(MetricDay::mean),
        min_bpm: folded.map(|m| m.resolved.min as f64 / 1e6),
        max_bpm: folded.map(|m| m.resolved.max as f64 / 1e6),
        covered_h: folded.map_or(0.0, |m| m.resolved.covered_us as f64 / 3.6e9),
        resting: None,
        resting_method: None,
    };
    if folded.is_some()
        && !night.asleep.is_empty()
        && let Some(best) = best_stream(log, day.date, "heart_rate", &night.asleep, cutoff)?
    {
        view.resting = Some(night_resting_hr(&best.t_us, &best.values, &night.asleep));
        view.resting_method = Some("night_low".into());
    }
    if view.resting.as_ref().is_none_or(|e| e.value.is_none())
        && let Some((value, source, at)) = stated(day, "heart_rate_resting")
    {
        view.resting = Some(stated_estimate("/min", value, at));
        view.resting_method = Some(source);
    }
    Ok((folded.is_some() || view.resting.is_some()).then_some(view))
}

/// A value that a source states for the day: a measurement, or a daily series.
fn stated(day: &DayState, metric: &str) -> Option<(f64, String, Timestamp)> {
    let measured = day.bodies().filter_map(|(content, body)| match body {
        EventBody::MeasurementRecorded(m) if m.metric.as_str() == metric => {
            Some((m.value, content.origin.source.to_string(), content.at))
        }
        _ => None,
    });
    measured.last().or_else(|| {
        let folded = day.metrics.get(&MetricId::lossy(metric))?;
        let best = folded.sources.iter().max_by_key(|s| s.n)?;
        Some((folded.mean()?, best.source.to_string(), Timestamp::from_micros(best.last_us)))
    })
}

fn stated_estimate(unit: &str, value: f64, at: Timestamp) -> Estimate {
    Estimate {
        value: Some(value),
        confidence: 0.5,
        kind: EstimateKind::Quantity,
        n_effective: 1.0,
        coverage: 1.0,
        as_of: Some(at),
        gaps: vec!["as the source states it; its method is not known".into()],
        ..Estimate::absent("stated", "1", unit, EstimateStatus::Provisional, Vec::new())
    }
}

/// Beats within so long after waking make a morning measurement.
const MORNING_US: i64 = 3 * 3_600_000_000;

/// More beats than this are a recording of the day, not a measurement at rest.
const SPOT_BEATS: usize = 2000;

/// Beats so long before and after a workout are not at rest either.
const WARM_UP_US: i64 = 10 * 60_000_000;
const COOL_DOWN_US: i64 = 60 * 60_000_000;

/// Variability: of the night's beats, else of a morning measurement, else as a source states it.
pub(super) fn hrv(
    log: &Log,
    day: &DayState,
    span: Span,
    night: &NightOf,
    cutoff: Cutoff,
) -> Result<Option<HrvView>> {
    let sdnn = stated(day, "hrv_sdnn");
    let mut view: Option<HrvView> = None;
    if day.metrics.contains_key(&MetricId::lossy("rr_interval")) {
        if let Some(best) = best_stream(log, day.date, "rr_interval", &night.asleep, cutoff)? {
            let rmssd = night_rmssd(&best.t_us, &best.values, &night.asleep);
            if rmssd.value.is_some() {
                view = Some(hrv_view(rmssd, "night", &best));
            }
        }
        if let (None, Some(wake)) = (&view, night.wake_us)
            && let Some(best) =
                best_stream(log, day.date, "rr_interval", &at_rest(day, wake, wake + MORNING_US), cutoff)?
        {
            let rmssd = spot_rmssd(&best.t_us, &best.values);
            if rmssd.value.is_some() {
                view = Some(hrv_view(rmssd, "morning", &best));
            }
        }
        // A measurement without a time of day, or later in the day.
        let day_us = (span.start.micros(), span.end.micros());
        if view.is_none()
            && let Some(best) =
                best_stream(log, day.date, "rr_interval", &at_rest(day, day_us.0, day_us.1), cutoff)?
        {
            let rmssd = spot_rmssd(&best.t_us, &best.values);
            if rmssd.value.is_some() && best.values.len() <= SPOT_BEATS {
                view = Some(hrv_view(rmssd, "spot", &best));
            }
        }
    }
    if view.is_none()
        && let Some((value, source, at)) = stated(day, "hrv_rmssd")
    {
        let rmssd = Some(stated_estimate("ms", value, at));
        view = Some(HrvView { rmssd, sdnn_ms: None, sdnn_source: None, method: "stated".into(), source });
    }
    if let Some((value, source, _)) = sdnn {
        let none = HrvView {
            rmssd: None,
            sdnn_ms: None,
            sdnn_source: None,
            method: "stated".into(),
            source: source.clone(),
        };
        let view = view.get_or_insert(none);
        view.sdnn_ms = Some(value);
        view.sdnn_source = Some(source);
    }
    Ok(view)
}

/// The parts of a span in which no workout was recorded: beats of exertion are no morning measurement.
fn at_rest(day: &DayState, from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut workouts: Vec<(i64, i64)> = day
        .bodies()
        .filter_map(|(_, body)| match body {
            EventBody::WorkoutRecorded(w) => {
                Some((w.start.micros() - WARM_UP_US, w.end.micros() + COOL_DOWN_US))
            }
            _ => None,
        })
        .collect();
    workouts.order();
    let (mut free, mut at) = (Vec::new(), from);
    for (start, end) in workouts {
        if start > at && at < to {
            free.push((at, start.min(to)));
        }
        at = at.max(end);
    }
    if at < to {
        free.push((at, to));
    }
    free
}

fn hrv_view(rmssd: Estimate, when: &str, best: &Best) -> HrvView {
    let method = best.method.as_ref().map_or_else(|| when.to_owned(), |m| format!("{when}/{m}"));
    HrvView { rmssd: Some(rmssd), sdnn_ms: None, sdnn_source: None, method, source: best.source.to_string() }
}

/// Steps and movement.
pub(super) fn activity(day: &DayState, span: Span, night: &NightOf, offset_s: i64) -> Option<ActivityView> {
    let total = |metric: &str| day.metrics.get(&MetricId::lossy(metric)).map(MetricDay::total);
    let steps = day.metrics.get(&MetricId::lossy("steps"));
    let active = match (total("moderate_activity_time"), total("vigorous_activity_time")) {
        (None, None) => total("exercise_time").or_else(|| total("active_time")),
        (a, b) => Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)),
    };
    let view = ActivityView {
        steps: steps.map(MetricDay::total),
        steps_by_hour: steps.map_or_else(Vec::new, |m| {
            m.resolved
                .hours
                .iter()
                .map(|h| HourView { hour: u32::from(h.hour), value: h.amount as f64 / 1e6 })
                .collect()
        }),
        distance_m: total("distance_walk_run"),
        active_energy_kcal: total("energy_active"),
        active_min: active,
        sedentary_min: total("sedentary_time"),
        active_hours: steps.map(|m| active_hours(m, span, night, offset_s)),
        step_sources: steps.map_or_else(Vec::new, step_shares),
    };
    let known = view.steps.is_some()
        || view.distance_m.is_some()
        || view.active_energy_kcal.is_some()
        || view.active_min.is_some()
        || view.sedentary_min.is_some();
    known.then_some(view)
}

fn active_hours(steps: &MetricDay, span: Span, night: &NightOf, offset_s: i64) -> u32 {
    let midnight =
        span.start.micros().max(0) - (span.start.micros() + offset_s * 1_000_000).rem_euclid(86_400_000_000);
    let hours: Vec<Hour> = (0..24_u8)
        .map(|hour| {
            let (from, to) =
                (midnight + i64::from(hour) * 3_600_000_000, midnight + i64::from(hour + 1) * 3_600_000_000);
            let asleep: i64 = night.asleep.iter().map(|(s, e)| (*e.min(&to) - *s.max(&from)).max(0)).sum();
            let known = steps.resolved.hours.iter().find(|h| h.hour == hour);
            Hour { steps: known.map(|h| h.amount as f64 / 1e6), asleep: asleep as f64 / 3.6e9 }
        })
        .collect();
    activity_day(&hours).active_hours
}

fn step_shares(steps: &MetricDay) -> Vec<ShareView> {
    let all = steps.resolved.amount.max(1) as f64;
    let share = |p: &twin_core::fold::SourcePart| ShareView {
        source: p.source.to_string(),
        share: p.amount as f64 / all,
    };
    let mut shares: Vec<ShareView> = steps.resolved.parts.iter().map(share).collect();
    shares.order_by(|a, b| b.share.total_cmp(&a.share));
    shares
}

/// Sessions, the same one from several devices once, with their load.
pub(super) fn training(
    log: &Log,
    day: &DayState,
    night: &NightOf,
    cutoff: Cutoff,
) -> Result<(Vec<SessionView>, Vec<LoadView>)> {
    let metric = MetricId::lossy("workout");
    let mut workouts: Vec<(&Origin, &WorkoutRecorded)> = day
        .bodies()
        .filter_map(|(content, body)| match body {
            EventBody::WorkoutRecorded(workout) => Some((&content.origin, &**workout)),
            _ => None,
        })
        .collect();
    workouts.order_by_cached_key(|(origin, w)| {
        (log.context().rank(&metric, origin), origin.source.clone(), w.start)
    });
    let mut kept: Vec<(&Origin, &WorkoutRecorded, Vec<String>, Option<f64>)> = Vec::new();
    for (origin, workout) in workouts {
        let same = kept.iter_mut().find(|(o, k, ..)| o.source != origin.source && overlap(k, workout));
        match same {
            Some((_, _, also, exertion)) => {
                also.push(origin.source.to_string());
                *exertion = exertion.or(workout.perceived_exertion);
            }
            None => kept.push((origin, workout, Vec::new(), workout.perceived_exertion)),
        }
    }
    kept.order_by_key(|(_, w, ..)| w.start);
    let person = &log.context().person;
    let age = person.born.map(|born| f64::from(day.date.days() - born.days()) / 365.25);
    let hr_max = person.heart_rate_max.or_else(|| age.map(hr_max_by_age));
    let hr_rest = heart_rest(log, day, night, cutoff)?;
    let weight = person.sex.map(|sex| match sex {
        Sex::Male => TrimpWeight::Male,
        Sex::Female => TrimpWeight::Female,
        Sex::Other => TrimpWeight::Mean,
    });
    let mut sessions = Vec::new();
    let mut loads: BTreeMap<&str, f64> = BTreeMap::new();
    for (origin, workout, also, exertion) in kept {
        let within = [(workout.start.micros(), workout.end.micros() + 1)];
        let hr = best_stream(log, day.date, "heart_rate", &within, cutoff)?;
        let samples = hr.map_or_else(Vec::new, |b| held(&b.t_us, &b.values, 30.0));
        let duration_min = workout.end.secs_since(workout.start) / 60.0;
        let load = session_load(&SessionInput {
            hr: &samples,
            hr_rest,
            hr_max,
            weight,
            cr10: exertion,
            duration_min,
        });
        let method = load.map(|l| method_word(l.method));
        if let (Some(load), Some(method)) = (load, method) {
            *loads.entry(method).or_default() += load.load;
        }
        let seconds: f64 = samples.iter().map(|(s, _)| s).sum();
        let measured = (seconds > 0.0).then(|| samples.iter().map(|(s, v)| s * v).sum::<f64>() / seconds);
        sessions.push(SessionView {
            start: workout.start,
            end: workout.end,
            sport: workout.sport.clone(),
            duration_min,
            distance_m: workout.distance_m,
            energy_kcal: workout.energy_kcal,
            heart_rate_mean: workout.heart_rate_mean.or(measured),
            load: load.map(|l| l.load),
            load_method: method.map(str::to_owned),
            source: origin.source.to_string(),
            also,
        });
    }
    let loads =
        loads.into_iter().map(|(method, load)| LoadView { method: method.to_owned(), load }).collect();
    Ok((sessions, loads))
}

fn heart_rest(log: &Log, day: &DayState, night: &NightOf, cutoff: Cutoff) -> Result<Option<f64>> {
    let has_workout = day.bodies().any(|(_, b)| matches!(b, EventBody::WorkoutRecorded(_)));
    if !has_workout {
        return Ok(None);
    }
    Ok(heart(log, day, night, cutoff)?.and_then(|h| h.resting).and_then(|e| e.value))
}

/// Two recordings of one session share most of the shorter one.
fn overlap(a: &WorkoutRecorded, b: &WorkoutRecorded) -> bool {
    let shared = a.end.min(b.end).micros() - a.start.max(b.start).micros();
    let shorter = (a.end.micros() - a.start.micros()).min(b.end.micros() - b.start.micros());
    shared > 0 && shared * 10 >= shorter * 6
}

const fn method_word(method: LoadMethod) -> &'static str {
    match method {
        LoadMethod::Banister => "banister_trimp",
        LoadMethod::Edwards => "edwards",
        LoadMethod::SessionRpe => "session_rpe",
    }
}
