//! The way in: checks, ids, clocks, batches.

use super::refresh::read_day;
use super::{Log, meta, write_clock};
use crate::check::{check_fact, check_series};
use crate::error::{Error, Result};
use crate::event::{Content, Event, EventBody, SeriesWritten, WindowRead};
use crate::fold::{DayState, MetricDay};
use crate::id::RecordKey;
use crate::observation::{Observation, Refusal, SeriesBlock, Sink, Warning};
use crate::store::{Batch, Note, Outcome, STANDING, Sealed, Table, bucket_of};
use crate::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use twin_macros::payload;

/// Facts in one durable step.
const BATCH_EVENTS: usize = 1000;
/// Samples in one durable step.
const BATCH_SAMPLES: usize = 1_000_000;
/// Refused records kept word for word for one intake; all are counted.
const KEPT_REFUSALS: usize = 10_000;

/// What an intake did.
#[payload]
#[derive(Default)]
pub struct IntakeReport {
    /// Observations handed over.
    pub observations: u64,
    /// New events in the log.
    pub events: u64,
    /// Samples in the new events' segments.
    pub samples: u64,
    /// Observations that were there already.
    pub duplicates: u64,
    /// Samples of series that were there already.
    pub duplicate_samples: u64,
    /// What was refused, by reason and subject.
    pub refused: Vec<RefusedCount>,
    /// Oddities that lost nothing.
    pub warnings: Vec<Warning>,
}

/// How often something was refused, and the first example.
#[payload]
pub struct RefusedCount {
    /// The stable word of the reason.
    pub code: String,
    /// What it was about.
    pub subject: String,
    /// How many records or samples.
    pub count: u64,
    /// The first one's message.
    pub example: String,
}

/// Takes observations into a log: a [`Sink`] for adapters. Call [`Intake::finish`] at the end; what
/// was acknowledged by then, or by an earlier batch, is durable.
pub struct Intake<'a> {
    log: &'a mut Log,
    now: Timestamp,
    batch: Batch,
    samples: usize,
    counts: Vec<u64>,
    report: IntakeReport,
    refusals: Vec<Refusal>,
    progress: Option<&'a mut dyn FnMut(u64) -> Result<()>>,
    whole: bool,
}

impl<'a> Intake<'a> {
    /// An intake at the host's time `now`.
    pub fn new(log: &'a mut Log, now: Timestamp) -> Self {
        Self {
            log,
            now,
            batch: Batch::default(),
            samples: 0,
            counts: Vec::new(),
            report: IntakeReport::default(),
            refusals: Vec::new(),
            progress: None,
            whole: false,
        }
    }

    /// Is told how many bytes were read; an error from it stops the reading.
    #[must_use]
    pub fn with_progress(mut self, progress: &'a mut dyn FnMut(u64) -> Result<()>) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Writes everything in one durable step at the end: all of it or nothing. For what is in memory anyway.
    #[must_use]
    pub const fn in_one_step(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Writes what is left and returns the report with the refused records.
    ///
    /// # Errors
    /// `storage`, `conflict`.
    pub fn finish(mut self) -> Result<(IntakeReport, Vec<Refusal>)> {
        self.flush()?;
        Ok((self.report, self.refusals))
    }

    /// The report so far.
    #[must_use]
    pub const fn report(&self) -> &IntakeReport {
        &self.report
    }

    /// Takes a fact.
    ///
    /// # Errors
    /// `invalid_value` when the fact cannot be; `storage`, `conflict`.
    pub fn fact(&mut self, mut content: Content) -> Result<()> {
        check_fact(&mut content, self.now)?;
        self.push(content, 0)
    }

    /// Takes a block of samples. Impossible samples are refused, the rest is taken.
    ///
    /// # Errors
    /// `invalid_value` when the unit is wrong; `storage`, `conflict`.
    pub fn series(&mut self, mut block: SeriesBlock) -> Result<()> {
        for (reason, count) in check_series(&mut block, self.now)? {
            self.count_refused(Refusal::from(&reason).times(count));
        }
        let Some((start, end)) = block.samples.span() else { return Ok(()) };
        let count = block.samples.len();
        let samples = Arc::new(block.samples);
        let hash = samples.hash();
        let body = SeriesWritten {
            metric: block.metric,
            unit: block.unit,
            segment: hash,
            start,
            end,
            count: count as u64,
            replaces: block.replaces.then_some(true),
        };
        let content = Content {
            at: end,
            origin: block.origin,
            record: None,
            revision: block.revision,
            start_offset_s: block.offset_s,
            end_offset_s: block.offset_s,
            civil_date: None,
            body: body.into(),
        };
        self.batch.segments.push((hash, samples));
        self.samples += count;
        self.push(content, count as u64)
    }

    fn push(&mut self, content: Content, samples: u64) -> Result<()> {
        let clock = self.log.clock.tick(self.now);
        let (event, bytes) = Event::seal(content, clock)?;
        self.batch.events.push(Sealed { event, bytes });
        self.counts.push(samples);
        let full = self.batch.events.len() >= BATCH_EVENTS || self.samples >= BATCH_SAMPLES;
        if full && !self.whole { self.flush() } else { Ok(()) }
    }

    /// Writes the batch: one durable step.
    ///
    /// # Errors
    /// `storage`, `conflict`; the batch is then kept and can be written again.
    pub fn flush(&mut self) -> Result<()> {
        if self.batch.events.is_empty() {
            return Ok(());
        }
        let outcomes = self.log.take_in(&mut self.batch)?;
        self.batch = Batch::default();
        self.samples = 0;
        for (outcome, samples) in outcomes.iter().zip(self.counts.drain(..)) {
            if matches!(outcome, Outcome::Duplicate | Outcome::Earlier) {
                self.report.duplicates += 1;
                self.report.duplicate_samples += samples;
            } else {
                self.report.events += 1;
                self.report.samples += samples;
            }
        }
        Ok(())
    }

    fn count_refused(&mut self, refusal: Refusal) {
        let count = refusal.count;
        let same = |r: &&mut RefusedCount| r.code == refusal.code && r.subject == refusal.subject;
        match self.report.refused.iter_mut().find(same) {
            Some(known) => known.count += count,
            None => self.report.refused.push(RefusedCount {
                code: refusal.code.clone(),
                subject: refusal.subject.clone(),
                count,
                example: refusal.message.clone(),
            }),
        }
        if self.refusals.len() < KEPT_REFUSALS {
            self.refusals.push(refusal);
        }
    }
}

impl Sink for Intake<'_> {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        self.report.observations += 1;
        let taken = match observation {
            Observation::Fact(content) => self.fact(content),
            Observation::Series(block) => self.series(block),
        };
        match taken {
            Err(error @ (Error::InvalidValue { .. } | Error::Malformed { .. })) => {
                self.count_refused(Refusal::from(&error));
                Ok(())
            }
            other => other,
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.count_refused(refusal);
    }

    fn warn(&mut self, warning: Warning) {
        if !self.report.warnings.contains(&warning) && self.report.warnings.len() < 1000 {
            self.report.warnings.push(warning);
        }
    }

    fn progress(&mut self, bytes: u64) -> Result<()> {
        self.progress.as_mut().map_or(Ok(()), |progress| progress(bytes))
    }
}

impl Log {
    /// Writes a batch of events in one durable step and lets the state know what it touches.
    pub(super) fn take_in(&mut self, batch: &mut Batch) -> Result<Vec<Outcome>> {
        // What is new may belong to the day that is being joined.
        self.joining = None;
        let clock = write_clock(self.clock.last());
        batch.notes = vec![Note { table: Table::Meta, key: meta::CLOCK, body: Some(clock) }];
        let outcomes = self.store.commit(batch)?;
        let (mut standing, mut reshaped) = (false, false);
        for (sealed, outcome) in batch.events.iter().zip(&outcomes) {
            if *outcome != Outcome::Duplicate {
                standing |= bucket_of(&sealed.event.content) == STANDING;
                reshaped |= *outcome != Outcome::New && self.stands(sealed.event.key())?;
                self.touch(&sealed.event, *outcome)?;
            }
        }
        if standing || reshaped {
            self.standing_changed(batch, reshaped)?;
        }
        Ok(outcomes)
    }

    /// Brings the folded days in memory up to a new event, or lets them go.
    fn touch(&mut self, event: &Event, outcome: Outcome) -> Result<()> {
        let bucket = bucket_of(&event.content);
        if bucket == STANDING || self.hot.is_empty() {
            return Ok(());
        }
        let plain = outcome == Outcome::New
            && !matches!(
                event.content.body,
                EventBody::SeriesWritten(_) | EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_)
            )
            && !self.context.cut_by_window(event, event.key());
        if plain {
            let date = self.date_of(&event.content);
            if let Some(day) = self.hot.get_mut(&date) {
                day.add(event);
            }
            return Ok(());
        }
        let mut buckets = vec![bucket];
        if outcome != Outcome::New {
            self.store.versions(event.key(), &mut |other| {
                buckets.push(bucket_of(&other.content));
                Ok(())
            })?;
        }
        self.hot.retain(|date, _| buckets.iter().all(|b| date.days().abs_diff(*b) > 1));
        Ok(())
    }

    /// Is a version of a record a standing fact?
    fn stands(&self, key: RecordKey) -> Result<bool> {
        let mut stands = false;
        self.store.versions(key, &mut |event| {
            stands |= bucket_of(&event.content) == STANDING;
            Ok(())
        })?;
        Ok(stands)
    }

    /// New standing facts: reads them in and marks the days whose reading they change; all days where
    /// one was corrected or deleted (`reshaped`).
    fn standing_changed(&mut self, batch: &Batch, reshaped: bool) -> Result<()> {
        let before = std::mem::take(&mut self.context);
        self.context = self.context_until(None)?;
        let mut everything = reshaped || before.zone_changes.first() != self.context.zone_changes.first();
        let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
        let zones = (&before.zone_changes, &self.context.zone_changes);
        if zones.0 != zones.1 {
            let differ = zones.0.iter().zip(zones.1).find(|(a, b)| a != b).map(|(a, b)| a.0.min(b.0));
            let longer = || zones.0.get(zones.1.len()).or_else(|| zones.1.get(zones.0.len())).map(|c| c.0);
            if let Some(from) = differ.or_else(longer) {
                spans.push((from, Timestamp::MAX));
            }
        }
        let other_kind = before.described_otherwise(&self.context);
        let mut windows = Vec::new();
        for sealed in &batch.events {
            match sealed.event.content.body.held() {
                EventBody::SourcePrioritySet(_) => everything = true,
                EventBody::WindowRead(w) if w.complete => {
                    spans.push((w.start, w.end));
                    windows.push(w);
                }
                _ => {}
            }
        }
        let day = |t: Timestamp| t.secs().div_euclid(86_400);
        let mut dirty = BTreeSet::new();
        self.store.notes(Table::Day, i64::MIN..=i64::MAX, &mut |date, bytes| {
            let within = everything || spans.iter().any(|(s, e)| (day(*s) - 2..=day(*e) + 2).contains(&date));
            let concerns = || {
                let sources = |m: &MetricDay| m.sources.iter().any(|s| other_kind.contains(&s.source));
                read_day(bytes).is_ok_and(|d| {
                    d.metrics.values().any(sources) || windows.iter().any(|w| may_concern(w, &d))
                })
            };
            if within || ((!other_kind.is_empty() || !windows.is_empty()) && concerns()) {
                // What moves to another zone may move by two days.
                dirty.extend(date - 1..=date + 1);
            }
            Ok(())
        })?;
        if reshaped {
            // A day that a window had emptied has no row.
            self.store.scan(STANDING + 1..=i32::MAX, &mut |event| {
                dirty.insert(i64::from(bucket_of(&event.content)));
                Ok(())
            })?;
        }
        // Also days without a row may be in memory, and were read with the standing facts of before.
        self.hot.clear();
        let mut notes = vec![Note { table: Table::Dirty, key: i64::from(STANDING), body: None }];
        let marked = |key| Note { table: Table::Dirty, key, body: Some(vec![1]) };
        notes.extend(dirty.into_iter().map(marked));
        self.put_notes(notes)
    }
}

/// Plans and facts that state their day may lie in a window far from the day they are folded into.
fn may_concern(window: &WindowRead, day: &DayState) -> bool {
    let span = window.start..window.end;
    let kept = || window.scope.is_empty() || window.scope.iter().any(|s| s == "source.message_kept");
    day.facts.values().any(|fact| fact.origin.source == window.source && span.contains(&fact.at))
        || (!day.kept.is_empty() && kept())
}
