//! What the coming weeks hold and ask: focus hours, demand, and the probability that demand is more.
//!
//! How a series of weeks goes on is [`weekly`](super::weekly)'s; here are leave and holidays, few weeks, and what
//! demand does to capacity. [`team`]: the same for a team, by simulation.

mod few;
mod overload;
pub mod team;
#[cfg(test)]
mod tests;

use super::gated::part;
use super::weekly::{WeekForecast, weekly_forecast};
use crate::health::answer::finite;
use crate::stats::{Z80, mean};
use overload::{Spread, overload};
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "capacity_forecast";
/// Its version.
pub const VERSION: &str = "2";
/// Most weeks ahead.
pub const MAX_WEEKS: usize = 8;
/// Focus hours of a full week in people in general, their spread, and the weeks that they are worth. OWN: five days
/// of 4.5 ± 1.5 h.
pub const PEOPLE: (f64, f64, f64) = (22.5, 7.5, 4.0);
/// Weeks from which they are forecast from alone.
const MIN_VALUES: usize = 6;
/// Weeks of which less was open say nothing of a full one. OWN.
const MIN_OPEN: f64 = 0.2;
/// Growth a week from one point of learning velocity, and the most of it. OWN.
const GROWTH: (f64, f64) = (0.008, 0.01);
/// Most hours of a week.
const WEEK_H: f64 = 168.0;

/// What a series of weeks is continued by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Its mean, drawn towards people in general.
    ShrunkMean,
    /// Simple forecasts averaged by their past losses, as in [`weekly`](super::weekly).
    Average,
}

/// A week that is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastWeek {
    /// Focus hours that there were.
    pub capacity_h: Option<f64>,
    /// Hours of work that were asked for.
    pub demand_h: Option<f64>,
    /// Share of the usual working days that were no leave or holiday, 0..=1.
    pub open_share: f64,
}

/// A week to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComingWeek {
    /// Share of the usual working days that are no leave or holiday, 0..=1.
    pub open_share: f64,
    /// Hours of tasks already due in that week; demand is never less.
    pub committed_h: Option<f64>,
}

/// What is forecast from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastInput<'a> {
    /// Weeks that are over, oldest first, without holes.
    pub past: &'a [PastWeek],
    /// Weeks to come, the next one first; 1 to 8.
    pub coming: &'a [ComingWeek],
    /// Learning velocity, points of 100 a week; bounded to one percent of capacity a week.
    pub velocity: Option<f64>,
}

/// One week to come.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekOutlook {
    /// Focus hours; contributions add up to value − the person's usual full week.
    pub capacity: Estimate,
    /// Hours of work asked for; contributions as for capacity.
    pub demand: Estimate,
    /// Probability that demand is more than capacity.
    pub overload: Estimate,
}

/// The weeks to come.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityForecast {
    /// One entry for each week asked for.
    pub weeks: Vec<WeekOutlook>,
    /// By what capacity was forecast.
    pub capacity_by: Option<Method>,
    /// By what demand was forecast.
    pub demand_by: Option<Method>,
}

/// What the coming weeks hold and ask.
///
/// Values are medians: as likely more as less. Leave and holidays are known: past weeks are made full ones, coming
/// ones are cut. Below 6 usable weeks the answer is their mean drawn towards people in general, and provisional.
///
/// ```
/// # use twin_models::capacity::forecast::{ComingWeek, ForecastInput, PastWeek, capacity_forecast};
/// let past: Vec<_> = (0..12).map(|i| PastWeek {
///     capacity_h: Some(20.0 + f64::from(i % 3)), demand_h: Some(30.0 + f64::from(i % 2)), open_share: 1.0,
/// }).collect();
/// let coming = [1.0, 0.0].map(|open_share| ComingWeek { open_share, committed_h: None });
/// let weeks = capacity_forecast(&ForecastInput { past: &past, coming: &coming, velocity: None }).weeks;
/// assert!(weeks[0].overload.value.unwrap() > 0.9);
/// assert_eq!(weeks[1].capacity.value, Some(0.0));
/// ```
#[must_use]
pub fn capacity_forecast(input: &ForecastInput<'_>) -> CapacityForecast {
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let hours = |x: Option<f64>| x.is_none_or(|h| (0.0..=10_000.0).contains(&h));
    let sound = (1..=MAX_WEEKS).contains(&input.coming.len())
        && input.coming.iter().all(|w| share(w.open_share) && hours(w.committed_h))
        && input.past.iter().all(|w| share(w.open_share));
    if !sound {
        return refused(input.coming.len().clamp(1, MAX_WEEKS));
    }
    let full = |of: fn(&PastWeek) -> Option<f64>| -> Vec<Option<f64>> {
        let each = |w: &PastWeek| {
            let x = finite(of(w)).filter(|h| (0.0..=WEEK_H).contains(h))?;
            (w.open_share >= MIN_OPEN).then(|| x / w.open_share)
        };
        input.past.iter().map(each).collect()
    };
    let (capacity, demand) = (full(|w| w.capacity_h), full(|w| w.demand_h));
    let ahead = input.coming.len();
    let (capacity, demand) = (Series::of(&capacity, ahead), Series::of(&demand, ahead));
    let growth = finite(input.velocity).map_or(0.0, |v| (GROWTH.0 * v).clamp(-GROWTH.1, GROWTH.1));
    let weeks = input.coming.iter().enumerate().map(|(i, week)| {
        let learnt = (1.0 + growth).powf(i as f64 + 1.0);
        let (capacity, c) = capacity.week(i, week, learnt, "capacity", None);
        let (demand, d) = demand.week(i, week, 1.0, "demand", finite(week.committed_h));
        let overload = overload(&capacity, &demand, c.zip(d));
        WeekOutlook { capacity, demand, overload }
    });
    CapacityForecast { weeks: weeks.collect(), capacity_by: capacity.method(), demand_by: demand.method() }
}

fn refused(weeks: usize) -> CapacityForecast {
    let absent = |unit: &str, kind| {
        let gaps = vec!["not 1 to 8 weeks, or shares and hours that no week has".to_owned()];
        Estimate { kind, ..Estimate::absent(ID, VERSION, unit, EstimateStatus::OutOfRangeInput, gaps) }
    };
    let (capacity, overload) = (absent("h", EstimateKind::Quantity), absent("1", EstimateKind::Probability));
    let week = WeekOutlook { demand: capacity.clone(), capacity, overload };
    CapacityForecast { weeks: vec![week; weeks], capacity_by: None, demand_by: None }
}

/// A series of full weeks and how it goes on.
struct Series {
    usual: f64,
    known: usize,
    given: usize,
    ahead: Vec<WeekForecast>,
}

impl Series {
    fn of(values: &[Option<f64>], ahead: usize) -> Self {
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        let usual = mean(&known).unwrap_or(0.0);
        let ahead = match known.len() {
            0 => Vec::new(),
            n if n < MIN_VALUES => vec![few::shrunk(&known, PEOPLE); ahead],
            _ => weekly_forecast(values, ahead).unwrap_or_default(),
        };
        Self { usual, known: known.len(), given: values.len(), ahead }
    }

    fn method(&self) -> Option<Method> {
        let few = self.known < MIN_VALUES;
        (!self.ahead.is_empty()).then_some(if few { Method::ShrunkMean } else { Method::Average })
    }

    /// The estimate of one week to come, and its middle and spreads.
    fn week(
        &self,
        at: usize,
        week: &ComingWeek,
        learnt: f64,
        name: &str,
        at_least: Option<f64>,
    ) -> (Estimate, Option<Spread>) {
        let absent = |gaps| Estimate::absent(ID, VERSION, "h", EstimateStatus::InsufficientData, gaps);
        let Some(next) = self.ahead.get(at) else {
            return (absent(vec![format!("no week with {name} is known")]), None);
        };
        let scale = week.open_share * learnt;
        let cut = |x: f64| (x * scale).clamp(0.0, WEEK_H).max(at_least.unwrap_or(0.0));
        let (value, full) = (cut(next.median), next.median);
        let level = full - next.season;
        let mut contributions = vec![
            part("level", level - self.usual, Some(self.usual), Some(level), "h"),
            part("season", next.season, None, None, "h"),
            part("leave and holidays", full * (week.open_share - 1.0), Some(1.0), Some(week.open_share), "1"),
            part("learning", full * week.open_share * (learnt - 1.0), Some(1.0), Some(learnt), "1"),
        ];
        let told: f64 = self.usual + contributions.iter().map(|c| c.amount).sum::<f64>();
        contributions.push(part("already committed", value - told, None, at_least, "h"));
        contributions.retain(|c| c.amount.abs() > 1e-12);
        let shrunk = self.known < MIN_VALUES;
        let mut gaps = Vec::new();
        if shrunk {
            gaps.push(format!("{} of 6 weeks with {name}: drawn towards people in general", self.known));
        }
        if self.known < self.given {
            gaps.push(format!("{} weeks without {name}", self.given - self.known));
        }
        let n = self.known as f64;
        let prior_share = if shrunk { PEOPLE.2 / (PEOPLE.2 + n) } else { 0.0 };
        let (low, high) = (cut(next.low), cut(next.high));
        let sd = (high - low) / (2.0 * Z80);
        let estimate = Estimate {
            value: Some(value),
            low: Some(low),
            high: Some(high),
            // a spread as wide as that of people in general is no knowledge
            confidence: (1.0 - sd / (sd + PEOPLE.1)).clamp(0.0, 1.0) * (1.0 - prior_share),
            status: if shrunk { EstimateStatus::Provisional } else { EstimateStatus::Ok },
            n_effective: n,
            prior_share,
            coverage: n / self.given.max(1) as f64,
            contributions,
            ..absent(gaps)
        };
        // what is committed already may still become more
        let above = (next.high - next.median) * scale / Z80;
        let spread = Spread::of(&estimate).map(|spread| Spread { above: above.max(spread.above), ..spread });
        (estimate, spread)
    }
}
