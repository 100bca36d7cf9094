//! A line with an own level for each group, by restricted maximum likelihood [gelman2007].

use crate::special::lowest;

/// A fitted model `y = intercept + slope x + u_group + e`.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomIntercept {
    /// Level of an average group at x = 0.
    pub intercept: f64,
    /// Slope.
    pub slope: f64,
    /// Variance within groups.
    pub sigma2: f64,
    /// Variance between groups.
    pub tau2: f64,
    /// Level of each group over the average, shrunk towards it; by group number, 0 for groups without data.
    pub levels: Vec<f64>,
    /// Restricted log-likelihood.
    pub log_likelihood: f64,
}

/// Sums of one group, of deviations from nothing.
#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

/// Fits values `y` over `x` in groups that are numbered from 0.
///
/// `None` for lengths that differ, fewer than 4 values or 2 groups, values that are not finite, an `x` that never
/// varies, or residuals of zero.
///
/// ```
/// # use twin_models::capacity::random_intercept::random_intercept;
/// let x = [0.0, 1.0, 2.0, 0.0, 1.0, 2.0];
/// let y = [1.0, 2.1, 2.9, 3.1, 3.9, 5.0];
/// let fit = random_intercept(&x, &y, &[0, 0, 0, 1, 1, 1]).unwrap();
/// assert!((fit.slope - 0.95).abs() < 1e-6 && fit.levels[1] > 0.9);
/// ```
#[must_use]
pub fn random_intercept(x: &[f64], y: &[f64], group: &[usize]) -> Option<RandomIntercept> {
    let finite = x.iter().chain(y).all(|v| v.is_finite());
    if x.len() != y.len() || x.len() != group.len() || x.len() < 4 || !finite {
        return None;
    }
    // number of groups beyond the number of values would only be holes
    let groups = group.iter().max()?.checked_add(1).filter(|g| *g <= 1_000_000)?;
    let mut sums = vec![Sums::default(); groups];
    for ((x, y), g) in x.iter().zip(y).zip(group) {
        let s = sums.get_mut(*g)?;
        s.n += 1.0;
        s.x += x;
        s.y += y;
        s.xx += x * x;
        s.xy += x * y;
        s.yy += y * y;
    }
    if sums.iter().filter(|s| s.n > 0.0).count() < 2 {
        return None;
    }
    let loss = |ln_ratio: f64| solve(&sums, ln_ratio.exp()).map_or(f64::INFINITY, |fit| -fit.log_likelihood);
    let best = solve(&sums, lowest(loss, -18.0, 12.0).exp())?;
    // no difference between groups at all may be likelier still
    let none = solve(&sums, 0.0)?;
    Some(if none.log_likelihood > best.log_likelihood { none } else { best })
}

/// The likeliest line where the variance between groups is `ratio` times the one within.
fn solve(sums: &[Sums], ratio: f64) -> Option<RandomIntercept> {
    let mut t = Sums::default();
    let mut ln_det = 0.0;
    for s in sums.iter().filter(|s| s.n > 0.0) {
        // the inverse of a group's covariance takes this share of its sums away
        let w = ratio / (1.0 + ratio * s.n);
        ln_det += (ratio * s.n).ln_1p();
        t.n += s.n - w * s.n * s.n;
        t.x += s.x - w * s.n * s.x;
        t.y += s.y - w * s.n * s.y;
        t.xx += s.xx - w * s.x * s.x;
        t.xy += s.xy - w * s.x * s.y;
        t.yy += s.yy - w * s.y * s.y;
    }
    let det = t.n * t.xx - t.x * t.x;
    if det <= 1e-12 * t.n * t.xx {
        return None;
    }
    let slope = (t.n * t.xy - t.x * t.y) / det;
    let intercept = (t.xx * t.y - t.x * t.xy) / det;
    let residual = t.yy - intercept * t.y - slope * t.xy;
    let freedom = sums.iter().map(|s| s.n).sum::<f64>() - 2.0;
    if residual <= 1e-12 * t.yy || residual.is_nan() {
        return None;
    }
    let sigma2 = residual / freedom;
    let levels = sums.iter().map(|s| ratio / (1.0 + ratio * s.n) * (s.y - s.n * intercept - slope * s.x));
    let log_likelihood = -0.5 * (freedom * ((std::f64::consts::TAU * sigma2).ln() + 1.0) + ln_det + det.ln());
    let fit = RandomIntercept {
        intercept,
        slope,
        sigma2,
        tau2: ratio * sigma2,
        levels: levels.collect(),
        log_likelihood,
    };
    log_likelihood.is_finite().then_some(fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_do_not_differ_have_no_variance() {
        let x: Vec<f64> = (0..40).map(|i| f64::from(i % 10)).collect();
        let y: Vec<f64> = x.iter().enumerate().map(|(i, x)| 2.0 + x + 0.1 * f64::from(i as u8 % 2)).collect();
        let group: Vec<usize> = (0..40).map(|i| i / 10).collect();
        let fit = random_intercept(&x, &y, &group).unwrap();
        assert!(fit.tau2 < 1e-3 && fit.levels.iter().all(|u| u.abs() < 0.02), "{fit:?}");
    }

    #[test]
    fn bad_input_has_no_answer() {
        let y = [1.0, 2.0, 3.5, 4.0];
        assert_eq!(random_intercept(&[1.0; 4], &y, &[0, 0, 1, 1]), None);
        assert_eq!(random_intercept(&[1.0, 2.0, 3.0, 4.0], &y, &[0; 4]), None);
        assert_eq!(random_intercept(&[1.0, 2.0, f64::NAN, 4.0], &y, &[0, 0, 1, 1]), None);
        assert_eq!(random_intercept(&[1.0, 2.0, 3.0, 4.0], &y, &[0, 0, 1, usize::MAX]), None);
        assert_eq!(random_intercept(&[], &[], &[]), None);
    }
}
