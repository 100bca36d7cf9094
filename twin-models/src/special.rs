//! Distributions that several models share: normal, beta, Student's t. Exact to about 1e-13.

use std::f64::consts::{PI, SQRT_2};

/// Steps of a bisection: enough to shrink any bracket of doubles to neighbours.
const BISECTIONS: usize = 200;
/// Terms after which a series or fraction has long converged.
const TERMS: usize = 500;

/// The density of the standard normal distribution.
#[must_use]
pub fn normal_pdf(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// The probability of a standard normal value below `z`.
///
/// ```
/// # use twin_models::special::normal_cdf;
/// assert!((normal_cdf(1.959963984540054) - 0.975).abs() < 1e-14);
/// assert!((normal_cdf(-8.0) / 6.220960574271785e-16 - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// `ln Φ(z)`, finite far into the lower tail, where Φ itself is 0.
#[must_use]
pub fn ln_normal_cdf(z: f64) -> f64 {
    if z > -2.0 * SQRT_2 {
        return normal_cdf(z).ln();
    }
    let x = -z / SQRT_2;
    (0.5 * erfc_scaled(x)).ln() - x * x
}

/// The value below which a standard normal one falls with probability `p`; infinite at 0 and 1, NaN outside.
///
/// ```
/// # use twin_models::special::normal_quantile;
/// assert!((normal_quantile(0.9) - 1.2815515655446004).abs() < 1e-12);
/// ```
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 || p.is_nan() {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    if p == 0.5 { 0.0 } else { invert(|z| normal_cdf(z) - p, -39.0, 0.0) }
}

/// The complement of the error function: a series near 0, a continued fraction beyond.
fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    if x >= 2.0 {
        return (-x * x).exp() * erfc_scaled(x);
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..TERMS {
        term *= 2.0 * x * x / (2 * n + 1) as f64;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    1.0 - 2.0 / PI.sqrt() * (-x * x).exp() * sum
}

/// `e^{x²} erfc(x)` for x ≥ 2.
fn erfc_scaled(x: f64) -> f64 {
    // what lies deeper does not change the last digit
    let depth = (20.0 + 300.0 / (x * x)).min(120.0) as u32;
    let tail = (1..depth).rev().fold(x, |below, k| x + 0.5 * f64::from(k) / below);
    1.0 / (tail * PI.sqrt())
}

/// The logarithm of the gamma function for `x > 0` (Lanczos' approximation).
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = C.iter().zip(1_u8..).fold(0.999_999_999_999_809_9, |sum, (c, i)| sum + c / (x + f64::from(i)));
    let t = x + 7.5;
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The probability of a Beta(a, b) value below `x`; a, b > 0.
///
/// ```
/// # use twin_models::special::beta_cdf;
/// assert!((beta_cdf(2.0, 3.0, 0.4) - 0.5248).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_cdf(b, a, 1.0 - x);
    }
    let front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    front.exp() * beta_fraction(a, b, x) / a
}

/// Lentz's way through the continued fraction of the incomplete beta function.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let kept = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..TERMS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / kept(1.0 + numerator * d);
            c = kept(1.0 + numerator / c);
            change = c * d;
            h *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The value below which a Beta(a, b) one falls with probability `p`.
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    invert(|x| beta_cdf(a, b, x) - p, 0.0, 1.0)
}

/// The probability of a value below `t` under Student's distribution with `freedom` degrees.
#[must_use]
pub fn student_t_cdf(freedom: f64, t: f64) -> f64 {
    let tail = 0.5 * beta_cdf(0.5 * freedom, 0.5, freedom / (freedom + t * t));
    if t < 0.0 { tail } else { 1.0 - tail }
}

/// The value below which one of Student's distribution with `freedom` degrees falls with probability `p`.
///
/// ```
/// # use twin_models::special::student_t_quantile;
/// assert!((student_t_quantile(4.0, 0.9) - 1.5332062740589443).abs() < 1e-11);
/// ```
#[must_use]
pub fn student_t_quantile(freedom: f64, p: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    if p > 0.5 {
        return -student_t_quantile(freedom, 1.0 - p);
    }
    let mut low = -1.0;
    while student_t_cdf(freedom, low) > p && low > -1e150 {
        low *= 4.0;
    }
    invert(|t| student_t_cdf(freedom, t) - p, low, 0.0)
}

/// Where a rising function crosses 0 between `low` and `high`, by bisection.
pub(crate) fn invert(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..BISECTIONS {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Where a function with one hollow is lowest between `low` and `high`, by the golden section.
pub(crate) fn lowest(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut fa, mut fb) = (f(a), f(b));
    for _ in 0..100 {
        if fa < fb {
            (high, b, fb) = (b, a, fa);
            a = high - GOLDEN * (high - low);
            fa = f(a);
        } else {
            (low, a, fa) = (a, b, fb);
            b = low + GOLDEN * (high - low);
            fb = f(b);
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fraction_is_deep_enough() {
        for x in (0..2000).map(|i| 2.0 + 0.02 * f64::from(i)) {
            let deep = (1..300).rev().fold(x, |below, k| x + 0.5 * f64::from(k) / below);
            assert!((erfc_scaled(x) * deep * PI.sqrt() - 1.0).abs() < 5e-16, "{x}");
        }
    }

    #[test]
    fn quantiles_undo_their_probabilities() {
        for p in [1e-9, 0.003, 0.2, 0.5, 0.77, 0.999] {
            assert!((normal_cdf(normal_quantile(p)) / p - 1.0).abs() < 1e-11, "{p}");
            assert!((beta_cdf(2.5, 0.7, beta_quantile(2.5, 0.7, p)) / p - 1.0).abs() < 1e-9, "{p}");
            assert!((student_t_cdf(3.3, student_t_quantile(3.3, p)) / p - 1.0).abs() < 1e-9, "{p}");
        }
        assert!(normal_quantile(f64::NAN).is_nan() && normal_quantile(-0.1).is_nan());
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn the_far_tail_has_a_logarithm() {
        assert_eq!(normal_cdf(-60.0), 0.0);
        // asymptotic series −z²/2 − ln(−z√2π) − 1/z²
        let z: f64 = -60.0;
        let series = -0.5 * z * z - (-z * (2.0 * PI).sqrt()).ln() - 1.0 / (z * z);
        assert!((ln_normal_cdf(z) - series).abs() < 1e-6);
        assert!((ln_normal_cdf(-3.0) - normal_cdf(-3.0).ln()).abs() < 1e-12);
    }

    #[test]
    fn gamma_of_whole_numbers_is_a_factorial() {
        assert!((ln_gamma(11.0) - 3_628_800.0_f64.ln()).abs() < 1e-12);
        assert!((ln_gamma(0.5) - PI.sqrt().ln()).abs() < 1e-12);
    }

    #[test]
    fn the_lowest_point_of_a_parabola() {
        assert!((lowest(|x| (x - 1.25).powi(2), -4.0, 9.0) - 1.25).abs() < 1e-7);
    }
}
