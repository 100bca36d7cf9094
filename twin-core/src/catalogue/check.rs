//! Unit and range: impossible is refused, implausible is kept and flagged.

use super::Metric;
use crate::error::{Error, Result};

/// A value that passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked {
    /// The value, with a canonical zero.
    pub value: f64,
    /// Whether it is implausible.
    pub flag: Option<Flag>,
}

/// Why a kept value is suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Below what is plausible.
    Low,
    /// Above what is plausible.
    High,
}

impl Metric {
    /// The least and greatest value that can be at all.
    #[must_use]
    pub fn possible(&self) -> (f64, f64) {
        let scale = self.unit == "%";
        let floor = if scale || self.plausible_min == Some(0.0) { 0.0 } else { f64::MIN };
        let ceiling = if scale { 100.0 } else { f64::MAX };
        (self.hard_min.unwrap_or(floor), self.hard_max.unwrap_or(ceiling))
    }

    /// The flag of a possible value.
    #[must_use]
    pub fn flag(&self, value: f64) -> Option<Flag> {
        if self.plausible_min.is_some_and(|min| value < min) {
            Some(Flag::Low)
        } else if self.plausible_max.is_some_and(|max| value > max) {
            Some(Flag::High)
        } else {
            None
        }
    }
}

/// Checks a value of a catalogue metric.
///
/// # Errors
/// `invalid_value` when the value is impossible or not finite.
///
/// ```
/// # use twin_core::catalogue::{Flag, Metric, check_value};
/// let rr = Metric::find("rr_interval").unwrap();
/// assert_eq!(check_value(rr, 800.0)?.flag, None);
/// assert_eq!(check_value(rr, 4000.0)?.flag, Some(Flag::High)); // evidence for artefact correction
/// let bpm = Metric::find("heart_rate").unwrap();
/// assert_eq!(check_value(bpm, 612.0).unwrap_err().to_string(),
///     "value of `heart_rate` is 612, expected 1..=300 /min");
/// # Ok::<(), twin_core::Error>(())
/// ```
pub fn check_value(metric: &Metric, value: f64) -> Result<Checked> {
    let (min, max) = metric.possible();
    if !value.is_finite() || value < min || value > max {
        let expected = match (min > f64::MIN, max < f64::MAX) {
            (true, true) => format!("{min}..={max} {}", metric.unit),
            (true, false) => format!("at least {min} {}", metric.unit),
            (false, true) => format!("at most {max} {}", metric.unit),
            (false, false) => "a finite number".to_owned(),
        };
        return Err(Error::invalid(metric.id, value, expected));
    }
    Ok(Checked { value: value + 0.0, flag: metric.flag(value) })
}
