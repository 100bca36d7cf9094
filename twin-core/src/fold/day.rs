//! One civil day, folded.

use super::metric::{DayStream, MetricDay};
use crate::error::{Error, Result};
use crate::event::{Content, Event, EventBody};
use crate::id::{MetricId, RecordKey};
use crate::sort::Gather as _;
use crate::time::{LocalDate, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What orders facts within a day: when, then which record. No clock: the order of arrival leaves no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactKey {
    /// When it happened.
    pub at: Timestamp,
    /// Which record.
    pub key: RecordKey,
}

/// A fact of a day: the winning version of its record.
pub type DayFact = Arc<Content>;

/// A civil day: facts, and metrics of all sources resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayState {
    /// The day.
    pub date: LocalDate,
    /// Facts in order.
    #[serde(serialize_with = "facts_out", deserialize_with = "facts_in")]
    pub facts: BTreeMap<FactKey, DayFact>,
    /// Metrics, by id.
    pub metrics: BTreeMap<MetricId, MetricDay>,
    /// Facts kept word for word or of unknown kinds, counted by kind and, for messages, by name.
    pub kept: BTreeMap<String, u64>,
}

impl DayState {
    /// A day on which nothing is known.
    #[must_use]
    pub const fn empty(date: LocalDate) -> Self {
        Self { date, facts: BTreeMap::new(), metrics: BTreeMap::new(), kept: BTreeMap::new() }
    }

    /// Adds the winning version of a record that the day does not hold yet.
    pub fn add(&mut self, event: &Event) {
        let content = &event.content;
        match content.body.held() {
            EventBody::MessageKept(m) => {
                *self.kept.entry(format!("{}:{}", m.format, m.message)).or_default() += 1;
            }
            EventBody::Unknown(u) => *self.kept.entry(u.kind.clone()).or_default() += 1,
            EventBody::SeriesWritten(_) | EventBody::RecordDeleted(_) => {}
            // What the engine or its host made of the facts is no fact of the day.
            EventBody::TwinCreated(_) | EventBody::PredictionMade(_) | EventBody::ModelUpdated(_) => {}
            held => {
                let fact = match &content.body {
                    EventBody::RecordCorrected(_) => {
                        Arc::new(Content { body: held.clone(), ..Content::clone(content) })
                    }
                    _ => Arc::clone(content),
                };
                self.facts.insert(FactKey { at: content.at, key: event.key() }, fact);
            }
        }
    }

    /// Folds one metric from its streams, best first; no streams remove it.
    pub(crate) fn set_metric(&mut self, metric: MetricId, streams: &[DayStream]) {
        if streams.iter().all(|s| s.samples.is_empty()) {
            self.metrics.remove(&metric);
        } else {
            let folded = MetricDay::fold(&metric, streams);
            self.metrics.insert(metric, folded);
        }
    }

    /// Does the day hold nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.metrics.is_empty() && self.kept.is_empty()
    }

    /// The bytes that are stored and hashed.
    ///
    /// # Errors
    /// `malformed` when a kept unknown body is no JSON.
    pub fn encode(&self) -> Result<Vec<u8>> {
        crate::cbor::append(Vec::with_capacity(1024 + 256 * self.facts.len()), self)
            .ok_or_else(|| Error::malformed("day", "it has no binary form"))
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// `malformed` for other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        cbor4ii::serde::from_slice(bytes)
            .map_err(|_| Error::malformed("day", "its bytes were not written by this fold"))
    }

    /// The bodies of the day's facts with their content, in order.
    pub fn bodies(&self) -> impl Iterator<Item = (&Content, &EventBody)> {
        self.facts.values().map(|c| (&**c, &c.body))
    }
}

fn facts_out<S: Serializer>(facts: &BTreeMap<FactKey, DayFact>, s: S) -> Result<S::Ok, S::Error> {
    s.collect_seq(facts)
}

fn facts_in<'de, D: Deserializer<'de>>(d: D) -> Result<BTreeMap<FactKey, DayFact>, D::Error> {
    Ok(Vec::<(FactKey, DayFact)>::deserialize(d)?.into_iter().gather())
}
