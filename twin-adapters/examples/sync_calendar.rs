//! Syncs the calendars of a server and prints what is new: one JSON line a fact.
//!
//! ```text
//! AUTHORIZATION='Basic …' cargo run -p twin-adapters --example sync_calendar -- \
//!     http://127.0.0.1:5232/ 2026-11-01T00:00:00Z Europe/Paris state.json
//! ```
//!
//! The state is read and written where the last argument says. The HTTP client is a plain socket without TLS: an
//! app brings its own.

#[path = "../tests/caldav/http.rs"]
mod http;

use std::error::Error;
use std::io::Write;
use twin_adapters::services::caldav::{
    Caldav, CaldavError, CaldavOptions, CaldavReport, HttpRequest, HttpResponse, Step,
};
use twin_core::ZoneId;
use twin_core::event::{Content, EventBody};
use twin_core::observation::{Collected, Sink};

// [loop]
/// One sync: asks what the machine wants to know until it is done.
fn sync(
    options: CaldavOptions,
    ask: &mut dyn FnMut(&HttpRequest) -> std::io::Result<HttpResponse>,
    sink: &mut dyn Sink,
) -> Result<CaldavReport, Box<dyn Error>> {
    let mut caldav = Caldav::new(options)?;
    let mut patience = 5;
    loop {
        match caldav.next() {
            // Here the host adds `Authorization`; its client must not follow redirects.
            Step::Request(request) => match caldav.accept(&ask(&request)?, sink) {
                // The machine stays where it is: ask the same again, later.
                Err(CaldavError::Later { retry_after_s, .. }) if patience > 0 => {
                    patience -= 1;
                    wait(retry_after_s);
                }
                accepted => accepted?,
            },
            // Store the facts, then keep `report.state` for the next sync.
            Step::Done(report) => return Ok(report),
        }
    }
}
// [/loop]

fn wait(seconds: Option<u64>) {
    std::thread::sleep(std::time::Duration::from_secs(seconds.unwrap_or(60)));
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [url, now, zone, file] = args.as_slice() else {
        return Err("usage: sync_calendar URL NOW ZONE STATE_FILE".into());
    };
    let state = std::fs::read_to_string(file).ok();
    let options = CaldavOptions { state, ..CaldavOptions::new(url, now.parse()?, ZoneId::new(zone)?) };
    let authorization = std::env::var("AUTHORIZATION").ok();
    let mut seen = Collected::default();
    let report = sync(options, &mut |request| http::ask(request, authorization.as_deref()), &mut seen)?;
    let mut out = std::io::stdout().lock();
    for fact in &seen.facts {
        writeln!(out, "{}", line(fact))?;
    }
    let about = serde_json::json!({
        "calendars": report.calendars,
        "upserts": report.upserts,
        "deleted": report.deleted,
        "ignored": report.ignored,
        "full": report.full,
        "refused": seen.refused,
    });
    writeln!(out, "{about}")?;
    std::fs::write(file, report.state)?;
    Ok(())
}

fn line(fact: &Content) -> serde_json::Value {
    let of = |entry: &twin_core::event::CalendarEntry| entry.start.to_string();
    let start = match &fact.body {
        EventBody::MeetingAttended(m) => Some(of(&m.entry)),
        EventBody::MeetingPlanned(m) => Some(of(&m.entry)),
        _ => None,
    };
    serde_json::json!({
        "kind": fact.body.kind(),
        "record": fact.record.as_ref().map(|r| r.as_str()),
        "start": start,
    })
}
