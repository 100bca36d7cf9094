//! The list of verbs: name, request, answer, what crosses beside them.

use super::request::*;
use super::run;
use crate::error::{Error, Result};
use crate::plan::{PlanRequest, PlanView};
use crate::predict::PredictionView;
use crate::twin::Twin;
use crate::verbs::{
    HistoryView, ImportView, MaintainView, MergeReport, Progress, ReceiveRequest, ReceivedView, RecordedView,
    Scenario, SimulationView, SyncCalendarRequest, SyncCalendarView, VerifyView, WhyView,
};
use crate::view::{StateView, WindowsView};
use serde::Serialize;
use serde::de::DeserializeOwned;
use twin_core::Code;

/// What an answer is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// A payload, as JSON text.
    Json,
    /// Plain text: a page, JSON lines.
    Text,
    /// Bytes.
    Bytes,
}

impl Lane {
    /// The word in `schemas/verbs.json`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// A verb, as bindings know it.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// Its name, snake_case.
    pub name: &'static str,
    /// Takes bytes beside the request.
    pub takes_bytes: bool,
    /// What it gives.
    pub gives: Lane,
    /// It writes to the twin.
    pub writes: bool,
}

/// What a verb answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A payload, as JSON text.
    Json(String),
    /// Plain text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What comes beside a request.
pub(super) struct Beside<'a> {
    pub(super) bytes: Option<&'a [u8]>,
    pub(super) progress: Option<Progress<'a>>,
}

/// A verb with the schemas of its request and answer.
#[cfg(feature = "schema")]
pub struct VerbSchema {
    /// The verb.
    pub verb: Verb,
    /// What it does, from its doc comment.
    pub about: &'static str,
    /// Name and schema of the request.
    pub request: (String, schemars::Schema),
    /// Name and schema of a JSON answer.
    pub answer: Option<(String, schemars::Schema)>,
}

macro_rules! lane {
    (text) => {
        Lane::Text
    };
    (bytes) => {
        Lane::Bytes
    };
    ($view:ident) => {
        Lane::Json
    };
}
macro_rules! answer {
    (text, $done:expr) => {
        $done.map(Answer::Text)
    };
    (bytes, $done:expr) => {
        $done.map(Answer::Bytes)
    };
    ($view:ident, $done:expr) => {
        json::<$view>(&$done?)
    };
}
#[cfg(feature = "schema")]
macro_rules! answer_schema {
    (text) => {
        None
    };
    (bytes) => {
        None
    };
    ($view:ident) => {
        Some(schema_of::<$view>(true))
    };
}

/// Each line: the verb, its request, its answer (`text`, `bytes` or a payload); `+ bytes` when it takes bytes,
/// `writes` when it changes the twin. `run::<name>` does it.
macro_rules! verbs {
    ($($(#[doc = $doc:literal])+ $name:ident($request:ident $($bytes:literal)?) -> $gives:ident $($writes:ident)?;)+) => {
        /// Every verb that goes by name, in the order of the reference.
        pub const VERBS: &[Verb] = &[$(Verb {
            name: stringify!($name),
            takes_bytes: false $(|| is($bytes))?,
            gives: lane!($gives),
            writes: false $(|| is(stringify!($writes)))?,
        }),+];

        pub(super) fn dispatch(twin: &Twin, verb: &str, request: &str, beside: Beside<'_>) -> Result<Answer> {
            match verb {
                $(stringify!($name) => answer!(
                    $gives,
                    run::$name(twin, read::<$request>(stringify!($name), request)?, beside)
                ),)+
                other => Err(Error::new(
                    Code::NotFound,
                    format!("there is no verb `{}`", other.chars().take(40).collect::<String>()),
                )),
            }
        }

        /// Every verb with its schemas: what bindings are generated from.
        #[cfg(feature = "schema")]
        #[must_use]
        pub fn verb_schemas() -> Vec<VerbSchema> {
            let texts = [$(concat!($($doc, "\n"),+)),+];
            let schemas = vec![$((schema_of::<$request>(false), answer_schema!($gives))),+];
            let each = VERBS.iter().zip(texts).zip(schemas);
            each.map(|((verb, about), (request, answer))| VerbSchema { verb: *verb, about, request, answer }).collect()
        }
    };
}

verbs! {
    /// Records facts. All of them are written, or none; what is there already is counted as a duplicate.
    record(RecordRequest) -> RecordedView writes;
    /// Says what a record should have said. The past is kept: `state` with `known_at` still shows what was
    /// believed then.
    correct(CorrectRequest) -> RecordedView writes;
    /// Takes a record back.
    delete(DeleteRequest) -> RecordedView writes;
    /// Reads a file: an export of a phone, a watch, a calendar, a tool. Give its bytes, or a path. What precedes
    /// damage is kept; importing again changes nothing.
    import(ImportRequest "bytes") -> ImportView writes;
    /// Takes what a service delivers by webhook: proves who sent it, records what it says of work, and says what to
    /// answer. Give the body as bytes, not one changed.
    receive(ReceiveRequest "bytes") -> ReceivedView writes;
    /// One step of a sync with a calendar server: records what the last answer told, and says what to ask next.
    sync_calendar(SyncCalendarRequest) -> SyncCalendarView writes;
    /// Merges another log of the same person, given as packed bytes or as a path. Merging again changes nothing,
    /// and the order of merges does not matter.
    merge(MergeRequest "bytes") -> MergeReport writes;
    /// The state now, or at a past moment, or as it was known at a past moment.
    state(StateRequest) -> StateView;
    /// Days, oldest first; days of which nothing is known are left out.
    days(DaysRequest) -> DaysView;
    /// A metric over time, raw, resolved over its sources or in steps; or the facts of a kind.
    history(HistoryRequest) -> HistoryView;
    /// Figures of windows of time. Late and corrected data change them; each says by its revision how often.
    windows(WindowsRequest) -> WindowsView;
    /// The ready-made windows.
    ready_windows(NothingRequest) -> ReadyWindowsView;
    /// Why figures are not what they were: the days that changed, and what was learned.
    why(WhyRequest) -> WhyView;
    /// What a model says of the person, with interval, confidence and what is missing.
    predict(PredictRequest) -> PredictionView;
    /// What would happen: sleep, alertness, training and strain run forward, as usual and with changes.
    simulate(Scenario) -> SimulationView;
    /// A plan of work: a week of tasks, a learning path, teams, who takes which task, which projects fit; each with
    /// what found no place and the rule that holds it back.
    plan(PlanRequest) -> PlanView;
    /// The models there are.
    models(NothingRequest) -> ModelsView;
    /// A self-contained HTML page with charts.
    report(ReportRequest) -> text;
    /// Everything that is known, as JSON lines: one CloudEvents object each, in the order it was learned.
    export(NothingRequest) -> text;
    /// The whole log as bytes, for `merge` on another device, or to be kept.
    pack(NothingRequest) -> bytes;
    /// Checks every hash, folds the whole log again and compares it with what is stored.
    verify(NothingRequest) -> VerifyView;
    /// Does some of the work that waits, in small steps: for phones, while the system grants time.
    maintain(MaintainRequest) -> MaintainView writes;
    /// Lets somebody read for a purpose. Only the person may.
    grant(GrantRequest) -> DoneView writes;
    /// Takes a grant back.
    revoke(RevokeRequest) -> DoneView writes;
    /// The imports so far.
    imports(NothingRequest) -> ImportsView;
    /// Records that were refused, with reasons.
    refused(RefusedRequest) -> RefusedRecordsView;
    /// Fails as a bug of ours would, with `internal`: for a host that wants to see what it does then. Nothing is
    /// harmed.
    drill(NothingRequest) -> DoneView;
}

/// Was the word there?
const fn is(word: &str) -> bool {
    !word.is_empty()
}

/// The request of a verb. No text is a request without fields.
pub(super) fn read<T: DeserializeOwned>(verb: &str, request: &str) -> Result<T> {
    let request = if request.trim().is_empty() { "{}" } else { request };
    serde_json::from_str(request).map_err(|e| {
        let said = e.to_string();
        let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
        let why: String = why.chars().take(200).collect();
        Error::new(Code::InvalidValue, format!("this is no request of `{verb}`: {why}"))
    })
}

fn json<T: Serialize>(view: &T) -> Result<Answer> {
    let text = serde_json::to_string(view);
    text.map(Answer::Json).map_err(|_| Error::new(Code::Internal, "an answer could not be written as JSON"))
}

#[cfg(feature = "schema")]
fn schema_of<T: schemars::JsonSchema>(written: bool) -> (String, schemars::Schema) {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let settings = if written { settings.for_serialize() } else { settings.for_deserialize() };
    (T::schema_name().into_owned(), settings.into_generator().into_root_schema_for::<T>())
}
