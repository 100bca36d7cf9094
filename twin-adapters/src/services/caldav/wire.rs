use twin_core::{Timestamp, ZoneId};
use twin_macros::payload;

/// What to sync.
#[payload]
pub struct CaldavOptions {
    /// `https://` address of the server, of a person's principal or home, or of one calendar; without credentials.
    pub url: String,
    /// The moment of the sync: what has ended by then was attended, what has not is planned.
    pub now: Timestamp,
    /// The zone of times that are written without one.
    pub zone: ZoneId,
    /// Addresses or paths of the calendars to read; empty finds all that hold events.
    pub collections: Vec<String>,
    /// What the last report gave to keep; absent reads everything.
    pub state: Option<String>,
    /// Occurrences that end at or before it are left out; absent for no bound.
    pub from: Option<Timestamp>,
    /// Occurrences that start at or after it are left out; absent for no bound. Endless series are followed to
    /// 366 days after `now` in any case.
    pub to: Option<Timestamp>,
    /// No calendar of the person comes from elsewhere, not from files either: a sync that reads everything ends
    /// with a complete `WindowRead` of all calendars, which deletes what it did not see. Not with `from` or `to`.
    #[serde(default)]
    pub only_source: bool,
}

impl CaldavOptions {
    /// Everything of a server.
    #[must_use]
    pub fn new(url: impl Into<String>, now: Timestamp, zone: ZoneId) -> Self {
        Self {
            url: url.into(),
            now,
            zone,
            collections: Vec::new(),
            state: None,
            from: None,
            to: None,
            only_source: false,
        }
    }
}

/// What the machine wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Ask this and hand the answer to `accept`.
    Request(HttpRequest),
    /// All is read.
    Done(CaldavReport),
}

/// A request for the host to make. The host adds `Authorization`, and does not follow redirects by itself: the
/// machine does, and sees to it that they stay on the host.
#[payload]
pub struct HttpRequest {
    /// `PROPFIND` or `REPORT`.
    pub method: String,
    /// Absolute, always of the scheme, host and port of the options' `url`.
    pub url: String,
    /// Headers, without `Authorization`, `Host` and `Content-Length`.
    pub headers: Vec<HttpHeader>,
    /// XML in UTF-8.
    pub body: String,
}

/// An answer the host got.
#[payload]
pub struct HttpResponse {
    /// 100..=599.
    pub status: u16,
    /// At least `Location` and `Retry-After`, where the answer has them; names in any case.
    pub headers: Vec<HttpHeader>,
    /// The body as text, chunks joined, decompressed; bytes that are no UTF-8 replaced.
    #[serde(default)]
    pub body: String,
}

/// A header line.
#[payload]
pub struct HttpHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl HttpResponse {
    /// The value of a header, names compared without regard to case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.trim())
    }
}

/// What a sync came to.
#[payload]
#[derive(Default)]
pub struct CaldavReport {
    /// To keep, after the facts are stored, and to hand to the next sync as `state`: sync tokens, and which record
    /// came from which object. Opaque; it holds ids, no titles and no credentials.
    pub state: String,
    /// Calendars read.
    pub calendars: u64,
    /// Facts handed over: new or changed occurrences.
    pub upserts: u64,
    /// Records deleted.
    pub deleted: u64,
    /// Read and not handed over: occurrences outside of `from` and `to`, and objects that could not be had or read.
    pub ignored: u64,
    /// All calendars were listed whole: there was no sync token, or the server no longer takes it.
    pub full: bool,
}
