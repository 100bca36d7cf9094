//! When the person sleeps: what was recorded, what is planned, and the habit where neither is known.

use super::{Sleep, unified, unified::Personal, walk};
use crate::health::sleep::timing::circular_mean;
use crate::stats::{mean, sd};
use serde::{Deserialize, Serialize};
use twin_core::sort::OrderBy;

/// Days looked back.
pub const LOOK_BACK_DAYS: i32 = 14;
/// Nights from which the habit is the person's own.
pub const MIN_HABIT_NIGHTS: usize = 3;
/// Least length of a main sleep, h.
pub const MIN_MAIN_H: f64 = 3.0;
/// Days of the habit after which the model has settled.
const SETTLE_DAYS: i32 = 28;
/// Sleep that makes a night known, h.
const MIN_KNOWN_H: f64 = 1.0;

/// The usual night on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// Falling asleep, h from the midnight of the day of waking; negative before it.
    pub onset_h: f64,
    /// Waking, h.
    pub wake_h: f64,
}

impl Habit {
    /// A usual night of people in general: 23 to 7 h.
    pub const POPULATION: Self = Self { onset_h: -1.0, wake_h: 7.0 };

    /// The circular means of sleeps of 3 h and more; `None` below three.
    ///
    /// ```
    /// # use twin_models::health::alertness::schedule::Habit;
    /// let habit = Habit::of(&[(-1.0, 6.0), (23.0, 30.0), (48.0, 55.5)]).unwrap();
    /// assert!((habit.onset_h + 2.0 / 3.0).abs() < 0.01 && (habit.wake_h - 6.5).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn of(sleeps: &[Sleep]) -> Option<Self> {
        let main: Vec<&Sleep> = sleeps.iter().filter(|(onset, wake)| wake - onset >= MIN_MAIN_H).collect();
        if main.len() < MIN_HABIT_NIGHTS {
            return None;
        }
        let onset = circular_mean(&main.iter().map(|s| s.0).collect::<Vec<_>>(), 24.0)?;
        let wake_h = circular_mean(&main.iter().map(|s| s.1).collect::<Vec<_>>(), 24.0)?;
        Some(Self { onset_h: wake_h - (wake_h - onset).rem_euclid(24.0), wake_h })
    }

    /// Whether it is a night that people can have: 3 to 14 h, waking within the day.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        (0.0..24.0).contains(&self.wake_h) && (MIN_MAIN_H..=14.0).contains(&(self.wake_h - self.onset_h))
    }

    /// The night that ends on a day.
    #[must_use]
    pub fn night(&self, day: i32) -> Sleep {
        let midnight = 24.0 * f64::from(day);
        (midnight + self.onset_h, midnight + self.wake_h)
    }

    fn middle_h(&self) -> f64 {
        f64::midpoint(self.onset_h, self.wake_h)
    }

    /// The day that a time belongs to: days change in the middle of the night.
    pub(crate) fn day_of(&self, t: f64) -> i32 {
        ((t - self.middle_h()) / 24.0).floor() as i32
    }
}

/// All sleeps from [`LOOK_BACK_DAYS`] before now to the end of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Schedule {
    pub(crate) habit: Habit,
    /// The habit is the person's own, given or seen.
    pub(crate) own_habit: bool,
    pub(crate) sleeps: Vec<Sleep>,
    /// Recorded nights among the last 7.
    pub(crate) known_nights: usize,
    pub(crate) last_night_known: bool,
    /// The newest waking that was recorded.
    pub(crate) last_wake_h: Option<f64>,
}

impl Schedule {
    /// The schedule around `now_h`; spans that are no sleep (not finite, empty, above 24 h, recorded ones that
    /// end in the future) are left out.
    pub(crate) fn new(
        now_h: f64,
        horizon_h: f64,
        slept: &[Sleep],
        planned: &[Sleep],
        habit: Option<Habit>,
    ) -> Self {
        let first = 24.0 * f64::from(-LOOK_BACK_DAYS) - 12.0;
        let possible = |s: &&Sleep| s.0.is_finite() && s.1 > s.0 && s.1 - s.0 <= 24.0 && s.1 > first;
        let past = joined(slept.iter().filter(possible).filter(|s| s.1 <= now_h).copied());
        let future = joined(planned.iter().filter(possible).filter(|s| s.0 > now_h).copied());
        let own = habit.filter(Habit::is_possible).or_else(|| Habit::of(&past).filter(Habit::is_possible));
        let habit = own.unwrap_or(Habit::POPULATION);
        let today = habit.day_of(now_h);
        let last = habit.day_of(now_h + horizon_h) + 1;
        let is_known = |day: i32, sleeps: &[Sleep]| {
            let (onset, wake) = habit.night(day);
            let (from, to) = (onset - 3.0, wake + 5.0);
            sleeps.iter().map(|s| (s.1.min(to) - s.0.max(from)).max(0.0)).sum::<f64>() >= MIN_KNOWN_H
        };
        let mut sleeps = past.clone();
        for day in -LOOK_BACK_DAYS..=last {
            if !is_known(day, if day <= today { &past } else { &future }) {
                sleeps.extend(assumed(habit.night(day), now_h));
            }
        }
        sleeps.extend(&future);
        sleeps.order_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            habit,
            own_habit: own.is_some(),
            known_nights: (today - 6..=today).filter(|day| is_known(*day, &past)).count(),
            last_night_known: is_known(today, &past),
            last_wake_h: past.last().map(|s| s.1),
            sleeps,
        }
    }
}

/// Sleeps in time order, those that touch or overlap joined.
fn joined(sleeps: impl Iterator<Item = Sleep>) -> Vec<Sleep> {
    let mut sorted: Vec<Sleep> = sleeps.collect();
    sorted.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<Sleep> = Vec::with_capacity(sorted.len());
    for (onset, wake) in sorted {
        match out.last_mut().filter(|last| onset <= last.1) {
            Some(last) => last.1 = last.1.max(wake),
            None => out.push((onset, wake)),
        }
    }
    out
}

/// A usual night as far as it fits: whoever asks is awake, so one that is under way ended just now, or begins
/// in half an hour if its middle is still to come.
fn assumed((onset, wake): Sleep, now_h: f64) -> Option<Sleep> {
    let night = if !(onset..wake).contains(&now_h) {
        (onset, wake)
    } else if now_h > f64::midpoint(onset, wake) {
        (onset, now_h)
    } else {
        (now_h + 0.5, wake)
    };
    (night.1 > night.0).then_some(night)
}

/// The person's usual day: what a time is compared with.
#[derive(Clone, Debug)]
pub(crate) struct UsualDay {
    /// The pressure on waking on the first day of the schedule.
    pub(crate) start: (f64, unified::Pressure),
    /// Time of day, S, hours awake, every 15 minutes of being awake.
    slots: Vec<(f64, f64, f64)>,
}

impl UsualDay {
    pub(crate) fn of(habit: &Habit) -> Self {
        let nights: Vec<Sleep> = (1..=SETTLE_DAYS).map(|day| habit.night(day)).collect();
        let woke = habit.night(SETTLE_DAYS).1;
        let awake_h = habit.night(SETTLE_DAYS + 1).0 - woke;
        let times: Vec<f64> =
            (0..).map(|i| woke + 0.25 * f64::from(i)).take_while(|t| *t < woke + awake_h).collect();
        let from = unified::Pressure::default();
        let path = walk(from, habit.wake_h, &nights, &times, unified::awake, unified::asleep);
        let start = path.first().map_or(from, |p| p.state);
        let slots = times.iter().zip(&path).map(|(t, p)| (*t, p.state.s, t - woke)).collect();
        Self { start: (habit.night(-LOOK_BACK_DAYS - 1).1, start), slots }
    }

    /// Mean and spread of alertness `−(S + κC + inertia)` over it.
    pub(crate) fn scale(&self, person: &Personal) -> (f64, f64) {
        let values: Vec<f64> = self.slots.iter().map(|(t, s, h)| alertness(*s, *t, *h, person)).collect();
        (mean(&values).unwrap_or(0.0), sd(&values).filter(|sd| *sd > 0.0).unwrap_or(1.0))
    }

    /// S and hours awake at a time of day: as of waking before the usual time of it, rising on after bedtime.
    pub(crate) fn at(&self, t: f64) -> (f64, f64) {
        let awake_h = (t - self.start.0).rem_euclid(24.0);
        let bed_h = self.slots.last().map_or(16.0, |slot| slot.2);
        let awake_h = if awake_h > f64::midpoint(bed_h, 24.0) { 0.0 } else { awake_h };
        (unified::awake(self.start.1, awake_h).s, awake_h)
    }

    /// The mean of something over it.
    pub(crate) fn mean_of(&self, what: impl Fn(f64, f64, f64) -> f64) -> f64 {
        mean(&self.slots.iter().map(|(t, s, h)| what(*t, *s, *h)).collect::<Vec<_>>()).unwrap_or(0.0)
    }
}

/// `−(S + κC + inertia)`.
pub(crate) fn alertness(s: f64, t: f64, awake_h: f64, person: &Personal) -> f64 {
    -(unified::fatigue(unified::Pressure { s, l: 0.0 }, t, person) + unified::inertia(awake_h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_that_are_not_known_are_the_habit() {
        let slept: Vec<Sleep> =
            (-13..0).map(|d| (24.0 * f64::from(d) - 0.5, 24.0 * f64::from(d) + 6.5)).collect();
        let schedule = Schedule::new(10.0, 24.0, &slept, &[(22.0, 29.0)], None);
        assert!(schedule.own_habit && !schedule.last_night_known);
        assert_eq!(schedule.known_nights, 6);
        assert!((schedule.habit.onset_h + 0.5).abs() < 1e-9 && (schedule.habit.wake_h - 6.5).abs() < 1e-9);
        // last night as usual, tonight as planned
        assert!(schedule.sleeps.iter().any(|s| (s.0 + 0.5).abs() < 1e-9 && (s.1 - 6.5).abs() < 1e-9));
        assert!(schedule.sleeps.contains(&(22.0, 29.0)));
        assert!(!schedule.sleeps.iter().any(|s| (s.0 - 23.5).abs() < 1e-9));
    }

    #[test]
    fn nonsense_leaves_the_habit_of_people_in_general() {
        let nonsense = [(f64::NAN, 3.0), (5.0, 4.0), (-90.0, 9.0), (3.0, 40.0)];
        let schedule =
            Schedule::new(10.0, 24.0, &nonsense, &nonsense, Some(Habit { onset_h: 3.0, wake_h: 2.0 }));
        assert!(!schedule.own_habit && schedule.known_nights == 0);
        assert_eq!(schedule.habit, Habit::POPULATION);
        assert!(schedule.sleeps.contains(&(-1.0, 7.0)) && schedule.sleeps.contains(&(23.0, 31.0)));
    }

    #[test]
    fn whoever_asks_at_night_is_awake() {
        for now in [1.0, 6.0] {
            let schedule = Schedule::new(now, 24.0, &[], &[], None);
            assert!(!schedule.sleeps.iter().any(|s| (s.0..s.1).contains(&now)), "{:?}", schedule.sleeps);
        }
        assert_eq!(assumed((-1.0, 7.0), 6.0), Some((-1.0, 6.0)));
        assert_eq!(assumed((-1.0, 7.0), 1.0), Some((1.5, 7.0)));
    }
}
