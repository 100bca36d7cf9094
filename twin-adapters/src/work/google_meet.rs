//! Google Meet: who took part in a conference, as the API lists them; one conference or several.
//!
//! The API keeps the conference and its participants apart. The list alone is enough; a host that also has the
//! conference puts it beside the list as `conferenceRecord`, for its own start and end.

use super::entry::Meeting;
use super::facts::{Facts, revision};
use super::json::{list, text};
use serde_json::Value;
use std::collections::BTreeMap;
use twin_core::event::{Busy, CalendarEntry};
use twin_core::{Result, Timestamp};

/// Reads a list of participants.
pub(super) fn read(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let mut conferences: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for participant in list(v, "/participants") {
        match text(participant, "/name").and_then(conference) {
            Some(name) => conferences.entry(name).or_default().push(participant),
            None => facts.refuse("bad_record", "participant", "a participant that names no conference"),
        }
    }
    for (name, people) in conferences {
        told(v, name, &people, facts)?;
    }
    Ok(())
}

/// `conferenceRecords/{conference}/participants/{participant}`: the conference.
fn conference(name: &str) -> Option<&str> {
    name.strip_prefix("conferenceRecords/")?.split('/').next().filter(|id| !id.is_empty())
}

fn told(v: &Value, name: &str, participants: &[&Value], facts: &mut Facts<'_>) -> Result<()> {
    let record = v
        .pointer("/conferenceRecord")
        .filter(|record| text(record, "/name").and_then(conference).is_none_or(|own| own == name));
    let mut of_record = |field: &str| facts.time(record?, field);
    let (began, ended) = (of_record("/startTime"), of_record("/endTime"));
    let coming = participants.iter().filter_map(|p| facts.time(p, "/earliestStartTime")).min();
    let going: Option<Vec<Timestamp>> =
        participants.iter().map(|p| facts.time(p, "/latestEndTime")).collect();
    let Some(start) = began.or(coming) else {
        facts.refuse("bad_time", "conference", "nobody says when they came");
        return Ok(());
    };
    let Some(end) = ended.or_else(|| going?.into_iter().max()) else {
        facts.ignore("conference", "it is not over");
        return Ok(());
    };
    let others: Vec<&str> = participants
        .iter()
        .filter(|p| !facts.is_me(names(p)))
        .map(|p| names(p).next().map_or("unknown", |name| name.trim_start_matches("users/")))
        .collect();
    if facts.knows_me() && others.len() == participants.len() {
        facts.ignore("conference", "the person of the twin did not take part");
        return Ok(());
    }
    let people = facts.people(others);
    let entry = CalendarEntry {
        uid: name.to_owned(),
        occurrence: None,
        start,
        end,
        all_day_from: None,
        all_day_until: None,
        busy: Busy::Busy,
        title: None,
        others: Some(u32::try_from(people.len()).unwrap_or(u32::MAX)),
        people,
        organiser: None,
        organised_by: None,
        declined: None,
        declined_by: Vec::new(),
        cancelled: Some(false),
        categories: Vec::new(),
        zone: None,
    };
    // A later list of the same conference knows of later goings.
    Meeting { record: name.to_owned(), entry, made: None, revision: revision(Some(end)) }.told(facts)
}

/// What the API calls a participant: the account, then the name shown.
fn names(participant: &Value) -> impl Iterator<Item = &str> {
    const FIELDS: [&str; 4] = [
        "/signedinUser/user",
        "/signedinUser/displayName",
        "/anonymousUser/displayName",
        "/phoneUser/displayName",
    ];
    let account = text(participant, FIELDS[0]).and_then(|user| user.strip_prefix("users/"));
    account.into_iter().chain(FIELDS.iter().filter_map(|field| text(participant, field)))
}

#[cfg(test)]
mod tests {
    use crate::work::{Format, WorkOptions, matches, read};
    use serde_json::{Value, json};
    use twin_core::event::{EventBody, MeetingAttended};
    use twin_core::observation::Collected;

    fn told(v: &Value) -> Collected {
        let text = v.to_string();
        assert_eq!(matches(text.as_bytes()), Some(Format::GoogleMeet));
        let options = WorkOptions { me: vec!["Ann Ash".into()], ..WorkOptions::default() };
        let mut seen = Collected::default();
        read(
            Format::GoogleMeet,
            &mut text.as_bytes(),
            &options,
            "2026-03-03T00:00:00Z".parse().unwrap(),
            &mut seen,
        )
        .unwrap();
        seen
    }

    fn participant(conference: &str, who: Value, from: &str, to: Option<&str>) -> Value {
        let mut all = json!({"name": format!("conferenceRecords/{conference}/participants/{from}"),
            "earliestStartTime": format!("2026-03-02T{from}:00Z")});
        all["latestEndTime"] = to.map_or(Value::Null, |to| json!(format!("2026-03-02T{to}:00.5Z")));
        all.as_object_mut().unwrap().extend(who.as_object().unwrap().clone());
        all
    }

    fn ann() -> Value {
        json!({"signedinUser": {"user": "users/1", "displayName": "Ann Ash"}})
    }

    fn met(seen: &Collected) -> MeetingAttended {
        match seen.facts.iter().map(|fact| &fact.body).collect::<Vec<_>>().as_slice() {
            [EventBody::MeetingAttended(met)] => MeetingAttended::clone(met),
            other => panic!("{other:?} {:?}", seen.refused),
        }
    }

    #[test]
    fn a_conference_goes_from_the_first_coming_to_the_last_going() {
        let bob = json!({"signedinUser": {"user": "users/2", "displayName": "Bob"}});
        let guest = json!({"anonymousUser": {"displayName": "Guest"}});
        let mut v = json!({"participants": [
            participant("c", ann(), "09:01", Some("09:30")),
            participant("c", bob, "09:00", Some("09:40")),
            participant("c", guest, "09:05", Some("09:20"))]});
        let entry = met(&told(&v)).entry;
        assert_eq!(entry.start.to_string(), "2026-03-02T09:00:00Z");
        assert_eq!(entry.end.secs_since(entry.start), 2400.5);
        assert_eq!((entry.others, entry.people), (Some(2), vec!["2".to_owned(), "Guest".to_owned()]));
        v["conferenceRecord"] = json!({"name": "conferenceRecords/c", "startTime": "2026-03-02T08:59:00Z",
            "endTime": "2026-03-02T09:45:00Z"});
        assert_eq!(met(&told(&v)).entry.end.to_string(), "2026-03-02T09:45:00Z");
        // what belongs to another conference says nothing of this one
        v["conferenceRecord"]["name"] = json!("conferenceRecords/d");
        assert_eq!(met(&told(&v)).entry.end.secs_since(entry.start), 2400.5);
    }

    #[test]
    fn what_goes_on_or_was_without_the_person_is_told_and_left() {
        let going_on = told(&json!({"participants": [participant("c", ann(), "09:00", None)]}));
        let bob = json!({"phoneUser": {"displayName": "+49 ••• 12"}});
        let without = told(&json!({"participants": [participant("c", bob, "09:00", Some("10:00"))]}));
        for (seen, why) in
            [(going_on, "it is not over"), (without, "the person of the twin did not take part")]
        {
            assert!(seen.facts.is_empty());
            assert_eq!(seen.refused.iter().map(|r| r.message.as_str()).collect::<Vec<_>>(), [why]);
        }
        let nameless = json!({"participants": [
            {"name": "x", "earliestStartTime": "2026-03-02T09:00:00Z"},
            participant("c", ann(), "09:00", Some("10:00"))]});
        let seen = told(&nameless);
        assert_eq!((seen.facts.len(), seen.refused.len()), (1, 1));
    }
}
