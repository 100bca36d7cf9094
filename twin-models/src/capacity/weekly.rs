//! Hours of the coming weeks from those of the past: simple forecasts averaged by how well each did lately
//! [bates1969], the median of 13 weeks with a head start, and the spread of the errors that were made [gibbs2021].

mod experts;
#[cfg(test)]
mod tests;

use experts::{EXPECTED, EXPERTS, SEASON, Sayings, experts};
use std::collections::VecDeque;
use twin_core::sort::OrderBy as _;

/// Weeks ahead at most.
pub const MAX_HORIZON: usize = 8;
/// Known weeks from which there is a forecast; a gate above may ask for more.
pub const MIN_WEEKS: usize = 3;
/// Most hours of a week that are believed; what a whole company works is less.
const MOST: f64 = 1e9;
/// Weeks that are looked back on. OWN.
const MEMORY: usize = 156;
/// A loss counts half after this many weeks. OWN.
const LOSS_HALF_LIFE: f64 = 100.0;
/// How strongly the average prefers what lost less: weights are `loss^−PREFERENCE`. Like the next chosen on series of
/// the evaluation `capacity_weekly`. OWN.
const PREFERENCE: f64 = 20.0;
/// Weeks that the losses count that are expected before any is known, so that few weeks decide little. OWN.
const LOSS_WORTH: f64 = 8.0;
/// Share of the weight at either end of the experts that the average leaves out. OWN.
const TRIM: f64 = 0.05;
/// An error counts half after this many weeks. OWN.
const ERROR_HALF_LIFE: f64 = 52.0;
/// Errors below which the spread of the weeks themselves stands in. OWN.
const MIN_ERRORS: usize = 8;
/// Step of the adaptive share of weeks outside the interval. OWN.
const ADAPT: f64 = 0.04;
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
    /// What the same week of last year adds to the middle forecast.
    pub season: f64,
}

/// The next weeks, oldest first, `None` where a week is not known (leave, no record); a week without anything
/// finished is `Some(0.0)`. Values below 0, above 10⁹ or not finite count as not known.
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
    each: Sayings,
    ahead: [WeekForecast; MAX_HORIZON],
}

/// What is learnt about forecasts of one distance.
#[derive(Clone, Debug)]
struct Horizon {
    losses: [f64; EXPERTS],
    weight: f64,
    /// Errors of the median, the newest last.
    errors: VecDeque<f64>,
    outside: f64,
}

impl Default for Horizon {
    fn default() -> Self {
        Self { losses: [0.0; EXPERTS], weight: 0.0, errors: VecDeque::new(), outside: OUTSIDE }
    }
}

impl Weekly {
    /// Takes in the next week.
    pub fn observe(&mut self, week: Option<f64>) {
        let week = week.filter(|hours| (0.0..=MOST).contains(hours));
        if let Some(hours) = week {
            // what was said a week ago was one week ahead, and so on
            for (i, (horizon, said)) in self.horizons.iter_mut().zip(self.said.iter().rev()).enumerate() {
                if let Some((each, said)) = said.as_ref().and_then(|s| s.each.get(i).zip(s.ahead.get(i))) {
                    horizon.learn(each, said, hours);
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
        let known: Vec<(usize, f64)> =
            self.weeks.iter().rev().enumerate().filter_map(|(age, week)| Some((age, (*week)?))).collect();
        if known.len() < MIN_WEEKS {
            return None;
        }
        let each = experts(&known);
        let hours: Vec<f64> = known.iter().map(|k| k.1).collect();
        let mut ahead = self.horizons.iter().zip(&each).map(|(horizon, each)| horizon.say(each, &hours));
        let nothing = WeekForecast { median: 0.0, mean: 0.0, low: 0.0, high: 0.0, season: 0.0 };
        Some(Said { ahead: std::array::from_fn(|_| ahead.next().unwrap_or(nothing)), each })
    }
}

impl Horizon {
    fn say(&self, each: &[f64; EXPERTS], hours: &[f64]) -> WeekForecast {
        let (median, season) = self.average(each);
        let outside = 0.5 * self.outside;
        if self.errors.len() < MIN_ERRORS {
            let errors: Vec<f64> = hours.iter().map(|h| h - median).collect();
            let mean = errors.iter().sum::<f64>() / errors.len() as f64;
            let all: Vec<(f64, f64)> = errors.into_iter().map(|e| (e, 1.0)).collect();
            return WeekForecast { season, ..around(median, mean, &all, outside) };
        }
        let decayed: Vec<(f64, f64)> = self
            .errors
            .iter()
            .rev()
            .enumerate()
            .map(|(age, error)| (*error, (-(age as f64) / ERROR_HALF_LIFE).exp2()))
            .collect();
        let weight: f64 = decayed.iter().map(|e| e.1).sum();
        let mean = decayed.iter().map(|(e, w)| e * w).sum::<f64>() / weight;
        WeekForecast { season, ..around(median, mean, &decayed, outside) }
    }

    fn learn(&mut self, each: &[f64; EXPERTS], said: &WeekForecast, hours: f64) {
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

    /// The experts, those that lost less weighing more, and what of it the season adds.
    fn average(&self, each: &[f64; EXPERTS]) -> (f64, f64) {
        let usual = self.losses.iter().sum::<f64>() / EXPERTS as f64 / self.weight.max(1.0);
        let worth = LOSS_WORTH * if usual > 0.0 { usual } else { 1.0 };
        let losses: Vec<f64> = self.losses.iter().zip(EXPECTED).map(|(loss, e)| loss + worth * e).collect();
        let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
        let weights: Vec<f64> = losses.iter().map(|loss| (least / loss).powf(PREFERENCE)).collect();
        let mut pairs: Vec<(f64, f64)> = each.iter().copied().zip(weights).collect();
        let all = middle_mean(&mut pairs.clone());
        pairs.truncate(SEASON);
        let level = middle_mean(&mut pairs);
        if level.is_finite() { (all, all - level) } else { (all, 0.0) }
    }
}

/// The weighted mean of values without the outermost shares of weight; `NaN` without weight.
fn middle_mean(values: &mut [(f64, f64)]) -> f64 {
    values.order_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = values.iter().map(|v| v.1).sum();
    let (low, high) = (TRIM * whole, (1.0 - TRIM) * whole);
    let (mut passed, mut sum) = (0.0_f64, 0.0);
    for (value, weight) in values.iter() {
        let inside = (passed + weight).min(high) - passed.max(low);
        sum += inside.max(0.0) * value;
        passed += weight;
    }
    sum / (high - low)
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
        season: 0.0,
    }
}

/// The error that a share of errors stays below, one more error counted as beyond all [vovk2005]; between two errors in
/// parts, so that few of them do not reach too far.
fn reach(sorted: &[(f64, f64)], share: f64) -> f64 {
    let needed = share * (sorted.iter().map(|e| e.1).sum::<f64>() + 1.0);
    let (mut sum, mut before) = (0.0, None);
    for (error, weight) in sorted {
        if sum + weight >= needed {
            let part = (needed - sum) / weight;
            return before.map_or(*error, |before| before + part * (error - before));
        }
        sum += weight;
        before = Some(*error);
    }
    before.unwrap_or(0.0)
}

fn keep<T>(values: &mut VecDeque<T>, most: usize) {
    while values.len() > most {
        values.pop_front();
    }
}
