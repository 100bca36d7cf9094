//! One side of the model: the log of hours over something known (the estimate, or nothing), from finished tasks.
//!
//! A task takes exactly what was estimated with a probability that tasks alike tell; otherwise the crossed effects say
//! where its hours lie, and the residuals of tasks alike how they scatter around it.

use super::alike::{Alike, Kept, LIKE, Likeness, distribution};
use super::effects::{Effects, FREEDOM, HALF_LIFE_DAYS, Place, Row};
use crate::special::student_t_quantile;
use std::sync::LazyLock;

/// Levels of the quantiles that are forecast.
pub const LEVELS: [f64; 13] = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
/// Their number.
const N: usize = LEVELS.len();
/// Share of tasks that took exactly what was estimated, in one company [jones2019].
const EXACT: f64 = 0.28;
/// Tasks alike that it is worth. OWN.
const EXACT_WORTH: f64 = 5.0;
/// Age at which a task tells half as much of how often hours are exact, days: habits change. OWN.
const EXACT_HALF_LIFE_DAYS: f64 = 365.0;
/// Tasks alike that Student's t is worth beside their residuals. OWN.
const TAIL_WORTH: f64 = 10.0;
/// Points that stand for Student's t.
const POINTS: usize = 100;
/// How far a quantile moves when it was missed, noise spreads. OWN.
const SHIFT: f64 = 0.01;
/// Finished tasks before which quantiles do not move. OWN.
const MOVE_FROM: usize = 30;
/// Rows older than this are dropped, days: five half-lives.
const KEEP_DAYS: f64 = 5.0 * HALF_LIFE_DAYS;
/// Rows that are kept at most. OWN.
const KEEP_ROWS: usize = 20_000;
/// Rounds of the first fits, until there are [`MANY`] tasks, and of later ones, that start near their end. OWN.
const ROUNDS: [usize; 2] = [20, 4];
const MANY: usize = 200;

/// Whose hours are exact as often: the same person's, of like size. OWN.
const ALIKE_EXACT: Likeness = Likeness { width: 0.6, times: [30.0, 1.0, 1.0] };
/// Whose residuals are alike. OWN.
const ALIKE_FREE: Likeness = Likeness { width: 1.2, times: [20.0, 2.0, 2.0] };

/// Student's t as points of equal weight.
static TAIL: LazyLock<[f64; POINTS]> =
    LazyLock::new(|| std::array::from_fn(|i| student_t_quantile(FREEDOM, (i as f64 + 0.5) / POINTS as f64)));

/// Quantiles at [`LEVELS`], and the probabilities of less than was asked for, and of no more.
pub(super) type Forecast = ([f64; N], [f64; 2]);

/// What is forecast from, and how it did.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Of tasks that did not take exactly what was estimated, like `rows` and `free`.
    pub(super) effects: Effects,
    rows: Vec<Row>,
    /// Residuals.
    free: Alike,
    /// All tasks, where hours can be exact.
    all: Option<Alike>,
    /// What is added to each quantile.
    shifts: [f64; N],
    /// Sums of the weights by age and of their squares, as of the newest day.
    worth: [f64; 2],
    newest: f64,
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
            free: Alike::new(HALF_LIFE_DAYS),
            all: estimated.then(|| Alike::new(EXACT_HALF_LIFE_DAYS)),
            shifts: [0.0; N],
            worth: [0.0; 2],
            newest: f64::NEG_INFINITY,
            seen: 0,
            fitted: 0,
        }
    }

    /// Finished tasks behind a forecast, `(Σw)² / Σw²` of their weights by age.
    pub(super) fn effective(&self) -> f64 {
        let [sum, squares] = self.worth;
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// Probability that a task takes exactly what was estimated.
    pub(super) fn exact(&self, place: &Place, size: f64) -> f64 {
        let Some(all) = &self.all else { return 0.0 };
        let (weights, n) = all.weights(like(place), size, &ALIKE_EXACT);
        let exact: f64 = weights.iter().zip(&all.exact).filter(|(_, exact)| **exact).map(|(w, _)| w).sum();
        (n * exact + EXACT_WORTH * EXACT) / (n + EXACT_WORTH)
    }

    /// What is said before quantiles are moved.
    fn said(&self, place: &Place, size: f64, at: f64) -> Forecast {
        let (mean, doubt) = self.effects.of(place);
        let spread = (self.effects.sigma2 + doubt).sqrt();
        // residuals are of levels that were mostly known
        let wider = (1.0 + self.effects.unseen(place) / self.effects.sigma2).sqrt();
        let exact = self.exact(place, size);
        let (weights, n) = self.free.weights(like(place), size, &ALIKE_FREE);
        let own = (1.0 - exact) * n / (n + TAIL_WORTH);
        let each = (1.0 - exact - own) / POINTS as f64;
        let rows = self.free.values.iter().zip(weights).map(|(r, w)| (mean + wider * r, own * w));
        let free = merged(rows, TAIL.iter().map(|t| (mean + spread * t, each)));
        let (below, above) = free.split_at(free.partition_point(|u| u.0 < 0.0));
        distribution(below.iter().chain(&[(0.0, exact)]).chain(above).copied(), &LEVELS, at)
    }

    /// Rising quantiles of the log, and the probabilities of less than `at` and of no more.
    pub(super) fn forecast(&self, place: &Place, size: f64, at: f64) -> Forecast {
        let (mut out, shares) = self.said(place, size, at);
        out.iter_mut().zip(self.shifts).for_each(|(q, shift)| *q += shift);
        // from the median outwards no quantile crosses one that lies further in
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        out.iter_mut().take(N / 2 + 1).rev().for_each(|q| {
            *q = q.min(low);
            low = *q;
        });
        out.iter_mut().skip(N / 2).for_each(|q| {
            *q = q.max(high);
            high = *q;
        });
        (out, shares)
    }

    /// Moves the outer quantiles by how they did on a task that was just finished; before [`Self::add`]. Those between
    /// stay, since many of them are the estimate itself.
    pub(super) fn judge(&mut self, place: &Place, size: f64, y: f64) {
        if self.seen < MOVE_FROM {
            return;
        }
        let (said, _) = self.forecast(place, size, 0.0);
        let step = SHIFT * self.effects.sigma2.sqrt();
        for ((shift, q), p) in self.shifts.iter_mut().zip(said).zip(LEVELS) {
            // an end of an interval is inside it
            let below = if p < 0.5 { y < q } else { y <= q };
            if !(0.2..=0.8).contains(&p) {
                *shift -= step * (f64::from(u8::from(below)) - p);
            }
        }
    }

    /// Takes in a finished task; `exact` says that it took what was estimated.
    pub(super) fn add(&mut self, place: Place, size: f64, y: f64, day: f64, exact: bool) {
        let kept = |value| Kept { value, levels: like(&place), size, day, exact };
        if let Some(all) = &mut self.all {
            all.add(kept(0.0));
        }
        if !exact {
            self.free.add(kept(y - self.effects.of(&place).0));
            let row = Row { place, y, day, robust: 1.0 };
            self.effects.learn(&row);
            self.rows.push(row);
        }
        let older = (-(day - self.newest).max(0.0) / HALF_LIFE_DAYS).exp2();
        let [sum, squares] = self.worth;
        self.worth = [1.0 + sum * older, 1.0 + squares * older * older];
        self.newest = self.newest.max(day);
        self.seen += 1;
    }

    /// Effects anew from all that is kept; what is too old is dropped.
    ///
    /// Waits until a hundredth is new, so that all fits together cost little more than linear time.
    pub(super) fn refit(&mut self, now: f64) {
        if (self.seen - self.fitted) * 100 < self.rows.len().max(1) {
            return;
        }
        let [first, later] = ROUNDS;
        let rounds = if self.fitted > MANY { later } else { first };
        self.fitted = self.seen;
        let newest = self.rows.len().checked_sub(KEEP_ROWS).and_then(|over| self.rows.get(over));
        let from = newest.map_or(f64::NEG_INFINITY, |r| r.day).max(now - KEEP_DAYS);
        self.rows.retain(|r| r.day >= from);
        for all in self.all.iter_mut().chain([&mut self.free]) {
            all.keep(from, now);
        }
        self.effects.fit(&mut self.rows, now, rounds);
    }
}

/// The levels by which tasks are alike.
fn like(place: &Place) -> [u32; LIKE] {
    let [person, kind, subtype, ..] = place.levels;
    [person, kind, subtype]
}

/// Two rows of values and weights as one, each rising by value.
fn merged(a: impl Iterator<Item = (f64, f64)>, b: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    let mut out = Vec::with_capacity(a.size_hint().0 + b.size_hint().0);
    while let Some(next) = match (a.peek(), b.peek()) {
        (Some(x), Some(y)) if x.0 > y.0 => b.next(),
        (Some(_), _) => a.next(),
        _ => b.next(),
    } {
        out.push(next);
    }
    out
}
