//! Exponential smoothing with additive errors: level, trend (damped or not) and season [hyndman2008].

use crate::stats::Z80;
use std::collections::VecDeque;

/// Parameters and first states. Without trend `beta`, `phi` and `trend` are 0; without season `gamma` is 0 and
/// `season` empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ets {
    /// Share of an error that moves the level.
    pub alpha: f64,
    /// Share that moves the trend.
    pub beta: f64,
    /// Share that moves the season.
    pub gamma: f64,
    /// What is left of the trend a step later; 1 is undamped.
    pub phi: f64,
    /// First level.
    pub level: f64,
    /// First trend, a step.
    pub trend: f64,
    /// First season, the place of the first value first.
    pub season: Vec<f64>,
}

/// What a model says of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothed {
    /// One step ahead, before each value.
    pub fitted: Vec<f64>,
    /// Sum of squared errors.
    pub sse: f64,
    /// Variance of an error.
    pub sigma2: f64,
    /// Log-likelihood.
    pub log_likelihood: f64,
    /// The model with its states after the last value.
    pub last: Ets,
}

/// A forecast and its 80 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Expected value.
    pub value: f64,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

impl Ets {
    /// One step: what was expected, then the states moved by the value. Without a value they only move on.
    fn step(&self, state: &mut State, value: Option<f64>) -> f64 {
        let season = state.season.pop_front();
        let carried = self.phi * state.trend;
        let expected = state.level + carried + season.unwrap_or(0.0);
        let error = value.map_or(0.0, |value| value - expected);
        state.level += carried + self.alpha * error;
        state.trend = carried + self.beta * error;
        if let Some(season) = season {
            state.season.push_back(season + self.gamma * error);
        }
        expected
    }

    fn state(&self) -> State {
        State { level: self.level, trend: self.trend, season: self.season.iter().copied().collect() }
    }

    /// Runs over a series, oldest first. `None` without values, for values or parameters that are not finite, or
    /// where the model explains the series without any error.
    ///
    /// ```
    /// # use twin_models::capacity::ets::Ets;
    /// let model = Ets { alpha: 0.5, level: 10.0, ..Ets::default() };
    /// let smoothed = model.run(&[12.0, 9.0]).unwrap();
    /// assert_eq!(smoothed.fitted, [10.0, 11.0]);
    /// assert_eq!((smoothed.sse, smoothed.last.level), (8.0, 10.0));
    /// ```
    #[must_use]
    pub fn run(&self, values: &[f64]) -> Option<Smoothed> {
        let mut state = self.state();
        let fitted: Vec<f64> = values.iter().map(|value| self.step(&mut state, Some(*value))).collect();
        let sse: f64 = values.iter().zip(&fitted).map(|(y, f)| (y - f).powi(2)).sum();
        let n = values.len() as f64;
        let sigma2 = sse / n;
        if !sse.is_finite() || sse <= 0.0 {
            return None;
        }
        let last = Self {
            level: state.level,
            trend: state.trend,
            season: state.season.into_iter().collect(),
            ..self.clone()
        };
        let log_likelihood = -0.5 * n * ((std::f64::consts::TAU * sigma2).ln() + 1.0);
        Some(Smoothed { fitted, sse, sigma2, log_likelihood, last })
    }

    /// Free parameters with first states and the variance of errors.
    #[must_use]
    pub fn parameters(&self) -> usize {
        let trend = if self.phi == 0.0 { 0 } else { 2 + usize::from(self.phi < 1.0) };
        let season = if self.season.is_empty() { 0 } else { 1 + self.season.len() };
        3 + trend + season
    }
}

struct State {
    level: f64,
    trend: f64,
    season: VecDeque<f64>,
}

impl Smoothed {
    /// Akaike's criterion, lower is better.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * self.last.parameters() as f64 - 2.0 * self.log_likelihood
    }

    /// Akaike's criterion for short series; `None` where there are too few values for the parameters.
    #[must_use]
    pub fn aicc(&self) -> Option<f64> {
        let (n, k) = (self.fitted.len() as f64, self.last.parameters() as f64);
        (n > k + 1.0).then(|| self.aic() + 2.0 * k * (k + 1.0) / (n - k - 1.0))
    }

    /// The next values with their 80 % intervals.
    #[must_use]
    pub fn forecast(&self, steps: usize) -> Vec<Forecast> {
        let model = &self.last;
        let mut state = model.state();
        let period = model.season.len();
        let (mut variance, mut damped, mut power) = (1.0, 0.0, 1.0);
        (1..=steps)
            .map(|h| {
                let value = model.step(&mut state, None);
                let reach = Z80 * (self.sigma2 * variance).sqrt();
                // what an error of this step will still move one step later
                power *= model.phi;
                damped += power;
                let season = if period > 0 && h % period == 0 { model.gamma } else { 0.0 };
                variance += (model.alpha + model.beta * damped + season).powi(2);
                Forecast { value, low: value - reach, high: value + reach }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_grows_with_the_horizon() {
        let model = Ets { alpha: 0.3, beta: 0.1, phi: 0.9, level: 5.0, trend: 1.0, ..Ets::default() };
        let smoothed = model.run(&[6.0, 7.5, 8.0, 9.9]).unwrap();
        let forecast = smoothed.forecast(20);
        assert!(forecast.is_sorted_by(|a, b| a.high - a.low < b.high - b.low));
        assert_eq!(model.parameters(), 6);
    }

    #[test]
    fn a_season_comes_back() {
        let model = Ets { alpha: 0.1, season: vec![1.0, -1.0], level: 3.0, ..Ets::default() };
        let smoothed = model.run(&[4.1, 2.1, 4.0]).unwrap();
        let forecast = smoothed.forecast(3);
        assert!(forecast[1].value - forecast[0].value > 1.9 && forecast[0].value - forecast[2].value < 1e-9);
    }

    #[test]
    fn bad_input_has_no_answer() {
        let model = Ets { alpha: 0.5, ..Ets::default() };
        assert_eq!(model.run(&[]), None);
        assert_eq!(model.run(&[f64::NAN, 1.0]), None);
        assert_eq!(model.run(&[0.0, 0.0]), None);
        assert_eq!(Ets { level: f64::INFINITY, ..model }.run(&[1.0]), None);
        let short = Ets { alpha: 0.5, ..Ets::default() }.run(&[1.0, 2.0]).unwrap();
        assert_eq!(short.aicc(), None);
    }
}
