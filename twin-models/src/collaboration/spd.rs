//! Systems of equations of symmetric positive definite tables, by Cholesky.

use crate::cells::{at, cell, put};

/// The lower factor `L` of `L Lᵀ`; absent where the table is not positive definite.
pub(super) fn factor(table: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(table.len());
    for i in 0..table.len() {
        let mut own = vec![0.0; table.len()];
        for j in 0..=i {
            let other = if j < i { lower.get(j).map_or(&[][..], Vec::as_slice) } else { own.as_slice() };
            let done: f64 = own.iter().zip(other).take(j).map(|(a, b)| a * b).sum();
            let left = cell(table, i, j) - done;
            let value = if i == j {
                if !(left.is_finite() && left > 0.0) {
                    return None;
                }
                left.sqrt()
            } else {
                left / at(other, j)
            };
            put(&mut own, j, value);
        }
        lower.push(own);
    }
    Some(lower)
}

/// `bᵀ A⁻¹ b` from the factor of `A`.
pub(super) fn quadratic(lower: &[Vec<f64>], b: &[f64]) -> f64 {
    let mut y: Vec<f64> = Vec::with_capacity(b.len());
    for (i, (row, b)) in lower.iter().zip(b).enumerate() {
        let done: f64 = row.iter().zip(&y).map(|(a, y)| a * y).sum();
        y.push((b - done) / at(row, i));
    }
    y.iter().map(|y| y * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_system_is_solved() {
        // A⁻¹ of [[4, 2], [2, 3]] is [[3, −2], [−2, 4]] / 8
        let lower = factor(&[vec![4.0, 2.0], vec![2.0, 3.0]]).unwrap();
        assert!((quadratic(&lower, &[1.0, 2.0]) - (3.0 - 8.0 + 16.0) / 8.0).abs() < 1e-12);
        assert_eq!(factor(&[vec![1.0, 2.0], vec![2.0, 1.0]]), None);
        assert_eq!(factor(&[vec![f64::NAN]]), None);
    }
}
