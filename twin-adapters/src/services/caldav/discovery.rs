//! From an address to calendars: RFC 6764 (well-known), RFC 5397 (principal), RFC 4791 §6.2.1 (home).

use super::error::CaldavError;
use super::machine::{Caldav, Phase};
use super::multistatus::{self, Props};
use super::wire::HttpResponse;
use serde::{Deserialize, Serialize};
use twin_core::observation::Sink;
use twin_core::sort::OrderBy;

const WELL_KNOWN: &str = "/.well-known/caldav";
/// Most homes of a person.
const MAX_HOMES: usize = 20;

/// How far the search is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Search {
    place: String,
    stage: Stage,
    /// Where to look next.
    others: Vec<String>,
    /// Calendars found.
    found: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    /// A place that may be anything.
    Start,
    /// The person, who has homes.
    Person,
    /// A home, which has calendars.
    Home,
}

impl Search {
    /// A search from a path: there, at the well-known place, at the root; from the root the well-known place is first.
    pub(super) fn of(path: String) -> Self {
        let (place, others) = match path.as_str() {
            "/" => (WELL_KNOWN.to_owned(), vec!["/".to_owned()]),
            _ => (path, vec![WELL_KNOWN.to_owned(), "/".to_owned()]),
        };
        Self { place, stage: Stage::Start, others, found: Vec::new() }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) const fn depth(&self) -> &'static str {
        if matches!(self.stage, Stage::Home) { "1" } else { "0" }
    }

    /// The next place of the same stage; `false` when there is none.
    fn step(&mut self) -> bool {
        let next = (!self.others.is_empty()).then(|| self.others.remove(0));
        next.map(|place| self.place = place).is_some()
    }
}

impl Caldav {
    /// Takes an answer of the search.
    pub(super) fn find(
        &mut self,
        mut search: Search,
        place: &str,
        response: &HttpResponse,
        sink: &mut dyn Sink,
    ) -> Result<(), CaldavError> {
        let tolerated = matches!(response.status, 200..=299 | 400 | 403 | 404 | 405 | 410 | 501);
        if search.stage == Stage::Start && response.status != 207 && tolerated && search.step() {
            self.phase = Phase::Find(search);
            return Ok(());
        }
        if response.status != 207 {
            return Err(CaldavError::of(response, self.options.now));
        }
        let answer = multistatus::parse(&response.body)?;
        if search.stage == Stage::Home {
            for (path, member) in self.paths(place, &answer, sink) {
                if member.props.calendar && takes_events(&member.props) && !search.found.contains(&path) {
                    search.found.push(path);
                }
            }
            return self.homes_seen(search);
        }
        // One place was asked about.
        let nothing = Props::default();
        let props = answer.members.first().map_or(&nothing, |m| &m.props);
        if props.calendar {
            self.begin(vec![place.to_owned()]);
            return Ok(());
        }
        let homes = props.homes.iter().take(MAX_HOMES).map(|h| self.origin.resolve(place, h));
        search.found = Vec::new();
        let homes = homes.collect::<Result<Vec<_>, _>>()?;
        if !homes.is_empty() {
            (search.stage, search.others) = (Stage::Home, homes);
        } else if let (Stage::Start, Some(principal)) = (search.stage, &props.principal) {
            (search.stage, search.others) = (Stage::Person, vec![self.origin.resolve(place, principal)?]);
        } else if props.unauthenticated {
            return Err(CaldavError::Refused { status: 401 });
        } else if search.stage == Stage::Person {
            return Err(CaldavError::NotFound);
        }
        if !search.step() {
            return Err(CaldavError::NotFound);
        }
        self.phase = Phase::Find(search);
        Ok(())
    }

    /// One home is read: the next, or the calendars of all.
    fn homes_seen(&mut self, mut search: Search) -> Result<(), CaldavError> {
        if search.step() {
            self.phase = Phase::Find(search);
            return Ok(());
        }
        if search.found.is_empty() {
            return Err(CaldavError::NotFound);
        }
        search.found.order();
        self.books.keep_calendars(&search.found);
        self.begin(search.found);
        Ok(())
    }
}

fn takes_events(props: &Props) -> bool {
    props.components.as_ref().is_none_or(|c| c.iter().any(|c| c == "VEVENT"))
}
