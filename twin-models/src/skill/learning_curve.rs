//! How practice series bend: one person's exponential or APEX curve [heathcote2000].
//!
//! `y(n) = A + B e^{−αn}` or `A + B e^{−αn} (n + 1)^{−β}` for the n-th trial from 0. The power law fits averages of
//! people, not people.

use super::solve::Cholesky;
use crate::cells::{at, put};

/// Trials from which a curve is fitted. OWN.
pub const MIN_TRIALS: usize = 8;
/// Prior of the rate: its logarithm is normal around this …
const RATE: f64 = 0.05;
/// … with this spread.
const RATE_SD: f64 = 1.0;
/// Spread of the exponent of the power part around 0. OWN.
const POWER_SD: f64 = 0.5;
/// Spread of asymptote and gain around where the search starts, in spreads of the series. OWN.
const WIDE: f64 = 10.0;
/// Steps of Gauss and Newton at most.
const STEPS: usize = 100;

/// Form of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `A + B e^{−αn}`.
    Exponential,
    /// `A + B e^{−αn} (n + 1)^{−β}`.
    Apex,
}

/// A fitted curve.
#[derive(Clone, Debug, PartialEq)]
pub struct LearningCurve {
    /// Where it ends, A.
    pub asymptote: f64,
    /// What is lost or gained on the way, B.
    pub gain: f64,
    /// Rate a trial, α, above 0.
    pub rate: f64,
    /// Exponent of the power part, β; 0 for the exponential.
    pub power: f64,
    /// Standard deviation around the curve.
    pub sigma: f64,
    covariance: Vec<Vec<f64>>,
    form: Form,
}

/// The likeliest curve for a series of one person, oldest first, with the prior of the rate.
///
/// `values`: logarithms of times, or log odds of being right ([`log_odds`]), one a trial, at least [`MIN_TRIALS`].
/// `None` below that, for values that are not finite, and for a series that is constant.
///
/// ```
/// # use twin_models::skill::learning_curve::{Form, fit};
/// let values: Vec<f64> = (0..60).map(|n| 1.0 + 2.0 * (-0.1 * f64::from(n)).exp()).collect();
/// let curve = fit(&values, Form::Exponential).unwrap();
/// assert!((curve.rate - 0.1).abs() < 1e-3 && (curve.asymptote - 1.0).abs() < 1e-2);
/// ```
#[must_use]
pub fn fit(values: &[f64], form: Form) -> Option<LearningCurve> {
    let spread = crate::stats::sd(values).filter(|s| *s > 1e-12 && s.is_finite())?;
    if values.len() < MIN_TRIALS || !values.iter().all(|v| v.is_finite()) {
        return None;
    }
    let edge = (values.len() / 4).max(1);
    let first = crate::stats::mean(values.get(..edge)?)?;
    let last = crate::stats::mean(values.get(values.len() - edge..)?)?;
    let starts = [0.01, RATE, 0.2, 0.8].map(|rate: f64| vec![last, first - last, rate.ln(), 0.0]);
    let problem = Problem { values, form, prior: [last, first - last, RATE.ln(), 0.0], spread };
    let best = starts
        .into_iter()
        .map(|start| problem.settle(start))
        .min_by(|a, b| problem.cost(a).total_cmp(&problem.cost(b)))?;
    let sigma2 = problem.residual_variance(&best);
    let (matrix, _) = problem.normal(&best, sigma2);
    let inverse = Cholesky::of(&matrix)?;
    let unit = |i| (0..matrix.len()).map(|j| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
    let covariance = (0..matrix.len()).map(|i| inverse.solve(&unit(i))).collect();
    let curve = LearningCurve {
        asymptote: at(&best, 0),
        gain: at(&best, 1),
        rate: at(&best, 2).exp(),
        power: at(&best, 3),
        sigma: sigma2.sqrt(),
        covariance,
        form,
    };
    [curve.asymptote, curve.gain, curve.rate, curve.power, curve.sigma]
        .iter()
        .all(|x| x.is_finite())
        .then_some(curve)
}

/// Log odds of so many right answers out of so many, half an answer added to both sides so that none is infinite.
#[must_use]
pub fn log_odds(right: f64, of: f64) -> Option<f64> {
    (of > 0.0 && right >= 0.0 && right <= of).then(|| ((right + 0.5) / (of - right + 0.5)).ln())
}

impl LearningCurve {
    /// Expected value at a trial and the standard error of a new one there.
    #[must_use]
    pub fn at(&self, trial: f64) -> (f64, f64) {
        let n = trial.max(0.0);
        let x = [self.asymptote, self.gain, self.rate.ln(), self.power];
        let slopes = gradient(&x, n, self.form);
        let doubt: f64 = self
            .covariance
            .iter()
            .zip(&slopes)
            .map(|(row, a)| a * row.iter().zip(&slopes).map(|(c, b)| c * b).sum::<f64>())
            .sum();
        (value(&x, n), (doubt.max(0.0) + self.sigma * self.sigma).sqrt())
    }
}

fn bend(x: &[f64], n: f64) -> f64 {
    (-at(x, 2).exp() * n).exp() * (n + 1.0).powf(-at(x, 3))
}

fn value(x: &[f64], n: f64) -> f64 {
    at(x, 0) + at(x, 1) * bend(x, n)
}

/// Derivatives by A, B, ln α and β.
fn gradient(x: &[f64], n: f64, form: Form) -> Vec<f64> {
    let (gain, bend) = (at(x, 1), bend(x, n));
    let mut all = vec![1.0, bend, -gain * bend * at(x, 2).exp() * n];
    if form == Form::Apex {
        all.push(-gain * bend * (n + 1.0).ln());
    }
    all
}

struct Problem<'a> {
    values: &'a [f64],
    form: Form,
    prior: [f64; 4],
    spread: f64,
}

impl Problem<'_> {
    fn prior_sd(&self) -> [f64; 4] {
        [WIDE * self.spread, WIDE * self.spread, RATE_SD, POWER_SD]
    }

    fn residuals(&self, x: &[f64]) -> f64 {
        self.values.iter().enumerate().map(|(n, y)| (y - value(x, n as f64)).powi(2)).sum()
    }

    /// Variance around the curve; one that is perfect still leaves a trace, for the prior to be weighed against.
    fn residual_variance(&self, x: &[f64]) -> f64 {
        let freedom = self.values.len() as f64 - 3.0;
        (self.residuals(x) / freedom).max(1e-8 * self.spread * self.spread)
    }

    /// Minus the logarithm of the posterior with the variance at its likeliest, but for a constant.
    fn cost(&self, x: &[f64]) -> f64 {
        let fit = 0.5 * self.values.len() as f64 * self.residual_variance(x).ln();
        let z = x.iter().zip(self.prior).zip(self.prior_sd()).map(|((x, m), s)| ((x - m) / s).powi(2));
        let cost = fit + 0.5 * z.sum::<f64>();
        if cost.is_finite() { cost } else { f64::INFINITY }
    }

    /// Normal equations of a step: information and downhill direction.
    fn normal(&self, x: &[f64], sigma2: f64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let size = if self.form == Form::Apex { 4 } else { 3 };
        let mut matrix = vec![vec![0.0; size]; size];
        let mut down = vec![0.0; size];
        for (n, y) in self.values.iter().enumerate() {
            let slopes = gradient(x, n as f64, self.form);
            let miss = y - value(x, n as f64);
            for ((row, d), a) in matrix.iter_mut().zip(&mut down).zip(&slopes) {
                *d += a * miss / sigma2;
                for (cell, b) in row.iter_mut().zip(&slopes) {
                    *cell += a * b / sigma2;
                }
            }
        }
        let priors = x.iter().zip(self.prior).zip(self.prior_sd());
        for (i, ((row, d), ((x, m), s))) in matrix.iter_mut().zip(&mut down).zip(priors).enumerate() {
            *d -= (x - m) / (s * s);
            if let Some(cell) = row.get_mut(i) {
                *cell += 1.0 / (s * s);
            }
        }
        (matrix, down)
    }

    /// Damped steps downhill until none helps.
    fn settle(&self, mut x: Vec<f64>) -> Vec<f64> {
        let (mut cost, mut damping) = (self.cost(&x), 1e-3);
        for _ in 0..STEPS {
            let (mut matrix, down) = self.normal(&x, self.residual_variance(&x));
            for (i, row) in matrix.iter_mut().enumerate() {
                let cell = at(row, i);
                put(row, i, cell * (1.0 + damping));
            }
            let Some(root) = Cholesky::of(&matrix) else { return x };
            let mut next = x.clone();
            for (value, step) in next.iter_mut().zip(root.solve(&down)) {
                *value += step;
            }
            // a rate beyond these cannot be told from a jump or a line
            let bounded = at(&next, 2).clamp(-12.0, 3.0);
            put(&mut next, 2, bounded);
            let power = at(&next, 3).max(0.0);
            put(&mut next, 3, power);
            let after = self.cost(&next);
            if after < cost {
                let settled = cost - after < 1e-10;
                (x, cost, damping) = (next, after, damping / 3.0);
                if settled {
                    break;
                }
            } else if damping > 1e9 {
                break;
            } else {
                damping *= 4.0;
            }
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    #[test]
    fn noisy_rates_are_found_and_new_trials_fall_into_the_band() {
        let mut draws = Draws::new(8);
        let (series, mut inside, mut errors) = (200, 0, Vec::new());
        for _ in 0..series {
            let rate = 0.05 * (0.6 * draws.normal()).exp();
            let truth = |n: f64| 6.0 + 1.2 * (-rate * n).exp();
            let values: Vec<f64> = (0..80).map(|n| truth(f64::from(n)) + 0.2 * draws.normal()).collect();
            let curve = fit(&values, Form::Exponential).unwrap();
            let (mean, sd) = curve.at(90.0);
            let new = truth(90.0) + 0.2 * draws.normal();
            inside += usize::from((new - mean).abs() < crate::stats::Z80 * sd);
            errors.push((curve.rate / rate).ln().abs());
        }
        let share = inside as f64 / f64::from(series);
        let error = crate::stats::median(&mut errors).unwrap();
        println!("inside {share}, median error of ln rate {error}");
        assert!((0.75..0.87).contains(&share), "{share}");
        assert!(error < 0.25, "{error}");
    }

    #[test]
    fn an_apex_series_is_fitted_better_by_its_own_form() {
        let values: Vec<f64> = (0..100)
            .map(|n| 1.0 + 3.0 * (-0.02 * f64::from(n)).exp() * (f64::from(n) + 1.0).powf(-0.4))
            .collect();
        let (apex, plain) = (fit(&values, Form::Apex).unwrap(), fit(&values, Form::Exponential).unwrap());
        assert!(apex.sigma < 0.3 * plain.sigma, "{apex:?} {plain:?}");
        assert!((apex.power - 0.4).abs() < 0.05 && plain.power == 0.0);
    }

    #[test]
    fn bad_input_has_no_curve() {
        assert_eq!(fit(&[1.0; 50], Form::Apex), None);
        assert_eq!(fit(&[1.0, 2.0], Form::Exponential), None);
        let mut values: Vec<f64> = (0..20).map(f64::from).collect();
        assert!(fit(&values, Form::Apex).is_some());
        values[3] = f64::NAN;
        assert_eq!(fit(&values, Form::Exponential), None);
        assert_eq!((log_odds(0.0, 0.0), log_odds(3.0, 2.0), log_odds(f64::NAN, 2.0)), (None, None, None));
        assert_eq!(log_odds(1.0, 2.0), Some(0.0));
    }
}
