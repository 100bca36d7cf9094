//! What adapters hand over: observations in canonical metrics and units, and what they had to refuse.

use crate::error::{Code, Error, Result};
use crate::event::{Content, EventBody, Origin};
use crate::id::MetricId;
use crate::series::Samples;
use std::collections::BTreeMap;
use twin_macros::payload;

/// One thing a source tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Observation {
    /// A fact: sleep, a workout, a meeting, a deletion, a window read …
    Fact(Content),
    /// Samples of one metric from one origin.
    Series(SeriesBlock),
}

/// Samples of one metric from one origin, in order of start.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBlock {
    /// What was measured.
    pub metric: MetricId,
    /// UCUM unit of the values; the catalogue's unit for catalogue metrics.
    pub unit: String,
    /// Who recorded it.
    pub origin: Origin,
    /// Seconds east of UTC as lived, where known.
    pub offset_s: Option<i32>,
    /// The source's revision: of two segments that give the same instant, the higher wins.
    pub revision: u64,
    /// Older samples of the same source and metric within the block's span are withdrawn.
    pub replaces: bool,
    /// The samples.
    pub samples: Samples,
}

/// Where adapters put what they read. The host side decides what becomes of it.
pub trait Sink {
    /// Takes an observation.
    ///
    /// # Errors
    /// Only what must end the reading: the store failed, or the caller stopped it. A value that is
    /// refused is noted by the sink and is no error.
    fn accept(&mut self, observation: Observation) -> Result<()>;

    /// Notes that something was read and could not be used: nothing is dropped silently.
    fn refuse(&mut self, refusal: Refusal);

    /// Notes something odd that lost nothing: a wrong checksum, an unknown field.
    fn warn(&mut self, warning: Warning);

    /// Notes how far the reading is: bytes consumed of the input. May stop the reading.
    ///
    /// # Errors
    /// `cancelled` when the caller wants to stop.
    fn progress(&mut self, _bytes: u64) -> Result<()> {
        Ok(())
    }
}

/// Something that was read and could not be used.
#[payload]
pub struct Refusal {
    /// Short stable word: `out_of_range`, `unknown_unit`, `bad_time`, `truncated` …
    pub code: String,
    /// What it was about, without personal data: the metric, the message, the line.
    pub subject: String,
    /// A sentence for people.
    pub message: String,
    /// How many records or samples; 1 unless an adapter counts them itself.
    #[serde(default = "one")]
    pub count: u64,
}

const fn one() -> u64 {
    1
}

/// Something odd that lost nothing.
#[payload]
pub struct Warning {
    /// Short stable word: `file_crc`, `zone_inferred`, `salvaged` …
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(code: &str, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), subject: subject.into(), message: message.into(), count: 1 }
    }

    /// The same refusal of so many records.
    #[must_use]
    pub const fn times(mut self, count: u64) -> Self {
        self.count = count;
        self
    }
}

impl Warning {
    /// A warning.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

impl From<&Error> for Refusal {
    fn from(error: &Error) -> Self {
        let code = match error {
            Error::InvalidValue { .. } => "out_of_range",
            other => other.code().as_str(),
        };
        let subject = match error {
            Error::InvalidValue { field, .. } => field.clone(),
            _ => String::new(),
        };
        Self { code: code.into(), subject, message: error.to_string(), count: 1 }
    }
}

/// A sink that keeps everything in memory: for tests, and for hosts that want to look before they store.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// Facts in the order they came.
    pub facts: Vec<Content>,
    /// Series blocks in the order they came.
    pub series: Vec<SeriesBlock>,
    /// Refusals.
    pub refused: Vec<Refusal>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

impl Sink for Collected {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        match observation {
            Observation::Fact(fact) => self.facts.push(fact),
            Observation::Series(block) => self.series.push(block),
        }
        Ok(())
    }
    fn refuse(&mut self, refusal: Refusal) {
        self.refused.push(refusal);
    }
    fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }
}

impl Collected {
    /// Facts by kind.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for fact in &self.facts {
            *counts.entry(fact.body.kind().to_owned()).or_default() += 1;
        }
        counts
    }

    /// Samples of a metric from all origins, as (start in microseconds, duration in microseconds, value).
    #[must_use]
    pub fn samples(&self, metric: &str) -> Vec<(i64, i64, f64)> {
        self.series.iter().filter(|b| b.metric.as_str() == metric).flat_map(|b| b.samples.iter()).collect()
    }

    /// The bodies of one kind.
    pub fn bodies<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a EventBody> {
        self.facts.iter().map(|f| &f.body).filter(move |b| b.kind() == kind)
    }
}

/// Did an error come from the host's side rather than from the bytes read?
#[must_use]
pub fn is_host_error(error: &Error) -> bool {
    matches!(error.code(), Code::Storage | Code::Cancelled | Code::Conflict)
}
