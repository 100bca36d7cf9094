//! A matched filter for the first nights of an illness against the person's own slow wander.
//!
//! Resting heart rate as devices report it wanders: neighbouring nights are alike (correlation 0.7 to 0.9), so a
//! month's spread is wide and yet a rise within two nights is rare. A z against the month's median takes the
//! wander for illness and illness for wander. Here the nights are a Gaussian process (a level that returns to a
//! mean over days, and noise of the night), and the question is how far a rise that began two to five nights ago
//! explains them better than the process alone: the generalised least-squares t of that rise.

use crate::stats::{MAD_TO_SD, median};

/// Nights that are looked at.
pub const WINDOW: usize = 28;
/// Nights with a value among them that an answer needs, today's with them.
pub const MIN_NIGHTS: usize = 14;
/// Nights since the rise began, today's with them, that are tried.
pub const LENGTHS: [usize; 4] = [2, 3, 4, 5];
/// Nights whose steps give the person's own scale.
const SCALE_NIGHTS: usize = 60;
/// Nights that the typical scale counts for. OWN: `cargo xtask eval anomaly`.
const SCALE_PRIOR: f64 = 30.0;

/// How a quantity goes from night to night without illness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wander {
    /// Days over which a deviation of the level fades to 1/e.
    pub memory_days: f64,
    /// Variance of the single night in variances of the level.
    pub night_noise: f64,
    /// Standard deviation of the step from one night to the next in a typical person.
    pub typical_step: f64,
    /// Least such deviation: what the sensor resolves.
    pub least_step: f64,
}

/// A rise that began some nights ago.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Onset {
    /// Nights since it began, tonight's with them.
    pub nights: usize,
    /// Its height in the quantity's unit; below 0 a fall.
    pub height: f64,
    /// Height over its standard error.
    pub z: f64,
}

/// The rises that may have begun 2, 3, 4 or 5 nights ago, as known at night `today` of `values`.
///
/// `values`: one slot a night, oldest first. A length is left out when fewer than two of its nights have a value,
/// so one odd night never counts. Empty without a value tonight or with fewer than [`MIN_NIGHTS`] of the last 28.
///
/// ```
/// # use twin_models::health::anomaly::{channel::Channel, onset::onsets};
/// let mut nights: Vec<Option<f64>> = (0..28).map(|i| Some(55.0 + f64::from(i % 2))).collect();
/// nights.extend([Some(62.0), Some(64.0)]);
/// let found = onsets(&nights, 29, &Channel::RestingHr.wander());
/// assert!(found[0].z > 4.0 && found[0].height > 5.0);
/// ```
#[must_use]
pub fn onsets(values: &[Option<f64>], today: usize, wander: &Wander) -> Vec<Onset> {
    Background::of(values, today, None, wander).map_or(Vec::new(), |background| background.onsets())
}

/// The rise that began `nights` ago as it would be told without night `left_out` of it.
#[must_use]
pub fn onset_without(
    values: &[Option<f64>],
    today: usize,
    nights: usize,
    left_out: usize,
    wander: &Wander,
) -> Option<Onset> {
    Background::of(values, today, Some(left_out), wander)?.onset(nights, 1)
}

/// The last nights, made uncorrelated.
pub(super) struct Background {
    today: usize,
    nights: Vec<(usize, f64)>,
    factor: Factor,
    mean: Vec<f64>,
    observed: Vec<f64>,
    level_variance: f64,
}

impl Background {
    pub(super) fn of(
        values: &[Option<f64>],
        today: usize,
        left_out: Option<usize>,
        wander: &Wander,
    ) -> Option<Self> {
        let from = (today + 1).saturating_sub(WINDOW);
        let at = |night: usize| values.get(night).copied().flatten().filter(|x| x.is_finite());
        let known = (from..=today).filter(|night| Some(*night) != left_out);
        let nights: Vec<(usize, f64)> = known.filter_map(|night| Some((night, at(night)?))).collect();
        if nights.len() + usize::from(left_out.is_some()) < MIN_NIGHTS {
            return None;
        }
        let level_variance = level_variance(values, today, wander)?;
        Some(Self::from_factor(today, nights, Factor::default(), level_variance, wander))
    }

    /// `factor`: what is known of the factor, of the first nights.
    fn from_factor(
        today: usize,
        nights: Vec<(usize, f64)>,
        factor: Factor,
        level_variance: f64,
        wander: &Wander,
    ) -> Self {
        let days: Vec<f64> = nights.iter().map(|k| k.0 as f64).collect();
        let factor = factor.grown(&days, wander);
        let mean = factor.whiten(days.iter().map(|_| 1.0));
        let observed = without(&mean, factor.whiten(nights.iter().map(|k| k.1)));
        Self { today, nights, factor, mean, observed, level_variance }
    }

    /// The same without one of its nights: rows of the factor before that night are as they were.
    pub(super) fn without(&self, left_out: usize, wander: &Wander) -> Self {
        let kept = self.nights.iter().take_while(|k| k.0 < left_out).count();
        let nights = self.nights.iter().filter(|k| k.0 != left_out).copied().collect();
        Self::from_factor(self.today, nights, self.factor.first(kept), self.level_variance, wander)
    }

    /// The rises of all lengths; none without a value tonight.
    pub(super) fn onsets(&self) -> Vec<Onset> {
        if self.nights.last().is_none_or(|last| last.0 != self.today) {
            return Vec::new();
        }
        LENGTHS.into_iter().filter_map(|nights| self.onset(nights, 2)).collect()
    }

    /// The rise that began `nights` ago, if at least `seen` of them have a value.
    pub(super) fn onset(&self, nights: usize, seen: usize) -> Option<Onset> {
        let first = (self.today + 1).checked_sub(nights)?;
        let inside = self.nights.iter().filter(|k| k.0 >= first).count();
        let shapes = self.nights.iter().map(|k| if k.0 < first { 0.0 } else { 1.0 });
        let template = without(&self.mean, self.factor.whiten(shapes));
        let power = dot(&template, &template);
        let height = dot(&template, &self.observed) / power;
        let onset = Onset { nights, height, z: height * (power / self.level_variance).sqrt() };
        (inside >= seen && power > 1e-9 && onset.z.is_finite()).then_some(onset)
    }
}

/// Variance of the level, from the steps between neighbouring nights up to the night before last.
fn level_variance(values: &[Option<f64>], today: usize, wander: &Wander) -> Option<f64> {
    let nights = values.get(today.saturating_sub(SCALE_NIGHTS)..today.saturating_sub(1))?;
    let pairs = nights.iter().zip(nights.iter().skip(1));
    let mut steps: Vec<f64> = pairs.filter_map(|(a, b)| Some((b.as_ref()? - a.as_ref()?).abs())).collect();
    let n = steps.len() as f64;
    let own = MAD_TO_SD * median(&mut steps).unwrap_or(0.0);
    let step = (n * own.powi(2) + SCALE_PRIOR * wander.typical_step.powi(2)) / (n + SCALE_PRIOR);
    let of_a_unit_level = 2.0 * (1.0 - (-1.0 / wander.memory_days).exp()) + 2.0 * wander.night_noise;
    let variance = step.max(wander.least_step.powi(2)) / of_a_unit_level;
    (variance.is_finite() && variance > 0.0).then_some(variance)
}

/// The lower Cholesky factor of the covariance of nights, for a level of variance 1: its rows, one after another.
#[derive(Clone, Debug, Default)]
struct Factor(Vec<f64>);

impl Factor {
    /// The first `n` rows.
    fn first(&self, n: usize) -> Self {
        Self(self.0.get(..n * (n + 1) / 2).unwrap_or_default().to_vec())
    }

    /// Row by row, each one longer than the one before.
    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        let row = |i: usize| self.0.get(i * (i + 1) / 2..(i + 1) * (i + 2) / 2);
        (0..).map_while(row)
    }

    /// With the rows of `days` that it has not yet.
    fn grown(mut self, days: &[f64], wander: &Wander) -> Self {
        let known = self.rows().count();
        // Nights are whole days apart, so few distances come again and again.
        let fade = |days: usize| (-(days as f64).abs() / wander.memory_days).exp();
        let fades: [f64; WINDOW] = std::array::from_fn(fade);
        for (i, day) in days.iter().enumerate().skip(known) {
            let level = |other: &f64| fades.get((day - other).abs() as usize).copied().unwrap_or(0.0);
            let mut row = self.whiten(days.iter().take(i).map(level));
            let left = 1.0 + wander.night_noise - dot(&row, &row);
            row.push(left.max(1e-9).sqrt());
            self.0.extend(row);
        }
        self
    }

    /// Forward substitution: `values` as uncorrelated values of variance 1.
    fn whiten(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut out: Vec<f64> = Vec::with_capacity(WINDOW);
        for (row, value) in self.rows().zip(values) {
            let pivot = row.last().copied().unwrap_or(1.0);
            let next = (value - dot(&out, row)) / pivot; // `out` ends before the pivot
            out.push(next);
        }
        out
    }
}

/// `values` less what `direction` explains of them.
fn without(direction: &[f64], values: Vec<f64>) -> Vec<f64> {
    let share = dot(direction, &values) / dot(direction, direction);
    values.iter().zip(direction).map(|(x, d)| x - share * d).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANDER: Wander = Wander { memory_days: 8.0, night_noise: 0.05, typical_step: 1.2, least_step: 0.7 };

    /// By plain inversion: two nights, level of memory τ, unknown mean.
    #[test]
    fn the_factor_gives_back_the_covariance() {
        let days = [0.0, 1.0, 3.0];
        let factor = Factor::default().grown(&days, &WANDER);
        let rows: Vec<&[f64]> = factor.rows().collect();
        for (i, a) in rows.iter().enumerate() {
            for (j, b) in rows.iter().enumerate() {
                let noise = if i == j { 0.05 } else { 0.0 };
                let want = (-(days[i] - days[j]).abs() / 8.0).exp() + noise;
                assert!((dot(a, b) - want).abs() < 1e-12);
            }
        }
        assert!((dot(rows[2], &factor.whiten([3.0, 1.0, 2.0].into_iter())) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn leaving_a_night_out_is_never_having_had_it() {
        let mut values: Vec<Option<f64>> = (0..40).map(|i| Some(55.0 + f64::from(i * 7 % 5))).collect();
        values[30] = None;
        let all = Background::of(&values, 39, None, &WANDER).unwrap();
        for night in [20, 30, 35, 38, 39] {
            let left = all.without(night, &WANDER);
            for nights in LENGTHS {
                assert_eq!(left.onset(nights, 1), onset_without(&values, 39, nights, night, &WANDER));
            }
        }
    }

    #[test]
    fn slow_wander_is_no_onset_and_a_jump_is() {
        let wave = |i: u32| (f64::from(i) / 5.0).sin() * 4.0 + f64::from(i % 2);
        let slow: Vec<Option<f64>> = (0..40).map(|i| Some(54.0 + wave(i))).collect();
        let best = |values: &[Option<f64>]| {
            onsets(values, values.len() - 1, &WANDER).iter().map(|o| o.z).fold(f64::NEG_INFINITY, f64::max)
        };
        assert!(best(&slow) < 2.0);
        let mut jump = slow.clone();
        jump.extend([Some(67.0), Some(68.0)]);
        assert!(best(&jump) > 3.4);
        let one_night = [&slow[..], &[None, Some(80.0)]].concat();
        assert!(onsets(&one_night, 41, &WANDER).iter().all(|o| o.nights > 2));
    }

    #[test]
    fn a_scale_of_the_values_scales_the_height_and_not_z_when_it_is_the_persons_own() {
        let values: Vec<Option<f64>> = (0..30).map(|i| Some(f64::from((i * 7) % 5))).collect();
        let wide: Vec<Option<f64>> = values.iter().map(|v| v.map(|x| 10.0 * x + 3.0)).collect();
        let wander = |k: f64| Wander { typical_step: 1.2 * k, least_step: 0.7 * k, ..WANDER };
        for (a, b) in onsets(&values, 29, &wander(1.0)).iter().zip(onsets(&wide, 29, &wander(10.0))) {
            assert!((a.z - b.z).abs() < 1e-9 && (10.0 * a.height - b.height).abs() < 1e-9);
        }
    }

    #[test]
    fn too_little_gives_nothing() {
        assert!(onsets(&[], 0, &WANDER).is_empty());
        assert!(onsets(&[Some(50.0); 13], 12, &WANDER).is_empty());
        assert!(onsets(&[Some(f64::NAN); 40], 39, &WANDER).is_empty());
        let mut gap = vec![Some(50.0); 30];
        gap.push(None);
        assert!(onsets(&gap, 30, &WANDER).is_empty());
        assert!(onsets(&[Some(50.0); 40], 39, &WANDER).iter().all(|o| o.z.abs() < 1e-9));
    }
}
