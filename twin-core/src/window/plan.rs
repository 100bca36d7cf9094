//! The arithmetic of panes and windows.

use super::slot::Pane;
use super::spec::{CalendarUnit, LONGEST_US, MOST_PANES, WindowOptions, WindowSpec, check, gcd};
use crate::error::{Error, Result};
use crate::time::{LocalDate, Timestamp, ZoneTimeline};

/// Before every time: a watermark that nothing has moved yet.
pub(super) const NEVER: i64 = i64::MIN / 4;
/// After every time: the watermark of a stream that has ended.
pub(super) const ALWAYS: i64 = i64::MAX / 4;

/// A checked question.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) spec: WindowSpec,
    pub(super) options: WindowOptions,
    /// Length of a pane where all are equal.
    pane_us: i64,
}

impl Plan {
    pub(super) fn new(spec: WindowSpec, options: WindowOptions) -> Result<Self> {
        check(&spec, &options)?;
        let pane_us = match &spec {
            WindowSpec::Tumbling { size_us } => *size_us,
            WindowSpec::Sliding { size_us, every_us } => gcd(*size_us, *every_us),
            WindowSpec::Session { gap_us } => *gap_us,
            WindowSpec::Calendar { .. } => 20 * 3_600_000_000,
        };
        let plan = Self { spec, options, pane_us };
        if plan.options.hold_us.is_some_and(|hold| hold > plan.longest_us()) {
            let hold = plan.options.hold_us.unwrap_or(0);
            return Err(Error::invalid("hold_us", hold, format!("at most {MOST_PANES} panes of the window")));
        }
        Ok(plan)
    }

    pub(super) const fn is_session(&self) -> bool {
        matches!(self.spec, WindowSpec::Session { .. })
    }

    /// Do panes keep more than the plain figures?
    pub(super) const fn keeps_more(&self) -> bool {
        self.options.hold_us.is_some() || self.options.quantiles
    }

    /// Are windows single panes of equal lengths with their plain figures alone?
    pub(super) const fn is_by_time(&self) -> bool {
        matches!(self.spec, WindowSpec::Tumbling { .. }) && !self.keeps_more()
    }

    /// How far a sample may reach, microseconds.
    pub(super) const fn longest_us(&self) -> i64 {
        if self.is_session() { LONGEST_US } else { longest(self.pane_us) }
    }

    /// The pane of a time. A session's pane is made of its sample: see [`super::slot`].
    pub(super) fn pane_at(&self, t: i64) -> (i64, i64) {
        match &self.spec {
            WindowSpec::Calendar { unit, zones } => calendar(*unit, zones, t),
            WindowSpec::Session { gap_us } => (t, t.saturating_add(*gap_us)),
            _ => {
                let start = t.div_euclid(self.pane_us) * self.pane_us;
                (start, start + self.pane_us)
            }
        }
    }

    /// Starts of the windows that hold a pane, in order: the first, the step, and how many.
    pub(super) fn windows_of(&self, pane_start: i64) -> impl Iterator<Item = i64> + use<> {
        let (first, step, n) = match self.spec {
            WindowSpec::Sliding { size_us, every_us } => {
                let last = pane_start.div_euclid(every_us) * every_us;
                // The earliest start whose window still holds the pane.
                let first = (pane_start - size_us).div_euclid(every_us) * every_us + every_us;
                (first, every_us, (last - first) / every_us + 1)
            }
            _ => (pane_start, 1, 1),
        };
        (0..n).map(move |i| first + i * step)
    }

    /// The end of the window that starts at a pane of which the end is `pane_end`.
    pub(super) const fn window_end(&self, start: i64, pane_end: i64) -> i64 {
        match self.spec {
            WindowSpec::Sliding { size_us, .. } => start + size_us,
            _ => pane_end,
        }
    }

    /// The end of the first window that holds a pane.
    pub(super) fn first_end(&self, start: i64, end: i64) -> i64 {
        self.windows_of(start).next().map_or(end, |first| self.window_end(first, end))
    }

    /// The end of the last window that holds a pane.
    pub(super) const fn last_end(&self, pane_start: i64, pane_end: i64) -> i64 {
        match self.spec {
            WindowSpec::Sliding { size_us, every_us } => pane_start.div_euclid(every_us) * every_us + size_us,
            _ => pane_end,
        }
    }

    /// Does a window with this end take nothing more?
    pub(super) const fn closed(&self, end: i64, watermark: i64) -> bool {
        end + self.options.lateness_us <= watermark
    }

    /// Does a pane take nothing more?
    pub(super) const fn is_closed(&self, pane: &Pane, watermark: i64) -> bool {
        self.closed(self.last_end(pane.start, pane.end), watermark)
    }

    /// Times before this are too late; and the watermark at which it moves on. Sessions are asked one by one.
    pub(super) fn cut(&self, watermark: i64) -> (i64, i64) {
        if watermark <= NEVER {
            return (NEVER, NEVER + 1);
        }
        if watermark >= ALWAYS {
            return (ALWAYS, i64::MAX);
        }
        let late = watermark - self.options.lateness_us;
        match &self.spec {
            WindowSpec::Tumbling { size_us } => self.fixed(late, *size_us, *size_us),
            WindowSpec::Sliding { size_us, every_us } => self.fixed(late, *size_us, *every_us),
            WindowSpec::Calendar { unit, zones } => {
                let (start, end) = calendar(*unit, zones, late);
                (start, end.max(late + 1) + self.options.lateness_us)
            }
            WindowSpec::Session { gap_us } => (late - gap_us + 1, watermark + 1),
        }
    }

    fn fixed(&self, late: i64, size: i64, every: i64) -> (i64, i64) {
        let cut = ((late - size).div_euclid(every) + 1) * every;
        (cut, cut + size + self.options.lateness_us)
    }
}

const fn longest(pane_us: i64) -> i64 {
    let reach = pane_us.saturating_mul(MOST_PANES);
    if reach < LONGEST_US { reach } else { LONGEST_US }
}

/// The civil day, week or month of a time.
fn calendar(unit: CalendarUnit, zones: &ZoneTimeline, t: i64) -> (i64, i64) {
    let date = zones.date_of(Timestamp::from_micros(t));
    let (first, after) = match unit {
        CalendarUnit::Day => (date, date.plus_days(1)),
        CalendarUnit::Week => {
            let monday = date.plus_days(-i32::from(date.weekday()));
            (monday, monday.plus_days(7))
        }
        CalendarUnit::Month => {
            let (year, month, day) = date.ymd();
            let first = date.plus_days(1 - i32::from(day));
            let next = if month == 12 {
                LocalDate::new(year.saturating_add(1), 1, 1)
            } else {
                LocalDate::new(year, month + 1, 1)
            };
            (first, next.unwrap_or(first.plus_days(31)))
        }
    };
    (zones.day_bounds(first).0.micros(), zones.day_bounds(after.plus_days(-1)).1.micros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    fn plan(spec: WindowSpec) -> Plan {
        Plan::new(spec, WindowOptions { lateness_us: 0, ..WindowOptions::default() }).unwrap()
    }

    #[test]
    fn sliding_windows_are_made_of_panes() {
        let sliding = plan(WindowSpec::Sliding { size_us: 10, every_us: 4 });
        assert_eq!(sliding.pane_at(-1), (-2, 0));
        assert_eq!(sliding.windows_of(6).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(sliding.windows_of(8).collect::<Vec<_>>(), [0, 4, 8]);
        assert_eq!(sliding.last_end(6, 8), 14);
    }

    #[test]
    fn the_cut_is_the_start_of_the_first_open_window() {
        for spec in [
            WindowSpec::Tumbling { size_us: 6 },
            WindowSpec::Sliding { size_us: 10, every_us: 4 },
            WindowSpec::Session { gap_us: 3 },
        ] {
            let plan = plan(spec);
            for watermark in -40..40 {
                let (cut, moves) = plan.cut(watermark);
                let open = |t: i64| {
                    let (start, end) = plan.pane_at(t);
                    !plan.closed(plan.last_end(start, end), watermark)
                };
                assert!(open(cut) && !open(cut - 1), "{:?} at {watermark}", plan.spec);
                assert!(moves > watermark && plan.cut(moves).0 > cut && plan.cut(moves - 1).0 == cut);
            }
        }
    }

    #[test]
    fn civil_days_weeks_and_months() {
        let paris = ZoneTimeline::new(vec![(Timestamp::from_secs(0), Zone::named("Europe/Paris").unwrap())]);
        let hours = |unit, t: &str| {
            let (start, end) = calendar(unit, &paris, t.parse::<Timestamp>().unwrap().micros());
            (Timestamp::from_micros(start).to_string(), (end - start) / 3_600_000_000)
        };
        assert_eq!(hours(CalendarUnit::Day, "2026-03-29T12:00:00Z"), ("2026-03-28T23:00:00Z".into(), 23));
        assert_eq!(hours(CalendarUnit::Day, "2026-10-25T12:00:00Z"), ("2026-10-24T22:00:00Z".into(), 25));
        assert_eq!(hours(CalendarUnit::Week, "2026-03-29T12:00:00Z"), ("2026-03-22T23:00:00Z".into(), 167));
        assert_eq!(hours(CalendarUnit::Month, "2026-12-31T12:00:00Z"), ("2026-11-30T23:00:00Z".into(), 744));
    }
}
