//! The edge between the specification's plain data and the engine's types.

use crate::spec::{Fact, Sample, Says, Series, Target, Window, metric};
use twin_core::event::{
    Busy, CaffeineConsumed, CalendarEntry, CheckInAnswered, Content, DeviceDescribed, DeviceKind, Event,
    EventBody, MeasurementRecorded, MeetingPlanned, MessageKept, Origin, ProfileStated, RecordCorrected,
    RecordDeleted, ScaleAnswer, SeriesWritten, SourcePrioritySet, TaskCompleted, TaskDelayed, TaskStarted,
    WindowRead, ZoneChanged,
};
use twin_core::observation::{Observation, SeriesBlock};
use twin_core::series::Samples;
use twin_core::{
    DeviceId, Hlc, LocalDate, MethodId, MetricId, RecordId, Result, SourceId, Timestamp, ZoneId,
};

/// What an adapter would hand over.
pub(super) fn observation(fact: &Fact) -> Result<Observation> {
    let Says::Series(series) = &fact.says else { return Ok(Observation::Fact(content(fact)?)) };
    if series.samples.is_empty() {
        return Ok(Observation::Fact(content(fact)?));
    }
    Ok(Observation::Series(SeriesBlock {
        metric: MetricId::new(series.metric)?,
        unit: metric(series.metric).unit.into(),
        origin: origin(fact)?,
        offset_s: fact.offset_s,
        revision: fact.revision,
        replaces: series.replaces,
        samples: samples(&series.samples)?,
    }))
}

/// The hashes of a fact that was let in: of what it says, of its samples, of its record's name.
pub(super) fn hashes(fact: &Fact) -> Result<[[u8; 16]; 3]> {
    let (event, _) = Event::seal(content(fact)?, Hlc::ZERO)?;
    let segment = match &fact.says {
        Says::Series(series) => samples(&series.samples)?.hash().0,
        _ => [0; 16],
    };
    Ok([event.id.0, segment, event.key().0])
}

fn samples(rows: &[Sample]) -> Result<Samples> {
    Samples::new(
        rows.iter().map(|s| s.start).collect(),
        rows.iter().map(|s| s.duration).collect(),
        rows.iter().map(|s| units(s.value)).collect(),
    )
}

/// A value from thousandths.
fn units(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

/// Thousandths of a value.
pub(super) fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

fn time(us: i64) -> Timestamp {
    Timestamp::from_micros(us)
}

fn origin(fact: &Fact) -> Result<Origin> {
    Ok(Origin {
        device: fact.device.as_deref().map(DeviceId::new).transpose()?,
        method: fact.method.as_deref().map(MethodId::new).transpose()?,
        ..Origin::of(SourceId::new(&fact.source)?)
    })
}

fn content(fact: &Fact) -> Result<Content> {
    let series = matches!(fact.says, Says::Series(_));
    Ok(Content {
        record: fact.record.as_deref().map(RecordId::new).transpose()?,
        revision: fact.revision,
        start_offset_s: fact.offset_s.filter(|_| series),
        end_offset_s: fact.offset_s,
        civil_date: fact.civil_day.map(LocalDate::from_days),
        ..Content::new(origin(fact)?, time(fact.at), body(&fact.says)?)
    })
}

fn body(says: &Says) -> Result<EventBody> {
    Ok(match says {
        Says::Caffeine(mg) => CaffeineConsumed { amount_mg: units(*mg) }.into(),
        Says::Answered(about, value) => {
            let answer = ScaleAnswer {
                scale: "mood".into(),
                value: units(*value),
                min: 0.0,
                max: 10.0,
                higher_is_better: None,
            };
            let about = about.map(LocalDate::from_days);
            CheckInAnswered { instrument: "diary".into(), scales: vec![answer], about, note: None }.into()
        }
        Says::Kept(name) => {
            MessageKept { format: "fit".into(), message: (*name).into(), fields: Vec::new() }.into()
        }
        Says::Measured(name, value) => MeasurementRecorded {
            metric: MetricId::new(*name)?,
            value: units(*value),
            unit: metric(name).unit.into(),
            start: None,
        }
        .into(),
        Says::Planned(start, end) => MeetingPlanned { entry: entry(*start, *end) }.into(),
        Says::TaskStarted(task, due) => TaskStarted { due: due.map(time), ..TaskStarted::of(task) }.into(),
        Says::TaskDelayed(task, due) => {
            TaskDelayed { task: task.clone(), due: due.map(time), reason: None }.into()
        }
        Says::TaskCompleted(task) => TaskCompleted::of(task).into(),
        Says::Series(series) => written(series)?.into(),
        Says::ZoneChanged(zone) => ZoneChanged { zone: ZoneId::new(*zone)? }.into(),
        Says::UsualZone(zone) => ProfileStated {
            born: None,
            sex: None,
            height_m: None,
            heart_rate_max: None,
            zone: Some(ZoneId::new(*zone)?),
            work_days: Vec::new(),
        }
        .into(),
        Says::Described(device, kind) => DeviceDescribed {
            device: device.as_deref().map(DeviceId::new).transpose()?,
            kind: device_kind(kind),
            manufacturer: None,
            model: None,
            software: None,
        }
        .into(),
        Says::Priority(name, order) => SourcePrioritySet {
            metric: name.map(MetricId::new).transpose()?,
            order: order.iter().map(SourceId::new).collect::<Result<_>>()?,
        }
        .into(),
        Says::Window(Window { source, start, end, complete, scope, seen }) => WindowRead {
            source: SourceId::new(source)?,
            start: time(*start),
            end: time(*end),
            complete: *complete,
            scope: scope.clone(),
            seen: seen.iter().map(RecordId::new).collect::<Result<_>>()?,
        }
        .into(),
        Says::Corrected(Target { source, record, revision }, instead) => RecordCorrected {
            source: SourceId::new(source)?,
            record: RecordId::new(record)?,
            revision: *revision,
            replacement: Box::new(body(instead)?),
            reason: None,
        }
        .into(),
        Says::Deleted(Target { source, record, revision }) => RecordDeleted {
            source: SourceId::new(source)?,
            record: RecordId::new(record)?,
            revision: *revision,
        }
        .into(),
    })
}

fn written(series: &Series) -> Result<SeriesWritten> {
    Ok(SeriesWritten {
        metric: MetricId::new(series.metric)?,
        unit: metric(series.metric).unit.into(),
        segment: samples(&series.samples)?.hash(),
        start: time(series.span.0),
        end: time(series.span.1),
        count: series.samples.len() as u64,
        replaces: series.replaces.then_some(true),
    })
}

fn entry(start: i64, end: i64) -> CalendarEntry {
    CalendarEntry {
        uid: "plan".into(),
        occurrence: None,
        start: time(start),
        end: time(end),
        all_day_from: None,
        all_day_until: None,
        busy: Busy::Busy,
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
    }
}

fn device_kind(kind: &str) -> DeviceKind {
    match kind {
        "strap" => DeviceKind::Strap,
        "watch" => DeviceKind::Watch,
        "phone" => DeviceKind::Phone,
        "scale" => DeviceKind::Scale,
        _ => DeviceKind::Unknown,
    }
}

/// What a fact of a folded day says; `None` for what no world tells.
pub(super) fn says(body: &EventBody) -> Option<Says> {
    Some(match body {
        EventBody::CaffeineConsumed(c) => Says::Caffeine(thousandths(c.amount_mg)),
        EventBody::CheckInAnswered(c) => {
            Says::Answered(c.about.map(LocalDate::days), thousandths(c.scales.first()?.value))
        }
        EventBody::MeasurementRecorded(m) if m.metric.as_str() == "body_weight" => {
            Says::Measured("body_weight", thousandths(m.value))
        }
        EventBody::MeetingPlanned(m) => Says::Planned(m.entry.start.micros(), m.entry.end.micros()),
        EventBody::TaskStarted(t) => Says::TaskStarted(t.task.clone(), t.due.map(Timestamp::micros)),
        EventBody::TaskDelayed(t) => Says::TaskDelayed(t.task.clone(), t.due.map(Timestamp::micros)),
        EventBody::TaskCompleted(t) => Says::TaskCompleted(t.task.clone()),
        _ => return None,
    })
}
