//! Times as a mapping says they are written.

use super::mapping::{CsvTime, CsvTimeFormat};
use crate::files::shared::figures::micros;
use crate::files::shared::out::Out;
use crate::files::shared::times::{Time, clock_us, iso, month_first, slashed, split};
use twin_core::{LocalDate, Timestamp, Zone};

/// A time as the mapping says it is written.
pub(super) fn time(text: &str, format: Option<CsvTimeFormat>) -> Option<Time> {
    match format.unwrap_or(CsvTimeFormat::Iso) {
        CsvTimeFormat::Iso => iso(text),
        CsvTimeFormat::MonthFirst => month_first(text),
        CsvTimeFormat::DayFirst => {
            let (date, clock) = split(text);
            let (day, month, year) = slashed(date)?;
            let day = LocalDate::new(year, month, day).ok()?;
            if clock.is_empty() { Some(Time::Day(day)) } else { Some(Time::Wall(day, clock_us(clock)?)) }
        }
        CsvTimeFormat::UnixSeconds => unix(text, 1e6),
        CsvTimeFormat::UnixMilliseconds => unix(text, 1e3),
    }
}

fn unix(text: &str, factor: f64) -> Option<Time> {
    let value = text.trim().parse::<f64>().ok().filter(|v| v.is_finite())?;
    micros(value, factor).map(|t| Time::Instant(t, 0))
}

/// The instant of a time and the offset lived in, where it is known.
pub(super) fn instant(written: Time, column: &CsvTime, out: &mut Out<'_>) -> (Timestamp, Option<i32>) {
    let zone = column.zone.as_deref().and_then(|name| Zone::named(name).ok());
    let unix = matches!(column.format, Some(CsvTimeFormat::UnixSeconds | CsvTimeFormat::UnixMilliseconds));
    match (written, zone) {
        (Time::Instant(t, _), Some(zone)) if unix => (t, Some(zone.offset_at(t))),
        (Time::Instant(t, _), None) if unix => (t, None),
        (Time::Instant(t, offset), _) => (t, Some(offset)),
        (wall, Some(zone)) => {
            let us = wall.wall_us();
            let t = zone.instant_of_local(us.div_euclid(1_000_000)).plus_micros(us.rem_euclid(1_000_000));
            (t, Some(zone.offset_at(t)))
        }
        (wall, None) => {
            let (t, offset) = out.instant(wall);
            (t, Some(offset))
        }
    }
}
