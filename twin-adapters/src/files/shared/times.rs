//! Times as tables write them.

use twin_core::{LocalDate, Timestamp};

const DAY_US: i64 = 86_400_000_000;

/// A time that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Time {
    /// With an offset.
    Instant(Timestamp, i32),
    /// A wall clock without a zone: the day and microseconds into it.
    Wall(LocalDate, i64),
    /// A day alone.
    Day(LocalDate),
}

impl Time {
    /// The wall clock's reading; of a day its midnight.
    pub(crate) fn wall_us(self) -> i64 {
        match self {
            Self::Instant(t, offset) => t.micros().saturating_add(i64::from(offset) * 1_000_000),
            Self::Wall(day, us) => i64::from(day.days()) * DAY_US + us,
            Self::Day(day) => i64::from(day.days()) * DAY_US,
        }
    }

    /// The civil day as written.
    pub(crate) fn day(self) -> LocalDate {
        LocalDate::from_days(self.wall_us().div_euclid(DAY_US) as i32)
    }
}

/// `2019-11-02 00:09:30`, `2019-11-02T07:19:30.000`, with an offset or none, or the day alone.
pub(crate) fn iso(text: &str) -> Option<Time> {
    let text = text.trim();
    let day = day_iso(text.get(..10)?)?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(Time::Day(day));
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim();
    if let Some(clock) = rest.strip_suffix(['Z', 'z']) {
        return Some(Time::Instant(Timestamp::from_micros(Time::Wall(day, clock_us(clock)?).wall_us()), 0));
    }
    if let Some(at) = rest.rfind(['+', '-']) {
        let (clock, offset) = (rest.get(..at)?, rest.get(at..)?);
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        let digits = offset.get(1..)?.replace(':', "");
        let (h, m) = match digits.len() {
            2 => (digits.parse::<i32>().ok()?, 0),
            4 => (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
            _ => return None,
        };
        if !(0..=18).contains(&h) || !(0..60).contains(&m) {
            return None;
        }
        let offset = sign * (h * 3600 + m * 60);
        let wall = Time::Wall(day, clock_us(clock)?).wall_us();
        return Some(Time::Instant(Timestamp::from_micros(wall - i64::from(offset) * 1_000_000), offset));
    }
    Some(Time::Wall(day, clock_us(rest)?))
}

/// `11/01/19 14:56:32`, month first, as exports of accounts write it.
pub(crate) fn month_first(text: &str) -> Option<Time> {
    let (date, clock) = split(text);
    let (month, day, year) = slashed(date)?;
    let day = LocalDate::new(year, month, day).ok()?;
    if clock.is_empty() { Some(Time::Day(day)) } else { Some(Time::Wall(day, clock_us(clock)?)) }
}

/// Either of the two styles of account exports.
pub(crate) fn export(text: &str) -> Option<Time> {
    iso(text).or_else(|| month_first(text))
}

/// The date part and the rest.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once([' ', 'T']).map_or((text, ""), |(a, b)| (a, b.trim()))
}

fn day_iso(text: &str) -> Option<LocalDate> {
    let b = text.as_bytes();
    if b.len() != 10 || b.get(4) != Some(&b'-') || b.get(7) != Some(&b'-') {
        return None;
    }
    LocalDate::new(number(text.get(..4)?)?, number(text.get(5..7)?)?, number(text.get(8..)?)?).ok()
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

/// The three numbers of `a/b/yyyy`, `a.b.yy` or `a-b-yyyy` in the order written.
pub(crate) fn slashed(date: &str) -> Option<(i8, i8, i16)> {
    let mut parts = date.split(['/', '.', '-']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let year: i16 = match year.len() {
        2 => 2000 + number::<i16>(year)?,
        4 => number(year)?,
        _ => return None,
    };
    Some((number(a)?, number(b)?, year))
}

/// Microseconds into the day of `7:05`, `07:05:09.250`, `12:30:00 AM`.
pub(crate) fn clock_us(text: &str) -> Option<i64> {
    let text = text.trim();
    let upper = text.to_ascii_uppercase();
    let (clock, half) = if let Some(c) = upper.strip_suffix("AM") {
        (c.trim_end(), Some(false))
    } else if let Some(c) = upper.strip_suffix("PM") {
        (c.trim_end(), Some(true))
    } else {
        (upper.as_str(), None)
    };
    let mut parts = clock.split(':');
    let hour: i64 = number(parts.next()?)?;
    let minute: i64 = number(parts.next()?)?;
    let (second, fraction) = match parts.next() {
        None => (0, 0),
        Some(s) => {
            let (whole, fraction) = s.split_once('.').unwrap_or((s, "0"));
            let mut us = 0;
            for i in 0..6 {
                us = us * 10
                    + i64::from(fraction.as_bytes().get(i).map_or(0, |b| b.wrapping_sub(b'0')).min(9));
            }
            if !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            (number::<i64>(whole)?, us)
        }
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some((hour * 3600 + minute * 60 + second) * 1_000_000 + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(time: Option<Time>) -> String {
        match time {
            Some(Time::Instant(t, o)) => format!("{t} {o}"),
            Some(wall) => Timestamp::from_micros(wall.wall_us()).to_string().replace('Z', " wall"),
            None => "none".into(),
        }
    }

    #[test]
    fn styles() {
        for (text, expected) in [
            ("2019-11-02 00:09:30", "2019-11-02T00:09:30 wall"),
            ("2019-11-02T07:19:30.250", "2019-11-02T07:19:30.25 wall"),
            ("2019-10-16T12:08:58.041+02:00", "2019-10-16T10:08:58.041Z 7200"),
            ("2019-10-16T12:08:58-0330", "2019-10-16T15:38:58Z -12600"),
            ("11/01/19 14:56:32", "2019-11-01T14:56:32 wall"),
            ("2019-11-02", "2019-11-02T00:00:00 wall"),
            ("2019-13-02", "none"),
            ("2019-11-02 24:00", "none"),
            ("31/12/19 10:00:00", "none"),
            ("é019-11-02", "none"),
        ] {
            assert_eq!(shown(export(text)), expected, "{text}");
        }
    }

    #[test]
    fn halves_of_the_day() {
        assert_eq!(clock_us("12:00:00 AM"), Some(0));
        assert_eq!(clock_us("12:30 PM"), Some(45_000_000_000));
        assert_eq!(clock_us("1:00:00 pm"), Some(46_800_000_000));
        assert_eq!(clock_us("13:00 PM"), None);
    }
}
