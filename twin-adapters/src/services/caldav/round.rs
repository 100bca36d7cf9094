use super::error::CaldavError;
use super::machine::{Caldav, Phase};
use super::multistatus::{self, Member, Multistatus};
use super::wire::HttpResponse;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use twin_core::observation::Sink;
use twin_core::sort::Gather as _;

/// Bodies asked for at once.
const BATCH: usize = 50;
/// Most answers about one calendar's changes; a server that never comes to an end is left.
const MAX_PAGES: u32 = 10_000;

/// One calendar's turn.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Round {
    pub(super) calendar: String,
    pub(super) token: Option<String>,
    /// Everything is listed, not only what changed.
    pub(super) full: bool,
    pages: u32,
    /// What a whole listing shows.
    seen: BTreeSet<String>,
    /// Bodies to ask for.
    wanted: BTreeSet<String>,
}

impl Round {
    pub(super) fn of(calendar: &str, token: Option<String>) -> Self {
        Self { calendar: calendar.to_owned(), full: token.is_none(), token, ..Self::default() }
    }

    pub(super) fn batch(&self) -> impl Iterator<Item = &String> {
        self.wanted.iter().take(BATCH)
    }
}

impl Caldav {
    pub(super) fn changes(
        &mut self,
        mut round: Round,
        place: &str,
        response: &HttpResponse,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        match response.status {
            207 => {}
            // The token is refused (RFC 6578 §3.2), in the ways servers do that: everything anew, once.
            400 | 403 | 409 | 410 | 412 if !round.full => {
                self.phase = Phase::Changes(Round::of(&round.calendar, None));
                return Ok(());
            }
            400 | 403 | 405 | 409 | 415 | 422 | 501 if round.token.is_none() => {
                self.phase = Phase::Listing(round);
                return Ok(());
            }
            _ => return Err(CaldavError::of(response, self.options.now)),
        }
        let answer = multistatus::parse(&response.body)?;
        if answer.sync_token.is_none() {
            // So answer servers that do not know the question; their answer says nothing.
            self.phase = Phase::Listing(Round::of(&round.calendar, None));
            return Ok(());
        }
        let truncated = answer.members.iter().any(|m| m.status == Some(507));
        if truncated && (answer.sync_token == round.token || round.pages >= MAX_PAGES) {
            return Err(CaldavError::Malformed("it is cut short and does not go on"));
        }
        self.members(&mut round, place, &answer, sink)?;
        (round.token, round.pages) = (answer.sync_token, round.pages + 1);
        if truncated {
            self.phase = Phase::Changes(round);
            return Ok(());
        }
        self.listed(round, sink)
    }

    pub(super) fn listing(
        &mut self,
        mut round: Round,
        place: &str,
        response: &HttpResponse,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        if response.status != 207 {
            return Err(CaldavError::of(response, self.options.now));
        }
        let answer = multistatus::parse(&response.body)?;
        // Even an empty calendar lists itself.
        if answer.members.is_empty() {
            return Err(CaldavError::Malformed("a listing of nothing, not even of the calendar"));
        }
        if answer.members.iter().any(|m| m.status == Some(507)) {
            return Err(CaldavError::Unsupported("the server does not list its calendar to the end".into()));
        }
        self.members(&mut round, place, &answer, sink)?;
        self.listed(round, sink)
    }

    /// What an answer says of a calendar's objects.
    fn members(
        &mut self,
        round: &mut Round,
        place: &str,
        answer: &Multistatus,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        let itself = |path: &str| {
            [place, &round.calendar].iter().any(|p| p.trim_end_matches('/') == path.trim_end_matches('/'))
        };
        let mut wanted = Vec::new();
        for (path, member) in self.paths(place, answer, sink) {
            let props = &member.props;
            if itself(&path) || path.ends_with('/') || props.collection {
                continue;
            }
            match member.status {
                Some(404 | 410) => self.books.remove(&round.calendar, &path),
                Some(status) if !(200..300).contains(&status) => {
                    round.seen.insert(path.clone());
                    self.books.missed(&round.calendar, &path, self.options.now, sink);
                }
                _ => {
                    round.seen.insert(path.clone());
                    if let Some(body) = &props.data {
                        let at = (round.calendar.as_str(), path.as_str());
                        self.books.read(at, props.etag.clone(), body, &self.options, sink)?;
                    } else if !self.books.has(&round.calendar, &path, props.etag.as_deref()) {
                        wanted.push(path);
                    }
                }
            }
        }
        round.wanted.extend(wanted);
        Ok(())
    }

    /// The members of an answer with their paths; those elsewhere are refused.
    pub(super) fn paths<'a>(
        &mut self,
        place: &str,
        answer: &'a Multistatus,
        sink: &mut dyn Sink,
    ) -> Vec<(String, &'a Member)> {
        let mut paths = Vec::with_capacity(answer.members.len());
        for member in &answer.members {
            for href in &member.hrefs {
                match self.origin.resolve(place, href) {
                    Ok(path) => paths.push((path, member)),
                    Err(CaldavError::OtherHost { .. }) => {
                        self.books.refuse("other_host", "an object on another host is not asked for", sink);
                    }
                    Err(_) => {
                        self.books.refuse("bad_address", "the address of an object cannot be read", sink)
                    }
                }
            }
        }
        paths
    }

    /// All changes of a calendar are known.
    fn listed(&mut self, mut round: Round, sink: &mut dyn Sink) -> Result<(), CaldavError> {
        if round.full {
            self.books.keep_only(&round.calendar, &round.seen);
            round.seen.clear();
        }
        round.wanted.extend(self.books.due(&round.calendar, self.options.now));
        self.bodies_of(round, sink)
    }

    fn bodies_of(&mut self, round: Round, sink: &mut dyn Sink) -> Result<(), CaldavError> {
        if round.wanted.is_empty() {
            return self.end_turn(round, sink);
        }
        self.phase = Phase::Bodies(round);
        Ok(())
    }

    pub(super) fn bodies(
        &mut self,
        mut round: Round,
        place: &str,
        response: &HttpResponse,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        if response.status != 207 {
            return Err(CaldavError::of(response, self.options.now));
        }
        let answer = multistatus::parse(&response.body)?;
        let mut open: BTreeSet<String> = round.batch().cloned().gather();
        for (path, member) in self.paths(place, &answer, sink) {
            // What was not asked for is not looked at.
            if !open.contains(&path) {
                continue;
            }
            let props = &member.props;
            match (member.status, &props.data) {
                (Some(404 | 410), _) => self.books.remove(&round.calendar, &path),
                (_, Some(body)) => {
                    let at = (round.calendar.as_str(), path.as_str());
                    self.books.read(at, props.etag.clone(), body, &self.options, sink)?;
                }
                _ => continue,
            }
            open.remove(&path);
        }
        for path in open {
            self.books.missed(&round.calendar, &path, self.options.now, sink);
        }
        round.wanted = round.wanted.into_iter().skip(BATCH).collect();
        self.bodies_of(round, sink)
    }
}
