//! Slack: events of a workspace. Of a message stays who, where, when and how long.

use super::facts::{Facts, When, revision};
use super::json::{list, num, text};
use super::message::{Message, bracketed, length, record};
use serde_json::Value;
use twin_core::event::TeamChanged;
use twin_core::{Result, Timestamp};

/// Reads a delivery; gives its kind.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<String> {
    let Some(event) = text(v, "/event/type").or_else(|| text(v, "/type")) else {
        facts.refuse("event_missing", "delivery", "the body does not name its event");
        return Ok(String::new());
    };
    let subtype = text(v, "/event/subtype");
    let kind = subtype.map_or_else(|| event.to_owned(), |part| format!("{event}.{part}"));
    let e = v.pointer("/event").unwrap_or(&Value::Null);
    match (event, subtype) {
        ("message", None | Some("thread_broadcast" | "me_message" | "file_share")) => {
            message(e, &kind, facts)?
        }
        ("message", Some("bot_message")) => facts.ignore(&kind, MACHINE),
        ("message", Some("message_changed")) => changed(e, &kind, facts)?,
        ("message", Some("message_deleted")) => deleted(e, &kind, facts)?,
        ("subteam_members_changed", _) => members(e, &kind, facts)?,
        _ => facts.ignore(&kind, why(event)),
    }
    Ok(kind)
}

/// What machines write is no collaboration.
const MACHINE: &str = "a machine wrote it";

/// Why an event is no fact.
fn why(event: &str) -> &'static str {
    match event {
        "message" => "Slack wrote it by itself",
        "app_mention" => "the message comes as an event of its own",
        "url_verification" => "a test of the connection",
        "reaction_added" | "reaction_removed" | "pin_added" | "pin_removed" | "star_added"
        | "star_removed" => "a mark on a message is no message",
        _ => "this kind says nothing about work that is kept",
    }
}

/// `1355517523.000005`: seconds and microseconds, which is also the message's id in its channel.
fn moment(ts: &str) -> Option<Timestamp> {
    let (whole, part) = ts.split_once('.').unwrap_or((ts, "0"));
    let digits: String = part.chars().chain("000000".chars()).take(6).collect();
    let seconds: i64 = whole.parse().ok().filter(|s| (0..100_000_000_000).contains(s))?;
    let micros: i64 = digits.parse().ok().filter(|us| *us >= 0)?;
    Some(Timestamp::from_micros(seconds * 1_000_000 + micros))
}

/// The record of a message: its channel and its time there.
fn name(channel: &str, ts: &str) -> String {
    format!("{channel}/{ts}")
}

/// Moment, time and channel of a message; refused where one is missing.
fn place<'a>(
    said: &'a Value,
    around: &'a Value,
    ts: &str,
    kind: &str,
    facts: &mut Facts<'_>,
) -> Option<(Timestamp, &'a str, &'a str)> {
    let found = text(said, ts)
        .and_then(|ts| Some((moment(ts)?, ts, text(around, "/channel").or_else(|| text(said, "/channel"))?)));
    if found.is_none() {
        facts.refuse("bad_record", kind, "a message without a channel or a time that can be read");
    }
    found
}

fn message(e: &Value, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    if text(e, "/bot_id").is_some() {
        facts.ignore(kind, MACHINE);
        return Ok(());
    }
    match place(e, e, "/ts", kind, facts) {
        Some(place) => sent(e, place, Some(place.0), facts),
        None => Ok(()),
    }
}

fn sent(
    said: &Value,
    (at, ts, channel): (Timestamp, &str, &str),
    changed: Option<Timestamp>,
    facts: &mut Facts<'_>,
) -> Result<()> {
    let words = text(said, "/text");
    let thread = text(said, "/thread_ts");
    let parent = thread.filter(|t| *t != ts);
    let replied_to = text(said, "/parent_user_id").filter(|_| parent.is_some());
    let people = facts.people(bracketed(words, "<@", '>').into_iter().chain(replied_to));
    let message = Message {
        id: name(channel, ts),
        from: facts.who(&[text(said, "/user")]),
        to: people,
        channel: "chat",
        thread: Some(name(channel, thread.unwrap_or(ts))),
        reply: Some(parent.is_some()),
        // How long after the thread's beginning is not how long after the message it answers.
        latency_s: None,
        length: length(words),
        changed,
    };
    message.sent(at, facts)
}

/// A message was edited: the same record, newer.
fn changed(e: &Value, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    let said = e.pointer("/message").unwrap_or(&Value::Null);
    if text(said, "/bot_id").is_some() {
        facts.ignore(kind, MACHINE);
        return Ok(());
    }
    let Some(place) = place(said, e, "/ts", kind, facts) else { return Ok(()) };
    let edited = text(said, "/edited/ts").or_else(|| text(e, "/ts")).and_then(moment);
    sent(said, place, edited.or(Some(place.0)), facts)
}

fn deleted(e: &Value, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    let Some((at, ts, channel)) = place(e, e, "/deleted_ts", kind, facts) else { return Ok(()) };
    let gone = text(e, "/event_ts").and_then(moment).unwrap_or(at);
    facts.delete(gone, &record(&name(channel, ts)), revision(Some(gone)))
}

/// People came into a group of users or left it.
fn members(e: &Value, kind: &str, facts: &mut Facts<'_>) -> Result<()> {
    let seconds = num(e, "/date_update").filter(|s| (1.0..1e11).contains(s));
    let at = seconds.map(|s| Timestamp::from_secs(s as i64)).or_else(|| moment(text(e, "/event_ts")?));
    let (Some(at), Some(group)) = (at, text(e, "/subteam_id")) else {
        facts.refuse("bad_record", kind, "a change of members without a group or a time that can be read");
        return Ok(());
    };
    for (path, joined) in [("/added_users", true), ("/removed_users", false)] {
        for person in list(e, path).iter().filter_map(|p| text(p, "")) {
            let unit = Some(group.to_owned());
            let body = TeamChanged { person: facts.who(&[Some(person)]), unit, joined };
            facts.fact(When::at(at), &format!("team/{group}/{person}/{}/{joined}", at.secs()), 0, body)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_ids() {
        assert_eq!(moment("1355517523.000005").unwrap().micros(), 1_355_517_523_000_005);
        assert_eq!(moment("1355517523.5").unwrap().micros(), 1_355_517_523_500_000);
        assert_eq!(moment(""), None);
        assert_eq!(moment("9999999999999.1"), None);
    }
}
