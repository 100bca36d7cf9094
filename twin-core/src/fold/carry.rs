//! What goes from one day to the next: last values, open tasks, how much there is.

use super::day::DayState;
use super::scaled::{Micro, to_micro};
use crate::catalogue::{Aggregation, Metric};
use crate::error::{Error, Result};
use crate::event::EventBody;
use crate::id::{MetricId, SourceId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The forward recursion: the state after a day, from the state before it and the day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Carry {
    /// Days with anything in them so far.
    pub days: u32,
    /// Facts so far.
    pub facts: u64,
    /// The newest value of metrics that have one at a time: weight, resting heart rate …
    pub last: BTreeMap<MetricId, LastValue>,
    /// Tasks begun and not finished.
    pub open_tasks: BTreeMap<String, OpenTask>,
}

/// The newest value of a metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastValue {
    /// When it was measured.
    pub at: Timestamp,
    /// The value, millionths.
    pub value: Micro,
    /// By whom.
    pub source: SourceId,
}

/// A task begun and not finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenTask {
    /// When it was begun.
    pub since: Timestamp,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// How often it was put off.
    pub delays: u32,
}

impl Carry {
    /// Steps over a day.
    pub fn step(&mut self, day: &DayState) {
        if !day.is_empty() {
            self.days += 1;
        }
        self.facts += day.facts.len() as u64;
        for content in day.facts.values() {
            match &content.body {
                EventBody::MeasurementRecorded(m) => {
                    self.measured(&m.metric, content.at, to_micro(m.value), &content.origin.source)
                }
                EventBody::TaskStarted(t) => {
                    let open = OpenTask { since: content.at, due: t.due, delays: 0 };
                    self.open_tasks.entry(t.task.clone()).or_insert(open);
                }
                EventBody::TaskDelayed(t) => {
                    if let Some(open) = self.open_tasks.get_mut(&t.task) {
                        open.delays += 1;
                        open.due = t.due.or(open.due);
                    }
                }
                EventBody::TaskCompleted(t) => drop(self.open_tasks.remove(&t.task)),
                _ => {}
            }
        }
        for (metric, folded) in &day.metrics {
            let last = Metric::find(metric.as_str()).is_some_and(|m| m.aggregation == Aggregation::Last);
            for source in folded.sources.iter().filter(|_| last) {
                self.measured(metric, Timestamp::from_micros(source.last_us), source.last, &source.source);
            }
        }
    }

    fn measured(&mut self, metric: &MetricId, at: Timestamp, value: Micro, source: &SourceId) {
        let newer = |old: &LastValue| (old.at, old.value, &old.source) < (at, value, source);
        if self.last.get(metric).is_none_or(newer) {
            self.last.insert(metric.clone(), LastValue { at, value, source: source.clone() });
        }
    }

    /// The bytes that are stored and hashed.
    ///
    /// # Errors
    /// Does not fail on values this crate makes.
    pub fn encode(&self) -> Result<Vec<u8>> {
        crate::cbor::append(Vec::new(), self)
            .ok_or_else(|| Error::malformed("carry", "it has no binary form"))
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// `malformed` for other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        cbor4ii::serde::from_slice(bytes)
            .map_err(|_| Error::malformed("carry", "its bytes were not written by this fold"))
    }
}
