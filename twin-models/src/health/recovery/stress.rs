//! How fast heart rate falls back after an episode of stress, and whether that slows over weeks.

use crate::health::answer::Answer;
use crate::health::line::{Line, student80};
use std::f64::consts::LN_2;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "stress_recovery";
/// Its version.
pub const VERSION: &str = "1";
/// Heart rate has recovered below this z.
pub const RECOVERED_Z: f64 = 0.5;
/// Half-lives that are looked at, min. OWN.
pub const HALF_LIFE_MIN: (f64, f64) = (0.5, 240.0);
/// Samples of an episode. OWN.
pub const MIN_SAMPLES: usize = 8;
/// Minutes that they must span. OWN.
pub const MIN_MINUTES: f64 = 10.0;
/// Episodes that a trend needs. OWN.
pub const MIN_EPISODES: usize = 6;
/// Weeks over which they must be spread. OWN.
pub const MIN_WEEKS: f64 = 4.0;

/// `z(t) = start · 2^{−t/half_life}`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decay {
    /// z at the end of the episode.
    pub start_z: f64,
    /// Minutes until half of it is left.
    pub half_life_min: f64,
    /// Half-lives that fit almost as well (80 %), min.
    pub range_min: (f64, f64),
    /// Root mean squared error, in z.
    pub rmse: f64,
}

impl Decay {
    /// Minutes until z is below [`RECOVERED_Z`]; 0 if it started there.
    #[must_use]
    pub fn recovered_after_min(&self) -> f64 {
        self.after(self.half_life_min)
    }

    fn after(&self, half_life_min: f64) -> f64 {
        half_life_min * (self.start_z / RECOVERED_Z).max(1.0).log2()
    }
}

/// The exponential fall that fits best in least squares. `samples`: (minutes since the end of the episode, z of
/// heart rate), those before 0 or not finite are left out. `None` below three samples or without a start above 0.
///
/// ```
/// # use twin_models::health::recovery::stress::decay;
/// let z: Vec<(f64, f64)> = (0..20).map(|t| (f64::from(t), 3.0 * 0.5_f64.powf(f64::from(t) / 6.0))).collect();
/// let fall = decay(&z).unwrap();
/// assert!((fall.half_life_min - 6.0).abs() < 0.05 && (fall.start_z - 3.0).abs() < 0.02);
/// assert!((fall.recovered_after_min() - 6.0 * 6.0_f64.log2()).abs() < 0.2);
/// ```
#[must_use]
pub fn decay(samples: &[(f64, f64)]) -> Option<Decay> {
    let usable: Vec<(f64, f64)> =
        samples.iter().copied().filter(|(t, z)| t.is_finite() && *t >= 0.0 && z.is_finite()).collect();
    // For a half-life the start is linear, so one number is searched.
    let at = |half_life: f64| {
        let shape = |t: f64| 0.5_f64.powf(t / half_life);
        let (top, bottom) = usable
            .iter()
            .fold((0.0, 0.0), |(top, bottom), (t, z)| (top + z * shape(*t), bottom + shape(*t).powi(2)));
        let start: f64 = top / bottom;
        let squares: f64 = usable.iter().map(|(t, z)| (z - start * shape(*t)).powi(2)).sum();
        (squares, half_life, start)
    };
    const STEPS: u32 = 400;
    let ratio: f64 = (HALF_LIFE_MIN.1 / HALF_LIFE_MIN.0).ln() / f64::from(STEPS);
    let tried: Vec<(f64, f64, f64)> =
        (0..=STEPS).map(|i| at(HALF_LIFE_MIN.0 * (ratio * f64::from(i)).exp())).collect();
    let best = tried.iter().filter(|t| t.0.is_finite()).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let n = usable.len() as f64;
    if usable.len() < 3 || best.2.is_nan() || best.2 <= 0.0 {
        return None;
    }
    let degrees = (n - 2.0).max(1.0);
    let limit = best.0 * (1.0 + student80(degrees).powi(2) / degrees);
    let close = tried.iter().filter(|t| t.0 <= limit).map(|t| t.1);
    let range_min = close.fold((best.1, best.1), |(low, high), x| (low.min(x), high.max(x)));
    Some(Decay { start_z: best.2, half_life_min: best.1, range_min, rmse: (best.0 / n).sqrt() })
}

/// Minutes after one episode until heart rate is below z = 0.5, by the exponential fit.
///
/// `samples`: (minutes since the end of the episode, z of heart rate), the body at rest. Absent below 8 samples
/// over 10 minutes, without a rise to recover from, and where it does not fall.
#[must_use]
pub fn recovery_after(samples: &[(f64, f64)]) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "min");
    let usable = samples.iter().filter(|(t, z)| t.is_finite() && *t >= 0.0 && z.is_finite());
    let n = usable.clone().count();
    let last = usable.map(|s| s.0).fold(0.0, f64::max);
    if n < MIN_SAMPLES || last < MIN_MINUTES {
        return answer.too_little(format!(
            "{n} of {MIN_SAMPLES} samples over {last:.0} of {MIN_MINUTES} min after the episode"
        ));
    }
    let Some(fall) = decay(samples).filter(|fall| fall.start_z > RECOVERED_Z) else {
        return answer.absent(EstimateStatus::Abstained, "no rise to recover from");
    };
    if fall.half_life_min > 2.0 * last || fall.rmse > fall.start_z {
        return answer.absent(EstimateStatus::Abstained, "heart rate did not fall in the time seen");
    }
    let value = fall.recovered_after_min();
    let range = (fall.after(fall.range_min.0), fall.after(fall.range_min.1));
    let mut estimate = answer.between(value, range, 1.0 - (range.1 - range.0) / (2.0 * value).max(1e-9));
    estimate.n_effective = n as f64;
    estimate.contributions.push(Contribution {
        feature: "half-life of heart rate".into(),
        amount: value,
        baseline: Some(0.0),
        now: Some(fall.half_life_min),
        unit: "min".into(),
    });
    if range.1 > 3.0 * range.0.max(1e-9) {
        estimate.status = EstimateStatus::Provisional;
        estimate.gaps.push("the fall is not clear".into());
    }
    estimate
}

/// By how many percent a week recovery takes longer (above 0) or shorter: regression of the log half-life on the
/// week. `episodes`: (week, half-life in min), any order.
///
/// Absent below 6 episodes over 4 weeks.
#[must_use]
pub fn slow_trend(episodes: &[(f64, f64)]) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "%/wk");
    let points: Vec<(f64, f64)> = episodes
        .iter()
        .filter(|(week, h)| week.is_finite() && h.is_finite() && *h > 0.0)
        .map(|(week, h)| (*week, h.ln()))
        .collect();
    let first = points.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
    let last = points.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
    let n = points.len();
    if n < MIN_EPISODES || last - first < MIN_WEEKS {
        return answer
            .too_little(format!("{n} of {MIN_EPISODES} episodes, at least {MIN_WEEKS} weeks apart"));
    }
    let Some((line, error)) = Line::fit(&points).and_then(|line| Some((line, line.slope_error()?))) else {
        return answer.too_little("all episodes in one week");
    };
    let percent = |slope: f64| 100.0 * (slope.exp() - 1.0);
    let half = error * student80(n as f64 - 2.0);
    let range = (percent(line.slope - half), percent(line.slope + half));
    // Knowing nothing, recovery changes by no more than a doubling over the weeks seen.
    let unknown = percent(LN_2 / (last - first));
    let mut estimate =
        answer.between(percent(line.slope), range, 1.0 - (range.1 - range.0) / (2.0 * unknown));
    estimate.n_effective = n as f64;
    estimate.contributions.push(Contribution {
        feature: "half-life of heart rate after stress".into(),
        amount: percent(line.slope),
        baseline: Some((line.intercept + line.slope * first).exp()),
        now: Some((line.intercept + line.slope * last).exp()),
        unit: "min".into(),
    });
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Draws, Z80};
    use proptest::prelude::*;

    #[test]
    fn a_noisy_fall_is_recovered() {
        let (mut draws, mut covered) = (Draws::new(11), 0);
        for _ in 0..40 {
            let truth = 3.0 + 12.0 * draws.unit();
            let samples: Vec<(f64, f64)> = (0..90)
                .map(|i| f64::from(i) / 2.0)
                .map(|t| (t, 2.5 * 0.5_f64.powf(t / truth) + 0.3 * draws.normal()))
                .collect();
            let fall = recovery_after(&samples);
            let after = truth * 5.0_f64.log2();
            assert!((fall.value.unwrap() / after - 1.0).abs() < 0.4, "{truth} {fall:?}");
            covered += i32::from((fall.low.unwrap()..=fall.high.unwrap()).contains(&after));
        }
        assert!((26..=40).contains(&covered), "{covered} of 40 inside their 80 % intervals");
    }

    #[test]
    fn what_does_not_fall_is_not_given() {
        let flat: Vec<(f64, f64)> = (0..30).map(|t| (f64::from(t), 2.0)).collect();
        assert_eq!(recovery_after(&flat).status, EstimateStatus::Abstained);
        let calm: Vec<(f64, f64)> = (0..30).map(|t| (f64::from(t), 0.1)).collect();
        assert_eq!(recovery_after(&calm).gaps, ["no rise to recover from"]);
        assert_eq!(recovery_after(&flat[..5]).status, EstimateStatus::InsufficientData);
    }

    #[test]
    fn a_slowing_is_seen_with_its_error() {
        let wobble = [0.1, -0.1, 0.05, -0.08, 0.12, -0.09, 0.02, -0.02];
        let slowing: Vec<(f64, f64)> = wobble
            .iter()
            .zip(0..)
            .map(|(e, w)| (f64::from(w), 8.0 * (0.05 * f64::from(w) + e).exp()))
            .collect();
        let trend = slow_trend(&slowing);
        assert!((trend.value.unwrap() - 5.0).abs() < 2.0);
        assert!(trend.low.unwrap() > 0.0 && Z80 > 1.0);
        assert_eq!(slow_trend(&slowing[..5]).value, None);
        assert_eq!(slow_trend(&[(3.0, 5.0); 9]).value, None);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(samples in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..30)) {
            for e in [recovery_after(&samples), slow_trend(&samples)] {
                prop_assert!(e.value.is_none_or(f64::is_finite));
                prop_assert!(e.value.is_some() || !e.gaps.is_empty());
            }
        }
    }
}
