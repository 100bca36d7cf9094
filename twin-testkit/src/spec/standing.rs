//! Standing facts: what shapes how every day is read.

use super::checks::metric;
use super::log::{Entry, Record};
use super::plain::{Clock, Fact, Says, Window};
use super::zones::Travel;

/// The standing facts in force.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// Where the person's clock has been.
    pub(super) travel: Travel,
    priorities: Vec<(Option<&'static str>, Vec<String>)>,
    devices: Vec<(String, Option<String>, &'static str)>,
    windows: Vec<(Window, Clock)>,
}

/// Is it a standing fact rather than one of a day?
#[must_use]
pub(super) const fn stands(says: &Says) -> bool {
    matches!(
        says,
        Says::ZoneChanged(_)
            | Says::UsualZone(_)
            | Says::Described(..)
            | Says::Priority(..)
            | Says::Window(_)
    )
}

impl Standing {
    /// From winning entries: they count in the order (`at`, clock, hash).
    #[must_use]
    pub(super) fn of(winners: &[&Entry]) -> Self {
        let mut facts: Vec<&&Entry> = winners.iter().filter(|e| stands(e.holds())).collect();
        facts.sort_by_key(|e| (e.fact.at, e.clock, e.id));
        let mut standing = Self::default();
        for entry in facts {
            let Fact { at, source, device, .. } = &entry.fact;
            match entry.holds() {
                Says::ZoneChanged(zone) => standing.travel.0.push((*at, zone)),
                // A usual zone counts only as long as nothing else is known.
                Says::UsualZone(zone) if standing.travel.0.is_empty() => {
                    standing.travel.0.push((i64::MIN, zone));
                }
                Says::Priority(metric, order) => standing.priorities.push((*metric, order.clone())),
                Says::Described(named, kind) => {
                    let device = named.clone().or_else(|| device.clone());
                    standing.devices.push((source.clone(), device, kind));
                }
                Says::Window(window) => standing.windows.push((window.clone(), entry.clock)),
                _ => {}
            }
        }
        standing
    }

    /// Was the record deleted by a later window of its source that was read to its end and did not show
    /// it? Corrections and deletions are no records of a source, and standing facts concern no window.
    #[must_use]
    pub(super) fn cut(&self, entry: &Entry) -> bool {
        let kind = match &entry.fact.says {
            Says::Caffeine(_) => "health.caffeine_consumed",
            Says::Answered(..) => "wellbeing.check_in_answered",
            Says::Kept(_) => "source.message_kept",
            Says::Measured(..) => "health.measurement_recorded",
            Says::Planned(..) => "collaboration.meeting_planned",
            Says::TaskStarted(..) => "task.started",
            Says::TaskDelayed(..) => "task.delayed",
            Says::TaskCompleted(_) => "task.completed",
            Says::Series(_) => "series.written",
            _ => return false,
        };
        let metric = match &entry.fact.says {
            Says::Measured(metric, _) => Some(*metric),
            Says::Series(series) => Some(series.metric),
            _ => None,
        };
        self.windows.iter().any(|(window, clock)| {
            window.complete
                && window.source == entry.fact.source
                && (window.start..window.end).contains(&entry.fact.at)
                && entry.clock < *clock
                && (window.scope.is_empty()
                    || window.scope.iter().any(|s| s == kind || Some(s.as_str()) == metric))
                && !window.seen.iter().any(|seen| Record::named(&window.source, seen) == entry.record())
        })
    }

    /// The kind of a source's device: by the newest description of that device, else by the newest of the
    /// source itself, else by the oldest of any device of the source.
    fn kind(&self, source: &str, device: Option<&str>) -> &'static str {
        let of_source = || self.devices.iter().filter(|(s, ..)| s == source);
        let named = device.and_then(|_| of_source().rfind(|(_, d, _)| d.as_deref() == device));
        let itself = || of_source().rfind(|(_, d, _)| d.is_none());
        named.or_else(itself).or_else(|| of_source().next()).map_or("unknown", |(_, _, kind)| *kind)
    }

    /// Where a source stands for a metric, lower is better: by what the person said last of this metric,
    /// else of all, then by kind of device.
    #[must_use]
    pub(super) fn rank(&self, of: &str, source: &str, device: Option<&str>) -> (usize, usize) {
        let said = |about: Option<&str>| self.priorities.iter().rfind(|(metric, _)| *metric == about);
        let place = said(Some(of))
            .or_else(|| said(None))
            .and_then(|(_, order)| order.iter().position(|s| s == source));
        let kind = self.kind(source, device);
        let usual = metric(of).best.iter().position(|k| *k == kind);
        (place.unwrap_or(usize::MAX), usual.unwrap_or(usize::MAX))
    }

    /// The civil day of a fact: the one it states, else by the offset lived in, else by the zone lived in.
    /// A plan belongs to the day it is for.
    #[must_use]
    pub(super) fn day(&self, fact: &Fact, says: &Says) -> i32 {
        let stated = match says {
            Says::Answered(about, _) => about.or(fact.civil_day),
            _ => fact.civil_day,
        };
        let at = match says {
            Says::Planned(_, end) => *end,
            _ => fact.at,
        };
        stated.unwrap_or_else(|| self.day_of(at, fact.offset_s))
    }

    /// The civil day of an instant, by an offset or by the zone lived in.
    #[must_use]
    pub(super) fn day_of(&self, at: i64, offset_s: Option<i32>) -> i32 {
        offset_s.map_or_else(
            || self.travel.day(at),
            |offset| {
                let local = at + i64::from(offset) * 1_000_000;
                i32::try_from(local.div_euclid(super::plain::DAY_US)).unwrap_or(0)
            },
        )
    }
}
