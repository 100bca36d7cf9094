//! Small statistics that several models share. None of them sorts more than it must.

/// Scales a median absolute deviation to the standard deviation of a normal distribution:
/// `1 / Φ⁻¹(3/4)`.
pub const MAD_TO_SD: f64 = 1.482_602_218_505_602;

/// Half-width of an 80 % interval of a normal distribution in standard deviations, `Φ⁻¹(0.9)`.
pub const Z80: f64 = 1.281_551_565_544_600_4;

/// The mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation (n−1); `None` below two values.
#[must_use]
pub fn sd(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

/// The quantile `q` (0..=1) by linear interpolation between order statistics; reorders `values`.
///
/// By selection, so the time is linear in the number of values. `None` of nothing.
#[must_use]
pub fn quantile(values: &mut [f64], q: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let position = q.clamp(0.0, 1.0) * (values.len() - 1) as f64;
    let low = position.floor();
    let (_, &mut at, above) = values.select_nth_unstable_by(low as usize, f64::total_cmp);
    let part = position - low;
    if part == 0.0 {
        return Some(at);
    }
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(at);
    Some(at + part * (next - at))
}

/// The median; reorders `values`. `None` of nothing.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The median absolute deviation from `centre`, scaled by [`MAD_TO_SD`]; overwrites `values`.
#[must_use]
pub fn scaled_mad(values: &mut [f64], centre: f64) -> Option<f64> {
    for x in values.iter_mut() {
        *x = (*x - centre).abs();
    }
    Some(MAD_TO_SD * median(values)?)
}

/// A normal interval of 80 % around `value`.
#[must_use]
pub fn interval80(value: f64, standard_error: f64) -> (f64, f64) {
    (value - Z80 * standard_error, value + Z80 * standard_error)
}

/// The effective number of independent values in an ordered series, from its lag-1 autocorrelation:
/// `n (1 − ρ) / (1 + ρ)` with ρ in 0..=0.99; at least 1, at most n.
#[must_use]
pub fn effective_n(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let Some(mean) = mean(values) else { return 0.0 };
    let total: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    if total <= 0.0 || values.len() < 3 {
        return n;
    }
    let lagged: f64 = values.iter().zip(values.iter().skip(1)).map(|(a, b)| (a - mean) * (b - mean)).sum();
    let rho = (lagged / total).clamp(0.0, 0.99);
    (n * (1.0 - rho) / (1.0 + rho)).clamp(1.0, n)
}

/// Seeded draws for bootstraps (SplitMix64); the same seed gives the same draws everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A draw from `0..n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        ((u128::from(z) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_order_statistics() {
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
        assert_eq!(median(&mut [9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(quantile(&mut [], 0.5), None);
        assert_eq!(scaled_mad(&mut [1.0, 2.0, 4.0], 2.0), Some(MAD_TO_SD));
    }

    #[test]
    fn a_spread_needs_two_values() {
        assert_eq!(sd(&[3.0]), None);
        assert_eq!(sd(&[1.0, 3.0]), Some(2.0_f64.sqrt()));
    }

    #[test]
    fn repeated_values_count_less() {
        let slow: Vec<f64> = (0..100).map(|i| f64::from(i / 10)).collect();
        assert!(effective_n(&slow) < 10.0);
        assert_eq!(effective_n(&[1.0, -1.0, 1.0, -1.0]), 4.0);
        let mut draws = Draws::new(1);
        assert!((0..1000).all(|_| draws.below(7) < 7));
    }
}
