use crate::draws::{Draws, Topic};
use crate::options::SimOptions;
use serde::Serialize;
use std::ops::Range;

/// What happens when, in days from the start. Every 91 days there is one of each kind in the
/// first quarter and, by chance, in the later ones; an episode that does not fit is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Episodes {
    /// Ill, 3 to 5 days each.
    pub illness: Vec<Range<u32>>,
    /// Day of the flight out, and day of landing at home.
    pub trips: Vec<(u32, u32)>,
    /// Busy weeks at work, Monday to Friday.
    pub crunch: Vec<Range<u32>>,
    /// The watch stays at home, 3 days each.
    pub watch_off: Vec<Range<u32>>,
    /// The watch's battery is empty: day, local hour of the start, hours.
    pub battery_empty: Vec<(u32, f64, f64)>,
    /// Days off work.
    pub days_off: Vec<u32>,
}

const QUARTER: u32 = 91;

impl Episodes {
    pub(crate) fn drawn(seed: u64, options: &SimOptions) -> Self {
        let mut all = Self::default();
        for quarter in 0..options.days.div_ceil(QUARTER) {
            let mut d = Draws::of(seed, Topic::Episodes, u64::from(quarter));
            let base = quarter * QUARTER;
            let likely = |d: &mut Draws, p: f64| d.chance(p) || quarter == 0;
            let fits = |end: u32| end <= options.days;

            let (from, hour, hours) = (base + 13 + d.whole(0, 4), d.between(9.0, 14.0), d.between(4.0, 7.0));
            if likely(&mut d, 0.7) && options.device_gaps && fits(from + 1) {
                all.battery_empty.push((from, hour, hours));
            }
            let weekday = u32::from(options.start.plus_days((base + 21) as i32).weekday());
            let monday = base + 21 - weekday;
            if likely(&mut d, 0.8) && fits(monday + 5) {
                all.crunch.push(monday..monday + 5);
            }
            let off = base + 29 + d.whole(0, 4);
            if likely(&mut d, 0.9) && fits(off + 1) {
                all.days_off.push(off);
            }
            let (from, length) = (base + 36 + d.whole(0, 5), d.whole(3, 5));
            if likely(&mut d, 0.4) && options.illness && fits(from + length) {
                all.illness.push(from..from + length);
            }
            let from = base + 50 + d.whole(0, 4);
            if likely(&mut d, 0.6) && options.device_gaps && fits(from + 3) {
                all.watch_off.push(from..from + 3);
            }
            let (out, length) = (base + 62 + d.whole(0, 3), d.whole(5, 7));
            if likely(&mut d, 0.35) && options.flight && fits(out + length + 1) {
                all.trips.push((out, out + length));
            }
        }
        all
    }

    /// Ill on this day.
    #[must_use]
    pub fn ill(&self, day: u32) -> bool {
        self.illness.iter().any(|r| r.contains(&day))
    }

    /// How ill, 0..=1: rises quickly and fades over three days after the episode.
    #[must_use]
    pub fn severity(&self, day: u32) -> f64 {
        self.illness
            .iter()
            .map(|r| match day {
                d if d < r.start => 0.0,
                d if d == r.start => 0.7,
                d if d < r.end => 1.0 - 0.1 * f64::from(d - r.start),
                d if d < r.end + 3 => 0.4 - 0.12 * f64::from(d - r.end),
                _ => 0.0,
            })
            .fold(0.0, f64::max)
    }

    /// A busy week at work.
    #[must_use]
    pub fn crunch(&self, day: u32) -> bool {
        self.crunch.iter().any(|r| r.contains(&day))
    }

    /// The flight out leaves on this day.
    #[must_use]
    pub fn flies_out(&self, day: u32) -> bool {
        self.trips.iter().any(|t| t.0 == day)
    }

    /// The flight home lands on this day.
    #[must_use]
    pub fn lands_home(&self, day: u32) -> bool {
        self.trips.iter().any(|t| t.1 == day)
    }

    /// Away from home, days of flight included.
    #[must_use]
    pub fn away(&self, day: u32) -> bool {
        self.trips.iter().any(|t| (t.0..=t.1).contains(&day))
    }

    /// The watch stays at home.
    #[must_use]
    pub fn watch_off(&self, day: u32) -> bool {
        self.watch_off.iter().any(|r| r.contains(&day))
    }
}
