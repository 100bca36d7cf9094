//! Editors' signs of life, as WakaTime and what is built like it give them: heartbeats, joined to spans, and
//! durations. Which file was open is not kept.

use super::facts::{Facts, When, revision};
use super::json::{list, num, text};
use crate::files::shared::figures::micros;
use serde_json::Value;
use twin_core::event::TimeTracked;
use twin_core::sort::OrderBy;
use twin_core::{Result, Timestamp};

/// Longest silence within a span: 15 minutes, as WakaTime's own default.
const GAP_S: f64 = 15.0 * 60.0;

/// One sign of life.
struct Beat<'a> {
    at: Timestamp,
    project: Option<&'a str>,
    activity: Option<&'a str>,
}

/// A span in the making.
struct Open<'a> {
    first: Beat<'a>,
    last: Timestamp,
}

/// Reads heartbeats or durations: a list, or one under `data`.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let items = if v.is_array() { list(v, "") } else { list(v, "/data") };
    let mut beats = Vec::new();
    for item in items {
        let Some(at) = num(item, "/time").and_then(|s| micros(s, 1e6)) else {
            facts.refuse("bad_time", "heartbeat", "a heartbeat without a time that can be read");
            continue;
        };
        let beat = Beat { at, project: text(item, "/project"), activity: text(item, "/category") };
        match num(item, "/duration") {
            Some(seconds) if (0.0..1e6).contains(&seconds) => {
                let end = at.plus_micros((seconds * 1e6) as i64);
                span(&Open { first: beat, last: end }, facts)?;
            }
            Some(_) => facts.refuse("bad_record", "duration", "a duration that cannot be"),
            None => beats.push(beat),
        }
    }
    beats.order_by_key(|b| b.at);
    join(beats, facts)
}

/// Heartbeats to spans: one ends with a silence, or where the project or activity changes, and then lasts until the
/// next begins.
fn join(beats: Vec<Beat<'_>>, facts: &mut Facts<'_>) -> Result<()> {
    let mut open: Option<Open<'_>> = None;
    for beat in beats {
        if let Some(span_so_far) = &mut open {
            let silent = beat.at.secs_since(span_so_far.last) > GAP_S;
            let same =
                beat.project == span_so_far.first.project && beat.activity == span_so_far.first.activity;
            if !silent {
                span_so_far.last = beat.at;
            }
            if same && !silent {
                continue;
            }
        }
        if let Some(done) = open.take() {
            span(&done, facts)?;
        }
        open = Some(Open { last: beat.at, first: beat });
    }
    open.map_or(Ok(()), |done| span(&done, facts))
}

fn span(done: &Open<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let Beat { at: start, project, activity } = done.first;
    if done.last <= start {
        facts.ignore("heartbeat", "a sign of life alone has no length");
        return Ok(());
    }
    // Read again with later heartbeats a span has grown: the longer holds.
    let record = format!("time/{}/{}", start.micros(), project.unwrap_or_default());
    let body = TimeTracked {
        start,
        end: done.last,
        task: None,
        project: project.map(str::to_owned),
        activity: Some(activity.unwrap_or("coding").to_owned()),
        interruptions: None,
    };
    facts.fact(When::at(done.last), &record, revision(Some(done.last)), body)
}
