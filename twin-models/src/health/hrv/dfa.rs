//! Detrended fluctuation analysis: how fluctuations grow with the length looked at [peng1995].

use std::ops::RangeInclusive;

/// Box sizes of the short-term slope α1, beats.
pub const SHORT: RangeInclusive<usize> = 4..=16;
/// Box sizes of the long-term slope α2, beats.
pub const LONG: RangeInclusive<usize> = 16..=64;

/// A slope of ln F(n) on ln n.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    /// The exponent: 0.5 for white noise, 1 for 1/f noise, 1.5 for a random walk.
    pub alpha: f64,
    /// Standard error of the regression.
    pub se: f64,
}

/// Both slopes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dfa {
    /// 4 to 16 beats; absent below 16.
    pub alpha1: Option<Scaling>,
    /// 16 to 64 beats; absent below 64.
    pub alpha2: Option<Scaling>,
}

/// Detrended fluctuation analysis of one series.
///
/// Boxes do not overlap, begin with the series and are detrended linearly; what is left at the end is not
/// used. F(n) is the root mean square of all residuals. A slope is absent where some F(n) is 0.
///
/// ```
/// # use twin_models::health::hrv::dfa::dfa;
/// let mut state = 1_u64;
/// let noise: Vec<f64> = (0..4000)
///     .map(|_| {
///         state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
///         (state >> 40) as f64
///     })
///     .collect();
/// assert!((dfa(&noise).alpha2.unwrap().alpha - 0.5).abs() < 0.1);
/// ```
#[must_use]
pub fn dfa(nn_ms: &[f64]) -> Dfa {
    dfa_with(nn_ms, &mut Vec::new())
}

/// The same; `profile` is memory.
#[must_use]
pub fn dfa_with(nn_ms: &[f64], profile: &mut Vec<f64>) -> Dfa {
    let mean = nn_ms.iter().sum::<f64>() / nn_ms.len() as f64;
    let mut sum = 0.0;
    profile.clear();
    profile.extend(nn_ms.iter().map(|x| {
        sum += x - mean;
        sum
    }));
    // below this a fluctuation is the rounding of a straight line
    let least = 1e-9 * profile.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    // 16 belongs to both, and is cheap enough to be counted twice
    Dfa { alpha1: slope(profile, SHORT, least), alpha2: slope(profile, LONG, least) }
}

fn slope(profile: &[f64], sizes: RangeInclusive<usize>, least: f64) -> Option<Scaling> {
    let (mut n, mut x, mut y, mut xx, mut xy, mut yy) = (0_u32, 0.0, 0.0, 0.0, 0.0, 0.0);
    for size in sizes {
        let (lx, ly) = ((size as f64).ln(), fluctuation(profile, size).filter(|f| *f > least)?.ln());
        n += 1;
        x += lx;
        y += ly;
        xx += lx * lx;
        xy += lx * ly;
        yy += ly * ly;
    }
    let count = f64::from(n);
    let (sxx, sxy, syy) = (xx - x * x / count, xy - x * y / count, yy - y * y / count);
    let alpha = sxy / sxx;
    let residual = (syy - alpha * sxy).max(0.0) / (count - 2.0);
    Some(Scaling { alpha, se: (residual / sxx).sqrt() })
}

/// F(n); `None` where there is no box of that size.
fn fluctuation(profile: &[f64], size: usize) -> Option<f64> {
    let n = size as f64;
    let middle = (n - 1.0) / 2.0;
    let sxx = n * (n * n - 1.0) / 12.0;
    let (mut squares, mut boxes) = (0.0, 0_u32);
    for part in profile.chunks_exact(size) {
        // around the first value, so that a far walk does not cancel
        let first = part.first().copied().unwrap_or(0.0);
        let (mut y, mut yy, mut xy, mut at) = (0.0, 0.0, 0.0, -middle);
        for value in part {
            let value = value - first;
            y += value;
            yy += value * value;
            xy += at * value;
            at += 1.0;
        }
        squares += (yy - y * y / n - xy * xy / sxx).max(0.0);
        boxes += 1;
    }
    let f = (squares / (n * f64::from(boxes))).sqrt();
    (boxes > 0 && f.is_finite()).then_some(f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_detrended_by_its_own_line() {
        // V of four: residuals of the best line (0) around mean 0.5 are ±0.5
        let f = fluctuation(&[1.0, 0.0, 0.0, 1.0, 9.0], 4).unwrap();
        assert!((f - 0.5).abs() < 1e-12);
        assert!(fluctuation(&[1.0, 2.0, 3.0, 4.0], 4).unwrap() < 1e-12);
        assert_eq!(fluctuation(&[1.0, 2.0, 3.0], 4), None);
    }

    #[test]
    fn short_or_flat_series_have_no_slope() {
        assert_eq!(dfa(&[]), Dfa { alpha1: None, alpha2: None });
        assert_eq!(dfa(&[800.0; 300]), Dfa { alpha1: None, alpha2: None });
        let some: Vec<f64> = (0..63_u32).map(|i| f64::from(i * i % 17)).collect();
        let both = dfa(&some);
        assert!(both.alpha1.is_some() && both.alpha2.is_none());
        assert_eq!(dfa(&[f64::NAN; 99]).alpha1, None);
    }
}
