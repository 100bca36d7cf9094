//! Times as the export writes them: `2014-09-13 10:27:54 +0100`, and the time of day of single beats.

const SECOND_US: i64 = 1_000_000;
const DAY_S: i64 = 86_400;

/// An instant with the offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// UTC microseconds.
    pub us: i64,
    /// Seconds east of UTC as written: the zone of the export, which may not be the zone lived in.
    pub offset_s: i32,
}

/// `None` for other forms, impossible dates, and years outside 1900..2200. What the phone hands over itself is
/// RFC 3339.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if text.as_bytes().get(10) == Some(&b'T') {
        return rfc3339(text);
    }
    let (head, tail) = text.as_bytes().split_at_checked(19)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2] = head else {
        return None;
    };
    let &[b' ', sign, zh1, zh2, zm1, zm2] = tail else { return None };
    let days = days(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)?;
    let (h, n, s) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    let (zh, zm) = (two(zh1, zh2)?, two(zm1, zm2)?);
    if h > 23 || n > 59 || s > 60 || zh > 18 || zm > 59 {
        return None;
    }
    let offset = match sign {
        b'+' => zh * 3600 + zm * 60,
        b'-' => -(zh * 3600 + zm * 60),
        _ => return None,
    };
    let seconds = days * DAY_S + h * 3600 + n * 60 + s - offset;
    Some(Moment { us: seconds * SECOND_US, offset_s: offset as i32 })
}

/// `2026-03-01T08:00:00.5+01:00`, with the offset it was written with.
fn rfc3339(text: &str) -> Option<Moment> {
    let us = text.parse::<twin_core::Timestamp>().ok()?.micros();
    civil_days(text.get(..10)?)?;
    let offset_s = match text.as_bytes().last_chunk::<6>() {
        Some(&[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2]) => {
            let seconds = two(h1, h2)? * 3600 + two(m1, m2)? * 60;
            if sign == b'-' { -seconds } else { seconds }
        }
        _ => 0,
    };
    Some(Moment { us, offset_s: offset_s as i32 })
}

/// Days since 1970-01-01 of `2016-04-14`.
pub(super) fn civil_days(text: &str) -> Option<i64> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    days(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)
}

#[inline]
fn two(a: u8, b: u8) -> Option<i64> {
    let (a, b) = (a.wrapping_sub(b'0'), b.wrapping_sub(b'0'));
    (a < 10 && b < 10).then(|| i64::from(a) * 10 + i64::from(b))
}

fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1900..2200).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    // Days from civil with years that begin in March (Howard Hinnant's algorithm).
    let y = if month <= 2 { year - 1 } else { year };
    let shifted = (month + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let era = y / 400;
    let of_era = y - era * 400;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The instant of a beat from its time of day (`7:45:12.34 AM`, `19.45.12,34`, `下午7:45:12.34`).
///
/// Only the numbers are read: of the instants they can mean (morning or evening, the day before or
/// after) the one nearest to the record counts, so that no language has to be known and midnight
/// may pass. `None` when that is more than 15 minutes away from the record.
pub(super) fn beat(text: &str, start: Moment, end_us: i64) -> Option<i64> {
    let mut numbers = [0_i64; 4];
    let mut digits = [0_u32; 4];
    let mut at = 0;
    for c in text.chars() {
        if let Some(d) = digit(c) {
            let (number, count) = (numbers.get_mut(at)?, digits.get_mut(at)?);
            if *count < 6 {
                *number = *number * 10 + d;
                *count += 1;
            }
        } else if at < 4 && digits.get(at).is_some_and(|n| *n > 0) {
            at += 1;
        }
    }
    let [h, n, s, fraction] = numbers;
    let [dh, dn, ds, df] = digits;
    if dh == 0 || dn == 0 || ds == 0 || h > 24 || n > 59 || s > 60 {
        return None;
    }
    let fraction_us = fraction * 10_i64.pow(6 - df.min(6));
    let local_start = start.us + i64::from(start.offset_s) * SECOND_US;
    let midnight = local_start - local_start.rem_euclid(DAY_S * SECOND_US);
    let distance = |t: i64| (start.us - t).max(t - end_us).max(0);
    let mut best: Option<i64> = None;
    for hour in [h % 24, h % 12, h % 12 + 12] {
        for day in [0, -1, 1] {
            let local = midnight + ((day * 24 + hour) * 3600 + n * 60 + s) * SECOND_US + fraction_us;
            let t = local - i64::from(start.offset_s) * SECOND_US;
            if best.is_none_or(|b| distance(t) < distance(b)) {
                best = Some(t);
            }
        }
    }
    best.filter(|t| distance(*t) <= 900 * SECOND_US)
}

/// Decimal digits of the scripts that phones write times in: Latin, Arabic, Persian, Devanagari.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    Some(i64::from(c as u32 - zero as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::Timestamp;

    fn rfc(us: i64) -> String {
        Timestamp::from_micros(us).to_string()
    }

    #[test]
    fn dates_are_utc_with_their_offset() {
        let m = moment("2014-09-13 10:27:54 +0100").unwrap();
        assert_eq!((rfc(m.us).as_str(), m.offset_s), ("2014-09-13T09:27:54Z", 3600));
        let m = moment("2020-02-29 23:30:00 -0930").unwrap();
        assert_eq!((rfc(m.us).as_str(), m.offset_s), ("2020-03-01T09:00:00Z", -34_200));
        assert_eq!(rfc(moment("1900-01-01 00:00:00 +0000").unwrap().us), "1900-01-01T00:00:00Z");
        for bad in [
            "",
            "2014-09-13",
            "2014-02-29 10:27:54 +0100",
            "1899-12-31 10:27:54 +0100",
            "2200-01-01 00:00:00 +0000",
            "2014-13-01 10:27:54 +0100",
            "2014-09-13 24:00:00 +0100",
            "2014-09-13T10:27:54 +0100",
            "2014-09-13 10:27:54 0100x",
            "2014-09-13 10:27:54 +01:00",
            "2014-09-13 10:2a:54 +0100",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
        assert_eq!(civil_days("1970-01-02"), Some(1));
        assert_eq!(civil_days("1970-1-2"), None);
    }

    #[test]
    fn dates_agree_with_the_calendar_library() {
        for day in (-25_000..80_000).step_by(17) {
            let text = twin_core::LocalDate::from_days(day).to_string();
            assert_eq!(civil_days(&text), Some(i64::from(day)), "{text}");
        }
    }

    #[test]
    fn beats_are_found_in_any_locale() {
        let start = moment("2020-10-04 19:45:10 +0200").unwrap();
        let end = start.us + 65 * SECOND_US;
        for text in [
            "7:45:12.34 PM",
            "19:45:12,34",
            "19.45.12,34",
            "下午7:45:12.34",
            "\u{667}:\u{664}\u{665}:\u{661}\u{662}.\u{663}\u{664} \u{645}",
        ] {
            assert_eq!(beat(text, start, end).map(rfc).as_deref(), Some("2020-10-04T17:45:12.34Z"), "{text}");
        }
        assert_eq!(beat("7:45:12", start, end).map(rfc).as_deref(), Some("2020-10-04T17:45:12Z"));
        for bad in ["", "PM", "7:45", "99:00:00", "11:45:12.00 PM", "7:45:12.3.4.5.6"] {
            assert_eq!(beat(bad, start, end), None, "{bad}");
        }
    }

    #[test]
    fn beats_may_pass_midnight() {
        let start = moment("2020-10-04 23:59:40 +0000").unwrap();
        let end = start.us + 60 * SECOND_US;
        assert_eq!(beat("12:00:05.00 AM", start, end).map(rfc).as_deref(), Some("2020-10-05T00:00:05Z"));
        assert_eq!(beat("11:59:50.00 PM", start, end).map(rfc).as_deref(), Some("2020-10-04T23:59:50Z"));
        assert_eq!(beat("00:00:05,00", start, end).map(rfc).as_deref(), Some("2020-10-05T00:00:05Z"));
    }
}
