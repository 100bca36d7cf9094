use super::Passed;
use super::entry::{Details, met_or_planned, origin, ranked, record_id, text};
use super::moment::{Moment, Scene};
use super::scan::Doubts;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Type, ICalendarDuration, ICalendarEntry,
    ICalendarFreeBusyType, ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod,
    ICalendarProperty as Property, ICalendarStatus, ICalendarValue,
};
use twin_core::event::{
    Busy, CalendarEntry, Content, EventBody, KeptField, KeptValue, MessageKept, TaskCompleted, TaskStarted,
};
use twin_core::observation::{Observation, Refusal, Sink};
use twin_core::{EventId, Result, Timestamp};

/// Hands over tasks, journals and free-busy times.
pub(super) fn read(
    calendars: &[ICalendar],
    doubts: &Doubts,
    scene: &Scene<'_>,
    sink: &mut dyn Sink,
) -> Result<Passed> {
    let mut passed = Passed::default();
    for (at, calendar) in calendars.iter().enumerate() {
        for (place, component) in calendar.components.iter().enumerate() {
            if !matches!(component.component_type, Type::VTodo | Type::VJournal | Type::VFreebusy) {
                continue;
            }
            let kind = component.component_type.as_str();
            if doubts.truncated.contains(&(at, place)) {
                sink.refuse(Refusal::new("truncated", kind, "the file breaks off in it"));
                continue;
            }
            let details = Details::read(component, false, scene);
            let uid = uid(component, &details);
            if component.component_type == Type::VFreebusy {
                free_busy(component, &uid, &details, scene, sink)?;
                continue;
            }
            if component.is_recurrent() {
                passed.count("repetitions of tasks and journals are not followed");
            }
            let fact = if component.component_type == Type::VTodo {
                task(component, &uid, &details, scene)
            } else {
                kept(component, &uid, &details)
            };
            sink.accept(Observation::Fact(ranked(fact, details.revision)))?;
        }
    }
    Ok(passed)
}

fn uid(component: &ICalendarComponent, details: &Details) -> String {
    text(component, &Property::Uid).unwrap_or_else(|| {
        let start = Moment::of_property(component, &Property::Dtstart).map(|m| m.text()).unwrap_or_default();
        let title = details.title.as_deref().unwrap_or_default();
        format!("no-uid-{}", EventId::of("calendar", &[start.as_bytes(), title.as_bytes()]))
    })
}

/// The instants of a period; `None` when it cannot be read or ends before it starts.
pub(super) fn period(
    period: &ICalendarPeriod,
    tzid: Option<&str>,
    scene: &Scene<'_>,
) -> Option<(Timestamp, Timestamp)> {
    let (start, end) = match period {
        ICalendarPeriod::Range { start, end } => {
            (scene.instant(&Moment::of(start, tzid)?), scene.instant(&Moment::of(end, tzid)?))
        }
        ICalendarPeriod::Duration { start, duration } => {
            let start = scene.instant(&Moment::of(start, tzid)?);
            (start, start.plus_secs(seconds_of(duration)))
        }
    };
    (end >= start).then_some((start, end))
}

fn seconds_of(duration: &ICalendarDuration) -> i64 {
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds = days * 86_400
        + i64::from(duration.hours) * 3600
        + i64::from(duration.minutes) * 60
        + i64::from(duration.seconds);
    if duration.neg { -seconds } else { seconds }
}

/// Each period is an entry without a title, known by its number.
fn free_busy(
    component: &ICalendarComponent,
    uid: &str,
    details: &Details,
    scene: &Scene<'_>,
    sink: &mut dyn Sink,
) -> Result<()> {
    let mut number = 0_u64;
    for entry in component.properties(&Property::Freebusy) {
        let busy = match entry.parameter(&ICalendarParameterName::Fbtype) {
            Some(ICalendarParameterValue::Fbtype(kind)) => match kind {
                ICalendarFreeBusyType::Free => Busy::Free,
                ICalendarFreeBusyType::Busy => Busy::Busy,
                ICalendarFreeBusyType::BusyUnavailable => Busy::OutOfOffice,
                ICalendarFreeBusyType::BusyTentative => Busy::Tentative,
            },
            _ => Busy::Busy,
        };
        for value in &entry.values {
            number += 1;
            let span = match value {
                ICalendarValue::Period(value) => period(value, entry.tz_id(), scene),
                _ => None,
            };
            let Some((start, end)) = span else {
                sink.refuse(Refusal::new(
                    "bad_time",
                    format!("VFREEBUSY period {number}"),
                    "it cannot be read",
                ));
                continue;
            };
            let key = number.to_string();
            let entry = CalendarEntry {
                uid: uid.to_owned(),
                occurrence: Some(key.clone()),
                start,
                end,
                all_day_from: None,
                all_day_until: None,
                busy,
                title: None,
                others: None,
                people: Vec::new(),
                organiser: None,
                organised_by: None,
                cancelled: None,
                declined: None,
                declined_by: Vec::new(),
                categories: Vec::new(),
                zone: None,
            };
            let fact = met_or_planned(entry, details.made_at, uid, Some(&key), scene);
            sink.accept(Observation::Fact(ranked(fact, details.revision)))?;
        }
    }
    Ok(())
}

/// A task that was completed or is begun; of others only the text is kept.
fn task(component: &ICalendarComponent, uid: &str, details: &Details, scene: &Scene<'_>) -> Content {
    let instant = |name| Moment::of_property(component, name).map(|m| scene.instant(&m));
    let past = |at: Option<Timestamp>| at.filter(|at| *at <= scene.now);
    let status = component.status();
    let cancelled = status == Some(&ICalendarStatus::Cancelled);
    if let (Some(at), false) = (past(instant(&Property::Completed)), cancelled) {
        let body = TaskCompleted { title: details.title.clone(), ..TaskCompleted::of(uid) };
        return Content { record: Some(record_id("done", uid, None)), ..Content::new(origin(), at, body) };
    }
    let percent = component.property(&Property::PercentComplete).and_then(|e| e.values.first()?.as_integer());
    let begun = match status {
        Some(ICalendarStatus::InProcess) => true,
        None => percent.is_some_and(|p| (1..100).contains(&p)),
        Some(_) => false,
    };
    if let (Some(at), true) = (past(instant(&Property::Dtstart)), begun) {
        let body = TaskStarted {
            title: details.title.clone(),
            estimate_s: estimate(component),
            due: instant(&Property::Due),
            ..TaskStarted::of(uid)
        };
        return Content { record: Some(record_id("started", uid, None)), ..Content::new(origin(), at, body) };
    }
    kept(component, uid, details)
}

fn estimate(component: &ICalendarComponent) -> Option<f64> {
    let duration = component.property(&Property::EstimatedDuration)?.values.first()?;
    match duration {
        ICalendarValue::Duration(d) if !d.neg => Some(seconds_of(d) as f64),
        _ => None,
    }
}

/// A component word for word, without the people in it, at the moment it was written.
fn kept(component: &ICalendarComponent, uid: &str, details: &Details) -> Content {
    let people = |e: &&ICalendarEntry| {
        !matches!(
            e.name,
            Property::Attendee | Property::Organizer | Property::Contact | Property::CalendarAddress
        )
    };
    let fields = component
        .entries
        .iter()
        .filter(people)
        .map(|e| KeptField { name: e.name.as_str().to_owned(), value: value(e), unit: None })
        .collect();
    let body = MessageKept {
        format: "icalendar".into(),
        message: component.component_type.as_str().to_owned(),
        fields,
    };
    Content {
        record: Some(record_id("kept", uid, None)),
        ..Content::new(origin(), details.made_at, EventBody::from(body))
    }
}

fn value(entry: &ICalendarEntry) -> KeptValue {
    if let [ICalendarValue::Integer(n)] = entry.values.as_slice() {
        return KeptValue::Integer(*n);
    }
    let text = |value: &ICalendarValue| match value {
        ICalendarValue::PartialDateTime(v) => Moment::of(v, entry.tz_id()).map(|m| m.text()),
        other => other.clone().into_text().map(|t| t.into_owned()),
    };
    KeptValue::Text(entry.values.iter().filter_map(text).collect::<Vec<_>>().join(","))
}
