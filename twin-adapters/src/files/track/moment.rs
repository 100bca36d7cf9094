//! Times as XML writes them: `2020-06-01T14:52:40.000Z`.

use twin_core::Timestamp;

/// An instant with the offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::files) struct Moment {
    pub at: Timestamp,
    /// Seconds east of UTC, where one other than UTC is written: UTC is what programs write that know none.
    pub offset_s: Option<i32>,
    /// Written without a zone; the formats say that it is UTC then.
    pub zoneless: bool,
}

/// `None` for what is no time.
pub(in crate::files) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(at) = text.parse() {
        return Some(Moment { at, offset_s: offset(text).filter(|s| *s != 0), zoneless: false });
    }
    // A date alone is a day, no moment.
    let at = text.contains([':']).then(|| format!("{text}Z").parse().ok())??;
    Some(Moment { at, offset_s: None, zoneless: true })
}

/// The offset of `…+01:00`.
fn offset(text: &str) -> Option<i32> {
    let (_, tail) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let sign = match tail.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = tail.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_what_is_none() {
        let read = |text| moment(text).map(|m| (m.at.to_string(), m.offset_s, m.zoneless));
        let utc = "2015-12-11T14:43:13.994Z".to_owned();
        assert_eq!(read(" 2015-12-11T14:43:13.994Z\n"), Some((utc.clone(), None, false)));
        assert_eq!(read("2015-12-11T15:43:13.994+01:00"), Some((utc.clone(), Some(3600), false)));
        assert_eq!(read("2015-12-11T14:43:13.994+00:00"), Some((utc.clone(), None, false)));
        assert_eq!(read("2015-12-11T14:43:13.994"), Some((utc, None, true)));
        for bad in ["", "2015-12-11", "12:00:00", "2015-02-30T00:00:00Z", "yesterday", "2015-12-11T25:00:00"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
