//! Dates as the export writes them: `Apr 30, 2026, 7:00:00 AM`, in UTC.

use twin_core::Timestamp;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `None` for what is no date with a time of day.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let first = words.next()?;
    let second = words.next()?;
    let third = words.next()?;
    let month_of = |word: &str| {
        let low = word.to_lowercase();
        MONTHS.iter().position(|m| low.get(..3) == Some(*m)).map(|at| at as u32 + 1)
    };
    let (year, month, day) = match (month_of(first), month_of(second)) {
        (Some(month), _) => (third, month, second),
        (None, Some(month)) => (third, month, first),
        (None, None) => (first, second.parse().ok()?, third),
    };
    let (year, day): (u32, u32) = (year.parse().ok()?, day.parse().ok()?);
    let mut clock = || words.next()?.parse::<u32>().ok();
    let (hour, minute, second) = (clock()?, clock()?, clock()?);
    let hour = match words.next().map(str::to_uppercase).as_deref() {
        None => hour,
        Some("AM") if (1..=12).contains(&hour) => hour % 12,
        Some("PM") if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(_) => return None,
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates_of_exports() {
        for (text, expected) in [
            ("Apr 30, 2026, 7:00:00 AM", Some("2026-04-30T07:00:00Z")),
            ("Aug 1, 2020, 12:05:09 PM", Some("2020-08-01T12:05:09Z")),
            ("Aug 1, 2020, 12:05:09\u{202f}AM", Some("2020-08-01T00:05:09Z")),
            ("30 Sept 2021, 17:05:09", Some("2021-09-30T17:05:09Z")),
            ("2026-08-10 06:12:00", Some("2026-08-10T06:12:00Z")),
            ("2024-01-15", None),
            ("Feb 30, 2024, 7:00:00 AM", None),
            ("Apr 30, 2026, 13:00:00 PM", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(|t| t.to_string()).as_deref(), expected, "{text}");
        }
    }
}
