//! Strava's account export: `activities.csv`, one row an activity. The recordings beside it are read by their own
//! families ([`super::archive`]).
//!
//! A row becomes `health.workout_recorded` of the source `strava`, record `activity/<id>`, and a message `activity`
//! with the columns that have no place in it. Of two columns with one name the second holds metres and seconds; the
//! first is for display. Dates are UTC. Exports in other languages than English have other headers, and are not known.

mod date;

use super::ReadOptions;
use super::kept::field;
use super::rank::ranked;
use super::tally::Tally;
use super::track::sport;
use csv::{ReaderBuilder, StringRecord};
use std::io::{BufRead, Read};
use twin_core::event::{Content, KeptField, MessageKept, Origin, WorkoutRecorded};
use twin_core::observation::{Observation, Sink};
use twin_core::{Error, RecordId, Result, SourceId, Timestamp};

/// Largest table read: far above what a life holds.
const MAX_BYTES: u64 = 256 << 20;

/// Do these first bytes look like the table?
///
/// ```
/// # use twin_adapters::files::strava::matches;
/// assert!(matches(b"Activity ID,Activity Date,Activity Name,Activity Type\n"));
/// assert!(!matches(b"Id,ActivityDate\n"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.starts_with(b"Activity ID,Activity Date,")
}

/// Reads the table.
///
/// # Errors
/// `malformed` when no row of it can be read, and what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, _options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(input.take(MAX_BYTES));
    let broken = |_| Error::malformed("activities.csv", "its header cannot be read");
    let header = rows.headers().map_err(broken)?.clone();
    let mut tally = Tally::default();
    let (mut read, mut record) = (0_u64, StringRecord::new());
    loop {
        match rows.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => match activity(&Row { header: &header, record: &record }) {
                Ok(facts) => {
                    read += 1;
                    facts.into_iter().try_for_each(|fact| sink.accept(Observation::Fact(fact)))?;
                }
                Err((code, why)) => tally.refuse(code, "activity", why),
            },
            Err(e) if e.is_io_error() => {
                tally.refuse("truncated", "file", "it cannot be read to its end; what precedes is kept");
                break;
            }
            Err(_) => tally.refuse("bad_record", "activity", "a row that is no text"),
        }
        if read.is_multiple_of(1024) {
            sink.progress(rows.position().byte())?;
        }
    }
    if rows.position().byte() >= MAX_BYTES {
        tally.refuse("too_large", "file", "a table of more than 256 MiB; what precedes is kept");
    }
    tally.report(sink);
    if read == 0 {
        Err(Error::malformed("activities.csv", "it holds no activity that can be read"))
    } else {
        Ok(())
    }
}

struct Row<'r> {
    header: &'r StringRecord,
    record: &'r StringRecord,
}

impl Row<'_> {
    /// The last column of a name that says something.
    fn text(&self, name: &str) -> Option<&str> {
        let all =
            self.header.iter().zip(self.record).filter(|(n, v)| n.trim() == name && !v.trim().is_empty());
        all.last().map(|(_, v)| v.trim())
    }

    fn figure(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok().filter(|v: &f64| v.is_finite() && *v >= 0.0)
    }

    /// A figure of the second column of its name: the first is rounded, in units of the account's choice.
    fn second(&self, name: &str) -> Option<f64> {
        (self.header.iter().filter(|n| n.trim() == name).count() > 1).then(|| self.figure(name))?
    }
}

/// Columns whose last value the workout holds.
const HELD: [&str; 10] = [
    "Activity ID",
    "Activity Date",
    "Activity Name",
    "Activity Type",
    "Moving Time",
    "Average Heart Rate",
    "Average Watts",
    "Calories",
    "Elevation Gain",
    "Perceived Exertion",
];

fn activity(row: &Row<'_>) -> std::result::Result<Vec<Content>, (&'static str, &'static str)> {
    let start: Timestamp =
        row.text("Activity Date").and_then(date::parse).ok_or(("bad_time", "a date that is none"))?;
    let id = row.text("Activity ID").ok_or(("bad_record", "an activity without its id"))?;
    let seconds = row.figure("Elapsed Time").ok_or(("bad_number", "an elapsed time that is no number"))?;
    let end = start.plus_micros((seconds * 1e6).round() as i64);
    let body = WorkoutRecorded {
        start,
        end,
        sport: sport(row.text("Activity Type").unwrap_or_default()),
        sub_sport: None,
        title: row.text("Activity Name").map(|t| t.chars().take(200).collect()),
        moving_s: row.figure("Moving Time"),
        distance_m: row.second("Distance"),
        energy_kcal: row.figure("Calories"),
        heart_rate_mean: row.figure("Average Heart Rate").filter(|v| *v > 0.0),
        heart_rate_max: row.figure("Max Heart Rate").filter(|v| *v > 0.0),
        power_mean_w: row.figure("Average Watts"),
        ascent_m: row.figure("Elevation Gain"),
        perceived_exertion: row.figure("Perceived Exertion").filter(|v| *v <= 10.0),
        statistics: Vec::new(),
        laps: Vec::new(),
    };
    let left: Vec<KeptField> = row
        .header
        .iter()
        .zip(row.record)
        .filter(|(name, value)| !HELD.contains(&name.trim()) && !value.trim().is_empty())
        .map(|(name, value)| field(name.trim(), value.trim(), None))
        .collect();
    let origin = Origin::of(SourceId::lossy("strava"));
    let mut content = Content::new(origin.clone(), end, body);
    content.record = Some(RecordId::lossy(&format!("activity/{id}")));
    let mut facts = vec![ranked(content, 0)];
    if !left.is_empty() {
        let kept = MessageKept { format: "strava".into(), message: "activity".into(), fields: left };
        facts.push(Content::new(origin, end, kept));
    }
    Ok(facts)
}
