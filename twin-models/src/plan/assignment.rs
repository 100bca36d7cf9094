//! Who does which task at the least cost: the linear assignment problem, solved exactly.

use crate::cells::{at, cell, put};
use twin_core::sort::OrderBy;

/// Why tasks cannot be assigned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AssignmentError {
    /// Rows of different length, or capacities for other columns.
    #[error("row {row} has another length than the first")]
    Shape {
        /// The row; the number of rows where the capacities do not fit.
        row: usize,
    },
    /// A cost that is not a number.
    #[error("the cost of row {row} and column {column} is not a number")]
    Cost {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// More rows than the columns they may take.
    #[error("rows {rows:?} may take columns {columns:?} only, and these are too few")]
    Infeasible {
        /// The rows.
        rows: Vec<usize>,
        /// All columns open to them.
        columns: Vec<usize>,
    },
}

/// An assignment of least cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The column of each row; absent where there are more rows than columns.
    pub column: Vec<Option<usize>>,
    /// Its cost; no other costs less.
    pub total: f64,
}

/// The cheapest assignment of rows to columns, O(rows² · columns), by shortest augmenting paths [jonker1987].
/// As many are assigned as the smaller side has. `f64::INFINITY` forbids a pair.
///
/// ```
/// use twin_models::plan::assignment::assign;
/// let best = assign(&[vec![4.0, 1.0, 3.0], vec![2.0, 0.0, 5.0]]).unwrap();
/// assert_eq!((best.column, best.total), (vec![Some(1), Some(0)], 3.0));
/// ```
///
/// # Errors
/// On ragged rows, costs that are not numbers, and rows (columns, where these are fewer) that cannot all be
/// assigned; these are named.
pub fn assign(cost: &[Vec<f64>]) -> Result<Assignment, AssignmentError> {
    let columns = cost.first().map_or(0, Vec::len);
    check(cost, columns)?;
    if cost.len() <= columns {
        let column = least(cost)?;
        return Ok(priced(cost, column.into_iter().map(Some).collect()));
    }
    let turned: Vec<Vec<f64>> = (0..columns).map(|j| cost.iter().map(|row| at(row, j)).collect()).collect();
    let swap = |e| match e {
        AssignmentError::Infeasible { rows, columns } => {
            AssignmentError::Infeasible { rows: columns, columns: rows }
        }
        e => e,
    };
    let mut column = vec![None; cost.len()];
    for (j, i) in least(&turned).map_err(swap)?.into_iter().enumerate() {
        put(&mut column, i, Some(j));
    }
    Ok(priced(cost, column))
}

/// The same where a column (a person) may take several rows (tasks); all rows are assigned.
///
/// # Errors
/// As [`assign`], and where the capacities do not suffice.
pub fn assign_with_capacity(cost: &[Vec<f64>], capacity: &[usize]) -> Result<Assignment, AssignmentError> {
    check(cost, capacity.len())?;
    // more places than rows are never used
    let places: Vec<usize> =
        capacity.iter().enumerate().flat_map(|(j, &c)| std::iter::repeat_n(j, c.min(cost.len()))).collect();
    let wide: Vec<Vec<f64>> = cost.iter().map(|row| places.iter().map(|&j| at(row, j)).collect()).collect();
    let person = |e| match e {
        AssignmentError::Infeasible { rows, columns } => {
            let mut columns: Vec<usize> = columns.into_iter().map(|k| at(&places, k)).collect();
            columns.dedup();
            AssignmentError::Infeasible { rows, columns }
        }
        e => e,
    };
    let column = least(&wide).map_err(person)?;
    Ok(priced(cost, column.into_iter().map(|k| places.get(k).copied()).collect()))
}

fn check(cost: &[Vec<f64>], columns: usize) -> Result<(), AssignmentError> {
    for (row, costs) in cost.iter().enumerate() {
        if costs.len() != columns {
            return Err(AssignmentError::Shape { row });
        }
        if let Some(column) = costs.iter().position(|c| c.is_nan() || *c == f64::NEG_INFINITY) {
            return Err(AssignmentError::Cost { row, column });
        }
    }
    Ok(())
}

fn priced(cost: &[Vec<f64>], column: Vec<Option<usize>>) -> Assignment {
    let total = column.iter().enumerate().filter_map(|(i, j)| Some(cell(cost, i, (*j)?))).sum();
    Assignment { column, total }
}

/// The column of each row. Prices of rows and columns keep every pair's reduced cost at 0 or above; each row is
/// added along the way of least reduced cost.
fn least(cost: &[Vec<f64>]) -> Result<Vec<usize>, AssignmentError> {
    let columns = cost.first().map_or(0, Vec::len);
    let (mut row_price, mut column_price) = (vec![0.0; cost.len()], vec![0.0; columns]);
    let mut row_of: Vec<Option<usize>> = vec![None; columns];
    for added in 0..cost.len() {
        let mut nearest = vec![f64::INFINITY; columns];
        let mut before: Vec<Option<usize>> = vec![None; columns];
        let mut seen = vec![false; columns];
        let mut way = Vec::new(); // columns seen, in order
        let (mut row, mut last) = (added, None);
        loop {
            for j in (0..columns).filter(|&j| !at(&seen, j)) {
                let reduced = cell(cost, row, j) - at(&row_price, row) - at(&column_price, j);
                if reduced < at(&nearest, j) {
                    put(&mut nearest, j, reduced);
                    put(&mut before, j, last);
                }
            }
            let open = (0..columns).filter(|&j| !at(&seen, j) && at(&nearest, j).is_finite());
            let Some(next) = open.min_by(|&a, &b| at(&nearest, a).total_cmp(&at(&nearest, b))) else {
                let mut rows: Vec<usize> = way.iter().filter_map(|&j| at(&row_of, j)).collect();
                rows.push(added);
                rows.order();
                way.order();
                return Err(AssignmentError::Infeasible { rows, columns: way });
            };
            let step = at(&nearest, next);
            row_price.get_mut(added).into_iter().for_each(|p| *p += step);
            for &j in &way {
                crate::cells::add(&mut column_price, j, -step);
                if let Some(i) = at(&row_of, j) {
                    crate::cells::add(&mut row_price, i, step);
                }
            }
            for j in (0..columns).filter(|&j| !at(&seen, j)) {
                crate::cells::add(&mut nearest, j, -step);
            }
            put(&mut seen, next, true);
            way.push(next);
            last = Some(next);
            match at(&row_of, next) {
                Some(taken) => row = taken,
                None => break,
            }
        }
        while let Some(j) = last {
            last = at(&before, j);
            let from = last.map_or(Some(added), |k| at(&row_of, k));
            put(&mut row_of, j, from);
        }
    }
    let mut column = vec![0; cost.len()];
    for (j, row) in row_of.iter().enumerate() {
        if let Some(i) = row {
            put(&mut column, *i, j);
        }
    }
    Ok(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NO: f64 = f64::INFINITY;

    #[test]
    fn too_few_columns_are_named() {
        let cost = [vec![1.0, NO, NO], vec![2.0, NO, NO], vec![1.0, 1.0, 1.0]];
        let no = AssignmentError::Infeasible { rows: vec![0, 1], columns: vec![0] };
        assert_eq!(assign(&cost), Err(no));
        let two = assign_with_capacity(&cost, &[2, 1, 1]).unwrap();
        assert_eq!((two.total, two.column[..2].to_vec()), (4.0, vec![Some(0), Some(0)]));
        let no = assign_with_capacity(&[vec![1.0], vec![1.0], vec![1.0]], &[2]).unwrap_err();
        assert_eq!(no, AssignmentError::Infeasible { rows: vec![0, 1, 2], columns: vec![0] });
    }

    #[test]
    fn bad_costs_are_named_and_nothing_costs_nothing() {
        assert_eq!(assign(&[vec![1.0, f64::NAN]]), Err(AssignmentError::Cost { row: 0, column: 1 }));
        assert_eq!(assign(&[vec![1.0], vec![]]), Err(AssignmentError::Shape { row: 1 }));
        assert_eq!(assign(&[]).unwrap().total, 0.0);
        assert_eq!(assign(&[vec![], vec![]]).unwrap().column, vec![None, None]);
    }

    fn cheapest(cost: &[Vec<f64>], row: usize, used: &mut Vec<bool>) -> f64 {
        if row == cost.len() {
            return 0.0;
        }
        let mut best = NO;
        for j in 0..used.len() {
            if !used[j] {
                used[j] = true;
                best = best.min(cost[row][j] + cheapest(cost, row + 1, used));
                used[j] = false;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_assignment_is_cheaper(flat in prop::collection::vec(prop_oneof![4 => -9.0..9.0, 1 => Just(NO)], 20)) {
            let cost: Vec<Vec<f64>> = flat.chunks(5).map(<[f64]>::to_vec).collect();
            let truth = cheapest(&cost, 0, &mut vec![false; 5]);
            match assign(&cost) {
                Ok(found) => {
                    prop_assert!((found.total - truth).abs() < 1e-9);
                    let mut columns: Vec<_> = found.column.iter().flatten().collect();
                    columns.sort_unstable();
                    columns.dedup();
                    prop_assert_eq!(columns.len(), 4);
                }
                Err(_) => prop_assert_eq!(truth, NO),
            }
        }
    }
}
