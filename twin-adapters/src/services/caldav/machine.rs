use super::address::Origin;
use super::books::Books;
use super::error::CaldavError;
use super::memory::Memory;
use super::round::Round;
use super::wire::{CaldavOptions, CaldavReport, HttpRequest, HttpResponse, Step};
use super::{ask, discovery};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use twin_core::observation::Sink;
use twin_core::{Error, Zone};

/// Most redirects of one request.
const MAX_HOPS: u32 = 5;

/// A sync with one server, request by request.
///
/// ```
/// use twin_adapters::services::caldav::{Caldav, CaldavOptions, Step};
/// use twin_core::{Timestamp, ZoneId};
/// let now: Timestamp = "2026-11-01T00:00:00Z".parse()?;
/// let options = CaldavOptions::new("https://example.org", now, ZoneId::new("Europe/Paris")?);
/// let caldav = Caldav::new(options)?;
/// let Step::Request(request) = caldav.next() else { unreachable!() };
/// assert_eq!((request.method.as_str(), request.url.as_str()), ("PROPFIND", "https://example.org/.well-known/caldav"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It is its own saved state (serde): a host that cannot keep it in memory between a request and its answer writes it
/// down. What to keep between syncs is [`CaldavReport::state`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Caldav {
    pub(super) options: CaldavOptions,
    pub(super) origin: Origin,
    pub(super) phase: Phase,
    /// Where the server moved the place of this request to.
    moved: Option<String>,
    hops: u32,
    /// Calendars still to read.
    queue: VecDeque<String>,
    pub(super) books: Books,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// Where the person's calendars are.
    Find(discovery::Search),
    /// What changed in a calendar.
    Changes(Round),
    /// All that is in it.
    Listing(Round),
    /// The bodies of what changed.
    Bodies(Round),
    Done(CaldavReport),
}

impl Caldav {
    /// A sync that begins.
    ///
    /// # Errors
    /// `invalid_value` for an address that is none or holds credentials, a zone that is not known, `from` not
    /// before `to`, `only_source` with either, the state of another server; `malformed` for a state that is none;
    /// `unsupported` for `collections` on another host.
    pub fn new(mut options: CaldavOptions) -> Result<Self, CaldavError> {
        let (origin, path) = Origin::of(&options.url)?;
        Zone::of(&options.zone)?;
        let bounds = (options.from, options.to);
        if matches!(bounds, (Some(from), Some(to)) if from >= to) {
            return Err(Error::invalid("to", "a moment not after `from`", "a moment after it").into());
        }
        if options.only_source && bounds != (None, None) {
            return Err(Error::invalid("only_source", "with `from` or `to`", "all of the calendar").into());
        }
        let memory = Memory::of(options.state.take().as_deref(), origin.as_str())?;
        let named =
            options.collections.iter().map(|c| origin.resolve(&path, c)).collect::<Result<Vec<_>, _>>()?;
        let search = discovery::Search::of(path);
        let books = Books::new(memory, &options);
        let phase = Phase::Find(search);
        let mut caldav = Self { options, origin, phase, moved: None, hops: 0, queue: VecDeque::new(), books };
        if !named.is_empty() {
            caldav.begin(named);
        }
        Ok(caldav)
    }

    /// What to ask now, or what it came to. The same until an answer is accepted.
    #[must_use]
    pub fn next(&self) -> Step {
        let request = |method: &str, place: &str, depth: &str, body: String| {
            let url = self.origin.url(self.moved.as_deref().unwrap_or(place));
            Step::Request(HttpRequest { method: method.into(), url, headers: ask::headers(depth), body })
        };
        match &self.phase {
            Phase::Find(search) => request("PROPFIND", search.place(), search.depth(), ask::find()),
            Phase::Changes(round) => {
                request("REPORT", &round.calendar, "0", ask::changes(round.token.as_deref(), !round.full))
            }
            Phase::Listing(round) => request("PROPFIND", &round.calendar, "1", ask::list()),
            Phase::Bodies(round) => request("REPORT", &round.calendar, "1", ask::bodies(round.batch())),
            Phase::Done(report) => Step::Done(report.clone()),
        }
    }

    /// Takes the answer to the request of [`Caldav::next`] and hands over what it says.
    ///
    /// # Errors
    /// See [`CaldavError`]. After an error the next step is the same request; what was handed over stays true.
    pub fn accept(&mut self, response: &HttpResponse, sink: &mut dyn Sink) -> Result<(), CaldavError> {
        if matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return self.follow(response);
        }
        // On an error all is as it was, but for the books of bodies already read.
        let place = self.place().to_owned();
        match self.phase.clone() {
            Phase::Find(search) => self.find(search, &place, response, sink)?,
            Phase::Changes(round) => self.changes(round, &place, response, sink)?,
            Phase::Listing(round) => self.listing(round, &place, response, sink)?,
            Phase::Bodies(round) => self.bodies(round, &place, response, sink)?,
            Phase::Done(_) => {
                return Err(Error::invalid("response", "one too many", "none: the sync is done").into());
            }
        }
        (self.moved, self.hops) = (None, 0);
        Ok(())
    }

    /// The path of the request that is out.
    fn place(&self) -> &str {
        let own = match &self.phase {
            Phase::Find(search) => search.place(),
            Phase::Changes(round) | Phase::Listing(round) | Phase::Bodies(round) => &round.calendar,
            Phase::Done(_) => "/",
        };
        self.moved.as_deref().unwrap_or(own)
    }

    fn follow(&mut self, response: &HttpResponse) -> Result<(), CaldavError> {
        let location = response.header("Location").ok_or(CaldavError::Malformed("a redirect to nowhere"))?;
        let target = self.origin.resolve(self.place(), location)?;
        if self.hops >= MAX_HOPS {
            return Err(CaldavError::Malformed("redirects without end"));
        }
        self.hops += 1;
        self.moved = Some(target);
        Ok(())
    }

    /// Reads these calendars one after the other.
    pub(super) fn begin(&mut self, calendars: Vec<String>) {
        let same = |a: &str, b: &str| a.trim_end_matches('/') == b.trim_end_matches('/');
        self.queue.clear();
        for path in calendars {
            // With or without its last slash, it is one calendar.
            let known = self.books.memory.calendars.keys().find(|known| same(known, &path)).cloned();
            let path = known.unwrap_or(path);
            if !self.queue.iter().any(|queued| same(queued, &path)) {
                self.queue.push_back(path);
            }
        }
        self.turn();
    }

    /// The next calendar's turn.
    fn turn(&mut self) {
        if let Some(calendar) = self.queue.pop_front() {
            let token = self.books.memory.calendars.get(&calendar).and_then(|c| c.token.clone());
            self.phase = Phase::Changes(Round::of(&calendar, token));
        }
    }

    /// A calendar is read: its token holds from now on.
    pub(super) fn end_turn(&mut self, round: Round, sink: &mut dyn Sink) -> Result<(), CaldavError> {
        let last = self.queue.is_empty();
        self.books.memory.calendars.entry(round.calendar).or_default().token = round.token;
        if last {
            let mut books = self.books.clone();
            books.count(round.full);
            self.phase = Phase::Done(books.close(&self.options, sink)?);
            self.books = books;
        } else {
            self.books.count(round.full);
            self.turn();
        }
        Ok(())
    }
}
