//! One side of the model: the log of hours over something known (the estimate, or nothing), from finished tasks.
//!
//! Seven forecasts of every quantile are brought together: the crossed effects with their residuals, five ways of
//! being alike, and the effects again with tasks booked exactly as estimated kept there.

use super::alike::{Alike, Circles, Kept, distribution};
use super::effects::{Effects, FREEDOM, HALF_LIFE_DAYS, Place, Row};
use super::pool::Pool;
use crate::special::{student_t_cdf, student_t_quantile};
use crate::stats::quantile;

/// Levels of the quantiles that are forecast.
pub const LEVELS: [f64; 13] = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
/// Their number.
const N: usize = LEVELS.len();
/// Forecasts that are brought together.
const EXPERTS: usize = 7;
/// What each counts before it has shown anything. OWN.
const PRIOR: [f64; EXPERTS] = [0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3];
/// The same where there is no estimate: only what knows the kind. OWN.
const PRIOR_ALONE: [f64; EXPERTS] = [0.6, 0.0, 0.2, 0.2, 0.0, 0.0, 0.0];
/// Bands of sizes that have their own weights and residuals.
const BANDS: usize = 3;
/// Residuals from which their own distribution takes the place of Student's t; until then the crossed effects
/// hand over to all forecasts together.
const RESIDUALS_MIN: usize = 200;
/// Levels on each side that share what they learn. OWN.
const REACH: usize = 3;
/// How far a quantile moves when it was missed, noise spreads. OWN.
const SHIFT: f64 = 0.01;
/// Finished tasks before which the pools do not learn. OWN.
const LEARN_FROM: usize = 30;
/// Rows older than this are dropped, days: five half-lives.
const KEEP_DAYS: f64 = 5.0 * HALF_LIFE_DAYS;
/// Rows that are kept at most. OWN.
const KEEP_ROWS: usize = 20_000;
/// Half-life of the way that looks at the newest tasks, days. OWN.
const RECENT_DAYS: f64 = 90.0;

const PERSON: usize = 0;
const KIND: usize = 1;
const SUBTYPE: usize = 2;
const PROJECT: usize = 3;
const REQUESTER: usize = 4;
const PRIORITY: usize = 5;
const SAID: usize = 7;

/// Ways of being alike. OWN.
const WAYS: [Circles; 4] = [
    Circles { width: 0.5, factors: &[SAID], worth: 20.0 },
    Circles { width: 1.0, factors: &[KIND, SUBTYPE, PERSON], worth: 15.0 },
    Circles { width: 0.7, factors: &[PERSON, KIND, SAID], worth: 15.0 },
    Circles { width: 1.0, factors: &[PROJECT, REQUESTER, PRIORITY], worth: 15.0 },
];
/// The newest ones of the same person. OWN.
const RECENT: Circles = Circles { width: 1.0, factors: &[PERSON], worth: 15.0 };
/// Whose residuals are alike. OWN.
const RESIDUALS: Circles = Circles { width: 0.7, factors: &[PERSON], worth: 30.0 };

/// Quantiles at [`LEVELS`], and the probabilities of less than was asked for, and of no more.
pub(super) type Forecast = ([f64; N], [f64; 2]);

/// What is forecast from, and how it did.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) effects: Effects,
    rows: Vec<Row>,
    values: Alike,
    /// Values less the effects, scaled so that exact ones need not move.
    residuals: Alike,
    standard: Alike,
    pools: [[Pool<EXPERTS>; N]; BANDS],
    shifts: [[f64; N]; BANDS],
    cuts: [f64; BANDS - 1],
    /// Share of tasks that took exactly what was estimated.
    exact: f64,
    /// Tasks learnt from.
    pub(super) seen: usize,
    /// How many they were at the last fit.
    fitted: usize,
}

impl Side {
    pub(super) fn new(estimated: bool) -> Self {
        Self {
            effects: Effects::new(estimated),
            rows: Vec::new(),
            values: Alike::default(),
            residuals: Alike::default(),
            standard: Alike::default(),
            pools: [[Pool::new(if estimated { PRIOR } else { PRIOR_ALONE }); N]; BANDS],
            shifts: [[0.0; N]; BANDS],
            cuts: [-1.0, 0.0],
            exact: 0.0,
            seen: 0,
            fitted: 0,
        }
    }

    fn band(&self, size: f64) -> usize {
        self.cuts.iter().filter(|c| size > **c).count()
    }

    /// `(Σw)² / Σw²` of the weights by age.
    pub(super) fn effective(&self, now: f64) -> f64 {
        let ages = self.values.ages(now, HALF_LIFE_DAYS);
        let squares: f64 = ages.iter().map(|w| w * w).sum();
        if squares > 0.0 { ages.iter().sum::<f64>().powi(2) / squares } else { 0.0 }
    }

    /// What each of the forecasts says.
    fn said(&self, place: &Place, size: f64, now: f64, at: f64) -> [Forecast; EXPERTS] {
        let first = self.by_effects(place, size, now, at);
        if self.values.rows.is_empty() {
            return [first; EXPERTS];
        }
        let ages = self.values.ages(now, HALF_LIFE_DAYS);
        let way = |by: &Circles, ages: &[f64]| {
            let weights = self.values.weights(&place.levels, size, ages, by);
            distribution(self.values.rows.iter().map(|r| r.value).zip(weights), &LEVELS, at)
        };
        let [a, b, c, d] = WAYS.map(|by| way(&by, &ages));
        let recent = way(&RECENT, &self.values.ages(now, RECENT_DAYS));
        [first, a, b, c, d, recent, self.moved(place, size, now, at)]
    }

    /// Crossed effects with the distribution of the residuals of tasks of like size.
    fn by_effects(&self, place: &Place, size: f64, now: f64, at: f64) -> Forecast {
        let (mean, doubt) = self.effects.of(place);
        let spread = (self.effects.sigma2 + doubt).sqrt();
        let asked = (at - mean) / spread;
        let (standard, shares) = if self.standard.rows.len() < RESIDUALS_MIN {
            (LEVELS.map(|p| student_t_quantile(FREEDOM, p)), [student_t_cdf(FREEDOM, asked); 2])
        } else {
            let band = self.band(size);
            let rows = self.standard.rows.iter().zip(self.standard.ages(now, HALF_LIFE_DAYS));
            let own: Vec<(f64, f64)> =
                rows.filter(|(r, _)| self.band(r.size) == band).map(|(r, w)| (r.value, w)).collect();
            let sum: f64 = own.iter().map(|r| r.1).sum();
            distribution(own.into_iter().map(|(v, w)| (v, w / sum)), &LEVELS, asked)
        };
        (standard.map(|u| mean + spread * u), shares)
    }

    /// Tasks booked exactly as estimated stay there, the others move with the mean.
    fn moved(&self, place: &Place, size: f64, now: f64, at: f64) -> Forecast {
        let weights = self.residuals.weights(
            &place.levels,
            size,
            &self.residuals.ages(now, HALF_LIFE_DAYS),
            &RESIDUALS,
        );
        let rows = || self.residuals.rows.iter().zip(&weights);
        let exact: f64 = rows().filter(|(r, _)| r.exact).map(|(_, w)| w).sum();
        let by = self.effects.of(place).0 * self.stretch();
        let others = rows().filter(|(r, _)| !r.exact).map(|(r, w)| (r.value + by, *w));
        let below = others.clone().take_while(|r| r.0 < 0.0);
        let above = others.skip_while(|r| r.0 < 0.0);
        distribution(below.chain(std::iter::once((0.0, exact))).chain(above), &LEVELS, at)
    }

    /// How much more the others move when exact ones do not.
    fn stretch(&self) -> f64 {
        1.0 / (1.0 - self.exact).max(0.2)
    }

    /// Rising quantiles of the log, and the probabilities of less than `at` and of no more.
    pub(super) fn forecast(&self, place: &Place, size: f64, now: f64, at: f64) -> Forecast {
        let said = self.said(place, size, now, at);
        let band = self.band(size);
        let (Some(pools), Some(shifts), [first, ..]) = (self.pools.get(band), self.shifts.get(band), said)
        else {
            return ([0.0; N], [0.0; 2]);
        };
        // until there are enough residuals mostly the effects
        let part = (self.seen as f64 / RESIDUALS_MIN as f64).min(1.0);
        let both = |together: f64, alone: f64| part * together + (1.0 - part) * alone;
        let mut out = first.0;
        let mut shares = [0.0; 2];
        for (l, ((q, pool), shift)) in out.iter_mut().zip(pools).zip(shifts).enumerate() {
            *q = both(pool.of(&level(&said, l)) + shift, *q);
            // residuals smear what is booked exactly as estimated: only forecasts that keep it say a probability
            for (i, share) in shares.iter_mut().enumerate() {
                *share += pool.of_others(&said.map(|s| s.1.get(i).copied().unwrap_or(0.0))) / N as f64;
            }
        }
        out.sort_by(f64::total_cmp);
        for (share, alone) in shares.iter_mut().zip(first.1) {
            *share = both(*share, alone).clamp(0.0, 1.0);
        }
        (out, shares)
    }

    /// Lets each forecast show how it does on a task that was just finished; before [`Self::add`].
    pub(super) fn judge(&mut self, place: &Place, size: f64, y: f64, day: f64) {
        if self.seen < LEARN_FROM {
            return;
        }
        let said = self.said(place, size, day, 0.0);
        let (band, step) = (self.band(size), SHIFT * self.effects.sigma2.sqrt());
        let (Some(pools), Some(shifts)) = (self.pools.get_mut(band), self.shifts.get_mut(band)) else {
            return;
        };
        let mut better = [[0.0; EXPERTS]; N];
        for (l, (((pool, shift), p), better)) in
            pools.iter().zip(shifts).zip(LEVELS).zip(&mut better).enumerate()
        {
            let each = level(&said, l);
            let together = pool.of(&each);
            let q = together + *shift;
            let slope = if y < q {
                1.0 - p
            } else if y > q {
                -p
            } else {
                0.0
            };
            *better = each.map(|s| slope * (together - s));
            // the middle stays what the forecasts say: where people book the estimate it would only wander
            if p != 0.5 {
                *shift -= step * slope;
            }
        }
        for (l, pool) in pools.iter_mut().enumerate() {
            let near = better.get(l.saturating_sub(REACH)..(l + REACH + 1).min(N)).unwrap_or_default();
            let mut mean = [0.0; EXPERTS];
            for (m, b) in near.iter().flat_map(|row| row.iter().enumerate()) {
                if let Some(cell) = mean.get_mut(m) {
                    *cell += b / near.len() as f64;
                }
            }
            pool.learn(&mean);
        }
    }

    /// Takes in a finished task; `exact` says that it took what was estimated.
    pub(super) fn add(&mut self, place: Place, size: f64, y: f64, day: f64, exact: bool) {
        let (mean, doubt) = self.effects.of(&place);
        let kept = |value| Kept { value, levels: place.levels, size, day, exact };
        self.values.add(kept(y));
        self.residuals.add(kept(y - mean * self.stretch()));
        self.standard.add(kept((y - mean) / (self.effects.sigma2 + doubt).sqrt()));
        self.exact += (f64::from(u8::from(exact)) - self.exact) / (self.seen as f64 + 1.0).min(1000.0);
        let row = Row { place, y, day, robust: 1.0 };
        self.effects.learn(&row);
        self.rows.push(row);
        self.seen += 1;
    }

    /// Effects and bands anew from all that is kept; what is too old is dropped.
    ///
    /// Waits until a hundredth is new, so that all fits together cost little more than linear time.
    pub(super) fn refit(&mut self, now: f64) {
        if (self.seen - self.fitted) * 100 < self.rows.len().max(1) {
            return;
        }
        let rounds = if self.fitted > RESIDUALS_MIN { 4 } else { 20 };
        self.fitted = self.seen;
        let newest = self.rows.len().checked_sub(KEEP_ROWS).and_then(|over| self.rows.get(over));
        let from = newest.map_or(f64::NEG_INFINITY, |r| r.day).max(now - KEEP_DAYS);
        self.rows.retain(|r| r.day >= from);
        for all in [&mut self.values, &mut self.residuals, &mut self.standard] {
            all.rows.retain(|r| r.day >= from);
        }
        self.effects.fit(&mut self.rows, now, rounds);
        let mut sizes: Vec<f64> = self.values.rows.iter().map(|r| r.size).collect();
        for (cut, q) in self.cuts.iter_mut().zip([1.0 / 3.0, 2.0 / 3.0]) {
            *cut = quantile(&mut sizes, q).unwrap_or(*cut);
        }
    }
}

/// What each of the forecasts says at one level.
fn level(said: &[Forecast; EXPERTS], l: usize) -> [f64; EXPERTS] {
    said.map(|s| s.0.get(l).copied().unwrap_or(0.0))
}
