//! Zoom: meetings planned, changed, ended; the list of who took part.

use super::entry::Meeting;
use super::facts::{Facts, revision};
use super::json::{id, list, num, text};
use serde_json::Value;
use twin_core::event::{Busy, CalendarEntry};
use twin_core::{Result, Timestamp, Zone};

/// Reads a delivery; gives its kind.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let Some(kind) = text(v, "/event").map(str::to_owned) else {
        facts.refuse("event_missing", "delivery", "the body does not name its event");
        return Ok(String::new());
    };
    let o = v.pointer("/payload/object").unwrap_or(&Value::Null);
    let told = num(v, "/event_ts").filter(|ms| (0.0..9e12).contains(ms));
    let told = told.map(|ms| Timestamp::from_micros(ms as i64 * 1000));
    match kind.as_str() {
        "meeting.ended" | "meeting.created" | "meeting.updated" => meeting(o, told, false, &kind, facts)?,
        "meeting.deleted" => meeting(o, told, true, &kind, facts)?,
        "meeting.started" => facts.ignore(&kind, "it is not over"),
        _ if kind.contains("participant") => {
            facts.ignore(&kind, "comings and goings are told together when the meeting has ended");
        }
        _ => facts.ignore(&kind, "this kind says nothing about work that is kept"),
    }
    Ok(kind)
}

/// A meeting that has ended, with its participants, as the API's reports tell.
pub(super) fn report(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    meeting(v, None, false, "report", facts)
}

fn meeting(
    o: &Value,
    told: Option<Timestamp>,
    cancelled: bool,
    kind: &str,
    facts: &mut Facts<'_>,
) -> Result<()> {
    let number = id(o, "/id").or_else(|| id(o, "/meeting_id"));
    let (joined, left) = taken_part(o, facts);
    let start = facts.time(o, "/start_time").or(joined);
    let (Some(number), Some(start)) = (number.or_else(|| id(o, "/uuid")), start) else {
        facts.refuse("bad_record", kind, "a meeting without an id or a time that can be read");
        return Ok(());
    };
    let minutes = num(o, "/duration").filter(|m| (0.0..100_000.0).contains(m));
    let planned = minutes.map(|m| start.plus_secs((m * 60.0) as i64));
    let Some(end) = facts.time(o, "/end_time").or(planned).or(left) else {
        facts.refuse("bad_time", kind, "a meeting that does not say how long");
        return Ok(());
    };
    let people = facts.people(
        list(o, "/participants")
            .iter()
            .filter_map(|p| {
                ["/user_email", "/email", "/user_id", "/id", "/name"].iter().find_map(|f| text(p, f))
            })
            .filter(|name| !facts.is_me([*name])),
    );
    let known = !list(o, "/participants").is_empty();
    let host = [text(o, "/host_id"), text(o, "/host_email")];
    let owned = facts.knows_me().then(|| facts.is_me(host.into_iter().flatten()));
    let zone = text(o, "/timezone").filter(|name| Zone::named(name).is_ok()).map(str::to_owned);
    // An id names a series; the uuid one meeting of it, which is only given when it begins.
    let occurrence = start.to_string();
    let entry = CalendarEntry {
        uid: number.clone(),
        occurrence: Some(occurrence.clone()),
        start,
        end,
        all_day_from: None,
        all_day_until: None,
        busy: Busy::Busy,
        title: text(o, "/topic").map(str::to_owned),
        others: known.then(|| u32::try_from(people.len()).unwrap_or(u32::MAX)),
        people,
        organiser: owned,
        organised_by: host
            .into_iter()
            .rev()
            .flatten()
            .next()
            .filter(|_| owned != Some(true))
            .map(str::to_owned),
        cancelled: Some(cancelled),
        declined: None,
        declined_by: Vec::new(),
        categories: Vec::new(),
        zone,
    };
    Meeting { record: format!("{number}/{occurrence}"), entry, made: told, revision: revision(told) }
        .told(facts)
}

/// The first coming and the last going.
fn taken_part(o: &Value, facts: &mut Facts<'_>) -> (Option<Timestamp>, Option<Timestamp>) {
    let list = list(o, "/participants");
    let joined = list.iter().filter_map(|p| facts.time(p, "/join_time")).min();
    let left = list.iter().filter_map(|p| facts.time(p, "/leave_time")).max();
    (joined, left)
}
