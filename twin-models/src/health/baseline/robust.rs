//! Robust location, scale and z of a daily quantity.

use crate::stats::{mean, median, scaled_mad};
use twin_core::sort::OrderBy;

/// How a robust baseline is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RobustOptions {
    /// Days before today that are looked at.
    pub days: usize,
    /// Values among them that a location needs.
    pub min_location: usize,
    /// Values among them that a scale needs.
    pub min_scale: usize,
    /// Least scale: what the sensor resolves (resting heart rate 0.5 /min, ln RMSSD 0.05, sleep 10 min).
    pub floor: f64,
    /// Days before today from which a season is learnt. OWN: 12 weeks.
    pub season_days: usize,
}

impl Default for RobustOptions {
    fn default() -> Self {
        Self { days: 28, min_location: 14, min_scale: 14, floor: 0.0, season_days: 84 }
    }
}

/// Pseudo-count that draws the mean of a kind of day towards none.
pub const SEASON_SHRINKAGE: f64 = 8.0;
/// Half-life of the mean for display, days.
pub const EWMA_HALF_LIFE_DAYS: f64 = 7.0;

/// The baseline of one day, made of earlier days only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RobustDay {
    /// What this kind of day (weekday, training day) adds; 0 without kinds.
    pub season: f64,
    /// Median of the past days, seasons taken out.
    pub location: Option<f64>,
    /// 1.4826 · MAD of the past days, at least the floor.
    pub scale: Option<f64>,
    /// (value − season − location) / scale.
    pub z: Option<f64>,
}

/// Robust baseline for each day of `values`; `kinds`, when given, names the kind of each day (0..=255, the
/// weekday for example) and is as long as `values`.
///
/// A season is `n/(n+8)` times the mean of its kind less the median of all, over `season_days` before the
/// day. A scale of 0 leaves z absent.
#[must_use]
pub fn robust(values: &[Option<f64>], kinds: Option<&[u8]>, options: &RobustOptions) -> Vec<RobustDay> {
    (0..values.len()).map(|today| robust_on(values, kinds, options, today)).collect()
}

/// The same for one day, `today` being its index.
///
/// ```
/// # use twin_models::health::baseline::robust::{RobustOptions, robust_on};
/// let mut days: Vec<Option<f64>> = (0..15).map(|i| Some(50.0 + f64::from(i))).collect(); // median 57
/// days.push(Some(60.0));
/// let day = robust_on(&days, None, &RobustOptions::default(), 15);
/// assert_eq!(day.location, Some(57.0));
/// assert_eq!(day.scale, Some(4.0 * 1.482602218505602)); // deviations 0, 1, 1 … 7, 7: median 4
/// ```
#[must_use]
pub fn robust_on(
    values: &[Option<f64>],
    kinds: Option<&[u8]>,
    options: &RobustOptions,
    today: usize,
) -> RobustDay {
    let seasons =
        kinds.map(|kinds| Seasons::learn(values, kinds, today.saturating_sub(options.season_days), today));
    let season_of = |day: usize| {
        let kind = kinds.and_then(|kinds| kinds.get(day));
        seasons.as_ref().zip(kind).map_or(0.0, |(seasons, kind)| seasons.of(*kind))
    };
    let from = today.saturating_sub(options.days);
    let mut past: Vec<f64> = (from..today)
        .filter_map(|day| values.get(day).copied().flatten().map(|x| x - season_of(day)))
        .collect();
    let n = past.len();
    let mut out = RobustDay { season: season_of(today), ..RobustDay::default() };
    if n < options.min_location.max(1) {
        return out;
    }
    out.location = median(&mut past);
    if n >= options.min_scale
        && let Some(location) = out.location
    {
        out.scale = scaled_mad(&mut past, location).map(|scale| scale.max(options.floor));
        out.z = values
            .get(today)
            .copied()
            .flatten()
            .zip(out.scale.filter(|scale| *scale > 0.0))
            .map(|(x, scale)| (x - out.season - location) / scale);
    }
    out
}

/// What each kind of day adds.
struct Seasons(Vec<(u8, f64)>);

impl Seasons {
    fn learn(values: &[Option<f64>], kinds: &[u8], from: usize, to: usize) -> Self {
        let past: Vec<(u8, f64)> = (from..to)
            .filter_map(|day| Some((*kinds.get(day)?, values.get(day).copied().flatten()?)))
            .collect();
        let Some(centre) = median(&mut past.iter().map(|p| p.1).collect::<Vec<_>>()) else {
            return Self(Vec::new());
        };
        let mut known: Vec<u8> = past.iter().map(|p| p.0).collect();
        known.order();
        known.dedup();
        let season = |kind: u8| {
            let own: Vec<f64> = past.iter().filter(|p| p.0 == kind).map(|p| p.1).collect();
            let n = own.len() as f64;
            mean(&own).map_or(0.0, |mean| n / (n + SEASON_SHRINKAGE) * (mean - centre))
        };
        Self(known.into_iter().map(|kind| (kind, season(kind))).collect())
    }

    fn of(&self, kind: u8) -> f64 {
        self.0.iter().find(|(k, _)| *k == kind).map_or(0.0, |(_, season)| *season)
    }
}

/// Exponentially weighted mean for display, with bias-corrected weights; a missing day ages the weights.
///
/// Absent before the first value; on a missing day the last mean stands.
///
/// ```
/// # use twin_models::health::baseline::robust::ewma;
/// let days = ewma(&[Some(2.0), None, Some(4.0)], 2.0); // weights ½ and 1
/// assert_eq!(days[1], Some(2.0));
/// assert!((days[2].unwrap() - 5.0 / 1.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn ewma(values: &[Option<f64>], half_life_days: f64) -> Vec<Option<f64>> {
    let decay = 0.5_f64.powf(1.0 / half_life_days);
    let (mut sum, mut weight) = (0.0, 0.0);
    let step = |value: &Option<f64>| {
        sum *= decay;
        weight *= decay;
        if let Some(x) = value {
            sum += x;
            weight += 1.0;
        }
        (weight > 0.0).then(|| sum / weight)
    };
    values.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_does_not_enter_its_own_baseline() {
        let mut days = vec![Some(50.0); 20];
        days.extend([Some(51.0), Some(49.0)]);
        days.push(Some(90.0));
        let day = robust(&days, None, &RobustOptions { floor: 0.5, ..RobustOptions::default() })[22];
        assert_eq!((day.location, day.scale), (Some(50.0), Some(0.5)));
        assert_eq!(day.z, Some(80.0));
        let bare = robust(&days, None, &RobustOptions::default())[22];
        assert_eq!((bare.scale, bare.z), (Some(0.0), None));
    }

    #[test]
    fn a_season_is_learnt_and_shrunken() {
        // kind 1 is 8 higher; 56 days of each seventh day give 8 values of kind 1
        let kinds: Vec<u8> = (0..57).map(|day| u8::from(day % 7 == 0)).collect();
        let days: Vec<Option<f64>> = kinds.iter().map(|k| Some(60.0 + 8.0 * f64::from(*k))).collect();
        let day = robust_on(&days, Some(&kinds), &RobustOptions::default(), 56);
        assert_eq!(day.season, 8.0 / 16.0 * 8.0); // n/(n+8) of 8
        assert_eq!(day.location, Some(60.0));
    }

    #[test]
    fn too_few_days_give_nothing() {
        let day = robust_on(&[Some(1.0); 13], None, &RobustOptions::default(), 13);
        assert_eq!(day, RobustDay::default());
        assert!(robust(&[], None, &RobustOptions::default()).is_empty());
        assert_eq!(ewma(&[None, None], 7.0), [None, None]);
    }
}
