//! Calendar, tasks, answers, notes and the other metrics of a day.

use super::Span;
use crate::error::Result;
use crate::view::{CalendarView, CheckInView, MeasurementView, MetricView, NoteView, ShareView, TasksView};
use std::collections::BTreeMap;
use twin_core::MetricId;
use twin_core::catalogue::{Aggregation, Metric};
use twin_core::event::{Busy as BusyKind, CalendarEntry, EventBody};
use twin_core::fold::DayState;
use twin_core::log::{Cutoff, Log};
use twin_core::sort::OrderBy;
use twin_models::work::calendar_load::{Busy, WorkDay, calendar_load};

/// Working hours where the person states none.
const WORK_FROM_H: i64 = 9;
const WORK_TO_H: i64 = 17;

/// Meetings of the day, from what took place and what is planned. An occurrence that took place
/// replaces its plan.
pub(super) fn calendar(
    log: &Log,
    day: &DayState,
    span: Span,
    _cutoff: Cutoff,
) -> Result<Option<CalendarView>> {
    let mut entries: BTreeMap<(&str, Option<&str>), (&CalendarEntry, bool)> = BTreeMap::new();
    for (_, body) in day.bodies() {
        let (entry, planned) = match body {
            EventBody::MeetingAttended(m) => (&m.entry, false),
            EventBody::MeetingPlanned(m) => (&m.entry, true),
            _ => continue,
        };
        let key = (entry.uid.as_str(), entry.occurrence.as_deref());
        let known = entries.entry(key).or_insert((entry, planned));
        if known.1 && !planned {
            *known = (entry, planned);
        }
    }
    if entries.is_empty() {
        return Ok(None);
    }
    let takes_time = |e: &CalendarEntry| {
        e.all_day_from.is_none()
            && e.cancelled != Some(true)
            && matches!(e.busy, BusyKind::Busy | BusyKind::Tentative)
    };
    let busy: Vec<Busy> = entries
        .values()
        .filter(|(e, _)| takes_time(e))
        .map(|(e, _)| Busy { start_us: e.start.micros(), end_us: e.end.micros() })
        .collect();
    let planned = entries.values().any(|(e, planned)| *planned && takes_time(e));
    let zone = log.context().zones.at(span.start);
    let hour = |h: i64| zone.instant_of_local(i64::from(day.date.days()) * 86_400 + h * 3600).micros();
    let works = match log.context().person.work_days.as_slice() {
        [] => day.date.weekday() < 5,
        days => days.contains(&u32::from(day.date.weekday())),
    };
    let from = hour(WORK_FROM_H);
    let work = WorkDay {
        start_us: span.start.micros(),
        end_us: span.end.micros(),
        work_start_us: from,
        work_end_us: if works { hour(WORK_TO_H) } else { from },
    };
    let load = calendar_load(&busy, &work);
    Ok(Some(CalendarView {
        meeting_h: load.meeting_h,
        meetings: load.meetings,
        longest_focus_h: load.longest_focus_h,
        back_to_back: load.back_to_back,
        outside_share: load.outside_share,
        planned,
    }))
}

pub(super) fn check_ins(day: &DayState) -> Vec<CheckInView> {
    let mut views = Vec::new();
    for (content, body) in day.bodies() {
        let EventBody::CheckInAnswered(answers) = body else { continue };
        views.extend(answers.scales.iter().map(|s| CheckInView {
            at: content.at,
            instrument: answers.instrument.clone(),
            scale: s.scale.clone(),
            value: s.value,
            min: s.min,
            max: s.max,
            higher_is_better: s.higher_is_better,
        }));
    }
    views
}

pub(super) fn measurements(day: &DayState) -> Vec<MeasurementView> {
    let view = |(content, body): (&twin_core::event::Content, &EventBody)| match body {
        EventBody::MeasurementRecorded(m) => Some(MeasurementView {
            at: content.at,
            metric: m.metric.to_string(),
            value: m.value,
            unit: m.unit.clone(),
            source: content.origin.source.to_string(),
        }),
        _ => None,
    };
    day.bodies().filter_map(view).collect()
}

pub(super) fn notes(day: &DayState) -> Vec<NoteView> {
    let mut views = Vec::new();
    for (content, body) in day.bodies() {
        let (kind, text, amount, unit) = match body {
            EventBody::SymptomNoted(s) => ("symptom", s.symptom.clone(), s.severity, None),
            EventBody::MedicationTaken(m) => ("medication", m.name.clone(), m.dose, m.unit.clone()),
            EventBody::CaffeineConsumed(c) => {
                ("caffeine", "caffeine".into(), Some(c.amount_mg), Some("mg".into()))
            }
            EventBody::AlcoholConsumed(a) if a.consumed => {
                ("alcohol", "alcohol".into(), a.drinks, Some("{drink}".into()))
            }
            _ => continue,
        };
        views.push(NoteView { at: content.at, kind: kind.into(), text, amount, unit });
    }
    views
}

pub(super) fn tasks(day: &DayState) -> Option<TasksView> {
    let mut view = TasksView { started: 0, completed: 0, delayed: 0, completed_h: None };
    for (_, body) in day.bodies() {
        match body {
            EventBody::TaskStarted(_) => view.started += 1,
            EventBody::TaskDelayed(_) => view.delayed += 1,
            EventBody::TaskCompleted(t) => {
                view.completed += 1;
                if let Some(seconds) = t.duration_s {
                    *view.completed_h.get_or_insert(0.0) += seconds / 3600.0;
                }
            }
            _ => {}
        }
    }
    (view.started + view.completed + view.delayed > 0).then_some(view)
}

pub(super) fn metrics(day: &DayState) -> Vec<MetricView> {
    let view = |(id, folded): (&MetricId, &twin_core::fold::MetricDay)| {
        let known = Metric::find(id.as_str());
        let sum = known.is_some_and(|m| m.aggregation == Aggregation::Sum);
        let all = folded.resolved.covered_us.max(1) as f64;
        let pieces = folded.resolved.n.max(1) as f64;
        let timed = folded.resolved.covered_us > 0;
        let mut sources: Vec<ShareView> = folded
            .resolved
            .parts
            .iter()
            .map(|p| ShareView {
                source: p.source.to_string(),
                share: if timed { p.covered_us as f64 / all } else { p.n as f64 / pieces },
            })
            .collect();
        sources.order_by(|a, b| b.share.total_cmp(&a.share));
        MetricView {
            metric: id.to_string(),
            unit: known.map(|m| m.unit.to_owned()),
            mean: if sum { None } else { folded.mean() },
            total: sum.then(|| folded.total()),
            min: folded.resolved.min as f64 / 1e6,
            max: folded.resolved.max as f64 / 1e6,
            samples: folded.sources.iter().map(|s| s.n).sum(),
            flagged: folded.sources.iter().map(|s| s.flagged).sum(),
            sources,
        }
    };
    day.metrics.iter().map(view).collect()
}
