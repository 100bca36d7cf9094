//! Intervals one after another, and what a list of numbers is.

use super::super::out::{Out, origin};
use twin_core::series::StreamKey;
use twin_core::{Error, LocalDate, Result, Timestamp};

/// 2000-01-01T00:00:00Z, where a file without a date begins.
const NO_DATE: i64 = 946_684_800;

/// A day without a time is told at noon: away from the night, whose beats mean something else.
const NOON_S: i64 = 43_200;

/// A day written `2026-04-11` anywhere in a name.
fn date_in(name: &str) -> Option<LocalDate> {
    (0..name.len()).filter_map(|at| name.get(at..at + 10)).find_map(|part| part.parse().ok())
}

/// Seconds as milliseconds, without the dust of binary fractions.
pub(super) fn ms_of_seconds(seconds: f64) -> f64 {
    (seconds * 1e12).round() / 1e9
}

/// Milliseconds as whole nanoseconds, by which beats add up exactly.
fn nanos(ms: f64) -> i64 {
    (ms * 1e6).round() as i64
}

/// Beats of a file without a date, each beginning where the one before ended.
pub(super) struct Undated {
    key: StreamKey,
    start: i64,
    elapsed_ns: i64,
}

impl Undated {
    pub(super) fn new(out: &mut Out<'_>) -> Self {
        let name = out.options.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let source = if stem.is_empty() { "rr_text".to_owned() } else { format!("rr_text/{stem}") };
        let key = out.stream("rr_interval", "ms", &origin(&source));
        let named = date_in(stem);
        let start = named.map_or(NO_DATE, |date| {
            out.options.zone.instant_of_local(i64::from(date.days()) * 86_400 + NOON_S).secs()
        });
        match named {
            Some(_) => out.warn_once(
                "no_time",
                "the file holds no times; its beats were placed at noon of the day in its name",
            ),
            None => out.warn_once(
                "no_date",
                "the file names no date; its beats were placed from 2000-01-01T00:00:00Z on",
            ),
        }
        Self { key, start, elapsed_ns: 0 }
    }

    /// Adds the next interval; an interval that is none is refused and takes no time.
    pub(super) fn push(&mut self, ms: f64, place: &str, out: &mut Out<'_>) -> Result<()> {
        if !(ms > 0.0 && ms < 1e9) {
            out.refuse("out_of_range", format!("rr_interval {place}"), "a beat interval is above zero");
            return Ok(());
        }
        self.sample(self.elapsed_ns, ms, out)?;
        self.elapsed_ns = self.elapsed_ns.saturating_add(nanos(ms));
        Ok(())
    }

    /// Adds an interval that begins so many milliseconds into the recording; never before the last.
    pub(super) fn push_at(&mut self, begin_ms: f64, ms: f64, place: &str, out: &mut Out<'_>) -> Result<()> {
        if !(ms > 0.0 && ms < 1e9 && begin_ms.abs() < 1e12) {
            out.refuse("out_of_range", format!("rr_interval {place}"), "a beat interval is above zero");
            return Ok(());
        }
        self.elapsed_ns = self.elapsed_ns.max(nanos(begin_ms));
        self.sample(self.elapsed_ns, ms, out)
    }

    fn sample(&self, ns: i64, ms: f64, out: &mut Out<'_>) -> Result<()> {
        let us = (ns.saturating_add(500)).div_euclid(1000);
        out.sample(self.key, Timestamp::from_secs(self.start).plus_micros(us), 0, ms, None)
    }
}

/// What the first numbers of a list show it to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ListKind {
    /// Beat intervals; the factor makes them milliseconds.
    Intervals { seconds: bool },
    /// Numbers that only grow: places of beats in a recording.
    Places,
    /// A smooth curve.
    Wave,
    /// Neither.
    Other,
}

/// Tells beat intervals from places of beats and from curves.
///
/// The differences of neighbouring intervals are all but uncorrelated (the heart corrects itself),
/// those of a sampled curve follow each other closely: above 0.5 it is a curve.
pub(super) fn kind_of(values: &[f64]) -> ListKind {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let Some(median) = sorted.get(sorted.len() / 2).copied() else { return ListKind::Other };
    let grows = values.windows(2).filter(|w| matches!(w, [a, b] if b > a)).count();
    if values.len() >= 10 && grows == values.len() - 1 {
        return ListKind::Places;
    }
    let seconds = sorted.last().is_some_and(|v| *v < 10.0);
    let ms = if seconds { median * 1000.0 } else { median };
    if !(200.0..=3000.0).contains(&ms) {
        return ListKind::Other;
    }
    let steps: Vec<f64> =
        values.windows(2).filter_map(|w| if let [a, b] = w { Some(b - a) } else { None }).collect();
    let squares: f64 = steps.iter().map(|d| d * d).sum();
    let products: f64 =
        steps.windows(2).filter_map(|w| if let [a, b] = w { Some(a * b) } else { None }).sum();
    if steps.len() >= 50 && squares > 0.0 && products / squares > 0.5 {
        return ListKind::Wave;
    }
    ListKind::Intervals { seconds }
}

/// Why a list of numbers that holds no intervals is not read.
pub(super) fn refuse_kind(kind: ListKind) -> Error {
    Error::Unsupported(match kind {
        ListKind::Places => {
            "the numbers only grow: places of beats in a recording whose sampling rate the file does not tell"
                .into()
        }
        ListKind::Wave => {
            "the numbers are a smooth curve, a raw signal of unknown rate, not beat intervals".into()
        }
        _ => "the numbers are no beat intervals in milliseconds or seconds".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_clean_milliseconds() {
        assert_eq!(ms_of_seconds(0.609_403), 609.403);
        assert_eq!(ms_of_seconds(6.512_000_000_000_000_5), 6512.0);
    }

    #[test]
    fn lists_tell_what_they_are() {
        let rr: Vec<f64> = (0..200).map(|i| 800.0 + f64::from((i * 7919) % 83)).collect();
        assert_eq!(kind_of(&rr), ListKind::Intervals { seconds: false });
        let s: Vec<f64> = rr.iter().map(|v| v / 1000.0).collect();
        assert_eq!(kind_of(&s), ListKind::Intervals { seconds: true });
        let wave: Vec<f64> = (0..200).map(|i| 600.0 + 100.0 * (f64::from(i) / 8.0).sin()).collect();
        assert_eq!(kind_of(&wave), ListKind::Wave);
        let places: Vec<f64> = (0..200).map(|i| f64::from(i) * 301.0).collect();
        assert_eq!(kind_of(&places), ListKind::Places);
        assert_eq!(kind_of(&[0.0; 5]), ListKind::Other);
        assert_eq!(kind_of(&[5.0e6; 50]), ListKind::Other);
    }
}
