//! Days and what is carried from one to the next, made from the whole list each time.

use super::checks::metric;
use super::log::{Entry, Log};
use super::plain::{Says, Until};
use super::series::{MetricDay, held, metric_day};
use super::standing::{Standing, stands};
use std::collections::{BTreeMap, BTreeSet};

/// A fact of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayFact {
    /// When it happened.
    pub at: i64,
    /// Hash of its record's name: orders facts of one instant.
    pub order: [u8; 16],
    /// Who says so.
    pub source: String,
    /// What it says.
    pub says: Says,
}

/// A civil day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Facts in order of time.
    pub facts: Vec<DayFact>,
    /// Messages kept word for word.
    pub kept: BTreeMap<String, u64>,
    /// Metrics.
    pub metrics: BTreeMap<String, MetricDay>,
}

/// What is carried from day to day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carry {
    /// Days with anything in them.
    pub days: u32,
    /// Facts.
    pub facts: u64,
    /// The newest value of metrics that have one: when, millionths, who.
    pub last: BTreeMap<String, (i64, i64, String)>,
    /// Tasks begun and not finished: since when, due, how often put off.
    pub open_tasks: BTreeMap<String, (i64, Option<i64>, u32)>,
}

impl Log {
    /// All days on which anything is known.
    #[must_use]
    pub fn days(&self, until: Until) -> BTreeMap<i32, Day> {
        let winners = self.winners(until);
        let standing = Standing::of(&winners);
        let shown: Vec<&Entry> = winners.into_iter().filter(|e| !standing.cut(e)).collect();
        let mut days: BTreeMap<i32, Day> = BTreeMap::new();
        let mut metrics: BTreeSet<&str> = BTreeSet::new();
        for entry in &shown {
            let says = entry.holds();
            if let Says::Series(series) = says {
                metrics.insert(series.metric);
                continue;
            }
            if stands(says) || until.at.is_some_and(|at| entry.fact.at > at) {
                continue;
            }
            let day = days.entry(standing.day(&entry.fact, says)).or_default();
            match says {
                Says::Kept(name) => *day.kept.entry((*name).to_owned()).or_default() += 1,
                says => day.facts.push(DayFact {
                    at: entry.fact.at,
                    order: entry.order,
                    source: entry.fact.source.clone(),
                    says: says.clone(),
                }),
            }
        }
        for name in metrics {
            let streams = held(name, &shown, until.at);
            let samples = streams.values().flat_map(|(_, samples)| samples);
            let touched: BTreeSet<i32> =
                samples.map(|(s, offset)| standing.day_of(s.start, *offset)).collect();
            for date in touched {
                if let Some(folded) = metric_day(name, date, &streams, &standing) {
                    days.entry(date).or_default().metrics.insert(name.to_owned(), folded);
                }
            }
        }
        for day in days.values_mut() {
            day.facts.sort_by_key(|f| (f.at, f.order));
        }
        days
    }
}

impl Carry {
    /// What is carried after all days.
    #[must_use]
    pub fn after(days: &BTreeMap<i32, Day>) -> Self {
        let mut carry = Self::default();
        for day in days.values() {
            carry.days += 1;
            carry.facts += day.facts.len() as u64;
            day.facts.iter().for_each(|fact| carry.fact(fact));
            for (name, folded) in &day.metrics {
                if !metric(name).newest {
                    continue;
                }
                for source in &folded.sources {
                    carry.measured(name, (source.span.1, source.range.2, source.stream.0.clone()));
                }
            }
        }
        carry
    }

    fn fact(&mut self, fact: &DayFact) {
        match &fact.says {
            Says::Measured(name, value) => self.measured(name, (fact.at, value * 1000, fact.source.clone())),
            Says::TaskStarted(task, due) => {
                self.open_tasks.entry(task.clone()).or_insert((fact.at, *due, 0));
            }
            Says::TaskDelayed(task, until) => {
                if let Some((_, due, delays)) = self.open_tasks.get_mut(task) {
                    *delays += 1;
                    *due = until.or(*due);
                }
            }
            Says::TaskCompleted(task) => drop(self.open_tasks.remove(task)),
            _ => {}
        }
    }

    fn measured(&mut self, name: &str, newest: (i64, i64, String)) {
        let there = self.last.entry(name.to_owned()).or_insert_with(|| newest.clone());
        *there = newest.max(there.clone());
    }
}
