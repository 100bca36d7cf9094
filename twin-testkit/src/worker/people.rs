//! Messages, meetings, reviews and help among people.

use super::company::{ANA, CLOSE, DATA, UNITS, WEB, project};
use super::{Out, digits};
use crate::draws::Draws;
use serde_json::{Value, json};

/// Who is in which unit.
pub(super) fn company(out: &mut Out<'_>) {
    for (unit, people) in UNITS {
        for person in people {
            out.tell(
                0,
                400,
                "directory",
                "collaboration.team_changed",
                json!({ "person": person, "unit": unit, "joined": true }),
            );
        }
    }
}

/// One day among people.
pub(super) fn day(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    messages(out, day, draws);
    if out.options.alone {
        meetings(out, day, draws);
    }
    among_others(out, day, draws);
    together(out, day, draws);
}

/// How somebody writes: rates of words, each a little different from message to message.
fn style(person: Option<&str>, draws: &mut Draws) -> Value {
    let base = match person {
        None => [0.10, 0.04, 0.07, 0.08, 0.05, 0.12, 0.05, 0.02, 0.03],
        Some("ana") => [0.10, 0.05, 0.07, 0.09, 0.05, 0.11, 0.05, 0.02, 0.03],
        Some(_) => [0.06, 0.07, 0.11, 0.05, 0.02, 0.16, 0.02, 0.05, 0.01],
    };
    let rates = base.map(|rate: f64| digits((rate + draws.normal(0.0, 0.015)).clamp(0.0, 1.0), 3));
    let names = [
        "personal_pronouns",
        "impersonal_pronouns",
        "articles",
        "auxiliary_verbs",
        "adverbs",
        "prepositions",
        "conjunctions",
        "negations",
        "quantifiers",
    ];
    let mut style: serde_json::Map<String, Value> =
        names.iter().zip(rates).map(|(n, r)| ((*n).to_owned(), json!(r))).collect();
    style.insert("words".into(), json!(draws.whole(8, 60)));
    style.insert("affect".into(), json!(digits(draws.normal(0.25, 0.2).clamp(-1.0, 1.0), 2)));
    Value::Object(style)
}

/// The person writes and is answered.
fn messages(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    for (with, mean) in CLOSE.into_iter().zip([2.6, 1.4, 0.8, 0.6]) {
        for n in 0..draws.count(mean) {
            let (minute, thread) = (draws.whole(540, 1020), format!("t{day}-{with}-{n}"));
            let late = draws.whole(1, if with == "ana" { 20 } else { 90 });
            let mut words = |from: Option<&str>| {
                let who = match from {
                    Some(from) => json!({ "from": from, "reply": true, "latency_s": f64::from(late) * 60.0 }),
                    None => json!({ "to": [with] }),
                };
                let mut data = json!({ "channel": "chat", "thread": thread, "length": draws.whole(20, 300),
                    "question": draws.chance(0.3), "emoji": draws.count(0.2), "style": style(from, draws) });
                if let (Some(data), Value::Object(who)) = (data.as_object_mut(), who) {
                    data.extend(who);
                }
                data
            };
            let (said, answer) = (words(None), words(Some(with)));
            out.tell(day, minute, "chat", "collaboration.message_sent", said);
            out.tell(day, minute + late, "chat", "collaboration.message_sent", answer);
        }
    }
}

fn meetings(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    let stand_up = ("stand-up", 570, 15, CLOSE.as_slice());
    let planning = ("planning", 660, 60, WEB);
    let one_to_one = ("one-to-one", 840, 30, ANA);
    let weekday = out.weekday(day);
    let held = [
        (true, stand_up),
        (weekday == 0, planning),
        (weekday == 2, one_to_one),
        (weekday == 3, ("data sync", 900, 45, DATA)),
    ];
    for (_, (uid, start, minutes, people)) in held.into_iter().filter(|(today, _)| *today) {
        let agenda = uid != "stand-up";
        let usefulness =
            digits((0.45 + 0.25 * f64::from(u8::from(agenda)) + draws.normal(0.0, 0.12)).clamp(0.0, 1.0), 2);
        let mut entry = json!({ "uid": uid, "occurrence": format!("{day}"), "start": out.at(day, start).to_string(),
            "end": out.at(day, start + minutes).to_string(), "busy": "busy", "others": people.len(), "people": people });
        if let Some(entry) = entry.as_object_mut() {
            entry.extend(answers(uid, day));
        }
        let quality = json!({ "agenda": agenda, "on_time": draws.chance(0.8), "decisions": draws.whole(0, 3),
            "speaking_gini": digits(draws.between(0.2, 0.6), 2), "usefulness": usefulness });
        out.tell(
            day,
            start + minutes,
            "calendar",
            "collaboration.meeting_attended",
            json!({ "entry": entry, "quality": quality }),
        );
    }
}

/// Who asked for a meeting, and who did not come.
fn answers(uid: &str, day: u32) -> serde_json::Map<String, Value> {
    // In some weeks one of them has something else to do.
    let away: &[&str] = if day / 7 % 5 > 2 { &["cem"] } else { &[] };
    let told = match uid {
        "planning" => json!({ "organiser": true, "declined": false, "declined_by": away }),
        "one-to-one" => json!({ "organiser": false, "organised_by": "ana", "declined": false }),
        _ => Value::Null,
    };
    if let Value::Object(told) = told { told } else { serde_json::Map::new() }
}

/// What the closest colleagues say each Monday of the week to come.
pub(super) fn loads(out: &mut Out<'_>) {
    for day in (0..out.options.days).filter(|day| out.weekday(*day) == 0).collect::<Vec<_>>() {
        let week = f64::from(day / 7 % 6);
        for (who, planned, sustainable) in [("ana", 30.0 + 2.0 * week, 32.0), ("ben", 40.0 - week, 40.0)] {
            let data = json!({ "person": who, "planned_h": planned, "sustainable_h": sustainable });
            out.tell(day, 536, "tracker", "capacity.workload_changed", data);
        }
    }
}

/// Stand-ups of the days to come, as the calendar has them on the morning of the last day.
pub(super) fn ahead(out: &mut Out<'_>) {
    let last = out.options.days.saturating_sub(1);
    for day in (last + 1..last + 6).filter(|day| out.weekday(*day) < 5).collect::<Vec<_>>() {
        let entry = json!({ "uid": "stand-up", "occurrence": format!("{day}"), "start": out.at(day, 570).to_string(),
            "end": out.at(day, 630).to_string(), "busy": "busy", "others": CLOSE.len(), "people": CLOSE });
        out.tell(last, 480, "calendar", "collaboration.meeting_planned", json!({ "entry": entry }));
    }
}

/// What colleagues have to do with each other, as the tools tell.
fn among_others(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    for _ in 0..6 {
        let Some((_, unit)) = draws.pick(&UNITS) else { continue };
        let (Some(from), Some(to)) = (draws.pick(unit), draws.pick(unit)) else { continue };
        let minute = draws.whole(540, 1020);
        if from != to {
            let data =
                json!({ "from": from, "to": [to], "channel": "issue", "length": draws.whole(20, 300) });
            out.tell(day, minute, "tracker", "collaboration.message_sent", data);
        }
    }
}

/// Reviews, hand-offs, feedback, help.
fn together(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    let item = format!("pr-{day}");
    let waited = digits(draws.between(0.5, 8.0) * 3600.0, 0);
    if day.is_multiple_of(2) {
        let outcome = if draws.chance(0.7) { "approved" } else { "changes_requested" };
        let data = json!({ "item": item, "reviewer": "ana", "outcome": outcome, "waited_s": waited, "comments": draws.whole(0, 6), "skills": ["rust"] });
        out.tell(day, 950, "forge", "collaboration.review_done", data);
    } else {
        let data = json!({ "item": item, "author": "ben", "outcome": "approved", "waited_s": waited, "comments": draws.whole(0, 4), "skills": ["sql"] });
        out.tell(day, 930, "forge", "collaboration.review_done", data);
    }
    if day % 3 == 1 {
        let to = if draws.chance(0.6) { "ben" } else { "ivo" };
        let back = draws.chance(if to == "ben" { 0.1 } else { 0.35 });
        let ready = out.at(day, 600).to_string();
        let task = format!("{}-{day}", project(day as usize));
        let data = json!({ "task": task, "to": to, "ready_at": ready, "returned": back, "rework_s": if back { 5400.0 } else { 0.0 } });
        out.tell(day, draws.whole(640, 1000), "tracker", "collaboration.handed_off", data);
    }
    if out.weekday(day) == 3 {
        let data = json!({ "from": "ana", "kind": "praise", "skill": "rust", "rating": digits(draws.between(0.6, 0.95), 2) });
        out.tell(day, 990, "reviews", "collaboration.feedback_given", data);
        let helped = json!({ "mentor": "ana", "skill": "rust", "duration_s": 2700.0, "rating": digits(draws.between(0.6, 1.0), 2) });
        out.tell(day, 885, "calendar", "collaboration.mentoring_session", helped);
    }
    if day / 7 % 2 == 1 && out.weekday(day) == 1 {
        out.tell(
            day,
            880,
            "calendar",
            "collaboration.mentoring_session",
            json!({ "mentee": "dia", "skill": "writing", "duration_s": 1800.0, "rating": 0.8 }),
        );
        out.tell(
            day,
            995,
            "me",
            "collaboration.feedback_given",
            json!({ "to": "ivo", "kind": "task_conflict" }),
        );
    }
}
