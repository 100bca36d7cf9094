//! `history`.

use super::{Edge, moment, open};
use crate::args::HistoryArgs;
use crate::print;
use humantwin::{Code, Error, HistoryQuery, Resolution};
use std::process::ExitCode;

pub(crate) fn run(args: &HistoryArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    let resolution = match (&args.every, args.raw) {
        (Some(step), _) => Resolution::Every(step_us("every", step)?),
        (None, true) => Resolution::Raw,
        (None, false) => Resolution::Resolved,
    };
    let time = |t: &Option<String>| t.as_deref().map(|t| moment(&twin, t, Edge::Start)).transpose();
    let query = HistoryQuery {
        metric: args.metric.clone(),
        from: time(&args.from)?,
        to: time(&args.to)?,
        resolution,
        known_at: match &args.known_at {
            Some(text) => Some(moment(&twin, text, Edge::Last)?),
            None => None,
        },
    };
    let view = twin.history(&query)?;
    if args.json {
        print::json(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.csv {
        print::line("start,end,value,min,max,n,source,method");
        for row in &view.rows {
            let number = |v: Option<f64>| v.map_or_else(String::new, |v| v.to_string());
            let source = format!("\"{}\"", row.source.replace('"', "\"\""));
            print::line(format_args!(
                "{},{},{},{},{},{},{source},{}",
                row.start,
                row.end.map_or_else(String::new, |t| t.to_string()),
                row.value,
                number(row.min),
                number(row.max),
                row.n.map_or_else(String::new, |n| n.to_string()),
                row.method.as_deref().unwrap_or_default(),
            ));
        }
    } else {
        for row in &view.rows {
            let end = row.end.map_or_else(String::new, |t| format!(" to {t}"));
            print::line(format_args!("{}{end}  {:.4} {}  {}", row.start, row.value, view.unit, row.source));
        }
        if view.rows.is_empty() && view.events.is_empty() {
            print::line(format_args!("nothing is known of `{}` in this span", args.metric));
        }
    }
    view.events.iter().for_each(|event| print::line(event.json()));
    Ok(ExitCode::SUCCESS)
}

/// `30s`, `5m`, `1h`, `1d` in microseconds.
pub(crate) fn step_us(option: &str, text: &str) -> Result<i64, Error> {
    let bad = || {
        let shown: String = text.chars().take(20).collect();
        Error::new(
            Code::InvalidValue,
            format!("value of `{option}` is `{shown}`, expected a length of time like 30s, 5m, 1h or 1d"),
        )
    };
    let (number, unit) = text.split_at(text.len() - text.chars().last().map_or(0, char::len_utf8));
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(bad()),
    };
    let number: i64 = number.parse().map_err(|_| bad())?;
    number.checked_mul(seconds * 1_000_000).filter(|us| *us > 0).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::step_us;

    #[test]
    fn lengths_of_time() {
        assert_eq!(step_us("every", "5m").unwrap(), 300_000_000);
        for bad in ["", "5", "m", "0s", "-1h", "5µ", "99999999999999999d"] {
            assert!(step_us("every", bad).is_err(), "{bad}");
        }
    }
}
