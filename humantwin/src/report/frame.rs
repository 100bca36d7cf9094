//! The span of days that all charts share.

use super::data::{Day, ReportData};
use super::html::short_date;
use twin_core::sort::OrderBy;
use twin_core::{LocalDate, Zone};

/// Most days drawn.
pub(super) const MAX_DAYS: i32 = 400;

/// Days from first to last, each with its row or a gap.
pub(super) struct Frame<'a> {
    pub(super) data: &'a ReportData,
    pub(super) first: LocalDate,
    pub(super) days: Vec<Option<&'a Day>>,
    /// Days at the start of the span that are not drawn.
    pub(super) left_out: i32,
    pub(super) zone: Zone,
    /// The zone database knows the report's zone; clock times are UTC where it does not.
    pub(super) zone_known: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn of(data: &'a ReportData) -> Self {
        let span = (data.to.days().saturating_sub(data.from.days())).saturating_add(1).max(0);
        let left_out = (span - MAX_DAYS).max(0);
        let first = data.from.plus_days(left_out);
        let mut days = vec![None; usize::try_from(span - left_out).unwrap_or(0)];
        for day in &data.days {
            let slot = usize::try_from(i64::from(day.date.days()) - i64::from(first.days())).ok();
            if let Some(slot) = slot.and_then(|i| days.get_mut(i)) {
                *slot = Some(day);
            }
        }
        let zone = Zone::of(&data.zone);
        Self {
            data,
            first,
            days,
            left_out,
            zone_known: zone.is_ok(),
            zone: zone.unwrap_or_else(|_| Zone::utc()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    pub(super) fn date(&self, index: usize) -> LocalDate {
        self.first.plus_days(i32::try_from(index).unwrap_or(i32::MAX))
    }

    /// The zone lived in on a day.
    pub(super) fn zone_on(&self, day: &Day) -> Zone {
        day.zone.as_ref().and_then(|z| Zone::of(z).ok()).unwrap_or_else(|| self.zone.clone())
    }

    /// One value a day; a day without it, or with a value that is not finite, is a gap.
    pub(super) fn values(&self, of: impl Fn(&Day) -> Option<f64>) -> Vec<Option<f64>> {
        self.days.iter().map(|day| day.and_then(&of).filter(|v| v.is_finite())).collect()
    }

    /// One text a day; empty texts are gaps.
    pub(super) fn texts(&self, of: impl Fn(&Day) -> Option<String>) -> Vec<Option<String>> {
        self.days.iter().map(|day| day.and_then(&of).filter(|t| !t.is_empty())).collect()
    }

    /// Days to label: at most six, on Mondays where the span is long enough.
    pub(super) fn ticks(&self) -> Vec<usize> {
        let n = self.len();
        let step = match n {
            0..=7 => 1,
            8..=14 => 3,
            _ => [7, 14, 21, 28, 42, 56, 84].into_iter().find(|s| n / s <= 5).unwrap_or(84),
        };
        let to_monday = (7 - usize::from(self.first.weekday())) % 7;
        let offset = if step >= 7 { to_monday } else { 0 };
        (offset..n).step_by(step).filter(|i| n < 8 || (i * 100 / n < 96)).collect()
    }

    /// Days of another length and changes of zone, with words for them.
    pub(super) fn marks(&self) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        let mut zone = self.data.zone.as_str();
        for (i, day) in self.days.iter().enumerate() {
            let Some(day) = day else { continue };
            let mut said = Vec::new();
            if (day.length_h - 24.0).abs() > 0.01 && day.length_h.is_finite() {
                said.push(format!(
                    "{} h long",
                    super::html::number(day.length_h, u8::from(day.length_h.fract() != 0.0))
                ));
            }
            let today = day.zone.as_ref().map_or(self.data.zone.as_str(), |z| z.as_str());
            if today != zone {
                said.push(format!("clock of {}", today.replace('_', " ")));
                zone = today;
            }
            if !said.is_empty() {
                out.push((i, format!("{}: {}", short_date(self.date(i)), said.join(", "))));
            }
        }
        out
    }
}

/// Values in short.
#[derive(Debug, PartialEq)]
pub(super) struct Spread {
    pub(super) known: usize,
    pub(super) median: f64,
    /// The lowest, and the day it was on.
    pub(super) low: (usize, f64),
    /// The highest, and the day it was on.
    pub(super) high: (usize, f64),
}

/// Values in short; `None` without a value.
pub(super) fn spread(values: &[Option<f64>]) -> Option<Spread> {
    let mut known: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(i, v)| v.map(|v| (i, v))).collect();
    known.order_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let (low, high) = (*known.first()?, *known.last()?);
    let upper = known.get(known.len() / 2)?.1;
    let lower = known.get((known.len() - 1) / 2)?.1;
    Some(Spread { known: known.len(), median: f64::midpoint(lower, upper), low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::ZoneId;

    fn span(from: &str, to: &str) -> ReportData {
        ReportData::new(
            "t",
            Default::default(),
            ZoneId::new("UTC").unwrap(),
            from.parse().unwrap(),
            to.parse().unwrap(),
        )
    }

    #[test]
    fn ticks_are_few_and_on_mondays() {
        for (to, most) in [("2026-01-01", 1), ("2026-01-07", 7), ("2026-03-31", 6), ("2026-12-31", 6)] {
            let data = span("2026-01-01", to);
            let frame = Frame::of(&data);
            let ticks = frame.ticks();
            assert!((1..=most).contains(&ticks.len()), "{to}: {ticks:?}");
            assert!(frame.len() < 15 || ticks.iter().all(|i| frame.date(*i).weekday() == 0));
        }
    }

    #[test]
    fn a_span_that_ends_before_it_starts_is_empty() {
        let data = span("2026-01-02", "2026-01-01");
        assert_eq!(Frame::of(&data).len(), 0);
        assert!(Frame::of(&data).ticks().is_empty());
    }

    #[test]
    fn long_spans_keep_their_end() {
        let data = span("2020-01-01", "2026-01-01");
        let frame = Frame::of(&data);
        assert_eq!((frame.len(), frame.date(frame.len() - 1)), (400, data.to));
        assert!(frame.left_out > 0);
    }

    #[test]
    fn the_middle_of_values() {
        assert_eq!(
            spread(&[Some(3.0), None, Some(1.0)]),
            Some(Spread { known: 2, median: 2.0, low: (2, 1.0), high: (0, 3.0) })
        );
        assert_eq!(spread(&[None]), None);
    }
}
