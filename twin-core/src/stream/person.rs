//! One person's step: from a state and new events to the days that changed and the next state.

use super::input::Arrival;
use super::kept::{Added, Record, Shelf, Version};
use super::output::{Back, DayOut, Reason};
use super::settled::Reading;
use super::state::State;
use crate::error::{Error, Result};
use crate::event::EventBody;
use crate::fold::{Context, DayState};
use crate::id::{EventId, RecordKey, TwinId};
use crate::log::{Cutoff, DayReader, Log, date_in};
use crate::sort::Gather as _;
use crate::store::{STANDING, bucket_of};
use crate::time::{LocalDate, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a step gives.
pub(super) struct Stepped {
    pub(super) state: Vec<u8>,
    pub(super) days: Vec<DayOut>,
    pub(super) back: Vec<Back>,
    pub(super) refold: Option<(LocalDate, Reason)>,
    pub(super) timer: Option<Timestamp>,
}

/// A day with its bytes.
pub(super) struct Folded {
    pub(super) state: DayState,
    payload: Vec<u8>,
    hash: [u8; 16],
}

impl Folded {
    fn of(state: DayState) -> Result<Self> {
        let payload = state.encode()?;
        Ok(Self { hash: EventId::of("day", &[&payload]).0, state, payload })
    }
}

/// A step under way.
pub(super) struct Step<'a> {
    pub(super) twin: &'a TwinId,
    pub(super) state: State,
    pub(super) back: Vec<Back>,
    pub(super) refold: Option<(LocalDate, Reason)>,
    /// Standing records that this step's events replace.
    pub(super) stood: BTreeSet<RecordKey>,
    /// Days folded in this step.
    folded: BTreeMap<LocalDate, Folded>,
}

/// Takes new events into a state.
///
/// # Errors
/// What the state's bytes are to blame for; nothing has happened then.
pub(super) fn step(twin: &TwinId, bytes: &[u8], arrivals: Vec<Arrival>, now: Timestamp) -> Result<Stepped> {
    let state = if bytes.is_empty() { State::new() } else { State::decode(twin, bytes)? };
    Step::over(twin, state).run(arrivals, now)
}

impl<'a> Step<'a> {
    pub(super) fn over(twin: &'a TwinId, state: State) -> Self {
        Self { twin, state, back: Vec::new(), refold: None, stood: BTreeSet::new(), folded: BTreeMap::new() }
    }

    fn run(mut self, arrivals: Vec<Arrival>, now: Timestamp) -> Result<Stepped> {
        let seen_before = self.state.now > Timestamp::MIN;
        let stands = |key: RecordKey| self.state.kept.records.get(&key).is_some_and(Record::stands);
        let standing =
            arrivals.iter().any(|a| bucket_of(&a.event.content) == STANDING || stands(a.event.key()));
        // Nobody may read from the events while they are added to.
        let before = if standing { Some(self.log()?.context().clone()) } else { None };
        let was = self.state.now;
        self.state.now = was.max(now);
        let (touched, late) = self.add(arrivals);
        let log = self.log()?;
        let yesterday = seen_before.then(|| before.as_ref().unwrap_or(log.context()).zones.date_of(was));
        let mut dirty: BTreeSet<LocalDate> = BTreeSet::new();
        for version in &touched {
            dirty.extend(dates_of(log.context(), version));
        }
        if let Some(before) = &before {
            dirty.extend(self.state.days.keys());
            // Days that left are looked at by how far the facts reach.
            let held = |date: &LocalDate| *date >= self.state.from;
            let dates = self.state.kept.versions().flat_map(|v| dates_of(log.context(), v));
            dirty.extend(dates.filter(held));
            self.standing_changed(before, log.context(), &touched);
        }
        for version in &late {
            let dates = dates_of(log.context(), version);
            let first = dates.first().copied().unwrap_or_else(|| LocalDate::from_days(version.bucket));
            self.needs_refold(first, Reason::Late);
        }
        self.break_settled(&touched, log.context());
        self.hold_to_horizon(&mut dirty);

        let mut changed = Vec::new();
        let mut reader = DayReader::new(&log, log.context(), Cutoff::default());
        for date in dirty {
            if self.fold(&log, &mut reader, date)? {
                changed.push(date);
            }
        }
        let today = log.date_at(self.state.now);
        let mut given: BTreeSet<LocalDate> = changed.into_iter().gather();
        if let Some(yesterday) = yesterday.filter(|y| *y < today) {
            let over = self.state.days.range(yesterday..today).filter(|(_, mark)| mark.is_some());
            given.extend(over.map(|(date, _)| *date));
        }
        for date in &given {
            self.day(&log, &mut reader, *date)?;
        }
        let horizon = super::horizon(self.state.now);
        self.advance(&log, horizon)?;
        let midnight = log.context().zones.day_bounds(today).1;
        drop(reader);
        drop(log);
        let state = self.squeeze(today)?;
        let timer = (!self.state.days.is_empty()).then_some(midnight);
        let mut days = Vec::with_capacity(given.len());
        for date in given {
            if let Some(Folded { payload, hash, .. }) = self.folded.remove(&date) {
                days.push(DayOut { date, hash, payload, closed: date < today });
            }
        }
        Ok(Stepped { state, days, back: self.back, refold: self.refold, timer })
    }

    /// A log over what is kept.
    pub(super) fn log(&self) -> Result<Log> {
        Log::open(Box::new(Shelf(Arc::clone(&self.state.kept))), self.twin.clone(), 0)
    }

    /// Adds events; gives the versions whose days may change, and those that came too late to be kept.
    fn add(&mut self, arrivals: Vec<Arrival>) -> (Vec<Version>, Vec<Version>) {
        let (mut touched, mut late) = (Vec::new(), Vec::new());
        for arrival in arrivals {
            let Arrival { lane, row, event, bytes, samples } = arrival;
            let bucket = bucket_of(&event.content);
            let key = event.key();
            let standing = bucket == STANDING;
            let known = self.state.kept.records.contains_key(&key);
            let head = event.id.0.first_chunk::<8>().copied().unwrap_or_default();
            if !known && self.state.seen.contains(&(bucket, head)) {
                continue;
            }
            let keyed = key.0.first_chunk::<4>().copied().unwrap_or_default();
            let elsewhere = !known && !standing && self.state.gone.iter().any(|(_, head)| *head == keyed);
            let window = self.state.windows.get(&event.content.origin.source).copied();
            let cut = !standing
                && window.is_some_and(|w| w > event.clock)
                && event.content.at < super::day_start(self.state.from.plus_days(-1));
            let aims =
                matches!(event.content.body, EventBody::RecordCorrected(_) | EventBody::RecordDeleted(_));
            if aims && !known && (self.state.has_past() || !self.state.settled.is_empty()) {
                self.everything(Reason::UnseenVersion);
            }
            let too_late = !known && !standing && bucket < self.state.from.days().saturating_sub(1);
            let no_room = !standing && self.state.ceiling.is_some_and(|ceiling| bucket >= ceiling.days());
            let reason = match () {
                () if elsewhere || cut => Reason::UnseenVersion,
                () if too_late => Reason::Late,
                () if no_room => Reason::SqueezedOut,
                () => {
                    if self.state.kept.records.get(&key).is_some_and(Record::stands) {
                        self.stood.insert(key);
                    }
                    if let Added::Touched(versions) = self.state.kept_mut().add(event, bytes, samples) {
                        touched.extend(versions);
                    }
                    continue;
                }
            };
            match reason {
                Reason::UnseenVersion => self.everything(reason),
                Reason::Late => late.push(Version { event, bytes, bucket, trimmed: false }),
                _ => self.needs_refold(LocalDate::from_days(bucket), reason),
            }
            let message = "the state does not hold what this changes; the full engine does".into();
            self.back.push(Back { lane, row, count: 1, code: "needs_refold".into(), message });
        }
        (touched, late)
    }

    /// Folds a day; has it changed?
    fn fold(&mut self, log: &Log, reader: &mut DayReader<'_>, date: LocalDate) -> Result<bool> {
        if self.state.days.get(&date) == Some(&None) {
            self.needs_refold(date, Reason::Settled);
            return Ok(false);
        }
        let Some(day) = self.read(log, reader, date)? else {
            self.break_day(date);
            return Ok(false);
        };
        let known = self.state.days.get(&date).copied().flatten();
        let folded = Folded::of(day)?;
        let hash = (!folded.state.is_empty()).then_some(folded.hash);
        match hash {
            Some(_) => drop(self.state.days.insert(date, hash)),
            None => drop(self.state.days.remove(&date)),
        }
        self.folded.insert(date, folded);
        Ok(known != hash)
    }

    /// A day from what is held; `None` where that does not fit together any more.
    fn read(&self, log: &Log, reader: &mut DayReader<'_>, date: LocalDate) -> Result<Option<DayState>> {
        let mut day = reader.day(date)?;
        for ((_, metric), settled) in self.state.settled.iter().filter(|((d, _), _)| *d == date) {
            let live = reader.streams(date, metric)?;
            let reading = Reading { context: log.context(), date, metric };
            let Some(whole) = reading.whole(settled, live) else { return Ok(None) };
            day.metrics.insert(metric.clone(), whole);
        }
        Ok(Some(day))
    }

    /// A day that is held, folded once in a step.
    pub(super) fn day(
        &mut self,
        log: &Log,
        reader: &mut DayReader<'_>,
        date: LocalDate,
    ) -> Result<&DayState> {
        if !self.folded.contains_key(&date) {
            let day = self.read(log, reader, date)?;
            let day = day.ok_or_else(|| Error::Corrupt("the state bytes contradict themselves".into()))?;
            self.folded.insert(date, Folded::of(day)?);
        }
        let folded = self.folded.get(&date).map(|folded| &folded.state);
        folded.ok_or_else(|| Error::NotFound("a day that was just folded".into()))
    }
}

/// The civil days whose fold an event can change.
pub(super) fn dates_of(context: &Context, version: &Version) -> Vec<LocalDate> {
    let content = &version.event.content;
    match &content.body {
        EventBody::RecordDeleted(_) => Vec::new(),
        _ if version.bucket == STANDING => Vec::new(),
        EventBody::SeriesWritten(s) => {
            let around = version.bucket.saturating_sub(1)..=version.bucket.saturating_add(1);
            if s.replaces == Some(true) {
                return around.map(LocalDate::from_days).collect();
            }
            let date = |t: Timestamp| match content.start_offset_s {
                Some(offset) => {
                    LocalDate::from_days((t.secs() + i64::from(offset)).div_euclid(86_400) as i32)
                }
                None => context.zones.date_of(t),
            };
            let (first, last) = (date(s.start).days(), date(s.end).days());
            around.filter(|d| (first..=last).contains(d)).map(LocalDate::from_days).collect()
        }
        _ => vec![date_in(context, content)],
    }
}
