//! `sync_calendar`: a calendar server (CalDAV), request by request; the host has the connection.

use crate::error::{Error, Result};
use crate::twin::Twin;
use crate::verbs::HeaderField;
use twin_adapters::services::caldav::{Caldav, CaldavError, CaldavOptions, HttpHeader, HttpResponse, Step};
use twin_core::log::Intake;
use twin_core::{Code, Timestamp, ZoneId};
use twin_macros::payload;

/// One step of a sync: the first with `start`, each next with `machine` and the server's `answer`.
#[payload]
#[derive(Default)]
#[serde(deny_unknown_fields)]
pub struct SyncCalendarRequest {
    /// Begins a sync.
    pub start: Option<CalendarStart>,
    /// What the step before gave.
    pub machine: Option<String>,
    /// What the server answered to the step's request.
    pub answer: Option<HttpAnswer>,
}

/// What to sync.
#[payload]
pub struct CalendarStart {
    /// Address of the server, of a person's home there, or of one calendar; without credentials.
    pub url: String,
    /// Addresses or paths of the calendars to read; empty finds all that hold events.
    pub collections: Vec<String>,
    /// What the last sync gave to keep; absent reads everything.
    pub state: Option<String>,
    /// Occurrences that end at or before it are left out.
    pub from: Option<Timestamp>,
    /// Occurrences that start at or after it are left out.
    pub to: Option<Timestamp>,
    /// No calendar of the person comes from elsewhere, not from files either; default: no.
    pub only_source: Option<bool>,
}

/// What a server answered.
#[payload]
pub struct HttpAnswer {
    /// 100..=599.
    pub status: u32,
    /// At least `Location` and `Retry-After`, where the answer has them.
    pub headers: Vec<HeaderField>,
    /// The body as text.
    pub body: Option<String>,
}

/// What the host has to do next.
#[payload(full)]
pub struct SyncCalendarView {
    /// Ask this; absent when all is read. The host adds `Authorization` and does not follow redirects.
    pub request: Option<HttpAsk>,
    /// Hand this back with the answer; absent when all is read.
    pub machine: Option<String>,
    /// The server wants to be asked later: so many seconds, 0 where it does not say.
    pub wait_s: Option<f64>,
    /// What it came to, when all is read.
    pub done: Option<CalendarSynced>,
    /// Events written by this step.
    pub events: u64,
}

/// A request for the host to make.
#[payload(full)]
pub struct HttpAsk {
    /// `PROPFIND` or `REPORT`.
    pub method: String,
    /// Absolute; always of the scheme, host and port that were given.
    pub url: String,
    /// Headers, without `Authorization`.
    pub headers: Vec<HeaderField>,
    /// The body.
    pub body: String,
}

/// What a sync came to.
#[payload(full)]
pub struct CalendarSynced {
    /// To keep for the next sync.
    pub state: String,
    /// Calendars read.
    pub calendars: u64,
    /// New or changed occurrences.
    pub upserts: u64,
    /// Records deleted.
    pub deleted: u64,
    /// Read and not taken.
    pub ignored: u64,
    /// All was listed whole.
    pub full: bool,
}

impl Twin {
    /// One step of a sync with a calendar server: records what the last answer told, and says what to ask next. The
    /// engine opens no connection. Between two steps the machine is plain text that may be kept.
    ///
    /// # Errors
    /// `invalid_value` for options or a machine that are none, `consent_required` where the server wants another
    /// sign-in, `not_found`, `unsupported`, `malformed` as the server's answer is; `storage`. A server that wants to
    /// be asked later is no error.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, Storage, SyncCalendarRequest};
    /// # let noon = FixedClock("2026-03-02T07:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// # let twin = engine.own_twin("me")?;
    /// let start: SyncCalendarRequest = serde_json::from_str(r#"{"start":{"url":"https://dav.example.org/"}}"#)?;
    /// let step = twin.sync_calendar(&start)?;
    /// let ask = step.request.unwrap();
    /// assert_eq!((ask.method.as_str(), ask.url.starts_with("https://dav.example.org/")), ("PROPFIND", true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sync_calendar(&self, request: &SyncCalendarRequest) -> Result<SyncCalendarView> {
        let (mut log, now) = self.enter_to_write()?;
        let invalid = |why: &str| Error::new(Code::InvalidValue, why);
        let mut machine: Caldav = match (&request.start, &request.machine) {
            (Some(start), None) => {
                let zone = log.context().zones.at(now).name().unwrap_or("UTC").to_owned();
                Caldav::new(CaldavOptions {
                    url: start.url.clone(),
                    now,
                    zone: ZoneId::new(zone)?,
                    collections: start.collections.clone(),
                    state: start.state.clone(),
                    from: start.from,
                    to: start.to,
                    only_source: start.only_source == Some(true),
                })
                .map_err(told)?
            }
            (None, Some(text)) => {
                serde_json::from_str(text).map_err(|_| invalid("`machine` was not given by a step before"))?
            }
            _ => return Err(invalid("a step has either `start` or `machine`")),
        };
        let (mut wait_s, mut events) = (None, 0);
        if let Some(answer) = &request.answer {
            let answer = HttpResponse {
                status: u16::try_from(answer.status).map_err(|_| invalid("`status` is no status of HTTP"))?,
                headers: answer
                    .headers
                    .iter()
                    .map(|h| HttpHeader { name: h.name.clone(), value: h.value.clone() })
                    .collect(),
                body: answer.body.clone().unwrap_or_default(),
            };
            let mut intake = Intake::new(&mut log, now);
            let accepted = machine.accept(&answer, &mut intake);
            events = intake.finish()?.0.events;
            match accepted {
                Err(CaldavError::Later { retry_after_s, .. }) => {
                    wait_s = Some(retry_after_s.map_or(0.0, |s| s as f64));
                }
                other => other.map_err(told)?,
            }
        }
        let next = machine.next();
        let machine = matches!(next, Step::Request(_))
            .then(|| serde_json::to_string(&machine))
            .transpose()
            .map_err(|_| Error::new(Code::Internal, "the machine could not be written down"))?;
        let (request, done) = match next {
            Step::Request(ask) => {
                let field = |h: HttpHeader| HeaderField { name: h.name, value: h.value };
                let headers = ask.headers.into_iter().map(field).collect();
                (Some(HttpAsk { method: ask.method, url: ask.url, headers, body: ask.body }), None)
            }
            Step::Done(report) => {
                let (state, full) = (report.state, report.full);
                let (upserts, deleted, ignored) = (report.upserts, report.deleted, report.ignored);
                let calendars = report.calendars;
                (None, Some(CalendarSynced { state, calendars, upserts, deleted, ignored, full }))
            }
        };
        Ok(SyncCalendarView { request, machine, wait_s, done, events })
    }
}

fn told(error: CaldavError) -> Error {
    Error::new(error.code(), error.to_string())
}
