//! Dates like `4/5/2016`, of which the table does not say whether the day or the month comes first.

use super::times::slashed;
use twin_core::LocalDate;

/// Which part of a date comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `4/13/2016`.
    MonthFirst,
    /// `13/04/2016`.
    DayFirst,
}

/// What the dates of one column that can be read in one way only say about the others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Column {
    month_first: bool,
    day_first: bool,
}

/// The days a text may mean: none, one or two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidates {
    month_first: Option<LocalDate>,
    day_first: Option<LocalDate>,
}

impl Candidates {
    pub(super) fn of(text: &str) -> Self {
        let none = Self { month_first: None, day_first: None };
        let Some((a, b, year)) = slashed(text) else {
            return match super::times::iso(text) {
                Some(time) => Self { month_first: Some(time.day()), day_first: Some(time.day()) },
                None => none,
            };
        };
        Self { month_first: LocalDate::new(year, a, b).ok(), day_first: LocalDate::new(year, b, a).ok() }
    }

    /// The only day it can mean.
    pub(super) fn certain(self) -> Option<LocalDate> {
        match (self.month_first, self.day_first) {
            (Some(a), Some(b)) if a != b => None,
            (a, b) => a.or(b),
        }
    }

    pub(super) fn is_none(self) -> bool {
        self.month_first.is_none() && self.day_first.is_none()
    }

    fn by(self, order: Order) -> Option<LocalDate> {
        match order {
            Order::MonthFirst => self.month_first,
            Order::DayFirst => self.day_first,
        }
    }

    /// The only one of the two within a span of days.
    fn within(self, first: LocalDate, last: LocalDate) -> Option<LocalDate> {
        let fits = |d: Option<LocalDate>| d.filter(|d| (first..=last).contains(d));
        match (fits(self.month_first), fits(self.day_first)) {
            (Some(a), Some(b)) if a != b => None,
            (a, b) => a.or(b),
        }
    }
}

impl Column {
    /// Learns from one date of the column.
    pub(super) fn see(&mut self, text: &str) {
        let c = Candidates::of(text);
        if slashed(text).is_some() && c.month_first != c.day_first {
            self.month_first |= c.day_first.is_none();
            self.day_first |= c.month_first.is_none();
        }
    }

    /// The one order the column keeps to; `None` when it mixes both or shows neither.
    pub(super) fn order(self) -> Option<Order> {
        match (self.month_first, self.day_first) {
            (true, false) => Some(Order::MonthFirst),
            (false, true) => Some(Order::DayFirst),
            _ => None,
        }
    }

    pub(super) fn is_mixed(self) -> bool {
        self.month_first && self.day_first
    }
}

/// What is known around a date: the order its writer is known for, a second column with the same
/// dates, the day of the row before, and the next day that is certain with its distance in rows of
/// other dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    pub(super) column: Column,
    pub(super) native: Order,
    pub(super) clean: Option<(Column, Candidates)>,
    pub(super) before: Option<LocalDate>,
    pub(super) after: Option<(LocalDate, i32)>,
}

/// The day a date means; `None` when the table leaves it open.
pub(super) fn resolve(c: Candidates, around: &Around) -> Option<LocalDate> {
    if let Some(day) = c.certain() {
        return Some(day);
    }
    if let Some(order) = around.column.order() {
        return c.by(order);
    }
    if let Some((clean, other)) = around.clean {
        let says = other.certain().or_else(|| clean.order().and_then(|order| other.by(order)));
        if let Some(day) = says.filter(|d| c.month_first == Some(*d) || c.day_first == Some(*d)) {
            return Some(day);
        }
    }
    let next = around.before.and_then(|b| c.within(b, b.plus_days(1)));
    let ahead = around.after.and_then(|(day, rows)| c.within(day.plus_days(-rows), day.plus_days(-rows)));
    match (next, ahead) {
        (Some(a), Some(b)) if a != b => return None,
        (Some(day), _) | (None, Some(day)) => return Some(day),
        (None, None) => {}
    }
    if !around.column.is_mixed() {
        return c.by(around.native);
    }
    let low = around.before.unwrap_or(LocalDate::from_days(i32::MIN));
    let high = around.after.map_or(low.plus_days(31), |(day, _)| day);
    if around.before.is_none() && around.after.is_none() { None } else { c.within(low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> Column {
        let mut column = Column::default();
        texts.iter().for_each(|t| column.see(t));
        column
    }
    fn around(column: Column) -> Around {
        Around { column, native: Order::MonthFirst, clean: None, before: None, after: None }
    }
    fn day(text: &str) -> LocalDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_order_in_the_column_decides() {
        let us = column(&["4/5/2016", "4/13/2016"]);
        assert_eq!(resolve(Candidates::of("4/5/2016"), &around(us)), Some(day("2016-04-05")));
        let eu = column(&["4/5/2016", "13/4/2016"]);
        assert_eq!(resolve(Candidates::of("4/5/2016"), &around(eu)), Some(day("2016-05-04")));
    }

    #[test]
    fn mixed_columns_go_by_their_neighbours() {
        let mixed = column(&["13/04/2016", "4/13/2016"]);
        assert!(mixed.is_mixed());
        let c = Candidates::of("05/04/2016");
        assert_eq!(resolve(c, &around(mixed)), None);
        let before = Around { before: Some(day("2016-05-03")), ..around(mixed) };
        assert_eq!(resolve(c, &before), Some(day("2016-05-04")));
        let after = Around { after: Some((day("2016-04-13"), 8)), ..around(mixed) };
        assert_eq!(resolve(c, &after), Some(day("2016-04-05")));
        let torn =
            Around { before: Some(day("2016-05-03")), after: Some((day("2016-04-06"), 1)), ..around(mixed) };
        assert_eq!(resolve(c, &torn), None);
    }

    #[test]
    fn a_clean_column_of_one_order_helps() {
        let mixed = column(&["13/04/2016", "4/13/2016"]);
        let clean = Some((column(&["13/04/2016"]), Candidates::of("05/04/2016")));
        let around = Around { clean, ..around(mixed) };
        assert_eq!(resolve(Candidates::of("05/04/2016"), &around), Some(day("2016-04-05")));
    }
}
