//! What a verb is asked with, and the answers that only the border needs.

use crate::error::{Error, Result};
use crate::verbs::{ImportView, Resolution, WindowShape, WindowsQuery};
use crate::view::DayView;
use serde_json::value::RawValue;
use twin_core::event::EventBody;
use twin_core::{Code, LocalDate, Purpose, Timestamp};
use twin_macros::payload;

/// A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Event(pub Box<RawValue>);

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Event {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Event".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "description": "A fact: a CloudEvents 1.0 object." })
    }
}

/// Facts to record. All of them are written, or none.
#[payload]
#[serde(deny_unknown_fields)]
pub struct RecordRequest {
    /// The facts, each a CloudEvents object.
    pub events: Vec<Event>,
}

/// What a record should have said.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CorrectRequest {
    /// Who said it.
    pub source: String,
    /// The source's id of the record, or `event:<id>`.
    pub record: String,
    /// What it should have said.
    pub replacement: EventBody,
    /// Why, in words.
    pub reason: Option<String>,
}

/// A record to take back.
#[payload]
#[serde(deny_unknown_fields)]
pub struct DeleteRequest {
    /// Who said it.
    pub source: String,
    /// The source's id of the record, or `event:<id>`.
    pub record: String,
}

/// Which moment to look at.
#[payload]
#[serde(deny_unknown_fields)]
pub struct StateRequest {
    /// At this moment; default: now. Nothing that came after it is shown.
    pub at: Option<Timestamp>,
    /// As known at this moment; default: as known now.
    pub known_at: Option<Timestamp>,
}

/// Which days to read.
#[payload]
#[serde(deny_unknown_fields)]
pub struct DaysRequest {
    /// First day.
    pub from: LocalDate,
    /// Last day.
    pub to: LocalDate,
}

/// Days, oldest first; days of which nothing is known are left out.
#[payload(full)]
pub struct DaysView {
    /// The days.
    pub days: Vec<DayView>,
}

/// Which metric or facts to read.
#[payload]
#[serde(deny_unknown_fields)]
pub struct HistoryRequest {
    /// A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
    pub metric: String,
    /// From, included.
    pub from: Option<Timestamp>,
    /// To, excluded.
    pub to: Option<Timestamp>,
    /// In steps of so many seconds, counted from 1970 in UTC; default: at every instant.
    pub every_s: Option<f64>,
    /// Every stored sample with its source, nothing resolved; default: no.
    pub raw: Option<bool>,
    /// As known at this moment.
    pub known_at: Option<Timestamp>,
}

/// How time is cut into windows.
#[payload]
pub enum ShapeRequest {
    /// Spans of one length, side by side, counted from 1970 in UTC.
    Tumbling {
        /// Length, seconds.
        size_s: f64,
    },
    /// Spans of one length that begin at every step.
    Sliding {
        /// Length, seconds.
        size_s: f64,
        /// Step, seconds; at most the length.
        every_s: f64,
    },
    /// As long as pauses stay shorter than the gap.
    Session {
        /// A pause of this length ends the window, seconds.
        gap_s: f64,
    },
    /// Civil days in the zone lived in.
    Day,
    /// Weeks from Monday.
    Week,
    /// Months.
    Month,
}

/// Which windows to read: ready-made ones by name, or those of a metric.
#[payload]
#[derive(Default)]
#[serde(deny_unknown_fields)]
pub struct WindowsRequest {
    /// The name of ready-made windows: see `ready_windows`.
    pub name: Option<String>,
    /// A metric. With a name: the metric that `monthly_goal` is of.
    pub metric: Option<String>,
    /// How time is cut, for a metric.
    pub shape: Option<ShapeRequest>,
    /// From: windows that end after it.
    pub from: Option<Timestamp>,
    /// To: windows that start before it.
    pub to: Option<Timestamp>,
    /// At a past moment: without what came after it.
    pub at: Option<Timestamp>,
    /// As known at a past moment.
    pub known_at: Option<Timestamp>,
    /// What each window is held against, in the unit of its value, above zero.
    pub goal: Option<f64>,
}

/// What to watch.
#[payload]
pub enum WatchRequest {
    /// Figures of the last days, today among them.
    Days {
        /// A figure as `why` understands it; default: all.
        figure: Option<String>,
        /// How many days back; 1 for today alone.
        last: u32,
    },
    /// Windows, ready-made or of a metric.
    Windows {
        /// Which.
        query: WindowsRequest,
    },
}

/// Which difference to explain.
#[payload]
#[serde(deny_unknown_fields)]
pub struct WhyRequest {
    /// A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView`
    /// (`sleep.asleep_min`). Default: all.
    pub score: Option<String>,
    /// Compared with what was known then.
    pub since: Timestamp,
}

/// How a file is read. Its bytes come beside the request, or from a path.
#[payload]
#[derive(Default)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// A file of this machine, read piece by piece; not in a browser.
    pub path: Option<String>,
    /// The file's name, as the answer shall call it; default: the path's last part, else `file`.
    pub name: Option<String>,
    /// IANA zone of times that are written without one; default: the person's, else UTC.
    pub zone: Option<String>,
    /// Read only this person of a file that holds several.
    pub subject: Option<String>,
    /// What the columns of a table mean, as JSON text (`csv_mapping`).
    pub mapping: Option<String>,
    /// Take the consent that an export of a twin holds; only the person may. Default: no.
    pub consent: Option<bool>,
}

/// Where the other log is: a twin's file of this machine, else packed bytes beside the request.
#[payload]
#[serde(deny_unknown_fields)]
pub struct MergeRequest {
    /// A twin's file of this machine; not in a browser.
    pub path: Option<String>,
}

/// Which prediction.
#[payload]
#[serde(deny_unknown_fields)]
pub struct PredictRequest {
    /// A model's id: see `models`.
    pub model: String,
    /// At this moment; default: now.
    pub at: Option<Timestamp>,
    /// As known at this moment; default: as known now.
    pub known_at: Option<Timestamp>,
}

/// The models there are.
#[payload(full)]
pub struct ModelsView {
    /// By id.
    pub models: Vec<ModelView>,
}

/// A model.
#[payload(full)]
pub struct ModelView {
    /// Stable id.
    pub id: String,
    /// Version; changes whenever the same input may give another answer.
    pub version: String,
    /// What it estimates.
    pub title: String,
    /// It speaks of health, and is therefore no diagnosis.
    pub health: bool,
}

/// Ready-made windows.
#[payload(full)]
pub struct ReadyWindowsView {
    /// By name.
    pub windows: Vec<ReadyWindowView>,
}

/// Ready-made windows of one name.
#[payload(full)]
pub struct ReadyWindowView {
    /// Their name.
    pub name: String,
    /// In words.
    pub about: String,
}

/// How a report is made.
#[payload]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Days back from the last one, 1..=3650; default: 90.
    pub days: Option<u32>,
    /// The last day; default: today where something is known of it, else the newest day.
    pub until: Option<LocalDate>,
    /// What the page calls the person; default: their id.
    pub title: Option<String>,
}

/// A grant to somebody.
#[payload]
#[serde(deny_unknown_fields)]
pub struct GrantRequest {
    /// Who may read.
    pub actor: String,
    /// What for.
    pub purpose: Purpose,
    /// Until when; default: until it is revoked.
    pub until: Option<Timestamp>,
}

/// A grant to take back.
#[payload]
#[serde(deny_unknown_fields)]
pub struct RevokeRequest {
    /// Whose.
    pub actor: String,
    /// Which purpose; default: all.
    pub purpose: Option<Purpose>,
}

/// How much to do.
#[payload]
#[serde(deny_unknown_fields)]
pub struct MaintainRequest {
    /// At most about so many small steps of a few milliseconds; default: 100.
    pub steps: Option<u32>,
}

/// How many to show.
#[payload]
#[serde(deny_unknown_fields)]
pub struct RefusedRequest {
    /// At most so many; default: 100.
    pub limit: Option<u32>,
}

/// Records that were refused.
#[payload(full)]
pub struct RefusedRecordsView {
    /// Oldest first.
    pub refused: Vec<RefusedRecordView>,
}

/// A record that was refused.
#[payload(full)]
pub struct RefusedRecordView {
    /// The stable word of the reason.
    pub code: String,
    /// What it was about.
    pub subject: String,
    /// In words.
    pub message: String,
}

/// The imports so far.
#[payload(full)]
pub struct ImportsView {
    /// Oldest first.
    pub imports: Vec<PastImportView>,
}

/// An import that was done.
#[payload(full)]
pub struct PastImportView {
    /// When.
    pub at: Timestamp,
    /// What it did.
    pub import: ImportView,
}

/// A verb without anything to say.
#[payload]
#[serde(deny_unknown_fields)]
pub struct NothingRequest {}

/// The verb was done.
#[payload(full)]
pub struct DoneView {
    /// Always true.
    pub done: bool,
}

impl TryFrom<ShapeRequest> for WindowShape {
    type Error = Error;
    fn try_from(shape: ShapeRequest) -> Result<Self> {
        Ok(match shape {
            ShapeRequest::Tumbling { size_s } => Self::Tumbling { size_us: micros("size_s", size_s)? },
            ShapeRequest::Sliding { size_s, every_s } => {
                Self::Sliding { size_us: micros("size_s", size_s)?, every_us: micros("every_s", every_s)? }
            }
            ShapeRequest::Session { gap_s } => Self::Session { gap_us: micros("gap_s", gap_s)? },
            ShapeRequest::Day => Self::Day,
            ShapeRequest::Week => Self::Week,
            ShapeRequest::Month => Self::Month,
        })
    }
}

impl TryFrom<WindowsRequest> for WindowsQuery {
    type Error = Error;
    fn try_from(r: WindowsRequest) -> Result<Self> {
        Ok(Self {
            name: r.name,
            metric: r.metric,
            shape: r.shape.map(TryInto::try_into).transpose()?,
            from: r.from,
            to: r.to,
            at: r.at,
            known_at: r.known_at,
            goal: r.goal,
        })
    }
}

/// How a metric is read, from what requests say of it.
pub(super) fn resolution(every_s: Option<f64>, raw: Option<bool>) -> Result<Resolution> {
    match (every_s, raw.unwrap_or(false)) {
        (None, true) => Ok(Resolution::Raw),
        (None, false) => Ok(Resolution::Resolved),
        (Some(seconds), false) => Ok(Resolution::Every(micros("every_s", seconds)?)),
        (Some(_), true) => {
            Err(Error::new(Code::InvalidValue, "`raw` samples are not put into steps: leave `every_s` out"))
        }
    }
}

/// A length of time in microseconds.
#[expect(clippy::cast_possible_truncation, reason = "a hundred years of microseconds fit")]
fn micros(field: &str, seconds: f64) -> Result<i64> {
    let longest = 100.0 * 366.0 * 86_400.0;
    if (1e-6..=longest).contains(&seconds) {
        return Ok((seconds * 1e6).round() as i64);
    }
    let message = format!("value of `{field}` is {seconds}, expected seconds above 0, at most 100 years");
    Err(Error::new(Code::InvalidValue, message))
}
