//! Which days and times a rule means.

use super::super::moment::{DAY_S, date_of};
use super::Found;
use calcard::icalendar::{ICalendarFrequency as Frequency, ICalendarRecurrenceRule, ICalendarWeekday};
use std::collections::BTreeSet;
use std::ops::Range;
use twin_core::LocalDate;
use twin_core::sort::Gather as _;

/// A rule, with what it leaves open taken from its start.
pub(super) struct Pattern<'a> {
    rule: &'a ICalendarRecurrenceRule,
    start: i64,
    months: Vec<u8>,
    month_days: Vec<i8>,
    /// 0 is Monday.
    weekdays: Vec<u8>,
    /// The n-th of a weekday in its month or year, from the end where n is below 0.
    nth: Vec<(i16, u8)>,
    /// Times of a day, or of the hour or minute the rule steps by, s.
    times: Vec<i64>,
}

impl<'a> Pattern<'a> {
    pub(super) fn new(rule: &'a ICalendarRecurrenceRule, start: i64) -> Self {
        let day = date_of(start);
        let (_, month, month_day) = day.ymd();
        let mut pattern = Self {
            rule,
            start,
            months: rule.bymonth.iter().map(|m| m.month()).collect(),
            month_days: rule.bymonthday.iter().copied().filter(|n| *n != 0).collect(),
            weekdays: Vec::new(),
            nth: Vec::new(),
            times: times(rule, start.rem_euclid(DAY_S)),
        };
        for part in &rule.byday {
            match part.ordwk {
                Some(n) => pattern.nth.push((n, number(part.weekday))),
                None => pattern.weekdays.push(number(part.weekday)),
            }
        }
        if rule.byweekno.is_empty()
            && rule.byyearday.is_empty()
            && rule.byday.is_empty()
            && pattern.month_days.is_empty()
        {
            match rule.freq {
                Frequency::Yearly if pattern.months.is_empty() => {
                    pattern.months.extend(u8::try_from(month));
                    pattern.month_days.push(month_day);
                }
                Frequency::Yearly | Frequency::Monthly => pattern.month_days.push(month_day),
                Frequency::Weekly => pattern.weekdays.push(day.weekday()),
                _ => {}
            }
        }
        // An n-th weekday has a meaning in months and years only.
        if rule.freq > Frequency::Monthly {
            pattern.nth.clear();
        }
        pattern
    }

    /// Walks through the periods of the rule.
    pub(super) fn walk(&self, found: &mut Found) {
        match self.rule.freq {
            Frequency::Hourly => self.walk_units(3600, found),
            Frequency::Minutely => self.walk_units(60, found),
            Frequency::Secondly => self.walk_units(1, found),
            _ => self.walk_days(found),
        }
    }

    fn walk_days(&self, found: &mut Found) {
        for n in (0..).step_by(usize::from(self.rule.interval.unwrap_or(1))) {
            let Some(days) = self.period(n).filter(|days| i64::from(days.start) * DAY_S <= found.last) else {
                return;
            };
            let fitting = days.map(LocalDate::from_days).filter(|day| self.fits(*day));
            let all: Vec<i64> = fitting
                .flat_map(|day| self.times.iter().map(move |time| i64::from(day.days()) * DAY_S + time))
                .collect();
            if !found.take(&self.at_positions(all)) {
                return;
            }
        }
    }

    /// The days of the n-th year, month, week or day from the start.
    fn period(&self, n: i32) -> Option<Range<i32>> {
        let start = date_of(self.start);
        let (year, month, _) = start.ymd();
        match self.rule.freq {
            Frequency::Yearly => {
                let year = i16::try_from(i32::from(year).checked_add(n)?).ok()?;
                Some(first(year, 1)?..first(year.checked_add(1)?, 1)?)
            }
            Frequency::Monthly => {
                let months = (i32::from(year) * 12 + i32::from(month) - 1).checked_add(n)?;
                let of = |months: i32| {
                    let year = i16::try_from(months.div_euclid(12)).ok()?;
                    first(year, i8::try_from(months.rem_euclid(12) + 1).ok()?)
                };
                Some(of(months)?..of(months + 1)?)
            }
            Frequency::Weekly => {
                let monday = self.week_of(start.days()).checked_add(n.checked_mul(7)?)?;
                Some(monday.max(start.days())..monday.checked_add(7)?)
            }
            _ => {
                let day = start.days().checked_add(n)?;
                Some(day..day + 1)
            }
        }
    }

    /// Walks in hours, minutes or seconds.
    fn walk_units(&self, unit: i64, found: &mut Found) {
        let step = i64::from(self.rule.interval.unwrap_or(1)) * unit;
        let mut begin = self.start.div_euclid(unit) * unit;
        while begin <= found.last {
            let unfit = self.unfit(begin, unit);
            let all = match unfit {
                None => self.times.iter().map(|time| begin + time).collect(),
                Some(_) => Vec::new(),
            };
            if !found.take(&self.at_positions(all)) {
                return;
            }
            // The next step, or the first behind all that does not fit.
            let over = unfit.map_or(1, |length| length - begin.rem_euclid(length));
            begin += (over + step - 1) / step * step;
        }
    }

    /// How long a time does not fit: the second, minute, hour or day it lies in, as the rule steps by them.
    fn unfit(&self, at: i64, unit: i64) -> Option<i64> {
        let s = at.rem_euclid(DAY_S);
        let fits = |part: &[u8], n: i64| part.is_empty() || part.iter().any(|p| i64::from(*p) == n);
        if !self.fits(date_of(at)) {
            Some(DAY_S)
        } else if !fits(&self.rule.byhour, s / 3600) {
            Some(3600)
        } else if unit < 3600 && !fits(&self.rule.byminute, s / 60 % 60) {
            Some(60)
        } else {
            (unit == 1 && !fits(&self.rule.bysecond, s % 60)).then_some(1)
        }
    }

    /// Those of a period that the rule picks by their position.
    fn at_positions(&self, all: Vec<i64>) -> Vec<i64> {
        if self.rule.bysetpos.is_empty() {
            return all;
        }
        let len = i32::try_from(all.len()).unwrap_or(i32::MAX);
        let place = |n: &i32| usize::try_from(if *n > 0 { n - 1 } else { len + n }).ok();
        let picked: BTreeSet<usize> = self.rule.bysetpos.iter().filter_map(place).gather();
        picked.into_iter().filter_map(|place| all.get(place).copied()).collect()
    }

    fn fits(&self, day: LocalDate) -> bool {
        let (year, month, month_day) = day.ymd();
        let (Some(year_first), Some(month_first)) = (first(year, 1), first(year, month)) else {
            return false;
        };
        let year_last = first(year + 1, 1).unwrap_or(i32::MAX) - 1;
        let month_last = month_end(year, month).unwrap_or(i32::MAX);
        let in_year = self.rule.freq == Frequency::Yearly && self.months.is_empty();
        let (from, to) = if in_year { (year_first, year_last) } else { (month_first, month_last) };
        let day_number = day.days();
        let nth = |(n, weekday): &(i16, u8)| {
            let n = i32::from(*n);
            *weekday == day.weekday() && (n == (day_number - from) / 7 + 1 || -n == (to - day_number) / 7 + 1)
        };
        let either = |parts: &mut dyn Iterator<Item = i32>, at: i32, from_end: i32| {
            let mut parts = parts.peekable();
            parts.peek().is_none() || parts.any(|n| n == at || n == from_end)
        };
        let month_days = &mut self.month_days.iter().map(|n| i32::from(*n));
        let year_days = &mut self.rule.byyearday.iter().map(|n| i32::from(*n));
        (self.months.is_empty() || self.months.iter().any(|m| i32::from(*m) == i32::from(month)))
            && (self.weekdays.is_empty() || self.weekdays.contains(&day.weekday()))
            && (self.nth.is_empty() || self.nth.iter().any(nth))
            && either(month_days, i32::from(month_day), day_number - month_last - 1)
            && either(year_days, day_number - year_first + 1, day_number - year_last - 1)
            && (self.rule.byweekno.is_empty() || self.fits_week(day_number, year))
    }

    /// Is the day in a named week? Week 1 is the first with four days in the year.
    fn fits_week(&self, day: i32, year: i16) -> bool {
        let named = |n: i32| self.rule.byweekno.iter().any(|week| i32::from(*week) == n);
        let number = |day: i32| {
            let middle = LocalDate::from_days(self.week_of(day) + 3);
            let (year, ..) = middle.ymd();
            (year, first(year, 1).map_or(0, |first| (middle.days() - first) / 7 + 1))
        };
        let (of, week) = number(day);
        // The 28th of December is always in the last week.
        let weeks = first(of, 12).map_or(0, |december| number(december + 27).1);
        match of.cmp(&year) {
            std::cmp::Ordering::Less => named(week) || named(-1),
            std::cmp::Ordering::Equal => named(week) || named(week - weeks - 1),
            std::cmp::Ordering::Greater => named(week),
        }
    }

    /// The first day of a day's week.
    fn week_of(&self, day: i32) -> i32 {
        let begins = self.rule.wkst.map_or(0, number);
        day - (i32::from(LocalDate::from_days(day).weekday()) - i32::from(begins)).rem_euclid(7)
    }
}

/// Times a period has, sorted: all that the rule names, or that of the start.
fn times(rule: &ICalendarRecurrenceRule, start_s: i64) -> Vec<i64> {
    let part = |given: &[u8], start: i64, stepped: bool| -> BTreeSet<i64> {
        // A part that the rule steps by is where the step is.
        let open = if stepped { Some(0) } else { given.is_empty().then_some(start) };
        let named = given.iter().filter(|_| !stepped).map(|n| i64::from(*n));
        open.into_iter().chain(named).gather()
    };
    let hours = part(&rule.byhour, start_s / 3600, rule.freq >= Frequency::Hourly);
    let minutes = part(&rule.byminute, start_s / 60 % 60, rule.freq >= Frequency::Minutely);
    let seconds = part(&rule.bysecond, start_s % 60, rule.freq >= Frequency::Secondly);
    let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
    for hour in &hours {
        for minute in &minutes {
            times.extend(seconds.iter().map(|second| hour * 3600 + minute * 60 + second));
        }
    }
    times
}

/// The first day of a month.
fn first(year: i16, month: i8) -> Option<i32> {
    LocalDate::new(year, month, 1).ok().map(LocalDate::days)
}

/// The last day of a month.
fn month_end(year: i16, month: i8) -> Option<i32> {
    let next = if month == 12 { first(year.checked_add(1)?, 1) } else { first(year, month + 1) };
    next.map(|day| day - 1)
}

/// 0 is Monday.
fn number(weekday: ICalendarWeekday) -> u8 {
    (weekday as u8 + 6) % 7
}
