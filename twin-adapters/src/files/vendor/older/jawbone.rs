//! Jawbone UP: body events, heart rates, moves and workouts. Times are seconds of UTC with the zone in
//! `details.tz`.

use super::super::Found;
use super::{add, day_number, revision, workout};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, num, object, records, seconds, text};
use crate::files::shared::out::{Out, origin};
use twin_core::{Result, Zone};

const BODY: &[Figure] = &[
    ("weight", "body_weight", "kg", 1.0),
    ("body_fat", "body_fat_percentage", "%", 100.0),
    ("lean_mass", "lean_body_mass", "kg", 1.0),
    ("bmi", "body_mass_index", "kg/m2", 1.0),
    ("waistline", "waist_circumference", "cm", 1.0),
    ("resting_heartrate", "heart_rate_resting", "/min", 1.0),
];
const MOVES: &[Figure] = &[
    ("steps", "steps", "{step}", 1.0),
    ("distance", "distance_walk_run", "m", 1.0),
    ("active_time", "active_time", "min", 1.0 / 60.0),
];

pub(in super::super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    let Some(data) = object(o, "data") else {
        return Ok(Found::Nothing("the shape of this Jawbone answer is not known"));
    };
    for item in records(data, "items") {
        one(item, out)?;
    }
    Ok(Found::Read)
}

fn one(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let none = Object::new();
    let details = object(o, "details").unwrap_or(&none);
    let zone = text(details, "tz").and_then(|name| Zone::named(name).ok());
    let (Some(created), record) = (seconds(o, "time_created"), text(o, "xid").map(str::to_owned)) else {
        out.refuse("bad_time", "jawbone", "an item without `time_created`");
        return Ok(());
    };
    let at = |t| zone.as_ref().map(|z| z.offset_at(t));
    let completed = seconds(o, "time_completed").filter(|end| *end >= created);
    let mut about = About::moment(&origin("jawbone"), completed.unwrap_or(created), record);
    about.offsets = (at(created), at(about.at));
    about.revision = revision(o, "time_updated");
    about.date = day_number(o, "date");
    if text(o, "type") == Some("move") || details.contains_key("hourly_totals") {
        return moves(details, about, out);
    }
    let end = completed.or_else(|| {
        num(details, "time").filter(|s| (0.0..1e6).contains(s)).map(|s| created.plus_secs(s as i64))
    });
    if let (Some(end), true) = (end, details.contains_key("meters") || o.contains_key("sub_type")) {
        about.at = end;
        let mut body = workout(created, end, text(o, "title").unwrap_or("unknown"));
        body.title = text(o, "title").map(|t| t.chars().take(100).collect());
        body.moving_s = num(details, "time").filter(|s| (0.0..=2e6).contains(s));
        body.distance_m = num(details, "meters").filter(|m| *m >= 0.0);
        body.energy_kcal = num(details, "calories").filter(|c| *c >= 0.0);
        add(&mut body, details, "steps", "{step}");
        add(&mut body, details, "intensity", "1");
        add(&mut body, o, "sub_type", "1");
        return about.fact(out, "", body);
    }
    let mut any = false;
    for (field, metric, unit, factor) in BODY {
        let Some(value) = num(o, field) else { continue };
        any = true;
        // Fat is written as a fraction or in per cent.
        let factor = if *field == "body_fat" && value > 1.0 { 1.0 } else { *factor };
        about.measure(out, metric, unit, value * factor)?;
    }
    if !any {
        out.refuse("bad_record", "jawbone", "neither a measure of the body, a day nor a workout");
    }
    Ok(())
}

/// A day of moves: by the hour where it says so. Hours are on the wall clock.
fn moves(details: &Object, mut about: About, out: &mut Out<'_>) -> Result<()> {
    let zone = text(details, "tz").and_then(|name| Zone::named(name).ok());
    let zone = zone.unwrap_or_else(|| out.options.zone.clone());
    out.revise(about.revision)?;
    let hours = object(details, "hourly_totals").into_iter().flatten();
    let mut by_hour = false;
    for (hour, totals) in hours {
        let (Some(totals), Ok(number)) = (totals.as_object(), hour.parse::<i64>()) else {
            out.refuse("bad_time", "jawbone", "an hour that cannot be read");
            continue;
        };
        let mut day = Object::new();
        day.insert("date".into(), (number / 100).into());
        let Some(date) = day_number(&day, "date").filter(|_| number % 100 < 24) else {
            out.refuse("bad_time", "jawbone", "an hour that cannot be read");
            continue;
        };
        by_hour = true;
        let start = zone.instant_of_local(i64::from(date.days()) * 86_400 + number % 100 * 3600);
        about.at = start.plus_secs(3600);
        about = about.over(start, Some(zone.offset_at(start)));
        about.amounts(out, totals, MOVES)?;
    }
    if !by_hour {
        about.amounts(out, details, MOVES)?;
    }
    out.revise(0)
}
