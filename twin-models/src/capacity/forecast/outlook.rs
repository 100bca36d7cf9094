//! The core of the forecast: a series with gaps, continued by the model that explains it best.
//!
//! A wandering level [durbin2012] against exponential smoothing with and without season [hyndman2008], by Akaike's
//! criterion for short series. Too short a series is its mean, drawn towards people in general.

use crate::capacity::ets::{Ets, Forecast, Smoothed};
use crate::capacity::local_level::LocalLevel;
use crate::special::lowest;
use crate::stats::{Z80, mean};
use std::f64::consts::TAU;

/// Values from which a model is fitted.
pub const MIN_VALUES: usize = 6;
/// Values whose mean is the first level.
const FIRST: usize = 4;
/// Parameters of a level model: share or drift, first level, variance.
const PARAMETERS: f64 = 3.0;

/// What a series is continued by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Its mean, drawn towards people in general.
    ShrunkMean,
    /// A level that wanders.
    LocalLevel,
    /// Exponential smoothing.
    Smoothing,
    /// Exponential smoothing with a season.
    Seasonal,
}

/// How a series goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The next values with their 80 % intervals, not yet cut at 0.
    pub values: Vec<Forecast>,
    /// By what.
    pub method: Method,
}

/// The next `horizon` values of a series, oldest first, `None` where missing; `None` without any value.
///
/// `people`: mean and spread in people in general, and the values they are worth. `period`: length of the season,
/// 0 for none.
///
/// ```
/// # use twin_models::capacity::forecast::outlook::{Method, outlook};
/// let short = outlook(&[Some(30.0), Some(26.0)], 2, (22.5, 7.5, 4.0), 0).unwrap();
/// assert_eq!(short.method, Method::ShrunkMean);
/// assert!((short.values[1].value - (4.0 * 22.5 + 56.0) / 6.0).abs() < 1e-9);
/// assert!(outlook(&[None; 9], 2, (22.5, 7.5, 4.0), 0).is_none());
/// ```
#[must_use]
pub fn outlook(
    values: &[Option<f64>],
    horizon: usize,
    people: (f64, f64, f64),
    period: usize,
) -> Option<Outlook> {
    let values: Vec<Option<f64>> = values.iter().map(|x| x.filter(|x| x.is_finite())).collect();
    let known: Vec<f64> = values.iter().copied().flatten().collect();
    let short = mean(&known).map(|_| shrunk(&known, horizon, people))?;
    if known.len() < MIN_VALUES {
        return Some(short);
    }
    let whole = known.len() == values.len();
    let level = mean(known.get(..FIRST)?)?;
    let mut tried: Vec<(f64, Outlook)> = local_level(&values, level, horizon).into_iter().collect();
    if whole {
        tried.extend(smoothing(&known, level, horizon));
        tried.extend(seasonal(&known, level, period, horizon));
    }
    let best = tried.into_iter().filter(|(aicc, _)| aicc.is_finite()).min_by(|a, b| a.0.total_cmp(&b.0));
    Some(best.map_or(short, |(_, outlook)| outlook))
}

fn shrunk(known: &[f64], horizon: usize, (usual, spread, worth): (f64, f64, f64)) -> Outlook {
    let total = worth + known.len() as f64;
    let value = (worth * usual + known.iter().sum::<f64>()) / total;
    let squares: f64 = known.iter().map(|x| (x - value).powi(2)).sum();
    let sd = ((worth * spread * spread + squares) / total * (1.0 + 1.0 / total)).sqrt();
    let each = Forecast { value, low: value - Z80 * sd, high: value + Z80 * sd };
    Outlook { values: vec![each; horizon], method: Method::ShrunkMean }
}

fn aicc(log_likelihood: f64, n: f64) -> f64 {
    let k = PARAMETERS;
    2.0 * k - 2.0 * log_likelihood + 2.0 * k * (k + 1.0) / (n - k - 1.0)
}

/// Variance of errors with the parameters that were fitted taken into account.
fn unbiased(n: f64, parameters: f64) -> f64 {
    n / (n - parameters).max(1.0)
}

fn local_level(values: &[Option<f64>], first: f64, horizon: usize) -> Option<(f64, Outlook)> {
    let n = values.iter().flatten().count() as f64;
    // with noise of variance 1 the scale follows from the errors
    let fit = |ln_drift: f64| -> Option<(f64, f64, f64, LocalLevel)> {
        let model = LocalLevel { noise: 1.0, drift: ln_drift.exp(), mean: first, variance: 0.0 };
        let levels = model.run(values)?;
        let (mut before, mut squares, mut logs) = ((first, 0.0), 0.0, 0.0);
        for (value, level) in values.iter().zip(&levels.filtered) {
            if let Some(value) = value {
                let spread = before.1 + model.noise;
                squares += (value - before.0).powi(2) / spread;
                logs += f64::ln(spread);
            }
            before = (level.mean, level.variance + model.drift);
        }
        let scale = squares / n;
        let log_likelihood = -0.5 * (n * ((TAU * scale).ln() + 1.0) + logs);
        (scale > 0.0).then_some((
            log_likelihood,
            scale,
            levels.next.variance,
            LocalLevel { mean: levels.next.mean, ..model },
        ))
    };
    let best = lowest(|x| fit(x).map_or(f64::INFINITY, |f| -f.0), -8.0, 3.0);
    let (log_likelihood, scale, variance, model) = fit(best)?;
    let scale = scale * unbiased(n, PARAMETERS);
    let at = |h: usize| {
        let reach = Z80 * (scale * (variance + h as f64 * model.drift + model.noise)).sqrt();
        Forecast { value: model.mean, low: model.mean - reach, high: model.mean + reach }
    };
    let values = (0..horizon).map(at).collect();
    Some((aicc(log_likelihood, n), Outlook { values, method: Method::LocalLevel }))
}

fn told(fitted: Smoothed, horizon: usize, method: Method) -> Option<(f64, Outlook)> {
    let (n, parameters) = (fitted.fitted.len() as f64, fitted.last.parameters() as f64);
    let aicc = fitted.aicc()?;
    let fitted = Smoothed { sigma2: fitted.sigma2 * unbiased(n, parameters), ..fitted };
    Some((aicc, Outlook { values: fitted.forecast(horizon), method }))
}

fn smoothing(values: &[f64], level: f64, horizon: usize) -> Option<(f64, Outlook)> {
    let model = |alpha| Ets { alpha, level, ..Ets::default() };
    let alpha = lowest(|a| model(a).run(values).map_or(f64::INFINITY, |s| s.sse), 0.001, 0.999);
    told(model(alpha).run(values)?, horizon, Method::Smoothing)
}

fn seasonal(values: &[f64], level: f64, period: usize, horizon: usize) -> Option<(f64, Outlook)> {
    if period < 2 || values.len() < 2 * period {
        return None;
    }
    // the first season from two of them, since one would take noise for season
    let start = values.get(..2 * period)?;
    let middle = mean(start)?;
    let (one, two) = start.split_at(period);
    let season: Vec<f64> = one.iter().zip(two).map(|(a, b)| 0.5 * (a + b) - middle).collect();
    let model = |alpha, gamma| Ets { alpha, gamma, level, season: season.clone(), ..Ets::default() };
    let tried = [0.0, 0.05, 0.1, 0.2, 0.4].into_iter().filter_map(|gamma| {
        let alpha = lowest(|a| model(a, gamma).run(values).map_or(f64::INFINITY, |s| s.sse), 0.001, 0.999);
        model(alpha, gamma).run(values)
    });
    told(tried.min_by(|a, b| a.sse.total_cmp(&b.sse))?, horizon, Method::Seasonal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Draws, median};

    const PEOPLE: (f64, f64, f64) = (22.5, 7.5, 4.0);

    #[test]
    fn a_season_is_found_and_a_gap_survived() {
        let mut draws = Draws::new(4);
        let days: Vec<Option<f64>> =
            (0..70).map(|i| Some(if i % 7 < 5 { 5.0 } else { 0.5 } + 0.3 * draws.normal())).collect();
        let found = outlook(&days, 7, PEOPLE, 7).unwrap();
        assert_eq!(found.method, Method::Seasonal);
        assert!(found.values[0].value > 4.0 && found.values[6].value < 1.5, "{found:?}");
        let mut gaps: Vec<Option<f64>> = (0..20).map(|_| Some(20.0 + draws.normal())).collect();
        (gaps[4], gaps[11], gaps[12]) = (None, Some(f64::NAN), None);
        let found = outlook(&gaps, 8, PEOPLE, 0).unwrap();
        assert_eq!(found.method, Method::LocalLevel);
        assert!((found.values[7].value - 20.0).abs() < 1.0 && found.values[0].low > 15.0);
    }

    #[test]
    fn intervals_hold_and_it_beats_the_median_where_the_level_moves() {
        let mut draws = Draws::new(9);
        let (mut inside, mut own, mut of_median, series) = (0, 0.0, 0.0, 300);
        for _ in 0..series {
            let mut level = 22.0 + 5.0 * draws.normal();
            let all: Vec<f64> = (0..34)
                .map(|_| {
                    level += 2.0 * draws.normal();
                    level + 2.5 * draws.normal()
                })
                .collect();
            let (past, future) = all.split_at(30);
            let past: Vec<Option<f64>> = past.iter().copied().map(Some).collect();
            let next = outlook(&past, 4, PEOPLE, 0).unwrap().values[3];
            inside += usize::from(next.low <= future[3] && future[3] <= next.high);
            own += (next.value - future[3]).abs();
            of_median += (median(&mut all[17..30].to_vec()).unwrap() - future[3]).abs();
        }
        let share = inside as f64 / f64::from(series);
        println!("holds {share:.2}; mean error {:.3} of the 13-week median's", own / of_median);
        assert!((0.73..0.87).contains(&share) && own < 0.95 * of_median, "{share} {own} {of_median}");
    }

    #[test]
    fn constant_and_strange_series_have_an_answer_or_none() {
        let same = outlook(&[Some(20.0); 30], 3, PEOPLE, 0).unwrap();
        assert_eq!((same.method, same.values.len()), (Method::ShrunkMean, 3));
        assert!((same.values[0].value - 20.0).abs() < 0.5);
        assert!(outlook(&[], 3, PEOPLE, 0).is_none());
        assert!(outlook(&[Some(f64::NAN), Some(f64::INFINITY)], 3, PEOPLE, 0).is_none());
        assert!(outlook(&[Some(1.0); 9], 0, PEOPLE, 7).unwrap().values.is_empty());
    }
}
