//! Crossed random effects on the log of hours, with heavy-tailed noise, fitted by empirical Bayes [gelman2007].
//!
//! `y = x·β + Σ u_level + e`. The mean of all effects together is exact (Gauss–Seidel on the sparse normal
//! equations); their covariance is kept as its diagonal alone, so that thousands of levels cost what a task
//! touches: one cell a factor. Variances are therefore a little too small where two factors nearly coincide.

/// Factors of a task that have levels.
pub(super) const FACTORS: usize = 8;
/// Coefficients that all tasks share.
pub(super) const LINE: usize = 3;
/// Their names, in order. The last two are OWN: how a person does one kind of task, and how a size that people like
/// to say turns out.
pub(super) const NAMES: [&str; FACTORS] =
    ["person", "kind", "subtype", "project", "requester", "priority", "person with this kind", "size said"];
/// Degrees of freedom of the tails.
pub(super) const FREEDOM: f64 = 4.0;
/// Spread of the log of the ratio of hours to estimate, in one company [jones2019].
const SIGMA: f64 = 0.48;
/// Spreads between levels before there are data; person, subtype and the bound of the others are of [jones2019].
const TAU: [f64; FACTORS] = [0.20, 0.15, 0.15, 0.05, 0.05, 0.05, 0.05, 0.05];
/// Spread between kinds and subtypes where there is no estimate.
const TAU_ALONE: f64 = 1.0;
/// Spreads of level, slope and bend of the line. OWN.
const TAU_LINE: [f64; LINE] = [0.20, 0.10, 0.05];
/// Spread of the level where there is no estimate: nothing is known of the hours. OWN.
const LEVEL_ALONE: f64 = 3.0;
/// Tasks that [`SIGMA`] is worth. OWN.
const SIGMA_WORTH: f64 = 10.0;
/// Levels that each of [`TAU`] is worth. OWN.
const TAU_WORTH: f64 = 4.0;
/// Age at which a finished task counts half, days.
pub(super) const HALF_LIFE_DAYS: f64 = 730.0;

/// What a task is, in numbers: a level of each factor and where it lies on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) levels: [u32; FACTORS],
    pub(super) x: [f64; LINE],
}

/// A finished task.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) y: f64,
    pub(super) day: f64,
    /// How much it counts beside others, by its distance from what was expected.
    pub(super) robust: f64,
}

/// Belief about one effect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effect {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// Finished tasks behind it.
    pub(super) tasks: u32,
}

/// All effects.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    pub(super) sigma2: f64,
    first: [f64; FACTORS],
    tau2: [f64; FACTORS],
    first_line: [f64; LINE],
    pub(super) line: [Effect; LINE],
    pub(super) levels: [Vec<Effect>; FACTORS],
}

impl Effects {
    pub(super) fn new(estimated: bool) -> Self {
        let (mut tau, mut line) = (TAU, TAU_LINE);
        if !estimated {
            line = [LEVEL_ALONE, 1e-3, 1e-3];
            tau.iter_mut().skip(1).take(2).for_each(|t| *t = TAU_ALONE);
        }
        let first = tau.map(|t| t * t);
        let first_line = line.map(|t| t * t);
        let line = first_line.map(|variance| Effect { mean: 0.0, variance, tasks: 0 });
        Self { sigma2: SIGMA * SIGMA, first, tau2: first, first_line, line, levels: Default::default() }
    }

    /// The effect of a level; 0 with the spread of its factor where it was never seen.
    pub(super) fn level(&self, factor: usize, level: u32) -> Effect {
        let variance = self.tau2.get(factor).copied().unwrap_or(0.0);
        let known = self.levels.get(factor).and_then(|all| all.get(level as usize));
        known.copied().unwrap_or(Effect { mean: 0.0, variance, tasks: 0 })
    }

    /// Share of an effect of the first factor that comes from others.
    pub(super) fn prior_share(&self, effect: &Effect) -> f64 {
        (effect.variance / self.tau2.first().copied().unwrap_or(1.0)).clamp(0.0, 1.0)
    }

    /// Mean of a task and the doubt about it, without its own noise.
    pub(super) fn of(&self, place: &Place) -> (f64, f64) {
        let line = self.line.iter().zip(&place.x).map(|(e, x)| (e.mean * x, e.variance * x * x));
        let levels = place.levels.iter().enumerate().map(|(factor, level)| {
            let e = self.level(factor, *level);
            (e.mean, e.variance)
        });
        line.chain(levels).fold((0.0, 0.0), |(m, v), (mean, variance)| (m + mean, v + variance))
    }

    /// The part of the doubt that is of levels never seen.
    pub(super) fn unseen(&self, place: &Place) -> f64 {
        let levels = place.levels.iter().enumerate().map(|(factor, level)| self.level(factor, *level));
        levels.filter(|e| e.tasks == 0).map(|e| e.variance).sum()
    }

    /// The Kalman step of one finished task, on the diagonal: one cell a factor.
    pub(super) fn learn(&mut self, row: &Row) {
        self.grow(&row.place);
        let (mean, doubt) = self.of(&row.place);
        let surprise = row.y - mean;
        let robust = (FREEDOM + 1.0) / (FREEDOM + (surprise * surprise) / (self.sigma2 + doubt));
        let total = self.sigma2 / robust + doubt;
        let step = |e: &mut Effect, x: f64| {
            let gain = e.variance * x / total;
            e.mean += gain * surprise;
            e.variance -= gain * x * e.variance;
            e.tasks += 1;
        };
        for (e, x) in self.line.iter_mut().zip(row.place.x) {
            step(e, x);
        }
        for (all, level) in self.levels.iter_mut().zip(row.place.levels) {
            if let Some(e) = all.get_mut(level as usize) {
                step(e, 1.0);
            }
        }
    }

    /// Makes room for the levels of a task.
    fn grow(&mut self, place: &Place) {
        for ((all, level), variance) in self.levels.iter_mut().zip(place.levels).zip(self.tau2) {
            if all.len() <= level as usize {
                all.resize(level as usize + 1, Effect { mean: 0.0, variance, tasks: 0 });
            }
        }
    }

    /// All effects, their spreads and the noise anew from all rows, in `rounds` from where they stand.
    pub(super) fn fit(&mut self, rows: &mut [Row], now: f64, rounds: usize) {
        for row in rows.iter() {
            self.grow(&row.place);
        }
        let age: Vec<f64> = rows.iter().map(|r| (-(now - r.day).max(0.0) / HALF_LIFE_DAYS).exp2()).collect();
        let mut left: Vec<f64> = rows.iter().map(|r| r.y - self.of(&r.place).0).collect();
        for _ in 0..rounds {
            let weights: Vec<f64> = rows.iter().zip(&age).map(|(r, a)| r.robust * a).collect();
            for i in 0..LINE {
                self.fit_line(i, rows, &weights, &mut left);
            }
            for factor in 0..FACTORS {
                self.fit_factor(factor, rows, &weights, &mut left);
            }
            let (mut sum, mut n) = (SIGMA_WORTH * SIGMA * SIGMA, SIGMA_WORTH);
            for ((row, r), age) in rows.iter_mut().zip(&left).zip(&age) {
                let square = r * r + self.of(&row.place).1;
                row.robust = (FREEDOM + 1.0) / (FREEDOM + square / self.sigma2);
                sum += age * row.robust * square;
                n += age;
            }
            self.sigma2 = (sum / n).max(1e-6);
        }
    }

    fn fit_line(&mut self, i: usize, rows: &[Row], weights: &[f64], left: &mut [f64]) {
        let (Some(e), Some(tau2)) = (self.line.get_mut(i), self.first_line.get(i)) else { return };
        let x = |r: &Row| r.place.x.get(i).copied().unwrap_or(0.0);
        let (mut xx, mut xy) = (0.0, 0.0);
        for ((row, w), r) in rows.iter().zip(weights).zip(left.iter()) {
            xx += w * x(row) * x(row);
            xy += w * x(row) * (r + e.mean * x(row));
        }
        let variance = 1.0 / (xx / self.sigma2 + 1.0 / tau2);
        let mean = variance * xy / self.sigma2;
        for (row, r) in rows.iter().zip(left.iter_mut()) {
            *r += (e.mean - mean) * x(row);
        }
        *e = Effect { mean, variance, tasks: rows.len() as u32 };
    }

    fn fit_factor(&mut self, factor: usize, rows: &[Row], weights: &[f64], left: &mut [f64]) {
        let level = |r: &Row| r.place.levels.get(factor).map_or(0, |l| *l as usize);
        let (Some(all), Some(tau2)) = (self.levels.get_mut(factor), self.tau2.get_mut(factor)) else {
            return;
        };
        let mut sums = vec![(0.0, 0.0, 0_u32); all.len()];
        for ((row, w), r) in rows.iter().zip(weights).zip(left.iter()) {
            if let Some((sum, moment, n)) = sums.get_mut(level(row)) {
                *sum += w;
                *moment += w * r;
                *n += 1;
            }
        }
        let (mut spread, mut dim) = (0.0, 0.0);
        let mut moved = vec![0.0; all.len()];
        for ((e, (sum, moment, n)), by) in all.iter_mut().zip(&sums).zip(&mut moved) {
            let variance = 1.0 / (sum / self.sigma2 + 1.0 / *tau2);
            let mean = variance * (moment + sum * e.mean) / self.sigma2;
            *by = e.mean - mean;
            *e = Effect { mean, variance, tasks: *n };
            if *n > 0 {
                spread += mean * mean + variance;
                dim += 1.0;
            }
        }
        let first = self.first.get(factor).copied().unwrap_or(0.0);
        *tau2 = ((TAU_WORTH * first + spread) / (TAU_WORTH + dim)).max(1e-6);
        for (row, r) in rows.iter().zip(left.iter_mut()) {
            *r += moved.get(level(row)).copied().unwrap_or(0.0);
        }
    }
}
