//! Isolation forest: how easily a day is set apart from the person's other days.

use crate::stats::Draws;

/// Trees of a forest.
pub const TREES: usize = 100;
/// Most days that a tree sees.
pub const SAMPLE: usize = 256;
/// Own days that the model asks for.
pub const MIN_DAYS: usize = 60;

/// The mean path length of an unsuccessful search among `n`: `2 (ln(n−1) + γ) − 2 (n−1)/n` [liu2008].
///
/// ```
/// # use twin_models::health::anomaly::isolation_forest::mean_path;
/// assert_eq!(mean_path(1), 0.0);
/// assert!((mean_path(256) - 10.24477099).abs() < 1e-7);
/// ```
#[must_use]
pub fn mean_path(n: usize) -> f64 {
    if n < 2 {
        return 0.0;
    }
    2.0 * ((n as f64 - 1.0).ln() + 0.577_215_7) - 2.0 * (n as f64 - 1.0) / n as f64
}

/// A forest grown on one person's days.
#[derive(Clone, Debug)]
pub struct Forest {
    trees: Vec<Node>,
    sample: usize,
}

#[derive(Clone, Debug)]
enum Node {
    Leaf(usize),
    Split { feature: usize, at: f64, below: Box<Node>, above: Box<Node> },
}

impl Forest {
    /// Grows 100 trees with a fixed seed; `days`: rows of equal length, finite. `None` of fewer than two rows.
    #[must_use]
    pub fn grow(days: &[Vec<f64>], seed: u64) -> Option<Self> {
        let sample = days.len().min(SAMPLE);
        if sample < 2 {
            return None;
        }
        let depth = (sample as f64).log2().ceil() as u32;
        let mut draws = Draws::new(seed);
        let trees = (0..TREES)
            .map(|_| {
                let mut rows: Vec<&[f64]> = days.iter().map(Vec::as_slice).collect();
                for i in 0..sample {
                    rows.swap(i, i + draws.below(days.len() - i)); // the first of a shuffle
                }
                rows.truncate(sample);
                grow(&rows, depth, &mut draws)
            })
            .collect();
        Some(Self { trees, sample })
    }

    /// How unusual a day is, 0..1: near 1 set apart at once, 0.5 like the others.
    #[must_use]
    pub fn score(&self, day: &[f64]) -> f64 {
        let total: f64 = self.trees.iter().map(|tree| path(tree, day)).sum();
        let mean = total / self.trees.len().max(1) as f64;
        (-mean / mean_path(self.sample) * std::f64::consts::LN_2).exp()
    }
}

fn grow(rows: &[&[f64]], depth: u32, draws: &mut Draws) -> Node {
    let features = rows.first().map_or(0, |row| row.len());
    let range = |feature: usize| {
        let values = rows.iter().filter_map(|row| row.get(feature).copied());
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let open: Vec<(usize, f64, f64)> =
        (0..features).map(|f| (f, range(f))).filter(|(_, r)| r.1 > r.0).map(|(f, r)| (f, r.0, r.1)).collect();
    let Some(&(feature, low, high)) = open.get(draws.below(open.len())) else {
        return Node::Leaf(rows.len());
    };
    if depth == 0 || rows.len() < 2 {
        return Node::Leaf(rows.len());
    }
    let at = low + (high - low) * (draws.below(1 << 30) as f64 + 0.5) / f64::from(1 << 30);
    let (below, above): (Vec<&[f64]>, Vec<&[f64]>) =
        rows.iter().partition(|row| row.get(feature).is_some_and(|x| *x < at));
    Node::Split {
        feature,
        at,
        below: Box::new(grow(&below, depth - 1, draws)),
        above: Box::new(grow(&above, depth - 1, draws)),
    }
}

fn path(mut node: &Node, day: &[f64]) -> f64 {
    let mut length = 0.0;
    loop {
        match node {
            Node::Leaf(n) => return length + mean_path(*n),
            Node::Split { feature, at, below, above } => {
                node = if day.get(*feature).is_some_and(|x| x < at) { below } else { above };
                length += 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_day_is_set_apart_and_the_seed_fixes_the_answer() {
        let mut draws = Draws::new(3);
        let mut near = || draws.below(1000) as f64 / 1000.0;
        let days: Vec<Vec<f64>> = (0..100).map(|_| vec![near(), near()]).collect();
        let forest = Forest::grow(&days, 1).unwrap();
        let (far, middle) = (forest.score(&[4.0, 4.0]), forest.score(&[0.5, 0.5]));
        assert!(far > 0.6 && far > middle + 0.1, "{far} {middle}");
        assert_eq!(Forest::grow(&days, 1).unwrap().score(&[4.0, 4.0]), far);
    }

    #[test]
    fn equal_days_cannot_be_told_apart() {
        let forest = Forest::grow(&vec![vec![1.0]; 64], 1).unwrap();
        assert!((forest.score(&[1.0]) - 0.5).abs() < 1e-12);
        assert!(Forest::grow(&[vec![1.0]], 1).is_none());
    }
}
