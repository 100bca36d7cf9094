//! Straight lines by least squares, and small linear systems.

use crate::stats::{Z80, mean, sd};

/// `y = intercept + slope · x` with standard errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) intercept: f64,
    pub(crate) slope: f64,
    /// Standard deviation of the residuals (n−2); absent below three points.
    pub(crate) residual_sd: Option<f64>,
    n: f64,
    x_mean: f64,
    x_squares: f64,
}

impl Line {
    /// The least-squares line; `None` below two points or without spread of x.
    pub(crate) fn fit(points: &[(f64, f64)]) -> Option<Self> {
        let n = points.len() as f64;
        let x_mean = mean(&points.iter().map(|p| p.0).collect::<Vec<_>>())?;
        let y_mean = mean(&points.iter().map(|p| p.1).collect::<Vec<_>>())?;
        let x_squares: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
        let both: f64 = points.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
        let slope = both / x_squares;
        let intercept = y_mean - slope * x_mean;
        if points.len() < 2 || !slope.is_finite() || !intercept.is_finite() {
            return None;
        }
        let squares: f64 = points.iter().map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
        let residual_sd = (points.len() > 2).then(|| (squares / (n - 2.0)).sqrt());
        Some(Self { intercept, slope, residual_sd, n, x_mean, x_squares })
    }

    /// Standard error of the slope.
    pub(crate) fn slope_error(&self) -> Option<f64> {
        self.residual_sd.map(|sd| sd / self.x_squares.sqrt())
    }

    /// Standard error of the line's height at `x`.
    pub(crate) fn error_at(&self, x: f64) -> Option<f64> {
        let share = 1.0 / self.n + (x - self.x_mean).powi(2) / self.x_squares;
        self.residual_sd.map(|sd| sd * share.sqrt())
    }

    /// By how much an 80 % interval of so few points is wider than the normal one: Student's t at n−2
    /// degrees over the normal quantile.
    pub(crate) fn widening(&self) -> f64 {
        student80(self.n - 2.0) / Z80
    }
}

/// Half-width of an 80 % interval of Student's t, to 0.1 % from 2 degrees of freedom on
/// (Cornish–Fisher; 1 and 2 degrees exactly).
pub(crate) fn student80(degrees: f64) -> f64 {
    if degrees < 1.5 {
        return 3.077_683_537;
    }
    if degrees < 2.5 {
        return 1.885_618_083;
    }
    let z = Z80;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / degrees + second / degrees.powi(2) + third / degrees.powi(3)
}

/// Solves `A x = b` by elimination with pivots; `None` where A is singular.
fn solve(mut rows: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    let scale = rows.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    for at in 0..n {
        let size = |row: &Vec<f64>| row.get(at).map_or(0.0, |x| x.abs());
        let pivot = (at..n).max_by(|i, j| {
            let of = |i: &usize| rows.get(*i).map_or(0.0, size);
            of(i).total_cmp(&of(j))
        })?;
        rows.swap(at, pivot);
        b.swap(at, pivot);
        let (row, rest_b) = (rows.get(at)?.clone(), *b.get(at)?);
        let lead = *row.get(at)?;
        if lead.is_nan() || lead.abs() <= 1e-12 * scale {
            return None;
        }
        for (other, other_b) in rows.iter_mut().zip(b.iter_mut()).skip(at + 1) {
            let share = other.get(at)? / lead;
            other.iter_mut().zip(&row).for_each(|(x, y)| *x -= share * y);
            *other_b -= share * rest_b;
        }
    }
    let mut x = vec![0.0; n];
    for at in (0..n).rev() {
        let row = rows.get(at)?;
        let known: f64 = row.iter().zip(&x).skip(at + 1).map(|(a, x)| a * x).sum();
        *x.get_mut(at)? = (b.get(at)? - known) / row.get(at)?;
    }
    x.iter().all(|x| x.is_finite()).then_some(x)
}

/// Weights by ridge regression of `y` (in its own z) on the terms (less their means), drawn to `prior` as if
/// `strength` rows said that; none against the sign of its prior, the sum of sizes 1. A missing term counts as
/// usual. `None` below `least` usable rows or where all y are alike.
pub(crate) fn ridge_weights<const N: usize>(
    rows: &[([Option<f64>; N], f64)],
    prior: [f64; N],
    strength: f64,
    least: usize,
) -> Option<[f64; N]> {
    let known = |x: &Option<f64>| x.filter(|x| x.is_finite());
    let rows: Vec<([f64; N], f64)> = rows
        .iter()
        .filter(|(terms, y)| y.is_finite() && terms.iter().any(|x| known(x).is_some()))
        .map(|(terms, y)| (terms.map(|x| known(&x).unwrap_or(0.0)), *y))
        .collect();
    let n = rows.len() as f64;
    let told: Vec<f64> = rows.iter().map(|r| r.1).collect();
    let (usual, spread) = (mean(&told)?, sd(&told)?);
    if rows.len() < least || spread <= 0.0 {
        return None;
    }
    let means: Vec<f64> = (0..N).map(|i| rows.iter().filter_map(|r| r.0.get(i)).sum::<f64>() / n).collect();
    let (mut left, mut right) = (vec![vec![0.0; N]; N], vec![0.0; N]);
    for (terms, y) in &rows {
        let terms: Vec<f64> = terms.iter().zip(&means).map(|(x, mean)| x - mean).collect();
        for ((row, target), x) in left.iter_mut().zip(&mut right).zip(&terms) {
            row.iter_mut().zip(&terms).for_each(|(cell, other)| *cell += x * other);
            *target += x * (y - usual) / spread;
        }
    }
    for (i, ((row, target), weight)) in left.iter_mut().zip(&mut right).zip(prior).enumerate() {
        row.iter_mut().skip(i).take(1).for_each(|cell| *cell += strength);
        *target += strength * weight;
    }
    let kept =
        solve(left, right)?.into_iter().zip(prior).map(|(w, prior)| if w * prior > 0.0 { w } else { 0.0 });
    let kept: Vec<f64> = kept.collect();
    let total: f64 = kept.iter().map(|w| w.abs()).sum();
    let weights: Vec<f64> = kept.into_iter().map(|w| w / total).collect();
    weights.try_into().ok().filter(|w: &[f64; N]| w.iter().all(|w| w.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_its_errors() {
        let line = Line::fit(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0), (3.0, 8.0)]).unwrap();
        assert!((line.slope - 2.3).abs() < 1e-12 && (line.intercept - 0.8).abs() < 1e-12);
        // residuals 0.2, −0.1, −0.4, 0.3: squares 0.30, over 2
        assert!((line.residual_sd.unwrap() - 0.15_f64.sqrt()).abs() < 1e-12);
        assert!((line.slope_error().unwrap() - (0.15_f64 / 5.0).sqrt()).abs() < 1e-12);
        assert_eq!(Line::fit(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(Line::fit(&[(1.0, f64::NAN), (2.0, 2.0)]), None);
    }

    #[test]
    fn student_narrows_to_normal() {
        for (degrees, t) in [(1.0, 3.0777), (2.0, 1.8856), (3.0, 1.6377), (5.0, 1.4759), (30.0, 1.3104)] {
            assert!((student80(degrees) - t).abs() < 4e-3, "{degrees}: {}", student80(degrees));
        }
    }

    #[test]
    fn systems_are_solved_or_refused() {
        let x = solve(vec![vec![0.0, 2.0], vec![3.0, 1.0]], vec![4.0, 5.0]).unwrap();
        assert!((x[0] - 1.0).abs() < 1e-12 && (x[1] - 2.0).abs() < 1e-12);
        assert_eq!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]), None);
    }
}
