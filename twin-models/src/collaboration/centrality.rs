//! Who stands between others, near them, and who is spoken to by those who are spoken to.

use super::graph::Graph;
use crate::cells::{add, at, put, row};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Share of random steps that follow a tie [page1999].
pub const DAMPING: f64 = 0.85;
/// Lengths that differ by less than this share are the same. 0 counts as the reference does: sums of the same
/// ties that differ in the last digit, by their order, are different ways.
const SAME_LENGTH: f64 = 0.0;

/// How long a tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Every tie is one step.
    Steps,
    /// The stronger the shorter: `1 / weight`.
    Inverse,
}

/// Share of shortest paths between two others that lead over a person, or over a tie.
#[derive(Clone, Debug, PartialEq)]
pub struct Betweenness {
    /// For each person, 0..=1.
    pub nodes: Vec<f64>,
    /// For each tie `(from, to, share)`, in the order of [`Graph::edges`].
    pub edges: Vec<(usize, usize, f64)>,
}

/// Betweenness of people and ties, normalised by the number of pairs, O(nodes · ties) [brandes2001].
///
/// ```
/// use twin_models::collaboration::{centrality::{Length, betweenness}, graph::Graph};
/// let line = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]).unwrap();
/// let between = betweenness(&line, Length::Steps);
/// assert_eq!(between.nodes, [0.0, 1.0, 0.0]);
/// assert_eq!(between.edges[0], (0, 1, 2.0 / 3.0));
/// ```
#[must_use]
pub fn betweenness(graph: &Graph, length: Length) -> Betweenness {
    let n = graph.nodes();
    let mut nodes = vec![0.0; n];
    let mut edges: BTreeMap<(usize, usize), f64> = graph.edges().map(|(a, b, _)| ((a, b), 0.0)).collect();
    for source in 0..n {
        let paths = shortest(graph, source, length);
        let mut share = vec![0.0; n];
        for &node in paths.order.iter().rev() {
            let part = (1.0 + at(&share, node)) / at(&paths.count, node);
            for &before in row(&paths.before, node) {
                let flow = at(&paths.count, before) * part;
                add(&mut share, before, flow);
                let key = if graph.is_directed() || before < node { (before, node) } else { (node, before) };
                *edges.entry(key).or_insert(0.0) += flow;
            }
            if node != source {
                add(&mut nodes, node, at(&share, node));
            }
        }
    }
    let n = n as f64;
    let scale = |pairs: f64| if pairs > 0.0 { 1.0 / pairs } else { 0.0 };
    let (of_node, of_edge) = (scale((n - 1.0) * (n - 2.0)), scale(n * (n - 1.0)));
    Betweenness {
        nodes: nodes.into_iter().map(|x| x * of_node).collect(),
        edges: edges.into_iter().map(|((a, b), x)| (a, b, x * of_edge)).collect(),
    }
}

struct Paths {
    /// Those reached, nearest first.
    order: Vec<usize>,
    /// Number of shortest paths to each.
    count: Vec<f64>,
    /// The last ones before each on such a path.
    before: Vec<Vec<usize>>,
    distance: Vec<f64>,
}

fn shortest(graph: &Graph, source: usize, length: Length) -> Paths {
    let n = graph.nodes();
    let mut paths = Paths {
        order: Vec::new(),
        count: vec![0.0; n],
        before: vec![Vec::new(); n],
        distance: vec![f64::INFINITY; n],
    };
    let mut done = vec![false; n];
    put(&mut paths.distance, source, 0.0);
    put(&mut paths.count, source, 1.0);
    // Lengths are positive, so their bits sort as they do.
    let mut queue = BinaryHeap::from([Reverse((0_u64, source))]);
    while let Some(Reverse((bits, node))) = queue.pop() {
        if std::mem::replace(done.get_mut(node).unwrap_or(&mut true), true) {
            continue;
        }
        paths.order.push(node);
        for &(next, weight) in graph.out(node) {
            let far = f64::from_bits(bits) + if length == Length::Steps { 1.0 } else { 1.0 / weight };
            let known = at(&paths.distance, next);
            if at(&done, next) || far > known * (1.0 + SAME_LENGTH) {
                continue;
            }
            let count = at(&paths.count, node);
            if far < known * (1.0 - SAME_LENGTH) {
                put(&mut paths.distance, next, far);
                put(&mut paths.count, next, count);
                put(&mut paths.before, next, vec![node]);
                queue.push(Reverse((far.to_bits(), next)));
            } else {
                add(&mut paths.count, next, count);
                if let Some(before) = paths.before.get_mut(next) {
                    before.push(node);
                }
            }
        }
    }
    paths
}

/// Closeness in steps: those who reach a person, over the sum of their distances, times the share that does
/// [wasserman1994]; 0 where nobody does.
#[must_use]
pub fn closeness(graph: &Graph) -> Vec<f64> {
    let n = graph.nodes();
    let (mut reached, mut sum) = (vec![0.0; n], vec![0.0; n]);
    for source in 0..n {
        let paths = shortest(graph, source, Length::Steps);
        for &node in &paths.order {
            add(&mut reached, node, f64::from(u8::from(node != source)));
            add(&mut sum, node, at(&paths.distance, node));
        }
    }
    let others = n.saturating_sub(1) as f64;
    reached.iter().zip(sum).map(|(r, sum)| if sum > 0.0 { r / sum * (r / others) } else { 0.0 }).collect()
}

/// `PageRank` over weighted ties with [`DAMPING`]; who speaks to nobody is taken to speak to all. Adds up to 1
/// [page1999].
#[must_use]
pub fn pagerank(graph: &Graph) -> Vec<f64> {
    let n = graph.nodes();
    let total: Vec<f64> = (0..n).map(|i| graph.out(i).iter().map(|tie| tie.1).sum()).collect();
    let mut rank = vec![1.0 / n as f64; n];
    for _ in 0..1000 {
        let lost: f64 = rank.iter().zip(&total).filter(|(_, total)| **total == 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * lost) / n as f64;
        let came = |i: usize| {
            graph.into(i).iter().map(|&(j, w)| at(&rank, j) * w / at(&total, j)).sum::<f64>() * DAMPING
        };
        let next: Vec<f64> = (0..n).map(|i| base + came(i)).collect();
        let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < 1e-14 {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_one_and_two_people_have_finite_measures() {
        for n in 0..3 {
            let graph = Graph::undirected(n, &[]).unwrap();
            let all = [betweenness(&graph, Length::Inverse).nodes, closeness(&graph), pagerank(&graph)];
            assert!(all.iter().all(|m| m.len() == n && m.iter().all(|x| x.is_finite())));
        }
    }

    #[test]
    fn strong_ties_are_short() {
        let ties = [(0, 1, 10.0), (1, 2, 10.0), (0, 2, 1.0)];
        let graph = Graph::undirected(3, &ties).unwrap();
        assert_eq!(betweenness(&graph, Length::Inverse).nodes, [0.0, 1.0, 0.0]);
        assert_eq!(betweenness(&graph, Length::Steps).nodes, [0.0; 3]);
    }

    #[test]
    fn pagerank_adds_up_to_one_with_a_silent_person() {
        let graph = Graph::directed(3, &[(0, 1, 1.0), (1, 2, 3.0)]).unwrap();
        let rank = pagerank(&graph);
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(rank[2] > rank[1] && rank[1] > rank[0]);
    }
}
