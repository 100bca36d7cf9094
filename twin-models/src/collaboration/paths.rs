//! How near two people are over all the paths between them.

use super::graph::Graph;
use crate::cells::{add, at};

/// Katz weights a path of one more tie by this share of what keeps the sum finite, `β = 0.45 / λ`.
pub const KATZ_SHARE: f64 = 0.45;
/// Share of random steps that go on; the others start again.
pub const WALK: f64 = 0.85;
/// Steps of a sum over paths. What is left after them is below 0.01 %.
const KATZ_STEPS: usize = 12;
/// Steps of a walk; 1 % of it is left. OWN.
const WALK_STEPS: usize = 28;

/// The largest eigenvalue of the ties counted without weights, by 50 power steps; 0 without ties.
#[must_use]
pub fn largest_eigenvalue(graph: &Graph) -> f64 {
    let mut v = vec![1.0; graph.nodes()];
    let mut value = 0.0;
    for _ in 0..50 {
        // one step of A + 1, so that graphs of two sides settle
        let next: Vec<f64> = (0..v.len())
            .map(|i| at(&v, i) + graph.out(i).iter().map(|tie| at(&v, tie.0)).sum::<f64>())
            .collect();
        let length = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length <= 0.0 {
            return 0.0;
        }
        value = length / v.iter().map(|x| x * x).sum::<f64>().sqrt() - 1.0;
        v = next.into_iter().map(|x| x / length).collect();
    }
    value.max(0.0)
}

/// Katz nearness of a person to everyone, `Σ βˡ (paths of l ties)` with `β = share / λ` [katz1953].
///
/// `eigenvalue` is that of [`largest_eigenvalue`]; without ties all is 0.
///
/// ```
/// use twin_models::collaboration::{graph::Graph, paths::{katz, largest_eigenvalue}};
/// let pair = Graph::undirected(2, &[(0, 1, 1.0)]).unwrap();
/// let near = katz(&pair, 0, largest_eigenvalue(&pair));
/// assert!((near[1] - 0.45 / (1.0 - 0.45 * 0.45)).abs() < 1e-3);
/// ```
#[must_use]
pub fn katz(graph: &Graph, node: usize, eigenvalue: f64) -> Vec<f64> {
    let beta = if eigenvalue > 0.0 { KATZ_SHARE / eigenvalue } else { 0.0 };
    let mut sum = vec![0.0; graph.nodes()];
    let mut paths = start(graph, node);
    for _ in 0..KATZ_STEPS {
        paths = step(graph, &paths, |_, _| beta);
        sum.iter_mut().zip(&paths).for_each(|(s, p)| *s += p);
    }
    sum
}

/// Where a walk from a person is found that follows ties by their weight and starts again with one step in
/// seven; sums to 1 where the person has ties [libennowell2007].
#[must_use]
pub fn walk(graph: &Graph, node: usize) -> Vec<f64> {
    let strength: Vec<f64> = (0..graph.nodes()).map(|i| graph.out(i).iter().map(|tie| tie.1).sum()).collect();
    let mut now = start(graph, node);
    for _ in 0..WALK_STEPS {
        now = step(graph, &now, |from, weight| WALK * weight / at(&strength, from));
        add(&mut now, node, 1.0 - WALK);
    }
    now
}

fn start(graph: &Graph, node: usize) -> Vec<f64> {
    let mut v = vec![0.0; graph.nodes()];
    add(&mut v, node, 1.0);
    v
}

fn step(graph: &Graph, now: &[f64], share: impl Fn(usize, f64) -> f64) -> Vec<f64> {
    let mut next = vec![0.0; now.len()];
    for (from, &x) in now.iter().enumerate().filter(|(_, x)| **x > 0.0) {
        for &(to, weight) in graph.out(from) {
            add(&mut next, to, x * share(from, weight));
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_known_graphs() {
        let ring: Vec<_> = (0..6).map(|i| (i, (i + 1) % 6, 3.0)).collect();
        assert!((largest_eigenvalue(&Graph::undirected(6, &ring).unwrap()) - 2.0).abs() < 1e-9);
        let star: Vec<_> = (1..5).map(|i| (0, i, 1.0)).collect();
        assert!((largest_eigenvalue(&Graph::undirected(5, &star).unwrap()) - 2.0).abs() < 1e-9);
        assert_eq!(largest_eigenvalue(&Graph::undirected(3, &[]).unwrap()), 0.0);
        assert_eq!(largest_eigenvalue(&Graph::undirected(0, &[]).unwrap()), 0.0);
    }

    #[test]
    fn the_nearer_the_more_and_strangers_nothing() {
        let line = Graph::undirected(5, &[(0, 1, 1.0), (1, 2, 4.0), (2, 3, 1.0)]).unwrap();
        let (near, found) = (katz(&line, 0, largest_eigenvalue(&line)), walk(&line, 0));
        assert!(near[1] > near[2] && near[2] > near[3] && near[4] == 0.0);
        assert!(found[2] > found[3] && found[4] == 0.0);
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(katz(&line, 4, 1.0).iter().all(|x| *x == 0.0));
    }
}
