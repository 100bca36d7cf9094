//! Sports by the words that formats and services use.

#[cfg(any(feature = "gpx", feature = "tcx"))]
/// How a cadence is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::files) enum Gait {
    Cycling,
    OnFoot,
    #[default]
    Other,
}

/// Our word for a sport: `running`, `cycling` …; the source's word in snake_case where we have none.
pub(in crate::files) fn sport(word: &str) -> String {
    let word = snake(word);
    match word.as_str() {
        "" => "unknown",
        // Old exports of Strava number them.
        "biking" | "bike" | "ride" | "bicycle" | "road_cycling" | "1" => "cycling",
        "run" | "9" => "running",
        "walk" => "walking",
        "hike" => "hiking",
        "swim" => "swimming",
        "ski" => "skiing",
        "row" => "rowing",
        _ => return word,
    }
    .to_owned()
}

#[cfg(any(feature = "gpx", feature = "tcx"))]
/// How the cadence of a sport of [`sport`] is to be read.
pub(in crate::files) fn gait(sport: &str) -> Gait {
    let has = |words: &[&str]| words.iter().any(|w| sport.contains(w));
    if has(&["cycling", "biking", "ride", "spinning"]) {
        Gait::Cycling
    } else if has(&["running", "walking", "hiking", "_run", "treadmill"]) {
        Gait::OnFoot
    } else {
        Gait::Other
    }
}

/// Lower case, words parted by `_`, at most 64 bytes: `VirtualRide` is `virtual_ride`.
fn snake(word: &str) -> String {
    let mut out = String::new();
    let mut low = false;
    for c in word.trim().chars() {
        if !c.is_alphanumeric() {
            low = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            continue;
        }
        if c.is_uppercase() && low {
            out.push('_');
        }
        low = c.is_lowercase() || c.is_numeric();
        out.extend(c.to_lowercase());
        if out.len() > 60 {
            break;
        }
    }
    out.trim_end_matches('_').to_owned()
}

#[cfg(all(test, any(feature = "gpx", feature = "tcx")))]
mod tests {
    use super::*;

    #[test]
    fn words_of_sports() {
        for (word, expected, by) in [
            ("Biking", "cycling", Gait::Cycling),
            ("VirtualRide", "virtual_ride", Gait::Cycling),
            ("Running", "running", Gait::OnFoot),
            ("9", "running", Gait::OnFoot),
            ("Trail Run", "trail_run", Gait::OnFoot),
            ("Other", "other", Gait::Other),
            ("", "unknown", Gait::Other),
        ] {
            assert_eq!((sport(word).as_str(), gait(&sport(word))), (expected, by), "{word}");
        }
    }
}
