//! A day with chest strap and actigraph: heartbeats, and heart rate, steps and posture by the second.
//! Times are whole seconds without a zone.

use super::super::out::{Out, number, origin};
use super::super::rows::{Header, Rows};
use super::super::times::iso;
use super::beats::ms_of_seconds;
use std::io::BufRead;
use twin_core::{Result, Timestamp};

/// Postures of the inclinometer in the order of their codes, 0..=3.
const POSTURES: [&str; 4] =
    ["Inclinometer Off", "Inclinometer Standing", "Inclinometer Sitting", "Inclinometer Lying"];

/// Reads heartbeats. The second written is the one the interval ends in; within it, beats are placed
/// by adding intervals up, and never go back.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_heartbeats(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let time = header.require("Time")?;
    let interval = header.require("Interval between heartbeats (s)")?;
    let key = out.stream("rr_interval", "ms", &origin("heartbeats"));
    let (mut end, mut last) = (Timestamp::MIN, Timestamp::MIN);
    while let Some(row) = rows.next(out)? {
        let Some(written) = iso(row.get(time)) else {
            out.refuse_line("bad_time", row.line, "the time cannot be read");
            continue;
        };
        let ms = match number(row.get(interval)) {
            Ok(Some(seconds)) => ms_of_seconds(seconds),
            Ok(None) => {
                out.missing();
                continue;
            }
            Err(()) => {
                out.refuse_line("bad_number", row.line, "the interval is no number");
                continue;
            }
        };
        if !(ms > 0.0 && ms < 1e9) {
            out.refuse(
                "out_of_range",
                format!("rr_interval line {}", row.line),
                "a beat interval is above zero",
            );
            continue;
        }
        let (second, offset) = out.instant(written);
        let length = (ms * 1000.0).round() as i64;
        end = end.plus_micros(length).clamp(second, second.plus_micros(999_999));
        let start = end.plus_micros(-length).max(last);
        last = start;
        out.sample(key, start, 0, ms, Some(offset))?;
    }
    Ok(())
}

/// Reads heart rate, steps and posture by the second.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_actigraph(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let time = header.require("Time")?;
    let source = origin("actigraph");
    let figures = [
        (header.find(&["Heart rate (BPM)"]), out.stream("heart_rate", "/min", &source), 0),
        (header.find(&["Steps"]), out.stream("steps", "{step}", &source), 1_000_000),
    ];
    let postures: Vec<usize> = POSTURES.iter().filter_map(|name| header.find(&[name])).collect();
    let posture = out.stream("actigraph:posture", "1", &source);
    while let Some(row) = rows.next(out)? {
        let Some(written) = iso(row.get(time)) else {
            out.refuse_line("bad_time", row.line, "the time cannot be read");
            continue;
        };
        let (at, offset) = out.instant(written);
        for (column, key, duration) in figures {
            let Some(column) = column else { continue };
            match number(row.get(column)) {
                Ok(Some(0.0)) if duration == 0 => out.missing(),
                Ok(Some(value)) => out.sample(key, at, duration, value, Some(offset))?,
                Ok(None) => out.missing(),
                Err(()) => out.refuse_line("bad_number", row.line, "a cell holds no number"),
            }
        }
        if postures.len() != POSTURES.len() {
            continue;
        }
        let set = |c: &usize| number(row.get(*c)).ok().flatten() == Some(1.0);
        let mut on = postures.iter().enumerate().filter(|(_, c)| set(c)).map(|(code, _)| code);
        match (on.next(), on.next()) {
            (Some(code), None) => out.sample(posture, at, 1_000_000, code as f64, Some(offset))?,
            (None, _) => out.missing(),
            (Some(_), Some(_)) => out.refuse_line("bad_record", row.line, "two postures at once"),
        }
    }
    Ok(())
}
