//! Tables with a line of names at the top, for evaluations on one's own data.

use std::collections::BTreeMap;
use std::path::Path;
use twin_core::Timestamp;

const DAY_US: f64 = 86_400e6;

/// The value after an option; an error where the option stands last.
pub(in crate::eval) fn option<'a>(args: &[&'a str], name: &str) -> Result<Option<&'a str>, String> {
    match args.iter().position(|a| *a == name) {
        Some(i) => args.get(i + 1).copied().map(Some).ok_or_else(|| format!("`{name}` needs a value")),
        None => Ok(None),
    }
}

/// What people write where they know nothing.
const UNKNOWN: [&str; 6] = ["na", "n/a", "nan", "null", "none", "-"];

/// A row by column name, names in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::eval) struct Row(BTreeMap<String, String>);

/// The rows of a file; an error where one of the columns that are `needed` is missing. Bytes that are no UTF-8 are
/// replaced.
pub(in crate::eval) fn rows(file: &Path, needed: &[&str]) -> Result<Vec<Row>, String> {
    let told = |e: csv::Error| format!("cannot read `{}`: {e}", file.display());
    let text = |field: &[u8]| String::from_utf8_lossy(field).trim().to_owned();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file).map_err(told)?;
    let names: Vec<String> =
        reader.byte_headers().map_err(told)?.iter().map(|name| text(name).to_lowercase()).collect();
    if let Some(missing) = needed.iter().find(|n| !names.iter().any(|name| name == *n)) {
        return Err(format!("`{}` has no column `{missing}`", file.display()));
    }
    reader
        .byte_records()
        .map(|record| Ok(Row(names.iter().cloned().zip(record.map_err(told)?.iter().map(text)).collect())))
        .collect()
}

impl Row {
    /// The text of a column; empty where there is none or it says that nothing is known.
    pub(in crate::eval) fn text(&self, name: &str) -> &str {
        let said = self.0.get(name).map_or("", |v| v.as_str());
        if UNKNOWN.iter().any(|none| said.eq_ignore_ascii_case(none)) { "" } else { said }
    }

    /// A number; `None` where nothing is known, `NaN` where it is something else, so that it is not taken for unknown.
    pub(in crate::eval) fn number(&self, name: &str) -> Option<f64> {
        let text = self.text(name);
        (!text.is_empty()).then(|| text.parse().unwrap_or(f64::NAN))
    }

    /// Days since 1970 of a date, a date and time (taken as UTC), or an instant with its offset.
    pub(in crate::eval) fn day(&self, name: &str) -> Option<f64> {
        let text = self.text(name).replacen(' ', "T", 1);
        let (date, time) = text.split_once('T').unwrap_or((&text, "00:00:00"));
        let (clock, zone) = zoned(&time.replace(' ', ""));
        let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock };
        let at: Timestamp = format!("{date}T{clock}{zone}").parse().ok()?;
        Some(at.micros() as f64 / DAY_US)
    }

    /// As [`Self::day`], but a plain date is its last moment: when on that day is not known. Midnight is what other
    /// programs make of a plain date.
    pub(in crate::eval) fn end_of_day(&self, name: &str) -> Option<f64> {
        let day = self.day(name)?;
        Some(day + if day == day.floor() { 1.0 - 1e-6 } else { 0.0 })
    }
}

/// A time of day and its zone, as `Z` or `+hh:mm`; `UTC` where it has none.
fn zoned(time: &str) -> (String, String) {
    let bare = time.trim_end_matches("UTC").trim_end_matches("GMT").trim_end_matches(['Z', 'z']);
    let Some((clock, offset)) = bare.find(['+', '-']).and_then(|at| bare.split_at_checked(at)) else {
        return (bare.to_owned(), "Z".to_owned());
    };
    let offset = match offset.len() {
        3 => format!("{offset}:00"),
        5 if !offset.contains(':') => {
            let (hours, minutes) = offset.split_at_checked(3).unwrap_or((offset, "00"));
            format!("{hours}:{minutes}")
        }
        _ => offset.to_owned(),
    };
    (clock.to_owned(), offset)
}

/// The date of a day since 1970.
pub(in crate::eval) fn date(day: f64) -> String {
    Timestamp::from_micros((day.floor() * DAY_US) as i64).to_string().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_dates_times_and_instants() {
        let row = |text: &str| Row([("at".to_owned(), text.to_owned())].into());
        let day = |text: &str| row(text).day("at");
        assert_eq!(day("1970-01-11"), Some(10.0));
        assert_eq!(day("1970-01-11 12:00"), Some(10.5));
        assert_eq!(day("1970-01-11T12:00:00"), Some(10.5));
        assert_eq!(day("1970-01-11T12:00:00+06:00"), Some(10.25));
        assert!(
            row("1970-01-11").end_of_day("at") > Some(10.99)
                && row("1970-01-11").end_of_day("at") < Some(11.0)
        );
        assert_eq!(row("1970-01-11T12:00:00Z").end_of_day("at"), Some(10.5));
        assert_eq!(row("1970-01-11 00:00:00").end_of_day("at"), row("1970-01-11").end_of_day("at"));
        for zone in ["+06", "+0600", " +06:00", "+06:00"] {
            assert_eq!(day(&format!("1970-01-11 12:00:00{zone}")), Some(10.25), "{zone}");
        }
        assert_eq!((day("1970-01-11 12:00 UTC"), day("1970-01-11T12:00:00.000z")), (Some(10.5), Some(10.5)));
        for none in
            ["", "NA", "soon", "1970-13-01", "1970-02-30", "é", "1970-01-11T", "T", "1970-01-11T25:00"]
        {
            assert_eq!(day(none), None, "{none}");
        }
        assert_eq!(date(16_436.7), "2015-01-01");
        assert!(row("x").number("at").is_some_and(f64::is_nan) && row("").number("at").is_none());
    }
}
