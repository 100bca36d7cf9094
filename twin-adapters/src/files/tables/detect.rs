//! Finds the shape from the first bytes: magic, keys of the first record, header line, first lines.

use super::Shape;
use super::out::number;
use super::rows::delimiter;
use super::text::head_text;
use super::times::{Time, iso};

/// The shape these first bytes have, if known. The file's name takes no part.
#[must_use]
pub fn matches(head: &[u8]) -> Option<Shape> {
    if head.starts_with(b"\x93NUMPY") {
        return Some(Shape::Npy);
    }
    if head.starts_with(b"ISHNE1.0") {
        return Some(Shape::IshneEcg);
    }
    let text = head_text(head);
    let text = text.trim_start();
    if text.is_empty() {
        return Some(Shape::Empty);
    }
    if text.contains('\0') {
        return None;
    }
    if let Some(rest) = text.strip_prefix('[') {
        let rest = rest.trim_start();
        if rest.starts_with(']') {
            return Some(Shape::Empty);
        }
        return if rest.starts_with('{') { json(rest) } else { None };
    }
    if text.starts_with("# BIOSPPY HRV REPORT") || text.starts_with("# PYHRV REPORT") {
        return Some(Shape::HrvReport);
    }
    if text.starts_with('{') {
        let report = text.contains("\"ar_abs\"") || (text.contains("\"rmssd\"") && text.contains("\"sdnn\""));
        return report.then_some(Shape::HrvReport).or_else(|| web_api(text));
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(64).collect();
    header(lines.first()?).or_else(|| numbers(&lines))
}

fn json(text: &str) -> Option<Shape> {
    let has = |key: &str| text.contains(key);
    if has("\"logId\"") && (has("\"dateOfSleep\"") || has("\"levels\"")) {
        return Some(Shape::FitbitSleep);
    }
    if has("\"logId\"") && has("\"activityName\"") {
        return Some(Shape::FitbitExercise);
    }
    if has("\"logId\"") && has("\"weight\"") {
        return Some(Shape::FitbitWeight);
    }
    if !has("\"dateTime\"") {
        return None;
    }
    let value = text.split_once("\"value\"")?.1.trim_start().strip_prefix(':')?.trim_start();
    if !value.starts_with('{') {
        return Some(Shape::FitbitValue);
    }
    let inner = value.split('}').next()?;
    if inner.contains("\"bpm\"") {
        Some(Shape::FitbitHeartRate)
    } else if inner.contains("\"valuesInZones\"") {
        Some(Shape::FitbitHeartRateZones)
    } else if inner.contains("VO2Max\"") {
        Some(Shape::FitbitVo2Max)
    } else if inner.contains("\"value\"") && inner.contains("\"error\"") {
        Some(Shape::FitbitRestingHeartRate)
    } else {
        None
    }
}

/// Answers of the Fitbit Web API begin with the name of their list.
fn web_api(text: &str) -> Option<Shape> {
    let key = text.strip_prefix('{')?.trim_start().strip_prefix('"')?;
    let own = (key.starts_with("sleep\"") && !text.contains("\"sleepDetails\""))
        || (key.starts_with("activities\"") && text.contains("\"activityParentId\""))
        || key.starts_with("activities-");
    own.then_some(Shape::FitbitWeb)
}

fn header(line: &str) -> Option<Shape> {
    let names: Vec<String> = line
        .split(char::from(delimiter(line)))
        .map(|n| n.trim().trim_matches('"').to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    if has("id") {
        return fitabase(&has);
    }
    if has("sleep_log_entry_id") && has("timestamp") {
        return Some(Shape::FitbitSleepScore);
    }
    if has("effective_time_frame") {
        return if has("injuries") {
            Some(Shape::PmsysInjury)
        } else {
            has("readiness").then_some(Shape::PmsysWellness)
        };
    }
    if super::fitbit::is_night_table(&has) {
        return Some(Shape::FitbitTable);
    }
    if names == ["timestamp", "value"] {
        return Some(Shape::FitbitMinutes);
    }
    if has("end_date_time") && has("perceived_exertion") && has("duration_min") && has("activity_names") {
        return Some(Shape::PmsysSession);
    }
    if has("date") && has("timestamp") && (has("glasses_of_fluid") || has("alcohol_consumed")) {
        return Some(Shape::GoogledocsForm);
    }
    if has("time") && has("interval between heartbeats (s)") {
        return Some(Shape::Heartbeats);
    }
    if has("time") && has("heart rate (bpm)") {
        return Some(Shape::Actigraph);
    }
    None
}

fn fitabase(has: &dyn Fn(&str) -> bool) -> Option<Shape> {
    if has("activitydate") || has("activityday") {
        Some(Shape::FitabaseDaily)
    } else if has("activityhour") {
        Some(Shape::FitabaseHourly)
    } else if has("activityminute") {
        Some(Shape::FitabaseMinute)
    } else if has("sleepday") {
        Some(Shape::FitabaseSleepDay)
    } else if has("date") && (has("weightkg") || has("weightpounds")) {
        Some(Shape::FitabaseWeight)
    } else if has("date") && has("value") && has("logid") {
        Some(Shape::FitabaseMinuteSleep)
    } else if has("time") && has("value") {
        Some(Shape::FitabaseHeartRate)
    } else {
        None
    }
}

/// Shapes without a header.
fn numbers(lines: &[&str]) -> Option<Shape> {
    let plain = |text: &str| number(text).ok().flatten();
    let first = lines.first()?;
    if let Some((time, rest)) = first.split_once(';') {
        let mut rest = rest.split(';');
        let named = rest.next().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_uppercase()));
        if named && rest.next().and_then(plain).is_some() && matches!(iso(time), Some(Time::Instant(..))) {
            return Some(Shape::GarminLogger);
        }
    }
    let epoch = |text: &str| plain(text).is_some_and(|t| (3e8..1e11).contains(&t));
    if let Some((start, word)) = first.split_once(',')
        && word.trim().eq_ignore_ascii_case("ibi")
        && epoch(start)
    {
        return Some(Shape::EmpaticaIbi);
    }
    let second = lines.get(1)?;
    if epoch(first) && plain(second).is_some_and(|r| r > 0.0 && r <= 4096.0) {
        return Some(Shape::EmpaticaSignal);
    }
    let cells = |line: &str| -> Vec<String> {
        line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
            .filter(|c| !c.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let labelled = |line: &str| {
        let cells = cells(line);
        matches!(cells.as_slice(), [t, label] if plain(t).is_some() && label.len() == 1 && label.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let rest = lines.get(1..)?;
    if cells(first).len() == 1 && most(rest.iter().filter(|l| labelled(l)).count(), rest.len()) {
        return Some(Shape::HolterBeats);
    }
    // One line of words may stand above the numbers.
    let words = first.to_ascii_lowercase();
    let titled = plain(first).is_none()
        && cells(first).iter().all(|c| plain(c).is_none())
        && ["rr", "ibi", "nn"].iter().any(|w| words.contains(w));
    let body = if titled { rest } else { lines };
    let width = |n: usize| {
        let fits = body.iter().filter(|l| {
            let cells = cells(l);
            cells.len() == n && cells.iter().all(|c| plain(c).is_some())
        });
        body.len() >= 2 - usize::from(titled) && most(fits.count(), body.len())
    };
    if width(1) {
        Some(Shape::RrText)
    } else if width(2) {
        Some(Shape::RrPairs)
    } else {
        None
    }
}

/// At least three in four: a stray line does not change what a file is.
const fn most(fitting: usize, of: usize) -> bool {
    fitting > 0 && 4 * fitting >= 3 * of
}
