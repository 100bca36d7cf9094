//! Recurrence rules, followed in wall-clock time (RFC 5545 §3.3.10).

mod pattern;

use super::moment::to_partial;
use calcard::common::CalendarScale;
use calcard::icalendar::{ICalendarFrequency as Frequency, ICalendarRecurrenceRule, ICalendarSkip};
use pattern::Pattern;

/// Most occurrences followed of one rule.
pub(super) const MAX_OCCURRENCES: usize = 20_000;
/// Most periods in a row that may have no occurrence.
const MAX_BARREN: u32 = 100_000;

/// Why a rule cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleError {
    /// A rule of another calendar than the Gregorian, or one that moves invalid days.
    Unsupported,
    /// Parts that exclude each other or are out of range.
    Invalid,
}

/// Where a rule leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expanded {
    /// Wall-clock readings, seconds since 1970 as if they were UTC.
    pub(super) starts: Vec<i64>,
    /// There are more than could be followed.
    pub(super) cut: bool,
}

/// Follows a rule in wall-clock time from `start` up to and with `last`, also when the rule itself goes on.
///
/// The library's own walk through a calendar brings a second database of time zones, a tenth of the browser's
/// module; here a rule has no zone, and the rest is done in `series`.
pub(super) fn expand(rule: &ICalendarRecurrenceRule, start: i64, last: i64) -> Result<Expanded, RuleError> {
    let foreign = rule.rscale.as_ref().is_some_and(|scale| *scale != CalendarScale::Gregorian);
    let moves = rule.skip.is_some_and(|skip| skip != ICalendarSkip::Omit);
    if foreign || moves || rule.bymonth.iter().any(calcard::icalendar::ICalendarMonth::is_leap) {
        return Err(RuleError::Unsupported);
    }
    if !sound(rule) || to_partial(start).is_none() || to_partial(last.max(start)).is_none() {
        return Err(RuleError::Invalid);
    }
    let left = rule.count.unwrap_or(u32::MAX);
    let mut found = Found { start, last, left, barren: 0, starts: Vec::new() };
    if rule.interval != Some(0) && left > 0 {
        Pattern::new(rule, start).walk(&mut found);
    }
    let mut starts = found.starts;
    let cut = starts.len() > MAX_OCCURRENCES;
    starts.truncate(MAX_OCCURRENCES);
    Ok(Expanded { starts, cut })
}

/// Occurrences between two readings, in order.
struct Found {
    start: i64,
    last: i64,
    /// How many more the rule has.
    left: u32,
    barren: u32,
    starts: Vec<i64>,
}

impl Found {
    /// Takes the occurrences of a period; `false` when no later one is wanted.
    fn take(&mut self, period: &[i64]) -> bool {
        let before = self.starts.len();
        for &at in period.iter().filter(|at| **at >= self.start) {
            if at > self.last {
                return false;
            }
            self.starts.push(at);
            self.left -= 1;
            if self.left == 0 || self.starts.len() > MAX_OCCURRENCES {
                return false;
            }
        }
        self.barren = if self.starts.len() > before { 0 } else { self.barren + 1 };
        self.barren < MAX_BARREN
    }
}

/// Are all parts in range, and do they go with the frequency?
fn sound(rule: &ICalendarRecurrenceRule) -> bool {
    use Frequency::{Daily, Hourly, Minutely, Monthly, Secondly, Weekly, Yearly};
    // The highest position in a period, and the highest count of a weekday.
    let (most, below, above) = match rule.freq {
        Yearly | Daily => (366, -52, 53),
        Monthly => (31, -4, 5),
        Weekly => (53, -7, 8),
        Hourly => (24, -3, 4),
        Minutely | Secondly => (60, -8, 9),
    };
    let days = !rule.bymonthday.is_empty() || !rule.byday.is_empty() || !rule.byyearday.is_empty();
    let times = !rule.byhour.is_empty() || !rule.byminute.is_empty() || !rule.bysecond.is_empty();
    // Only a rule of seconds can say nothing else than positions: the others take the rest from their start.
    let positions =
        rule.bysetpos.is_empty() || rule.freq < Secondly || days || times || !rule.bymonth.is_empty();
    positions
        && rule.bysetpos.iter().all(|n| *n != 0 && (-most..=most).contains(n))
        && rule.bymonth.iter().all(|month| (1..=12).contains(&month.month()))
        && rule.bymonthday.iter().all(|n| *n <= 31 && (*n <= 0 || rule.freq != Weekly))
        && rule.byyearday.iter().all(|n| *n != 0 && (-366..=366).contains(n))
        && (rule.byyearday.is_empty() || !matches!(rule.freq, Monthly | Weekly | Daily))
        && rule.byweekno.iter().all(|n| *n != 0 && (-53..=53).contains(n))
        && (rule.byweekno.is_empty() || rule.freq == Yearly)
        && rule.byday.iter().all(|day| day.ordwk.is_none_or(|n| (below..=above).contains(&n)))
        && rule.byhour.iter().all(|n| *n < 24)
        && rule.byminute.iter().chain(&rule.bysecond).all(|n| *n < 60)
}

#[cfg(test)]
mod tests;
