//! `record`, `record_series`, `correct`, `delete`: what hosts write themselves.

use crate::error::{Error, Result};
use crate::twin::Twin;
use twin_core::event::{Content, Event, EventBody, Origin, RecordCorrected, RecordDeleted, from_cloud_event};
use twin_core::log::{Intake, IntakeReport, Log};
use twin_core::observation::SeriesBlock;
use twin_core::series::{Samples, SeriesBuilder};
use twin_core::{Code, MetricId, RecordId, SourceId, Timestamp};
use twin_macros::payload;

/// What a write did.
#[payload(full)]
pub struct RecordedView {
    /// New events in the log.
    pub events: u64,
    /// New samples.
    pub samples: u64,
    /// Facts or blocks that were there already.
    pub duplicates: u64,
    /// Samples that were refused as impossible, with the first reason.
    pub refused: u64,
    /// The first reason.
    pub refused_example: Option<String>,
}

impl From<IntakeReport> for RecordedView {
    fn from(report: IntakeReport) -> Self {
        Self {
            events: report.events,
            samples: report.samples,
            duplicates: report.duplicates,
            refused: report.refused.iter().map(|r| r.count).sum(),
            refused_example: report.refused.into_iter().next().map(|r| r.example),
        }
    }
}

impl Twin {
    /// Records facts. All of them or none: a fact that cannot be refuses the call.
    ///
    /// # Errors
    /// `invalid_value` with the field, `consent_required`, `storage`, `conflict`.
    pub fn record(&self, facts: Vec<Content>) -> Result<RecordedView> {
        let (mut log, now) = self.enter_to_write()?;
        for fact in &facts {
            if matches!(fact.body, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_)) {
                return Err(Error::new(
                    Code::InvalidValue,
                    "consent is given with `grant` and `revoke`, not recorded",
                ));
            }
            twin_core::check::check_fact(&mut fact.clone(), now)?;
            fact.encode()?;
        }
        write(&mut log, now, |intake| facts.into_iter().try_for_each(|fact| intake.fact(fact)))
    }

    /// Records one fact given as a CloudEvents 1.0 JSON text.
    ///
    /// # Errors
    /// `malformed` when it is no such text, and as [`Twin::record`].
    pub fn record_json(&self, text: &str) -> Result<RecordedView> {
        self.record(vec![from_cloud_event(text)?])
    }

    /// Records samples of a metric as columns: `starts_us` UTC microseconds, `durations_us` empty for
    /// instants, `values` in `unit`. What a later call says of an instant replaces what an earlier one
    /// of the same source said.
    ///
    /// # Errors
    /// `invalid_value` for unequal columns, a number that is not finite or a wrong unit;
    /// `consent_required`, `storage`, `conflict`.
    pub fn record_series(
        &self,
        source: &str,
        metric: &str,
        unit: &str,
        starts_us: Vec<i64>,
        durations_us: Vec<i64>,
        values: Vec<f64>,
    ) -> Result<RecordedView> {
        let samples = Samples::new(starts_us, durations_us, values)?;
        let origin = Origin::of(SourceId::new(source)?);
        let metric = MetricId::new(metric)?;
        let (mut log, now) = self.enter_to_write()?;
        // Later than every write so far, also when the host's clock stands still or was set back.
        let now = now.max(log.now(Timestamp::MIN).plus_micros(1));
        let probe = SeriesBlock {
            metric: metric.clone(),
            unit: unit.to_owned(),
            origin: origin.clone(),
            offset_s: None,
            revision: 0,
            replaces: false,
            samples: Samples::empty(),
        };
        twin_core::check::check_series(&mut probe.clone(), now)?;
        // Cut by day, so that days can be folded and forgotten one by one.
        let mut builder = SeriesBuilder::new(u64::try_from(now.micros()).unwrap_or(0));
        let stream = builder.stream(&metric, unit, &origin);
        write(&mut log, now, |intake| {
            for (start, duration, value) in samples.iter() {
                builder.push(stream, start, duration, value, None, intake)?;
            }
            builder.finish(intake)
        })
    }

    /// Says what a record should have said. `record` is the source's id of it, or `event:<id>`.
    ///
    /// # Errors
    /// `not_found` when the source has no such record, and as [`Twin::record`].
    pub fn correct(
        &self,
        source: &str,
        record: &str,
        replacement: EventBody,
        reason: Option<String>,
    ) -> Result<RecordedView> {
        let (source, record) = (SourceId::new(source)?, RecordId::new(record)?);
        let (mut log, now) = self.enter_to_write()?;
        let (newest, at, content) = newest(&log, &source, &record)?;
        let correction = Content {
            origin: Origin::of(SourceId::new("person")?),
            record: None,
            revision: 0,
            at,
            body: RecordCorrected {
                source,
                record,
                revision: newest + 1,
                replacement: Box::new(replacement),
                reason,
            }
            .into(),
            ..content
        };
        twin_core::check::check_fact(&mut correction.clone(), now)?;
        write(&mut log, now, |intake| intake.fact(correction))
    }

    /// Takes a record back. `record` is the source's id of it, or `event:<id>`.
    ///
    /// # Errors
    /// `not_found` when the source has no such record, and as [`Twin::record`].
    pub fn delete(&self, source: &str, record: &str) -> Result<RecordedView> {
        let (source, record) = (SourceId::new(source)?, RecordId::new(record)?);
        let (mut log, now) = self.enter_to_write()?;
        let (revision, at, content) = newest(&log, &source, &record)?;
        let body = RecordDeleted { source, record, revision }.into();
        let origin = Origin::of(SourceId::new("person")?);
        let deletion = Content { origin, record: None, revision: 0, at, body, ..content };
        write(&mut log, now, |intake| intake.fact(deletion))
    }
}

fn newest(log: &Log, source: &SourceId, record: &RecordId) -> Result<(u64, Timestamp, Content)> {
    let key = twin_core::RecordKey::named(source, record);
    let mut newest: Option<Event> = None;
    let rank = |e: &Event| (e.revision(), e.deletes(), e.clock, e.id);
    let mut consent = false;
    log.store().versions(key, &mut |event| {
        consent |= matches!(event.content.body, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_));
        if newest.as_ref().is_none_or(|n| rank(event) > rank(n)) {
            newest = Some(event.clone());
        }
        Ok(())
    })?;
    let newest =
        newest.ok_or_else(|| Error::new(Code::NotFound, "the source has no such record in this twin"))?;
    if consent {
        return Err(Error::new(
            Code::InvalidValue,
            "consent is given and taken back with `grant` and `revoke`, never changed",
        ));
    }
    Ok((newest.revision(), newest.content.at, Content::clone(&newest.content)))
}

pub(super) fn write(
    log: &mut Log,
    now: Timestamp,
    fill: impl FnOnce(&mut Intake<'_>) -> twin_core::Result<()>,
) -> Result<RecordedView> {
    let mut intake = Intake::new(log, now).in_one_step();
    fill(&mut intake)?;
    Ok(intake.finish()?.0.into())
}
