//! What windows are asked for.

use crate::error::{Error, Result};
use crate::time::ZoneTimeline;

/// How time is cut. Lengths are microseconds; windows hold their start and not their end.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowSpec {
    /// Spans of one length, side by side, counted from 1970 in UTC.
    Tumbling {
        /// Length.
        size_us: i64,
    },
    /// Spans of one length that begin at every step; they overlap.
    Sliding {
        /// Length.
        size_us: i64,
        /// Step, at most the length.
        every_us: i64,
    },
    /// From a first sample on, as long as pauses stay shorter than the gap. The window ends a gap after
    /// its last sample; a late sample can join two.
    Session {
        /// A pause of this length ends the window.
        gap_us: i64,
    },
    /// Civil days, weeks or months in the zone lived in: a day has 23, 24 or 25 hours.
    Calendar {
        /// Which.
        unit: CalendarUnit,
        /// The zones lived in.
        zones: ZoneTimeline,
    },
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarUnit {
    /// A civil day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A month of the Gregorian calendar.
    Month,
}

/// Where the watermark comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watermark {
    /// The newest time seen less this many microseconds. One clock far ahead moves it for all keys:
    /// where clocks cannot be trusted, the host sets it.
    Bounded(i64),
    /// Only [`super::KeyedWindows::set_watermark`] moves it.
    Host,
}

/// What is computed, and how long is waited.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowOptions {
    /// Where the watermark comes from; by default the newest time seen.
    pub watermark: Watermark,
    /// How long after its end a window takes late samples, microseconds; one hour by default.
    pub lateness_us: i64,
    /// The time-weighted mean is wanted, and a sample without a duration holds this long at most,
    /// microseconds. Windows keep their samples then.
    pub hold_us: Option<i64>,
    /// Quantiles are wanted.
    pub quantiles: bool,
}

impl Default for WindowOptions {
    fn default() -> Self {
        Self { watermark: Watermark::Bounded(0), lateness_us: 3_600_000_000, hold_us: None, quantiles: false }
    }
}

/// Longest length of anything, microseconds: a hundred years. Keeps every sum of times in range.
pub(super) const LONGEST_US: i64 = 100 * 366 * 86_400 * 1_000_000;

/// Most panes of a window, and most panes that one sample may reach over.
pub(super) const MOST_PANES: i64 = 10_000;

/// Checks lengths.
///
/// # Errors
/// `invalid_value` with the length that cannot be.
pub(super) fn check(spec: &WindowSpec, options: &WindowOptions) -> Result<()> {
    match spec {
        WindowSpec::Tumbling { size_us } => length("size_us", *size_us, 1)?,
        WindowSpec::Session { gap_us } => length("gap_us", *gap_us, 1)?,
        WindowSpec::Calendar { .. } => {}
        WindowSpec::Sliding { size_us, every_us } => {
            length("size_us", *size_us, 1)?;
            length("every_us", *every_us, 1)?;
            if every_us > size_us {
                return Err(Error::invalid("every_us", every_us, "a step that is no longer than the window"));
            }
            let pane = gcd(*size_us, *every_us);
            if size_us / pane > MOST_PANES {
                return Err(Error::invalid(
                    "every_us",
                    every_us,
                    format!("a step that cuts the window into at most {MOST_PANES} pieces"),
                ));
            }
        }
    }
    length("lateness_us", options.lateness_us, 0)?;
    if let Watermark::Bounded(bound) = options.watermark {
        length("watermark", bound, 0)?;
    }
    options.hold_us.map_or(Ok(()), |hold| length("hold_us", hold, 0))
}

fn length(field: &str, value: i64, least: i64) -> Result<()> {
    if (least..=LONGEST_US).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(field, value, format!("{least} microseconds to 100 years")))
}

/// The greatest length that divides both.
pub(super) const fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
