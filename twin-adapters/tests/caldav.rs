//! CalDAV: what servers answer, a server in memory with any history, and Radicale where one is at hand
//! (`tests/caldav/run.sh`).

#![cfg(feature = "caldav")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "caldav/answers.rs"]
mod answers;
#[path = "caldav/fake.rs"]
mod fake;
#[path = "caldav/histories.rs"]
mod histories;
#[path = "caldav/hostile.rs"]
mod hostile;
#[path = "caldav/http.rs"]
mod http;
#[path = "caldav/radicale.rs"]
mod radicale;

use twin_adapters::services::caldav::{
    Caldav, CaldavError, CaldavOptions, CaldavReport, HttpRequest, HttpResponse, Step,
};
use twin_core::event::{CalendarEntry, Content, EventBody};
use twin_core::log::{Intake, Log};
use twin_core::observation::{Observation, Sink};
use twin_core::store::MemoryStore;
use twin_core::{Timestamp, TwinId, ZoneId};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn options(url: &str, now: &str) -> CaldavOptions {
    CaldavOptions::new(url, at(now), ZoneId::new("Europe/Paris").unwrap())
}

/// Runs a sync to its end.
fn run(
    options: CaldavOptions,
    sink: &mut dyn Sink,
    server: &mut dyn FnMut(&HttpRequest) -> HttpResponse,
) -> Result<CaldavReport, CaldavError> {
    let mut caldav = Caldav::new(options)?;
    for _ in 0..10_000 {
        // A host may have to write the machine down between a request and its answer.
        caldav = serde_json::from_str(&serde_json::to_string(&caldav).unwrap()).unwrap();
        match caldav.next() {
            Step::Request(request) => caldav.accept(&server(&request), sink)?,
            Step::Done(report) => return Ok(report),
        }
    }
    panic!("it never ends");
}

/// An empty twin.
fn log() -> Log {
    Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap()
}

fn store(log: &mut Log, facts: Vec<Content>, now: Timestamp) {
    let mut intake = Intake::new(log, now);
    for fact in facts {
        intake.accept(Observation::Fact(fact)).unwrap();
    }
    let (_, refused) = intake.finish().unwrap();
    assert!(refused.is_empty(), "{refused:?}");
}

fn entry(fact: &Content) -> Option<&CalendarEntry> {
    match &fact.body {
        EventBody::MeetingPlanned(m) => Some(&m.entry),
        EventBody::MeetingAttended(m) => Some(&m.entry),
        _ => None,
    }
}

/// `met/<uid> <start> <title>`
fn line(fact: &Content) -> String {
    let record = fact.record.as_ref().map_or("-", |r| r.as_str());
    entry(fact).map_or_else(
        || format!("{record} {}", fact.body.kind()),
        |e| format!("{record} {} {}", e.start, e.title.as_deref().unwrap_or("-")),
    )
}

/// What holds in a twin, by record.
fn holds(log: &Log) -> Vec<String> {
    let mut lines = Vec::new();
    log.events(at("2015-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"), &mut |event| {
        if event.content.record.is_some() {
            lines.push(line(&event.content));
        }
        Ok(())
    })
    .unwrap();
    lines.sort();
    lines.dedup();
    lines
}
