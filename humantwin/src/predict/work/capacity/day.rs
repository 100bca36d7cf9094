//! One day of work after the other, from the facts.

use crate::error::Result;
use crate::predict::Features;
use crate::predict::work::lives;
use crate::predict::work::tasks::TaskLife;
use std::collections::BTreeMap;
use std::sync::Arc;
use twin_core::Timestamp;
use twin_core::event::{Busy, CalendarEntry, EventBody, TimeTracked};
use twin_core::sort::OrderBy;

/// Working hours where the person states none.
pub(in crate::predict::work) const WORK_H: (f64, f64) = (9.0, 17.0);

/// Time that was tracked.
#[derive(Clone, Debug)]
pub(in crate::predict::work) struct Tracked {
    pub(super) start_h: f64,
    pub(super) end_h: f64,
    pub(super) task: Option<String>,
    pub(super) project: Option<String>,
    pub(super) interruptions: Option<u32>,
}

/// What one day held. Clock hours are counted from the day's midnight.
#[derive(Clone, Debug, Default)]
pub(in crate::predict::work) struct WorkDay {
    /// Start and end, and whether it was planned only.
    pub(in crate::predict::work) meetings: Vec<(f64, f64)>,
    pub(super) tracked: Vec<Tracked>,
    /// Estimated hours of own tasks that were finished.
    pub(super) finished_h: f64,
    /// Messages that the person answered within two minutes.
    pub(super) handled: u32,
    pub(super) messages: u32,
    /// The last thing that was told of the workload of the coming week.
    pub(super) planned_week_h: Option<f64>,
    /// And of the hours that the person can or wishes to work in it.
    pub(super) sustainable_week_h: Option<f64>,
    /// People who came or left.
    pub(super) team_changes: u32,
    /// Away from work all day.
    pub(super) off: bool,
    pub(super) stress: Option<f64>,
}

/// All that is asked of days.
#[derive(Clone)]
pub(in crate::predict::work) struct WorkDays {
    /// By days ago; days to come are below 0.
    pub(in crate::predict::work) days: BTreeMap<i32, WorkDay>,
    pub(in crate::predict::work) tasks: Arc<BTreeMap<String, TaskLife>>,
    /// People known to be in the team.
    pub(super) team: usize,
}

impl WorkDays {
    pub(in crate::predict::work) fn of(features: &Features<'_>) -> Result<Self> {
        let facts = features.facts()?;
        let lives = Arc::clone(lives(features)?);
        let mut days: BTreeMap<i32, WorkDay> = BTreeMap::new();
        let mut team = std::collections::BTreeSet::new();
        for (ago, meeting) in meetings(features)? {
            let day = days.entry(ago).or_default();
            match meeting {
                Held::Away => day.off = true,
                Held::Span(span) => day.meetings.push(span),
            }
        }
        for fact in facts {
            if let EventBody::TimeTracked(t) = &fact.body {
                for (ago, span) in spans(features, t) {
                    days.entry(ago).or_default().tracked.push(span);
                }
            }
            if !told_of_days(&fact.body) {
                continue;
            }
            let ago = features.days_ago(fact.at);
            let day = days.entry(ago).or_default();
            match &fact.body {
                EventBody::TaskCompleted(done) => {
                    let own = lives.get(&done.task).filter(|life| life.is_own());
                    let hours = own.and_then(|life| life.estimate_h().or(life.finished.as_ref()?.hours));
                    day.finished_h += hours.unwrap_or(0.0);
                }
                EventBody::MessageSent(m) if m.from.is_none() => {
                    day.messages += 1;
                    day.handled += u32::from(m.latency_s.is_some_and(|s| s <= 120.0));
                }
                EventBody::WorkloadChanged(w) => {
                    day.planned_week_h = w.planned_h.or(day.planned_week_h);
                    day.sustainable_week_h = w.sustainable_h.or(day.sustainable_week_h);
                }
                EventBody::StressDetected(s) => {
                    day.stress = Some(day.stress.map_or(s.level, |most| most.max(s.level)));
                }
                EventBody::TeamChanged(change) => {
                    let person = change.person.clone().unwrap_or_default();
                    // The first list of a team is no change of it.
                    let known = !team.is_empty();
                    if change.joined {
                        team.insert(person)
                    } else {
                        team.remove(&person)
                    };
                    let first = features.facts()?.first().is_some_and(|f| features.days_ago(f.at) == ago);
                    day.team_changes += u32::from(known && !first);
                }
                _ => {}
            }
        }
        days.values_mut().for_each(|day| day.tracked.order_by(|a, b| a.start_h.total_cmp(&b.start_h)));
        Ok(Self { days, tasks: lives, team: team.len() })
    }

    /// Is it a working day of the person?
    pub(super) fn works(&self, features: &Features<'_>, ago: i32) -> bool {
        let weekday = u32::from(features.date().plus_days(-ago).weekday());
        let stated = &features.person().work_days;
        let usual = if stated.is_empty() { weekday < 5 } else { stated.contains(&weekday) };
        usual && !self.days.get(&ago).is_some_and(|day| day.off)
    }

    /// Own tasks in hand at the end of a day; absent where none was ever told of.
    pub(super) fn open_on(&self, features: &Features<'_>, ago: i32) -> Option<f64> {
        let open = self.tasks.values().filter(|t| t.is_own() && t.is_open_on(features, ago));
        (!self.tasks.is_empty()).then(|| open.count() as f64)
    }

    /// Days ago of the first day with anything in it.
    pub(super) fn first(&self) -> i32 {
        self.days.keys().next_back().copied().unwrap_or(0).max(0)
    }

    /// Hours of own open tasks that are due on these days (days ago, below 0 to come), at least what is estimated.
    pub(super) fn due_h(&self, features: &Features<'_>, days: std::ops::RangeInclusive<i32>) -> f64 {
        let open = self.tasks.values().filter(|t| t.finished.is_none() && t.is_own());
        open.filter(|t| t.due.is_some_and(|due| days.contains(&features.days_ago(due))))
            .map(|t| t.estimate_h().unwrap_or(1.0))
            .sum()
    }
}

impl WorkDay {
    /// Minutes of work outside working hours.
    pub(super) fn after_hours_min(&self) -> f64 {
        self.tracked.iter().map(|t| 60.0 * (t.end_h - t.start_h - inside(t.start_h, t.end_h))).sum()
    }

    pub(super) fn tracked_h(&self) -> f64 {
        self.tracked.iter().map(|t| t.end_h - t.start_h).sum()
    }

    /// Hours in meetings, what overlaps counted once, and meetings that begin less than five minutes after another.
    pub(super) fn meeting_h(&self) -> (f64, u32) {
        let mut spans = self.meetings.clone();
        spans.order_by(|a, b| a.0.total_cmp(&b.0));
        let (mut sum, mut back_to_back, mut reach) = (0.0, 0, None::<f64>);
        for (start, end) in spans {
            back_to_back += u32::from(reach.is_some_and(|r| start - r < 5.0 / 60.0));
            sum += (end - reach.map_or(start, |r| r.max(start))).max(0.0);
            reach = Some(reach.map_or(end, |r| r.max(end)));
        }
        (sum, back_to_back)
    }
}

/// Does a day hold anything of it?
fn told_of_days(body: &EventBody) -> bool {
    match body {
        EventBody::MessageSent(m) => m.from.is_none(),
        EventBody::WorkloadChanged(w) => w.person.is_none(),
        EventBody::TaskCompleted(_) | EventBody::StressDetected(_) | EventBody::TeamChanged(_) => true,
        _ => false,
    }
}

/// Tracked time on the days it lies on: what goes past midnight is cut there. `at` of the fact is its end.
fn spans(features: &Features<'_>, t: &TimeTracked) -> Vec<(i32, Tracked)> {
    let (first, last) = (features.days_ago(t.start), features.days_ago(t.end));
    let start_h = features.local_h(t.start);
    let part = |ago: i32| {
        let from = if ago == first { start_h } else { 0.0 };
        let to = match (ago == first, ago == last) {
            (true, true) => start_h + t.end.secs_since(t.start) / 3600.0,
            (false, true) => features.local_h(t.end),
            _ => 24.0,
        };
        let span = Tracked {
            start_h: from,
            end_h: to.max(from),
            task: t.task.clone(),
            project: t.project.clone(),
            interruptions: t.interruptions.filter(|_| ago == first),
        };
        (ago, span)
    };
    (last..=first).rev().map(part).filter(|(ago, span)| *ago == first || span.end_h > span.start_h).collect()
}

/// Hours of a span within the working hours.
pub(super) fn inside(start: f64, end: f64) -> f64 {
    (end.min(WORK_H.1) - start.max(WORK_H.0)).max(0.0)
}

enum Held {
    Away,
    Span((f64, f64)),
}

/// Entries of the calendar, each once: what took place replaces its plan.
pub(in crate::predict::work) fn entries<'f>(features: &'f Features<'_>) -> Result<Vec<&'f CalendarEntry>> {
    let mut entries: BTreeMap<(&str, Option<&str>), (&CalendarEntry, bool)> = BTreeMap::new();
    for fact in features.facts()? {
        let (entry, held) = match &fact.body {
            EventBody::MeetingAttended(m) => (&m.entry, true),
            EventBody::MeetingPlanned(m) => (&m.entry, false),
            _ => continue,
        };
        let key = (entry.uid.as_str(), entry.occurrence.as_deref());
        let known = entries.entry(key).or_insert((entry, held));
        if held || !known.1 {
            *known = (entry, held);
        }
    }
    Ok(entries.into_values().map(|(entry, _)| entry).collect())
}

/// Meetings and days away by days ago, from what took place and what is planned.
fn meetings(features: &Features<'_>) -> Result<Vec<(i32, Held)>> {
    let mut found = Vec::new();
    for entry in entries(features)?.into_iter().filter(|e| e.cancelled != Some(true)) {
        let last = |t: Timestamp| features.days_ago(t);
        if entry.busy == Busy::OutOfOffice {
            let (from, to) = (last(entry.start), last(entry.end.plus_micros(-1)));
            let whole = entry.all_day_from.is_some() || entry.end.secs_since(entry.start) >= 6.0 * 3600.0;
            found.extend((to..=from).filter(|_| whole).map(|ago| (ago, Held::Away)));
        } else if entry.all_day_from.is_none() && entry.busy != Busy::Free {
            let start = features.local_h(entry.start);
            let end = (start + entry.end.secs_since(entry.start) / 3600.0).min(24.0);
            found.push((last(entry.start), Held::Span((start, end))));
        }
    }
    Ok(found)
}
