//! Too few weeks to go by: their mean, drawn towards people in general.

use crate::capacity::weekly::WeekForecast;
use crate::stats::Z80;

/// A week to come from known ones; `people`: mean and spread in people in general, and the weeks they are worth.
pub(super) fn shrunk(known: &[f64], (usual, spread, worth): (f64, f64, f64)) -> WeekForecast {
    let total = worth + known.len() as f64;
    let mean = (worth * usual + known.iter().sum::<f64>()) / total;
    let squares: f64 = known.iter().map(|x| (x - mean).powi(2)).sum();
    let reach = Z80 * ((worth * spread * spread + squares) / total * (1.0 + 1.0 / total)).sqrt();
    WeekForecast { median: mean, mean, low: (mean - reach).max(0.0), high: mean + reach, season: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_weeks_move_the_mean_of_people_by_a_third() {
        let week = shrunk(&[30.0, 26.0], (22.5, 7.5, 4.0));
        assert!((week.median - (4.0 * 22.5 + 56.0) / 6.0).abs() < 1e-9);
        assert!(week.low > 10.0 && week.high < 40.0);
        assert_eq!(shrunk(&[0.0; 5], (0.0, 0.0, 4.0)).high, 0.0);
    }
}
