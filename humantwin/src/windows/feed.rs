//! What windows are made of: resolved series, and facts of folded days.

use crate::error::Result;
use crate::insight::{day_view, recent_days};
use crate::view::DayView;
use std::collections::BTreeMap;
use twin_core::catalogue::{Aggregation, Metric};
use twin_core::event::{CalendarEntry, EventBody};
use twin_core::fold::DayState;
use twin_core::log::{Cutoff, Log};
use twin_core::{LocalDate, MetricId, Timestamp};
use twin_models::health::training::hr_max_by_age;

/// Where samples come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feed {
    /// A metric, resolved over its sources.
    Metric(&'static str),
    /// Sleep efficiency of main sleeps, at waking.
    Nights,
    /// Training sessions in percent of the highest heart rate.
    Intensity,
    /// Runs in metres per heartbeat.
    MetresPerBeat,
    /// Active minutes of days.
    ActiveMinutes,
    /// Meetings with others that took place.
    Meetings,
    /// Meetings with others that are over: 1 for one that took place, 0 for one that did not.
    Invitations,
}

/// A value over a span, or at an instant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) start_us: i64,
    pub(crate) end_us: i64,
    pub(crate) value: f64,
    /// The span of which `value` is the amount, where it can be shared.
    pub(crate) amount_us: Option<(i64, i64)>,
    pub(crate) source: String,
}

impl Sample {
    fn level(start: Timestamp, end: Timestamp, value: f64, source: &str) -> Self {
        let (start_us, end_us) = (start.micros(), end.micros());
        Self { start_us, end_us, value, amount_us: None, source: source.to_owned() }
    }

    fn instant(at: Timestamp, value: f64, source: &str) -> Self {
        Self::level(at, at, value, source)
    }
}

/// Over which time, and as seen from when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) cutoff: Cutoff,
    /// What is over by then has happened.
    pub(crate) moment: Timestamp,
}

/// A metric's resolved pieces.
pub(super) fn metric(log: &Log, metric: &MetricId, sight: Sight) -> Result<Vec<Sample>> {
    let sums = Metric::find(metric.as_str()).is_some_and(|m| m.aggregation == Aggregation::Sum);
    let pieces = log.resolved(metric, sight.from, sight.to, sight.cutoff)?;
    let sample = |(piece, source): (twin_core::fold::Piece, twin_core::SourceId)| Sample {
        start_us: piece.start_us,
        end_us: piece.end_us,
        value: piece.value,
        amount_us: (sums && piece.sample_us.1 > piece.sample_us.0).then_some(piece.sample_us),
        source: source.to_string(),
    };
    Ok(pieces.into_iter().map(sample).collect())
}

/// Samples of folded days; and why there are none, where more than data is missing.
pub(super) fn days(log: &mut Log, feed: Feed, sight: Sight) -> Result<(Vec<Sample>, Option<&'static str>)> {
    let Some((first, last)) = log.extent()? else { return Ok((Vec::new(), None)) };
    let from = first.max(log.date_at(sight.from).plus_days(-1));
    let to = last.min(log.date_at(sight.to).plus_days(1));
    let mut samples = Vec::new();
    if matches!(feed, Feed::Meetings | Feed::Invitations) {
        for_days(from, to, |date| {
            let day = folded(log, date, sight.cutoff)?;
            samples.extend(meetings(&day, feed, sight.moment));
            Ok(())
        })?;
        return Ok((samples, None));
    }
    let views = if sight.cutoff.at.is_none() && sight.cutoff.known_at.is_none() {
        recent_days(log, from, to)?
    } else {
        let mut views = Vec::new();
        for_days(from, to, |date| {
            let day = folded(log, date, sight.cutoff)?;
            if !day.is_empty() {
                views.push(day_view(log, &day, sight.cutoff)?);
            }
            Ok(())
        })?;
        views
    };
    let person = log.context().person.clone();
    let mut gap = None;
    for view in &views {
        let age = person.born.map(|born| f64::from(view.date.days() - born.days()) / 365.25);
        let highest = person.heart_rate_max.or_else(|| age.map(hr_max_by_age));
        if feed == Feed::Intensity && highest.is_none() && !view.sessions.is_empty() {
            gap = Some("neither the highest heart rate nor the date of birth is stated");
        }
        samples.extend(of_day(view, feed, highest));
    }
    Ok((samples, gap))
}

fn for_days(from: LocalDate, to: LocalDate, mut each: impl FnMut(LocalDate) -> Result<()>) -> Result<()> {
    (from.days()..=to.days()).try_for_each(|day| each(LocalDate::from_days(day)))
}

fn folded(log: &Log, date: LocalDate, cutoff: Cutoff) -> Result<DayState> {
    let past = cutoff.at.is_some() || cutoff.known_at.is_some();
    Ok(if past { log.day_until(date, cutoff)? } else { log.day(date)? })
}

fn of_day(view: &DayView, feed: Feed, highest: Option<f64>) -> Vec<Sample> {
    let sessions = view.sessions.iter();
    match feed {
        Feed::Nights => {
            let night = view.sleep.as_ref().and_then(|n| Some((n, n.efficiency?)));
            night.map(|(n, efficiency)| Sample::instant(n.wake, efficiency, &n.source)).into_iter().collect()
        }
        Feed::Intensity => sessions
            .filter_map(|s| {
                let percent = 100.0 * s.heart_rate_mean? / highest?;
                Some(Sample::level(s.start, s.end, percent, &s.source))
            })
            .collect(),
        Feed::MetresPerBeat => sessions
            .filter(|s| s.sport.contains("running") && s.duration_min > 0.0)
            .filter_map(|s| {
                let beats = s.heart_rate_mean.filter(|bpm| *bpm > 0.0)? * s.duration_min;
                Some(Sample::level(s.start, s.end, s.distance_m? / beats, &s.source))
            })
            .collect(),
        Feed::ActiveMinutes => {
            let active = view.activity.as_ref().and_then(|a| Some((a, a.active_min?)));
            let whole = |(a, minutes): (&crate::view::ActivityView, f64)| {
                let sources: Vec<&str> = a.step_sources.iter().map(|s| s.source.as_str()).collect();
                Sample::instant(view.start, minutes, &sources.join("+"))
            };
            active.map(whole).into_iter().collect()
        }
        Feed::Metric(_) | Feed::Meetings | Feed::Invitations => Vec::new(),
    }
}

/// Meetings with others of a day, each occurrence once; what took place replaces its plan.
fn meetings(day: &DayState, feed: Feed, moment: Timestamp) -> Vec<Sample> {
    let mut entries: BTreeMap<(&str, Option<&str>), (&CalendarEntry, bool, &str)> = BTreeMap::new();
    for (content, body) in day.bodies() {
        let (entry, took_place) = match body {
            EventBody::MeetingAttended(m) => (&m.entry, true),
            EventBody::MeetingPlanned(m) => (&m.entry, false),
            _ => continue,
        };
        let row = (entry, took_place && entry.cancelled != Some(true), content.origin.source.as_str());
        let known = entries.entry((entry.uid.as_str(), entry.occurrence.as_deref())).or_insert(row);
        if took_place {
            *known = row;
        }
    }
    let with_others = |e: &CalendarEntry| e.all_day_from.is_none() && e.others != Some(0) && e.end <= moment;
    entries
        .into_values()
        .filter(|(entry, took_place, _)| with_others(entry) && (*took_place || feed == Feed::Invitations))
        .map(|(e, took_place, source)| Sample::instant(e.start, f64::from(u8::from(took_place)), source))
        .collect()
}
