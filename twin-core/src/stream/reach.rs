//! How far new events reach: into days that left, or into what was settled of days that are held.

use super::kept::{Record, Version};
use super::output::Reason;
use super::person::{Step, dates_of};
use crate::event::EventBody;
use crate::fold::Context;
use crate::store::STANDING;
use crate::time::{LocalDate, Timestamp};
use std::collections::BTreeSet;

impl Step<'_> {
    /// Notes that the full engine must fold days again. Before the horizon, what was carried is then
    /// not known any more.
    pub(super) fn needs_refold(&mut self, from: LocalDate, reason: Reason) {
        if from < self.state.from {
            self.state.carry = None;
        }
        if self.refold.is_none_or(|known| (from, reason) < known) {
            self.refold = Some((from, reason));
        }
    }

    /// From the first day there is.
    pub(super) fn everything(&mut self, reason: Reason) {
        if let Some(first) = self.state.first {
            self.needs_refold(first, reason);
        } else if self.state.has_past() {
            self.needs_refold(self.state.from.plus_days(-1), reason);
        }
    }

    /// What standing facts change in days that are not held any more.
    pub(super) fn standing_changed(&mut self, before: &Context, after: &Context, touched: &[Version]) {
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
                EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_) if self.reshapes(version) => {
                    reaches(Timestamp::MIN);
                }
                _ => {}
            }
        }
        let Some(reach) = reach.filter(|_| self.state.has_past()) else { return };
        let day = LocalDate::from_days(i32::try_from(reach.secs().div_euclid(86_400)).unwrap_or(i32::MIN))
            .plus_days(-2);
        if day < self.state.from {
            let first = self.state.first.unwrap_or(self.state.from.plus_days(-1));
            self.needs_refold(day.max(first), Reason::StandingFact);
        }
    }

    /// Does a correction or deletion concern a standing fact, or one that is not held?
    fn reshapes(&self, version: &Version) -> bool {
        let others = self.state.kept.records.get(&version.event.key());
        version.bucket == STANDING
            || others.is_none_or(Record::stands)
            || self.stood.contains(&version.event.key())
    }

    /// Takes from the dirty days those that are not held.
    pub(super) fn hold_to_horizon(&mut self, dirty: &mut BTreeSet<LocalDate>) {
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
    pub(super) fn break_settled(&mut self, touched: &[Version], context: &Context) {
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
                        let Some(settled) = self.state.settled.get(&(date, s.metric.clone())) else {
                            continue;
                        };
                        let (from, to) = super::day_span(context, version, date);
                        let early = |t: &i64| (from..to).contains(t) && *t < settled.upto_us;
                        let withdraws = s.replaces == Some(true) && s.start.micros() < settled.upto_us;
                        if version.trimmed
                            || withdraws
                            || samples.as_ref().is_none_or(|s| s.starts_us().iter().any(early))
                        {
                            broken.insert(date);
                        }
                    }
                }
                EventBody::WindowRead(w) if w.complete => {
                    let day = |t: Timestamp| i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0);
                    let within =
                        LocalDate::from_days(day(w.start) - 2)..=LocalDate::from_days(day(w.end) + 2);
                    let asked = |m: &str| {
                        w.scope.is_empty() || w.scope.iter().any(|s| s == "series.written" || s == m)
                    };
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
        if date >= self.state.from {
            self.state.days.insert(date, None);
        }
        self.needs_refold(date, Reason::Settled);
    }
}
