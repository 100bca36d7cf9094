//! How closed circles are, how deep the core, and whether ties are answered.

use super::graph::Graph;
use crate::cells::{add, at, put};
use crate::stats::mean;
use twin_core::sort::Gather as _;

/// Share of pairs of a person's contacts who know each other; 0 below two contacts. Undirected [watts1998].
#[must_use]
pub fn clustering(graph: &Graph) -> Vec<f64> {
    closed(graph, |_, _, _| 1.0)
}

/// The same with each triangle counted by the geometric mean of its weights, the strongest tie being 1
/// [onnela2005].
#[must_use]
pub fn clustering_weighted(graph: &Graph) -> Vec<f64> {
    let most = graph.edges().map(|edge| edge.2).fold(0.0, f64::max);
    closed(graph, |a, b, c| (a / most * (b / most) * (c / most)).cbrt())
}

fn closed(graph: &Graph, worth: impl Fn(f64, f64, f64) -> f64) -> Vec<f64> {
    let n = graph.nodes();
    let mut sum = vec![0.0; n];
    // weight of the ties of the person looked at, by the other
    let mut own = vec![0.0; n];
    let after = |node: usize| graph.out(node).iter().rev().take_while(move |tie| tie.0 > node);
    for node in 0..n {
        after(node).for_each(|tie| put(&mut own, tie.0, tie.1));
        for &(a, weight) in after(node) {
            for &(b, across) in after(a) {
                let other = at(&own, b);
                if other > 0.0 {
                    let closed = worth(weight, other, across);
                    [node, a, b].into_iter().for_each(|i| add(&mut sum, i, closed));
                }
            }
        }
        after(node).for_each(|tie| put(&mut own, tie.0, 0.0));
    }
    let share = |(i, sum): (usize, f64)| {
        let ties = graph.out(i).len() as f64;
        if ties < 2.0 { 0.0 } else { 2.0 * sum / (ties * (ties - 1.0)) }
    };
    sum.into_iter().enumerate().map(share).collect()
}

/// The largest k such that a person belongs to a group in which everyone has k ties within it [seidman1983].
///
/// ```
/// use twin_models::collaboration::{cohesion::core, graph::Graph};
/// let ties = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (2, 3, 1.0)];
/// assert_eq!(core(&Graph::undirected(5, &ties).unwrap()), [2, 2, 2, 1, 0]);
/// ```
#[must_use]
pub fn core(graph: &Graph) -> Vec<usize> {
    let n = graph.nodes();
    let mut left: Vec<usize> = (0..n).map(|i| graph.mutual(i).len()).collect();
    let (mut core, mut taken, mut k) = (vec![0; n], vec![false; n], 0);
    let mut queue: std::collections::BTreeSet<(usize, usize)> =
        left.iter().enumerate().map(|(i, &d)| (d, i)).gather();
    while let Some((degree, node)) = queue.pop_first() {
        k = k.max(degree);
        put(&mut core, node, k);
        put(&mut taken, node, true);
        for (other, _) in graph.mutual(node) {
            if !at(&taken, other) {
                let d = at(&left, other);
                queue.remove(&(d, other));
                queue.insert((d.saturating_sub(1), other));
                put(&mut left, other, d.saturating_sub(1));
            }
        }
    }
    core
}

/// Whether those with many ties are tied with their like, −1..=1: the correlation of degrees over ties. Absent
/// where all have the same degree [newman2002].
#[must_use]
pub fn degree_assortativity(graph: &Graph) -> Option<f64> {
    let degree = |node| graph.out(node).len() as f64;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (a, b, _) in graph.edges() {
        let ends = if graph.is_directed() { 1 } else { 2 };
        for (a, b) in [(a, b), (b, a)].into_iter().take(ends) {
            x.push(degree(a));
            y.push(if graph.is_directed() { graph.into(b).len() as f64 } else { degree(b) });
        }
    }
    let (mx, my) = (mean(&x)?, mean(&y)?);
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(&y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
    let spread = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    (spread > 0.0).then(|| sum(&|a, b| a * b) / spread)
}

/// Share of directed ties that are answered, 0..=1; absent without ties.
#[must_use]
pub fn reciprocity(graph: &Graph) -> Option<f64> {
    let (mut all, mut answered) = (0_u32, 0_u32);
    for (a, b, _) in graph.edges() {
        all += 1;
        answered += u32::from(graph.has(b, a));
    }
    (all > 0).then(|| f64::from(answered) / f64::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_made_up_of_no_ties() {
        let graph = Graph::directed(4, &[]).unwrap();
        assert_eq!((reciprocity(&graph), degree_assortativity(&graph)), (None, None));
        assert_eq!((clustering_weighted(&graph), core(&graph)), (vec![0.0; 4], vec![0; 4]));
    }

    #[test]
    fn a_ring_has_one_degree_and_so_no_assortativity() {
        let ring: Vec<_> = (0..5).map(|i| (i, (i + 1) % 5, 1.0)).collect();
        assert_eq!(degree_assortativity(&Graph::undirected(5, &ring).unwrap()), None);
        assert_eq!(reciprocity(&Graph::directed(5, &ring).unwrap()), Some(0.0));
    }
}
