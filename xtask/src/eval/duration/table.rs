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

/// A row by column name.
#[derive(Clone, Debug, Default)]
pub(in crate::eval) struct Row(BTreeMap<String, String>);

/// The rows of a file; an error where one of the columns that are `needed` is missing.
pub(in crate::eval) fn read(file: &Path, needed: &[&str]) -> Result<Vec<Row>, String> {
    let told = |e: csv::Error| format!("cannot read `{}`: {e}", file.display());
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(file).map_err(told)?;
    let names: Vec<String> =
        reader.headers().map_err(told)?.iter().map(|n| n.trim_start_matches('\u{feff}').to_owned()).collect();
    if let Some(missing) = needed.iter().find(|n| !names.iter().any(|name| name == *n)) {
        return Err(format!("`{}` has no column `{missing}`", file.display()));
    }
    reader
        .records()
        .map(|record| {
            let record = record.map_err(told)?;
            Ok(Row(names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()))
        })
        .collect()
}

impl Row {
    /// The text of a column; empty where there is none.
    pub(in crate::eval) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |v| v.trim())
    }

    /// A number; `None` where it is empty or none, `NaN` where it is something else, so that it is not taken for
    /// unknown.
    pub(in crate::eval) fn number(&self, name: &str) -> Option<f64> {
        let text = self.text(name);
        (!text.is_empty() && text != "NA").then(|| text.parse().unwrap_or(f64::NAN))
    }

    /// Days since 1970 of a date, a date and time (taken as UTC), or an instant with its offset.
    pub(in crate::eval) fn day(&self, name: &str) -> Option<f64> {
        let text = self.text(name).replacen(' ', "T", 1);
        let (date, time) = text.split_once('T').unwrap_or((&text, "00:00:00"));
        let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
        let zoned = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
        let instant = format!("{date}T{time}{}", if zoned { "" } else { "Z" });
        let at: Timestamp = instant.parse().ok()?;
        Some(at.micros() as f64 / DAY_US)
    }

    /// As [`Self::day`], but a plain date is its last moment: when on that day is not known.
    pub(in crate::eval) fn end_of_day(&self, name: &str) -> Option<f64> {
        let plain = self.text(name).len() <= "2020-01-01".len();
        Some(self.day(name)? + if plain { 1.0 - 1e-6 } else { 0.0 })
    }
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
        assert_eq!((day(""), day("soon"), day("1970-13-01")), (None, None, None));
        assert_eq!(date(16_436.7), "2015-01-01");
        assert!(row("x").number("at").is_some_and(f64::is_nan) && row("").number("at").is_none());
    }
}
