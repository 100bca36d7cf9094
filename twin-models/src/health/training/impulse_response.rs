//! Performance from load: what training gives slowly and takes quickly [banister1991], [calvert1976].
//!
//! `p_t = p0 + k1·g_t − k2·h_t`, `g_t = (g_{t−1} + w_{t−1})·e^{−1/τ1}`, h alike with τ2.

use crate::health::line::student80;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use twin_core::sort::OrderBy;

/// Bounds of the slow time constant, days.
pub const TAU1_DAYS: (f64, f64) = (15.0, 90.0);
/// Bounds of the fast one, days.
pub const TAU2_DAYS: (f64, f64) = (1.0, 30.0);

/// Time constants of people in general, days.
pub const POPULATION_TAU: (f64, f64) = (42.0, 7.0);
/// How far people's time constants spread around them, as standard deviations of the logarithm. OWN.
pub const POPULATION_SPREAD: (f64, f64) = (0.4, 0.6);

/// A performance: (index of its day in the loads, value in any unit, more is better).
pub type Performance = (usize, f64);

/// The constants of a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImpulseResponse {
    /// Performance without training.
    pub p0: f64,
    /// Gain of one point of load, 0 or more.
    pub k1: f64,
    /// Loss of one point of load, 0 or more.
    pub k2: f64,
    /// How slowly the gain fades, days.
    pub tau1_days: f64,
    /// How slowly the loss fades, days.
    pub tau2_days: f64,
}

impl ImpulseResponse {
    /// Performance on each day; a day's own load counts from the next day on.
    ///
    /// ```
    /// # use twin_models::health::training::impulse_response::ImpulseResponse;
    /// let person = ImpulseResponse { p0: 10.0, k1: 1.0, k2: 2.0, tau1_days: 42.0, tau2_days: 7.0 };
    /// let p = person.performance(&[1.0, 0.0]);
    /// assert_eq!(p[0], 10.0);
    /// assert!((p[1] - (10.0 + (-1.0_f64 / 42.0).exp() - 2.0 * (-1.0_f64 / 7.0).exp())).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn performance(&self, load: &[f64]) -> Vec<f64> {
        let (gain, loss) = (trace(load, self.tau1_days), trace(load, self.tau2_days));
        gain.iter().zip(&loss).map(|(g, h)| self.p0 + self.k1 * g - self.k2 * h).collect()
    }
}

/// What remains on each day of all loads before it.
#[must_use]
pub fn trace(load: &[f64], tau_days: f64) -> Vec<f64> {
    let fade = (-1.0 / tau_days).exp();
    let mut left = 0.0;
    let mut out = Vec::with_capacity(load.len());
    for w in load {
        out.push(left);
        left = (left + w) * fade;
    }
    out
}

/// A fit and how well each time constant is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The constants.
    pub constants: ImpulseResponse,
    /// Sum of squared residuals.
    pub squares: f64,
    /// Values of τ1 that fit almost as well (80 %), days.
    pub tau1_range: (f64, f64),
    /// The same of τ2.
    pub tau2_range: (f64, f64),
}

/// The constants that fit the performances best within the bounds, k1 and k2 not below 0.
///
/// For given time constants the rest is linear, so only two numbers are searched: on a grid, then from its
/// best points by steps that halve. The same input gives the same answer. `None` below 5 usable performances
/// or when they are all alike in what preceded them.
#[must_use]
pub fn fit(load: &[f64], performances: &[Performance]) -> Option<Fit> {
    Search::new(load, performances)?.fit()
}

/// The same with time constants drawn to those of people in general, [`POPULATION_TAU`], as log-normal priors of
/// spread [`POPULATION_SPREAD`]: where tests tell little, τ stays near them instead of running to a bound.
#[must_use]
pub fn fit_with_prior(load: &[f64], performances: &[Performance]) -> Option<Fit> {
    Search::new(load, performances)?.with_prior()?.fit()
}

/// The constants of [`fit_with_prior`] alone, without their ranges, in a third of the time.
#[must_use]
pub fn constants_with_prior(load: &[f64], performances: &[Performance]) -> Option<ImpulseResponse> {
    let search = Search::new(load, performances)?.with_prior()?;
    let (_, taus) = search.best()?;
    Some(search.constants(taus)?.0)
}

/// A search for the two time constants.
struct Search<'a> {
    load: &'a [f64],
    performances: &'a [Performance],
    values: Vec<f64>,
    /// Variance of a test, by which the prior is weighed against the squares; 0 without prior.
    variance: f64,
    /// Traces of the search so far, by the bits of τ: neighbouring steps ask for the same ones.
    traces: RefCell<HashMap<u64, Rc<[f64]>>>,
}

impl<'a> Search<'a> {
    fn new(load: &'a [f64], performances: &'a [Performance]) -> Option<Self> {
        let values: Vec<f64> = performances.iter().filter(|p| p.0 < load.len()).map(|p| p.1).collect();
        let usable = values.len() >= 5 && load.iter().chain(&values).all(|x| x.is_finite());
        usable.then_some(Self { load, performances, values, variance: 0.0, traces: RefCell::default() })
    }

    fn degrees(&self) -> f64 {
        (self.values.len() as f64 - 5.0).max(1.0)
    }

    /// Weighs the prior by the variance that the best fit without it leaves.
    fn with_prior(mut self) -> Option<Self> {
        self.variance = self.best()?.0 / self.degrees();
        Some(self)
    }

    fn pull(&self, (tau1, tau2): (f64, f64)) -> f64 {
        let away = |tau: f64, usual: f64, spread: f64| ((tau / usual).ln() / spread).powi(2);
        let slow = away(tau1, POPULATION_TAU.0, POPULATION_SPREAD.0);
        self.variance * (slow + away(tau2, POPULATION_TAU.1, POPULATION_SPREAD.1))
    }

    fn trace(&self, tau: f64) -> Rc<[f64]> {
        let of = || {
            let series = trace(self.load, tau);
            self.performances.iter().filter_map(|(day, _)| series.get(*day).copied()).collect()
        };
        Rc::clone(self.traces.borrow_mut().entry(tau.to_bits()).or_insert_with(of))
    }

    fn linear(&self, taus: (f64, f64)) -> Option<([f64; 3], f64)> {
        linear(&self.trace(taus.0), &self.trace(taus.1), &self.values)
    }

    fn squares(&self, taus: (f64, f64)) -> f64 {
        self.linear(taus).map_or(f64::INFINITY, |found| found.1 + self.pull(taus))
    }

    /// The constants at these time constants, and their squares without the prior.
    fn constants(&self, taus: (f64, f64)) -> Option<(ImpulseResponse, f64)> {
        let ([p0, k1, k2], squares) = self.linear(taus)?;
        Some((ImpulseResponse { p0, k1, k2, tau1_days: taus.0, tau2_days: taus.1 }, squares))
    }

    /// The least squares (with the prior's pull) and where.
    fn best(&self) -> Option<(f64, (f64, f64))> {
        let traces = |taus: Vec<f64>| -> Vec<(f64, Rc<[f64]>)> {
            taus.into_iter().map(|tau| (tau, self.trace(tau))).collect()
        };
        let (gains, losses) = (traces(spaced(TAU1_DAYS, 26)), traces(spaced(TAU2_DAYS, 30)));
        let mut found: Vec<(f64, (f64, f64))> = Vec::with_capacity(gains.len() * losses.len());
        for (tau1, gain) in &gains {
            found.extend(losses.iter().filter_map(|(tau2, loss)| {
                let taus = (*tau1, *tau2);
                Some((linear(gain, loss, &self.values)?.1 + self.pull(taus), taus))
            }));
        }
        found.order_by(|a, b| a.0.total_cmp(&b.0));
        let squares = |taus| self.squares(taus);
        let refined = found.iter().take(8).map(|(_, taus)| descend(&squares, *taus, (3.0, 1.0)));
        refined.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    fn fit(&self) -> Option<Fit> {
        let (best, taus) = self.best()?;
        let (constants, squares) = self.constants(taus)?;
        // Likelihood ratio: what fits worse by less than t² residual variances cannot be told apart.
        let limit = best + squares * student80(self.degrees()).powi(2) / self.degrees();
        let at = |taus| self.squares(taus);
        let slow = |tau1: f64| descend(&at, (tau1, taus.1), (0.0, 1.0)).0 <= limit;
        let fast = |tau2: f64| descend(&at, (taus.0, tau2), (3.0, 0.0)).0 <= limit;
        let tau1_range = (edge(slow, taus.0, TAU1_DAYS.0), edge(slow, taus.0, TAU1_DAYS.1));
        let tau2_range = (edge(fast, taus.1, TAU2_DAYS.0), edge(fast, taus.1, TAU2_DAYS.1));
        Some(Fit { constants, squares, tau1_range, tau2_range })
    }
}

/// The least squares near a start and where: steps in eight directions that halve when none helps. A step of
/// 0 keeps that time constant.
fn descend(
    squares_at: &impl Fn((f64, f64)) -> f64,
    start: (f64, f64),
    mut step: (f64, f64),
) -> (f64, (f64, f64)) {
    let (mut at, mut best) = (start, squares_at(start));
    while step.0.max(step.1) > 1e-3 {
        let steps = (-1..=1).flat_map(|a| (-1..=1).map(move |b| (f64::from(a), f64::from(b))));
        let next = steps
            .map(|(a, b)| {
                let tau1 = (at.0 + a * step.0).clamp(TAU1_DAYS.0, TAU1_DAYS.1);
                (tau1, (at.1 + b * step.1).clamp(TAU2_DAYS.0, TAU2_DAYS.1))
            })
            .filter(|next| *next != at)
            .map(|next| (squares_at(next), next))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        match next.filter(|n| n.0 < best) {
            Some(better) => (best, at) = better,
            None => step = (step.0 / 2.0, step.1 / 2.0),
        }
    }
    (best, at)
}

/// How far from `own` towards `bound` something still holds, by doubling steps and then halving.
fn edge(holds: impl Fn(f64) -> bool, own: f64, bound: f64) -> f64 {
    let (mut inside, mut share) = (0.0, 0.01);
    let at = |share: f64| own + (bound - own) * share;
    while share < 1.0 && holds(at(share)) {
        inside = share;
        share *= 2.0;
    }
    let mut outside = share.min(1.0);
    if share >= 1.0 && holds(bound) {
        return bound;
    }
    for _ in 0..6 {
        let middle = f64::midpoint(inside, outside);
        if holds(at(middle)) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    at(outside)
}

/// `n` values from low to high with equal ratios.
fn spaced((low, high): (f64, f64), n: u32) -> Vec<f64> {
    let ratio: f64 = (high / low).ln() / f64::from(n - 1);
    (0..n).map(|i| (low * (ratio * f64::from(i)).exp()).min(high)).collect()
}

/// `[p0, k1, k2]` by least squares with k1, k2 ≥ 0, and the squares: the best of the fits with both, one or
/// none of the two, among those that keep the sign.
fn linear(gain: &[f64], loss: &[f64], values: &[f64]) -> Option<([f64; 3], f64)> {
    let n = values.len() as f64;
    let centre = |x: &[f64]| x.iter().sum::<f64>() / n;
    let (mg, mh, mp) = (centre(gain), centre(loss), centre(values));
    let (mut gg, mut gh, mut hh, mut gp, mut hp) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for ((g, h), p) in gain.iter().zip(loss).zip(values) {
        let (g, h, p) = (g - mg, mh - h, p - mp);
        gg += g * g;
        gh += g * h;
        hh += h * h;
        gp += g * p;
        hp += h * p;
    }
    let determinant = gg * hh - gh * gh;
    let both = (determinant > 1e-9 * gg * hh)
        .then(|| ((gp * hh - hp * gh) / determinant, (hp * gg - gp * gh) / determinant));
    let only_gain = (gg > 0.0).then(|| (gp / gg, 0.0));
    let only_loss = (hh > 0.0).then(|| (0.0, hp / hh));
    let allowed = [both, only_gain, only_loss, Some((0.0, 0.0))];
    allowed
        .into_iter()
        .flatten()
        .filter(|(k1, k2)| *k1 >= 0.0 && *k2 >= 0.0)
        .map(|(k1, k2)| {
            let p0 = mp - k1 * mg + k2 * mh;
            let rest = gain.iter().zip(loss).zip(values).map(|((g, h), p)| p - p0 - k1 * g + k2 * h);
            ([p0, k1, k2], rest.map(|r| r * r).sum::<f64>())
        })
        .filter(|(_, squares)| squares.is_finite())
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_person_is_found_exactly() {
        let truth = ImpulseResponse { p0: 250.0, k1: 0.03, k2: 0.06, tau1_days: 40.0, tau2_days: 8.0 };
        let load: Vec<f64> = (0..200).map(|day| f64::from((day * 37 + day / 28 * 11) % 90)).collect();
        let clean = truth.performance(&load);
        let performances: Vec<Performance> = (10..200).step_by(5).map(|day| (day, clean[day])).collect();
        let fit = fit(&load, &performances).unwrap();
        assert!(fit.squares < 1e-3, "{}", fit.squares);
        assert!((fit.constants.tau1_days / truth.tau1_days - 1.0).abs() < 0.02);
    }
}
