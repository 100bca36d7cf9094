//! What the specification is told: plain data, times in microseconds of UTC, values in thousandths.

/// Microseconds in a day of 24 hours.
pub const DAY_US: i64 = 86_400_000_000;

/// When something was learned: wall time, then a counter, then the node that wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Wall time, microseconds.
    pub wall: i64,
    /// Counter within one wall time.
    pub counter: u32,
    /// The node.
    pub node: u64,
}

/// A fact as a source tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// When it happened.
    pub at: i64,
    /// Who says so.
    pub source: String,
    /// Through which device.
    pub device: Option<String>,
    /// Measured how.
    pub method: Option<String>,
    /// The source's name of the record.
    pub record: Option<String>,
    /// The source's revision of the record.
    pub revision: u64,
    /// Seconds east of UTC, as lived.
    pub offset_s: Option<i32>,
    /// The civil day the source states, days since 1970.
    pub civil_day: Option<i32>,
    /// What it says.
    pub says: Says,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// A fact with one number: milligrams of caffeine.
    Caffeine(i64),
    /// An answer, perhaps about another day.
    Answered(Option<i32>, i64),
    /// A message kept word for word.
    Kept(&'static str),
    /// A measurement of a metric.
    Measured(&'static str, i64),
    /// A plan for a span of time.
    Planned(i64, i64),
    /// A task was begun, and is due then.
    TaskStarted(String, Option<i64>),
    /// A task was put off until then.
    TaskDelayed(String, Option<i64>),
    /// A task was finished.
    TaskCompleted(String),
    /// Samples.
    Series(Series),
    /// The person is in a zone from here on.
    ZoneChanged(&'static str),
    /// The person's usual zone.
    UsualZone(&'static str),
    /// A device is of a kind.
    Described(Option<String>, &'static str),
    /// Whose samples win for a metric, or for all.
    Priority(Option<&'static str>, Vec<String>),
    /// A source was read.
    Window(Window),
    /// A record was wrong; this holds instead.
    Corrected(Target, Box<Says>),
    /// A record is no more.
    Deleted(Target),
}

/// The version of a record that a correction or deletion gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The record's source.
    pub source: String,
    /// The record, or `event:<hash>` for one without a name.
    pub record: String,
    /// The revision.
    pub revision: u64,
}

/// Samples of one metric, in the order they came.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The metric.
    pub metric: &'static str,
    /// Older samples that start in the span are withdrawn.
    pub replaces: bool,
    /// Start of the first sample and latest end.
    pub span: (i64, i64),
    /// The samples; none in a tombstone.
    pub samples: Vec<Sample>,
}

/// One sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Start.
    pub start: i64,
    /// Duration; 0 for an instant.
    pub duration: i64,
    /// Value, thousandths.
    pub value: i64,
}

impl Sample {
    /// Its end.
    #[must_use]
    pub const fn end(self) -> i64 {
        self.start + self.duration
    }
}

/// A source was read from `start` to before `end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The source.
    pub source: String,
    /// Start.
    pub start: i64,
    /// End, excluded.
    pub end: i64,
    /// Was it read to its end?
    pub complete: bool,
    /// Kinds or metrics asked for; empty for all.
    pub scope: Vec<String>,
    /// Records seen.
    pub seen: Vec<String>,
}

/// Where a reading of the past stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Until {
    /// Nothing that happened later.
    pub at: Option<i64>,
    /// Nothing that was learned later.
    pub known_at: Option<i64>,
}
