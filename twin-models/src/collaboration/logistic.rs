//! Logistic regression with a normal prior for each weight, of which some may not change sign.

use super::spd::{factor, quadratic};
use crate::cells::{add, at};

/// Sweeps over all weights at most; it settles far earlier.
const SWEEPS: usize = 2000;

/// What is believed of a weight before any outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prior {
    pub(super) mean: f64,
    pub(super) sd: f64,
    /// 1: never below 0; −1: never above; 0: free.
    pub(super) sign: i8,
}

impl Prior {
    pub(super) const fn free(mean: f64, sd: f64) -> Self {
        Self { mean, sd, sign: 0 }
    }
}

/// An outcome and what was known before it.
pub(super) struct Row {
    /// Which weights, and how much of each.
    pub(super) x: Vec<(usize, f64)>,
    /// 0..=1.
    pub(super) y: f64,
    /// How much it counts, above 0.
    pub(super) weight: f64,
}

/// The likeliest weights, and how sure they are.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) mean: Vec<f64>,
    lower: Vec<Vec<f64>>,
}

/// `1 / (1 + e^−x)`.
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `ln(p / (1 − p))`.
pub(super) fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

impl Fit {
    /// The mode, one weight after the other with a bound of the curvature, so that every step gains; the spread
    /// is that of a normal curve around it.
    pub(super) fn of(rows: &[Row], priors: &[Prior]) -> Self {
        let held = |prior: &Prior, b: f64| match prior.sign {
            1 => b.max(0.0),
            -1 => b.min(0.0),
            _ => b,
        };
        let mut mean: Vec<f64> = priors.iter().map(|p| held(p, p.mean)).collect();
        let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); priors.len()];
        for (i, row) in rows.iter().enumerate() {
            for &(j, x) in &row.x {
                if let Some(column) = columns.get_mut(j) {
                    column.push((i, x));
                }
            }
        }
        let curved = |(column, prior): (&Vec<(usize, f64)>, &Prior)| {
            let each = column.iter().filter_map(|(i, x)| Some(0.25 * rows.get(*i)?.weight * x * x));
            each.fold(prior.sd.powi(-2), |sum, x| sum + x)
        };
        let curves: Vec<f64> = columns.iter().zip(priors).map(curved).collect();
        let mut score: Vec<f64> = rows.iter().map(|row| dot(&row.x, &mean)).collect();
        for _ in 0..SWEEPS {
            let mut moved: f64 = 0.0;
            for (((column, prior), curve), b) in columns.iter().zip(priors).zip(&curves).zip(&mut mean) {
                let mut slope = (prior.mean - *b) * prior.sd.powi(-2);
                for &(i, x) in column {
                    if let Some(row) = rows.get(i) {
                        slope += row.weight * (row.y - logistic(at(&score, i))) * x;
                    }
                }
                let next = held(prior, *b + slope / curve);
                let step = next - *b;
                *b = next;
                for &(i, x) in column {
                    add(&mut score, i, step * x);
                }
                moved = moved.max(step.abs());
            }
            if moved < 1e-9 {
                break;
            }
        }
        let diagonal = |j: usize, p: &Prior| {
            let mut line = vec![0.0; priors.len()];
            crate::cells::put(&mut line, j, p.sd.powi(-2));
            line
        };
        let mut table: Vec<Vec<f64>> = priors.iter().enumerate().map(|(j, p)| diagonal(j, p)).collect();
        for (row, score) in rows.iter().zip(&score) {
            let p = logistic(*score);
            for &(j, x) in &row.x {
                for &(k, z) in &row.x {
                    if let Some(line) = table.get_mut(j) {
                        add(line, k, row.weight * p * (1.0 - p) * x * z);
                    }
                }
            }
        }
        Self { mean, lower: factor(&table).unwrap_or_default() }
    }

    /// Log-odds of something.
    pub(super) fn score(&self, x: &[(usize, f64)]) -> f64 {
        dot(x, &self.mean)
    }

    /// Standard deviation of these log-odds.
    pub(super) fn doubt(&self, x: &[(usize, f64)]) -> f64 {
        let mut wide = vec![0.0; self.mean.len()];
        for &(j, x) in x {
            add(&mut wide, j, x);
        }
        quadratic(&self.lower, &wide).max(0.0).sqrt()
    }
}

fn dot(x: &[(usize, f64)], b: &[f64]) -> f64 {
    x.iter().map(|&(j, x)| x * at(b, j)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn weights_are_found_and_signs_are_kept() {
        let mut noise = Noise::of(5, [0, 0, 0]);
        let mut draw = || {
            let (a, b) = (noise.normal(), noise.normal());
            let y = f64::from(noise.unit() < logistic(-0.5 + 1.5 * a - 0.8 * b));
            Row { x: vec![(0, 1.0), (1, a), (2, b)], y, weight: 1.0 }
        };
        let rows: Vec<Row> = (0..4000).map(|_| draw()).collect();
        let wide = Prior::free(0.0, 5.0);
        let fit = Fit::of(&rows, &[wide; 3]);
        let truth = [-0.5, 1.5, -0.8];
        assert!(fit.mean.iter().zip(truth).all(|(b, t)| (b - t).abs() < 0.12), "{:?}", fit.mean);
        assert!((0.02..0.08).contains(&fit.doubt(&[(1, 1.0)])), "{}", fit.doubt(&[(1, 1.0)]));
        let bound = Fit::of(&rows, &[wide, wide, Prior { sign: 1, ..wide }]);
        assert_eq!(bound.mean[2], 0.0);
    }

    #[test]
    fn without_outcomes_the_prior_stands() {
        let fit = Fit::of(&[], &[Prior::free(0.3, 0.5)]);
        assert_eq!(fit.score(&[(0, 2.0)]), 0.6);
        assert!((fit.doubt(&[(0, 2.0)]) - 1.0).abs() < 1e-12);
        assert!((logit(logistic(1.2)) - 1.2).abs() < 1e-12);
    }
}
