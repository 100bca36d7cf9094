//! Models of the body. None of them is a diagnosis.

pub mod activity;
pub mod alertness;
pub mod anomaly;
pub(crate) mod answer;
pub mod baseline;
pub mod burnout;
pub mod circadian;
pub mod energy_level;
pub mod hrv;
pub(crate) mod line;
pub mod readiness;
pub mod recovery;
pub mod sleep;
pub mod streaming;
pub mod stress;
pub mod training;

use twin_core::sort::OrderBy;

/// Spans in time order, those that touch or overlap joined, empty ones left out.
pub(crate) fn joined(spans: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut sorted: Vec<(i64, i64)> = spans.iter().copied().filter(|(start, end)| end > start).collect();
    sorted.order();
    let mut out: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
    for (start, end) in sorted {
        match out.last_mut().filter(|last| start <= last.1) {
            Some(last) => last.1 = last.1.max(end),
            None => out.push((start, end)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn spans_that_touch_are_one() {
        assert_eq!(super::joined(&[(5, 9), (0, 5), (7, 8), (20, 20), (12, 13)]), [(0, 9), (12, 13)]);
    }
}
