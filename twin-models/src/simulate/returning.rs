//! A measure of the body that returns to what is usual for the person.

use super::state::{DayRecord, HISTORY_DAYS, MIN_DAYS, REBOUND_H};
use crate::stats::sd;
use serde::{Deserialize, Serialize};

/// Days that the prior of day-to-day persistence counts for. OWN.
const PERSISTENCE_DAYS: f64 = 5.0;
/// Half-life of the weight of a day in the usual value, days. OWN.
const USUAL_HALF_LIFE_DAYS: f64 = 21.0;
/// What noise is larger ahead than in the past it was fitted to. OWN, from the people of the evaluation.
const NOISE: f64 = 1.06;
/// The most persistence: nothing wanders off for good.
const MOST: f64 = 0.985;

/// A measure with `x − usual = effects + r` and `r ← a r + b r₋₁ + noise`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returning {
    /// The usual value.
    pub usual: f64,
    /// Its spread between days.
    pub sd: f64,
    /// What is left of today's and yesterday's distance when the effects are taken out.
    pub rest: [f64; 2],
    /// The newest distances from the usual value, oldest first, at most 7.
    pub recent: Vec<f64>,
    /// Persistence from day to day, and from the day before.
    pub persistence: [f64; 2],
    /// What an hour less sleep than needed does to this person.
    pub short_hour: f64,
    /// Noise of past days.
    pub noise: Vec<f64>,
}

/// What a short night, a drink and a usual day's training do on the day after. OWN, of the size that is
/// reported for healthy adults.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Effects {
    /// An hour less sleep than needed, up to four.
    pub(super) short_hour: f64,
    /// A drink.
    pub(super) drink: f64,
    /// A strain of 1.
    pub(super) strain: f64,
}

/// On resting heart rate, 1/min.
pub(super) const ON_RESTING_HR: Effects = Effects { short_hour: 0.6, drink: 1.0, strain: 0.5 };
/// On ln RMSSD.
pub(super) const ON_LN_RMSSD: Effects = Effects { short_hour: -0.04, drink: -0.06, strain: -0.03 };

impl Effects {
    pub(super) fn of(&self, short_h: f64, drinks: f64, strain: f64) -> f64 {
        self.short_hour * short_h.clamp(0.0, 4.0) + self.drink * drinks + self.strain * strain
    }
}

impl Returning {
    /// The effects on this person.
    pub(super) fn own(&self, effects: Effects) -> Effects {
        Effects { short_hour: self.short_hour, ..effects }
    }

    /// The measure over the last [`HISTORY_DAYS`]: recent days weigh more in the usual value; persistence by
    /// least squares, drawn to a half-life of [`REBOUND_H`]; noise as what that leaves. `None` below
    /// [`MIN_DAYS`] values.
    pub(super) fn of(
        days: &[DayRecord],
        strains: &[f64],
        need_h: f64,
        what: fn(&DayRecord) -> Option<f64>,
        effects: Effects,
        floor: f64,
    ) -> Option<Self> {
        let own =
            Effects { short_hour: short_hour(days, need_h, what, effects.short_hour, floor), ..effects };
        let mut seen = Vec::new();
        let mut cleared = Vec::new();
        for (at, day) in days.iter().enumerate().skip(days.len().saturating_sub(HISTORY_DAYS)) {
            let before = at.checked_sub(1);
            let short_h = day.night.map_or(0.0, |n| need_h - n.asleep_h);
            let drinks = before.and_then(|b| days.get(b)).map_or(0.0, |d| d.drinks);
            let strain = before.and_then(|b| strains.get(b)).copied().unwrap_or(0.0);
            seen.push(what(day));
            cleared.push(what(day).map(|x| x - own.of(short_h, drinks, strain)));
        }
        let known: Vec<f64> = cleared.iter().copied().flatten().collect();
        if known.len() < MIN_DAYS {
            return None;
        }
        let usual = usual(&cleared)?;
        let spread = sd(&known)?.max(floor);
        let rest: Vec<Option<f64>> = cleared.iter().map(|x| x.map(|x| x - usual)).collect();
        let runs: Vec<[f64; 3]> = rest
            .windows(3)
            .filter_map(|w| match w {
                [a, b, c] => Some([(*a)?, (*b)?, (*c)?]),
                _ => None,
            })
            .collect();
        let persistence = persistence(&runs, spread);
        let [a, b] = persistence;
        // two numbers were fitted and a mean taken
        let wider = NOISE * (runs.len() as f64 / (runs.len() as f64 - 3.0).max(1.0)).sqrt();
        let noise: Vec<f64> = runs.iter().map(|[y, x, next]| wider * (next - a * x - b * y)).collect();
        let (age, last) = rest.iter().rev().zip(0..).find_map(|(x, age)| Some((age, (*x)?)))?;
        let before = rest.iter().rev().nth(1).copied().flatten().unwrap_or(last);
        let faded = (a + b).powi(age);
        let recent: Vec<f64> = seen.iter().rev().take(7).filter_map(|x| Some((*x)? - usual)).collect();
        Some(Self {
            usual,
            sd: spread,
            rest: [last * faded, if age == 0 { before } else { last * faded }],
            recent: recent.into_iter().rev().collect(),
            persistence,
            short_hour: own.short_hour,
            noise: if noise.len() < 5 { vec![-spread * 0.8, 0.0, spread * 0.8] } else { noise },
        })
    }
}

/// What an hour of sleep missing does, from changes between days that follow each other, drawn to what it does
/// to people in general.
fn short_hour(
    days: &[DayRecord],
    need_h: f64,
    what: fn(&DayRecord) -> Option<f64>,
    prior: f64,
    floor: f64,
) -> f64 {
    let recent = days.get(days.len().saturating_sub(HISTORY_DAYS)..).unwrap_or_default();
    let point = |d: &DayRecord| Some(((need_h - d.night?.asleep_h).clamp(0.0, 4.0), what(d)?));
    let changes: Vec<(f64, f64)> = recent
        .iter()
        .zip(recent.iter().skip(1))
        .filter_map(|(a, b)| point(a).zip(point(b)))
        .map(|((h, x), (later_h, later_x))| (later_h - h, later_x - x))
        .collect();
    let noise = sd(&changes.iter().map(|c| c.1).collect::<Vec<_>>()).unwrap_or(floor).max(floor);
    // people differ by about as much as the effect is large
    let weight = (noise / prior).powi(2);
    let (xx, xy) = changes.iter().fold((weight, weight * prior), |(xx, xy), (h, x)| (xx + h * h, xy + h * x));
    xy / xx
}

fn usual(values: &[Option<f64>]) -> Option<f64> {
    let weighted = values
        .iter()
        .rev()
        .zip(0..)
        .filter_map(|(x, age)| Some((0.5_f64.powf(f64::from(age) / USUAL_HALF_LIFE_DAYS), (*x)?)));
    let (weight, sum) = weighted.fold((0.0, 0.0), |(w, s), (weight, x)| (w + weight, s + weight * x));
    (weight > 0.0).then(|| sum / weight)
}

/// Least squares with a prior; what short series lose of their persistence is added again.
fn persistence(runs: &[[f64; 3]], spread: f64) -> [f64; 2] {
    let prior = 0.5_f64.powf(24.0 / REBOUND_H.0);
    let weight = PERSISTENCE_DAYS * spread * spread;
    let start = [weight, 0.0, weight, weight * prior, 0.0];
    let [xx, xy, yy, xn, yn] = runs.iter().fold(start, |[xx, xy, yy, xn, yn], [y, x, next]| {
        [xx + x * x, xy + x * y, yy + y * y, xn + x * next, yn + y * next]
    });
    let det = xx * yy - xy * xy;
    if det <= 0.0 || !det.is_finite() {
        return [prior, 0.0];
    }
    let (a, b) = ((xn * yy - yn * xy) / det, ((yn * xx - xn * xy) / det).clamp(-0.9, 0.9));
    let lost = if runs.len() >= MIN_DAYS { (1.0 + 3.0 * (a + b).max(0.0)) / runs.len() as f64 } else { 0.0 };
    let sum = (a + b + lost).clamp(0.0, MOST);
    [sum - b, b]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: impl Fn(f64) -> f64) -> Returning {
        let days: Vec<DayRecord> = (0..56)
            .map(|i| DayRecord { resting_hr: Some(value(f64::from(i))), ..DayRecord::default() })
            .collect();
        Returning::of(&days, &[], 8.0, |d| d.resting_hr, ON_RESTING_HR, 0.5).unwrap()
    }

    #[test]
    fn persistence_is_learnt_from_the_person() {
        let slow = of(|i| 55.0 + 3.0 * (i / 9.0).sin()).persistence;
        assert!(slow[0] + slow[1] > 0.85, "{slow:?}");
        let quick = of(|i| 55.0 + i % 2.0).persistence;
        assert!(quick[0] < 0.3, "{quick:?}");
    }
}
