//! Moves: the storyline of a day. Steps and distances of its activities, and activities entered by hand.
//! Places are not read.

use super::super::Found;
use super::workout;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, num, records, text};
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::{Time, iso};
use twin_core::Result;
use twin_core::event::Recording;

const FOOT: &[Figure] = &[
    ("steps", "steps", "{step}", 1.0),
    ("distance", "distance_walk_run", "m", 1.0),
    ("calories", "energy_active", "kcal", 1.0),
];
const WHEELS: &[Figure] =
    &[("distance", "distance_cycling", "m", 1.0), ("calories", "energy_active", "kcal", 1.0)];
const OTHER: &[Figure] = &[
    ("steps", "steps", "{step}", 1.0),
    ("distance", "moves:distance_transport", "m", 1.0),
    ("calories", "energy_active", "kcal", 1.0),
];

/// `20121212T071430+0200`, or with `Z`.
fn time(text: &str) -> Option<Time> {
    let (date, clock) = text.split_once('T')?;
    let (h, m, s) = (clock.get(..2)?, clock.get(2..4)?, clock.get(4..6)?);
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..8)?);
    iso(&format!("{year}-{month}-{day}T{h}:{m}:{s}{}", clock.get(6..)?))
}

pub(in super::super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    if !o.contains_key("segments") && !o.contains_key("summary") {
        return Ok(Found::Nothing("the shape of this Moves answer is not known"));
    }
    for segment in records(o, "segments") {
        for activity in records(segment, "activities") {
            one(activity, segment, out)?;
        }
    }
    Ok(Found::Read)
}

fn one(o: &Object, segment: &Object, out: &mut Out<'_>) -> Result<()> {
    // What was entered by hand has a length and stands somewhere within its segment.
    let manual = o.get("manual").and_then(serde_json::Value::as_bool) == Some(true);
    let at = |field| text(o, field).or_else(|| text(segment, field)).and_then(time);
    let Some(start) = at("startTime") else {
        out.refuse("bad_time", "segments", "an activity without a start");
        return Ok(());
    };
    let (start, offset) = out.instant(start);
    let length = num(o, "duration").filter(|s| (0.0..=1.2e6).contains(s));
    let end = match (manual, length, at("endTime")) {
        (true, Some(length), _) | (false, Some(length), None) => start.plus_micros((length * 1e6) as i64),
        (_, _, Some(end)) => out.instant(end).0,
        (_, None, None) => start,
    };
    if end < start {
        out.refuse("bad_time", "segments", "the activity ends before it starts");
        return Ok(());
    }
    let activity = text(o, "activity").unwrap_or("unknown");
    let mut source = origin("moves");
    source.recording = Some(if manual { Recording::Manual } else { Recording::Automatic });
    let about =
        About::moment(&source, end, Some(format!("{activity}:{}", start.secs()))).over(start, Some(offset));
    if manual || o.get("group").is_none() {
        let mut body = workout(start, end, activity);
        body.distance_m = num(o, "distance").filter(|v| *v >= 0.0);
        body.energy_kcal = num(o, "calories").filter(|v| *v >= 0.0);
        super::add(&mut body, o, "steps", "{step}");
        return about.fact(out, "", body);
    }
    let figures = match text(o, "group") {
        Some("walking" | "running") => FOOT,
        Some("cycling") => WHEELS,
        _ => OTHER,
    };
    about.amounts(out, o, figures)
}
