//! Movement raises the heart rate too: where the body is active nothing is said of stress, and what steps
//! explain of the heart rate is taken out of it ("additional heart rate", [myrtek2001], [brown2020]).

use super::features::Second;
use super::ring::Ring;
use std::collections::VecDeque;

/// Most steps in five minutes.
pub const MAX_STEPS: f64 = 50.0;
/// Most standard deviation of the acceleration over a minute, g.
pub const MAX_ACCELERATION_SD_G: f64 = 0.05;
/// How long the heart recovers after exercise, s.
pub const RECOVERY_S: u64 = 600;
/// Minutes of heart rate and steps before the personal line is used. OWN.
pub const MIN_MINUTES: u32 = 30;
/// Strength that holds the personal line to none. OWN.
const RIDGE: f64 = 10.0;
const TERMS: usize = 5;
/// Seconds whose steps the terms hold.
const TERMS_S: u32 = 240;

/// Why nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Active {
    /// More than 50 steps in five minutes.
    Steps,
    /// The arm moves.
    Movement,
    /// Exercise now, or within ten minutes.
    Exercise,
}

impl Active {
    /// In plain words.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Steps => "masked by activity: more than 50 steps in five minutes",
            Self::Movement => "masked by activity: the arm moves",
            Self::Exercise => "masked by activity: exercise within ten minutes",
        }
    }
}

/// Watches activity, second by second.
#[derive(Clone, Debug)]
pub struct ActivityGate {
    steps: Ring,
    acceleration: Ring,
    since_exercise: u64,
}

impl Default for ActivityGate {
    fn default() -> Self {
        Self { steps: Ring::new(300), acceleration: Ring::new(60), since_exercise: u64::MAX }
    }
}

impl ActivityGate {
    /// Takes one second.
    pub fn push(&mut self, second: &Second<'_>) {
        self.steps.push(second.steps.filter(|x| x.is_finite() && *x >= 0.0));
        self.acceleration.push(second.acceleration_sd_g.filter(|x| x.is_finite()));
        self.since_exercise = if second.exercising { 0 } else { self.since_exercise.saturating_add(1) };
    }

    /// Whether the body is active, and why that is thought.
    #[must_use]
    pub fn active(&self) -> Option<Active> {
        if self.since_exercise < RECOVERY_S {
            Some(Active::Exercise)
        } else if self.steps.last(300).map(|(_, x)| x).sum::<f64>() > MAX_STEPS {
            Some(Active::Steps)
        } else {
            self.acceleration.mean(60).filter(|sd| *sd > MAX_ACCELERATION_SD_G).map(|_| Active::Movement)
        }
    }

    /// Whether activity is measured at all.
    #[must_use]
    pub fn measured(&self) -> bool {
        self.steps.last(300).next().is_some() || self.acceleration.last(60).next().is_some()
    }
}

/// The personal line from the steps of this and the three minutes before to the heart rate. Memory is constant.
#[derive(Clone, Debug)]
pub struct AdditionalHr {
    /// Seconds with steps, of the last four minutes: most seconds have none.
    steps: VecDeque<(u32, f64)>,
    /// Whether the steps of this second are known.
    known: bool,
    minutes: u32,
    seconds: u32,
    squares: [[f64; TERMS]; TERMS],
    products: [f64; TERMS],
    line: Option<[f64; TERMS]>,
}

impl Default for AdditionalHr {
    fn default() -> Self {
        Self {
            steps: VecDeque::new(),
            known: false,
            minutes: 0,
            seconds: 0,
            squares: [[0.0; TERMS]; TERMS],
            products: [0.0; TERMS],
            line: None,
        }
    }
}

impl AdditionalHr {
    /// The heart rate less what steps explain; as it is while the line is not known.
    pub fn push(&mut self, hr: Option<f64>, steps: Option<f64>) -> Option<f64> {
        self.seconds += 1;
        let steps = steps.filter(|x| x.is_finite());
        self.known = steps.is_some();
        self.steps.extend(steps.filter(|x| *x != 0.0).map(|x| (self.seconds, x)));
        while self.steps.front().is_some_and(|(second, _)| self.seconds - second >= TERMS_S) {
            self.steps.pop_front();
        }
        let terms = self.terms();
        if let (Some(hr), Some(terms)) = (hr, terms)
            && self.seconds.is_multiple_of(60)
        {
            for ((row, product), x) in self.squares.iter_mut().zip(&mut self.products).zip(terms) {
                for (cell, y) in row.iter_mut().zip(terms) {
                    *cell += x * y;
                }
                *product += x * hr;
            }
            self.minutes += 1;
            if self.minutes >= MIN_MINUTES {
                self.line = solve(self.squares, self.products);
            }
        }
        let explained = self.line.zip(terms).map_or(0.0, |(line, terms)| {
            line.iter().zip(terms).skip(1).map(|(w, x)| w.max(0.0) * x).sum::<f64>()
        });
        hr.map(|hr| hr - explained)
    }

    /// 1 and the steps of four minutes, newest first.
    fn terms(&self) -> Option<[f64; TERMS]> {
        if !self.known {
            return None;
        }
        let mut terms = [1.0, 0.0, 0.0, 0.0, 0.0];
        for (second, x) in self.steps.iter().rev() {
            if let Some(slot) = terms.get_mut(1 + (self.seconds - second) as usize / 60) {
                *slot += x;
            }
        }
        Some(terms)
    }
}

/// Ridge: elimination with the ridge on all but the first term, which keeps every pivot above 0.
fn solve(mut a: [[f64; TERMS]; TERMS], mut b: [f64; TERMS]) -> Option<[f64; TERMS]> {
    for (i, row) in a.iter_mut().enumerate().skip(1) {
        *row.get_mut(i)? += RIDGE;
    }
    for i in 0..TERMS {
        let (pivot_row, pivot_b) = (*a.get(i)?, *b.get(i)?);
        let pivot = *pivot_row.get(i)?;
        if !(pivot.is_finite() && pivot > 1e-12) {
            return None;
        }
        for (j, (row, value)) in a.iter_mut().zip(&mut b).enumerate() {
            let factor = row.get(i)? / pivot;
            if j != i {
                row.iter_mut().zip(pivot_row).for_each(|(cell, p)| *cell -= factor * p);
                *value -= factor * pivot_b;
            }
        }
    }
    for (i, (row, value)) in a.iter().zip(&mut b).enumerate() {
        *value /= row.get(i)?;
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the sums over all seconds, known or not.
    #[test]
    fn terms_are_the_steps_of_the_last_four_minutes() {
        let steps = |t: i32| match t % 11 {
            3 => None,
            8 => Some(f64::from(t) / 7.0),
            _ => Some(f64::from(t % 2)),
        };
        let mut additional = AdditionalHr::default();
        for t in 0..700 {
            additional.push(Some(60.0), steps(t));
            let of = |from: i32, to: i32| {
                (from..to).filter_map(|ago| steps((t - ago).max(-1)).filter(|_| t >= ago)).sum()
            };
            let want = steps(t).map(|_| [1.0, of(0, 60), of(60, 120), of(120, 180), of(180, 240)]);
            assert_eq!(additional.terms(), want, "{t}");
        }
    }

    #[test]
    fn walking_masks_and_so_does_the_time_after_exercise() {
        let mut gate = ActivityGate::default();
        assert!(!gate.measured());
        for _ in 0..60 {
            gate.push(&Second { steps: Some(1.5), ..Second::default() });
        }
        assert_eq!(gate.active(), Some(Active::Steps));
        gate.push(&Second { exercising: true, ..Second::default() });
        for _ in 0..599 {
            gate.push(&Second::default());
        }
        assert_eq!(gate.active(), Some(Active::Exercise));
        gate.push(&Second { acceleration_sd_g: Some(0.01), ..Second::default() });
        assert_eq!(gate.active(), None);
    }

    #[test]
    fn what_steps_explain_is_taken_out() {
        let mut line = AdditionalHr::default();
        let mut out = Vec::new();
        for t in 0..7200_u32 {
            let walking = (t / 600) % 2 == 1;
            let steps = if walking { 1.0 } else { 0.0 };
            let hr = if walking { 90.0 } else { 60.0 };
            out.push(line.push(Some(hr), Some(steps)).unwrap());
        }
        assert_eq!(out[700], 90.0);
        assert!((out[7199] - 60.0).abs() < 3.0 && (out[6590] - 60.0).abs() < 1.0, "{}", out[7199]);
        assert_eq!(line.push(None, None), None);
    }
}
