//! Cells of lists by number; what is not there reads as the default and is not written.

pub(crate) fn at<T: Copy + Default>(cells: &[T], i: usize) -> T {
    cells.get(i).copied().unwrap_or_default()
}

pub(crate) fn put<T>(cells: &mut [T], i: usize, value: T) {
    if let Some(cell) = cells.get_mut(i) {
        *cell = value;
    }
}

pub(crate) fn add(cells: &mut [f64], i: usize, value: f64) {
    if let Some(cell) = cells.get_mut(i) {
        *cell += value;
    }
}

pub(crate) fn row<T>(rows: &[Vec<T>], i: usize) -> &[T] {
    rows.get(i).map_or(&[], Vec::as_slice)
}

pub(crate) fn cell<T: Copy + Default>(rows: &[Vec<T>], i: usize, j: usize) -> T {
    at(row(rows, i), j)
}
