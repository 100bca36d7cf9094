//! Empatica E4: `IBI.csv`, and the signals `HR`, `EDA`, `TEMP`, `BVP`. Times are UTC.

use super::super::out::{Out, number, origin};
use super::super::rows::Rows;
use super::beats::ms_of_seconds;
use std::io::BufRead;
use twin_core::{Error, Result, Timestamp};

const SOURCE: &str = "empatica";

/// The first line: the start of the session, seconds since 1970.
fn start_of(cell: &str) -> Result<Timestamp> {
    number(cell)
        .ok()
        .flatten()
        .filter(|s| (0.0..1e11).contains(s))
        .map(|s| Timestamp::from_micros((s * 1e6).round() as i64))
        .ok_or_else(|| Error::malformed("empatica table", "the first line is no time"))
}

/// Reads `IBI.csv`: offset of the beat that ends the interval, and the interval, both in seconds.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_ibi(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let head = rows.next(out)?.ok_or_else(|| Error::malformed("empatica table", "no header"))?;
    let start = start_of(head.get(0))?;
    let key = out.stream("rr_interval", "ms", &origin(SOURCE));
    let mut last = Timestamp::MIN;
    while let Some(row) = rows.next(out)? {
        let (Ok(Some(t)), Ok(Some(rr))) = (number(row.get(0)), number(row.get(1))) else {
            out.refuse_line("bad_number", row.line, "the line holds no offset and interval");
            continue;
        };
        if !(rr > 0.0 && rr < 1e6 && (0.0..1e9).contains(&t)) {
            out.refuse(
                "out_of_range",
                format!("rr_interval line {}", row.line),
                "a beat interval is above zero",
            );
            continue;
        }
        last = last.max(start.plus_micros(((t - rr) * 1e6).round() as i64));
        out.sample(key, last, 0, ms_of_seconds(rr), None)?;
    }
    Ok(())
}

/// Reads a signal: start, rate in Hz, then one value a sample. The metric is in the file's name only.
///
/// # Errors
/// `unsupported` when the name tells no metric, after a refusal `unnamed_series`; else as `read_file`.
pub(in super::super) fn read_signal(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let name = out.options.name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_uppercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let known = words.find_map(|w| match w {
        "HR" => Some(("heart_rate", "/min")),
        "EDA" => Some(("electrodermal_activity", "uS")),
        "TEMP" => Some(("skin_temperature", "Cel")),
        "BVP" => Some(("empatica:BVP", "1")),
        _ => None,
    });
    let Some((metric, unit)) = known else {
        let message = "the signal bears no name of its own; give the file the name it has in the export: HR, EDA, TEMP or BVP";
        out.refuse("unnamed_series", "file", message);
        return Err(Error::Unsupported(message.into()));
    };
    let mut rows = Rows::open(input)?;
    let head = rows.next(out)?.ok_or_else(|| Error::malformed("empatica table", "no start"))?;
    let start = start_of(head.get(0))?;
    let rate =
        rows.next(out)?.and_then(|r| number(r.get(0)).ok().flatten()).filter(|r| *r > 0.0 && *r <= 1e5);
    let rate =
        rate.ok_or_else(|| Error::malformed("empatica table", "the second line is no sampling rate"))?;
    let key = out.stream(metric, unit, &origin(SOURCE));
    let mut n = 0_u64;
    while let Some(row) = rows.next(out)? {
        let at = start.plus_micros((n as f64 * 1e6 / rate).round() as i64);
        n += 1;
        match number(row.get(0)) {
            Ok(Some(value)) => out.sample(key, at, 0, value, None)?,
            Ok(None) => out.missing(),
            Err(()) => out.refuse_line("bad_number", row.line, "the line holds no number"),
        }
    }
    Ok(())
}
