//! The seven parts of the load, and how much of each is much for the person.

use super::tlx::{PARTS, Shares};
use crate::health::answer::finite;
use crate::special::normal_cdf;

/// Minutes of meetings that one without a break before it counts for: the cost of coming back. OWN.
const BACK_TO_BACK_MIN: f64 = 15.0;
/// Minutes in which what one left fades from the head (attention residue [leroy2009]).
const RESIDUE_MIN: f64 = 20.0;
/// Days that the usual amounts of people in general are worth. OWN.
pub(super) const PRIOR_DAYS: f64 = 7.0;

/// Names of the parts.
pub(super) const NAMES: [&str; PARTS] = [
    "switches between projects",
    "interruptions",
    "meetings",
    "work in progress",
    "intrinsic load",
    "work after hours",
    "attention residue",
];

/// Usual amount and spread of each in people in general, before a person's own days are known. OWN.
const PEOPLE: [(f64, f64); PARTS] =
    [(3.0, 2.0), (3.0, 2.5), (120.0, 80.0), (4.0, 2.5), (3.0, 1.5), (20.0, 30.0), (1.0, 0.7)];

/// What a day, or the last 60 minutes, held; `None` where not known. Compare only spans of the same length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadDay {
    /// Switches between projects an hour (their cost: [monsell2003]).
    pub switches_per_h: Option<f64>,
    /// Messages and mentions that were handled within 2 minutes, an hour.
    pub interruptions_per_h: Option<f64>,
    /// Minutes in meetings.
    pub meeting_min: Option<f64>,
    /// Meetings less than 5 minutes after another; enters with the minutes.
    pub back_to_back: Option<f64>,
    /// Items in progress.
    pub in_progress: Option<f64>,
    /// Hours weighed by complexity: [`intrinsic_load`].
    pub intrinsic_h: Option<f64>,
    /// Minutes of work after hours.
    pub after_hours_min: Option<f64>,
    /// What former tasks leave in the head: [`residue`].
    pub residue: Option<f64>,
}

impl LoadDay {
    /// The amounts of the parts, none below 0.
    pub(super) fn amounts(&self) -> [Option<f64>; PARTS] {
        let meetings = finite(self.meeting_min)
            .map(|min| min + BACK_TO_BACK_MIN * finite(self.back_to_back).unwrap_or(0.0));
        [
            self.switches_per_h,
            self.interruptions_per_h,
            meetings,
            self.in_progress,
            self.intrinsic_h,
            self.after_hours_min,
            self.residue,
        ]
        .map(|x| finite(x).filter(|x| *x >= 0.0))
    }
}

/// Load of the tasks themselves, h: `Σ complexity · hours · (1 − proficiency)`; what one masters needs little room
/// in the head (cognitive load theory [sweller1988]; the product is OWN).
///
/// `tasks`: complexity 0..=1, hours at least 0, proficiency 0..=1. Others are left out.
///
/// ```
/// # use twin_models::capacity::load::intrinsic_load;
/// assert_eq!(intrinsic_load(&[(0.5, 4.0, 0.25), (1.0, 1.0, 1.0)]), 1.5);
/// ```
#[must_use]
pub fn intrinsic_load(tasks: &[(f64, f64, f64)]) -> f64 {
    let share = |x: &f64| (0.0..=1.0).contains(x);
    let sound = |t: &&(f64, f64, f64)| share(&t.0) && share(&t.2) && t.1 >= 0.0 && t.1.is_finite();
    tasks.iter().filter(sound).map(|(complexity, hours, skill)| complexity * hours * (1.0 - skill)).sum()
}

/// What is left in the head of tasks that were left so many minutes ago: `Σ e^(−minutes/20)`.
///
/// ```
/// # use twin_models::capacity::load::residue;
/// assert_eq!(residue(&[0.0]), 1.0);
/// assert!((residue(&[20.0, 20.0]) - 2.0 * (-1.0_f64).exp()).abs() < 1e-12);
/// ```
#[must_use]
pub fn residue(minutes_since: &[f64]) -> f64 {
    minutes_since.iter().filter(|m| **m >= 0.0).map(|m| (-m / RESIDUE_MIN).exp()).sum()
}

/// What a day adds to number, sum and sum of squares of each part; nothing where it is not known.
#[derive(Clone, Copy)]
pub(super) struct Sums([(f64, f64, f64); PARTS]);

impl Sums {
    pub(super) fn of(day: &LoadDay) -> Self {
        Self(day.amounts().map(|x| x.map_or((0.0, 0.0, 0.0), |x| (1.0, x, x * x))))
    }
}

/// Usual amounts and their spreads.
pub(super) struct Usual([(f64, f64); PARTS]);

impl Usual {
    /// Of a person's days, drawn towards people in general.
    pub(super) fn of(days: impl Iterator<Item = Sums>) -> Self {
        let mut sums = [(0.0, 0.0, 0.0); PARTS];
        for day in days {
            for (sum, x) in sums.iter_mut().zip(day.0) {
                *sum = (sum.0 + x.0, sum.1 + x.1, sum.2 + x.2);
            }
        }
        let mut usual = PEOPLE;
        for ((mean, sd), (n, sum, squares)) in usual.iter_mut().zip(sums) {
            let total = PRIOR_DAYS + n;
            // the second moment of days and of those the prior is worth, less the square of their mean
            let second = (PRIOR_DAYS * (*mean * *mean + *sd * *sd) + squares) / total;
            let first = (PRIOR_DAYS * *mean + sum) / total;
            // never quite without spread, so that equal days still have a scale
            *sd = (second - first * first).max(0.01 * *sd * *sd).sqrt();
            *mean = first;
        }
        Self(usual)
    }

    /// Usual amounts.
    pub(super) fn means(&self) -> [f64; PARTS] {
        self.0.map(|(mean, _)| mean)
    }

    /// Scores 0..=100: where today lies among days with the usual spread, cut at nothing so that nothing is 0.
    pub(super) fn scores(&self, day: &LoadDay) -> [Option<f64>; PARTS] {
        let mut scores = day.amounts();
        for (score, (mean, sd)) in scores.iter_mut().zip(self.0) {
            let none = normal_cdf(-mean / sd);
            *score = score
                .map(|x| (100.0 * (normal_cdf((x - mean) / sd) - none) / (1.0 - none)).clamp(0.0, 100.0));
        }
        scores
    }

    /// Scores as shares, 0.5 where not known.
    pub(super) fn shares(&self, day: &LoadDay) -> Shares {
        self.scores(day).map(|score| score.map_or(0.5, |s| s / 100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_tasks_and_minutes_are_left_out() {
        assert_eq!(intrinsic_load(&[(2.0, 1.0, 0.0), (1.0, f64::NAN, 0.0), (1.0, -1.0, 0.0)]), 0.0);
        assert_eq!(residue(&[-1.0, f64::NAN, f64::INFINITY]), 0.0);
        let bad = LoadDay { meeting_min: Some(f64::NAN), in_progress: Some(-3.0), ..LoadDay::default() };
        assert_eq!(bad.amounts(), [None; PARTS]);
    }

    #[test]
    fn days_draw_the_usual_amount_to_themselves() {
        let busy = LoadDay { switches_per_h: Some(10.0), ..LoadDay::default() };
        let usual = Usual::of([busy; 63].iter().map(Sums::of));
        assert!((usual.means()[0] - 9.3).abs() < 1e-9 && (usual.means()[1] - 3.0).abs() < 1e-12);
        let scores = usual.scores(&busy);
        assert!(scores[0].unwrap() > 50.0 && scores[1].is_none());
    }
}
