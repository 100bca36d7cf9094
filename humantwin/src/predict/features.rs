//! What models read of a person: days and samples up to a moment.

use crate::error::Result;
use crate::insight::{Gathered, Views};
use crate::view::DayView;
use std::cell::OnceCell;
use twin_core::fold::DayFact;
use twin_core::log::Log;
use twin_core::{LocalDate, MetricId, Purpose, Timestamp, Zone};

/// Days, samples and the person, as far as the asker may see them.
pub(crate) struct Features<'a> {
    log: &'a Log,
    gathered: &'a Gathered,
    views: &'a Views,
    sees: Sees,
    facts: OnceCell<Vec<DayFact>>,
}

/// What an asker may see.
#[derive(Clone, Copy)]
pub(crate) struct Sees {
    /// Health's samples.
    pub(crate) health: bool,
    /// Facts of work.
    pub(crate) work: bool,
    /// What the person says of how they are.
    pub(crate) companion: bool,
    /// What is for the person alone.
    pub(crate) own: bool,
}

impl Sees {
    /// The person themselves.
    #[cfg(feature = "report")]
    pub(crate) const ALL: Self = Self { health: true, work: true, companion: true, own: true };
}

/// Samples of one metric: starts in UTC microseconds, ascending, with their values.
#[derive(Default)]
pub(crate) struct Samples {
    pub(crate) t_us: Vec<i64>,
    pub(crate) values: Vec<f64>,
}

impl<'a> Features<'a> {
    /// From what was gathered, as far as the asker may see it.
    pub(crate) const fn new(log: &'a Log, gathered: &'a Gathered, views: &'a Views, sees: Sees) -> Self {
        Self { log, gathered, views, sees, facts: OnceCell::new() }
    }

    /// Facts of work of the last two years up to the moment, oldest first, and plans for the weeks to come; none
    /// that the asker may not see.
    pub(crate) fn facts(&self) -> Result<&[DayFact]> {
        if let Some(facts) = self.facts.get() {
            return Ok(facts);
        }
        let mut facts = self.views.facts.of(self.log, self.date(), self.gathered.cutoff)?;
        facts.retain(|fact| {
            let seen =
                if fact.body.purpose() == Purpose::Work { self.sees.work } else { self.sees.companion };
            seen && fact.at <= self.moment()
        });
        Ok(self.facts.get_or_init(|| facts))
    }

    /// Does the person themselves ask? What is for them alone may not enter what others are told either.
    pub(crate) const fn are_own(&self) -> bool {
        self.sees.own
    }

    /// Civil days from a moment to the day asked about: 0 is today, below 0 is to come.
    pub(crate) fn days_ago(&self, at: Timestamp) -> i32 {
        self.date().days() - self.log.context().zones.date_of(at).days()
    }

    /// Days from a moment to the one asked about.
    pub(crate) fn age_days(&self, at: Timestamp) -> f64 {
        self.moment().secs_since(at) / 86_400.0
    }

    /// The moment that is asked about.
    pub(crate) const fn moment(&self) -> Timestamp {
        self.gathered.moment
    }

    /// Its day.
    pub(crate) const fn date(&self) -> LocalDate {
        self.gathered.date
    }

    /// The day so far.
    pub(crate) const fn today(&self) -> &DayView {
        &self.gathered.today
    }

    /// Days with anything in them, oldest first, today last.
    pub(crate) fn days(&self) -> impl DoubleEndedIterator<Item = &DayView> {
        self.gathered.past.iter().chain([&self.gathered.today])
    }

    /// A value of each of the last `n` days, oldest first, today last; absent where it is not known.
    pub(crate) fn daily<T>(&self, n: usize, of: impl Fn(&DayView) -> Option<T>) -> Vec<Option<T>> {
        let mut row: Vec<Option<T>> = std::iter::repeat_with(|| None).take(n).collect();
        for day in self.days() {
            let back = usize::try_from(self.date().days() - day.date.days()).ok();
            if let Some(slot) = back.and_then(|b| n.checked_sub(b + 1)).and_then(|i| row.get_mut(i)) {
                *slot = of(day);
            }
        }
        row
    }

    /// Days from the first with anything in it to today, at least one.
    pub(crate) fn span(&self) -> usize {
        let first = self.days().next().map_or(self.date(), |d| d.date);
        usize::try_from(self.date().days() - first.days() + 1).unwrap_or(1).max(1)
    }

    /// Samples of the best source of a metric in `from..to`, day by day; none where the asker may not see them.
    pub(crate) fn samples(&self, metric: &str, from: Timestamp, to: Timestamp) -> Result<Samples> {
        let mut found = Samples::default();
        if !self.sees.health || from >= to {
            return Ok(found);
        }
        let metric = MetricId::new(metric)?;
        let zones = &self.log.context().zones;
        let (first, last) = (zones.date_of(from), zones.date_of(to));
        let within = [(from.micros(), to.micros())];
        for date in (first.days()..=last.days()).map(LocalDate::from_days) {
            let streams = self.log.day_streams(date, &metric, &within, self.gathered.cutoff)?;
            let best = streams.into_iter().find_map(|stream| {
                let inside: Vec<(i64, f64)> = stream
                    .samples
                    .iter()
                    .filter(|(start, ..)| (from.micros()..to.micros()).contains(start))
                    .map(|(start, _, value)| (start, value))
                    .collect();
                (!inside.is_empty()).then_some(inside)
            });
            for (t, value) in best.unwrap_or_default() {
                if found.t_us.last().is_none_or(|last| *last < t) {
                    found.t_us.push(t);
                    found.values.push(value);
                }
            }
        }
        Ok(found)
    }

    /// Hours since local midnight of a moment, 0..24, on the clock of today.
    pub(crate) fn clock_h(&self, t: Timestamp) -> f64 {
        let local = t.micros() + i64::from(self.offset_s()) * 1_000_000;
        local.rem_euclid(86_400_000_000) as f64 / 3.6e9
    }

    /// Hours since local midnight of a moment, 0..24, on the clock of its own day: what a calendar shows, also where
    /// the clocks were changed between then and today.
    pub(crate) fn local_h(&self, t: Timestamp) -> f64 {
        match self.zone_at(t) {
            Some(zone) => {
                let local = t.micros() + i64::from(zone.offset_at(t)) * 1_000_000;
                local.rem_euclid(86_400_000_000) as f64 / 3.6e9
            }
            None => self.clock_h(t),
        }
    }

    /// The moment when that clock shows an hour on a day so many days ahead.
    pub(crate) fn at_clock(&self, days_ahead: i32, hour: f64) -> Timestamp {
        let date = self.date().plus_days(days_ahead);
        let local = i64::from(date.days()) * 86_400 + (hour * 3600.0) as i64;
        match self.zone_at(self.log.context().zones.day_bounds(date).0) {
            Some(zone) => zone.instant_of_local(local),
            None => Timestamp::from_secs(local - i64::from(self.offset_s())),
        }
    }

    /// The zone lived in, where one is known; without one the offset of today is all there is.
    fn zone_at(&self, t: Timestamp) -> Option<&Zone> {
        let zone = self.log.context().zones.at(t);
        zone.name().filter(|name| *name != "UTC").map(|_| zone)
    }

    /// Seconds east of UTC, as lived today.
    pub(crate) fn offset_s(&self) -> i32 {
        self.today().lived_offset_s.unwrap_or(self.gathered.offset_s)
    }

    /// Age in years, where the date of birth is known and makes sense.
    pub(crate) fn age_years(&self) -> Option<f64> {
        let born = self.gathered.person.born?;
        Some(f64::from(self.date().days() - born.days()) / 365.25).filter(|age| (0.0..=125.0).contains(age))
    }

    /// The person's profile.
    pub(crate) const fn person(&self) -> &twin_core::fold::Person {
        &self.gathered.person
    }

    /// The newest measurement of a metric within the days gathered.
    pub(crate) fn newest(&self, metric: &str) -> Option<f64> {
        let measured =
            |day: &DayView| day.measurements.iter().rev().find(|m| m.metric == metric).map(|m| m.value);
        let folded = |day: &DayView| day.metrics.iter().find(|m| m.metric == metric).and_then(|m| m.mean);
        self.days().rev().find_map(|day| measured(day).or_else(|| folded(day)))
    }
}
