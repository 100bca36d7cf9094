//! Runkeeper: the list of fitness activities. `start_time` is the wall clock, `utc_offset` in hours;
//! without one the zone handed in decides.

use super::super::Found;
use super::{add, workout};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, records, text};
use crate::files::shared::out::{Out, origin};
use crate::files::shared::times::{Time, clock_us};
use twin_core::event::Recording;
use twin_core::{LocalDate, Result, Timestamp};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(in super::super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    if !o.contains_key("items") {
        return Ok(Found::Nothing("the shape of this Runkeeper answer is not known"));
    }
    for item in records(o, "items") {
        one(item, out)?;
    }
    Ok(Found::Read)
}

/// `Sun, 19 Oct 2014 13:17:27`.
fn time(text: &str) -> Option<Time> {
    let mut words = text.split_once(',')?.1.split_whitespace();
    let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month))? + 1;
    let date = LocalDate::new(year.parse().ok()?, i8::try_from(month).ok()?, day.parse().ok()?).ok()?;
    Some(Time::Wall(date, clock_us(clock)?))
}

fn one(o: &Object, out: &mut Out<'_>) -> Result<()> {
    let length = num(o, "duration").filter(|s| (0.0..=1.2e6).contains(s));
    let (Some(time), Some(length)) = (text(o, "start_time").and_then(time), length) else {
        out.refuse("bad_time", "items", "an activity without start and length");
        return Ok(());
    };
    let hours = num(o, "utc_offset").filter(|h| h.abs() <= 18.0);
    let (start, offset) = match hours {
        Some(hours) => {
            let offset = (hours * 3600.0) as i32;
            (Timestamp::from_micros(time.wall_us()).plus_secs(-i64::from(offset)), offset)
        }
        None => out.instant(time),
    };
    let end = start.plus_micros((length * 1e6).round() as i64);
    let mut source = origin("runkeeper");
    source.recording = match text(o, "entry_mode") {
        Some("Web") => Some(Recording::Manual),
        Some(_) => Some(Recording::Active),
        None => None,
    };
    let about = About::moment(&source, end, text(o, "uri").map(str::to_owned)).over(start, Some(offset));
    let mut body = workout(start, end, text(o, "type").unwrap_or("unknown"));
    body.distance_m = num(o, "total_distance").filter(|v| *v >= 0.0);
    body.energy_kcal = num(o, "total_calories").filter(|v| *v >= 0.0);
    add(&mut body, o, "climb", "m");
    about.fact(out, "", body)
}
