//! Lists of intervals as text: one number a line, time and interval, or the beats of a Holter.

use super::super::out::{Out, number};
use super::super::rows::{Row, Rows};
use super::beats::{ListKind, Undated, kind_of, ms_of_seconds, refuse_kind};
use std::io::BufRead;
use twin_core::Result;

/// Numbers looked at to tell what a list is.
const LOOK: usize = 8192;

/// Reads one number a line. All below 10 are seconds, else milliseconds.
///
/// # Errors
/// `unsupported` when the numbers are no intervals; else as `read_file`.
pub(in super::super) fn read_list(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let mut first = Vec::new();
    while first.len() < LOOK {
        let Some(row) = rows.next(out)? else { break };
        first.push(row);
    }
    // A first line of words is a header.
    let header = first.first().is_some_and(|r| number(r.get(0)).is_err());
    let known: Vec<f64> = first.iter().filter_map(|r| number(r.get(0)).ok().flatten()).collect();
    let ListKind::Intervals { seconds } = kind_of(&known) else {
        return Err(refuse_kind(kind_of(&known)));
    };
    let mut beats = Undated::new(out);
    for row in first.iter().skip(usize::from(header)) {
        interval(&mut beats, row, seconds, out)?;
    }
    while let Some(row) = rows.next(out)? {
        interval(&mut beats, &row, seconds, out)?;
    }
    Ok(())
}

fn interval(beats: &mut Undated, row: &Row, seconds: bool, out: &mut Out<'_>) -> Result<()> {
    match number(row.get(0)) {
        Ok(Some(v)) => {
            beats.push(if seconds { ms_of_seconds(v) } else { v }, &format!("line {}", row.line), out)
        }
        Ok(None) => {
            out.missing();
            Ok(())
        }
        Err(()) => {
            out.refuse_line("bad_number", row.line, "the line holds no number");
            Ok(())
        }
    }
}

/// The cells of a row, also where blanks part them.
fn cells(row: &Row) -> Vec<&str> {
    row.cells.iter().flat_map(|c| c.split_whitespace()).collect()
}

/// Reads time and interval, two numbers a line. The time is the end of the interval, in seconds, or
/// in milliseconds where it grows by more than 100 a beat.
///
/// # Errors
/// As [`read_list`].
pub(in super::super) fn read_pairs(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let mut first = Vec::new();
    while first.len() < LOOK {
        let Some(row) = rows.next(out)? else { break };
        first.push(row);
    }
    let pair = |row: &Row| match *cells(row).as_slice() {
        [t, rr] => number(t).ok().flatten().zip(number(rr).ok().flatten()),
        _ => None,
    };
    let header = first.first().is_some_and(|r| cells(r).iter().all(|c| number(c).is_err()));
    let known: Vec<(f64, f64)> = first.iter().filter_map(pair).collect();
    let kind = kind_of(&known.iter().map(|p| p.1).collect::<Vec<_>>());
    let ListKind::Intervals { seconds } = kind else { return Err(refuse_kind(kind)) };
    let step = match (known.first(), known.last()) {
        (Some(a), Some(b)) if known.len() > 1 => (b.0 - a.0) / (known.len() - 1) as f64,
        _ => 0.0,
    };
    let times_in_ms = step > 100.0;
    let mut beats = Undated::new(out);
    let mut ahead = first.into_iter().skip(usize::from(header));
    loop {
        let row = match ahead.next() {
            Some(row) => row,
            None => match rows.next(out)? {
                Some(row) => row,
                None => return Ok(()),
            },
        };
        let Some((t, rr)) = pair(&row) else {
            out.refuse_line("bad_number", row.line, "the line holds no time and interval");
            continue;
        };
        let rr = if seconds { ms_of_seconds(rr) } else { rr };
        let end = if times_in_ms { t } else { ms_of_seconds(t) };
        beats.push_at((end - rr).max(0.0), rr, &format!("line {}", row.line), out)?;
    }
}

/// Reads the beats of a Holter: a line with the recording's number, then seconds from its start and
/// a label. `N` is a normal beat, `S` and others are beats too; `X` marks time without a beat, and
/// an interval that touches it is none.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_holter(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let mut beats = Undated::new(out);
    // The first line is the number of the recording.
    let _number = rows.next(out)?;
    let mut before: Option<(f64, bool)> = None;
    while let Some(row) = rows.next(out)? {
        let (seconds, label) = match *cells(&row).as_slice() {
            [t, label] => (number(t).ok().flatten(), label),
            _ => (None, ""),
        };
        let Some(seconds) = seconds.filter(|s| s.abs() < 1e9) else {
            out.refuse_line("bad_number", row.line, "the line holds no time and label");
            before = None;
            continue;
        };
        let beat = !label.eq_ignore_ascii_case("X");
        match before {
            Some((last, true)) if beat => {
                let place = format!("line {}", row.line);
                beats.push_at(ms_of_seconds(last), ms_of_seconds(seconds - last), &place, out)?;
            }
            _ => out.missing(),
        }
        before = Some((seconds, beat));
    }
    Ok(())
}
