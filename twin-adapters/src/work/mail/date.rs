//! Dates of header fields (RFC 5322 §3.3, and the older forms of §4.3).

use crate::files::shared::times::clock_us;
use twin_core::{LocalDate, Timestamp};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `Tue, 1 Jul 2003 10:52:37 +0200 (CEST)`; the weekday and the seconds may be missing. Without a zone it is UTC.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let text = text.split('(').next().unwrap_or_default();
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = text.split_ascii_whitespace();
    let day: i8 = words.next()?.parse().ok()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| name.starts_with(m))?;
    let year: i16 = words.next()?.parse().ok().map(|y: i16| match y {
        0..50 => y + 2000,
        50..1000 => y.saturating_add(1900),
        _ => y,
    })?;
    let clock = clock_us(words.next()?)?;
    let offset = zone(words.next().unwrap_or("+0000"))?;
    let date = LocalDate::new(year, i8::try_from(month + 1).ok()?, day).ok()?;
    let wall = i64::from(date.days()) * 86_400_000_000 + clock;
    Some(Timestamp::from_micros(wall - offset * 1_000_000))
}

/// Seconds east of UTC. Letters of the armed forces mean nothing certain: they are UTC.
fn zone(word: &str) -> Option<i64> {
    if let Some(digits) = word.strip_prefix(['+', '-']) {
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let hours: i64 = digits.get(..2)?.parse().ok()?;
        let minutes: i64 = digits.get(2..)?.parse().ok()?;
        let seconds = hours * 3600 + minutes * 60;
        return (minutes < 60 && hours <= 18).then_some(if word.starts_with('-') {
            -seconds
        } else {
            seconds
        });
    }
    let hours = match word.to_ascii_uppercase().as_str() {
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => 0,
    };
    Some(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn forms_of_dates() {
        let shown = |t: &str| read(t).map(|t| t.to_string()).unwrap_or_default();
        assert_eq!(shown("Tue, 1 Jul 2003 10:52:37 +0200 (CEST)"), "2003-07-01T08:52:37Z");
        assert_eq!(shown("21 Nov 97 09:55 -0600"), "1997-11-21T15:55:00Z");
        assert_eq!(shown("Fri, 21 Nov 1997 09:55:06 GMT"), "1997-11-21T09:55:06Z");
        assert_eq!(shown("Fri, 21 Nov 1997 09:55:06 PST"), "1997-11-21T17:55:06Z");
        for bad in [
            "",
            "Fri",
            "32 Nov 1997 09:55:06 GMT",
            "1 Foo 1997 09:55 GMT",
            "1 Jan 1997 25:00 GMT",
            "1 Jan 1997 10:00 +9999",
        ] {
            assert_eq!(shown(bad), "", "{bad}");
        }
    }
}
