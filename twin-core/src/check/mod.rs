//! What may enter the log: units, ranges, order, clocks. Impossible is refused, implausible is kept.

mod work;

use crate::catalogue::{Metric, check_value};
use crate::error::{Error, Result};
use crate::event::{Content, EventBody, MeasurementRecorded, SleepRecorded, WorkoutRecorded};
use crate::observation::SeriesBlock;
use crate::series::Samples;
use crate::time::{LocalDate, Timestamp};

/// Device clocks before 2000 were never set.
const OLDEST: Timestamp = Timestamp::from_secs(946_684_800);
/// How far ahead a clock may be: a day.
pub(crate) const AHEAD_S: i64 = 86_400;
/// Calendars and notes may tell of any day of these years.
const OLDEST_TOLD: Timestamp = Timestamp::from_secs(-5_364_662_400);
const LATEST_TOLD: Timestamp = Timestamp::from_secs(7_258_118_400);

/// Checks a fact, and gives it canonical zeros.
///
/// # Errors
/// `invalid_value` naming the field, what it held and what was expected.
pub fn check_fact(content: &mut Content, now: Timestamp) -> Result<()> {
    offsets([content.start_offset_s, content.end_offset_s])?;
    match &mut content.body {
        EventBody::SleepRecorded(sleep) => check_sleep(sleep)?,
        EventBody::WorkoutRecorded(workout) => check_workout(workout)?,
        EventBody::MeasurementRecorded(m) => check_measurement(m, content.at)?,
        EventBody::CheckInAnswered(answers) => {
            for answer in &mut answers.scales {
                ordered("min", answer.min, "max", answer.max)?;
                within(&answer.scale, &mut answer.value, answer.min, answer.max)?;
            }
        }
        EventBody::SymptomNoted(s) => optional("severity", &mut s.severity, 0.0, 10.0)?,
        EventBody::MedicationTaken(m) => optional("dose", &mut m.dose, 0.0, 1e9)?,
        EventBody::AlcoholConsumed(a) => optional("drinks", &mut a.drinks, 0.0, 100.0)?,
        EventBody::CaffeineConsumed(c) => within("amount_mg", &mut c.amount_mg, 0.0, 5000.0)?,
        EventBody::ProfileStated(p) => {
            optional("height_m", &mut p.height_m, 0.0, 3.0)?;
            optional("heart_rate_max", &mut p.heart_rate_max, 30.0, 300.0)?;
            if let Some(zone) = &p.zone {
                crate::time::Zone::of(zone)?;
            }
            if let Some(bad) = p.work_days.iter().find(|d| **d > 6) {
                return Err(Error::invalid("work_days", bad, "0 (Monday) to 6 (Sunday)"));
            }
        }
        EventBody::ZoneChanged(z) => drop(crate::time::Zone::of(&z.zone)?),
        EventBody::WindowRead(w) => span(w.start, w.end)?,
        EventBody::RecordCorrected(c) => {
            if matches!(&*c.replacement, EventBody::RecordCorrected(_) | EventBody::RecordDeleted(_)) {
                return Err(Error::invalid("replacement", "a correction or deletion", "a fact"));
            }
            if matches!(&*c.replacement, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_)) {
                return Err(Error::invalid(
                    "replacement",
                    "consent",
                    "a fact; consent is given and taken back, never corrected",
                ));
            }
            if matches!(&*c.replacement, EventBody::SeriesWritten(_)) {
                return Err(Error::invalid(
                    "replacement",
                    "samples",
                    "a fact; samples are replaced by a series",
                ));
            }
            let mut inner = Content { body: (*c.replacement).clone(), ..content.clone() };
            check_fact(&mut inner, now)?;
            if let EventBody::RecordCorrected(c) = &mut content.body {
                *c.replacement = inner.body;
            }
        }
        body => work::check(body)?,
    }
    clock(content, now)
}

/// Checks the samples of a block. Samples that are impossible leave it; returns why, one for each
/// distinct reason with the number of samples.
///
/// # Errors
/// `invalid_value` when the whole block is of the wrong unit or its offset is no place's.
pub fn check_series(block: &mut SeriesBlock, now: Timestamp) -> Result<Vec<(Error, u64)>> {
    let metric = Metric::find(block.metric.as_str());
    if let Some(metric) = metric
        && metric.unit != block.unit
    {
        return Err(Error::invalid(
            format!("{}.unit", metric.id),
            format_args!("`{}`", block.unit.chars().take(30).collect::<String>()),
            format!("`{}`", metric.unit),
        ));
    }
    offsets([block.offset_s, None])?;
    let latest = now.plus_secs(AHEAD_S).micros();
    let (min, max) = metric.map_or((f64::MIN, f64::MAX), Metric::possible);
    let samples = &block.samples;
    let ends_late = |(start, duration, _): (i64, i64, f64)| start.saturating_add(duration) > latest;
    let values_fit = samples.values().iter().all(|v| *v >= min && *v <= max);
    let early = samples.starts_us().first().is_some_and(|s| *s < OLDEST.micros());
    let late = samples.starts_us().last().is_some_and(|s| *s > latest)
        || (!samples.durations_us().is_empty() && samples.iter().any(ends_late));
    if values_fit && !early && !late {
        return Ok(Vec::new());
    }
    let mut reasons: Vec<(Error, u64)> = Vec::new();
    let mut note = |error: Error| match reasons.iter_mut().find(|(known, _)| same_reason(known, &error)) {
        Some((_, count)) => *count += 1,
        None => reasons.push((error, 1)),
    };
    let mut kept = Samples::empty();
    for (start, duration, value) in samples.iter() {
        if start < OLDEST.micros() || ends_late((start, duration, value)) {
            note(bad_time(Timestamp::from_micros(start)));
        } else if let Some(Err(error)) = metric.map(|m| check_value(m, value)) {
            note(error);
        } else {
            kept.push(start, duration, value);
        }
    }
    block.samples = kept;
    Ok(reasons)
}

fn same_reason(a: &Error, b: &Error) -> bool {
    match (a, b) {
        (Error::InvalidValue { field: f, expected: e, .. }, Error::InvalidValue { field, expected, .. }) => {
            f == field && e == expected
        }
        _ => false,
    }
}

fn check_sleep(sleep: &mut SleepRecorded) -> Result<()> {
    span(sleep.start, sleep.end)?;
    if sleep.end.secs_since(sleep.start) > 2.0 * 86_400.0 {
        return Err(Error::invalid("sleep", "longer than two days", "an episode of at most 48 h"));
    }
    optional("asleep_min", &mut sleep.asleep_min, 0.0, 2880.0)?;
    optional("awake_min", &mut sleep.awake_min, 0.0, 2880.0)?;
    optional("vendor_score", &mut sleep.vendor_score, 0.0, 100.0)?;
    sleep.stages.iter().try_for_each(|stage| span(stage.start, stage.end))
}

fn check_workout(workout: &mut WorkoutRecorded) -> Result<()> {
    span(workout.start, workout.end)?;
    if workout.end.secs_since(workout.start) > 14.0 * 86_400.0 {
        return Err(Error::invalid("workout", "longer than two weeks", "a session of at most 14 days"));
    }
    optional("moving_s", &mut workout.moving_s, 0.0, 2e6)?;
    optional("distance_m", &mut workout.distance_m, 0.0, 1e8)?;
    optional("energy_kcal", &mut workout.energy_kcal, 0.0, 1e6)?;
    optional("heart_rate_mean", &mut workout.heart_rate_mean, 1.0, 300.0)?;
    optional("heart_rate_max", &mut workout.heart_rate_max, 1.0, 300.0)?;
    optional("power_mean_w", &mut workout.power_mean_w, 0.0, 30_000.0)?;
    optional("perceived_exertion", &mut workout.perceived_exertion, 0.0, 10.0)?;
    finite("ascent_m", workout.ascent_m)?;
    for quantity in &mut workout.statistics {
        finite(&quantity.name, Some(quantity.value))?;
        quantity.value += 0.0;
    }
    workout.laps.iter().try_for_each(|lap| span(lap.start, lap.end))
}

fn check_measurement(m: &mut MeasurementRecorded, at: Timestamp) -> Result<()> {
    finite(m.metric.as_str(), Some(m.value))?;
    m.value += 0.0;
    if let Some(start) = m.start {
        span(start, at)?;
    }
    let Some(metric) = Metric::find(m.metric.as_str()) else { return Ok(()) };
    if metric.unit != m.unit {
        return Err(Error::invalid(
            format!("{}.unit", metric.id),
            format_args!("`{}`", m.unit.chars().take(30).collect::<String>()),
            format!("`{}`", metric.unit),
        ));
    }
    m.value = check_value(metric, m.value)?.value;
    Ok(())
}

fn clock(content: &Content, now: Timestamp) -> Result<()> {
    let told = matches!(
        content.body,
        EventBody::MeetingAttended(_)
            | EventBody::MeetingPlanned(_)
            | EventBody::ProfileStated(_)
            | EventBody::MessageKept(_)
            | EventBody::TaskStarted(_)
            | EventBody::TaskCompleted(_)
            | EventBody::TaskDelayed(_)
            | EventBody::TaskPlanned(_)
            | EventBody::TaskReopened(_)
            | EventBody::Unknown(_)
            | EventBody::RecordDeleted(_)
            | EventBody::WindowRead(_)
    );
    let oldest = if told { OLDEST_TOLD } else { OLDEST };
    if content.at < oldest || content.at > now.plus_secs(AHEAD_S) {
        return Err(bad_time(content.at));
    }
    let entry = match &content.body {
        EventBody::MeetingPlanned(m) => &m.entry,
        EventBody::MeetingAttended(m) => &m.entry,
        _ => return Ok(()),
    };
    if entry.start < OLDEST_TOLD || entry.end > LATEST_TOLD { Err(bad_time(entry.start)) } else { Ok(()) }
}

fn bad_time(t: Timestamp) -> Error {
    let date = LocalDate::from_days(i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0));
    Error::invalid("time", date, "a day from 2000 on and at most one day ahead of the clock")
}

/// What was lived more than a day from UTC would be filed under another day than it is looked for.
fn offsets(stated: [Option<i32>; 2]) -> Result<()> {
    match stated.into_iter().flatten().find(|offset| offset.unsigned_abs() > 86_400) {
        Some(offset) => Err(Error::invalid("offset_s", offset, "at most 24 h from UTC")),
        None => Ok(()),
    }
}

fn span(start: Timestamp, end: Timestamp) -> Result<()> {
    if end < start {
        return Err(Error::invalid("end", "a time before its start", "a time at or after its start"));
    }
    Ok(())
}

fn finite(field: &str, value: Option<f64>) -> Result<()> {
    match value {
        Some(v) if !v.is_finite() => Err(Error::invalid(field, v, "a finite number")),
        _ => Ok(()),
    }
}

fn ordered(low_name: &str, low: f64, high_name: &str, high: f64) -> Result<()> {
    if low.is_finite() && high.is_finite() && low < high {
        return Ok(());
    }
    Err(Error::invalid(low_name, low, format!("a number below `{high_name}`")))
}

fn within(field: &str, value: &mut f64, min: f64, max: f64) -> Result<()> {
    if !value.is_finite() || *value < min || *value > max {
        return Err(Error::invalid(field, *value, format!("{min}..={max}")));
    }
    *value += 0.0;
    Ok(())
}

fn optional(field: &str, value: &mut Option<f64>, min: f64, max: f64) -> Result<()> {
    value.as_mut().map_or(Ok(()), |v| within(field, v, min, max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CaffeineConsumed, Origin};
    use crate::id::{MetricId, SourceId};

    fn now() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn block(metric: &str, unit: &str, rows: &[(i64, f64)]) -> SeriesBlock {
        SeriesBlock {
            metric: MetricId::new(metric).unwrap(),
            unit: unit.into(),
            origin: Origin::of(SourceId::new("s").unwrap()),
            offset_s: None,
            revision: 0,
            replaces: false,
            samples: Samples::new(
                rows.iter().map(|r| r.0).collect(),
                vec![],
                rows.iter().map(|r| r.1).collect(),
            )
            .unwrap(),
        }
    }

    #[test]
    fn impossible_samples_leave_with_a_reason_and_the_rest_stays() {
        let t = now().micros();
        let mut b = block(
            "heart_rate",
            "/min",
            &[(t, 60.0), (t + 1, 612.0), (t + 2, 0.0), (t + 3, 250.0), (1, 70.0)],
        );
        let refused = check_series(&mut b, now()).unwrap();
        assert_eq!(b.samples.values(), [60.0, 250.0]);
        let counts: Vec<u64> = refused.iter().map(|r| r.1).collect();
        assert_eq!(counts, vec![1, 2]);
        assert_eq!(refused[1].0.to_string(), "value of `heart_rate` is 612, expected 1..=300 /min");
    }

    #[test]
    fn beats_that_are_evidence_stay() {
        let t = now().micros();
        let mut b = block("rr_interval", "ms", &[(t, 150.0), (t + 1, 4000.0)]);
        assert!(check_series(&mut b, now()).unwrap().is_empty());
        assert_eq!(b.samples.len(), 2);
    }

    #[test]
    fn a_wrong_unit_refuses_the_block() {
        let mut b = block("body_temperature", "degF", &[(now().micros(), 98.0)]);
        assert!(check_series(&mut b, now()).unwrap_err().to_string().contains("expected `Cel`"));
    }

    #[test]
    fn clocks_that_were_never_set_or_run_ahead_are_refused() {
        for t in ["1999-12-31T00:00:00Z", "2026-03-02T13:00:00Z"] {
            let mut content = Content::new(
                Origin::of(SourceId::new("s").unwrap()),
                t.parse().unwrap(),
                CaffeineConsumed { amount_mg: 80.0 },
            );
            assert!(check_fact(&mut content, now()).is_err(), "{t}");
        }
    }
}
