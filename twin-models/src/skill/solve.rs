//! Linear equations with a symmetric positive definite matrix, by Cholesky's way.

use crate::cells::{at, cell};

/// A matrix as the product of a lower triangle and its transpose.
pub(crate) struct Cholesky {
    lower: Vec<Vec<f64>>,
}

impl Cholesky {
    /// `None` where the matrix is not positive definite.
    pub(crate) fn of(matrix: &[Vec<f64>]) -> Option<Self> {
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
        for (i, source) in matrix.iter().enumerate() {
            let mut row: Vec<f64> = Vec::with_capacity(i + 1);
            for (j, above) in lower.iter().enumerate() {
                let dot: f64 = row.iter().zip(above).map(|(a, b)| a * b).sum();
                row.push((at(source, j) - dot) / at(above, j));
            }
            let rest = at(source, i) - row.iter().map(|x| x * x).sum::<f64>();
            if !(rest > 0.0 && rest.is_finite()) {
                return None;
            }
            row.push(rest.sqrt());
            lower.push(row);
        }
        Some(Self { lower })
    }

    /// The solution for a right-hand side.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(self.lower.len());
        for (row, b) in self.lower.iter().zip(right) {
            let dot: f64 = row.iter().zip(&x).map(|(l, y)| l * y).sum();
            x.push((b - dot) / row.last().copied().unwrap_or(1.0));
        }
        for i in (0..x.len()).rev() {
            let below: f64 = (i + 1..x.len()).map(|k| cell(&self.lower, k, i) * at(&x, k)).sum();
            let value = (at(&x, i) - below) / cell(&self.lower, i, i);
            crate::cells::put(&mut x, i, value);
        }
        x
    }

    /// `aᵀ M⁻¹ b`.
    pub(crate) fn between(&self, a: &[f64], b: &[f64]) -> f64 {
        self.solve(b).iter().zip(a).map(|(x, y)| x * y).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_system_is_solved() {
        let matrix = vec![vec![4.0, 2.0, 0.6], vec![2.0, 5.0, 1.0], vec![0.6, 1.0, 3.0]];
        let truth = [1.0, -2.0, 0.5];
        let right: Vec<f64> = matrix.iter().map(|r| r.iter().zip(truth).map(|(a, b)| a * b).sum()).collect();
        let found = Cholesky::of(&matrix).unwrap().solve(&right);
        assert!(found.iter().zip(truth).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert!(Cholesky::of(&[vec![1.0, 2.0], vec![2.0, 1.0]]).is_none());
        assert!(Cholesky::of(&[vec![f64::NAN]]).is_none());
    }
}
