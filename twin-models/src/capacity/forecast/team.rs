//! What the coming weeks hold and ask of a team: its people's forecasts added up by simulation.

use super::overload::Spread;
use super::{CapacityForecast, ID, VERSION, WeekOutlook};
use crate::noise::Noise;
use crate::stats::{Z80, quantile};
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// People below which nothing is told: a sum of fewer would tell of one.
pub const MIN_PEOPLE: usize = 5;
/// Draws.
pub const DRAWS: u64 = 512;
/// Share of the variance that all people of a team have in common. OWN.
const SHARED: f64 = 0.2;

/// The team's weeks, as many as the shortest of its people's forecasts has.
///
/// People without an answer are left out and told as a gap; below five others all is masked. Overload is that of
/// the whole team, as if work could be passed on freely.
///
/// ```
/// # use twin_models::capacity::forecast::{ComingWeek, ForecastInput, PastWeek, capacity_forecast, team::team_forecast};
/// # use twin_core::estimate::EstimateStatus;
/// let past = [20.0, 22.0, 19.0, 21.0, 20.0, 23.0, 21.0].map(|h| PastWeek {
///     capacity_h: Some(h), demand_h: Some(h - 8.0), open_share: 1.0,
/// });
/// let coming = [ComingWeek { open_share: 1.0, committed_h: None }];
/// let one = capacity_forecast(&ForecastInput { past: &past, coming: &coming, velocity: None });
/// let team = team_forecast(&vec![one.clone(); 6], 1);
/// assert!((team[0].capacity.value.unwrap() - 6.0 * one.weeks[0].capacity.value.unwrap()).abs() < 3.0);
/// assert_eq!(team_forecast(&vec![one; 4], 1)[0].capacity.status, EstimateStatus::Masked);
/// ```
#[must_use]
pub fn team_forecast(people: &[CapacityForecast], seed: u64) -> Vec<WeekOutlook> {
    let weeks = people.iter().map(|p| p.weeks.len()).filter(|n| *n > 0).min().unwrap_or(0);
    (0..weeks).map(|week| of_week(people, week, seed)).collect()
}

fn of_week(people: &[CapacityForecast], week: usize, seed: u64) -> WeekOutlook {
    let all: Vec<&WeekOutlook> = people.iter().filter_map(|p| p.weeks.get(week)).collect();
    let known: Vec<(Spread, Spread)> =
        all.iter().filter_map(|w| Spread::of(&w.capacity).zip(Spread::of(&w.demand))).collect();
    let absent = |unit: &str, kind| {
        let gaps = vec!["fewer than five people with a forecast".to_owned()];
        Estimate { kind, ..Estimate::absent(ID, VERSION, unit, EstimateStatus::Masked, gaps) }
    };
    let (hours, chance) = (absent("h", EstimateKind::Quantity), absent("1", EstimateKind::Probability));
    if known.len() < MIN_PEOPLE {
        return WeekOutlook { capacity: hours.clone(), demand: hours, overload: chance };
    }
    let drawn = (0..DRAWS).map(|draw| {
        let mut common = Noise::of(seed, [week as u64, draw, 0]);
        let (c_common, d_common) = (common.normal(), common.normal());
        let (mut capacity, mut demand) = (0.0, 0.0);
        for (one, (c, d)) in (1..).zip(&known) {
            let mut own = Noise::of(seed, [week as u64, draw, one]);
            let mut at = |spread: &Spread, common: f64| {
                spread.at(SHARED.sqrt() * common + (1.0 - SHARED).sqrt() * own.normal()).max(0.0)
            };
            capacity += at(c, c_common);
            demand += at(d, d_common);
        }
        (capacity, demand)
    });
    let (mut capacity, mut demand): (Vec<f64>, Vec<f64>) = drawn.unzip();
    let over = capacity.iter().zip(&demand).filter(|(c, d)| d > c).count() as f64;
    let n = DRAWS as f64;
    // the error of the simulation, with a draw on each side so that none and all are never certain
    let p = (over + 1.0) / (n + 2.0);
    let reach = Z80 * (p * (1.0 - p) / n).sqrt();
    let missing = people.len() - known.len();
    let gaps = if missing > 0 { vec![format!("{missing} people without a forecast")] } else { Vec::new() };
    let mean =
        |of: &dyn Fn(&WeekOutlook) -> f64| all.iter().map(|w| of(w)).sum::<f64>() / all.len().max(1) as f64;
    let provisional = all.iter().any(|w| {
        w.capacity.status == EstimateStatus::Provisional || w.demand.status == EstimateStatus::Provisional
    });
    let told = |into: Estimate, value: Option<f64>, low: Option<f64>, high: Option<f64>| Estimate {
        value,
        low,
        high,
        confidence: mean(&|w| w.overload.confidence),
        status: if provisional { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: known.len() as f64,
        prior_share: mean(&|w| w.overload.prior_share),
        coverage: known.len() as f64 / people.len().max(1) as f64,
        gaps: gaps.clone(),
        ..into
    };
    let summed = |values: &mut [f64]| {
        let (low, middle, high) = (quantile(values, 0.1), quantile(values, 0.5), quantile(values, 0.9));
        told(hours.clone(), middle, low, high)
    };
    WeekOutlook {
        capacity: summed(&mut capacity),
        demand: summed(&mut demand),
        overload: told(
            chance,
            Some(over / n),
            Some((p - reach).clamp(0.0, over / n)),
            Some((p + reach).clamp(over / n, 1.0)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ComingWeek, ForecastInput, PastWeek, capacity_forecast};
    use super::*;

    fn person(capacity: f64, demand: f64, weeks: u32) -> CapacityForecast {
        let week = |i: u32| PastWeek {
            capacity_h: Some(capacity + f64::from(i % 3) - 1.0),
            demand_h: Some(demand + f64::from(i % 4) - 1.5),
            open_share: 1.0,
        };
        let past: Vec<PastWeek> = (0..weeks).map(week).collect();
        let coming = [ComingWeek { open_share: 1.0, committed_h: None }; 2];
        capacity_forecast(&ForecastInput { past: &past, coming: &coming, velocity: None })
    }

    #[test]
    fn a_team_adds_up_with_less_doubt_than_its_people() {
        let people = vec![person(20.0, 15.0, 12); 8];
        let team = team_forecast(&people, 3);
        let one = &people[0].weeks[0].capacity;
        let (width, own) = (|e: &Estimate| e.high.unwrap() - e.low.unwrap(), one.value.unwrap());
        assert!((team[0].capacity.value.unwrap() / 8.0 - own).abs() < 0.5 && team.len() == 2);
        assert!(width(&team[0].capacity) < 0.8 * 8.0 * width(one));
        assert!(team[0].overload.value.unwrap() < 0.05);
        assert_eq!(team, team_forecast(&people, 3));
        let over = team_forecast(&vec![person(15.0, 20.0, 12); 8], 3);
        assert!(over[0].overload.value.unwrap() > 0.95);
    }

    #[test]
    fn small_teams_and_people_without_answer() {
        assert!(team_forecast(&[], 1).is_empty());
        assert_eq!(team_forecast(&[person(20.0, 15.0, 12)], 1)[0].demand.status, EstimateStatus::Masked);
        let mut people = vec![person(20.0, 15.0, 12); 5];
        people.push(person(20.0, 15.0, 0));
        let team = team_forecast(&people, 1);
        assert!(team[0].capacity.value.is_some() && team[0].capacity.gaps[0].starts_with("1 people"));
        people.truncate(4);
        people.push(person(20.0, 15.0, 0));
        assert!(team_forecast(&people, 1)[0].capacity.value.is_none());
    }
}
