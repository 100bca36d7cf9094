use super::moment::to_partial;
use calcard::common::CalendarScale;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarSkip, ICalendarValue,
};

/// Most occurrences followed of one rule.
pub(super) const MAX_OCCURRENCES: usize = 20_000;

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
/// The library's own walk through a calendar mixes up entries, takes `UNTIL` in UTC for a wall-clock reading and
/// knows one rule an entry: it gets one rule without a zone at a time, and the rest is done in `series`.
pub(super) fn expand(rule: &ICalendarRecurrenceRule, start: i64, last: i64) -> Result<Expanded, RuleError> {
    let foreign = rule.rscale.as_ref().is_some_and(|scale| *scale != CalendarScale::Gregorian);
    let moves = rule.skip.is_some_and(|skip| skip != ICalendarSkip::Omit);
    if foreign || moves || rule.bymonth.iter().any(calcard::icalendar::ICalendarMonth::is_leap) {
        return Err(RuleError::Unsupported);
    }
    let (Some(dtstart), Some(until)) = (to_partial(start), to_partial(last.max(start))) else {
        return Err(RuleError::Invalid);
    };
    let rule = ICalendarRecurrenceRule { until: Some(until), ..rule.clone() };
    let event = ICalendarComponent {
        component_type: ICalendarComponentType::VEvent,
        entries: vec![
            ICalendarEntry::new(ICalendarProperty::Dtstart).with_value(dtstart),
            ICalendarEntry::new(ICalendarProperty::Rrule)
                .with_value(ICalendarValue::RecurrenceRule(Box::new(rule))),
        ],
        component_ids: Vec::new(),
    };
    let expanded = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, MAX_OCCURRENCES + 1);
    if !expanded.errors.is_empty() {
        return Err(RuleError::Invalid);
    }
    let mut starts: Vec<i64> =
        expanded.events.iter().map(|e| e.start.naive_local().and_utc().timestamp()).collect();
    let cut = starts.len() > MAX_OCCURRENCES;
    starts.truncate(MAX_OCCURRENCES);
    starts.retain(|s| *s <= last);
    Ok(Expanded { starts, cut })
}
