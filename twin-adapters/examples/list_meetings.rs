//! Lists what calendar files hold: one JSON line an occurrence, and one a file.
//!
//! ```text
//! cargo run -p twin-adapters --example list_meetings -- \
//!     --now 2026-11-01T00:00:00Z --zone Europe/Paris calendar.ics other.ics
//! ```
//!
//! `--now` parts what took place from what is planned and is where endless series are cut, 366 days later;
//! `--zone` is the zone of times without one. The line of a file counts facts by kind and lists refusals and
//! warnings. `conformance/corpus/decode_ics.py` prints the same occurrences by another library.

use serde_json::{Value, json};
use std::error::Error;
use std::io::{Cursor, Write};
use twin_adapters::files::{ReadOptions, calendar};
use twin_core::event::{CalendarEntry, EventBody};
use twin_core::observation::Collected;
use twin_core::{Timestamp, Zone};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (mut now, mut zone, mut files) = (None, Zone::utc(), Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--now" => now = Some(args.next().ok_or("--now needs a time")?.parse::<Timestamp>()?),
            "--zone" => zone = Zone::named(&args.next().ok_or("--zone needs a name")?)?,
            _ => files.push(arg),
        }
    }
    let now = now.ok_or("--now is missing")?;
    let mut out = std::io::stdout().lock();
    for file in files {
        let bytes = std::fs::read(&file)?;
        let options = ReadOptions { now, zone: zone.clone(), name: String::new(), subject: None };
        let mut seen = Collected::default();
        let error = calendar::read(&mut Cursor::new(bytes), &options, &mut seen).err();
        for body in seen.facts.iter().map(|f| &f.body) {
            let (kind, entry) = match body {
                EventBody::MeetingAttended(m) => ("attended", &m.entry),
                EventBody::MeetingPlanned(m) => ("planned", &m.entry),
                _ => continue,
            };
            writeln!(out, "{}", occurrence(&file, kind, entry))?;
        }
        let line = json!({
            "file": file,
            "error": error.map(|e| e.code().as_str()),
            "facts": seen.counts(),
            "refused": seen.refused,
            "warnings": seen.warnings,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn occurrence(file: &str, kind: &str, entry: &CalendarEntry) -> Value {
    json!({
        "file": file,
        "kind": kind,
        "uid": entry.uid,
        "occurrence": entry.occurrence,
        "start": entry.start.secs(),
        "end": entry.end.secs(),
        "all_day": entry.all_day_from.is_some(),
        "busy": entry.busy,
        "others": entry.others,
        "cancelled": entry.cancelled,
    })
}
