//! One person's step: from a state and new events to the days that changed and the next state.

use super::kept::{Added, Record, Shelf, Version};
use super::output::{Back, DayOut, Reason};
use super::input::Arrival;
use super::settled::Reading;
use super::state::State;
use crate::error::{Error, Result};
use crate::event::EventBody;
use crate::fold::{Context, DayState};
use crate::id::{EventId, RecordKey, TwinId};
use crate::log::{Cutoff, DayReader, Log, date_in};
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

/// A step under way.
pub(super) struct Step<'a> {
    pub(super) twin: &'a TwinId,
    pub(super) state: State,
    pub(super) back: Vec<Back>,
    pub(super) refold: Option<(LocalDate, Reason)>,
    /// Standing records that this step's events replace.
    stood: BTreeSet<RecordKey>,
    /// Days folded in this step.
    folded: BTreeMap<LocalDate, DayState>,
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
        let standing = arrivals.iter().any(|a| bucket_of(&a.event.content) == STANDING || stands(a.event.key()));
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
            for version in self.state.kept.versions() {
                dirty.extend(dates_of(log.context(), version));
            }
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
        let mut given: BTreeSet<LocalDate> = changed.into_iter().collect();
        if let Some(yesterday) = yesterday.filter(|y| *y < today) {
            let over = self.state.days.range(yesterday..today).filter(|(_, mark)| mark.is_some());
            given.extend(over.map(|(date, _)| *date));
        }
        let mut days = Vec::with_capacity(given.len());
        for date in given {
            let day = self.day(&log, &mut reader, date)?;
            let payload = day.encode()?;
            days.push(DayOut { date, hash: EventId::of("day", &[&payload]).0, payload, closed: date < today });
        }
        let horizon = super::horizon(self.state.now);
        self.advance(&log, horizon)?;
        drop(log);
        let state = self.squeeze(today)?;
        let midnight = |log: Log| log.context().zones.day_bounds(today).1;
        let timer = if self.state.days.is_empty() { None } else { Some(midnight(self.log()?)) };
        Ok(Stepped { state, days, back: self.back, refold: self.refold, timer })
    }

    /// A log over what is kept.
    pub(super) fn log(&self) -> Result<Log> {
        Log::open(Box::new(Shelf(Arc::clone(&self.state.kept))), self.twin.clone(), 0)
    }

    /// Notes that the full engine must fold days again. Before the horizon, what was carried is then
    /// not known any more.
    pub(super) fn needs_refold(&mut self, from: LocalDate, reason: Reason) {
        let from = self.state.first.map_or(from, |first| from.max(first.min(self.state.from)));
        if from < self.state.from {
            self.state.carry = None;
        }
        if self.refold.is_none_or(|known| (from, reason) < known) {
            self.refold = Some((from, reason));
        }
    }

    /// From the first day there is.
    fn everything(&mut self, reason: Reason) {
        if let Some(first) = self.state.first {
            self.needs_refold(first, reason);
        } else if self.state.has_past() {
            self.needs_refold(self.state.from.plus_days(-1), reason);
        }
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
            let aims = matches!(event.content.body, EventBody::RecordCorrected(_) | EventBody::RecordDeleted(_));
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

    /// What standing facts change in days that are not held any more.
    fn standing_changed(&mut self, before: &Context, after: &Context, touched: &[Version]) {
        let (old, new) = (&before.zone_changes, &after.zone_changes);
        let mut reach: Option<Timestamp> = None;
        let mut reaches = |t: Timestamp| reach = Some(reach.map_or(t, |r| r.min(t)));
        if old.first() != new.first() {
            reaches(Timestamp::MIN);
        }
        for i in 0..old.len().max(new.len()) {
            let (a, b) = (old.get(i), new.get(i));
            if a != b {
                a.into_iter().chain(b).for_each(|(t, _)| reaches(*t));
            }
        }
        for version in touched {
            let content = &version.event.content;
            match &content.body {
                EventBody::SourcePrioritySet(_) => reaches(Timestamp::MIN),
                EventBody::DeviceDescribed(_)
                    if before.device_kind(&content.origin) != after.device_kind(&content.origin) =>
                {
                    reaches(Timestamp::MIN);
                }
                EventBody::WindowRead(w) if w.complete => reaches(w.start),
                EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_) => {
                    if self.reshapes(version) {
                        reaches(Timestamp::MIN);
                    }
                }
                _ => {}
            }
        }
        let Some(reach) = reach.filter(|_| self.state.has_past()) else { return };
        let day = LocalDate::from_days(i32::try_from(reach.secs().div_euclid(86_400)).unwrap_or(i32::MIN)).plus_days(-2);
        if day < self.state.from {
            self.needs_refold(day, Reason::StandingFact);
        }
    }

    /// Does a correction or deletion concern a standing fact, or one that is not held?
    fn reshapes(&self, version: &Version) -> bool {
        let others = self.state.kept.records.get(&version.event.key());
        version.bucket == STANDING || others.is_none_or(Record::stands) || self.stood.contains(&version.event.key())
    }

    /// Takes from the dirty days those that are not held.
    fn hold_to_horizon(&mut self, dirty: &mut BTreeSet<LocalDate>) {
        if let Some(first) = dirty.first().copied().filter(|d| *d < self.state.from) {
            self.needs_refold(first, Reason::Late);
        }
        dirty.retain(|date| *date >= self.state.from);
        if let Some(ceiling) = self.state.ceiling {
            if let Some(first) = dirty.range(ceiling..).next().copied() {
                self.needs_refold(first, Reason::SqueezedOut);
            }
            dirty.retain(|date| *date < ceiling);
        }
    }

    /// Days of which a settled part has changed must be folded again by the full engine.
    fn break_settled(&mut self, touched: &[Version], context: &Context) {
        if self.state.settled.is_empty() {
            return;
        }
        let mut broken = BTreeSet::new();
        for version in touched {
            match &version.event.content.body {
                EventBody::SeriesWritten(s) => {
                    let whole = self.state.kept.segments.get(&s.segment).filter(|_| !version.trimmed);
                    let samples = whole.and_then(|segment| segment.samples().ok());
                    for date in dates_of(context, version) {
                        let Some(settled) = self.state.settled.get(&(date, s.metric.clone())) else { continue };
                        let (from, to) = super::day_span(context, version, date);
                        let early = |t: &i64| (from..to).contains(t) && *t < settled.upto_us;
                        let withdraws = s.replaces == Some(true) && s.start.micros() < settled.upto_us;
                        if version.trimmed || withdraws || samples.as_ref().is_none_or(|s| s.starts_us().iter().any(early)) {
                            broken.insert(date);
                        }
                    }
                }
                EventBody::WindowRead(w) if w.complete => {
                    let day = |t: Timestamp| i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0);
                    let within = LocalDate::from_days(day(w.start) - 2)..=LocalDate::from_days(day(w.end) + 2);
                    let asked = |m: &str| w.scope.is_empty() || w.scope.iter().any(|s| s == "series.written" || s == m);
                    let cut = self.state.settled.iter().filter(|((date, metric), settled)| {
                        within.contains(date) && asked(metric.as_str()) && settled.has(&w.source)
                    });
                    broken.extend(cut.map(|((date, _), _)| *date));
                }
                EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_) if self.reshapes(version) => {
                    broken.extend(self.state.settled.keys().map(|(date, _)| *date));
                }
                _ => {}
            }
        }
        for date in broken {
            self.break_day(date);
        }
    }

    /// What was settled of a day does not hold any more, and its samples are gone.
    pub(super) fn break_day(&mut self, date: LocalDate) {
        self.state.settled.retain(|(d, _), _| *d != date);
        self.folded.remove(&date);
        if date >= self.state.from {
            self.state.days.insert(date, None);
        }
        self.needs_refold(date, Reason::Settled);
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
        let hash = if day.is_empty() { None } else { Some(EventId::of("day", &[&day.encode()?]).0) };
        match hash {
            Some(_) => drop(self.state.days.insert(date, hash)),
            None => drop(self.state.days.remove(&date)),
        }
        self.folded.insert(date, day);
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
    pub(super) fn day(&mut self, log: &Log, reader: &mut DayReader<'_>, date: LocalDate) -> Result<DayState> {
        if let Some(day) = self.folded.get(&date) {
            return Ok(day.clone());
        }
        let day = self.read(log, reader, date)?.ok_or_else(|| Error::Corrupt("the state bytes contradict themselves".into()))?;
        self.folded.insert(date, day.clone());
        Ok(day)
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
                Some(offset) => LocalDate::from_days((t.secs() + i64::from(offset)).div_euclid(86_400) as i32),
                None => context.zones.date_of(t),
            };
            let (first, last) = (date(s.start).days(), date(s.end).days());
            around.filter(|d| (first..=last).contains(d)).map(LocalDate::from_days).collect()
        }
        _ => vec![date_in(context, content)],
    }
}
