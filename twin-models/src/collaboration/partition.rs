//! How good a division into groups is, and how alike two divisions are.

use super::graph::Graph;
use crate::cells::{add, at};
use std::collections::BTreeMap;

/// Weighted modularity at resolution `resolution` (usually 1), −0.5..=1: weight within groups above what the
/// people's strengths alone would give. A directed graph counts both ways together. Absent without ties or
/// where `group` does not name a group for everyone [newman2004].
///
/// ```
/// use twin_models::collaboration::{graph::Graph, partition::modularity};
/// let graph = Graph::undirected(4, &[(0, 1, 1.0), (2, 3, 1.0)]).unwrap();
/// assert_eq!(modularity(&graph, &[0, 0, 1, 1], 1.0), Some(0.5));
/// ```
#[must_use]
pub fn modularity(graph: &Graph, group: &[usize], resolution: f64) -> Option<f64> {
    if group.len() != graph.nodes() {
        return None;
    }
    let (mut within, mut total) = (0.0, 0.0);
    let mut of_node = vec![0.0; group.len()];
    for (a, b, weight) in graph.edges() {
        total += weight;
        within += if at(group, a) == at(group, b) { weight } else { 0.0 };
        add(&mut of_node, a, weight);
        add(&mut of_node, b, weight);
    }
    let mut strength: BTreeMap<usize, f64> = BTreeMap::new();
    for (g, s) in group.iter().zip(of_node) {
        *strength.entry(*g).or_insert(0.0) += s;
    }
    let squares: f64 = strength.values().map(|s| (s / (2.0 * total)).powi(2)).sum();
    (total > 0.0).then(|| within / total - resolution * squares)
}

/// Quality of the constant Potts model, `2 (weight within − resolution · pairs within)`; the resolution is the
/// density a group must exceed. Absent where `group` does not name a group for everyone [traag2011].
#[must_use]
pub fn cpm_quality(graph: &Graph, group: &[usize], resolution: f64) -> Option<f64> {
    if group.len() != graph.nodes() {
        return None;
    }
    let within: f64 =
        graph.edges().filter(|&(a, b, _)| at(group, a) == at(group, b)).map(|edge| edge.2).sum();
    let pairs: f64 = sizes(group).values().map(|n| n * (n - 1.0) / 2.0).sum();
    Some(2.0 * (within - resolution * pairs))
}

/// Normalised mutual information of two divisions of the same people, 0..=1; 1 where both are the same.
/// Absent where they differ in length or are empty [danon2005].
#[must_use]
pub fn agreement(a: &[usize], b: &[usize]) -> Option<f64> {
    if a.len() != b.len() || a.is_empty() {
        return None;
    }
    let n = a.len() as f64;
    let (of_a, of_b) = (sizes(a), sizes(b));
    let mut both: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for pair in a.iter().copied().zip(b.iter().copied()) {
        *both.entry(pair).or_insert(0.0) += 1.0;
    }
    let entropy = |sizes: &BTreeMap<usize, f64>| -sizes.values().map(|c| c / n * (c / n).ln()).sum::<f64>();
    let size = |sizes: &BTreeMap<usize, f64>, key| sizes.get(&key).copied().unwrap_or(n);
    let shared: f64 =
        both.iter().map(|(&(x, y), c)| c / n * (c * n / (size(&of_a, x) * size(&of_b, y))).ln()).sum();
    let whole = entropy(&of_a) + entropy(&of_b);
    Some(if whole > 0.0 { (2.0 * shared / whole).clamp(0.0, 1.0) } else { 1.0 })
}

fn sizes(group: &[usize]) -> BTreeMap<usize, f64> {
    let mut sizes = BTreeMap::new();
    for &g in group {
        *sizes.entry(g).or_insert(0.0) += 1.0;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_groups_do_not_matter() {
        assert_eq!(agreement(&[0, 0, 1, 1], &[7, 7, 3, 3]), Some(1.0));
        assert!(agreement(&[0, 0, 1, 1], &[0, 1, 0, 1]).unwrap() < 1e-12);
        assert_eq!((agreement(&[], &[]), agreement(&[0], &[0, 1])), (None, None));
    }

    #[test]
    fn no_ties_have_no_modularity() {
        let graph = Graph::undirected(2, &[]).unwrap();
        assert_eq!(modularity(&graph, &[0, 0], 1.0), None);
        assert_eq!(cpm_quality(&graph, &[0], 1.0), None);
    }
}
