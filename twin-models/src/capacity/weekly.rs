//! Hours finished in the coming weeks, from those of the past: simple forecasts averaged by how well each did
//! lately [bates1969], and the spread of the errors that were made [gibbs2021].

mod simple;

use simple::{FORECASTS, expected, simple};
use std::collections::VecDeque;
use twin_core::sort::OrderBy;

/// Weeks ahead at most.
pub const MAX_HORIZON: usize = 8;
/// Known weeks from which there is a forecast; a gate above may ask for more.
pub const MIN_WEEKS: usize = 3;
/// Weeks that are looked back on. OWN.
const MEMORY: usize = 156;
/// A loss counts half after this many weeks. OWN.
const LOSS_HALF_LIFE: f64 = 100.0;
/// How strongly the average prefers what lost less: weights are `loss^−PREFERENCE`. Like the next two chosen on
/// simulated weeks and story points. OWN.
const PREFERENCE: f64 = 20.0;
/// Weeks that the losses count that are expected before any is known, so that few weeks decide little. OWN.
const LOSS_WORTH: f64 = 26.0;
/// An error counts half after this many weeks. OWN.
const ERROR_HALF_LIFE: f64 = 52.0;
/// Errors below which the spread of the weeks themselves stands in. OWN.
const MIN_ERRORS: usize = 8;
/// Step of the adaptive share of weeks outside the interval. OWN.
const ADAPT: f64 = 0.02;
/// Share of weeks outside an interval of 80 %.
const OUTSIDE: f64 = 0.2;

/// A week to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekForecast {
    /// Middle forecast: as likely more as less, at least 0.
    pub median: f64,
    /// Expected value, at least 0; what sums over weeks and people are made of.
    pub mean: f64,
    /// Low end of the 80 % interval, at least 0.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// The next weeks, oldest first, `None` where a week is not known (leave, no record); a week without anything
/// finished is `Some(0.0)`. Values below 0 or not finite count as not known.
///
/// `None` below [`MIN_WEEKS`] known weeks or for a horizon beyond 1..=[`MAX_HORIZON`].
///
/// ```
/// # use twin_models::capacity::weekly::weekly_forecast;
/// let weeks: Vec<_> = (0..40).map(|i| Some(f64::from(20 + i % 5))).collect();
/// let next = weekly_forecast(&weeks, 2).unwrap();
/// assert!((21.0..23.0).contains(&next[1].median) && next[1].low < 21.0 && next[1].high > 23.0);
/// assert_eq!(weekly_forecast(&weeks[..2], 1), None);
/// ```
#[must_use]
pub fn weekly_forecast(weeks: &[Option<f64>], horizon: usize) -> Option<Vec<WeekForecast>> {
    let mut forecaster = Weekly::default();
    for week in weeks.iter().skip(weeks.len().saturating_sub(2 * MEMORY)) {
        forecaster.observe(*week);
    }
    forecaster.forecast(horizon)
}

/// The forecast of a series that goes on: week by week, the same as over the whole series at once.
#[derive(Clone, Debug, Default)]
pub struct Weekly {
    weeks: VecDeque<Option<f64>>,
    /// What was said in the last weeks, the newest last.
    said: VecDeque<Option<Said>>,
    horizons: [Horizon; MAX_HORIZON],
}

#[derive(Clone, Debug)]
struct Said {
    each: [f64; FORECASTS],
    ahead: [WeekForecast; MAX_HORIZON],
}

/// What is learnt about forecasts of one distance.
#[derive(Clone, Debug)]
struct Horizon {
    losses: [f64; FORECASTS],
    weight: f64,
    /// Errors of the median, the newest last.
    errors: VecDeque<f64>,
    outside: f64,
}

impl Default for Horizon {
    fn default() -> Self {
        Self { losses: [0.0; FORECASTS], weight: 0.0, errors: VecDeque::new(), outside: OUTSIDE }
    }
}

impl Weekly {
    /// Takes in the next week.
    pub fn observe(&mut self, week: Option<f64>) {
        let week = week.filter(|hours| hours.is_finite() && *hours >= 0.0);
        if let Some(hours) = week {
            // what was said a week ago was one week ahead, and so on
            for (i, (horizon, said)) in self.horizons.iter_mut().zip(self.said.iter().rev()).enumerate() {
                if let Some((said, ahead)) = said.as_ref().and_then(|s| Some((s, s.ahead.get(i)?))) {
                    horizon.learn(&said.each, ahead, hours);
                }
            }
        }
        self.weeks.push_back(week);
        keep(&mut self.weeks, MEMORY);
        self.said.push_back(self.say());
        keep(&mut self.said, MAX_HORIZON);
    }

    /// The next weeks; `None` as for [`weekly_forecast`].
    #[must_use]
    pub fn forecast(&self, horizon: usize) -> Option<Vec<WeekForecast>> {
        let ahead = &self.said.back()?.as_ref()?.ahead;
        (horizon > 0).then(|| ahead.get(..horizon).map(<[_]>::to_vec))?
    }

    fn say(&self) -> Option<Said> {
        // age in weeks and hours, the newest first
        let known: Vec<(f64, f64)> = self
            .weeks
            .iter()
            .rev()
            .enumerate()
            .filter_map(|(age, week)| Some((age as f64, (*week)?)))
            .collect();
        if known.len() < MIN_WEEKS {
            return None;
        }
        let each = simple(&known);
        let hours: Vec<f64> = known.iter().map(|k| k.1).collect();
        let expected = expected(&hours);
        Some(Said { ahead: std::array::from_fn(|i| self.week(i, &each, &expected, &hours)), each })
    }

    fn week(
        &self,
        i: usize,
        each: &[f64; FORECASTS],
        expected: &[f64; FORECASTS],
        hours: &[f64],
    ) -> WeekForecast {
        let new = Horizon::default();
        let horizon = self.horizons.get(i).unwrap_or(&new);
        let median = horizon.average(each, expected);
        let outside = 0.5 * horizon.outside;
        if horizon.errors.len() < MIN_ERRORS {
            let errors: Vec<f64> = hours.iter().map(|h| h - median).collect();
            let mean = errors.iter().sum::<f64>() / errors.len() as f64;
            let all: Vec<(f64, f64)> = errors.into_iter().map(|e| (e, 1.0)).collect();
            return around(median, mean, &all, outside);
        }
        let decayed: Vec<(f64, f64)> = horizon
            .errors
            .iter()
            .rev()
            .enumerate()
            .map(|(age, error)| (*error, (-(age as f64) / ERROR_HALF_LIFE).exp2()))
            .collect();
        let weight: f64 = decayed.iter().map(|e| e.1).sum();
        around(median, decayed.iter().map(|(e, w)| e * w).sum::<f64>() / weight, &decayed, outside)
    }
}

/// A forecast from its middle, the mean error, and weighted errors of which a share lies outside on either side.
fn around(median: f64, mean: f64, errors: &[(f64, f64)], outside: f64) -> WeekForecast {
    let mut up = errors.to_vec();
    up.order_by(|a, b| a.0.total_cmp(&b.0));
    let down: Vec<(f64, f64)> = up.iter().rev().map(|(e, w)| (-e, *w)).collect();
    WeekForecast {
        median: median.max(0.0),
        mean: (median + mean).max(0.0),
        low: (median - reach(&down, 1.0 - outside)).max(0.0).min(median.max(0.0)),
        high: (median + reach(&up, 1.0 - outside)).max(median),
    }
}

/// The error that a share of errors stays below, one more error counted as beyond all [vovk2005].
fn reach(sorted: &[(f64, f64)], share: f64) -> f64 {
    let needed = share * (sorted.iter().map(|e| e.1).sum::<f64>() + 1.0);
    let mut sum = 0.0;
    let found = sorted.iter().find(|(_, weight)| {
        sum += weight;
        sum >= needed
    });
    found.or(sorted.last()).map_or(0.0, |e| e.0)
}

impl Horizon {
    fn learn(&mut self, each: &[f64; FORECASTS], said: &WeekForecast, hours: f64) {
        let keep_share = (-1.0 / LOSS_HALF_LIFE).exp2();
        for (loss, forecast) in self.losses.iter_mut().zip(each) {
            *loss = keep_share * *loss + (forecast - hours).abs();
        }
        self.weight = keep_share * self.weight + 1.0;
        self.errors.push_back(hours - said.median);
        keep(&mut self.errors, MEMORY);
        let missed = if (said.low..=said.high).contains(&hours) { 0.0 } else { 1.0 };
        self.outside = (self.outside + ADAPT * (OUTSIDE - missed)).clamp(0.02, 0.6);
    }

    /// The simple forecasts, those that lost less weighing more; `expected` is what they lose beside each other
    /// before anything is known.
    fn average(&self, each: &[f64; FORECASTS], expected: &[f64; FORECASTS]) -> f64 {
        let usual = self.losses.iter().sum::<f64>() / FORECASTS as f64 / self.weight.max(1.0);
        let worth = LOSS_WORTH * if usual > 0.0 { usual } else { 1.0 };
        let losses: Vec<f64> = self.losses.iter().zip(expected).map(|(loss, e)| loss + worth * e).collect();
        let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
        let weights: Vec<f64> = losses.iter().map(|loss| (least / loss).powf(PREFERENCE)).collect();
        each.iter().zip(&weights).map(|(x, w)| x * w).sum::<f64>() / weights.iter().sum::<f64>()
    }
}

fn keep<T>(values: &mut VecDeque<T>, most: usize) {
    while values.len() > most {
        values.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn four_of_five_weeks_fall_into_the_interval() {
        let mut noise = Noise::of(2, [0, 0, 0]);
        for lumpy in [false, true] {
            let (mut inside, mut n) = (0.0, 0.0);
            for _ in 0..20 {
                let mut series = Weekly::default();
                for week in 0..120 {
                    let size = (2.5 + 0.8 * noise.normal()).exp();
                    let hours = match lumpy {
                        true if noise.unit() < 0.35 => 0.0,
                        true => size,
                        false => (20.0 + 5.0 * noise.normal()).max(0.0),
                    };
                    if let Some(next) = series.forecast(1).filter(|_| week > 20) {
                        inside += f64::from(u8::from((next[0].low..=next[0].high).contains(&hours)));
                        n += 1.0;
                    }
                    series.observe(Some(hours));
                }
            }
            let share = inside / n;
            assert!((0.77..0.85).contains(&share), "{lumpy} {share}");
        }
    }

    #[test]
    fn follows_a_level_that_changes_and_ignores_one_odd_week() {
        let mut weeks = vec![Some(10.0); 30];
        weeks.push(Some(300.0));
        assert!((weekly_forecast(&weeks, 1).unwrap()[0].median - 10.0).abs() < 5.0);
        weeks.extend(vec![Some(30.0); 20]);
        let next = weekly_forecast(&weeks, 8).unwrap();
        assert_eq!(next.len(), 8);
        assert!(next.iter().all(|w| (w.median - 30.0).abs() < 3.0), "{next:?}");
    }

    #[test]
    fn a_series_that_goes_on_says_the_same() {
        let weeks: Vec<Option<f64>> = (0..60).map(|i| (i % 9 != 4).then(|| f64::from(i * 7 % 13))).collect();
        let mut series = Weekly::default();
        weeks.iter().for_each(|week| series.observe(*week));
        assert_eq!(series.forecast(3), weekly_forecast(&weeks, 3));
    }

    #[test]
    fn bad_input_has_no_answer_or_counts_as_unknown() {
        assert_eq!(weekly_forecast(&[], 1), None);
        assert_eq!(weekly_forecast(&[None; 50], 1), None);
        assert_eq!(weekly_forecast(&[Some(1.0); 9], 0), None);
        assert_eq!(weekly_forecast(&[Some(1.0); 9], MAX_HORIZON + 1), None);
        let constant = weekly_forecast(&[Some(5.0); 40], 1).unwrap()[0];
        assert!((constant.median - 5.0).abs() < 1e-9 && constant.low <= 5.0 && constant.high >= 5.0);
        let mut weeks = vec![Some(4.0); 20];
        weeks.extend([Some(f64::NAN), Some(f64::INFINITY), Some(-3.0)]);
        let next = weekly_forecast(&weeks, 8).unwrap();
        assert!(next.iter().all(|w| (w.median - 4.0).abs() < 1e-9 && w.high.is_finite()));
        let zero = weekly_forecast(&[Some(0.0); 40], 1).unwrap()[0];
        assert_eq!((zero.median, zero.low, zero.high), (0.0, 0.0, 0.0));
    }
}
